from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from reviews.days.models import Report, ReportComment, ReportPart
from reviews.days.services.checking import comment_on, take_comment_back
from reviews.days.services.report_parts import add_part, change_part, remove_part
from reviews.days.services.reporting import word_report
from tests.factories.days import AgreedLabelFactory, ReportCommentFactory, ReportConsentFactory
from tests.reviews.days.reported import (
    NOW,
    WORDS,
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
LATER = NOW + timedelta(days=1)


@pytest.fixture
def made(time_machine):
    time_machine.move_to(NOW, tick=False)
    made = make_agreed()
    made.by_lead, made.by_head, made.by_reviewer = (
        signed_in(person) for person in (made.lead, made.head, made.team[1])
    )
    return made


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def at(made, name="report_detail", *more):
    return reverse(f"days:{name}", args=[made.day.pk, *more])


def words_of(answer):
    return answer.content.decode()


def followed(client, url, said=None):
    return words_of(client.post(url, said or {}, follow=True))


def test_report_goes_from_findings_to_the_school_in_a_few_clicks(made):
    assert "Draft the report" in words_of(made.by_reviewer.get(at(made)))
    page = followed(made.by_reviewer, at(made, "report_begin"))
    assert "Drafted from your findings" in page
    assert all(words in page for words in WORDS)
    assert "Send it to the host" not in page

    seen = {"seen_version": Report.objects.get().version}
    assert "The host’s head checks it now." in followed(made.by_lead, at(made, "report_send"), seen)
    said = {"sentence": "It isn’t used.", "words": "It is used in Year 2."}
    about = f"{at(made, 'comment_add')}?about={part_of(made).pk}"
    assert "Which sentence?" in words_of(made.by_head.get(about))
    assert "The team has your comment" in followed(made.by_head, about, said)
    assert comment_of(made).quoted == "It isn’t used."

    answer = {
        "outcome": "changed",
        "answer": "You are right.",
        "words": "Feedback comes late. It is used in Year 2.",
        "seen_version": part_of(made).version,
    }
    page = followed(made.by_reviewer, at(made, "comment_answer", comment_of(made).pk), answer)
    assert "Feedback comes late. It is used in Year 2." in page

    seen = {"seen_version": Report.objects.get().version}
    assert "You have said that the report is accurate." in followed(
        made.by_head, at(made, "report_accurate"), seen
    )
    seen = {"seen_version": Report.objects.get().version}
    assert "It is the school’s report." in followed(made.by_lead, at(made, "report_release"), seen)
    page = words_of(made.by_head.get(at(made)))
    assert "Freedom of Information Act 2000" in page
    assert "Who may read it now" in page


def test_head_lets_others_read_it_and_takes_that_back(made):
    released(made)
    assert "Closed" in words_of(made.by_head.get(at(made, "report_readers")))

    assert "Your consent is kept" in followed(made.by_head, at(made, "consent_give", "governors"))
    assert "there already" in followed(made.by_head, at(made, "consent_give", "governors"))
    page = followed(made.by_head, at(made, "consent_withdraw", "governors"))

    assert "The consent is taken back" in page
    assert "Taken back</h2>" in page
    assert made.by_head.get(at(made, "consent_give", "press")).status_code == 404
    assert made.by_lead.get(at(made, "report_readers")).status_code == 403


def test_nothing_of_a_report_comes_back_by_the_browsers_back(made):
    kept = [at(made), at(made, "moderation"), at(made, "evaluation_shared"), "/reviews/reports/"]

    said = {signed_in(made.lead).get(address)["Cache-Control"] for address in kept}

    assert said == {"private, no-store"}


def test_of_two_who_word_a_part_the_second_sees_both(made):
    drafted(made)
    part = part_of(made)
    typed = {"meaning": part.meaning, "words": "My words.", "seen_version": part.version}
    hers = {"words": "Her words."}
    change_part(review=made.review, part=part, changes=hers, by=made.team[1], now=NOW)

    page = words_of(made.by_lead.post(at(made, "part_edit", part.pk), typed))

    assert "My words." in page
    assert "Her words." in page
    assert part_of(made).words == "Her words."
    typed["seen_version"] = part_of(made).version
    made.by_lead.post(at(made, "part_edit", part.pk), typed)
    assert part_of(made).words == "My words."


def test_of_two_who_word_the_opening_the_second_sees_both(made):
    drafted(made)
    page = made.by_lead.get(at(made, "report_edit"))
    seen = page.context["form"].initial["seen_version"]
    hers = {"opening": "Her opening.", "closing": ""}
    word_report(review=made.review, changes=hers, by=made.team[1], now=NOW)
    typed = {"opening": "My opening.", "closing": "", "seen_version": seen}

    again = made.by_lead.post(at(made, "report_edit"), typed)

    assert "Her opening." in words_of(again)
    assert "My opening." in words_of(again)
    typed["seen_version"] = again.context["form"].data["seen_version"]
    made.by_lead.post(at(made, "report_edit"), typed)
    assert Report.objects.get().opening == "My opening."


def test_release_of_what_has_changed_meanwhile_says_so(made):
    report = sent(made)
    report.check_by = NOW
    report.save()
    page = words_of(made.by_lead.get(at(made)))
    assert f"?seen={report.version}" in page
    change = {"changes": {"words": "Others."}, "by": made.lead, "now": NOW}
    change_part(review=made.review, part=part_of(made), **change)

    page = followed(made.by_lead, at(made, "report_release"), {"seen_version": report.version})

    assert "Somebody changed the report meanwhile" in page
    made.review.refresh_from_db()
    assert made.review.released_at is None


def test_release_waits_for_a_comment_that_came_in(made):
    report = sent(made)
    report.check_by = NOW
    report.save()
    comment_on(review=made.review, words="Wait.", by=made.head, now=NOW)

    page = followed(made.by_lead, at(made, "report_release"), {"seen_version": report.version})

    assert "There are comments that nobody has answered" in page


def test_a_comment_that_comes_too_late_is_offered_to_her_again(made):
    released(made)

    answer = made.by_head.post(at(made, "comment_add"), {"words": "One more thing."})

    assert answer.status_code == 403
    assert "One more thing." in words_of(answer)
    assert not ReportComment.objects.exists()


def test_parts_are_added_moved_and_removed_on_the_page(made):
    drafted(made)
    said = {"meaning": "development", "theme": made.themes[1].pk, "words": "Spelling."}
    assert "Added to the report." in followed(made.by_reviewer, at(made, "part_add"), said)
    added = ReportPart.objects.get(words="Spelling.")

    page = followed(made.by_reviewer, at(made, "part_move", added.pk), {"to": "up"})
    assert page.index("Spelling.") < page.index(WORDS[1])
    assert "Spelling." in words_of(made.by_reviewer.get(at(made, "part_remove", added.pk)))
    page = followed(made.by_reviewer, at(made, "part_remove", added.pk))
    assert "Spelling." not in page


def test_answers_of_others_teams_and_parts_of_other_reports_are_not_found(made):
    commented(made)
    other = make_agreed()
    drafted(other)

    missing = [
        made.by_lead.get(at(made, "part_edit", part_of(other).pk)),
        made.by_lead.get(at(other, "part_edit", part_of(other).pk)),
        made.by_lead.get(at(made, "comment_answer", ReportCommentFactory().pk)),
    ]

    assert [answer.status_code for answer in missing] == [404, 404, 404]


def test_a_comment_on_the_opening_says_what_it_is_about(made):
    sent(made)
    url = f"{at(made, 'comment_add')}?about=opening"

    page = followed(made.by_head, url, {"words": "By the office, too."})

    assert "The team has your comment" in page
    assert (comment_of(made).part, comment_of(made).quoted) == (None, "We were made welcome.")


def test_an_answer_does_not_overwrite_what_somebody_worded_meanwhile(made):
    commented(made)
    part, url = part_of(made), at(made, "comment_answer", comment_of(made).pk)
    typed = {"outcome": "changed", "answer": "Right.", "seen_version": part.version}
    nothing = words_of(made.by_lead.post(url, typed | {"words": ""}))
    hers = {"words": "Her words."}
    change_part(review=made.review, part=part, changes=hers, by=made.team[1], now=NOW)

    page = words_of(made.by_lead.post(url, typed | {"words": "My words."}))

    assert "Write what the report says from now on." in nothing
    assert "My words." in page
    assert "Her words." in page
    assert comment_of(made).answered_at is None


def test_a_comment_on_a_part_that_is_removed_meanwhile_is_not_sent_about_nothing(made):
    sent(made)
    url = f"{at(made, 'comment_add')}?about={part_of(made).pk}"
    remove_part(review=made.review, part=part_of(made), by=made.lead, now=NOW)

    answer = made.by_head.post(url, {"words": "It is used in Year 2."})

    assert answer.status_code == 403
    assert "The report says this no longer." in answer.text
    assert "It is used in Year 2." in answer.text
    assert not ReportComment.objects.exists()


def test_words_about_what_is_gone_meanwhile_are_offered_again(made):
    commented(made)
    part, comment = part_of(made), comment_of(made)
    take_comment_back(review=made.review, comment=comment, by=made.head, now=NOW)
    remove_part(review=made.review, part=part, by=made.lead, now=NOW)
    told = {
        at(made, "comment_answer", comment.pk): "The host has taken this comment back.",
        at(made, "part_edit", part.pk): "Somebody has removed this part meanwhile.",
    }

    for address, sentence in told.items():
        answer = made.by_lead.post(address, {"words": "My words.", "answer": "My words."})

        assert answer.status_code == 403
        assert sentence in answer.text
        assert "My words." in answer.text
        assert made.by_lead.get(address).status_code == 404


def test_what_was_worded_anew_is_not_said_to_stay(made):
    commented(made)
    part, url = part_of(made), at(made, "comment_answer", comment_of(made).pk)
    kept = {"outcome": "kept", "answer": "We saw it.", "seen_version": part.version}

    refused = words_of(made.by_lead.post(url, kept | {"words": "My words."}))

    assert "Say that it was changed, or put its words back." in refused
    assert "My words." in refused
    assert comment_of(made).answered_at is None
    assert "Answered." in followed(made.by_lead, url, kept | {"words": part.words})
    assert part_of(made).words == part.words


def test_whoever_comments_on_a_sentence_that_was_worded_anew_chooses_again(made):
    sent(made)
    part = part_of(made)
    changes = {"words": "Feedback comes in class. It is used."}
    change_part(review=made.review, part=part, changes=changes, by=made.lead, now=NOW)

    page = words_of(
        made.by_head.post(
            f"{at(made, 'comment_add')}?about={part.pk}",
            {"sentence": "It isn’t used.", "words": "It is used in Year 2."},
        )
    )

    assert "The report reads otherwise by now. Choose the sentence again." in page
    assert "It is used in Year 2." in page
    assert not ReportComment.objects.exists()


def test_what_everybody_worked_for_is_the_main_button_and_what_loses_words_is_not(made):
    drafted(made)

    sends = words_of(made.by_lead.get(at(made, "report_send")))
    again = words_of(made.by_lead.get(at(made, "report_begin_again")))

    assert 'class="btn btn-primary"' in sends
    assert "btn-danger" not in sends
    assert 'class="btn btn-danger"' in again


def test_a_comment_is_taken_back_and_a_draft_begun_again_after_a_question(made):
    drafted(made)
    made.by_lead.post(at(made, "part_remove", part_of(made).pk))
    assert "is lost" in words_of(made.by_lead.get(at(made, "report_begin_again")))
    assert WORDS[1] in followed(made.by_lead, at(made, "report_begin_again"))
    followed(made.by_lead, at(made, "report_send"), {"seen_version": Report.objects.get().version})
    comment_on(review=made.review, words="No.", by=made.head, now=NOW)

    url = at(made, "comment_remove", comment_of(made).pk)
    assert "doesn’t answer it" in words_of(made.by_head.get(url))
    assert "Your comment is taken back." in followed(made.by_head, url)
    assert not ReportComment.objects.exists()


def test_a_host_cannot_comment_on_what_is_not_sent(made):
    drafted(made)

    addresses = [at(made, "comment_add"), at(made, "report_accurate")]

    assert [made.by_head.post(url).status_code for url in addresses] == [404, 404]


def filled(made, count):
    """So many parts, comments, labels and consents more."""
    for number in range(count):
        new = {"meaning": "strength", "theme": made.themes[0], "words": f"Strength {number}."}
        part = add_part(review=made.review, said=new, by=made.lead, now=NOW)
        comment_on(review=made.review, part=part, words="No.", by=made.head, now=NOW)
        if number < len(made.themes):
            AgreedLabelFactory(review=made.review, theme=made.themes[number])


@pytest.mark.parametrize("count", [1, 3])
def test_report_costs_as_many_queries_however_long_it_is(made, count, django_assert_num_queries):
    sent(made)
    filled(made, count)
    made.by_head.get(at(made))

    with django_assert_num_queries(6):
        made.by_head.get(at(made))


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_as_many_queries_however_long_it_is(made, count, django_assert_num_queries):
    shared(made, "board")
    for number in range(1, count):
        other = make_agreed()
        released(other)
        other.review.school, other.review.released_at = made.review.school, NOW
        other.review.save()
        assert number
    made.by_head.get(reverse("days:report_list"))

    with django_assert_num_queries(3):
        page = made.by_head.get(reverse("days:report_list"))

    assert len(page.context["page"]) == count


def test_list_is_narrowed_by_school_and_year(made):
    released(made)
    ReportConsentFactory(review=made.review, audience="board")
    url = reverse("days:report_list")
    name = made.review.school.name

    found = words_of(made.by_head.get(url, {"text": name, "year": made.cycle.year}))
    nothing = words_of(made.by_head.get(url, {"text": "Elsewhere"}))

    assert name in found
    assert "No report matches." in nothing
