import datetime

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0004_withdrawn"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quiet_from", models.TimeField(default=datetime.time(21, 0))),
                ("quiet_to", models.TimeField(default=datetime.time(8, 0))),
                ("digest_at", models.TimeField(default=datetime.time(8, 0))),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notice_hours", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LetterText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("language", models.CharField(choices=[("kk", "kk"), ("ru", "ru"), ("en", "en")], max_length=2)),
                ("version", models.PositiveIntegerField()),
                ("subject", models.CharField(blank=True, max_length=200, verbose_name="subject")),
                ("body", models.TextField(blank=True, max_length=5000, verbose_name="text")),
                (
                    "as_in_code",
                    models.BooleanField(
                        default=False, help_text="From this version on the text of the code holds again."
                    ),
                ),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "language", "version"), name="letter_text_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("as_in_code", True), ("body", ""), ("subject", "")),
                            models.Q(models.Q(("subject", ""), _negated=True), models.Q(("body", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="letter_text_is_written",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200, unique=True)),
                ("kind", models.CharField(max_length=60)),
                ("subject_kk", models.CharField(max_length=300)),
                ("subject_ru", models.CharField(max_length=300)),
                ("subject_en", models.CharField(max_length=300)),
                ("body_kk", models.TextField()),
                ("body_ru", models.TextField()),
                ("body_en", models.TextField()),
                ("language", models.CharField(help_text="Hers, in which a letter goes out.", max_length=2)),
                (
                    "versions",
                    models.JSONField(default=dict, help_text="Version of the text by language; 0 is the text in code."),
                ),
                ("page", models.CharField(blank=True, help_text="Where it leads, without a language.", max_length=300)),
                ("about_kind", models.CharField(blank=True, max_length=80)),
                ("about_id", models.CharField(blank=True, max_length=64)),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(blank=True, max_length=300)),
                ("scope_path", models.CharField(blank=True, db_index=True, max_length=255)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "-created_at"], name="notice_of_person"),
                    models.Index(fields=["by_id", "-created_at"], name="notice_by_sender"),
                    models.Index(condition=models.Q(("read_at", None)), fields=["person"], name="notice_unread"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[("mail", "mail"), ("paper", "paper"), ("messenger", "messenger")], max_length=10
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "waits for its hour"),
                            ("posted", "in the outbox"),
                            ("done", "handed over"),
                            ("unwanted", "not wanted by mail"),
                            ("no_address", "no address"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "digest",
                    models.BooleanField(default=False, help_text="Goes with the others of the day, in one letter."),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                (
                    "letter_key",
                    models.CharField(blank=True, db_index=True, help_text="Its letter in the outbox.", max_length=200),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="notices.notice"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "held")), fields=["due_at"], name="delivery_due")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "channel"), name="delivery_once_by_each_way"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_at__isnull", False), ("state", "held")),
                            models.Q(("state", "held"), _negated=True),
                            _connector="OR",
                        ),
                        name="delivery_held_until",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "posted"), _negated=True),
                            models.Q(("letter_key", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="delivery_posted_has_its_letter",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                (
                    "mail",
                    models.CharField(
                        choices=[
                            ("now", "at once"),
                            ("digest", "once a day, all in one letter"),
                            ("off", "only on the page"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_preferences",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "kind"), name="preference_once")],
            },
        ),
    ]
