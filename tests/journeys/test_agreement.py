from django.utils import timezone

from support.programmes.models import Agreement, Signature
from tests.factories import AllianceFactory
from tests.factories.people import PASSWORD
from tests.journeys.conftest import PHONE
from tests.journeys.world import school_with_head
from tests.support.programmes.agreed import make_agreed


def signs(person, school):
    person.opens("/desk/")
    person.follows("Sign an agreement on support")
    person.presses(f"Sign for {school}")
    asked = person.heading
    person.fills("Password", "a wrong password")
    person.presses("Go on")
    person.fills("Password", PASSWORD)
    person.presses("Go on")
    return asked


def test_a_director_writes_an_agreement_and_all_parties_sign_it(somebody):
    agreed = make_agreed(now=timezone.now())
    page = agreed.programme.get_absolute_url()
    _school, elsewhere = school_with_head(AllianceFactory(), "Example Lane School", "Chloe Winters")
    director = somebody().signs_in(agreed.director)
    home_head = somebody(screen=PHONE, with_script=False).signs_in(agreed.home_head)

    director.opens(page)
    director.follows("Write the agreement")
    director.fills("Key outcomes", "Teachers model writing each day\nThe English lead leads")
    director.presses("Keep it and read it whole")
    whole = director.words
    too_early = home_head.opens(f"{page}agreement/1/")
    director.presses("Send it to be signed")
    sent = director.told
    asked = signs(home_head, "Example Mill Junior School")
    signed = home_head.told
    signs(somebody(screen=PHONE).signs_in(agreed.head), "Example Hill Primary School")
    signs(somebody().signs_in(agreed.supporting_head), "Example Grange School")
    director.opens(page)
    before_the_last = director.words
    signs(director, "Oldham Schools Alliance")
    done = director.told
    home_head.opens(f"{page}agreement/1/")
    practitioner = somebody().signs_in(agreed.practitioner)
    practitioner.opens(f"{page}beginning/")
    stranger = somebody().signs_in(elsewhere)

    agreement = Agreement.objects.get()
    proofs = Signature.objects.values_list("proof", "text_hash")
    assert "2. The English lead leads" in whole
    assert "they may be asked under the Freedom of Information Act" in whole
    assert too_early == 404
    assert sent.startswith("Sent. All parties are asked to sign by ")
    assert asked == "Your password, please"
    assert signed.startswith("You signed version 1 as Headteacher of Example Mill Junior School.")
    assert "Waits for signatures" in before_the_last
    assert "All have signed: the agreement holds" in done
    assert agreement.text_hash in home_head.words
    assert set(proofs) == {("password", agreement.text_hash)}
    assert "Teachers model writing each day" in practitioner.words
    assert "Samuel Adeyemi" not in practitioner.words
    assert stranger.opens(page) == 404
    assert stranger.opens(f"{page}agreement/1.pdf") == 404
