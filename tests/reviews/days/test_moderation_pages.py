import re
from datetime import timedelta
from urllib.parse import urljoin

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.days.models import AgreedLabel, Agreement, Finding, Review, TeamStep
from reviews.days.services.deleting import delete_notes_of
from tests.factories import AlliancePostFactory
from tests.factories.days import (
    AgreementFactory,
    FindingFactory,
    ReportFactory,
    ReviewPersonFactory,
    TeamStepFactory,
    ViewFactory,
)
from tests.factories.reviews import DayPlaceFactory
from tests.reviews.days.moderated import give_views, make_team, note_of

pytestmark = pytest.mark.django_db
FORM = {"meaning": "strength", "words": "Pupils explain.", "changed_in_talk": "", "theme": ""}


@pytest.fixture
def made():
    return make_team()


def at(made, name, *args):
    return reverse(f"days:{name}", args=[made.day.pk, *args])


def page(client, person, address, **asked):
    client.force_login(person)
    return client.get(address, asked)


def said(response):
    assert response.status_code == 200
    return response.content.decode()


def finding_in(made, **facts):
    return FindingFactory(review=made.review, written_by=made.lead, **facts)


def agreed_by_all(made, finding):
    for person in made.team:
        AgreementFactory(finding=finding, person=person)


def test_before_all_views_are_in_only_the_missing_are_named(client):
    made = make_team(views=2)
    note_of(made, made.lead, text="A word of evidence.")
    finding = finding_in(made, words="A hidden finding.")

    shown = said(page(client, made.lead, at(made, "moderation")))

    for hidden in ("Strength seen", "To develop, says", "A word of evidence", "A hidden finding"):
        assert hidden not in shown
    assert shown.count("View is in") == 2
    assert shown.count("View is missing") == 1
    assert "Go on without somebody" in shown
    reviewer = said(page(client, made.team[1], at(made, "moderation")))
    assert "Go on without somebody" not in reviewer
    for name, *args in (
        ("moderation_notes",),
        ("finding_detail", finding.pk),
        ("finding_edit", finding.pk),
        ("finding_evidence", finding.pk),
        ("finding_add",),
        ("moderation_end",),
    ):
        response = page(client, made.lead, at(made, name, *args))
        assert response.status_code == 403
        assert "hidden finding" not in response.content.decode()
        assert "word of evidence" not in response.content.decode()


def test_all_views_stand_side_by_side_once_they_are_in(client, made):
    stray = ViewFactory(review=made.review, theme=made.themes[0], strengths="Never completed.")
    TeamStepFactory(review=made.review, person=stray.author, views_at=None)

    shown = said(page(client, made.team[2], at(made, "moderation")))

    for person in made.team:
        assert f"To develop, says {person.pk} of {made.themes[0].pk}." in shown
    assert "Never completed" not in shown


def test_newcomer_reads_nothing_before_her_own_view_is_in(client, made):
    place = DayPlaceFactory(day=made.day, answer="accepted")

    before = said(page(client, place.person, at(made, "moderation")))
    give_views(made, place.person)
    after = said(page(client, place.person, at(made, "moderation")))

    assert "Strength seen" not in before
    assert "Strength seen" in after


def outsiders(made):
    other = make_team()
    director = AlliancePostFactory(alliance=made.cycle.alliance, kind="director").person
    named = ReviewPersonFactory(review=made.review, named_by=made.head).person
    asked = DayPlaceFactory(day=made.day).person
    return {
        "head": (made.head, 403),
        "named": (named, 403),
        "organiser": (made.cycle.organiser, 404),
        "director": (director, 404),
        "other team": (other.lead, 404),
        "staff": (made.staff, 404),
        "asked and silent": (asked, 404),
    }


