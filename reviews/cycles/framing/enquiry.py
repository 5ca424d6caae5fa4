"""A review that follows the school’s own question and gives no labels at all."""

from reviews.cycles.framing.shapes import GivenFramework, GivenTheme

ENQUIRY = GivenFramework(
    key="enquiry",
    name="Enquiry with visitors",
    summary="The school asks a question that it really has; visitors help it to see. They say what "
    "they saw and ask on, and give no labels: nothing is weighed up, added or compared.",
    evidence=(
        "The school’s own question, and what it knows already",
        "Walk through lessons with a leader of the school",
        "Talk with pupils about their work",
        "Talk with teachers and support staff",
        "Pupils’ work from several weeks",
        "Talk with parents or governors",
    ),
    themes=(
        GivenTheme(
            "The school’s question",
            (
                "What would the school like to understand better, and why now?",
                "What has it tried, and what did it notice?",
                "What would surprise its leaders?",
            ),
        ),
        GivenTheme(
            "Learning as pupils live it",
            (
                "What are pupils thinking hard about?",
                "What can they tell us of what they learnt last month?",
                "Whose learning is hardest to see, and what helps us to see it?",
            ),
        ),
        GivenTheme(
            "Teaching and its choices",
            (
                "Which choices did teachers make, and what were they for?",
                "How do they find out what was understood?",
                "What do colleagues learn from one another?",
            ),
        ),
        GivenTheme(
            "Belonging",
            (
                "How does the school feel to somebody new?",
                "Which pupils and families would describe it differently?",
                "How does it listen, and what changed because it did?",
            ),
        ),
        GivenTheme(
            "Where the enquiry goes on",
            (
                "Which question is worth the next half term?",
                "Who could look at it with the school?",
                "What shall we take home to our own schools?",
            ),
        ),
    ),
)
