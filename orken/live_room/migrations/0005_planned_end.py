from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("live_room", "0004_line_checks_of_speakers_by_link"),
    ]

    operations = [
        migrations.AddField(
            model_name="room",
            name="planned_end",
            field=models.DateTimeField(
                blank=True,
                help_text="The end by the timetable of a session that was ended before it; it holds again when the room is opened again.",
                null=True,
            ),
        ),
    ]
