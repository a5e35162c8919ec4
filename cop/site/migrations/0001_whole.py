import django.core.validators
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('site', '0001_first'), ('site', '0002_mail_that_one_click_stops'), ('site', '0003_other_repositories')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='JobRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('status', models.CharField(choices=[('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('skipped', 'Skipped')], default='running', max_length=10)),
                ('counts', models.JSONField(blank=True, default=dict)),
                ('error', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(fields=['name', '-started_at'], name='job_runs_newest_first')],
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('key', models.CharField(help_text='The same key never sends twice.', max_length=120, unique=True)),
                ('to', models.EmailField(max_length=254)),
                ('subject', models.CharField(max_length=200)),
                ('text', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('calendar', models.TextField(blank=True, help_text='A calendar file that goes with it.')),
                ('calendar_method', models.CharField(blank=True, max_length=10, validators=[django.core.validators.RegexValidator('^(PUBLISH|REQUEST|CANCEL)$')])),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Sending'), ('sent', 'Sent'), ('failed', 'Failed')], default='waiting', max_length=10)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('unsubscribe', models.CharField(blank=True, help_text='Where one click stops such mails; goes into the headers (RFC 8058).', max_length=300)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_try_at'], name='mail_waiting'), models.Index(fields=['-created_at'], name='mail_newest_first')],
            },
        ),
        migrations.CreateModel(
            name='SiteBrand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default='Community of Practitioners for AI', max_length=80)),
                ('abbreviation', models.CharField(default='CoP-AI', help_text='Beside the mark, and in mail subjects.', max_length=20)),
                ('strapline', models.CharField(default='Learn AI tooling with people who run real systems', max_length=120)),
                ('description', models.TextField(default='For engineers, advisers and founders who want to try things, show what they built and decide together what comes next. Free, and run by its members.', max_length=400)),
                ('contact', models.EmailField(blank=True, help_text='Where people write who cannot sign in.', max_length=254)),
            ],
            options={
                'verbose_name': 'site brand',
                'verbose_name_plural': 'site brand',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='there_is_one_brand')],
            },
        ),
        migrations.CreateModel(
            name='StarterRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=120)),
                ('file', models.CharField(max_length=200)),
                ('source_hash', models.CharField(max_length=64)),
                ('row_hash', models.CharField(max_length=64)),
                ('origin', models.CharField(blank=True, help_text='The repository it came from; empty: the product’s.', max_length=80)),
                ('people', models.JSONField(blank=True, default=dict, help_text='Handles that its file names.')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='one_starter_record_per_kind_and_key')],
            },
        ),
    ]
