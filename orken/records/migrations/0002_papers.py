import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kit_files", "0001_initial"),
        ("network", "0006_libraries_of_a_list"),
        ("people", "0006_consent_on_paper"),
        ("people", "__first__"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("registered", "registered, to be signed"),
                            ("signed", "in force"),
                            ("amended", "in force, amended"),
                            ("cancelled", "cancelled"),
                            ("spoiled", "spoiled"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("source", models.CharField(blank=True, db_index=True, max_length=120)),
                (
                    "address",
                    models.CharField(
                        blank=True, help_text="The page of what it is about, without a language.", max_length=200
                    ),
                ),
                ("subject_kk", models.CharField(blank=True, max_length=500, verbose_name="what it is about")),
                ("subject_ru", models.CharField(blank=True, max_length=500, verbose_name="what it is about")),
                ("subject_en", models.CharField(blank=True, max_length=500, verbose_name="what it is about")),
                ("answers", models.JSONField(default=dict, help_text="What the one who prepares it chose and wrote.")),
                ("code", models.CharField(blank=True, max_length=40, verbose_name="number")),
                ("on", models.DateField(blank=True, null=True, verbose_name="date")),
                ("data", models.JSONField(default=dict, help_text="Everything that the paper says, as it was.")),
                ("sealed", models.CharField(blank=True, max_length=64)),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("prepared_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("registered_at", models.DateTimeField(blank=True, null=True)),
                ("synthetic", models.BooleanField(default=False, help_text="Made up for the demo country.")),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kit_files.storedfile",
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="issued_papers", to="network.unit"
                    ),
                ),
                (
                    "number",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper",
                        to="records.number",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        help_text="Whose business it is: within the issuer.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="network.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("hand", "by hand, the scan is kept"),
                            ("cms", "electronically, the signature file is kept"),
                        ],
                        max_length=4,
                    ),
                ),
                ("signatory_kk", models.CharField(max_length=300, verbose_name="signatory")),
                ("signatory_ru", models.CharField(max_length=300, verbose_name="signatory")),
                ("on", models.DateField(verbose_name="signed on")),
                ("proof", models.JSONField(default=dict, help_text="What was found in a signature file.")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kit_files.storedfile"
                    ),
                ),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signature", to="records.paper"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Template",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(blank=True, max_length=40)),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paper_templates", to="network.unit"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("issuer", "kind"), name="paper_template_once")],
            },
        ),
        migrations.CreateModel(
            name="TemplateVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("words", models.JSONField(default=dict)),
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
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="records.template"
                    ),
                ),
            ],
            options={
                "ordering": ["template", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("template", "number"), name="paper_template_version_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="paper",
            name="letterhead",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.templateversion",
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="words",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.templateversion",
            ),
        ),
        migrations.CreateModel(
            name="Named",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("name_kk", models.CharField(max_length=300)),
                ("name_ru", models.CharField(max_length=300)),
                ("name_en", models.CharField(blank=True, max_length=300)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="named_in_papers", to="people.person"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="named", to="records.paper"
                    ),
                ),
            ],
            options={
                "ordering": ["paper", "place"],
                "constraints": [models.UniqueConstraint(fields=("paper", "place"), name="paper_names_in_order")],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to", models.CharField(max_length=300, verbose_name="to whom")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("hand", "in person, against signature"),
                            ("post", "by post"),
                            ("mail", "by e-mail"),
                            ("courier", "by courier"),
                        ],
                        max_length=8,
                        verbose_name="way of delivery",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                ("struck_because", models.CharField(blank=True, max_length=300, verbose_name="reason")),
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
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="records.paper"
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("struck_at", None), ("struck_because", "")),
                            models.Q(("struck_at__isnull", False), models.Q(("struck_because", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="delivery_struck_with_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("effect", models.CharField(choices=[("amend", "amends"), ("cancel", "cancels")], max_length=6)),
                (
                    "by_paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="records.paper"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changed_by", to="records.paper"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("by_paper", "paper"), name="paper_changed_once_by_a_paper"),
                    models.CheckConstraint(
                        condition=models.Q(("by_paper", models.F("paper")), _negated=True),
                        name="paper_does_not_change_itself",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(fields=["issuer", "state"], name="paper_of_issuer"),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(fields=["unit", "prepared_at"], name="paper_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("code", ""),
                        ("number", None),
                        ("on", None),
                        ("registered_at", None),
                        ("sealed", ""),
                        ("state", "draft"),
                    ),
                    models.Q(
                        models.Q(("state", "draft"), _negated=True),
                        models.Q(("code", ""), _negated=True),
                        models.Q(("sealed", ""), _negated=True),
                        ("number__isnull", False),
                        ("on__isnull", False),
                        ("registered_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="paper_draft_or_registered",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "spoiled"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="paper_spoiled_with_a_reason",
            ),
        ),
    ]
