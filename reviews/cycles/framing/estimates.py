"""A review that says for each theme how far the school is, in four labels of its own."""

from reviews.cycles.framing.shapes import GivenFramework, GivenTheme

ESTIMATES = GivenFramework(
    key="estimates",
    name="Four estimates",
    summary="School and visitors each estimate where a theme stands, then compare why. An estimate "
    "opens a conversation; it is no grade, and estimates are never averaged or ranked.",
    evidence=(
        "The school’s own estimate, written beforehand",
        "Visits to lessons together with leaders",
        "Pupils’ books and other work",
        "Talk with pupils",
        "Talk with staff",
        "Plans, and what was done about them",
        "Figures that the school uses itself",
    ),
    themes=(
        GivenTheme(
            "What is taught, and in which order",
            (
                "What should pupils know by the end of each year, and who decided it?",
                "How does one year build on the other?",
                "What is there for pupils who need another way in?",
            ),
        ),
        GivenTheme(
            "How it is taught",
            (
                "How are new ideas explained, practised and come back to?",
                "How do teachers notice what was not understood, and what do they do then?",
                "How is time used?",
            ),
        ),
        GivenTheme(
            "How pupils get on",
            (
                "What do pupils know and can they do, seen in their work?",
                "Who gets on less well than before, and what is done about it?",
                "How ready are they for what comes next?",
            ),
        ),
        GivenTheme(
            "Conduct and daily life",
            (
                "How do pupils treat one another when nobody steers them?",
                "Who misses school, and what helps them to come?",
                "Do pupils know whom to turn to?",
            ),
        ),
        GivenTheme(
            "Pupils who need more",
            (
                "How early is a need noticed?",
                "What happens in the classroom before help from outside?",
                "What do families say of it?",
            ),
        ),
        GivenTheme(
            "Leading",
            (
                "What are the school’s two or three aims, and who can name them?",
                "How do leaders know whether something works?",
                "How is the work of staff kept to what matters?",
            ),
        ),
    ),
    judgements=(
        (
            "A source for others",
            "It holds over years and in every class; other schools could come and learn it here.",
        ),
        (
            "Firmly in place",
            "It is there in nearly all classes, and somebody notices when it slips.",
        ),
        (
            "Taking shape",
            "It has begun and shows in places; what comes next is clear.",
        ),
        (
            "First in line",
            "It holds pupils back today; the school turns to it first, and others help.",
        ),
    ),
)
