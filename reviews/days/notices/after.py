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
        why="a school asks you, who weren’t on the team, to help it",
        button="See what is asked",
        page=AFTER,
    ),
    kind(
        CHAMPION_GONE,
        subject="You are no longer asked to help a school after its review",
        why="you were asked to help, and somebody else is asked now or will be",
        button="See the review day",
        page="cycles:day_detail",
    ),
    kind(
        WORKSHOP_ALONE,
        subject="Ask somebody else to help you after your review",
        why="whoever was asked to help you can’t",
        button="Ask somebody else",
        page=AFTER,
    ),
    kind(
        WORKSHOP_SET,
        subject="Something is arranged after a review",
        why=TAKES_PART,
        button="See when and where",
        page=AFTER,
    ),
    kind(
        WORKSHOP_SAID,
        subject="Something is written down after a review",
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
        subject="A school has something to say after its review",
        why="you led the team, or helped afterwards",
        button="Read it",
        page=AFTER,
    ),
)