def test_nobody_but_the_team_reads_a_word(client, made):
    note = note_of(made, made.lead, text="A word of evidence.")
    finding = finding_in(made, words="A hidden finding.", changed_in_talk="Hidden talk.")
    finding.evidence.add(note)
    AgreedLabel.objects.create(
        review=made.review,
        theme=made.themes[0],
        judgement=made.labels[0],
        given_by=made.lead,
        given_at=timezone.now(),
    )
    agreed_by_all(made, finding)
    own = [
        at(made, "moderation"),
        at(made, "moderation_notes"),
        at(made, "finding_add") + f"?note={note.pk}",
        at(made, "finding_detail", finding.pk),
        at(made, "finding_edit", finding.pk),
        at(made, "finding_evidence", finding.pk),
        at(made, "finding_remove", finding.pk),
        at(made, "label_edit", made.themes[0].pk),
        at(made, "moderation_end"),
    ]
    hidden = ("A word of evidence", "A hidden finding", "Hidden talk", "Strength seen")

    for who, (person, status) in outsiders(made).items():
        for address in [*own, reverse("cycles:day_detail", args=[made.day.pk])]:
            response = page(client, person, address)
            text = response.content.decode()
            if address in own:
                assert (who, address, response.status_code) == (who, address, status)
            assert not [word for word in hidden if word in text], (who, address)


def test_finding_of_another_review_is_not_there(client, made):
    other = finding_in(make_team(), words="Of the other one.")
    note = note_of(make_team(), made.lead, text="Of yet another one.")

    for name in ("finding_detail", "finding_edit", "finding_evidence", "finding_remove"):
        assert page(client, made.lead, at(made, name, other.pk)).status_code == 404
    form = said(page(client, made.lead, at(made, "finding_add"), note=note.pk))

    assert "Of yet another one" not in form
    nonsense = {"note": ["9" * 30, "x", ""], "view": "9" * 30, "of": "strengths", "theme": "x"}
    assert page(client, made.lead, at(made, "finding_add"), **nonsense).status_code == 200


def test_finding_begins_with_a_view_or_with_ticked_notes(client, made):
    note = note_of(made, made.lead, text="A word of evidence.", theme=made.themes[1])
    view = made.review.views.filter(author=made.team[1], theme=made.themes[0]).get()

    from_view = page(client, made.lead, at(made, "finding_add"), view=view.pk, of="development")
    from_note = page(client, made.lead, at(made, "finding_add"), note=note.pk)
    client.post(at(made, "finding_add"), FORM | {"note": note.pk, "theme": made.themes[1].pk})

    assert from_view.context["form"].initial == {
        "theme": made.themes[0].pk,
        "meaning": "development",
        "words": view.development,
    }
    assert "A word of evidence." in said(from_note)
    kept = Finding.objects.get()
    assert (kept.theme, kept.evidence_count, list(kept.evidence.all())) == (
        made.themes[1],
        1,
        [note],
    )


def test_two_who_edit_one_finding_see_both_versions(client, made):
    finding = finding_in(made, words="First words.")
    address = at(made, "finding_edit", finding.pk)
    client.force_login(made.lead)
    client.post(address, FORM | {"words": "Hers.", "seen_version": 1})

    client.force_login(made.team[1])
    response = client.post(address, FORM | {"words": "Mine.", "seen_version": 1})

    shown = said(response)
    assert "Somebody saved this page" in shown
    assert "Hers." in shown
    assert Finding.objects.get().words == "Hers."
    client.post(address, FORM | {"words": "Ours.", "seen_version": 2})
    assert Finding.objects.get().words == "Ours."


def test_agreeing_to_words_that_changed_is_said_and_not_kept(client, made):
    finding, other = finding_in(made), finding_in(made, meaning="development")
    finding.version = 2
    finding.save()
    client.force_login(made.team[1])

    seen = [f"{finding.pk}:1", f"{other.pk}:1", "x:1", f"{other.pk}:", "9" * 40 + ":1"]
    response = client.post(at(made, "findings_agree"), {"seen": seen}, follow=True)

    assert "reads otherwise now than what you saw" in said(response)
    assert list(Agreement.objects.values_list("finding", "person")) == [(other.pk, made.team[1].pk)]


