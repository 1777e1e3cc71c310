import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("curriculum", "0001_initial"),
        ("network", "0001_initial"),
        ("people", "0001_initial"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.TextField(blank=True, verbose_name="note")),
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="network.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Applicant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("priority", models.PositiveSmallIntegerField(default=1, verbose_name="priority")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "under review"),
                            ("accepted", "accepted"),
                            ("waiting", "on the waiting list"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("replaced", "replaced"),
                        ],
                        default="submitted",
                        max_length=12,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("library", "her library"), ("region", "the region"), ("organiser", "the organiser")],
                        default="library",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("waiting_since", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applied",
                        to="people.person",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.post",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="training.applicant",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.unit"),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applicants",
                        to="training.application",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_kk", models.CharField(max_length=100, verbose_name="name")),
                ("name_ru", models.CharField(blank=True, max_length=100, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="name")),
                ("seats", models.PositiveSmallIntegerField(default=0, verbose_name="seats")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rooms", to="network.unit"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("unit", "name_kk"), name="room_once_in_a_unit")],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("course", "training course"),
                            ("seminar", "seminar"),
                            ("webinar", "webinar"),
                            ("workshop", "skills workshop"),
                            ("master_class", "master class"),
                            ("travelling", "travelling seminar or master class"),
                            ("internship", "internship of staff"),
                            ("meeting", "online meeting"),
                            ("conference", "conference"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("title_kk", models.CharField(max_length=300, verbose_name="title")),
                ("title_ru", models.CharField(blank=True, max_length=300, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("onsite", "face-to-face"),
                            ("correspondence", "by correspondence"),
                            ("live", "distance, together at set hours"),
                            ("own_pace", "distance, at one's own pace"),
                            ("blended", "blended"),
                        ],
                        max_length=20,
                        verbose_name="form of learning",
                    ),
                ),
                ("in_kk", models.BooleanField(default=True, verbose_name="held in Kazakh")),
                ("in_ru", models.BooleanField(default=False, verbose_name="held in Russian")),
                ("in_en", models.BooleanField(default=False, verbose_name="held in English")),
                ("link", models.URLField(blank=True, verbose_name="link")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("apply_until", models.DateField(verbose_name="applications until")),
                ("confirm_by", models.DateField(blank=True, null=True, verbose_name="to be confirmed by")),
                ("capacity", models.PositiveIntegerField(verbose_name="seats")),
                ("minimum", models.PositiveIntegerField(default=1, verbose_name="at least")),
                (
                    "deciding",
                    models.CharField(
                        choices=[
                            ("reviewed", "each application is looked at"),
                            ("at_once", "the first who apply get the seats"),
                        ],
                        default="reviewed",
                        max_length=10,
                    ),
                ),
                ("moves_by_itself", models.BooleanField(default=True, verbose_name="the waiting list moves by itself")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("tentative", "tentative"),
                            ("confirmed", "confirmed"),
                            ("running", "running"),
                            ("assessment", "assessment"),
                            ("closed", "closed"),
                            ("archived", "archived"),
                            ("cancelled", "cancelled"),
                        ],
                        default="tentative",
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("sort_kk", models.CharField(db_index=True, editable=False, max_length=600)),
                ("sort_ru", models.CharField(db_index=True, editable=False, max_length=600)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("synthetic", models.BooleanField(default=False, help_text="Made up for the demo country.")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("co_hosts", models.ManyToManyField(blank=True, related_name="co_hosted_runs", to="network.unit")),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="network.unit"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.unit",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="curriculum.programmeversion",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "starts_on"], name="run_by_state_and_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="run_ends_after_it_starts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("apply_until__lte", models.F("ends_on"))),
                        name="run_applied_for_before_it_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__gte", 1), ("capacity__lte", 5000)), name="run_capacity_in_range"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_kk", True), ("in_ru", True), ("in_en", True), _connector="OR"),
                        name="run_held_in_a_language",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minimum__lte", models.F("capacity"))), name="run_minimum_within_capacity"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="run_cancelled_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("enrolled", "enrolled"),
                            ("attending", "attending"),
                            ("completed", "completed"),
                            ("failed", "not completed"),
                            ("withdrawn", "withdrew"),
                            ("no_show", "did not come"),
                        ],
                        default="enrolled",
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("enrolled_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "applicant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="enrolment", to="training.applicant"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="people.person"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.post",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.unit"),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="training.run"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["enrolled", "attending", "completed"])),
                        fields=("run", "person"),
                        name="enrolment_live_once_in_a_run",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CostLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("travel", "travel"),
                            ("per_diem", "per diem"),
                            ("materials", "materials"),
                            ("trainers", "pay of trainers"),
                            ("room", "room and equipment"),
                            ("other", "other"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("estimate", models.PositiveIntegerField(default=0, verbose_name="estimate")),
                ("actual", models.PositiveIntegerField(blank=True, null=True, verbose_name="actual")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="costs", to="training.run"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="training.run"
            ),
        ),
        migrations.AddField(
            model_name="applicant",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="applicants", to="training.run"
            ),
        ),
        migrations.CreateModel(
            name="SeatPool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("total", models.PositiveIntegerField(default=0)),
                ("taken", models.PositiveIntegerField(default=0)),
                ("release_on", models.DateField(blank=True, null=True, verbose_name="free seats go up on")),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pools", to="training.run"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("run", "unit"), name="pool_once_for_a_unit"),
                    models.UniqueConstraint(condition=models.Q(("unit", None)), fields=("run",), name="pool_one_open"),
                    models.CheckConstraint(
                        condition=models.Q(("taken__lte", models.F("total"))), name="pool_never_overbooked"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SeatMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("capacity", "seats added or taken out"),
                            ("shared", "shared out"),
                            ("released", "released upward"),
                            ("taken", "seat taken"),
                            ("given_back", "seat given back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("total_change", models.IntegerField(default=0)),
                ("taken_change", models.IntegerField(default=0)),
                ("applicant_id", models.BigIntegerField(null=True)),
                ("by_id", models.BigIntegerField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="training.run"
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="training.seatpool"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["run", "id"], name="seat_moves_of_run")],
            },
        ),
        migrations.AddField(
            model_name="applicant",
            name="pool",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holders",
                to="training.seatpool",
            ),
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("title_kk", models.CharField(max_length=300, verbose_name="topic")),
                ("title_ru", models.CharField(blank=True, max_length=300, verbose_name="topic")),
                ("title_en", models.CharField(blank=True, max_length=300, verbose_name="topic")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("lecture", "lecture"),
                            ("practice", "practice"),
                            ("independent", "independent work"),
                            ("assessment", "assessment"),
                        ],
                        default="lecture",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="training.room",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="training.run"
                    ),
                ),
                ("trainers", models.ManyToManyField(blank=True, related_name="taught_sessions", to="people.person")),
            ],
            options={
                "ordering": ["starts_at", "pk"],
                "indexes": [
                    models.Index(fields=["run", "starts_at"], name="session_of_run"),
                    models.Index(fields=["room", "starts_at"], name="session_of_room"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="session_ends_after_it_begins"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stops", to="training.run"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.unit"),
                ),
            ],
            options={
                "ordering": ["run", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "place"), name="stop_place_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="stop_ends_after_it_starts"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Trainer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "invited"),
                            ("provisional", "provisional"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                        ],
                        default="invited",
                        max_length=12,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="taught_runs", to="people.person"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="trainers", to="training.run"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("run", "person"), name="trainer_once_in_a_run")],
            },
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["run", "created_at"], name="application_of_run"),
        ),
        migrations.AddIndex(
            model_name="applicant",
            index=models.Index(fields=["run", "state", "waiting_since"], name="applicant_of_run"),
        ),
        migrations.AddConstraint(
            model_name="applicant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", False), ("state__in", ["submitted", "accepted", "waiting"])),
                fields=("run", "person"),
                name="applicant_live_once_in_a_run",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("pool__isnull", False), ("state", "accepted")),
                    models.Q(models.Q(("state", "accepted"), _negated=True), ("pool", None)),
                    _connector="OR",
                ),
                name="applicant_accepted_has_a_seat",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waiting"), ("waiting_since__isnull", False)),
                    models.Q(("state", "waiting"), _negated=True),
                    _connector="OR",
                ),
                name="applicant_waiting_since",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["declined", "withdrawn"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="applicant_ends_with_a_reason",
            ),
        ),
    ]
