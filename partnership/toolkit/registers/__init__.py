"""What rooms offer each other without importing upwards: the protocols, and who reads them.

A room offers by having a module of the register's name (`duties.py`, `diary.py` and so on) with
the attribute named below. Modules are found when the apps have loaded, in the order of
INSTALLED_APPS, which runs from the lower rooms to the upper ones.

| register           | attribute                                   |
|--------------------|---------------------------------------------|
| `duties.py`        | `DUTIES: tuple[DutyKind, ...]`              |
| `notices.py`       | `NOTICES: tuple[NoticeKind, ...]`           |
| `diary.py`         | `DIARY: tuple[DiaryKind, ...]`, `CIRCLES`   |
| `news.py`          | `NEWS: tuple[NewsKind, ...]`                |
| `search.py`        | `SEARCH: tuple[SearchKind, ...]`            |
| `cards.py`         | `CARDS: tuple[CardKind, ...]`               |
| `participation.py` | `PARTICIPATION: tuple[ParticipationKind, …]`|
| `navigation.py`    | `entries(person) -> list[NavEntry]`         |
| `handover.py`      | `HANDOVER: tuple[HandoverKind, ...]`        |
| `personal.py`      | `PERSONAL: tuple[PersonalKind, ...]`        |
| `bridges.py`       | `BRIDGES: tuple[BridgeKind, ...]`           |
| `origins.py`       | `ORIGINS: tuple[OriginKind, ...]`           |
| `followers.py`     | `FOLLOWERS: tuple[FollowerKind, ...]`       |
| `demo.py`          | `load(clock) -> None`                       |
"""

from partnership.toolkit.registers.columns import joined, no_moment, no_number, text
from partnership.toolkit.registers.demo import DemoClock, demo_modules
from partnership.toolkit.registers.diary import (
    CANCELLED,
    DIARY_COLUMNS,
    Circle,
    Dated,
    DiaryEntry,
    DiaryKind,
    DiaryStamps,
    DiaryWindow,
    circle_rows,
    circles_of,
    diary,
    diary_kinds,
    diary_rows,
    diary_stamps,
)
from partnership.toolkit.registers.duties import (
    DUTY_COLUMNS,
    Duty,
    DutyKind,
    DutyWindow,
    all_duties,
    duty_kinds,
    duty_rows,
    own_duties,
)
from partnership.toolkit.registers.finding import Somebody, gather, modules_with
from partnership.toolkit.registers.following import FollowerKind, GoneFurther, follow
from partnership.toolkit.registers.handing import (
    END,
    PASS,
    STAY,
    BridgeKind,
    HandoverKind,
    Held,
    HeldRow,
    Leaver,
    PersonalKind,
    bridges_taking,
    held_rows,
    held_things,
    offered,
    ways_on,
)
from partnership.toolkit.registers.letters import Letter, NoticeKind, Stale, notice_kinds
from partnership.toolkit.registers.news import (
    NEWS_COLUMNS,
    NewsItem,
    NewsKind,
    NewsWindow,
    news,
    news_kinds,
    news_rows,
)
from partnership.toolkit.registers.origins import (
    Handed,
    OriginKind,
    began,
    hand_over,
    handed,
    handed_words,
    origins_of,
)
from partnership.toolkit.registers.panels import (
    Card,
    CardKind,
    NavEntry,
    cards_for,
    keyed_cards_for,
    navigation,
    places_beside,
)
from partnership.toolkit.registers.participation import (
    Participation,
    ParticipationKind,
    ParticipationWindow,
    participation_kinds,
    participation_of,
    participation_rows,
)
from partnership.toolkit.registers.search import (
    Found,
    SearchKind,
    search,
    search_alike,
    search_kinds,
)

__all__ = [
    "CANCELLED",
    "DIARY_COLUMNS",
    "DUTY_COLUMNS",
    "END",
    "NEWS_COLUMNS",
    "PASS",
    "STAY",
    "BridgeKind",
    "Card",
    "CardKind",
    "Circle",
    "Dated",
    "DemoClock",
    "DiaryEntry",
    "DiaryKind",
    "DiaryStamps",
    "DiaryWindow",
    "Duty",
    "DutyKind",
    "DutyWindow",
    "FollowerKind",
    "Found",
    "GoneFurther",
    "Handed",
    "HandoverKind",
    "Held",
    "HeldRow",
    "Leaver",
    "Letter",
    "NavEntry",
    "NewsItem",
    "NewsKind",
    "NewsWindow",
    "NoticeKind",
    "OriginKind",
    "Participation",
    "ParticipationKind",
    "ParticipationWindow",
    "PersonalKind",
    "SearchKind",
    "Somebody",
    "Stale",
    "all_duties",
    "began",
    "bridges_taking",
    "cards_for",
    "circle_rows",
    "circles_of",
    "demo_modules",
    "diary",
    "diary_kinds",
    "diary_rows",
    "diary_stamps",
    "duty_kinds",
    "duty_rows",
    "follow",
    "gather",
    "hand_over",
    "handed",
    "handed_words",
    "held_rows",
    "held_things",
    "joined",
    "keyed_cards_for",
    "modules_with",
    "navigation",
    "news",
    "news_kinds",
    "news_rows",
    "no_moment",
    "no_number",
    "notice_kinds",
    "offered",
    "origins_of",
    "own_duties",
    "participation_kinds",
    "participation_of",
    "participation_rows",
    "places_beside",
    "search",
    "search_alike",
    "search_kinds",
    "text",
    "ways_on",
]
