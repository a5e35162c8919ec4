from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0005_directory_entries")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="takes_repeats",
            field=models.BooleanField(
                default=False, help_text="Equal notices become this one, as long as it is younger than ten minutes."
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("takes_repeats", True)),
                fields=("member", "kind", "key"),
                name="equal_notices_become_one",
            ),
        ),
    ]
