import pytest

from reviews.cycles.services.holding import call_off_day
from reviews.days.models import Priority, SelfEvaluation
from reviews.days.services.sharing import share_evaluation
from tests.factories.days import PriorityFactory, SelfEvaluationFactory
from tests.factories.schools import DelegationFactory
from tests.reviews.days.own_school import NOW, SECRET, make_host

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_host()


@pytest.fixture
def signed_in(client, host):
    client.force_login(host.head)
    return client


def address(host, ending=""):
    return f"/reviews/schools/{host.school.urn}/{ending}"


def test_a_head_begins_next_years_with_this_years_words(signed_in, host):
    form = signed_in.get(address(host, "new/"))
    assert form.text.count('name="year"') == 1
    assert "The words and priorities of 2026 to 2027" in form.text

    sent = {"year": 2027, "begin": f"like-{host.evaluation.pk}"}
    begun = signed_in.post(address(host, "new/"), sent, follow=True)

    assert begun.redirect_chain == [(address(host, "2027/"), 302)]
    assert SECRET in begun.text
    left = signed_in.get(address(host, "new/"), follow=True)
    assert "are begun already" in left.text
    assert "Begin a year" not in left.text


def test_the_first_one_begins_empty(signed_in, host):
    Priority.objects.all().delete()
    SelfEvaluation.objects.all().delete()
    assert "There is none yet." in signed_in.get(address(host)).text

    begun = signed_in.post(address(host, "new/"), {"year": 2026, "begin": "empty"}, follow=True)

    assert "No priority yet." in begun.text
    assert begun.text.count("Not written yet.") == 2


def test_words_and_priorities_are_written_with_no_pupils_name_beside_each_box(signed_in, host):
    wrote = signed_in.get(address(host, "2026/edit/"))
    assert wrote.text.count("No pupil’s name or initials.") == wrote.text.count("<textarea") == 4

    sent = {"going_well": "Books", "to_improve": "Sums", "seen_version": 1}
    saved = signed_in.post(address(host, "2026/edit/"), sent, follow=True)
    assert "The self-evaluation 2026 to 2027 is saved." in saved.text

    both = signed_in.post(address(host, "2026/edit/"), {**sent, "to_improve": "Reading"})
    assert "Somebody saved this page after you opened it" in both.text
    assert "Sums" in both.text

    added = {"area": "reading", "title": "Phonics first"}
    page = signed_in.post(address(host, "2026/priorities/new/"), added, follow=True)
    assert "“Phonics first” is added." in page.text


def test_priorities_are_moved_and_removed_after_a_question(signed_in, host):
    first = host.evaluation.priorities.get()
    second = PriorityFactory(evaluation=host.evaluation, title="Phonics", area="reading")

    def act(priority, ending, **sent):
        url = address(host, f"2026/priorities/{priority.pk}/{ending}/")
        return signed_in.post(url, sent, follow=True).text

    assert "“Phonics” moved up." in act(second, "move", move="up")
    assert "is saved." in act(second, "edit", area="reading", title="Phonics!", seen_version=1)
    asked = signed_in.get(address(host, f"2026/priorities/{first.pk}/remove/"))
    assert "Remove this priority?" in asked.text
    assert Priority.objects.count() == 2
    assert "is removed." in act(first, "remove")
    assert [each.title for each in Priority.objects.all()] == ["Phonics!"]


def test_what_the_team_reads_cant_be_emptied(signed_in, host):
    told = {"review": host.review, "evaluation": host.evaluation, "by": host.head}
    share_evaluation(**told, now=NOW)
    only = host.evaluation.priorities.get()

    sent = {"going_well": "", "to_improve": "", "seen_version": 1}
    refused = signed_in.post(address(host, "2026/edit/"), sent)
    stays = signed_in.post(address(host, f"2026/priorities/{only.pk}/remove/"), follow=True)

    assert "The team of a review reads this." in refused.text
    assert "it is the only priority" in stays.text
    assert Priority.objects.count() == 1


def test_nobody_but_who_speaks_for_the_school_opens_any_of_it(client, host):
    other = make_host()
    DelegationFactory(school=host.school, deputy=host.colleague, given_by=host.head, kind="details")
    priority = host.evaluation.priorities.get().pk
    pages = ("", "2026/", "2026/edit/", f"2026/priorities/{priority}/edit/", "2031/")
    others = (host.colleague, host.lead, host.organiser, host.officer, other.head)

    for person in others:
        client.force_login(person)
        assert [client.get(address(host, page)).status_code for page in pages] == [403] + [404] * 4
    client.force_login(host.acting)
    assert [client.get(address(host, page)).status_code for page in pages] == [200] * 4 + [404]
    client.force_login(other.head)
    assert client.get(address(other, f"2026/priorities/{priority}/edit/")).status_code == 404


def test_the_schools_page_leads_there_for_who_speaks_for_it(client, host):
    def leads(person):
        client.force_login(person)
        return address(host) in client.get(host.school.get_absolute_url()).text

    people = ("head", "acting", "colleague", "lead", "organiser", "officer")
    assert [name for name in people if leads(getattr(host, name))] == ["head", "acting"]


def test_a_review_that_waits_for_it_stands_beside_it(signed_in, host):
    waits = signed_in.get(address(host, "2026/")).text
    told = {"review": host.review, "evaluation": host.evaluation, "by": host.head}
    share_evaluation(**told, now=NOW)
    shared = signed_in.get(address(host, "2026/")).text

    assert "To be shared" in waits
    assert "Open to the team since" in shared


def test_once_the_day_is_called_off_no_team_is_said_to_read_it(signed_in, host):
    told = {"review": host.review, "evaluation": host.evaluation, "by": host.head}
    share_evaluation(**told, now=NOW)
    call_off_day(day=host.review.day, because="Flood", by=host.organiser, now=NOW)

    text = signed_in.get(address(host, "2026/")).text

    assert "It has no day, so no team reads anything of it." in text
    assert "Open to the team since" not in text


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("", 4), ("2026/", 4)])
def test_one_row_or_three_cost_the_same_queries(
    signed_in, host, count, page, queries, django_assert_num_queries
):
    for year in range(2026 - count + 1, 2026):
        SelfEvaluationFactory(school=host.school, year=year)
        PriorityFactory(evaluation=host.evaluation)
    signed_in.get(address(host, page))

    with django_assert_num_queries(queries):
        signed_in.get(address(host, page))


def test_forms_keep_to_four_queries_and_saving_to_eight_and_its_savepoints(
    signed_in, host, django_assert_max_num_queries
):
    priority = host.evaluation.priorities.get()
    words = {"going_well": "Books", "to_improve": "Sums", "seen_version": 1}
    worded = {"area": "reading", "title": "Phonics", "seen_version": 1}
    sent = {
        "2026/edit/": words,
        "2026/priorities/new/": worded,
        f"2026/priorities/{priority.pk}/edit/": worded,
        "new/": {"year": 2027, "begin": "empty"},
    }
    for form, typed in sent.items():
        signed_in.get(address(host, form))
        with django_assert_max_num_queries(4):
            signed_in.get(address(host, form))
        with django_assert_max_num_queries(12):
            assert signed_in.post(address(host, form), typed).status_code == 302