def test_buttons_of_each_finding_agree_to_it_and_take_that_back(client, made):
    finding, other = finding_in(made), finding_in(made)
    AgreementFactory(finding=other, person=made.lead)
    address = at(made, "moderation")

    shown = said(page(client, made.lead, address))
    (seen,) = re.findall(r'form="agreeing" name="seen" value="([^"]+)"', shown)
    (back,) = re.findall(r'form="agreeing" formaction="([^"]+)"', shown)
    (form,) = re.findall(r'id="agreeing" action="([^"]+)"', shown)
    answers = [client.post(form, {"seen": seen}), client.post(urljoin(address, back))]

    assert list(Agreement.objects.values_list("finding")) == [(finding.pk,)]
    assert [each["Location"] for each in answers] == [
        f"{address}#finding-{finding.pk}",
        f"{address}#finding-{other.pk}",
    ]
    for name, args in (("finding_detail", ""), ("finding_edit", "edit/")):
        place = urljoin(address, f"findings/{finding.pk}/{args}")
        assert f'href="findings/{finding.pk}/{args}"' in shown
        assert place == at(made, name, finding.pk)


def test_evidence_is_ticked_page_by_page(client, made):
    notes = [note_of(made, made.team[n % 3]) for n in range(3)]
    finding = finding_in(made)
    finding.evidence.add(notes[2])
    address = at(made, "finding_evidence", finding.pk)
    client.force_login(made.lead)

    asked = {"shown": [notes[0].pk, notes[1].pk], "note": [notes[0].pk]}
    client.post(address, asked | {"seen_version": 1})
    stale = client.post(address, asked | {"note": [notes[1].pk], "seen_version": 1})

    assert set(finding.evidence.all()) == {notes[0], notes[2]}
    assert "Somebody changed the finding meanwhile" in said(stale)
    assert [note.is_ticked for note in stale.context["page"]] == [False, True, False]


def test_notes_are_filtered_and_say_when_they_go(client, made):
    one = note_of(made, made.lead, text="About reading.", theme=made.themes[0])
    two = note_of(made, made.team[1], text="About writing.")
    removed = note_of(made, made.lead, text="Taken back.", removed_at=timezone.now())
    client.force_login(made.team[2])

    def found(**asked):
        response = client.get(at(made, "moderation_notes"), asked)
        assert "deleted 90 days after" in said(response)
        return list(response.context["page"])

    assert found() == [one, two]
    assert found(theme=made.themes[0].pk) == [one]
    assert found(theme="none") == [two]
    assert found(author=made.team[1].pk) == [two]
    assert found(text="WRITING") == [two]
    assert found(text="nothing of it") == []
    assert removed not in found(theme="999")
    assert list(found(text="w" * 101)) == [one, two]
    assert "at most 100 characters" in said(
        client.get(at(made, "moderation_notes"), {"activity": "w" * 101})
    )


def test_lead_ends_and_opens_again_and_nobody_else_does(client, made):
    finding = finding_in(made)
    AgreementFactory(finding=finding, person=made.lead)
    end, again = at(made, "moderation_end"), at(made, "moderation_open")
    client.force_login(made.lead)
    early = client.post(end, follow=True)
    assert "Not everybody agrees" in said(early)
    for person in made.team[1:]:
        AgreementFactory(finding=finding, person=person)
    assert page(client, made.team[1], end).status_code == 403
    assert "agreed by all" in said(page(client, made.lead, end))

    client.post(end)
    assert Review.objects.get(pk=made.review.pk).moderated_by == made.lead
    ended = said(page(client, made.team[1], at(made, "moderation")))
    assert "The moderation ended on" in ended
    assert "I agree" not in ended
    late = client.post(at(made, "finding_edit", finding.pk), FORM | {"seen_version": 1})
    assert "has ended meanwhile" in said(late)
    assert page(client, made.team[1], at(made, "finding_edit", finding.pk)).status_code == 403

    client.force_login(made.lead)
    client.post(again)
    assert Review.objects.get(pk=made.review.pk).moderated_at is None
    client.post(end)
    ReportFactory(review=made.review, sent_at=timezone.now())
    sent = client.post(again, follow=True)
    assert "The report is with the host" in said(sent)
    assert "Open the moderation again" not in said(sent)


