import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("network", "0005_one_country"),
        ("people", "0006_consent_on_paper"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Questionnaire",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("reaction", "reaction on the last day"),
                            ("follow_up", "follow-up of a graduate"),
                            ("head", "follow-up of her head"),
                            ("needs", "needs of learning"),
                            ("other", "other"),
                        ],
                        max_length=12,
                        verbose_name="what it is for",
                    ),
                ),
                ("synthetic", models.BooleanField(default=False, help_text="Made up for the demo country.")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="questionnaires", to="network.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("about_kk", models.CharField(max_length=300, verbose_name="what about")),
                ("about_ru", models.CharField(blank=True, max_length=300, verbose_name="what about")),
                ("about_en", models.CharField(blank=True, max_length=300, verbose_name="what about")),
                ("address", models.CharField(blank=True, max_length=200)),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Of whom opened it: «training.run:NL-2026-03:reaction».", max_length=120
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="first day")),
                ("closes_on", models.DateField(verbose_name="last day")),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("synthetic", models.BooleanField(default=False, help_text="Made up for the demo country.")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="surveys", to="network.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("answers", models.JSONField()),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sheets", to="surveys.survey"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title_kk", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("title_ru", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("intro_kk", models.TextField(blank=True, max_length=1000, verbose_name="what it is about")),
                ("intro_ru", models.TextField(blank=True, max_length=1000, verbose_name="what it is about")),
                ("intro_en", models.TextField(blank=True, max_length=1000, verbose_name="what it is about")),
                ("document", models.JSONField(default=list)),
                (
                    "keys_given",
                    models.JSONField(
                        default=list, help_text="Every key that a question ever had, so that none comes twice."
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="surveys.questionnaire"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("questionnaire", "number"), name="questionnaire_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None), models.Q(("fingerprint", ""), _negated=True), _connector="OR"
                        ),
                        name="questionnaire_version_published_sealed",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="survey",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="surveys", to="surveys.version"
            ),
        ),
        migrations.AddField(
            model_name="questionnaire",
            name="draft",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="surveys.version",
            ),
        ),
        migrations.AddField(
            model_name="questionnaire",
            name="published",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="surveys.version",
            ),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("page", "on her own page"),
                            ("slip", "on a slip"),
                            ("kiosk", "at a device by the door"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        blank=True, db_index=True, help_text="The code as the server's key keeps it.", max_length=64
                    ),
                ),
                ("used", models.PositiveIntegerField(default=0)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="survey_invitations",
                        to="people.person",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="surveys.survey"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("survey", "person"),
                        name="survey_invitation_once_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("way", "kiosk")), fields=("survey",), name="survey_one_kiosk"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True), fields=("key",), name="survey_code_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way", "kiosk"), ("used__lte", 1), _connector="OR"),
                        name="survey_code_used_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), ("person__isnull", False), ("way", "page")),
                            models.Q(models.Q(("way", "page"), _negated=True), models.Q(("key", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="survey_opened_by_person_or_code",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="survey",
            index=models.Index(fields=["unit", "opens_on"], name="survey_by_unit_and_day"),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opens_on"))), name="survey_closes_after_it_opens"
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source", ""), _negated=True), fields=("source",), name="survey_once_for_its_source"
            ),
        ),
    ]
