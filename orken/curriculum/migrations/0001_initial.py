import datetime
import uuid
from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("competencies", "0001_initial"),
        ("network", "0001_initial"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="HourNorm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes of an academic hour")),
                ("hours_a_day", models.PositiveSmallIntegerField(verbose_name="academic hours a day at most")),
                ("hours_a_week", models.PositiveSmallIntegerField(verbose_name="academic hours a week at most")),
                ("basis", models.CharField(max_length=300, verbose_name="basis")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="hour_norm_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at", None), ("superseded_at__gte", models.F("recorded_at")), _connector="OR"
                        ),
                        name="hour_norm_struck_out_after_recorded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 20), ("minutes__lte", 120)),
                        name="hour_norm_minutes_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours_a_day__gte", 1), ("hours_a_day__lte", 24)),
                        name="hour_norm_hours_a_day_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours_a_week__gte", models.F("hours_a_day"))),
                        name="hour_norm_week_holds_a_day",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce(
                            "valid_to", models.Value(datetime.date(9999, 12, 31))
                        ),
                        condition=models.Q(("superseded_at", None)),
                        name="hour_norm_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        max_length=20,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z0-9][A-Z0-9-]{1,18}[A-Z0-9]$",
                                "Use capital Latin letters, digits and hyphens, for example VL-01.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("synthetic", models.BooleanField(default=False, help_text="Made up for the demo country.")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="programmes", to="network.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProgrammeVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title_kk", models.CharField(blank=True, max_length=300, verbose_name="title in Kazakh")),
                ("title_ru", models.CharField(blank=True, max_length=300, verbose_name="title in Russian")),
                ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title in English")),
                ("summary_kk", models.TextField(blank=True, max_length=1500, verbose_name="summary in Kazakh")),
                ("summary_ru", models.TextField(blank=True, max_length=1500, verbose_name="summary in Russian")),
                ("summary_en", models.TextField(blank=True, max_length=1500, verbose_name="summary in English")),
                ("audience_kk", models.CharField(blank=True, max_length=500, verbose_name="for whom, in Kazakh")),
                ("audience_ru", models.CharField(blank=True, max_length=500, verbose_name="for whom, in Russian")),
                ("audience_en", models.CharField(blank=True, max_length=500, verbose_name="for whom, in English")),
                ("entry_kk", models.CharField(blank=True, max_length=500, verbose_name="entry requirement in Kazakh")),
                ("entry_ru", models.CharField(blank=True, max_length=500, verbose_name="entry requirement in Russian")),
                ("entry_en", models.CharField(blank=True, max_length=500, verbose_name="entry requirement in English")),
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
                        default="course",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
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
                        default="onsite",
                        max_length=20,
                        verbose_name="form of learning",
                    ),
                ),
                (
                    "release",
                    models.CharField(
                        choices=[
                            ("none", "without leaving work"),
                            ("partial", "with partial release from work"),
                            ("full", "with full release from work"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="release from work",
                    ),
                ),
                (
                    "final",
                    models.CharField(
                        choices=[
                            ("none", "no final assessment"),
                            ("credit", "pass/fail test"),
                            ("test", "test"),
                            ("practical", "practical work"),
                            ("project", "defence of a project"),
                            ("report", "defence of a report"),
                            ("exam", "examination"),
                        ],
                        default="none",
                        max_length=20,
                        verbose_name="final assessment",
                    ),
                ),
                ("in_kk", models.BooleanField(default=True, verbose_name="taught in Kazakh")),
                ("in_ru", models.BooleanField(default=False, verbose_name="taught in Russian")),
                ("in_en", models.BooleanField(default=False, verbose_name="taught in English")),
                ("days", models.PositiveSmallIntegerField(default=1, verbose_name="days with lessons")),
                (
                    "stated_hours",
                    models.PositiveSmallIntegerField(default=0, verbose_name="academic hours by the approved paper"),
                ),
                (
                    "total_minutes",
                    models.PositiveIntegerField(default=0, editable=False, help_text="Sum of the modules."),
                ),
                ("approval_number", models.CharField(blank=True, max_length=60, verbose_name="number of the approval")),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="date of the approval")),
                ("sort_kk", models.CharField(db_index=True, editable=False, max_length=600)),
                ("sort_ru", models.CharField(db_index=True, editable=False, max_length=600)),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="what is new")),
                (
                    "revision",
                    models.PositiveIntegerField(
                        default=1, help_text="Grows with every change of the draft; guards edits."
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "fingerprint",
                    models.CharField(blank=True, help_text="Of the text as it was published.", max_length=64),
                ),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.programmeversion",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="curriculum.programme"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "number"), name="programme_version_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("published_at", None)),
                        fields=("programme",),
                        name="programme_one_draft_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fingerprint", ""), ("published_at", None)),
                            models.Q(("published_at__isnull", False), models.Q(("fingerprint", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="programme_version_published_with_fingerprint",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None),
                            models.Q(models.Q(("title_kk", ""), _negated=True), ("total_minutes__gt", 0)),
                            _connector="OR",
                        ),
                        name="programme_version_published_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approval_number", ""), ("approved_on", None)),
                            models.Q(models.Q(("approval_number", ""), _negated=True), ("approved_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="programme_version_approval_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_kk", True), ("in_ru", True), ("in_en", True), _connector="OR"),
                        name="programme_version_taught_in_a_language",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 1), ("days__lte", 366)), name="programme_version_days_in_range"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("based_on", models.F("id")), _negated=True),
                        name="programme_version_not_its_own_base",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="programme",
            name="draft",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="curriculum.programmeversion",
            ),
        ),
        migrations.AddField(
            model_name="programme",
            name="published",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="curriculum.programmeversion",
            ),
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.IntegerField()),
                ("text_kk", models.CharField(max_length=500, verbose_name="outcome in Kazakh")),
                ("text_ru", models.CharField(blank=True, max_length=500, verbose_name="outcome in Russian")),
                ("text_en", models.CharField(blank=True, max_length=500, verbose_name="outcome in English")),
                ("level", models.PositiveSmallIntegerField(verbose_name="level")),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="competencies.competency",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="curriculum.programmeversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "position"), name="outcome_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(("level__gte", 1), ("level__lte", 4)), name="outcome_level_in_range"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Module",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("position", models.IntegerField()),
                ("title_kk", models.CharField(max_length=300, verbose_name="title in Kazakh")),
                ("title_ru", models.CharField(blank=True, max_length=300, verbose_name="title in Russian")),
                ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title in English")),
                ("content_kk", models.TextField(blank=True, max_length=2000, verbose_name="topics in Kazakh")),
                ("content_ru", models.TextField(blank=True, max_length=2000, verbose_name="topics in Russian")),
                ("content_en", models.TextField(blank=True, max_length=2000, verbose_name="topics in English")),
                (
                    "lecture",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), max_digits=8, verbose_name="minutes of lecture"
                    ),
                ),
                (
                    "practice",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), max_digits=8, verbose_name="minutes of practice"
                    ),
                ),
                (
                    "independent",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), max_digits=8, verbose_name="minutes of independent work"
                    ),
                ),
                (
                    "assessment",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), max_digits=8, verbose_name="minutes of assessment"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="modules",
                        to="curriculum.programmeversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "position"), name="module_position_once"),
                    models.UniqueConstraint(fields=("version", "key"), name="module_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("assessment__gte", 0), ("independent__gte", 0), ("lecture__gte", 0), ("practice__gte", 0)
                        ),
                        name="module_minutes_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("published", "published"),
                            ("reverted", "returned to an earlier version"),
                            ("withdrawn", "taken out of the catalogue"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
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
                    "previous",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.programmeversion",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="curriculum.programme",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="curriculum.programmeversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "withdrawn"), ("version", None)),
                            models.Q(models.Q(("kind", "withdrawn"), _negated=True), ("version__isnull", False)),
                            _connector="OR",
                        ),
                        name="publication_names_its_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "published"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="publication_backwards_has_a_reason",
                    ),
                ],
            },
        ),
    ]
