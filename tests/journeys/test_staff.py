from tests.journeys.conftest import PHONE, WITH_AND_WITHOUT_SCRIPT
from tests.journeys.world import oldham


@WITH_AND_WITHOUT_SCRIPT
def test_staff_invite_a_head_who_accepts_on_her_phone(somebody, mailbox, with_script):
    world = oldham()
    officer = somebody(with_script=with_script).signs_in(world.officer)

    officer.opens("/invitations/new/")
    officer.fills("Name", "Siân O’Neill")
    officer.fills("E-mail address", "sian@delph.example")
    officer.presses("Send the invitation")
    (letter,) = mailbox.fetch()
    head = somebody(screen=PHONE, with_script=with_script)
    head.opens(letter.link("/invitations/accept/"))
    asked_by = head.words
    head.fills("Choose a password", "eleven schools in Saddleworth")
    head.presses("Accept and sign in")

    assert letter.to == ["sian@delph.example"]
    assert "Ola Officer" in asked_by
    assert head.heading.endswith(", Siân")
