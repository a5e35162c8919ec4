from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("site", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="unsubscribe",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Where one click stops such mails; goes into the headers (RFC 8058).",
                max_length=300,
            ),
            preserve_default=False,
        ),
    ]
