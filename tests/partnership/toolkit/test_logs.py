import json
import logging
import sys

import pytest

from partnership.toolkit.logs import JsonFormatter, without_personal_data


def line_of(message, *arguments, error=None, **extra):
    record = logging.LogRecord("portal", logging.WARNING, "x.py", 1, message, arguments, error)
    record.__dict__.update(extra)
    return json.loads(JsonFormatter().format(record))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("mail to ann.o'neill@school.example bounced", "mail to [e-mail] bounced"),
        ("GET /schools/?q=ann&page=2 done", "GET /schools/?… done"),
        ("/notices/stop/MTI:1vTz8D:Abc-123_xyzXYZ09/", "/notices/stop/[token]/"),
        ("Gone: /diary/feeds/abcdefghijklmnopqrstuvwxyz.ics", "Gone: /diary/feeds/[token].ics"),
        ("partnership.notices.services.sending", "partnership.notices.services.sending"),
        ("60 notices planned", "60 notices planned"),
    ],
)
def test_no_address_query_or_token_is_logged(text, clean):
    assert without_personal_data(text) == clean


def test_an_event_is_one_line_that_says_when_how_bad_and_what():
    event = line_of("Sent to %s", "ann@school.example", status_code=500)

    assert event.pop("at").endswith("+00:00")
    assert event == {
        "level": "warning",
        "logger": "portal",
        "message": "Sent to [e-mail]",
        "status": 500,
    }


def test_an_exception_is_told_by_kind_and_place_and_never_in_its_own_words():
    try:
        {}["no such person: Ann Achebe"]
    except KeyError as error:
        event = line_of("It failed: %s", error, error=sys.exc_info())

    assert "Achebe" not in json.dumps(event)
    assert event["exception"] == "KeyError"
    assert [place.split(":")[0].split("/")[-1] for place in event["trace"]] == ["test_logs.py"]
