import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("network", "0006_libraries_of_a_list"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="series")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("last", models.PositiveIntegerField(default=0, help_text="The number that was taken last.")),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="series", to="network.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("issuer", "code", "year"), name="series_once"),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1990), ("year__lte", 2200)), name="series_year_in_range"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Number",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveIntegerField(verbose_name="number")),
                ("for_kind", models.CharField(help_text="Of what: «order.enrol», «certificate».", max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[("taken", "taken"), ("spoiled", "spoiled")], default="taken", max_length=8
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("taken_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("spoiled_at", models.DateTimeField(blank=True, null=True)),
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
                    "spoiled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="numbers", to="records.series"
                    ),
                ),
            ],
            options={
                "ordering": ["series", "sequence"],
                "constraints": [
                    models.UniqueConstraint(fields=("series", "sequence"), name="number_once_in_its_series"),
                    models.CheckConstraint(condition=models.Q(("sequence__gte", 1)), name="number_counts_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), ("spoiled_at", None), ("state", "taken")),
                            models.Q(
                                ("spoiled_at__isnull", False),
                                ("state", "spoiled"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="number_spoiled_with_a_reason",
                    ),
                ],
            },
        ),
    ]
