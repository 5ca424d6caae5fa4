"""The demo's alliances in Birmingham and Southwark."""

from __future__ import annotations

from datetime import date

from alliances.membership.demo.outline import By, Kind, Organisation, Outside, Public, Story
from alliances.membership.models import Alliance

FOUR_OAKS = Story(
    name="Four Oaks Learning Trust",
    slug="four-oaks-learning-trust",
    kind=Alliance.Kind.COOPERATIVE_TRUST,
    area="Four Oaks and Sutton Coldfield, Birmingham",
    founded=date(2011, 9, 1),
    vision=(
        "Seven schools know each other’s classrooms as well as their own. What one finds out, "
        "all of them use, and nobody waits for an inspector to say where a school stands."
    ),
    aims=(
        "Spend a review day in every school each year, six heads beside the seventh",
        "Plan improvement together, and check it together",
        "Train new teachers, support staff and governors as one trust",
        "Let pupils work with pupils of the other schools",
    ),
    members=(103351, 103388, 103390, 103630, 131672, 131920, 132007),
    associates=(900_012, 900_013, 900_014),
    sign_ins=(By("reviewer@demo.example", Kind.CHAIR, "Chairs the heads’ group"),),
    heads=(
        By(131672, Kind.DIRECTOR),
        By(132007, Kind.ADMINISTRATOR),
        By(103630, Kind.STRATEGIC_LEAD, "", None, "", "Review days"),
    ),
    values=(
        "Self-help",
        "Responsibility",
        "Democracy",
        "Equality",
        "Equity",
        "Solidarity",
    ),
    areas=(
        ("Review days", "Six heads spend a day in the school of the seventh."),
        (
            "Learning together",
            "Training for every role in school, from the kitchen to the head.",
        ),
        ("One purse", "Transport, photographs and supplies bought together."),
    ),
    outside=(
        Outside(
            "Birmingham City Council",
            Organisation.LOCAL_AUTHORITY,
            "Advice on admissions and land.",
            "Delroy Palmer",
            "delroy.palmer@council.example",
        ),
        Outside(
            "Example Photographers",
            Organisation.BUSINESS,
            "One price for all seven schools.",
        ),
    ),
    public=Public(
        "Seven schools, stronger together",
        "We know each other’s classrooms as well as our own.",
        "Once a year the heads of six schools spend a day in the seventh. They say what they "
        "saw, and help with what comes of it.",
        "Schools elsewhere that want a trust of their own are welcome to ask how we did it.",
        "office@four-oaks.example",
    ),
)

SOUTHWARK = Story(
    name="Southwark Teaching School Alliance",
    slug="southwark-teaching-school-alliance",
    kind=Alliance.Kind.TEACHING_SCHOOL_ALLIANCE,
    area="Southwark",
    founded=date(2012, 4, 1),
    vision=(
        "Teachers come to Southwark, learn here, lead here and stay. Schools that could "
        "compete choose to work together, because all the borough’s children are theirs."
    ),
    aims=(
        "Find, train and keep good teachers and leaders",
        "Take part in at least two strands of the work each",
        "Say openly what we know, and listen to what others know",
        "Let no school do well at the cost of another",
    ),
    members=(148012, 100791, 100800, 100809, 100811, 100813, 100816, 100822, 100855),
    sign_ins=(
        By(
            "stranger@demo.example",
            Kind.FINANCE_MANAGER,
            "Holds the money for all",
            1,
            "half_term",
        ),
    ),
    heads=(
        By(100791, Kind.DIRECTOR, "First contact for all six areas", 2, "week"),
        By(100800, Kind.CHAIR),
        By(100813, Kind.CHAIR),
        By(100813, Kind.STRATEGIC_LEAD, "", 0.5, "week", "Leadership"),
        By(100800, Kind.STRATEGIC_LEAD, "", 0.5, "week", "Teacher training"),
    ),
    values=(
        "Everybody takes part in at least two areas of the work",
        "We are open with each other, and no school does well at another’s cost",
        "We listen, and let schools differ",
        "Change is given the time that it takes",
        "What works is shared, and so is what didn’t",
    ),
    areas=(
        ("Teacher training", "Trainees who learn in two of our schools, and stay."),
        ("Professional development", "Courses that our own teachers teach."),
        ("Leadership", "From the first team to the first headship."),
        ("School to school support", "Somebody who has done it comes and helps."),
        ("Specialist leaders", "Who is good at what, and free when."),
        ("Research", "Try it in two classes before you try it in twenty."),
    ),
    outside=(
        Outside(
            "Southwark Council",
            Organisation.LOCAL_AUTHORITY,
            "A seat on the strategic board.",
            "Yvonne Thompson",
            "yvonne.thompson@council.example",
        ),
        Outside(
            "Example Institute of Education",
            Organisation.UNIVERSITY,
            "A seat on the strategic board, trainees, and advice on research.",
            "Professor Ewan Fraser",
            "ewan.fraser@institute.example",
        ),
    ),
    public=Public(
        "Come to Southwark, learn here, lead here",
        "Schools that could compete choose to work together.",
        "Our work has six areas. Each is led by a head or a senior teacher, and every school "
        "takes part in at least two.",
        "Write to the office if your school would like to take part.",
        "office@southwark-alliance.example",
    ),
)
