import json
from pathlib import Path

NAMES = json.loads((Path(__file__).parent / "data/names.json").read_text(encoding="utf-8"))["names"]
ACCEPTED = [
    (name["value"], name.get("shown", name["value"])) for name in NAMES if "refused" not in name
]
REFUSED = [(name["value"], name["refused"]) for name in NAMES if "refused" in name]
