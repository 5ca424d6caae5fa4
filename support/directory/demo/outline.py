"""What the demo tells of the directory: schools, words, offers, experts and shared posts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from support.directory.models import Context, OutsideExpert, Phase, SchoolOffer, SharedPost

OLDHAM = "oldham-schools-alliance"
HARMONY = "harmony-trust-teaching-school-alliance"
KNOWSLEY, GREENFIELD, SPRINGHEAD = 105670, 105667, 105668
HARMONY_SCHOOLS = (139651, 140579, 141333, 141401, 142412)
OLDHAM_SCHOOLS = (
    *(105665, 105666, 105667, 105668, 105669, 105670, 105691, 105700, 105714),
    *(105627, 105645, 105648, 105649, 105656, 105658, 105663, 105671),
    *(105679, 105680, 105686, 105702, 105710, 105723, 133286, 133712, 134784, 135258),
)
ENTRIES = {OLDHAM: 72, HARMONY: 48}
SIGN_INS = (
    ("practitioner@demo.example", OLDHAM, SPRINGHEAD),
    ("lead@demo.example", OLDHAM, GREENFIELD),
    ("supporter@demo.example", HARMONY, 141333),
)

AREAS = (
    ("Phonics and early reading", "Early years"),
    ("Writing", "Reading"),
    ("Mathematics",),
    ("Curriculum", "Leadership"),
    ("Attendance", "Behaviour"),
    ("SEND",),
    ("Reading", "Pupil premium"),
    ("Early years", "Phonics and early reading", "Reading"),
    ("Leadership", "Governance"),
    ("Behaviour", "SEND"),
    ("Mathematics", "Curriculum"),
    ("Pupil premium", "Attendance"),
    ("Finance", "Leadership"),
    ("Writing", "Phonics and early reading"),
)
TITLES = (("SLE",), ("ECT mentor",), ("SLE", "ITT mentor"), ("Expert teacher",), ("NLE",))
PHASES: tuple[tuple[str, ...], ...] = (
    (Phase.PRIMARY,),
    (Phase.EARLY_YEARS, Phase.PRIMARY),
    (Phase.PRIMARY,),
    (Phase.PRIMARY, Phase.SECONDARY),
    (Phase.EARLY_YEARS,),
)
CONTEXTS: tuple[tuple[str, ...], ...] = (
    (Context.DISADVANTAGE,),
    (Context.SMALL, Context.FAITH),
    (Context.EAL, Context.DISADVANTAGE),
    (),
    (Context.LARGE,),
    (Context.SMALL, Context.RURAL),
    (Context.MOBILITY, Context.EAL),
)
IMPACTS = (
    "",
    "Two schools: teachers plan together each week now, and both heads say that it lasted.",
    "",
    "One school: leaders check books with their teams; attendance at the sessions fell off in June.",
    "",
)
WORDS = (
    "Has led the subject through a change of scheme, and knows how to bring a staffroom along.",
    "Plans with teachers, teaches beside them, and leaves a plan behind that they own.",
    "Coaches subject leaders: from looking at books together to speaking with governors.",
    "Knows how to begin again after a hard inspection, one classroom at a time.",
    "Shows how routines free time for teaching, and how they hold when she has gone.",
    "Works with families whom schools find hard to reach.",
)
DAYS = tuple(map(Decimal, ("12", "10", "4.5", "15", "8")))
POSTS = ("assistant_head", "teacher", "deputy", "subject_lead", "mentor", "senco")
SUBJECTS = ("writing", "mathematics", "reading", "science", "music")


@dataclass(frozen=True)
class Offer:
    """What a school offers in the demo."""

    slug: str
    urn: int
    kind: str
    title: str
    about: str
    areas: tuple[str, ...]
    phases: tuple[str, ...] = (Phase.PRIMARY,)
    days: Decimal | None = None


Kind = SchoolOffer.Kind
OFFERS = (
    Offer(
        OLDHAM,
        GREENFIELD,
        Kind.PLACEMENT,
        "Two days beside our Year 2 teachers",
        "Plan, teach and look at books with two teachers who have taught mixed ages for years.",
        ("Mathematics", "Writing"),
        days=Decimal(10),
    ),
    Offer(
        OLDHAM,
        SPRINGHEAD,
        Kind.MODELLING,
        "A morning of early reading",
        "See three phonics sessions, then talk them through with those who taught them.",
        ("Phonics and early reading", "Early years"),
        (Phase.EARLY_YEARS, Phase.PRIMARY),
        Decimal(6),
    ),
    Offer(
        OLDHAM,
        KNOWSLEY,
        Kind.LEARNING_COMMUNITY,
        "Writing in Key Stage 2, six evenings",
        "Ten teachers, one text a month, and what children made of it.",
        ("Writing",),
    ),
    Offer(
        OLDHAM,
        105665,
        Kind.TRAINING,
        "Attendance: the first fortnight",
        "For whoever opens the office: calls, words and letters that bring children in.",
        ("Attendance", "Pupil premium"),
    ),
    Offer(
        HARMONY,
        141333,
        Kind.PLACEMENT,
        "A week in a school that has turned round",
        "For senior leaders: follow ours through a week, and ask everything.",
        ("Leadership", "Curriculum"),
        days=Decimal(15),
    ),
    Offer(
        HARMONY,
        139651,
        Kind.MODELLING,
        "Talk before writing",
        "Lessons to watch in Year 1, Year 3 and Year 6, and the plans to take home.",
        ("Writing", "Reading"),
    ),
    Offer(
        HARMONY,
        140579,
        Kind.TRAINING,
        "Pupil premium: from spending to effect",
        "A day for leaders and governors together.",
        ("Pupil premium", "Governance"),
    ),
)


@dataclass(frozen=True)
class Expert:
    """Whom the demo's alliances recommend from outside."""

    slug: str
    kind: str
    name: str
    organisation: str
    about: str
    areas: tuple[str, ...]
    email: str
    day_rate: Decimal | None = None
    urn: int | None = None


Source = OutsideExpert.Kind
EXPERTS = (
    Expert(
        OLDHAM,
        Source.SUPPLIER,
        "Example Reading Rooms",
        "",
        "Sets up a library corner in every class and trains whoever looks after it.",
        ("Reading",),
        "office@reading-rooms.example",
        Decimal("420.00"),
        SPRINGHEAD,
    ),
    Expert(
        OLDHAM,
        Source.NATIONAL,
        "Professor Ewan Fraser",
        "Example Institute of Education",
        "Reads a school’s curriculum as a stranger would, and says what he doesn’t find.",
        ("Curriculum", "Leadership"),
        "ewan.fraser@institute.example",
        Decimal("650.00"),
    ),
    Expert(
        HARMONY,
        Source.SUPPLIER,
        "Example Speech and Language",
        "",
        "Therapists who screen, train and come back each half term.",
        ("Early years", "SEND"),
        "hello@speech.example",
        Decimal("380.00"),
        141401,
    ),
    Expert(
        HARMONY,
        Source.NATIONAL,
        "Dame Yvonne Palmer",
        "",
        "Was head of three schools in hard places; listens to heads, and to nobody else about it.",
        ("Leadership", "Behaviour"),
        "yvonne.palmer@example.example",
    ),
)
POST_KINDS = SharedPost.Kind