def test_whoever_agrees_is_told_behind_which_findings_no_evidence_is_chosen(client, made):
    bare = finding_in(made, words="Pupils explain.")
    proven = finding_in(made, words="Pupils write at length.")
    proven.evidence.add(note_of(made, made.lead))
    for finding in (bare, proven):
        agreed_by_all(made, finding)
    choose = at(made, "finding_evidence", bare.pk)

    def shown(name, *args, person=made.lead):
        words = said(page(client, person, at(made, name, *args)))
        found = {urljoin(at(made, name, *args), link) for link in re.findall('href="(.*?)"', words)}
        return words, found

    moderation, links = shown("moderation")
    assert moderation.count("No evidence chosen") == 2
    assert "behind 1 finding." in moderation
    assert {choose, at(made, "finding_detail", bare.pk)} < links
    assert "1 piece of evidence" in moderation
    detail, links = shown("finding_detail", bare.pk)
    assert "No evidence chosen" in detail
    assert choose in links
    assert "No evidence chosen" not in shown("finding_detail", proven.pk)[0]
    asked, links = shown("moderation_end")
    assert "behind 1 finding<" in asked
    assert choose in links
    assert at(made, "finding_evidence", proven.pk) not in links

    client.post(at(made, "moderation_end"))
    assert Review.objects.get(pk=made.review.pk).moderated_by == made.lead
    for name, args in (("moderation", ()), ("finding_detail", (bare.pk,))):
        words, links = shown(name, *args, person=made.team[1])
        assert words.count("No evidence chosen") == 1
        assert choose not in links


def test_what_changed_in_discussion_is_set_below_the_finding_and_no_larger(client, made):
    finding = finding_in(made, words="Pupils explain.", changed_in_talk="One saw less.")

    for address in (at(made, "moderation"), at(made, "finding_detail", finding.pk)):
        words = said(page(client, made.lead, address))
        label = '<p class="small soft mb-1">What changed in discussion</p>'
        assert re.search(rf'Pupils explain.*{label}\s*<p class="note-text small">One', words, re.S)


def test_ticked_notes_are_not_left_unasked(client, made):
    note_of(made, made.lead)
    finding = finding_in(made)

    for address in (at(made, "moderation_notes"), at(made, "finding_evidence", finding.pk)):
        (form,) = re.findall(
            '<form[^>]*>(?=(?:(?!</form>).)*name="note")',
            said(page(client, made.lead, address)),
            re.S,
        )
        assert "data-portal-guard" in form


def test_where_each_finding_has_evidence_nothing_is_said_of_it(client, made):
    finding = finding_in(made)
    finding.evidence.add(note_of(made, made.lead))
    agreed_by_all(made, finding)

    for name in ("moderation", "moderation_end"):
        assert "No evidence chosen" not in said(page(client, made.lead, at(made, name)))


def test_lead_goes_on_without_somebody_and_waits_again(client, made):
    away = made.team[2]
    client.force_login(made.lead)
    client.post(at(made, "member_without", away.pk))
    excused = TeamStep.objects.get(person=away).excused_at
    herself = client.post(at(made, "member_without", made.lead.pk), follow=True)
    client.post(at(made, "member_waits", away.pk))

    assert excused is not None
    assert "always waited for" in said(herself)
    assert TeamStep.objects.get(person=away).excused_at is None
    assert page(client, made.team[1], at(made, "member_without", away.pk)).status_code == 403
    stranger = at(made, "member_without", made.head.pk)
    assert page(client, made.lead, stranger).status_code == 404


def test_who_isnt_waited_for_isnt_said_to_agree(client, made):
    finding = finding_in(made)
    for person in made.team[:2]:
        AgreementFactory(finding=finding, person=person)
    client.force_login(made.lead)
    client.post(at(made, "member_without", made.team[2].pk))

    assert "Everybody who is waited for agrees" in said(client.get(at(made, "moderation")))
    assert "agreed by all who are waited for." in said(client.get(at(made, "moderation_end")))

    client.post(at(made, "member_waits", made.team[2].pk))
    AgreementFactory(finding=finding, person=made.team[2])

    assert "Everybody agrees to every finding." in said(client.get(at(made, "moderation")))
    assert "agreed by all. " in said(client.get(at(made, "moderation_end")))


