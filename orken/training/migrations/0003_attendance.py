import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kit_files", "0001_initial"),
        ("people", "__first__"),
        ("training", "0002_excused_and_sent_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("rows", models.JSONField(default=list, help_text="«Who» of each printed row, in order.")),
                ("blank", models.PositiveSmallIntegerField(default=5, help_text="Empty rows for those who walk in.")),
                ("printed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "photograph",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kit_files.storedfile",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paper_sheets", to="training.run"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paper_sheets", to="training.session"
                    ),
                ),
            ],
            options={
                "ordering": ["run", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "number"), name="paper_sheet_number_once_in_a_run")
                ],
            },
        ),
        migrations.CreateModel(
            name="WalkIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=150, verbose_name="surname and given name")),
                ("library", models.CharField(blank=True, max_length=200, verbose_name="library")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="walk_ins", to="training.run"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="walk_in_has_a_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("present", "present"),
                            ("late", "came late"),
                            ("absent", "absent"),
                            ("excused", "excused"),
                        ],
                        max_length=8,
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(default=0, verbose_name="minutes")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("page", "page"),
                            ("device", "device, also without a connection"),
                            ("paper", "paper sheet"),
                            ("door", "code at the door"),
                        ],
                        default="page",
                        max_length=8,
                    ),
                ),
                ("aside", models.BooleanField(default=False)),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="training.enrolment",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="training.session"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="training.papersheet",
                    ),
                ),
                (
                    "walk_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="training.walkin",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["session", "superseded_at"], name="marks_of_session")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("enrolment__isnull", False), ("walk_in", None)),
                            models.Q(("enrolment", None), ("walk_in__isnull", False)),
                            _connector="OR",
                        ),
                        name="mark_is_of_one_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("minutes__gt", 0), ("state__in", ["present", "late"])),
                            models.Q(("minutes", 0), ("state__in", ["absent", "excused"])),
                            _connector="OR",
                        ),
                        name="mark_has_minutes_when_there",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at", None), ("superseded_at__gte", models.F("recorded_at")), _connector="OR"
                        ),
                        name="mark_superseded_after_recorded",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("aside", False), ("enrolment__isnull", False), ("superseded_at", None)),
                        fields=("session", "enrolment"),
                        name="mark_stands_once_for_an_enrolment",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("aside", False), ("superseded_at", None), ("walk_in__isnull", False)),
                        fields=("session", "walk_in"),
                        name="mark_stands_once_for_a_walk_in",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", "paper"), ("sheet", None), _connector="OR"),
                        name="mark_of_a_sheet_is_from_paper",
                    ),
                ],
            },
        ),
    ]
