import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kit_files", "0001_initial"),
        ("network", "0007_struck_out"),
        ("people", "0006_consent_on_paper"),
        ("training", "0008_struck_out"),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="meeting",
                        serialize=False,
                        to="training.run",
                    ),
                ),
                (
                    "occasion_kk",
                    models.CharField(blank=True, help_text="In the dative.", max_length=300, verbose_name="occasion"),
                ),
                (
                    "occasion_ru",
                    models.CharField(blank=True, help_text="In the dative.", max_length=300, verbose_name="occasion"),
                ),
                (
                    "occasion_en",
                    models.CharField(blank=True, help_text="A noun phrase.", max_length=300, verbose_name="occasion"),
                ),
                (
                    "occasion_years",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="which anniversary"),
                ),
                ("call_until", models.DateField(blank=True, null=True, verbose_name="talks are taken until")),
                ("call_kk", models.TextField(blank=True, verbose_name="what the call asks for")),
                ("call_ru", models.TextField(blank=True, verbose_name="what the call asks for")),
                ("call_en", models.TextField(blank=True, verbose_name="what the call asks for")),
                ("revision", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "occasion_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("occasion_unit", None), ("occasion_years", None)),
                            models.Q(("occasion_unit__isnull", False), ("occasion_years__gte", 1)),
                            _connector="OR",
                        ),
                        name="meeting_anniversary_has_unit_and_years",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("call_until", None), models.Q(("call_kk", ""), _negated=True), _connector="OR"
                        ),
                        name="meeting_call_says_what_it_asks",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Institution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_kk", models.CharField(max_length=300, verbose_name="name")),
                ("name_ru", models.CharField(blank=True, max_length=300, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="name")),
                ("city_kk", models.CharField(blank=True, max_length=100, verbose_name="town or village")),
                ("city_ru", models.CharField(blank=True, max_length=100, verbose_name="town or village")),
                ("city_en", models.CharField(blank=True, max_length=100, verbose_name="town or village")),
                (
                    "delegation",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="how many people it sends"),
                ),
                (
                    "headcount",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="how many sat in its room"),
                ),
                ("contact", models.CharField(blank=True, max_length=200, verbose_name="contact person")),
                (
                    "reach",
                    models.CharField(blank=True, max_length=200, verbose_name="telephone or e-mail of the contact"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("listed", "listed"),
                            ("invited", "invited"),
                            ("comes", "takes part"),
                            ("declines", "does not take part"),
                        ],
                        default="listed",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("invited_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.unit",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="institutions", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", False)),
                        fields=("meeting", "unit"),
                        name="institution_once_in_a_meeting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declines"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="institution_declines_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="surname and given name")),
                ("institution", models.CharField(blank=True, max_length=300, verbose_name="institution")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("comes", models.BooleanField(blank=True, null=True)),
                (
                    "key_number",
                    models.PositiveIntegerField(default=1, help_text="Another number shuts the link given before."),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guests", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="guest_has_a_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("slots", models.JSONField(help_text="The places of the programme as they were released, in order.")),
                ("changes", models.JSONField(default=list, help_text="What differs from the version before.")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="release_number_once_in_a_meeting")
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title_kk", models.CharField(max_length=200, verbose_name="title")),
                ("title_ru", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=200, verbose_name="title")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "title_kk"), name="section_once_in_a_meeting")
                ],
            },
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="sitting",
                        serialize=False,
                        to="training.session",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sittings", to="meetings.section"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("surname_kk", models.CharField(blank=True, max_length=100, verbose_name="surname")),
                ("given_kk", models.CharField(blank=True, max_length=100, verbose_name="given name")),
                ("patronymic_kk", models.CharField(blank=True, max_length=100, verbose_name="patronymic")),
                ("surname_ru", models.CharField(blank=True, max_length=100, verbose_name="surname")),
                ("given_ru", models.CharField(blank=True, max_length=100, verbose_name="given name")),
                ("patronymic_ru", models.CharField(blank=True, max_length=100, verbose_name="patronymic")),
                ("surname_en", models.CharField(blank=True, max_length=100, verbose_name="surname")),
                ("given_en", models.CharField(blank=True, max_length=100, verbose_name="given name")),
                (
                    "sex",
                    models.CharField(
                        blank=True, choices=[("f", "female"), ("m", "male")], max_length=1, verbose_name="sex"
                    ),
                ),
                ("position_kk", models.CharField(blank=True, max_length=300, verbose_name="position")),
                ("position_ru", models.CharField(blank=True, max_length=300, verbose_name="position")),
                ("position_en", models.CharField(blank=True, max_length=300, verbose_name="position")),
                ("institution_kk", models.CharField(blank=True, max_length=300, verbose_name="institution")),
                ("institution_ru", models.CharField(blank=True, max_length=300, verbose_name="institution")),
                ("institution_en", models.CharField(blank=True, max_length=300, verbose_name="institution")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "answer",
                    models.CharField(
                        choices=[("asked", "not asked or no answer yet"), ("comes", "speaks"), ("declines", "cannot")],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "key_number",
                    models.PositiveIntegerField(default=1, help_text="Another number shuts the links given before."),
                ),
                (
                    "consent",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not asked yet"),
                            ("yes", "may be recorded and shown"),
                            ("no", "is not recorded"),
                        ],
                        max_length=3,
                        verbose_name="recording",
                    ),
                ),
                ("consented_at", models.DateTimeField(blank=True, null=True)),
                (
                    "consent_by",
                    models.CharField(
                        blank=True, help_text="Who noted it: she herself, or whom she told.", max_length=300
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="speakers", to="meetings.meeting"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spoke",
                        to="people.person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("meeting", "person"),
                        name="speaker_once_in_a_meeting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("surname_en", ""), ("surname_kk", ""), ("surname_ru", ""), _negated=True),
                        name="speaker_has_a_surname",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consent", ""), ("consented_at", None)),
                            models.Q(models.Q(("consent", ""), _negated=True), ("consented_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="speaker_consent_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="section",
            name="moderators",
            field=models.ManyToManyField(blank=True, related_name="moderated", to="meetings.speaker"),
        ),
        migrations.CreateModel(
            name="Talk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title_kk", models.CharField(blank=True, max_length=400, verbose_name="title")),
                ("title_ru", models.CharField(blank=True, max_length=400, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=400, verbose_name="title")),
                ("abstract_kk", models.TextField(blank=True, verbose_name="abstract")),
                ("abstract_ru", models.TextField(blank=True, verbose_name="abstract")),
                ("abstract_en", models.TextField(blank=True, verbose_name="abstract")),
                (
                    "spoken",
                    models.CharField(
                        choices=[("kk", "Kazakh"), ("ru", "Russian"), ("en", "English")],
                        default="kk",
                        max_length=2,
                        verbose_name="language of the talk",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(default=15, verbose_name="minutes")),
                (
                    "invited",
                    models.BooleanField(
                        default=False, help_text="Asked for by the organiser; nobody looks at it first."
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("review", "under review"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "press",
                    models.UUIDField(
                        help_text="The form that sent it: sent twice it is one talk.", null=True, unique=True
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="talks", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["meeting", "state"], name="talk_of_meeting")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title_en", ""), ("title_kk", ""), ("title_ru", ""), _negated=True),
                        name="talk_has_a_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 1), ("minutes__lte", 600)), name="talk_minutes_in_range"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["declined", "withdrawn"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="talk_ends_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("talk", "talk"),
                            ("opening", "opening"),
                            ("discussion", "exchange of opinions"),
                            ("closing", "closing"),
                            ("break", "break"),
                            ("other", "other"),
                        ],
                        default="talk",
                        max_length=10,
                        verbose_name="what it is",
                    ),
                ),
                ("title_kk", models.CharField(blank=True, max_length=300, verbose_name="title")),
                ("title_ru", models.CharField(blank=True, max_length=300, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="meetings.meeting"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="slots", to="training.session"
                    ),
                ),
                (
                    "talk",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slot",
                        to="meetings.talk",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 1), ("minutes__lte", 600)), name="slot_minutes_in_range"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "talk"), ("talk__isnull", False)),
                            models.Q(models.Q(("kind", "talk"), _negated=True), ("talk", None)),
                            _connector="OR",
                        ),
                        name="slot_of_a_talk_names_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("take", "take it"), ("unsure", "not sure"), ("leave", "leave it out")],
                        max_length=8,
                        verbose_name="verdict",
                    ),
                ),
                ("remark", models.TextField(blank=True, verbose_name="remark for the speaker")),
                ("inner", models.TextField(blank=True, verbose_name="remark for the organisers")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "talk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="looks", to="meetings.talk"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("talk", "by"), name="look_once_by_each")],
            },
        ),
        migrations.CreateModel(
            name="TalkFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("slides", "slides"), ("text", "text of the talk"), ("more", "further material")],
                        default="slides",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("shown", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
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
                    "talk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="meetings.talk"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="TalkSpeaker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(default=1)),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="gives", to="meetings.speaker"
                    ),
                ),
                (
                    "talk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="given_by", to="meetings.talk"
                    ),
                ),
            ],
            options={
                "ordering": ["place", "pk"],
                "constraints": [models.UniqueConstraint(fields=("talk", "speaker"), name="speaker_once_in_a_talk")],
            },
        ),
        migrations.AddField(
            model_name="talk",
            name="speakers",
            field=models.ManyToManyField(related_name="talks", through="meetings.TalkSpeaker", to="meetings.speaker"),
        ),
    ]
