import pytest

from partnership.toolkit.registers import duty_kinds
from tests.partnership.notices.answering import answer_kind
from tests.partnership.notices.sink import Sink


@pytest.fixture
def only_duty(monkeypatch):
    def know(kind):
        kinds = duty_kinds()
        for key in list(kinds):
            monkeypatch.delitem(kinds, key)
        monkeypatch.setitem(kinds, kind.key, kind)

    return know


@pytest.fixture(autouse=True)
def _answers_are_owed(only_duty):
    only_duty(answer_kind())


@pytest.fixture
def sink(settings):
    sink = Sink()
    sink.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    yield sink
    sink.stop()
