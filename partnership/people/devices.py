"""What a browser says of the device it runs on, in words that its owner knows it by."""

from __future__ import annotations

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
