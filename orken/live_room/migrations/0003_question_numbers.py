from typing import Any

from django.db import migrations, models


def number(apps: Any, schema: Any) -> None:
    """Questions that stand are numbered as they came."""
    question = apps.get_model("live_room", "Question")
    last: dict[int, int] = {}
    for row in question.objects.order_by("room", "asked_at", "pk"):
        last[row.room_id] = row.number = last.get(row.room_id, 0) + 1
        row.save(update_fields=["number"])


class Migration(migrations.Migration):
    dependencies = [("live_room", "0002_guests_in_rooms")]

    operations = [
        migrations.AddField(
            model_name="question",
            name="number",
            field=models.PositiveIntegerField(default=0, help_text="Within the room, as it came; never given again."),
            preserve_default=False,
        ),
        migrations.RunPython(number, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(fields=("room", "number"), name="live_question_number_once_in_a_room"),
        ),
    ]
