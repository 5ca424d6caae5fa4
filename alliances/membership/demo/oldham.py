"""The demo's alliances in and around Oldham; the last has none but invented schools."""

from __future__ import annotations

from datetime import date

from alliances.membership.demo.outline import By, Kind, Organisation, Outside, Public, Story
from alliances.membership.models import Alliance

SADDLEWORTH = (105665, 105666, 105667, 105668, 105669, 105670, 105691, 105693, 105700, 105714)
OLDHAM_SCHOOLS = Story(
    name="Oldham Schools Alliance",
    slug="oldham-schools-alliance",
    kind=Alliance.Kind.HEADS_ASSOCIATION,
    area="Oldham",
    founded=date(2013, 9, 1),
    vision=(
        "No school in Oldham works alone. Heads trust each other enough to ask for help and "
        "to give it, so that a child’s chances depend neither on the street she lives in nor "
        "on the gate she walks through."
    ),
    aims=(
        "Build the trust from which honest work between schools grows",
        "Share what works, and say what didn’t",
        "Speak with one voice where the borough decides about schools",
        "Let every head and every school give as well as receive",
        "Stand by heads, and grow the next ones among our own staff",
    ),
    members=(
        *SADDLEWORTH,
        *(105627, 105638, 105645, 105648, 105649, 105656, 105658, 105659, 105663, 105671),
        *(105679, 105680, 105686, 105702, 105710, 105723, 133286, 133712, 134784, 135258),
        *(135341, 136223, 142550, 145723),
        *range(900_001, 900_011),
    ),
    associates=(151361, 900_011),
    sign_ins=(
        By(
            "director@demo.example",
            Kind.DIRECTOR,
            "First contact; signposts requests",
            2,
            "week",
        ),
        By(
            "chair@demo.example",
            Kind.CHAIR,
            "Chairs the strategic board and the heads’ meeting",
        ),
        By(
            "administrator@demo.example",
            Kind.ADMINISTRATOR,
            "Minutes the board, keeps the list of members",
            0.5,
            "week",
        ),
        By(
            "finance@demo.example",
            Kind.FINANCE_MANAGER,
            "Keeps the alliance’s accounts",
            1,
            "half_term",
        ),
        By("partner@demo.example", Kind.PARTNER, "The local authority on the strategic board"),
        By("lead@demo.example", Kind.STRATEGIC_LEAD, "", 0.5, "week", "Teaching and learning"),
    ),
    areas=(
        ("Teaching and learning", "What good lessons have in common, and how to see it."),
        ("Leadership and succession", "The next heads come from our own staff rooms."),
        ("Well-being", "Of children, of staff, and of those who lead them."),
    ),
    outside=(
        Outside(
            "Oldham Council",
            Organisation.LOCAL_AUTHORITY,
            "A seat on the strategic board, and the borough’s figures.",
            "Marcus Campbell",
            "partner@demo.example",
        ),
        Outside(
            "Example University",
            Organisation.UNIVERSITY,
            "Mentors for trainees, and readers for our research.",
            "Dr Folasade Nwosu",
            "folasade.nwosu@university.example",
        ),
        Outside(
            "Example Trust for Young Readers",
            Organisation.CHARITY,
            "Volunteers who hear children read.",
            "Bronwen Hibbert",
            "bronwen.hibbert@readers.example",
            date(2022, 1, 10),
            date(2024, 7, 19),
        ),
    ),
    public=Public(
        "Schools in Oldham, working as one",
        "Heads, teachers and governors learn from each other, look honestly at each other’s "
        "work, and stand by a school that needs a hand.",
        "Each year groups of our schools take up what matters most to them, in workhubs that "
        "a head leads.\n\nHeads meet every half term. What they agree there they take to "
        "the borough with one voice.",
        "Any school in Oldham may join. One that can’t yet can still be a partner, and join later.",
        "office@oldham-alliance.example",
    ),
)

HARMONY_TRUST = Story(
    name="Harmony Trust Teaching School Alliance",
    slug="harmony-trust-teaching-school-alliance",
    kind=Alliance.Kind.TEACHING_SCHOOL_ALLIANCE,
    area="Oldham and beyond",
    founded=date(2014, 1, 10),
    vision=(
        "A school that wants to get better finds people beside it who have done the same, and "
        "who stay for five terms, long after the first results."
    ),
    aims=(
        "Look at what a school needs before offering anything",
        "Agree in writing what shall be different, and by when",
        "Bring coaches, subject experts and days in our own classrooms together",
        "Think first of the children who have least",
    ),
    members=(139651, 140579, 141333, 141401, 142412),
    associates=(900_007, 900_003),
    sign_ins=(
        By(
            "supporter@demo.example",
            Kind.STRATEGIC_LEAD,
            "Brings coaches and schools together",
            1,
            "week",
            "School to school support",
        ),
    ),
    heads=(By(139651, Kind.DIRECTOR), By(140579, Kind.CHAIR)),
    areas=(
        ("School to school support", "Five terms beside a school that asks for it."),
        ("Expert teachers", "Days in our classrooms, and coaches in yours."),
    ),
)

EXAMPLE_SCHOOLS = Story(
    name="Example Schools Partnership",
    slug="example-schools-partnership",
    kind=Alliance.Kind.COOPERATIVE_TRUST,
    area="Oldham",
    founded=date(2020, 9, 1),
    vision="Eleven invented schools that look honestly at each other’s work, so that no real one need.",
    aims=(
        "Visit every school each year, and say what we saw",
        "Help with what comes of it",
    ),
    members=tuple(range(900_001, 900_012)),
    sign_ins=(By("director@demo.example", Kind.DIRECTOR, "Arranges the review days"),),
    heads=(By(900_004, Kind.CHAIR), By(900_006, Kind.ADMINISTRATOR)),
    areas=(("Review days", "Each school is visited by colleagues of others."),),
)

DOVESTONE_SCHOOLS = Story(
    name="Dovestone Learning Partnership",
    slug="dovestone-learning-partnership",
    kind=Alliance.Kind.COOPERATIVE_TRUST,
    area="Saddleworth and Lees",
    founded=date(2017, 4, 1),
    vision=(
        "Our villages keep schools of their own character. By answering for each other they "
        "stay strong enough to choose their own way, and children move from one to the next "
        "without falling between them."
    ),
    aims=(
        "Keep each school distinct, and none alone",
        "Help children over every change of school",
        "Open posts, training and ideas to staff of all our schools",
        "Look after the well-being of pupils and staff",
        "Buy together what is dear alone",
    ),
    members=SADDLEWORTH,
    partners=(105723,),
    heads=(By(105665, Kind.DIRECTOR), By(105700, Kind.CHAIR)),
    values=("Openness", "Honesty", "Social responsibility", "Caring for others"),
    areas=(
        ("Moving up", "Children change school without falling between two."),
        ("Governors together", "Chairs of governors meet every term."),
        ("Shared staff", "Posts across two or three schools."),
    ),
    outside=(
        Outside(
            "Example Brass Band",
            Organisation.CHARITY,
            "Lessons and instruments, and a concert in June.",
            "Winston Grant",
            "winston.grant@band.example",
        ),
    ),
    public=Public(
        "Village schools that stand together",
        "Each of our schools is different, and none is alone.",
        "We share people, training and purchases, so that small schools stay strong.",
        "",
        "",
        is_open=False,
    ),
)
