import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conservation", "0001_pictures"),
        ("kit_files", "0001_initial"),
        ("network", "0001_initial"),
        ("people", "0001_initial"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("serial", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=60, unique=True)),
                ("shelfmark", models.CharField(max_length=100)),
                ("inventory", models.CharField(blank=True, max_length=100)),
                ("title", models.CharField(max_length=300)),
                ("sort_title", models.CharField(blank=True, db_index=True, max_length=600)),
                ("dated", models.CharField(blank=True, max_length=60)),
                (
                    "script",
                    models.CharField(
                        choices=[
                            ("arab", "Arabic script"),
                            ("tote", "töte jazu"),
                            ("latn", "Latin script"),
                            ("cyrl", "Cyrillic script"),
                            ("other", "another script"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("book", "book"),
                            ("manuscript", "manuscript"),
                            ("newspaper", "newspaper, magazine"),
                            ("map", "map, sheet"),
                            ("photograph", "photograph"),
                            ("other", "other"),
                        ],
                        max_length=12,
                    ),
                ),
                ("owner", models.CharField(blank=True, max_length=200)),
                ("synthetic", models.BooleanField(default=False)),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.unit"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "serial"), name="item_serial_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("inventory", ""), _negated=True),
                        fields=("unit", "inventory"),
                        name="item_inventory_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Passport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("issued", "Issued"), ("superseded", "Superseded")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("vocabulary", models.CharField(default="2026.1", max_length=20)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("survey", "collection survey"),
                            ("loan", "loan or display"),
                            ("treatment", "before treatment"),
                            ("digitising", "digitising"),
                            ("incident", "after an incident"),
                            ("exercise", "exercise"),
                        ],
                        default="survey",
                        max_length=10,
                    ),
                ),
                ("examined_on", models.DateField(default=django.utils.timezone.localdate)),
                ("light", models.CharField(blank=True, max_length=100)),
                ("instruments", models.CharField(blank=True, max_length=200)),
                (
                    "support",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("rag_paper", "rag paper"),
                            ("wood_pulp_paper", "wood-pulp paper"),
                            ("coated_paper", "coated paper"),
                            ("parchment", "parchment"),
                            ("leather", "leather"),
                            ("photograph", "photographic paper"),
                        ],
                        max_length=20,
                    ),
                ),
                ("media", models.JSONField(blank=True, default=list)),
                (
                    "height_mm",
                    models.PositiveIntegerField(
                        blank=True, null=True, validators=[django.core.validators.MaxValueValidator(5000)]
                    ),
                ),
                (
                    "width_mm",
                    models.PositiveIntegerField(
                        blank=True, null=True, validators=[django.core.validators.MaxValueValidator(5000)]
                    ),
                ),
                (
                    "leaves",
                    models.PositiveIntegerField(
                        blank=True, null=True, validators=[django.core.validators.MaxValueValidator(20000)]
                    ),
                ),
                (
                    "binding",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "unbound"),
                            ("paper", "paper cover"),
                            ("cloth", "cloth over boards"),
                            ("leather", "leather over boards"),
                            ("half", "half leather"),
                            ("flap", "oriental, with a flap"),
                        ],
                        max_length=10,
                    ),
                ),
                ("anatomy", models.TextField(blank=True)),
                (
                    "ph",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(13),
                        ],
                    ),
                ),
                ("ph_place", models.CharField(blank=True, max_length=100)),
                (
                    "iron",
                    models.CharField(
                        blank=True,
                        choices=[("", "not tested"), ("negative", "negative"), ("positive", "positive")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("solubility", models.TextField(blank=True)),
                (
                    "hazard",
                    models.CharField(
                        choices=[
                            ("none", "no sign"),
                            ("mould", "mould"),
                            ("arsenic", "arsenic or mercury suspected"),
                            ("soot", "soot"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                (
                    "object_class",
                    models.CharField(
                        choices=[
                            ("I", "I good"),
                            ("II", "II satisfactory"),
                            ("III", "III poor"),
                            ("IV", "IV emergency"),
                        ],
                        default="I",
                        max_length=3,
                    ),
                ),
                (
                    "access",
                    models.CharField(
                        choices=[
                            ("open", "handed out"),
                            ("care", "with care, in the reading room"),
                            ("help", "with a specialist only"),
                            ("copy", "a copy is handed out"),
                            ("closed", "not handed out"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("decision", models.TextField(blank=True)),
                ("proposal", models.JSONField(blank=True, default=list)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("norm_set", models.CharField(default="gost-7.50", max_length=20)),
                (
                    "enclosure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none"),
                            ("folder", "folder"),
                            ("envelope", "four-flap envelope"),
                            ("box", "phase box"),
                            ("made_box", "box made to measure"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200)),
                ("previous", models.TextField(blank=True)),
                ("next_on", models.DateField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                (
                    "issued",
                    models.JSONField(blank=True, help_text="What the paper says, as it was on the day.", null=True),
                ),
                ("digest", models.CharField(blank=True, max_length=64)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                    "examiner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="passports", to="conservation.item"
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "overview",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kit_files.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["state", "object_class"], name="passport_by_class")],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "version"), name="passport_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")), fields=("item",), name="passport_one_draft"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "issued")), fields=("item",), name="passport_one_issued"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("digest", ""), ("issued_at", None), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("issued_at__isnull", False),
                                models.Q(("digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="passport_issued_is_sealed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="passport_approval_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_on", None), ("next_on__gte", models.F("examined_on")), _connector="OR"
                        ),
                        name="passport_next_after_this",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PassportDamage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("M1", "M1"),
                            ("M2", "M2"),
                            ("M3", "M3"),
                            ("M4", "M4"),
                            ("M5", "M5"),
                            ("M6", "M6"),
                            ("C1", "C1"),
                            ("C2", "C2"),
                            ("C3", "C3"),
                            ("C4", "C4"),
                            ("C5", "C5"),
                            ("C6", "C6"),
                            ("C7", "C7"),
                            ("C8", "C8"),
                            ("C9", "C9"),
                            ("C10", "C10"),
                            ("W1", "W1"),
                            ("W2", "W2"),
                            ("W3", "W3"),
                            ("W4", "W4"),
                            ("W5", "W5"),
                            ("B1", "B1"),
                            ("B2", "B2"),
                            ("B3", "B3"),
                            ("B4", "B4"),
                            ("B5", "B5"),
                            ("S1", "S1"),
                            ("S2", "S2"),
                            ("S3", "S3"),
                            ("S4", "S4"),
                            ("R1", "R1"),
                            ("R2", "R2"),
                            ("K1", "K1"),
                            ("K2", "K2"),
                            ("K3", "K3"),
                            ("K4", "K4"),
                            ("K5", "K5"),
                            ("P1", "P1"),
                            ("P2", "P2"),
                        ],
                        max_length=3,
                    ),
                ),
                ("leaf", models.CharField(blank=True, max_length=60)),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("r", "recto"),
                            ("v", "verso"),
                            ("cover", "cover"),
                            ("spine", "spine"),
                            ("edge", "edge of the block"),
                            ("whole", "whole object"),
                        ],
                        default="r",
                        max_length=5,
                    ),
                ),
                ("zone", models.CharField(blank=True, max_length=100)),
                ("size_mm", models.CharField(blank=True, max_length=60)),
                (
                    "extent",
                    models.CharField(
                        choices=[("under_5", "< 5 %"), ("5_25", "5–25 %"), ("25_50", "25–50 %"), ("over_50", "> 50 %")],
                        default="under_5",
                        max_length=8,
                    ),
                ),
                ("severity", models.PositiveSmallIntegerField(choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4")])),
                ("cause", models.CharField(blank=True, max_length=200)),
                ("active", models.BooleanField(default=False)),
                (
                    "x",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "y",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "w",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "h",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "passport",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="damages", to="conservation.passport"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("passport", "number"), name="damage_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("severity__range", (1, 4))), name="damage_severity_1_to_4"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("h", None), ("w", None), ("x", None), ("y", None)),
                            models.Q(
                                ("h__isnull", False),
                                ("w__isnull", False),
                                ("x__isnull", False),
                                ("y__isnull", False),
                                ("h__gt", 0),
                                ("h__lte", 100),
                                ("w__gt", 0),
                                ("w__lte", 100),
                                ("x__gte", 0),
                                ("x__lte", 100),
                                ("y__gte", 0),
                                ("y__lte", 100),
                            ),
                            _connector="OR",
                        ),
                        name="damage_box_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_kk", models.CharField(max_length=120)),
                ("name_ru", models.CharField(blank=True, max_length=120)),
                ("name_en", models.CharField(blank=True, max_length=120)),
                ("norm_set", models.CharField(default="gost-7.50", max_length=20)),
                ("device", models.CharField(blank=True, max_length=100)),
                ("calibrated_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("synthetic", models.BooleanField(default=False)),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.unit"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("unit", "name_kk"), name="room_name_once")],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("temperature", models.DecimalField(decimal_places=1, max_digits=4)),
                ("humidity", models.DecimalField(decimal_places=1, max_digits=4)),
                (
                    "source",
                    models.CharField(choices=[("typed", "typed"), ("file", "from a logger's file")], max_length=5),
                ),
                ("batch", models.UUIDField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("superseded_at", models.DateTimeField(null=True)),
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
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="conservation.room"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["room", "at"], name="reading_of_room"),
                    models.Index(fields=["batch"], name="reading_of_batch"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)), fields=("room", "at"), name="reading_one_live"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("humidity__range", (0, 100))), name="reading_humidity_in_percent"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("temperature__range", (-40, 80))), name="reading_temperature_possible"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at", None), ("superseded_at__gte", models.F("recorded_at")), _connector="OR"
                        ),
                        name="reading_after_its_start",
                    ),
                ],
            },
        ),
    ]
