import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("curriculum", "0001_initial"),
        ("people", "0006_consent_on_paper"),
        ("people", "__first__"),
        ("training", "0003_attendance"),
    ]

    operations = [
        migrations.CreateModel(
            name="ResultSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("on", models.DateField(verbose_name="date of the commission")),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="Why it corrects an earlier sheet.", max_length=500, verbose_name="reason"
                    ),
                ),
                ("rule", models.JSONField(help_text="The rule of completion as it was.")),
                ("confirmed_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="result_sheets", to="training.run"
                    ),
                ),
            ],
            options={
                "ordering": ["run", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "number"), name="result_sheet_number_once_in_a_run"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1),
                            models.Q(("number__gt", 1), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="result_sheet_corrects_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("passed", "passed"), ("failed", "not passed"), ("absent", "did not appear")],
                        max_length=6,
                    ),
                ),
                ("lines", models.JSONField(help_text="Line by line what was asked for and what there was.")),
                ("facts", models.JSONField(help_text="Every component as it was: value and whole.")),
                ("name_kk", models.CharField(max_length=300)),
                ("name_ru", models.CharField(max_length=300)),
                ("name_en", models.CharField(max_length=300)),
                ("unit_kk", models.CharField(max_length=300)),
                ("unit_ru", models.CharField(blank=True, max_length=300)),
                ("unit_en", models.CharField(blank=True, max_length=300)),
                ("post_kk", models.CharField(blank=True, max_length=200)),
                ("post_ru", models.CharField(blank=True, max_length=200)),
                ("post_en", models.CharField(blank=True, max_length=200)),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="training.enrolment"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="training.resultsheet"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "enrolment"), name="result_once_in_a_sheet"),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("enrolment",),
                        name="result_stands_once_for_an_enrolment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommissionMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chair", models.BooleanField(default=False)),
                ("name_kk", models.CharField(max_length=300)),
                ("name_ru", models.CharField(max_length=300)),
                ("name_en", models.CharField(max_length=300)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="commissions", to="people.person"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="training.resultsheet"
                    ),
                ),
            ],
            options={
                "ordering": ["-chair", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "person"), name="commission_member_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("chair", True)), fields=("sheet",), name="commission_has_one_chair"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CompletionRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
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
                    ),
                ),
                (
                    "attendance",
                    models.PositiveSmallIntegerField(default=80, verbose_name="attendance, at least, in percent"),
                ),
                (
                    "practical",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="practical work, at least, in percent"
                    ),
                ),
                (
                    "final",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="final work, at least, in percent"
                    ),
                ),
                ("questionnaire", models.BooleanField(default=True, verbose_name="the questionnaire is answered")),
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
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.programmeversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), ("version__isnull", False)),
                            models.Q(("version", None), models.Q(("kind", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="completion_rule_of_a_version_or_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("attendance__lte", 100),
                            models.Q(("practical", None), ("practical__lte", 100), _connector="OR"),
                            models.Q(("final", None), ("final__lte", 100), _connector="OR"),
                        ),
                        name="completion_rule_in_percent",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None), ("version__isnull", False)),
                        fields=("version",),
                        name="completion_rule_once_for_a_version",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None), models.Q(("kind", ""), _negated=True)),
                        fields=("kind",),
                        name="completion_rule_once_for_a_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "component",
                    models.CharField(
                        choices=[
                            ("attendance", "attendance, minutes"),
                            ("pre_test", "test before"),
                            ("post_test", "test after"),
                            ("practical", "practical work"),
                            ("final", "final work"),
                            ("questionnaire", "questionnaire answered"),
                        ],
                        max_length=14,
                    ),
                ),
                ("value", models.PositiveIntegerField()),
                ("of", models.PositiveIntegerField()),
                ("on", models.DateField(help_text="The day of the test, or the day on which it was counted.")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "source",
                    models.CharField(
                        choices=[("owner", "counted by the system"), ("page", "by hand"), ("file", "from a table")],
                        max_length=6,
                    ),
                ),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="facts", to="training.enrolment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("value__lte", models.F("of"))), name="fact_within_its_whole"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at", None), ("superseded_at__gte", models.F("recorded_at")), _connector="OR"
                        ),
                        name="fact_superseded_after_recorded",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("enrolment", "component"),
                        name="fact_stands_once",
                    ),
                ],
            },
        ),
    ]
