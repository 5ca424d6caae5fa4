import threading

import pytest
from django.db import connection, transaction

from alliances.meetings.models import Body
from partnership.toolkit.versions import ChangedSince, apply_changes, lock
from tests.factories import BodyFactory, MeetingReplyFactory

pytestmark = pytest.mark.django_db


def test_a_change_is_saved_and_counted():
    body = BodyFactory(name="Heads")

    assert apply_changes(body, {"name": "All heads", "kind": body.kind}) == ["name"]

    body.refresh_from_db()
    assert (body.name, body.version) == ("All heads", 2)


def test_what_does_not_differ_is_neither_saved_nor_counted(django_assert_num_queries):
    body = BodyFactory(name="Heads")

    with django_assert_num_queries(0):
        assert apply_changes(body, {"name": "Heads"}) == []
    assert body.version == 1


def test_only_what_changed_is_written():
    body = BodyFactory(name="Heads")
    stale = Body.objects.get(pk=body.pk)
    apply_changes(body, {"kind": Body.Kind.BOARD})

    apply_changes(stale, {"name": "All heads"})

    body.refresh_from_db()
    assert (body.name, body.kind) == ("All heads", "board")


def test_a_thing_without_a_version_is_changed_all_the_same():
    reply = MeetingReplyFactory()

    assert apply_changes(reply, {"apologies": "Ill"}) == ["apologies"]

    reply.refresh_from_db()
    assert reply.apologies == "Ill"


def test_who_saw_the_current_version_may_save():
    body = BodyFactory()

    with transaction.atomic():
        assert lock(body, seen_version=1) == body
        assert lock(body) == body


def test_the_second_editor_is_shown_what_the_first_one_saved():
    body = BodyFactory(name="Heads")
    apply_changes(Body.objects.get(pk=body.pk), {"name": "All heads"})

    with transaction.atomic(), pytest.raises(ChangedSince) as changed:
        lock(body, seen_version=1)

    assert changed.value.current.name == "All heads"
    assert str(changed.value) == "Somebody else saved this meanwhile."


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told():
    body = BodyFactory(name="Heads")
    start, outcomes = threading.Barrier(2), []

    def edit(name):
        start.wait()
        try:
            with transaction.atomic():
                current = lock(body, seen_version=1)
                apply_changes(current, {"name": name})
            outcomes.append("saved")
        except ChangedSince as changed:
            outcomes.append(changed.current.name)
        connection.close()

    editors = [threading.Thread(target=edit, args=[name]) for name in ("One", "Two")]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()

    body.refresh_from_db()
    assert body.version == 2
    assert body.name in {"One", "Two"}
    assert sorted(outcomes) == sorted(["saved", body.name])
