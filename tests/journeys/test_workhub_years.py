from datetime import timedelta

from django.utils import timezone

from partnership.calendar.years import AcademicYear
from tests.journeys.conftest import PHONE, WITH_AND_WITHOUT_SCRIPT
from tests.journeys.world import oldham
from workhubs.hubs.models import WorkhubSchool, WorkhubYear
from workhubs.hubs.services import (
    accept_place,
    add_objective,
    create_workhub,
    invite_schools,
    note_progress,
)


def workhub(world, year, *, name="Transition", lead=None):
    return create_workhub(
        alliance=world.alliance,
        name=name,
        year=year,
        lead=lead,
        priority="moving up without losing ground",
        aims="Use one form.",
        by=world.director,
        now=timezone.now(),
    )


@WITH_AND_WITHOUT_SCRIPT
def test_a_head_asks_to_join_from_a_phone_and_the_lead_says_yes_on_her_desk(
    somebody, mailbox, with_script
):
    world = oldham()
    year = workhub(world, AcademicYear.containing(timezone.localdate()), lead=world.other_head)
    mailbox.fetch()
    phone = somebody(screen=PHONE, with_script=with_script).signs_in(world.head)
    phone.opens(year.get_absolute_url())
    phone.follows("Ask to join")
    phone.fills("Why would your school like to join?", "Our children come to them next.")
    phone.presses("Ask to join")
    asked = phone.told
    (letter,) = mailbox.fetch()
    desk = somebody(with_script=with_script).signs_in(world.other_head)
    desk.opens("/desk/")
    waits = desk.words
    desk.presses("Yes: Delph Primary School joins Transition")
    desk.opens("/desk/")
    settled = desk.words
    answered = [mail.to for mail in mailbox.fetch()]
    phone.opens(year.get_absolute_url())

    assert asked == "Delph Primary School has asked to join. You hear by mail."
    assert letter.to == [world.other_head.email]
    assert "Our children come to them next." in letter.text
    assert "May Delph Primary School join the workhub “Transition”?" in waits
    assert "May Delph Primary School join" not in settled
    assert answered == [[world.head.email]]
    assert "One school on moving up" in phone.words
    assert WorkhubSchool.objects.get().school == world.school


@WITH_AND_WITHOUT_SCRIPT
def test_a_director_rolls_last_years_workhubs_over(somebody, mailbox, with_script):
    world = oldham()
    this_year = AcademicYear.containing(timezone.localdate())
    last = workhub(world, this_year.previous, lead=world.other_head)
    dropped = workhub(world, this_year.previous, name="Finance")
    _join_as_of_last_year(world, last)
    carried = add_objective(
        workhub_year=last, words="One form for all", by=world.director, now=timezone.now()
    )
    note_progress(
        objective=carried,
        progress="behind",
        seen="Draft four.",
        by=world.director,
        now=timezone.now(),
    )
    mailbox.fetch()
    director = somebody(with_script=with_script).signs_in(world.director)

    director.opens("/workhubs/")
    director.follows(f"Roll over into {this_year}")
    director.page.get_by_label(f"Goes on in {this_year}").first.uncheck()
    director.fills("Deputy of Transition", world.head.name)
    director.presses("Look at what will happen")
    foretold = director.words
    nothing_yet = WorkhubYear.objects.filter(year=this_year.start).count()
    director.presses(f"Roll over into {this_year}")
    told = director.told
    director.follows("Transition")
    page = director.words
    letters = {letter.to[0]: letter.subject for letter in mailbox.fetch()}

    assert "1 workhub of Oldham Schools Alliance goes on" in foretold
    assert "Nothing has happened yet." in foretold
    assert nothing_yet == 0
    assert told.startswith(f"1 workhub goes on in {this_year}; 1 place of a school stays.")
    assert "One form for all" in page
    assert "Draft four." in page
    assert world.head.name in page
    assert not WorkhubYear.objects.filter(workhub=dropped.workhub, year=this_year.start).exists()
    assert set(letters) == {world.head.email, world.other_head.email}


def _join_as_of_last_year(world, year):
    """The school took part last year, as its head had said then."""
    then = timezone.now() - timedelta(days=300)
    (place,) = invite_schools(
        workhub_year=year, schools=[world.school], by=world.director, now=then
    )
    accept_place(place=place, by=world.head, now=then)
