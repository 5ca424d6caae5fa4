"""The register's own words for phase, type and status (Get Information about Schools, 2025)."""

PHASES = (
    "Nursery",
    "Primary",
    "Middle deemed primary",
    "Secondary",
    "Middle deemed secondary",
    "All-through",
    "16 plus",
    "Not applicable",
)

STATUSES = (
    "Open",
    "Open, but proposed to close",
    "Proposed to open",
    "Closed",
)

TYPES = (
    "Academy 16 to 19 sponsor led",
    "Academy 16-19 converter",
    "Academy alternative provision converter",
    "Academy alternative provision sponsor led",
    "Academy converter",
    "Academy secure 16 to 19",
    "Academy special converter",
    "Academy special sponsor led",
    "Academy sponsor led",
    "City technology college",
    "Community school",
    "Community special school",
    "Foundation school",
    "Foundation special school",
    "Free schools",
    "Free schools 16 to 19",
    "Free schools alternative provision",
    "Free schools special",
    "Further education",
    "Local authority nursery school",
    "Non-maintained special school",
    "Other independent school",
    "Other independent special school",
    "Pupil referral unit",
    "Sixth form centres",
    "Special post 16 institution",
    "Studio schools",
    "University technical college",
    "Voluntary aided school",
    "Voluntary controlled school",
)
