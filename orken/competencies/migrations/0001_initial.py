import datetime

import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("network", "0001_initial"),
        ("people", "0001_initial"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Domain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=4, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Framework",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Competency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=6, unique=True)),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="competencies",
                        to="competencies.domain",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EvidencePolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                ("years", models.PositiveSmallIntegerField(verbose_name="years")),
                ("basis", models.CharField(max_length=300, verbose_name="basis")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="evidence_policy_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at", None), ("superseded_at__gte", models.F("recorded_at")), _connector="OR"
                        ),
                        name="evidence_policy_struck_out_after_recorded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("years__gte", 1), ("years__lte", 50)), name="evidence_policy_years_in_range"
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce(
                            "valid_to", models.Value(datetime.date(9999, 12, 31))
                        ),
                        condition=models.Q(("superseded_at", None)),
                        name="evidence_policy_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FrameworkVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
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
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="competencies.framework",
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
                    models.UniqueConstraint(fields=("framework", "number"), name="framework_version_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("published_at", None)),
                        fields=("framework",),
                        name="framework_one_draft_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fingerprint", ""), ("published_at", None)),
                            models.Q(("published_at__isnull", False), models.Q(("fingerprint", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="framework_version_published_with_fingerprint",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="framework",
            name="draft",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="competencies.frameworkversion",
            ),
        ),
        migrations.AddField(
            model_name="framework",
            name="published",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="competencies.frameworkversion",
            ),
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("self", "self-assessment"),
                            ("head", "judgement of the head"),
                            ("test", "test"),
                            ("work", "work sample"),
                            ("certificate", "certificate"),
                            ("mentor", "judgement of the mentor"),
                        ],
                        max_length=20,
                    ),
                ),
                ("level", models.PositiveSmallIntegerField()),
                ("shown_on", models.DateField(verbose_name="date")),
                ("source_label", models.CharField(blank=True, max_length=300)),
                ("source_address", models.CharField(blank=True, max_length=300)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("recorded_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                ("struck_out_because", models.CharField(blank=True, max_length=300)),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="competencies.competency",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="competency_evidence",
                        to="people.person",
                    ),
                ),
                (
                    "verified_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="competencies.frameworkversion",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "competency", "-shown_on"], name="evidence_of_person")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("level__lte", 4)), name="evidence_level_in_range"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "self"), _negated=True), ("verified_by", None), _connector="OR"
                        ),
                        name="evidence_of_herself_is_not_verified",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("head", "mentor")), _negated=True),
                            ("verified_by__isnull", False),
                            _connector="OR",
                        ),
                        name="evidence_of_a_judge_names_the_judge",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("test", "work", "certificate")), _negated=True),
                            models.Q(("source_label", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="evidence_of_a_thing_names_the_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("struck_out_because", ""), ("superseded_at", None)),
                            models.Q(
                                ("superseded_at__isnull", False), models.Q(("struck_out_because", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="evidence_struck_out_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DomainText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_kk", models.CharField(max_length=200, verbose_name="name in Kazakh")),
                ("name_ru", models.CharField(blank=True, max_length=200, verbose_name="name in Russian")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name in English")),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="competencies.domain"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="domains",
                        to="competencies.frameworkversion",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("version", "domain"), name="domain_text_once")],
            },
        ),
        migrations.CreateModel(
            name="CompetencyText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_kk", models.CharField(max_length=200, verbose_name="name in Kazakh")),
                ("name_ru", models.CharField(blank=True, max_length=200, verbose_name="name in Russian")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name in English")),
                ("covers_kk", models.CharField(blank=True, max_length=500, verbose_name="what it covers, in Kazakh")),
                ("covers_ru", models.CharField(blank=True, max_length=500, verbose_name="what it covers, in Russian")),
                ("covers_en", models.CharField(blank=True, max_length=500, verbose_name="what it covers, in English")),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="competencies.competency"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="competencies",
                        to="competencies.frameworkversion",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("version", "competency"), name="competency_text_once")],
            },
        ),
        migrations.CreateModel(
            name="Level",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("name_kk", models.CharField(blank=True, max_length=100, verbose_name="name in Kazakh")),
                ("name_ru", models.CharField(blank=True, max_length=100, verbose_name="name in Russian")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="name in English")),
                ("anchor_kk", models.CharField(max_length=500, verbose_name="anchor in Kazakh")),
                ("anchor_ru", models.CharField(blank=True, max_length=500, verbose_name="anchor in Russian")),
                ("anchor_en", models.CharField(blank=True, max_length=500, verbose_name="anchor in English")),
                (
                    "domain",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="competencies.domain",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="levels",
                        to="competencies.frameworkversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("domain", None)), fields=("version", "level"), name="level_once"
                    ),
                    models.UniqueConstraint(fields=("version", "domain", "level"), name="level_of_domain_once"),
                    models.CheckConstraint(condition=models.Q(("level__lte", 4)), name="level_in_range"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("rural", "rural librarian"),
                            ("reading_room", "reading-room librarian"),
                            ("cataloguer", "cataloguer"),
                            ("bibliographer", "bibliographer"),
                            ("methodologist", "methodologist"),
                            ("conservator", "conservator"),
                            ("head", "head"),
                            ("trainer", "trainer of a school"),
                            ("other", "other staff"),
                        ],
                        max_length=20,
                    ),
                ),
                ("level", models.PositiveSmallIntegerField()),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="competencies.domain"
                    ),
                ),
                (
                    "unit_code",
                    models.CharField(blank=True, help_text="A code never changes, so no row is needed.", max_length=40),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="competencies.frameworkversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("version", "group", "unit_code", "domain"), name="target_once"),
                    models.CheckConstraint(condition=models.Q(("level__lte", 4)), name="target_level_in_range"),
                ],
            },
        ),
    ]
