from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0007_reasons_of_corrections'),
    ]

    operations = [
        migrations.AddField(
            model_name='member',
            name='open_to_buddy',
            field=models.BooleanField(default=False, help_text='Would look after a newcomer for a few weeks.'),
        ),
    ]
