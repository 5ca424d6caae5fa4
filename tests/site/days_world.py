"""In each partnership a review under way: the head hosts and prepares, the lead leads its team."""

from datetime import timedelta

from django.utils import timezone

from reviews.days.services.dating import keep_dates
from tests.factories.days import (
    CheckBackFactory,
    FindingFactory,
    NoteFactory,
    PriorityFactory,
    ReportCommentFactory,
    ReportFactory,
    ReportPartFactory,
    ReviewActionFactory,
    ReviewFileFactory,
    ReviewPersonFactory,
    SelfEvaluationFactory,
    TeamStepFactory,
    TimetableEntryFactory,
    WorkshopFactory,
)
from tests.factories.reviews import (
    CycleFactory,
    CycleHostFactory,
    CycleReviewerFactory,
    DayPlaceFactory,
    ReviewDayFactory,
)


def make_reviews(made, head, lead, director, school):
    """`open_day` is under way since this morning; of `closed_day` the report is released.

    Both are the head's own school's, each in a cycle of its own; the lead leads both teams.
    """
    now = timezone.now()
    open_day = _day(made, "this", now - timedelta(hours=2), director, school)
    closed_day = _day(made, "that", now - timedelta(days=30), director, school)
    sent_day = _day(made, "other", now - timedelta(days=9), director, school)
    talk_day = _day(made, "talk", now - timedelta(days=2), director, school)
    keep_dates([open_day.pk, closed_day.pk, sent_day.pk, talk_day.pk], now)
    TeamStepFactory(review=talk_day.review, person=lead, views_at=now)
    review, closed = open_day.review, closed_day.review
    sent = sent_day.review
    sent.moderated_at = now - timedelta(days=7)
    sent.save()
    sent_report = ReportFactory(review=sent, sent=True, drafted_by=lead)
    sent_part = ReportPartFactory(report=sent_report, theme=made["theme"])
    evaluation = SelfEvaluationFactory(school=school, year=2026)
    closed.evaluation, closed.shared_at = evaluation, now - timedelta(days=50)
    closed.moderated_at = now - timedelta(days=25)
    closed.released_at = now - timedelta(days=5)
    closed.save()
    report = ReportFactory(review=closed, sent=True, drafted_by=lead)
    part = ReportPartFactory(report=report, theme=made["theme"])
    return {
        "open_day": open_day,
        "review": review,
        "closed_day": closed_day,
        "closed_review": closed,
        "evaluation": evaluation,
        "priority": PriorityFactory(evaluation=evaluation),
        "review_file": ReviewFileFactory(review=review, added_by=head),
        "review_person": ReviewPersonFactory(review=review, named_by=head),
        "timetable_entry": TimetableEntryFactory(review=review),
        "team_step": TeamStepFactory(review=review, person=lead),
        "note": NoteFactory(review=review, author=lead),
        "finding": FindingFactory(review=review, written_by=lead, theme=made["theme"]),
        "talk_day": talk_day,
        "talk_finding": FindingFactory(
            review=talk_day.review, written_by=lead, theme=made["theme"]
        ),
        "sent_day": sent_day,
        "sent_part": sent_part,
        "open_comment": ReportCommentFactory(report=sent_report, part=sent_part, said_by=head),
        "report": report,
        "report_part": part,
        "report_comment": ReportCommentFactory(report=report, said_by=head),
        "workshop": WorkshopFactory(review=closed),
        "review_action": ReviewActionFactory(review=closed, part=part, made_by=head),
        "check_back": CheckBackFactory(review=closed),
    }


def _day(made, name, starts_at, director, school):
    alliance = made["cycle"].alliance
    cycle = CycleFactory(
        alliance=alliance,
        name=f"{name} year of {alliance.name}",
        framework=made["framework"],
        organiser=director,
        state="published",
        opened_at=starts_at - timedelta(days=60),
        published_at=starts_at - timedelta(days=40),
    )
    reviewer = CycleReviewerFactory(cycle=cycle, reviewer=made["day_place"].reviewer.reviewer)
    day = ReviewDayFactory(
        cycle=cycle,
        host=CycleHostFactory(cycle=cycle, school=school),
        day=starts_at.date(),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=7),
        state="held" if name == "that" else "planned",
    )
    DayPlaceFactory(day=day, reviewer=reviewer, is_lead=True, answer="accepted")
    return day


def _open(_world, things):
    return [things["open_day"].pk]


def _part_of_open(name):
    return lambda _world, things: [things["open_day"].pk, things[name].pk]


def _closed(_world, things):
    return [things["closed_day"].pk]


def _school(_world, things):
    return [things["evaluation"].school.urn]


def _year(_world, things):
    return [things["evaluation"].school.urn, things["evaluation"].year]


def _priority(_world, things):
    return [*_year(_world, things), things["priority"].pk]


