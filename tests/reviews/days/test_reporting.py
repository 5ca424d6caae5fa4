from datetime import UTC, date, datetime, timedelta

import pytest

from partnership.audit.models import Event
from partnership.notices.models import Notice
from partnership.toolkit.versions import ChangedSince
from reviews.days.models import CheckBack, ReportComment, ReportPart, Workshop
from reviews.days.services.checking import (
    AnsweredAlready,
    CommentGone,
    CommentsOpen,
    NothingToSend,
    answer_comment,
    comment_on,
    say_accurate,
    send_report,
    take_comment_back,
)
from reviews.days.services.consenting import (
    GivenAlready,
    NotGiven,
    NotReleased,
    give_consent,
    withdraw_consent,
)
from reviews.days.services.releasing import StillChecking, release_report
from reviews.days.services.report_parts import (
    PartGone,
    add_part,
    change_part,
    move_part,
    remove_part,
)
from reviews.days.services.reporting import (
    CheckedAlready,
    DraftedAlready,
    NoReport,
    NotModerated,
    NotSent,
    ReleasedAlready,
    SentAlready,
    draft_report,
    seen_of,
    word_report,
)
from tests.factories.days import FindingFactory
from tests.factories.schools import SchoolPostFactory
from tests.reviews.days.reported import (
    NOW,
    SECRET,
    WORDS,
    checked,
    comment_of,
    commented,
    drafted,
    make_agreed,
    part_of,
    released,
    sent,
    shared,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def made():
    return make_agreed()


def said(made):
    rows = ReportPart.objects.filter(report__review=made.review).order_by("place", "pk")
    return [(part.meaning, part.words) for part in rows]


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_report_is_drafted_from_the_findings_once(made):
    report = drafted(made)

    assert said(made) == list(zip(("strength", "development", "excellence"), WORDS, strict=True))
    assert {part.finding.words for part in report.parts.all()} == set(WORDS)
    with pytest.raises(DraftedAlready):
        draft_report(review=made.review, by=made.lead, now=LATER)


def test_report_waits_until_the_findings_are_agreed(made):
    made.review.moderated_at = None
    made.review.save()

    with pytest.raises(NotModerated):
        draft_report(review=made.review, by=made.lead, now=NOW)


def test_draft_is_begun_again_from_the_findings_until_it_is_sent(made):
    drafted(made)
    FindingFactory(review=made.review, meaning="strength", words="Calm corridors.")

    draft_report(review=made.review, by=made.lead, now=LATER, again=True)

    assert [words for _meaning, words in said(made)] == [WORDS[0], "Calm corridors.", *WORDS[1:]]
    send_report(review=made.review, by=made.lead, now=LATER)
    with pytest.raises(SentAlready):
        draft_report(review=made.review, by=made.lead, now=LATER, again=True)


def test_parts_are_added_worded_moved_and_removed(made):
    drafted(made)
    told_all = {"review": made.review, "by": made.lead, "now": LATER}
    new = {"meaning": "development", "theme": None, "words": "Spelling."}

    added = add_part(said=new, **told_all)
    change_part(part=added, changes={"words": "Spelling in Year 2."}, **told_all)
    move_part(part=added, up=True, **told_all)
    move_part(part=added, up=True, **told_all)
    remove_part(part=part_of(made, "strength"), **told_all)

    in_order = [words for meaning, words in said(made) if meaning == "development"]
    assert in_order == ["Spelling in Year 2.", WORDS[1]]
    assert "strength" not in dict(said(made))


def test_of_two_who_word_a_part_the_second_is_told(made):
    drafted(made)
    part = part_of(made)
    told_all = {"review": made.review, "part": part, "by": made.lead, "now": LATER}
    change_part(changes={"words": "Hers."}, seen_version=part.version, **told_all)

    with pytest.raises(ChangedSince):
        change_part(changes={"words": "Mine."}, seen_version=part.version, **told_all)

    assert part_of(made).words == "Hers."
    remove_part(**told_all)
    with pytest.raises(PartGone):
        change_part(changes={"words": "Mine."}, **told_all)


def test_opening_is_worded_while_others_word_parts(made):
    report = drafted(made)
    seen = seen_of(report)
    told_all = {"review": made.review, "by": made.lead, "now": LATER}
    change_part(part=part_of(made), changes={"words": "Hers."}, **told_all)

    word_report(changes={"opening": "A good day."}, seen=seen, **told_all)

    with pytest.raises(ChangedSince):
        word_report(changes={"opening": "A bad day."}, seen=seen, **told_all)


def test_sending_gives_the_head_five_school_days(made):
    report = sent(made)

    assert report.check_by == datetime(2027, 2, 1, 17, tzinfo=UTC)
    assert told("days.report_sent") == {made.head.pk}
    with pytest.raises(SentAlready):
        send_report(review=made.review, by=made.lead, now=LATER)


def test_a_report_that_says_nothing_or_is_older_than_what_was_seen_is_not_sent(made):
    report = drafted(made)

    with pytest.raises(ChangedSince):
        send_report(review=made.review, by=made.lead, now=NOW, seen_version=report.version - 1)
    report.parts.all().delete()
    with pytest.raises(NothingToSend):
        send_report(review=made.review, by=made.lead, now=NOW)


def test_a_comment_makes_it_the_teams_turn_and_its_answer_the_heads(made):
    report = commented(made)
    report.refresh_from_db()
    assert (report.check_by, report.release_by) == (None, None)
    assert report.answer_by == datetime(2027, 1, 28, 17, tzinfo=UTC)
    assert told("days.report_commented") == {person.pk for person in made.team}
    part = part_of(made)

    answer_comment(
        review=made.review,
        comment=comment_of(made),
        outcome="changed",
        answer="You are right.",
        words="Feedback is used in some lessons.",
        seen_version=part.version,
        by=made.team[2],
        now=NOW + timedelta(days=14),
    )

    report.refresh_from_db()
    assert part_of(made).words == "Feedback is used in some lessons."
    assert report.answered_at == NOW + timedelta(days=14)
    assert report.check_by == datetime(2027, 2, 10, 17, tzinfo=UTC)
    assert told("days.report_answered") == {made.head.pk}


def test_head_is_never_given_less_time_by_an_answer(made):
    report = commented(made)
    kept = {"outcome": "kept", "answer": "We saw it.", "by": made.lead, "now": LATER}
    answer_comment(review=made.review, comment=comment_of(made), **kept)

    report.refresh_from_db()
    assert report.check_by == datetime(2027, 2, 1, 17, tzinfo=UTC)
    assert part_of(made).words == WORDS[1]
    with pytest.raises(AnsweredAlready):
        answer_comment(review=made.review, comment=comment_of(made), **kept)


def test_a_comment_taken_back_leaves_the_report_as_it_was_sent(made):
    report = commented(made)
    comment = comment_of(made)

    take_comment_back(review=made.review, comment=comment, by=made.head, now=LATER)

    report.refresh_from_db()
    assert (report.answer_by, report.answered_at) == (None, None)
    assert report.check_by == datetime(2027, 2, 1, 17, tzinfo=UTC)
    with pytest.raises(CommentGone):
        answer_comment(
            review=made.review,
            comment=comment,
            outcome="kept",
            answer="No.",
            by=made.lead,
            now=LATER,
        )


def test_accurate_is_said_of_the_words_that_were_read(made):
    report = sent(made)
    told_all = {"review": made.review, "now": LATER}
    change_part(part=part_of(made), changes={"words": "Other words."}, by=made.lead, **told_all)

    with pytest.raises(ChangedSince):
        say_accurate(by=made.head, seen_version=report.version, **told_all)

    say_accurate(by=made.head, seen_version=report.version + 1, **told_all)
    assert told("days.report_checked") == {made.lead.pk}
    with pytest.raises(CheckedAlready):
        change_part(part=part_of(made), changes={"words": "After all."}, by=made.lead, **told_all)


def test_a_comment_after_all_opens_what_was_said_to_be_accurate(made):
    report = checked(made)
    comment_on(review=made.review, words="One more.", by=made.head, now=LATER)

    report.refresh_from_db()
    assert (report.checked_at, report.checked_by) == (None, None)
    with pytest.raises(CommentsOpen):
        say_accurate(review=made.review, by=made.head, now=LATER)
    with pytest.raises(CommentsOpen):
        release_report(review=made.review, by=made.lead, now=NOW + timedelta(days=90))


def test_release_begins_what_follows_and_ends_every_change(made):
    released(made)
    CheckBack.objects.get(review=made.review, due_at=datetime(2027, 4, 26, 16, tzinfo=UTC))
    Workshop.objects.get(review=made.review, hold_by=datetime(2027, 2, 22, 17, tzinfo=UTC))
    people = {made.head.pk, *(person.pk for person in made.team)} - {made.lead.pk}
    assert told("days.report_released") == people

    told_all = {"review": made.review, "by": made.head, "now": LATER}
    with pytest.raises(ReleasedAlready):
        comment_on(words="Too late.", **told_all)
    with pytest.raises(ReleasedAlready):
        change_part(part=part_of(made), changes={"words": "Too late."}, **told_all)
    with pytest.raises(ReleasedAlready):
        release_report(**told_all)


def test_silence_releases_once_the_day_has_passed(made):
    report = sent(made)

    with pytest.raises(StillChecking):
        release_report(review=made.review, by=made.lead, now=report.check_by - timedelta(minutes=1))
    release_report(review=made.review, by=made.lead, now=report.check_by)

    made.review.refresh_from_db()
    assert made.review.released_at == report.check_by


@pytest.mark.parametrize("act", ["add", "word", "remove", "open"])
def test_silence_releases_no_words_that_came_after_the_day_to_check_them(made, act):
    report = sent(made)
    late = report.check_by + timedelta(minutes=1)
    told_all = {"review": made.review, "by": made.lead, "now": late}

    if act == "add":
        add_part(said={"meaning": "strength", "theme": None, "words": "New."}, **told_all)
    elif act == "word":
        change_part(part=part_of(made), changes={"words": "Never seen."}, **told_all)
    elif act == "remove":
        remove_part(part=part_of(made, "strength"), **told_all)
    else:
        word_report(changes={"opening": "Never seen."}, **told_all)

    with pytest.raises(StillChecking):
        release_report(**told_all)
    report.refresh_from_db()
    assert report.check_by == datetime(2027, 2, 3, 17, tzinfo=UTC)
    assert report.release_by == datetime(2027, 2, 8, 17, tzinfo=UTC)


def test_words_that_change_early_or_while_comments_are_open_move_no_day(made):
    report = sent(made)
    told_all = {"review": made.review, "by": made.lead, "now": LATER}
    change_part(part=part_of(made), changes={"words": "Early."}, **told_all)
    report.refresh_from_db()
    assert report.check_by == datetime(2027, 2, 1, 17, tzinfo=UTC)
    comment_on(review=made.review, words="Hm.", by=made.head, now=LATER)

    change_part(part=part_of(made), changes={"words": "Other."}, **told_all)

    report.refresh_from_db()
    assert (report.check_by, report.release_by) == (None, None)


def test_head_of_the_uks_new_day_is_told_just_after_midnight(made):
    night = datetime(2027, 5, 31, 23, 30, tzinfo=UTC)
    new_head = SchoolPostFactory(
        school=made.review.school, kind="head", starts_on=date(2027, 6, 1)
    ).person

    commented(made, night)
    kept = {"outcome": "kept", "answer": "We saw it.", "by": made.lead, "now": night}
    answer_comment(review=made.review, comment=comment_of(made), **kept)
    say_accurate(review=made.review, by=made.head, now=night)
    release_report(review=made.review, by=made.lead, now=night)

    kinds = ("days.report_sent", "days.report_answered", "days.report_released")
    assert all(new_head.pk in told(kind) for kind in kinds)


def test_a_draft_is_neither_checked_nor_released(made):
    with pytest.raises(NoReport):
        release_report(review=made.review, by=made.lead, now=NOW)
    drafted(made)

    with pytest.raises(NotSent):
        release_report(review=made.review, by=made.lead, now=NOW)
    with pytest.raises(NotSent):
        comment_on(review=made.review, words="Hm.", by=made.head, now=NOW)


def test_consent_is_given_once_at_a_time_and_taken_back(made):
    told_all = {"review": made.review, "audience": "board", "by": made.head}
    with pytest.raises(NotReleased):
        give_consent(now=NOW, **told_all)
    shared(made, "board")
    told_all["review"] = made.review

    with pytest.raises(GivenAlready):
        give_consent(now=NOW, **told_all)
    withdraw_consent(now=LATER, **told_all)
    with pytest.raises(NotGiven):
        withdraw_consent(now=LATER, **told_all)
    give_consent(now=LATER, **told_all)

    standing = made.review.consents.order_by("pk").values_list("withdrawn_at", flat=True)
    assert list(standing) == [LATER, None]


def test_audit_keeps_no_word_of_the_report(made):
    commented(made)
    kept = {"outcome": "kept", "answer": "We saw it ourselves.", "by": made.lead, "now": LATER}
    answer_comment(review=made.review, comment=comment_of(made), **kept)

    events = repr(list(Event.objects.values()))

    assert Event.objects.filter(action="comment on a report answered").exists()
    hidden = (SECRET, "given in the lesson", "We saw it", "made welcome", made.review.school.name)
    assert [words for words in hidden if words in events] == []
    assert ReportComment.objects.count() == 1
