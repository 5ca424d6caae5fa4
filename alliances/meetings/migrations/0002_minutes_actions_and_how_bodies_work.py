import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import alliances.meetings.models.bodies


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_initial"),
        ("membership", "0002_what_alliances_keep_of_themselves"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Action",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("title", models.CharField(max_length=300, verbose_name="what is to be done")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("given_at", models.DateTimeField(verbose_name="given at")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                (
                    "done_note",
                    models.CharField(blank=True, max_length=1000, verbose_name="what was done"),
                ),
                (
                    "dropped_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="dropped at"),
                ),
                (
                    "dropped_because",
                    models.CharField(blank=True, max_length=300, verbose_name="reason"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="guest")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("present", "Present"),
                            ("late", "Late"),
                            ("substitute", "Substitute"),
                            ("apologies", "Apologies"),
                            ("absent", "Absent"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "substitute",
                    models.CharField(blank=True, max_length=150, verbose_name="who came instead"),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=500, verbose_name="decision")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
            ],
        ),
        migrations.CreateModel(
            name="Minute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("text", models.TextField(blank=True, max_length=20000)),
                ("written_at", models.DateTimeField(verbose_name="written at")),
            ],
        ),
        migrations.CreateModel(
            name="MinuteDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=20000)),
                ("seen_version", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField(verbose_name="saved at")),
            ],
        ),
        migrations.CreateModel(
            name="ProposedItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "why",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it matters"),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("information", "For information"),
                            ("discussion", "For discussion"),
                            ("decision", "For decision"),
                        ],
                        default="discussion",
                        max_length=12,
                    ),
                ),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(default=10, verbose_name="minutes wished"),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="proposed at")),
                (
                    "settled_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="taken, declined or withdrawn at"
                    ),
                ),
                (
                    "declined_because",
                    models.CharField(blank=True, max_length=300, verbose_name="reason"),
                ),
            ],
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="carried_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="carried_to",
                to="meetings.agendaitem",
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="is_confidential",
            field=models.BooleanField(
                default=False,
                help_text="Only the body’s members and those who run its meetings see it.",
                verbose_name="confidential",
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="section",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="body",
            name="about",
            field=models.TextField(blank=True, verbose_name="what it is for"),
        ),
        migrations.AddField(
            model_name="body",
            name="calling_posts",
            field=models.JSONField(
                blank=True,
                default=alliances.meetings.models.bodies.office_calls,
                help_text="Its lead may always call it.",
                verbose_name="posts that may call it",
            ),
        ),
        migrations.AddField(
            model_name="body",
            name="minute_taker",
            field=models.ForeignKey(
                blank=True,
                help_text="Takes the register and the minutes, unless a meeting names somebody else.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="body",
            name="quorum_fraction",
            field=models.CharField(
                blank=True,
                choices=[
                    ("1/4", "A quarter of its places"),
                    ("1/3", "A third of its places"),
                    ("1/2", "Half of its places"),
                    ("2/3", "Two thirds of its places"),
                    ("3/4", "Three quarters of its places"),
                ],
                max_length=3,
                verbose_name="quorum, as a fraction",
            ),
        ),
        migrations.AddField(
            model_name="body",
            name="quorum_number",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="quorum, as a number"
            ),
        ),
        migrations.AddField(
            model_name="body",
            name="usual_minutes",
            field=models.PositiveSmallIntegerField(
                default=60, verbose_name="usual length in minutes"
            ),
        ),
        migrations.AddField(
            model_name="body",
            name="usual_place",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="meeting",
            name="agenda_due_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="agenda due"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="agenda_published_at",
            field=models.DateTimeField(null=True, verbose_name="agenda published at"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="began_at",
            field=models.DateTimeField(null=True, verbose_name="began at"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="chair",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings_chaired",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="copies",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="held_at",
            field=models.DateTimeField(null=True, verbose_name="held at"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minute_taker",
            field=models.ForeignKey(
                blank=True,
                help_text="Takes the register and the minutes; without one, whoever called it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings_minuted",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes_approved_at",
            field=models.DateTimeField(null=True, verbose_name="minutes approved at"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes_approved_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes_checked_at",
            field=models.DateTimeField(null=True, verbose_name="minutes checked at"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes_checked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes_drafted_at",
            field=models.DateTimeField(null=True, verbose_name="minutes given to the chair at"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes_due_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="minutes due"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes_state",
            field=models.CharField(
                choices=[
                    ("none", "No minutes yet"),
                    ("drafted", "With the chair"),
                    ("checked", "Checked by the chair"),
                    ("approved", "Approved"),
                ],
                default="none",
                max_length=10,
                verbose_name="minutes",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="register_taken_at",
            field=models.DateTimeField(null=True, verbose_name="register taken at"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="register_taken_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="meetingreply",
            name="substitute",
            field=models.CharField(
                blank=True, help_text="Who comes instead, with her post.", max_length=150
            ),
        ),
        migrations.AlterField(
            model_name="body",
            name="kind",
            field=models.CharField(
                choices=[
                    ("board", "Strategic board"),
                    ("whole_alliance", "Whole alliance"),
                    ("heads", "Heads’ group"),
                    ("chairs_of_governors", "Chairs of governors"),
                    ("business_managers", "Business managers"),
                    ("premises_managers", "Premises managers"),
                    ("sencos", "SENCOs"),
                    ("pupil_council", "Pupil council"),
                    ("working_party", "Working party"),
                    ("workhub", "Workhub"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("called", "Called"),
                    ("in_session", "In session"),
                    ("held", "Held"),
                    ("cancelled", "Cancelled"),
                ],
                default="draft",
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                condition=models.Q(("minutes_state__in", ["none", "drafted"]), ("state", "held")),
                fields=["minutes_state", "minutes_due_at"],
                name="minutes_to_write_or_check",
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quorum_number__isnull", True), ("quorum_fraction", ""), _connector="OR"
                ),
                name="quorum_is_a_number_or_a_fraction",
                violation_error_message="Give the quorum as a number or as a fraction, not both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quorum_number__isnull", True), ("quorum_number__gte", 1), _connector="OR"
                ),
                name="quorum_is_at_least_one",
                violation_error_message="A quorum is at least one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes_state", "none"), ("state", "held"), _connector="OR"),
                name="minutes_are_of_a_meeting_that_was_held",
                violation_error_message="Minutes are given to the chair once the meeting was held.",
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions",
                to="meetings.body",
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="done_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="item",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions",
                to="meetings.agendaitem",
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions_owned",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attendances",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="reply",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attendance",
                to="meetings.meetingreply",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="item",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="meetings.agendaitem",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="decisions",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="minute",
            name="item",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="minute",
                to="meetings.agendaitem",
            ),
        ),
        migrations.AddField(
            model_name="minute",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="minuted",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="minute",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="minutedraft",
            name="item",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="meetings.agendaitem",
            ),
        ),
        migrations.AddField(
            model_name="minutedraft",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="meetings.meeting"
            ),
        ),
        migrations.AddField(
            model_name="minutedraft",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="proposeditem",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="proposed_items",
                to="meetings.body",
            ),
        ),
        migrations.AddField(
            model_name="proposeditem",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items_proposed",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="proposeditem",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="proposeditem",
            name="taken_into",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="proposal",
                to="meetings.agendaitem",
            ),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(
                fields=["owner", "done_at", "due_at", "id"], name="actions_of_a_person"
            ),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(
                fields=["body", "done_at", "due_at", "id"], name="actions_of_a_body"
            ),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(fields=["meeting", "id"], name="actions_of_a_meeting"),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_at__isnull", True), ("dropped_at__isnull", True), _connector="OR"
                ),
                name="action_is_done_or_dropped_but_not_both",
            ),
        ),
        migrations.AddIndex(
            model_name="attendance",
            index=models.Index(fields=["meeting", "id"], name="register_of_a_meeting"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), ("reply__isnull", False)),
                    models.Q(("reply__isnull", True), models.Q(("name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="attendance_is_of_somebody_asked_or_a_guest",
                violation_error_message="Name the guest, or choose somebody who was asked.",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["meeting", "id"], name="decisions_of_a_meeting"),
        ),
        migrations.AddIndex(
            model_name="minute",
            index=models.Index(fields=["meeting", "item"], name="minutes_of_a_meeting"),
        ),
        migrations.AddConstraint(
            model_name="minute",
            constraint=models.UniqueConstraint(
                condition=models.Q(("item__isnull", True)),
                fields=("meeting",),
                name="meeting_has_one_general_minute",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutedraft",
            constraint=models.UniqueConstraint(
                fields=("meeting", "item", "person"), name="person_drafts_an_item_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="minutedraft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("item__isnull", True)),
                fields=("meeting", "person"),
                name="person_drafts_a_general_minute_once",
            ),
        ),
        migrations.AddIndex(
            model_name="proposeditem",
            index=models.Index(fields=["body", "settled_at", "proposed_at"], name="items_proposed"),
        ),
    ]
