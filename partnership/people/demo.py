"""The people of the demo: all invented, with names of today's England."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password

from partnership.people.models import Person
from partnership.people.services import add_person, let_in, make_portal_staff
from partnership.toolkit.registers import DemoClock


@dataclass(frozen=True)
class DemoSignIn:
    """Somebody to sign in as, and the part she plays."""

    email: str
    name: str
    part: str


OFFICER = DemoSignIn("officer@demo.example", "Ola Officer", "Portal staff")
DEMO_SIGN_INS = (
    DemoSignIn("head@demo.example", "Helen Brierley", "Headteacher of Knowsley Junior School"),
    DemoSignIn("deputy@demo.example", "Imran Sharif", "Deputy head of Knowsley Junior School"),
    DemoSignIn("director@demo.example", "Amina Hussain", "Director of the Oldham Schools Alliance"),
    DemoSignIn("chair@demo.example", "Peter Garside", "Chair of the Oldham Schools Alliance"),
    DemoSignIn(
        "lead@demo.example",
        "Gareth Pugh",
        "Headteacher of Greenfield Primary School, lead of a workhub",
    ),
    DemoSignIn(
        "administrator@demo.example",
        "Donna Whitehouse",
        "Administrator of the Oldham Schools Alliance",
    ),
    DemoSignIn(
        "finance@demo.example",
        "Carol Whitehead",
        "Finance manager of the Oldham Schools Alliance",
    ),
    DemoSignIn(
        "practitioner@demo.example",
        "Agnieszka Nowak",
        "Assistant head of Springhead Infant and Nursery School, practitioner",
    ),
    DemoSignIn(
        "supported@demo.example",
        "Nadia Farrell",
        "Executive head of two example schools, both of which are being supported",
    ),
    DemoSignIn(
        "leadreviewer@demo.example",
        "Miriam Ashworth",
        "Executive head of an example school, leads reviews of others",
    ),
    DemoSignIn(
        "champion@demo.example",
        "Tariq Aziz Khan",
        "Executive head of an example school, champion of a workshop and reviewer",
    ),
    DemoSignIn("partner@demo.example", "Marcus Campbell", "Partner from the local authority"),
    DemoSignIn(
        "governor@demo.example",
        "Joan Entwistle",
        "Chair of governors of Knowsley Junior School",
    ),
    DemoSignIn("teacher@demo.example", "Tom Adeyemi", "Teacher at Knowsley Junior School"),
    DemoSignIn(
        "host@demo.example", "Ruth Kershaw", "Headteacher of a Four Oaks school, host of a review"
    ),
    DemoSignIn(
        "reviewer@demo.example",
        "Daniel Osei",
        "Headteacher of another Four Oaks school, reviewer",
    ),
    DemoSignIn(
        "supporter@demo.example",
        "Jasvinder Kaur Gill",
        "Headteacher of a Harmony school, which supports others",
    ),
    DemoSignIn(
        "stranger@demo.example",
        "Chloe Winters",
        "Headteacher of Charles Dickens Primary School, in another alliance only",
    ),
    OFFICER,
)

FAMILIES = (
    (
        (
            "Claire David Sarah Paul Joanne Stephen Karen Mark Rachel Andrew Nicola Ian Julie Simon "
            "Gemma Martin Debbie Neil Katherine Adam Laura Philip Hannah Craig Emma Lee Becky Graham"
        ),
        (
            "Ashworth Buckley Clegg Dyson Fenn Greenhalgh Holt Ingham Jagger Lees Marsh Nuttall "
            "Ogden Pilling Radcliffe Schofield Tattersall Unsworth Wild Wrigley Booth Crompton "
            "Hibbert Kenyon Mellor Rigby Shaw Taylor"
        ),
        2,
    ),
    (
        "Nasreen Anwar Shazia Yusuf Bushra Tariq Saima Kamran Rukhsana Asif Farzana Shabir",
        "Akhtar Hussain Malik Iqbal Khan Mahmood Begum Ahmed Bibi Qureshi Rashid Mirza",
        2,
    ),
    (
        "Shahana Abdul Nazma Rahim Salma Mizanur",
        "Rahman Miah Choudhury Uddin Khatun Ali",
        2,
    ),
    (
        "Priya Rajesh Meena Sunil Hardeep Manjit Anjali Kiran",
        "Patel Sharma Desai Raman Singh Sandhu Joshi Mistry",
        2,
    ),
    (
        "Folake Chidi Ngozi Kwame Abena Tunde Efua Samuel",
        "Okafor Balogun Mensah Boateng Adeleke Eze Appiah Nwosu",
        2,
    ),
    (
        "Marcia Winston Yvonne Leroy Sonia Delroy",
        "Bailey Grant Francis Morgan Thompson Palmer",
        1,
    ),
    (
        "Katarzyna Piotr Magdalena Tomasz Ewa Mihai",
        "Kowalska Wiśniewski Lewandowska Zieliński Mazur Popescu",
        1,
    ),
    (
        "Siân Aoife Gwen Callum Niamh Ewan Rhys Orla",
        "O’Neill Murphy Llewellyn MacDonald Walsh Fraser Bevan Gallagher",
        1,
    ),
    (
        "Mei Wai Ayşe Mehmet Linh Layla Omar Farah",
        "Chan Lau Yılmaz Demir Nguyễn Haddad Farouk Jama",
        1,
    ),
)


def invented_names() -> list[str]:
    """Further people, the same ones each time, mixed so that any run of them is."""
    names = [
        (step / len(given), f"{first} {family[(place + 5 * turn) % len(family)]}")
        for given, family, turns in (
            (first_names.split(), last_names.split(), turns)
            for first_names, last_names, turns in FAMILIES
        )
        for turn in range(turns)
        for place, first in enumerate(given)
        for step in [place + turn * len(given)]
    ]
    return [name for _place, name in sorted(names)]


def give_everybody_the_password() -> None:
    """One hash for all, since sixteen would take as many seconds: the password is public anyway."""
    emails = [sign_in.email for sign_in in DEMO_SIGN_INS]
    people = Person.objects.filter(email__in=emails)
    people.update(password=make_password(settings.DEMO_PASSWORD))


def load(clock: DemoClock) -> None:
    """The first of the portal's staff, whom nobody invited."""
    now = clock.at(-120, 9)
    person = add_person(email=OFFICER.email, name=OFFICER.name, by=None, now=now)
    let_in(person=person, password="", now=now)
    make_portal_staff(person=person, by=None, now=now)
    clock.say("Portal staff")
