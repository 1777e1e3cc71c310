import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("competencies", "0001_initial"),
        ("kit_files", "0001_initial"),
        ("network", "0006_libraries_of_a_list"),
        ("people", "0006_consent_on_paper"),
        ("people", "__first__"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "source",
                    models.CharField(db_index=True, help_text="Whose: «training.run:NL-2026-42».", max_length=80),
                ),
                ("source_address", models.CharField(blank=True, max_length=200)),
                ("title_kk", models.CharField(max_length=300)),
                ("title_ru", models.CharField(blank=True, max_length=300)),
                ("title_en", models.CharField(blank=True, max_length=300)),
                ("common", models.JSONField(help_text="What all its papers say alike.")),
                ("rows", models.JSONField(help_text="Of whom: frozen names, minutes, unit.")),
                ("size", models.PositiveIntegerField()),
                (
                    "work",
                    models.UUIDField(
                        blank=True, help_text="The background work that prepares or issues it.", null=True
                    ),
                ),
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
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.CharField(help_text="ASCII form; addresses and codes have it.", max_length=40, unique=True),
                ),
                ("number_kk", models.CharField(max_length=40, unique=True)),
                ("source", models.CharField(help_text="What it certifies: «training.enrolment:17».", max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("note", "attendance note"),
                            ("participant", "participant's certificate"),
                            ("development", "certificate of professional development"),
                            ("internship", "certificate of internship"),
                        ],
                        max_length=12,
                        verbose_name="document",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "prepared"),
                            ("signed", "signed"),
                            ("issued", "issued"),
                            ("replaced", "replaced"),
                            ("revoked", "revoked"),
                            ("spoiled", "spoiled"),
                        ],
                        default="prepared",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("surname_kk", models.CharField(max_length=100)),
                ("surname_ru", models.CharField(max_length=100)),
                ("sort_kk", models.CharField(db_index=True, max_length=400)),
                ("sort_ru", models.CharField(db_index=True, max_length=400)),
                ("minutes", models.PositiveIntegerField(help_text="Of learning; the paper shows academic hours.")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("dated_on", models.DateField(verbose_name="date of the document")),
                ("data", models.JSONField(help_text="Everything that the paper says.")),
                ("digest", models.CharField(max_length=64)),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="certificates", to="credentials.batch"
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kit_files.storedfile",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="certificates", to="people.person"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="credentials.certificate",
                    ),
                ),
                (
                    "taken",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.number"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        help_text="Where she worked then.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Copy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("on", models.DateField(default=django.utils.timezone.localdate)),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="copies", to="credentials.certificate"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("certificate", "number"), name="copy_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("reason", ""), _negated=True), ("number__gte", 1)),
                        name="copy_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("note", "attendance note"),
                            ("participant", "participant's certificate"),
                            ("development", "certificate of professional development"),
                            ("internship", "certificate of internship"),
                        ],
                        max_length=12,
                        verbose_name="document",
                    ),
                ),
                (
                    "training",
                    models.CharField(
                        blank=True, help_text="Empty: any.", max_length=20, verbose_name="kind of training"
                    ),
                ),
                ("hours_from", models.PositiveSmallIntegerField(default=0, verbose_name="academic hours, from")),
                (
                    "hours_below",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="academic hours, below"),
                ),
                ("final", models.BooleanField(default=False, verbose_name="with a passed final")),
                ("title_kk", models.CharField(max_length=120, verbose_name="title in Kazakh")),
                ("title_ru", models.CharField(max_length=120, verbose_name="title in Russian")),
                ("title_en", models.CharField(max_length=120, verbose_name="title in English")),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="basis")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="document_rule_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at", None), ("superseded_at__gte", models.F("recorded_at")), _connector="OR"
                        ),
                        name="document_rule_struck_out_after_recorded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hours_below", None), ("hours_below__gt", models.F("hours_from")), _connector="OR"
                        ),
                        name="document_rule_hours_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("hands", "into her own hands"),
                            ("library", "through her library"),
                            ("post", "by post"),
                            ("electronic", "as a file"),
                        ],
                        max_length=10,
                        verbose_name="way of delivery",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("signed", models.BooleanField(default=False, verbose_name="signed for")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
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
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_overs",
                        to="credentials.certificate",
                    ),
                ),
                (
                    "copy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_overs",
                        to="credentials.copy",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("copy", None), ("superseded_at", None)),
                        fields=("certificate",),
                        name="hand_over_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("copy__isnull", False), ("superseded_at", None)),
                        fields=("copy",),
                        name="hand_over_of_a_copy_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutsideTraining",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300, verbose_name="what it was called")),
                ("organiser", models.CharField(max_length=300, verbose_name="who held it")),
                ("hours", models.PositiveSmallIntegerField(verbose_name="academic hours by the paper")),
                ("minutes", models.PositiveIntegerField(help_text="By the norm of an academic hour of the day.")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("paper", models.CharField(blank=True, max_length=100, verbose_name="number of the paper")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "sent"),
                            ("recognised", "recognised"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="sent",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
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
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kit_files.storedfile"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outside_training", to="people.person"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        help_text="Where she worked when she sent it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="outside_training_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours__gte", 1), ("hours__lte", 1000)),
                        name="outside_training_hours_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="outside_training_declined_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["sent", "withdrawn"]), ("decided_at__isnull", False), _connector="OR"
                        ),
                        name="outside_training_decided_at_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "activity",
                    models.CharField(
                        choices=[
                            ("live", "live lessons"),
                            ("recording", "recordings"),
                            ("teaching", "teaching others"),
                            ("self", "self-directed"),
                            ("outside", "outside training"),
                        ],
                        max_length=10,
                    ),
                ),
                ("minutes", models.PositiveIntegerField()),
                ("on", models.DateField(help_text="The last day of what was learned.")),
                ("confirmed", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "certificate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hours",
                        to="credentials.certificate",
                    ),
                ),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hours", to="people.person"
                    ),
                ),
                (
                    "verifier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outside",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger",
                        to="credentials.outsidetraining",
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "pk"],
                "indexes": [models.Index(fields=["person", "superseded_at", "on"], name="ledger_of_person")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("minutes__gt", 0)), name="ledger_row_has_minutes"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("certificate", None), ("outside__isnull", False)),
                            models.Q(("certificate__isnull", False), ("outside", None)),
                            _connector="OR",
                        ),
                        name="ledger_row_has_one_source",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("certificate__isnull", False), ("superseded_at", None)),
                        fields=("certificate", "activity"),
                        name="ledger_activity_once_of_a_certificate",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outside__isnull", False), ("superseded_at", None)),
                        fields=("outside",),
                        name="ledger_once_of_outside",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Prefix",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kk",
                    models.CharField(
                        max_length=20,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[А-ЯЁӘҒҚҢӨҰҮҺІ]{2,6}(-[А-ЯЁӘҒҚҢӨҰҮҺІ]{2,6})?$",
                                "Use capital letters, for example ҰК-КШ.",
                            )
                        ],
                        verbose_name="prefix in Kazakh letters",
                    ),
                ),
                (
                    "ascii",
                    models.CharField(
                        max_length=20,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{2,6}(-[A-Z]{2,6})?$", "Use capital Latin letters, for example NL-CAT."
                            )
                        ],
                        verbose_name="prefix in Latin letters",
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.unit"),
                ),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate_prefix",
                        to="network.unit",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="certificate",
            name="prefix",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="certificates", to="credentials.prefix"
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="prefix",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="credentials.prefix"
            ),
        ),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public", models.CharField(help_text="Multibase; did:key is made of it.", max_length=80, unique=True)),
                ("sealed", models.TextField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signing_keys", to="network.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)), fields=("issuer",), name="signing_key_one_signs"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("factor", models.PositiveIntegerField(help_text="Odd, so that every place is given once.")),
                ("start", models.PositiveIntegerField()),
                ("given", models.PositiveIntegerField(default=0)),
                (
                    "signed",
                    models.TextField(blank=True, help_text="The list as a signed credential, as it was made last."),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="status_lists", to="network.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("issuer", "number"), name="status_list_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("given__lte", 131072)), name="status_list_holds_its_places"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Badge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                (
                    "ends",
                    models.BooleanField(
                        default=False, help_text="Its bit is set: the certificate was replaced or revoked."
                    ),
                ),
                ("linked", models.TextField(help_text="JSON-LD with an eddsa-rdfc-2022 proof.")),
                ("token", models.TextField(help_text="The same as a VC-JWT.")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "certificate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="badge", to="credentials.certificate"
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="credentials.signingkey"
                    ),
                ),
                (
                    "status_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="badges", to="credentials.statuslist"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("status_list", "place"), name="badge_place_once")],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("verb", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("facts", models.JSONField(default=dict)),
                ("before", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
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
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="credentials.certificate"
                    ),
                ),
            ],
            options={
                "ordering": ["certificate", "place"],
                "constraints": [models.UniqueConstraint(fields=("certificate", "place"), name="step_place_once")],
            },
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["batch", "state"], name="certificate_of_batch"),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["person", "state"], name="certificate_of_person"),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["state", "dated_on"], name="certificate_by_state"),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "issued")), fields=("source",), name="certificate_one_issued_of_a_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["prepared", "signed"])),
                fields=("source",),
                name="certificate_one_on_its_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="certificate_days_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(condition=models.Q(("minutes__gt", 0)), name="certificate_has_minutes"),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["replaced", "revoked", "spoiled"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="certificate_ended_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("issued_at", None), ("state__in", ["prepared", "signed", "spoiled"])),
                    models.Q(("issued_at__isnull", False), ("state__in", ["issued", "replaced", "revoked"])),
                    _connector="OR",
                ),
                name="certificate_issued_at_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaces", None), models.Q(("replaces", models.F("id")), _negated=True), _connector="OR"
                ),
                name="certificate_not_its_own_successor",
            ),
        ),
    ]
