import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="CatalogueFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("file_id", models.UUIDField(null=True)),
                (
                    "profile",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("rusmarc", "RUSMARC"),
                            ("marc21", "MARC 21"),
                            ("unimarc", "UNIMARC"),
                            ("kazmarc", "KAZMARC"),
                        ],
                        max_length=10,
                    ),
                ),
                ("encoding", models.CharField(blank=True, max_length=10)),
                ("work_id", models.UUIDField(null=True)),
                ("counts", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("checked_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["by", "-created_at"], name="catalogue_file_of_account")],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record", models.PositiveIntegerField()),
                ("identifier", models.CharField(blank=True, max_length=60)),
                ("cataloguer", models.CharField(blank=True, max_length=100)),
                ("rule", models.CharField(max_length=80)),
                ("severity", models.CharField(max_length=5)),
                ("field", models.CharField(blank=True, max_length=3)),
                ("occurrence", models.PositiveSmallIntegerField(default=1)),
                ("subfield", models.CharField(blank=True, max_length=2)),
                ("message_kk", models.CharField(max_length=500)),
                ("message_ru", models.CharField(max_length=500)),
                ("message_en", models.CharField(max_length=500)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="cataloguing.cataloguefile",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["file", "rule"], name="finding_by_rule"),
                    models.Index(fields=["file", "record"], name="finding_by_record"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProfileRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tag",
                    models.CharField(
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9A-Z]{3}$", "A tag has three digits or capital letters."
                            )
                        ],
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=4)),
                ("name_kk", models.CharField(blank=True, max_length=200)),
                ("name_ru", models.CharField(blank=True, max_length=200)),
                ("name_en", models.CharField(blank=True, max_length=200)),
                ("used", models.BooleanField(default=True)),
                ("mandatory", models.BooleanField(default=False)),
                ("repeatable", models.BooleanField(default=True)),
                ("values", models.CharField(blank=True, max_length=40)),
                ("source", models.CharField(max_length=300)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                "ordering": ["tag", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("tag", "code"), name="profile_row_once"),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="profile_row_has_a_source"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("book", models.CharField(max_length=60)),
                ("format", models.CharField(choices=[("rusmarc", "RUSMARC"), ("marc21", "MARC 21")], max_length=10)),
                ("agreement", models.DecimalField(decimal_places=1, max_digits=4)),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("book", "format"),
                        name="publication_live_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agreement__gte", 85)), name="publication_needs_agreement"
                    ),
                ],
            },
        ),
    ]
