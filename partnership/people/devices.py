"""The devices somebody is signed in on, and what their browsers say they are."""

from __future__ import annotations

from allauth.usersessions.models import UserSession

SYSTEMS = (
    ("iPad", "iPad"),
    ("iPhone", "iPhone"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


def system_words(user_agent: str) -> str:
    """The kind of device, or nothing when it doesn't say."""
    return next((words for sign, words in SYSTEMS if sign in user_agent), "")


def device_words(user_agent: str) -> str:
    """Browser and kind of device, such as “Chrome on Windows”."""
    browser = next((words for sign, words in BROWSERS if sign in user_agent), "")
    system = system_words(user_agent)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "A device that doesn’t say what it is"


def end_sessions(*, person_id: int, keep: str = "") -> int:
    """Sign her out everywhere but in the session to keep; how many sessions that were."""
    sessions = list(UserSession.objects.filter(user_id=person_id).exclude(session_key=keep))
    for session in sessions:
        session.end()
    return len(sessions)
