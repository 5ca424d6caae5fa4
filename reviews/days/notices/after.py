"""What is told after the release: of the workshop, of actions, of what changed."""

from __future__ import annotations

from reviews.days.notices.letters import kind

CHAMPION_ASKED, CHAMPION_GONE = "days.champion_asked", "days.champion_gone"
WORKSHOP_ALONE, WORKSHOP_SET = "days.workshop_alone", "days.workshop_set"
WORKSHOP_SAID, ACTION_GIVEN = "days.workshop_said", "days.action_given"
CHECK_BACK_GIVEN = "days.check_back_given"
TAKES_PART = "you have a part in what a school does with its review"
AFTER = "days:after"

AFTERWARDS = (
    kind(
        CHAMPION_ASKED,
        subject="A school asks you to help it after its review",
        why="a school asks you, who weren’t on the team, to lead its workshop",
        button="See what is asked",
        page=AFTER,
    ),
    kind(
        CHAMPION_GONE,
        subject="You no longer lead the workshop after a review",
        why="you were asked to lead it, and somebody else is asked now or will be",
        button="See the review day",
        page="cycles:day_detail",
    ),
    kind(
        WORKSHOP_ALONE,
        subject="Ask somebody else to lead the workshop after your review",
        why="whoever was asked to lead it can’t",
        button="Ask somebody else",
        page=AFTER,
    ),
    kind(
        WORKSHOP_SET,
        subject="A workshop after a review is arranged",
        why=TAKES_PART,
        button="See when and where",
        page=AFTER,
    ),
    kind(
        WORKSHOP_SAID,
        subject="What came of the workshop after a review is written down",
        why=TAKES_PART,
        button="Read it",
        page=AFTER,
    ),
    kind(
        ACTION_GIVEN,
        subject="You are asked to do something after a review",
        why="somebody of your school gave you something to do",
        button="See what it is",
        page=AFTER,
    ),
    kind(
        CHECK_BACK_GIVEN,
        subject="A school says what changed after its review",
        why="you led the team or the workshop",
        button="Read what changed",
        page=AFTER,
    ),
)