def test_once_the_moderation_has_ended_nothing_is_said_to_come_yet(client, made):
    agreed_by_all(made, finding_in(made, meaning="strength"))
    address = at(made, "moderation")
    before = said(page(client, made.lead, address))
    client.post(at(made, "moderation_end"))

    after = said(page(client, made.lead, address))

    for coming in ("None yet.", "No label yet"):
        assert coming in before
        assert coming not in after


def test_words_of_a_finding_that_is_removed_meanwhile_are_offered_again(client, made):
    finding = finding_in(made)
    address = at(made, "finding_edit", finding.pk)
    finding.delete()
    client.force_login(made.lead)

    answer = client.post(address, FORM | {"seen_version": 1})

    assert answer.status_code == 403
    assert "Somebody removed this finding meanwhile." in answer.text
    assert FORM["words"] in answer.text
    assert client.get(address).status_code == 404


def test_label_is_given_and_the_second_hand_sees_both(client, made):
    address = at(made, "label_edit", made.themes[0].pk)
    first, second = made.labels
    client.force_login(made.lead)
    client.post(address, {"judgement": first.pk, "changed_in_talk": "", "seen_version": 0})
    stale = client.post(address, {"judgement": second.pk, "seen_version": 0})

    assert first.label in said(stale)
    assert "Somebody saved this page" in said(stale)
    assert AgreedLabel.objects.get().judgement == first
    assert first.label in said(page(client, made.lead, at(made, "moderation")))
    other = make_team()
    assert page(client, made.lead, at(made, "label_edit", other.themes[0].pk)).status_code == 404


def test_team_reads_on_until_ninety_days_after_the_release(client, made):
    finding = finding_in(made, words="A finding.")
    made.review.moderated_at = timezone.now() - timedelta(days=100)
    made.review.released_at = timezone.now() - timedelta(days=89)
    made.review.save()
    still = said(page(client, made.team[1], at(made, "finding_detail", finding.pk)))
    made.review.released_at = timezone.now() - timedelta(days=91)
    made.review.save()

    assert "A finding." in still
    assert page(client, made.team[1], at(made, "moderation")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_for_one_and_for_many(client, made, count, django_assert_num_queries):
    for _each in range(count):
        note = note_of(made, made.lead, theme=made.themes[0])
        finding = finding_in(made, theme=made.themes[0])
        finding.evidence.add(note)
        agreed_by_all(made, finding)
    client.force_login(made.lead)
    costs = {
        at(made, "moderation"): 8,
        at(made, "moderation_notes"): 7,
        at(made, "finding_evidence", finding.pk): 9,
        at(made, "finding_detail", finding.pk): 7,
        at(made, "finding_edit", finding.pk): 5,
    }
    for address, cost in costs.items():
        client.get(address)
        with django_assert_num_queries(cost):
            client.get(address)


def test_once_the_notes_are_deleted_nobody_is_said_to_have_written_or_chosen_none(client, made):
    proven, unproven = finding_in(made, words="Pupils explain."), finding_in(made)
    proven.evidence.add(note_of(made, made.lead), note_of(made, made.team[1]))
    Finding.objects.filter(pk=proven.pk).update(evidence_count=2)
    before = said(page(client, made.lead, at(made, "moderation")))
    long_after = made.day.ends_at + timedelta(days=366)

    assert delete_notes_of(review=made.review, now=long_after)
    moderation = said(page(client, made.lead, at(made, "moderation")))
    hers = [
        said(page(client, made.lead, at(made, "finding_detail", finding.pk)))
        for finding in (proven, unproven)
    ]

    assert "/evidence/" in before
    assert "/evidence/" not in moderation
    assert "2 pieces of evidence" in moderation
    assert moderation.count("Its views are deleted.") == len(made.themes)
    assert "Nobody has written a view" not in moderation
    assert "Notes and views were deleted on" in moderation
    assert "2 pieces of evidence. The notes of the review are deleted." in hers[0]
    assert "No evidence chosen. The notes of the review are deleted." in hers[1]
