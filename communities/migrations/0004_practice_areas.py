from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0003_founding_and_care'),
    ]

    operations = [
        migrations.AddField(
            model_name='community',
            name='practice_areas',
            field=models.JSONField(blank=True, default=list, help_text='The kinds of work that people here share, as a list of short phrases.'),
        ),
    ]
