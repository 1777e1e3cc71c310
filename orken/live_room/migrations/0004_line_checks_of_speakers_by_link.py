import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("live_room", "0003_question_numbers"),
        ("meetings", "0002_guests_in_rooms"),
        ("people", "0006_consent_on_paper"),
    ]

    operations = [
        migrations.AddField(
            model_name="linecheck",
            name="guest",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meetings.guest",
            ),
        ),
        migrations.AlterField(
            model_name="linecheck",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="line_checks",
                to="people.person",
            ),
        ),
        migrations.AddConstraint(
            model_name="linecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("guest", None), ("person__isnull", False)),
                    models.Q(("guest__isnull", False), ("person", None)),
                    _connector="OR",
                ),
                name="line_check_is_of_a_person_or_a_guest",
            ),
        ),
        migrations.AddConstraint(
            model_name="linecheck",
            constraint=models.UniqueConstraint(
                condition=models.Q(("guest__isnull", False)),
                fields=("room", "guest"),
                name="line_checked_once_by_a_guest",
            ),
        ),
    ]
