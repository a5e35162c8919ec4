from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("members", "0003_whole_members")]

    operations = [
        migrations.AddField(
            model_name="member",
            name="picture_version",
            field=models.CharField(blank=True, default="", help_text="Which picture there is; empty: none.", max_length=16),
            preserve_default=False,
        ),
    ]
