import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("curriculum", "0002_work_samples"),
        ("kit_files", "0001_initial"),
        ("people", "0006_consent_on_paper"),
        ("people", "__first__"),
        ("training", "0005_rule_others"),
    ]

    operations = [
        migrations.AlterField(
            model_name="mark",
            name="source",
            field=models.CharField(
                choices=[
                    ("page", "page"),
                    ("device", "device, also without a connection"),
                    ("paper", "paper sheet"),
                    ("door", "code at the door"),
                    ("joined", "row of somebody who walked in"),
                ],
                default="page",
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="SampleAsk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_on", models.DateField()),
                ("due_on", models.DateField(verbose_name="expected until")),
                ("synthetic", models.BooleanField(default=False, help_text="Made up for the demo country.")),
                (
                    "enrolment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sample_ask", to="training.enrolment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("asked_on"))), name="sample_due_after_asked"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("words", models.TextField(blank=True, max_length=2000, verbose_name="in your words")),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "wiped_at",
                    models.DateTimeField(
                        blank=True, help_text="Her data were erased: files and words are gone.", null=True
                    ),
                ),
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
                    "ask",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="samples", to="training.sampleask"
                    ),
                ),
            ],
            options={
                "ordering": ["ask", "number"],
                "constraints": [models.UniqueConstraint(fields=("ask", "number"), name="sample_number_once")],
            },
        ),
        migrations.CreateModel(
            name="SampleFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kit_files.storedfile"
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="training.sample"
                    ),
                ),
            ],
            options={
                "ordering": ["sample", "position"],
                "constraints": [models.UniqueConstraint(fields=("sample", "position"), name="sample_file_place_once")],
            },
        ),
        migrations.CreateModel(
            name="SampleLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(choices=[("accepted", "accepted"), ("returned", "returned")], max_length=8),
                ),
                ("words", models.TextField(blank=True, max_length=2000, verbose_name="words to her")),
                ("looked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                ("taken_back_because", models.CharField(blank=True, max_length=300, verbose_name="reason")),
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
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="looks", to="training.sample"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)), fields=("sample",), name="sample_look_stands_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("superseded_at", None), ("taken_back_because", "")),
                            models.Q(
                                ("superseded_at__isnull", False), models.Q(("taken_back_because", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="sample_look_taken_back_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SampleMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.PositiveSmallIntegerField()),
                (
                    "look",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="training.samplelook"
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="curriculum.outcome"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("look", "outcome"), name="sample_mark_once_for_an_outcome"),
                    models.CheckConstraint(condition=models.Q(("mark__lte", 3)), name="sample_mark_in_range"),
                ],
            },
        ),
        migrations.CreateModel(
            name="WalkInJoin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gave_seat", models.BooleanField(default=False, help_text="The seat was given by this joining.")),
                ("added_seat", models.BooleanField(default=False, help_text="The run got one seat more for her.")),
                ("moved", models.JSONField(default=list)),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
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
                        related_name="walk_in_joins",
                        to="training.enrolment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="walked_in", to="people.person"
                    ),
                ),
                (
                    "walk_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="joins", to="training.walkin"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("walk_in",), name="walk_in_joined_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gave_seat", False), ("enrolment__isnull", False), _connector="OR"),
                        name="walk_in_seat_is_an_enrolment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("added_seat", False), ("gave_seat", True), _connector="OR"),
                        name="walk_in_added_seat_is_given",
                    ),
                ],
            },
        ),
    ]
