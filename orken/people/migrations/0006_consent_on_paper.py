from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("people", "0005_revision_and_lists")]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="kept_at",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Folder and shelf, for a consent on paper.",
                max_length=300,
                verbose_name="where the paper is kept",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=~Q(way="paper") | ~Q(kept_at=""), name="consent_on_paper_says_where_it_is_kept"
            ),
        ),
    ]
