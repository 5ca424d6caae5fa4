"""Planning for very many people, and the rate from a row to a marked row."""

import json
import smtplib
import statistics

from tests.benchmarks.machine import SINK
from tests.benchmarks.serving import say, verdict

PEOPLE = 100_000
MAILS = 5_000
ROUNDS = 3
MEGABYTES = 300
RATE = 0.6


def measure_planning(machine, people=PEOPLE):
    _database_of(machine, people)
    say(f"\nPlanning reminders for {people:,} people who owe three answers each\n")
    say(f"{'run':10}{'new':>9}{'seconds':>9}{'CPU':>8}{'peak MB':>9}")
    for run in ("first", "second"):
        took = json.loads(machine.python("planning"))
        wanted = 3 * people if run == "first" else 0
        kept = verdict(took["megabytes"] <= MEGABYTES, took["new"] == wanted)
        say(
            f"{run:10}{took['new']:9,}{took['seconds']:9.1f}{took['cpu']:8.1f}"
            f"{took['megabytes']:9.0f}  {kept} (at most {MEGABYTES} MB, {wanted:,} new)"
        )


def measure_mails(machine, mails=MAILS):
    if "owing" not in machine.environment.get("DATABASE_URL", ""):
        _database_of(machine, mails * (ROUNDS + 1))
        machine.python("planning")
    machine.start_sink()
    say(f"\nSending {mails:,} mails, text and HTML, one worker; bare Django beside it, in turns\n")
    say(f"{'turn':6}{'bare/s':>9}{'ours/s':>9}{'ratio':>8}{'bare CPU ms':>13}{'ours CPU ms':>13}")
    ratios = []
    for number, turn in enumerate(json.loads(machine.python("mailing", mails, ROUNDS)), 1):
        bare, ours = turn["bare"], turn["ours"]
        ratios.append(bare["seconds"] / ours["seconds"])
        say(
            f"{number:<6}{mails / bare['seconds']:9.0f}{mails / ours['seconds']:9.0f}"
            f"{ratios[-1]:8.2f}{1000 * bare['cpu'] / mails:13.2f}{1000 * ours['cpu'] / mails:13.2f}"
        )
    ratio = statistics.median(ratios)
    came, names = _count_in_sink(machine)
    say(f"median {ratio:.2f} of at least {RATE}  {verdict(ratio >= RATE, came == names)}")
    say(f"{came:,} mails reached the sink under {names:,} Message-IDs")


def _database_of(machine, people):
    machine.new_database("owing")
    machine.python("owing", people)


def _count_in_sink(machine):
    with smtplib.SMTP("127.0.0.1", machine.port(SINK)) as sink:
        return map(int, sink.verify("count")[1].split())
