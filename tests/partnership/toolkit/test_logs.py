import json
import logging
import sys

import pytest

from partnership.toolkit.logs import JsonFormatter, without_personal_data


def logged(message, *arguments, exc_info=None):
    record = logging.LogRecord(
        "alliances.meetings", logging.ERROR, __file__, 1, message, arguments, exc_info
    )
    return json.loads(JsonFormatter().format(record))


def test_event_is_one_object_with_moment_level_logger_and_message():
    event = logged("%d notices planned", 12)

    assert (event["level"], event["logger"], event["message"]) == (
        "error",
        "alliances.meetings",
        "12 notices planned",
    )
    assert event["at"].endswith("+00:00")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mail to joan.o'brien@school.example failed", "Mail to [e-mail] failed"),
        ("Not Found: /schools/?q=Joan", "Not Found: /schools/?…"),
        (
            "Not Found: /meetings/reply/eyJhIjoxfQ:1tXyZ9:Qw3rTy_Uiop-As5Df/",
            "Not Found: /meetings/reply/[token]/",
        ),
        (
            "Task notices.send_waiting[7c15fafa-b763-438a-8e47-ffb2c15ae094] received",
            "Task notices.send_waiting[7c15fafa-b763-438a-8e47-ffb2c15ae094] received",
        ),
        ("Not Found: /workhubs/early-reading-2026/", "Not Found: /workhubs/early-reading-2026/"),
    ],
)
def test_addresses_queries_and_tokens_are_left_out(text, expected):
    assert without_personal_data(text) == expected


def fail():
    raise ValueError("Key (email)=(joan@school.example) already exists")


def test_exception_says_its_kind_and_place_but_not_its_words():
    try:
        fail()
    except ValueError as error:
        event = logged("Task failed: %r\nTraceback: Joan", error, exc_info=sys.exc_info())

    assert event["exception"] == "ValueError"
    assert event["message"] == "Task failed: ValueError"
    assert event["trace"][0].endswith(" test_exception_says_its_kind_and_place_but_not_its_words")
    assert "joan" not in json.dumps(event).lower()
