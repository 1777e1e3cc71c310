from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courseware", "0001_initial")]

    operations = [
        migrations.AddField("block", "former", models.JSONField(default=dict)),
        migrations.AlterField(
            "courseversion",
            "state",
            models.CharField(
                max_length=10,
                default="draft",
                choices=[
                    ("draft", "being written"),
                    ("review", "waits for a second reader"),
                    ("published", "published"),
                ],
            ),
        ),
    ]
