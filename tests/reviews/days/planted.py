"""A review as far as a state, with one word in every field that anybody writes into."""

from datetime import timedelta
from types import SimpleNamespace

from django.apps import apps
from django.db.models import CharField, TextField

from reviews.days.models import Note, Review, ReviewFile
from reviews.days.services.afterwards import check_back_of, workshop_of
from reviews.days.services.checking import comment_on, say_accurate
from reviews.days.services.consenting import give_consent, withdraw_consent
from reviews.days.services.declaring import declare
from reviews.days.services.releasing import release_report
from reviews.days.services.sharing import share_evaluation
from tests.factories.days import (
    AgreedLabelFactory,
    AgreementFactory,
    CheckBackAnswerFactory,
    CrossingFactory,
    FindingFactory,
    PriorityFactory,
    ReviewActionFactory,
    ReviewFileFactory,
    ReviewPersonFactory,
    SelfEvaluationFactory,
    TimetableEntryFactory,
)
from tests.factories.people import PersonFactory
from tests.factories.reviews import CycleReviewerFactory, DayPlaceFactory
from tests.reviews.days.moderated import give_views, make_team, note_of
from tests.reviews.days.reported import NOW, WORDS, part_of, sent, with_everybody

STATES = ("prepared", "written", "moderated", "sent", "released")
WORD = "Quillfeather"
NOT_WRITTEN = {(ReviewFile, "kind"), (ReviewFile, "content_type"), (ReviewFile, "sha256")}


def planted_review(state):
    """Everybody around it is in `people`; `ids` are the numbers that its addresses are made of."""
    made = make_team(views=0)
    made.officer = PersonFactory(staff=True)
    made.ids = {"kind": "csv", "audience": "governors"}
    with_everybody(made)
    made.people["organiser"] = made.cycle.organiser
    for name in ("", "declined"):
        reviewer = CycleReviewerFactory(cycle=made.cycle)
        place = DayPlaceFactory(day=made.day, reviewer=reviewer, answer=name)
        made.people[name or "asked"] = place.person
    over = {"ended_at": NOW - timedelta(days=2)}
    reviewer = CycleReviewerFactory(cycle=made.cycle)
    place = DayPlaceFactory(day=made.day, reviewer=reviewer, answer="accepted", **over)
    made.people["taken_out"] = place.person
    named = ReviewPersonFactory(review=made.review, named_by=made.head, **over)
    made.people["named_before"] = named.person
    for each in STATES[: STATES.index(state) + 1]:
        STEPS[each](made)
        made.review.refresh_from_db()
    plant()
    return made


def prepare(made):
    review, told = made.review, {"by": made.head, "now": NOW - timedelta(days=30)}
    evaluation = SelfEvaluationFactory(school=review.school)
    priority = PriorityFactory(evaluation=evaluation)
    share_evaluation(review=review, evaluation=evaluation, **told)
    Review.objects.filter(pk=review.pk).update(
        focus=WORD, lines=WORD, focus_at=NOW, planning_starts_at=NOW, planning_at=NOW
    )
    declare(review=review, connection=WORD, by=made.lead, now=NOW - timedelta(days=20))
    made.ids |= {
        "urn": review.school.urn,
        "year": evaluation.year,
        "priority": priority.pk,
        "named_pk": review.people.get(ended_at=None).pk,
        "file_pk": ReviewFileFactory(review=review, added_by=made.head).pk,
        "entry_pk": TimetableEntryFactory(review=review).pk,
        "theme_pk": made.themes[0].pk,
        "person_pk": made.team[1].pk,
    }


def write(made):
    for person in made.team:
        note_of(made, person, theme=made.themes[0])
        made.review.steps.filter(person=person).delete()
        give_views(made, person)
    made.ids["note_pk"] = Note.objects.filter(review=made.review)[0].pk


def moderate(made):
    for meaning, words in zip(("strength", "development", "excellence"), WORDS, strict=True):
        finding = FindingFactory(
            review=made.review, meaning=meaning, words=words, theme=made.themes[0]
        )
        AgreementFactory(finding=finding, person=made.lead)
    AgreedLabelFactory(review=made.review, theme=made.themes[0], judgement=made.labels[0])
    Review.objects.filter(pk=made.review.pk).update(moderated_at=NOW - timedelta(days=1))
    made.ids["finding_pk"] = finding.pk


def send(made):
    report = sent(made)
    part = part_of(made)
    told = {"part": part, "quoted": "", "words": WORD}
    comment_on(review=made.review, by=made.head, now=NOW, **told)
    made.ids |= {"part": part.pk, "part_pk": part.pk, "comment": report.comments.get().pk}


def release(made):
    """Governors could read it, and can't any more; it counts in the themes."""
    made.review.report.comments.update(answered_at=NOW, outcome="kept", answer=WORD)
    say_accurate(review=made.review, by=made.head, now=NOW)
    review = made.review = release_report(review=made.review, by=made.lead, now=NOW)
    for audience in ("governors", "themes"):
        give_consent(review=review, audience=audience, by=made.head, now=NOW)
    withdraw_consent(review=review, audience="governors", by=made.head, now=NOW)
    workshop = workshop_of(review)
    workshop.starts_at, workshop.ends_at = NOW, NOW + timedelta(hours=1)
    workshop.save()
    part = part_of(made)
    CheckBackAnswerFactory(check_back=check_back_of(review), part=part)
    CrossingFactory(part=part)
    made.ids["action_pk"] = ReviewActionFactory(review=review, part=part, made_by=made.head).pk


STEPS = dict(zip(STATES, (prepare, write, moderate, send, release), strict=True))


def written_fields(model):
    fields = [each for each in model._meta.fields if isinstance(each, CharField | TextField)]
    return [
        each.name for each in fields if not each.choices and (model, each.name) not in NOT_WRITTEN
    ]


def plant():
    for model in room():
        if fields := written_fields(model):
            model.objects.update(**dict.fromkeys(fields, WORD))


def room():
    return list(apps.get_app_config("days").get_models())


def kwargs_of(made, route):
    """What the pattern of an address is filled with; what isn't there yet is number 1."""
    keys = route.pattern.converters
    ids = SimpleNamespace(pk=made.day.pk)
    if str(route.pattern).startswith("schools/"):
        ids.pk = made.ids["priority"]
    elif str(route.pattern).startswith("<int:pk>/themes"):
        ids.pk = made.cycle.pk
    return {key: ids.pk if key == "pk" else made.ids.get(key, 1) for key in keys}
