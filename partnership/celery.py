"""The Celery application and the whole timetable of the portal."""

from __future__ import annotations

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")

app = Celery("partnership")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "plan the reminders that are due": {
        "task": "notices.plan_reminders",
        "schedule": crontab(minute="*/5"),
    },
    "plan daily and weekly digests": {
        "task": "notices.plan_digests",
        "schedule": crontab(minute="2,32"),
    },
    "send what waits in the outbox": {
        "task": "notices.send_waiting",
        "schedule": 30.0,
    },
    "ask whoever took over a seat to what is called already": {
        "task": "meetings.ask_newcomers",
        "schedule": crontab(minute="17", hour="8-17", day_of_week="mon-fri"),
    },
    "ask schools whether their details are right": {
        "task": "schools.ask_for_details",
        "schedule": crontab(minute="40", hour="7"),
    },
    "let pass on what leavers held, the morning after their last day": {
        "task": "schools.settle_departures",
        "schedule": crontab(minute="10", hour="*"),
    },
    "remove the files made of long lists a day ago": {
        "task": "home.remove_old_exports",
        "schedule": crontab(minute="35"),
    },
    "let the leads of a new year lead its workhubs": {
        "task": "hubs.let_new_leads_begin",
        "schedule": crontab(minute="25", hour="5"),
    },
    "ask for views of terms that end, and of support that is over": {
        "task": "progress.open_reviews",
        "schedule": crontab(minute="20", hour="7"),
    },
    "work due dates of review days back, as term dates change": {
        "task": "days.keep_dates",
        "schedule": crontab(minute="15", hour="5"),
    },
    "delete what reviewers wrote, ninety days after the report is released": {
        "task": "days.delete_notes",
        "schedule": crontab(minute="45", hour="4"),
    },
    "send the answers to enquiries that nothing has taken out": {
        "task": "membership.mail_answers",
        "schedule": crontab(minute="50"),
    },
    "delete what visitors wrote a year ago": {
        "task": "membership.forget_enquiries",
        "schedule": crontab(minute="30", hour="4"),
    },
    "say that beat is alive": {
        "task": "home.record_beat",
        "schedule": 30.0,
    },
}
