"""Fail when a run that has everything it needs skipped a test: python .ci/refuse_skips.py REPORT."""

import sys
from xml.etree import ElementTree as Xml

cases = list(Xml.parse(sys.argv[1]).iter("testcase"))  # noqa: S314 - written by pytest just before
skipped = [
    f"{case.get('classname')}::{case.get('name')}"
    for case in cases
    if case.find("skipped") is not None
]
if skipped or not cases:
    sys.exit("\n".join(["Skipped, though everything is here:", *skipped]))
