"""What the demo's workhubs want to reach, and what was seen of it from half term to half term."""

from __future__ import annotations

from dataclasses import dataclass

from workhubs.hubs.models import Progress

BEGUN, TRACK, BEHIND = Progress.NOT_STARTED, Progress.ON_TRACK, Progress.BEHIND
MET, NOT_MET = Progress.MET, Progress.NOT_MET
Seen = tuple[str, str]


@dataclass(frozen=True)
class Target:
    """An objective: what was seen in the year before, and what has been seen in this one.

    One without a year before begins this year; one without this year ended with that before.
    """

    words: str
    measure: str
    before: tuple[Seen, ...] = ()
    now: tuple[Seen, ...] | None = ()


TARGETS: dict[str, tuple[Target, ...]] = {
    "Behaviour and Attendance": (
        Target(
            "Every school counts lateness and absence in one way",
            "Start 2 schools, aim all by July",
            (
                (TRACK, "Five schools use the sheet."),
                (TRACK, "Nearly all use it; one counts sessions where the others count days."),
                (MET, "Since June all of us count alike."),
            ),
            None,
        ),
        Target(
            "Fewer days lost on Mondays and Fridays",
            "Half as many as two years ago, in every school",
            (
                (BEGUN, "We wait for the first term’s figures."),
                (BEHIND, "Fridays haven’t moved; Mondays have, a little."),
                (BEHIND, "Down by a tenth. The telephone before ten helps, where it is rung."),
            ),
            ((TRACK, "Down by a fifth since September; two schools ring on Sundays."),),
        ),
        Target(
            "A calm first quarter of an hour in every school",
            "Seen by a colleague from another school each half term",
            now=((TRACK, "Four of eight visits are done; the notes fill one page."),),
        ),
    ),
    "Business & Community": (
        Target(
            "Three firms give time rather than money",
            "Each has promised six days a year",
            (
                (BEGUN, "Letters went out before half term."),
                (BEHIND, "One firm has said yes."),
                (NOT_MET, "Two firms came; the third moved away."),
            ),
            None,
        ),
        Target(
            "Families say what they need, and hear what came of it",
            "An answer to each question within a fortnight",
            (
                (TRACK, "Three schools ask at the gates on Thursdays."),
                (TRACK, "All ask; the answers hang in the entrance."),
            ),
            ((BEHIND, "Two schools have stopped hanging up the answers."),),
        ),
    ),
    "Early Years Foundation Stage": (
        Target(
            "Every nursery is visited twice by another",
            "Fourteen visits by the end of June",
            (
                (TRACK, "Six visits in the first term."),
                (TRACK, "Ten; the snow took two."),
                (MET, "Fifteen, and everybody wants to go on."),
            ),
            None,
        ),
        Target(
            "We agree what we look for in how a two year old talks",
            "One page, used in all schools",
            ((BEGUN, "Three drafts, none of them one page."), (TRACK, "One page, in trial.")),
            ((TRACK, "Five schools use it; a health visitor has read it too."),),
        ),
    ),
    "Finance": (
        Target(
            "Energy is bought once for all of us",
            "Eight contracts that end on one day",
            (
                (TRACK, "All contracts lie on one table."),
                (BEHIND, "Two run on until the year after."),
                (TRACK, "Six end together; the broker is chosen."),
            ),
            ((MET, "Signed in October: a seventh less than before."),),
        ),
        Target(
            "Supply costs less, and is known",
            "A fifth less than last year in each school",
            now=((BEHIND, "Three quotes compared; two schools still ring the old agency."),),
        ),
    ),
    "Initial Teacher Training": (
        Target(
            "Every trainee learns in two different schools",
            "All eleven trainees by Easter",
            (
                (TRACK, "Pairs of schools are agreed."),
                (TRACK, "Nine have begun in the second school."),
                (MET, "All eleven; two were offered posts where they least expected it."),
            ),
            None,
        ),
        Target(
            "A second mentor in each school",
            "Trained by the university, with an hour a week",
            ((BEHIND, "The hour is the difficulty."), (BEHIND, "Four of five are trained.")),
            ((TRACK, "All are trained; the hour holds in three schools."),),
        ),
    ),
    "Safeguarding & Wellbeing": (
        Target(
            "Records are tested by a colleague each term",
            "Nine schools, three tests each",
            (
                (TRACK, "Nine tests, no surprises, many small repairs."),
                (TRACK, "Eighteen."),
                (MET, "Twenty-seven, and the list of questions is half as long."),
            ),
        ),
        Target(
            "Designated leads have somebody to talk to",
            "A pair for each, met twice a half term",
            ((BEGUN, "Pairs are drawn."), (BEHIND, "Half of the pairs have met.")),
            ((BEHIND, "Five of nine pairs met in September. October was too full."),),
        ),
    ),
    "Special Educational Needs and Disabilities": (
        Target(
            "Neighbours share specialist hours",
            "A speech therapist on two days a week",
            (
                (BEHIND, "Nobody to be found for one day alone."),
                (TRACK, "Two days at three schools, from Easter."),
            ),
            ((TRACK, "The two days are full; a waiting list of six weeks."),),
        ),
        Target(
            "Plans that a supply teacher can use",
            "One side of paper, in every classroom",
            now=((BEGUN, "Four models lie on the table; we choose in December."),),
        ),
    ),
    "School to School Support": (
        Target(
            "An honest list of who is good at what",
            "Every school named by another, not by itself",
            (
                (TRACK, "Forty entries."),
                (TRACK, "Seventy; the quiet schools are missing."),
                (MET, "Every school stands in it at least twice."),
            ),
            None,
        ),
        Target(
            "Every visit is returned",
            "As many visits there as here, by July",
            ((BEHIND, "Nine out, four back."), (BEHIND, "Twenty out, eleven back.")),
            ((TRACK, "Seven out, six back."),),
        ),
    ),
    "Teaching & Learning": (
        Target(
            "Every school checks recall of tables each half term",
            "Start 4 schools, aim all by July",
            (
                (TRACK, "Six schools do."),
                (TRACK, "Eight; the other two begin after Easter."),
                (MET, "All ten, since May."),
            ),
            None,
        ),
        Target(
            "Two lesson visits between schools each term",
            "Start none, aim 20 by December",
            ((BEGUN, "No visit yet."), (BEHIND, "Five: supply was short."), (BEHIND, "Eight.")),
            (
                (BEHIND, "Three in September."),
                (TRACK, "Nine by now; half days of cover are paid from the alliance’s fund."),
            ),
        ),
        Target(
            "Reasoning is heard aloud in every maths lesson",
            "In nine of ten lessons that we visit",
            now=((TRACK, "Heard in seven of the nine lessons visited."),),
        ),
    ),
    "The Oldham Curriculum": (
        Target(
            "Eleven things before the age of eleven",
            "The list is agreed by all schools",
            (
                (TRACK, "Thirty ideas."),
                (BEHIND, "Still nineteen; nobody will give up the canal."),
                (MET, "Eleven. The canal is among them."),
            ),
            None,
        ),
        Target(
            "No child misses a visit because of its price",
            "One coach fund for all, from January",
            now=((BEGUN, "The council is asked for a third of it."),),
        ),
    ),
    "The Oldham Leader": (
        Target(
            "Every deputy spends a term beside another head",
            "Six deputies by July",
            (
                (TRACK, "Two began in October."),
                (TRACK, "Four."),
                (NOT_MET, "Five; the sixth was needed at home."),
            ),
            (),
        ),
        Target(
            "Posts at risk stand on one list",
            "Read by the heads once a term",
            now=((TRACK, "Read in October; three posts will be free at Easter."),),
        ),
    ),
    "Transition": (
        Target(
            "One form for every child who moves",
            "Used by all primary and secondary schools",
            (
                (BEHIND, "The third draft is longer than the second."),
                (TRACK, "The fourth draft fits one side."),
            ),
            ((TRACK, "In trial at four schools; two secondary schools have agreed."),),
        ),
        Target(
            "One unit that begins in Year 6 and ends in Year 7",
            "Taught in every school in the last half term",
            ((BEGUN, "The subject is chosen: bridges."), (BEHIND, "Two lessons are written.")),
            ((BEHIND, "Four of ten lessons are written."),),
        ),
    ),
    "Reading for Pleasure": (
        Target(
            "The library is open at lunch in every school",
            "Seven schools, five days a week",
            now=((TRACK, "Five schools, kept by Year 6 themselves."),),
        ),
        Target(
            "Pupils of one school recommend books to another",
            "A shelf in each school, changed every half term",
            now=((BEGUN, "The first boxes are packed."),),
        ),
    ),
    "Early Career Teachers": (
        Target(
            "Each new teacher has a friend in another school",
            "Met once a month",
            now=((BEHIND, "Six of nine have met; one pair hasn’t found each other yet."),),
        ),
    ),
}
