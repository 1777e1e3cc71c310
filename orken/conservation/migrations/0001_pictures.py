import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kit_files", "0001_initial"),
        ("network", "0001_initial"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Specimen",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(unique=True)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("drawn", "drawn by our generator"),
                            ("composed", "damage drawn on a scan"),
                            ("photograph", "photograph"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preparing", "being prepared"),
                            ("failed", "could not be prepared"),
                            ("marking", "with the experts"),
                            ("agreed", "agreed"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="preparing",
                        max_length=12,
                    ),
                ),
                ("why", models.TextField(blank=True, help_text="Why it could not be prepared, or was withdrawn.")),
                ("title_kk", models.CharField(max_length=200)),
                ("title_ru", models.CharField(blank=True, max_length=200)),
                ("title_en", models.CharField(blank=True, max_length=200)),
                ("script", models.CharField(blank=True, help_text="arab, latn or cyrl.", max_length=4)),
                (
                    "groups",
                    models.JSONField(
                        blank=True, default=list, help_text="Groups of damage that are asked; empty for all."
                    ),
                ),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                (
                    "mm_per_px",
                    models.FloatField(
                        default=0.1,
                        validators=[
                            django.core.validators.MinValueValidator(0.001),
                            django.core.validators.MaxValueValidator(10),
                        ],
                    ),
                ),
                ("recipe", models.JSONField(blank=True, default=dict)),
                ("manifest", models.JSONField(blank=True, default=list)),
                ("rights_holder", models.CharField(blank=True, max_length=200)),
                (
                    "rights_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("own", "photographed by us from our own stock"),
                            ("permission", "with the written permission of the owner"),
                            ("public", "public domain"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "rights_paper",
                    models.CharField(blank=True, help_text="Number and date of the permission.", max_length=200),
                ),
                (
                    "rights_use",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("lessons", "lessons of this system only"),
                            ("open", "lessons, print and open publication"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "original",
                    models.CharField(
                        blank=True, help_text="Shelfmark or inventory number of the object.", max_length=200
                    ),
                ),
                ("by_id", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.unit"),
                ),
            ],
            options={
                "ordering": ["number"],
                "indexes": [models.Index(fields=["state", "number"], name="specimen_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["preparing", "failed"]),
                            models.Q(("height__gt", 0), ("width__gt", 0)),
                            _connector="OR",
                        ),
                        name="specimen_ready_has_a_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin", "photograph"), _negated=True),
                            models.Q(
                                models.Q(("rights_basis", ""), _negated=True),
                                models.Q(("rights_holder", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="specimen_photograph_has_rights",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="specimen_published_has_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.JSONField()),
                (
                    "by_experts",
                    models.PositiveSmallIntegerField(default=0, help_text="How many experts; 0 for the generator."),
                ),
                (
                    "agreement",
                    models.FloatField(help_text="Median score of each expert against the others.", null=True),
                ),
                ("kappa", models.FloatField(null=True)),
                ("vocabulary", models.CharField(max_length=20)),
                ("grader", models.CharField(max_length=20)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "specimen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="references",
                        to="conservation.specimen",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("specimen",),
                        name="specimen_one_live_reference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at", None), ("superseded_at__gte", models.F("recorded_at")), _connector="OR"
                        ),
                        name="reference_after_its_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertMarking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("handed_in", "handed in")], default="draft", max_length=10
                    ),
                ),
                ("vocabulary", models.CharField(max_length=20)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("handed_in_at", models.DateTimeField(null=True)),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "specimen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="markings", to="conservation.specimen"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("specimen", "expert"), name="expert_marks_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handed_in_at", None), ("state", "draft")),
                            models.Q(("handed_in_at__isnull", False), ("state", "handed_in")),
                            _connector="OR",
                        ),
                        name="marking_handed_in_has_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpecimenLight",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "light",
                    models.CharField(
                        choices=[
                            ("normal", "Normal light"),
                            ("raking", "Raking light"),
                            ("uv", "Ultraviolet"),
                            ("transmitted", "Transmitted light"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "preview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kit_files.storedfile"
                    ),
                ),
                (
                    "pyramid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kit_files.storedfile"
                    ),
                ),
                (
                    "specimen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lights", to="conservation.specimen"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("specimen", "light"), name="specimen_light_once")],
            },
        ),
        migrations.CreateModel(
            name="CardPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=4)),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(4),
                        ]
                    ),
                ),
                ("generator", models.CharField(max_length=20)),
                (
                    "picture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kit_files.storedfile"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("code", "severity"), name="card_picture_once")],
            },
        ),
    ]