PREPARING = {
    "days:evaluation_shared": _open,
    "days:evaluation_share": _open,
    "days:evaluation_take_back": _open,
    "days:preparation": _open,
    "days:focus_edit": _open,
    "days:planning_edit": _open,
    "days:planning_call_off": _open,
    "days:planning_agreed": _open,
    "days:contact_edit": _open,
    "days:file_add": _open,
    "days:files_complete": _open,
    "days:file_download": _part_of_open("review_file"),
    "days:file_remove": _part_of_open("review_file"),
    "days:declaration": _open,
    "days:reading": _open,
    "days:person_name": _open,
    "days:person_end": _part_of_open("review_person"),
    "days:timetable": _open,
    "days:timetable_given": _open,
    "days:timetable_clear": _open,
    "days:partners_edit": _open,
    "days:entry_add": _open,
    "days:entry_edit": _part_of_open("timetable_entry"),
    "days:entry_remove": _part_of_open("timetable_entry"),
    "days:pack": _open,
    "days:pack_pdf": _open,
}


def _note(_world, things):
    return [things["open_day"].pk, things["note"].pk]


def _theme_of_open(_world, things):
    return [things["open_day"].pk, things["theme"].pk]


def _of_team(_world, things):
    return [things["open_day"].pk, things["team_step"].person_id]


EVIDENCE = {
    "days:note_list": _open,
    "days:note_sync": _open,
    "days:note_edit": _note,
    "days:note_remove": _note,
    "days:view_list": _open,
    "days:view_edit": _theme_of_open,
    "days:views_complete": _open,
    "days:views_reopen": _open,
    "days:reviewer_excuse": _of_team,
    "days:reviewer_await": _of_team,
    "days:safeguarding": _open,
}


def _talk(_world, things):
    return [things["talk_day"].pk]


def _talk_member(_world, things):
    return [things["talk_day"].pk, things["team_step"].person_id]


def _talk_theme(_world, things):
    return [things["talk_day"].pk, things["theme"].pk]


def _talk_finding(_world, things):
    return [things["talk_day"].pk, things["talk_finding"].pk]


MODERATION = {
    "days:moderation": _talk,
    "days:findings_agree": _talk,
    "days:moderation_end": _talk,
    "days:moderation_open": _talk,
    "days:member_without": _talk_member,
    "days:member_waits": _talk_member,
    "days:moderation_notes": _talk,
    "days:label_edit": _talk_theme,
    "days:finding_add": _talk,
    "days:finding_detail": _talk_finding,
    "days:finding_edit": _talk_finding,
    "days:finding_evidence": _talk_finding,
    "days:finding_disagree": _talk_finding,
    "days:finding_remove": _talk_finding,
}


def _sent(_world, things):
    return [things["sent_day"].pk]


def _sent_part(_world, things):
    return [things["sent_day"].pk, things["sent_part"].pk]


def _open_comment(_world, things):
    return [things["sent_day"].pk, things["open_comment"].pk]


def _governors(_world, things):
    return [things["closed_day"].pk, "governors"]


def _closed_part(_world, things):
    return [things["closed_day"].pk, things["report_part"].pk]


REPORTS = {
    "days:report_detail": _closed,
    "days:bridge": _closed_part,
    "days:report_pdf": _closed,
    "days:report_begin": _sent,
    "days:report_begin_again": _sent,
    "days:report_edit": _sent,
    "days:report_send": _sent,
    "days:part_add": _sent,
    "days:part_edit": _sent_part,
    "days:part_move": _sent_part,
    "days:part_remove": _sent_part,
    "days:comment_add": _sent,
    "days:comment_answer": _open_comment,
    "days:comment_remove": _open_comment,
    "days:report_accurate": _sent,
    "days:report_release": _sent,
    "days:report_readers": _closed,
    "days:consent_give": _governors,
    "days:consent_withdraw": _governors,
}


def _closed_action(_world, things):
    return [things["closed_day"].pk, things["review_action"].pk]


def _closed_area(_world, things):
    return [things["closed_day"].pk, things["report_part"].pk]


def _closed_cycle(_world, things):
    return [things["closed_review"].cycle_id]


AFTER = {
    "days:after": _closed,
    "days:champion_ask": _closed,
    "days:champion_end": _closed,
    "days:workshop_arrange": _closed,
    "days:workshop_held": _closed,
    "days:workshop_not_held": _closed,
    "days:action_add": _closed,
    "days:action_edit": _closed_action,
    "days:action_done": _closed_action,
    "days:action_reopen": _closed_action,
    "days:action_remove": _closed_action,
    "days:area_answer": _closed_area,
    "days:check_back_give": _closed,
    "days:check_back_reopen": _closed,
    "days:themes": _closed_cycle,
    "days:themes_export": lambda _world, things: [things["closed_review"].cycle_id, "csv"],
}

SCHOOLS = {
    "days:evaluation_list": _school,
    "days:evaluation_begin": _school,
    "days:evaluation_detail": _year,
    "days:evaluation_edit": _year,
    "days:priority_add": _year,
    "days:priority_edit": _priority,
    "days:priority_move": _priority,
    "days:priority_remove": _priority,
    "days:same_priorities": _year,
    "days:priorities_show": _year,
    "days:priorities_hide": _year,
}

DAYS_ARGUMENTS = SCHOOLS | PREPARING | EVIDENCE | MODERATION | REPORTS | AFTER
