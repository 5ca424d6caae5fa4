from partnership.toolkit.registers import notice_kinds


def test_every_kind_of_notice_is_known_by_its_room_and_its_words():
    for key, kind in notice_kinds().items():
        assert kind.key == key
        assert key.count(".") == 1
        assert kind.words[0].isupper()


def test_the_outbox_itself_reminds_tells_upwards_and_digests():
    assert {key for key in notice_kinds() if key.startswith("notices.")} == {
        "notices.reminder",
        "notices.escalation",
        "notices.digest",
    }
