from datetime import timedelta

from django.utils import timezone

from partnership.calendar.days import DAY, is_school_day, next_school_day
from reviews.cycles.models import BlockedDay
from tests.factories.reviews import CycleFactory, CycleHostFactory, CycleReviewerFactory
from tests.factories.schools import SchoolPostFactory
from tests.journeys.conftest import PHONE, WITH_AND_WITHOUT_SCRIPT

FRIDAY = 4


def day_button(page, day):
    return page.locator(f"#day-{day.isoformat()}")


@WITH_AND_WITHOUT_SCRIPT
def test_a_head_blocks_her_dates_on_a_phone(somebody, with_script):
    now = timezone.now()
    head = SchoolPostFactory().person
    school = head.school_posts.get().school
    one = next_school_day(now.date() + timedelta(days=21))
    other = next_school_day(one + DAY)
    window = [one + number * DAY for number in range(60)]
    fridays = {day for day in window if day.weekday() == FRIDAY and is_school_day(day)}
    cycle = CycleFactory(
        state="asking",
        name="Review days",
        opened_at=now,
        block_by=now + timedelta(days=14),
        starts_on=window[0],
        ends_on=window[-1],
    )
    entry = CycleReviewerFactory(cycle=cycle, reviewer__person=head, reviewer__school=school)
    CycleHostFactory(cycle=cycle, school=school)
    she = somebody(screen=PHONE, with_script=with_script).signs_in(head)

    she.opens("/reviews/dates/")
    for day in (one, other):
        day_button(she.page, day).click()
        she.page.locator(f"#day-{day.isoformat()}[aria-pressed=true]").wait_for()
    she.page.get_by_label("Every").select_option("Friday")
    she.presses("Block it every week")

    assert she.told == f"{len(fridays - {one, other})} more days are blocked."
    assert day_button(she.page, one).bounding_box()["height"] >= 24
    assert she.page.evaluate("document.documentElement.scrollWidth") <= 390 if with_script else True

    she.presses("These are all my dates")

    entry.refresh_from_db()
    assert entry.dates_given_at is not None
    assert BlockedDay.objects.filter(person=head, school=None).count() == len(
        fridays | {one, other}
    )
