from datetime import date

from alliances.membership.models import AlliancePost, Membership
from tests.factories import PartnerFactory, SchoolFactory
from tests.journeys.conftest import PHONE, WITH_AND_WITHOUT_SCRIPT
from tests.journeys.world import oldham


@WITH_AND_WITHOUT_SCRIPT
def test_a_director_adds_a_school_as_a_partner_that_joins_later(somebody, with_script):
    world = oldham()
    SchoolFactory(name="Saddleworth School", town="Uppermill")
    director = somebody(with_script=with_script).signs_in(world.director)

    director.opens("/alliances/oldham/")
    director.follows("Add and change schools")
    director.follows("Add a school")
    director.fills("Name, URN, postcode or town", "saddleworth")
    director.presses("Find")
    director.page.get_by_role("main").get_by_role("link", name="Add Saddleworth School").click()
    director.page.get_by_label("Partner", exact=True).check()
    director.fills("From", "2026-09-01")
    director.fills("Becomes a full member on", "2099-09-01")
    director.presses("Add the school")
    told = director.told
    stands = director.words

    assert "It becomes a full member on 1 September 2099." in told
    assert "Joins later" in stands
    spans = Membership.objects.filter(school__name="Saddleworth School").order_by("starts_on")
    assert list(spans.values_list("kind", "ends_on")) == [
        ("partner", date(2099, 8, 31)),
        ("full", None),
    ]


@WITH_AND_WITHOUT_SCRIPT
def test_a_director_gives_a_post_and_opens_the_public_page(somebody, mailbox, with_script):
    world = oldham()
    director = somebody(with_script=with_script).signs_in(world.director)

    director.opens("/alliances/oldham/")
    director.follows("Who does what")
    director.follows("Give a post")
    director.fills("Name", "Donna Whitehouse")
    director.fills("E-mail address", "donna@school.example")
    director.page.get_by_label("Post", exact=True).select_option("Administrator")
    director.fills("Funded days", "0.5")
    director.page.get_by_label("For each").select_option("week")
    director.presses("Give the post")
    given = director.words
    (invitation,) = mailbox.fetch()
    director.opens("/alliances/oldham/")
    director.follows("Public page")
    director.ticks("Everybody may read this page")
    director.fills("Headline", "Schools in Oldham, working as one")
    director.presses("Save")

    assert "Half a day a week" in given
    assert invitation.to == ["donna@school.example"]
    assert AlliancePost.objects.filter(person__email="donna@school.example").exists()
    assert director.heading == "Schools in Oldham, working as one"
    visitor = somebody(screen=PHONE, with_script=with_script)
    visitor.opens("/")
    visitor.follows("Oldham Schools Alliance")
    assert visitor.heading == "Schools in Oldham, working as one"


@WITH_AND_WITHOUT_SCRIPT
def test_a_stranger_sees_public_facts_of_an_alliance_only(somebody, with_script):
    world = oldham()
    PartnerFactory(alliance=world.alliance, name="Example University", contact_name="Doctor Secret")
    stranger = somebody(with_script=with_script).signs_in(world.stranger)
    visitor = somebody(screen=PHONE, with_script=with_script)
    inside = ("schools/", "people/", "contacts/", "contacts/roles/", "schools/export.csv")

    refused = [stranger.opens(f"/alliances/oldham/{page}") for page in inside]
    closed = [who.opens("/alliances/oldham/public/") for who in (stranger, visitor)]
    stranger.opens("/alliances/oldham/")
    seen = stranger.words
    for page in inside:
        visitor.opens(f"/alliances/oldham/{page}")
        assert visitor.heading == "Sign in"

    assert refused == [403] * len(inside)
    assert closed == [404, 404]
    assert "Delph Primary School" in seen
    assert "Example University" in seen
    for secret in ("Doctor Secret", "Amina Hussain", "Anna Kershaw", "Add and change schools"):
        assert secret not in seen
