"""A review that says what to keep and what to do next, and how sure the visitors are."""

from reviews.cycles.framing.shapes import GivenFramework, GivenTheme

AFFIRMATION = GivenFramework(
    key="affirmation",
    name="Affirmation and next steps",
    summary="Visitors affirm what they saw with their own eyes, and offer few next steps, each small "
    "enough for a term. The school chooses which it takes up, and says so.",
    evidence=(
        "What the school is proud of, shown by pupils",
        "Visits to lessons",
        "Work that shows how pupils have come on",
        "Talk with staff at the beginning of their career",
        "Talk with pupils who find school hard",
        "What became of the last review’s next steps",
    ),
    themes=(
        GivenTheme(
            "What became of last time",
            (
                "Which next steps were taken up, and what came of them?",
                "What was left, for good reasons?",
            ),
        ),
        GivenTheme(
            "What we affirm",
            (
                "What works so well that it should not be changed?",
                "How did it come about, and who carries it?",
                "Which other school should hear of it?",
            ),
        ),
        GivenTheme(
            "Reading, language and number",
            (
                "How do pupils become readers here, also those who began late?",
                "How is talk used for learning?",
                "Where do pupils get stuck in mathematics?",
            ),
        ),
        GivenTheme(
            "Every pupil",
            (
                "Who would have been overlooked had we not asked?",
                "How does help reach a pupil, and how does it end?",
            ),
        ),
        GivenTheme(
            "Staff",
            (
                "What have colleagues learnt this year, and does one see it in lessons?",
                "What could be dropped, so that there is time for it?",
            ),
        ),
        GivenTheme(
            "Next steps",
            (
                "Which step would make most difference within a term?",
                "How will pupils notice?",
                "Who in the alliance has done it already?",
            ),
        ),
    ),
    judgements=(
        ("Affirmed", "We saw it in several places, and would like it to stay."),
        ("Affirmed, and on its way", "It is there and grows; the next step is the school’s own."),
        ("A next step", "We suggest to begin with it, and say how."),
    ),
)
