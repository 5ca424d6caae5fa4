"""Fail when a run that has PostgreSQL, Redis and Chromium skipped a test for want of one.

python .ci/refuse_skips.py REPORT
"""

import sys
from xml.etree import ElementTree as Xml

cases = list(Xml.parse(sys.argv[1]).iter("testcase"))  # noqa: S314 - written by pytest just before
skipped = [
    f"{case.get('classname')}::{case.get('name')}"
    for case in cases
    if (skip := case.find("skipped")) is not None and skip.get("message", "").startswith("needs ")
]
if skipped or not cases:
    sys.exit("\n".join(["Skipped, though everything is here:", *skipped]))
