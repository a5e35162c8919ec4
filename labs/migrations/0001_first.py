import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '__first__'),
        ('modules', '0001_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lab',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='The last part of the page’s address.', unique=True, verbose_name='address')),
                ('order', models.PositiveSmallIntegerField(default=1, help_text='The place among articles and labs of the module.')),
                ('title', models.CharField(max_length=160)),
                ('aim', models.CharField(help_text='One sentence that begins with “You end with”.', max_length=300)),
                ('minutes', models.PositiveSmallIntegerField(help_text='All required steps.', validators=[django.core.validators.MinValueValidator(1)])),
                ('exposure', models.CharField(blank=True, choices=[('none', 'None'), ('local-only', 'Local only'), ('on-premises', 'On premises'), ('vendor-cloud', 'Vendor cloud'), ('public-service', 'Public service')], help_text='The furthest place that data goes to.', max_length=20, verbose_name='data exposure')),
                ('no_code', models.BooleanField(default=False, verbose_name='needs no code')),
                ('prerequisites', models.JSONField(blank=True, default=list)),
                ('environment', models.CharField(blank=True, help_text='Where it is done and with what.', max_length=400)),
                ('local_alternative', models.CharField(blank=True, help_text='How to do it on one’s own machine; empty where there is no way.', max_length=600)),
                ('introduction', models.TextField(blank=True, help_text='Markdown.', max_length=20000)),
                ('introduction_html', models.TextField(blank=True, editable=False)),
                ('expected', models.TextField(blank=True, help_text='Markdown.', max_length=20000, verbose_name='expected result')),
                ('expected_html', models.TextField(blank=True, editable=False)),
                ('reflection', models.CharField(blank=True, help_text='One question to think about at the end.', max_length=400)),
                ('troubleshooting', models.JSONField(blank=True, default=list)),
                ('rubric', models.JSONField(blank=True, default=list)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', editable=False, max_length=20)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='labs', to='modules.module')),
            ],
            options={
                'ordering': ['module', 'order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 1)), name='a_lab_takes_time'), models.CheckConstraint(condition=models.Q(('status', 'draft'), models.Q(('published_at__isnull', False), models.Q(('exposure', ''), _negated=True)), _connector='OR'), name='a_published_lab_has_its_date_and_says_where_data_goes')],
            },
        ),
        migrations.CreateModel(
            name='LabRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('notes', models.TextField(blank=True, max_length=20000)),
                ('notes_saved_at', models.DateTimeField(blank=True, null=True)),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='labs.lab')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lab_runs', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'lab'), name='one_run_per_member_and_lab'), models.CheckConstraint(condition=models.Q(('finished_at', None), ('finished_at__gte', models.F('started_at')), _connector='OR'), name='no_run_is_finished_before_it_is_started'), models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('notes'), 20000), name='notes_of_a_run_are_not_longer_than_20000')],
            },
        ),
        migrations.CreateModel(
            name='LabStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(help_text='Keep it over revisions: members’ ticks hang on it.')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('title', models.CharField(max_length=160)),
                ('body', models.TextField(help_text='Markdown.', max_length=40000, verbose_name='text')),
                ('html', models.TextField(blank=True, editable=False)),
                ('minutes', models.PositiveSmallIntegerField(default=5)),
                ('required', models.BooleanField(default=True)),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='labs.lab')),
            ],
            options={
                'ordering': ['lab', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('lab', 'key'), name='steps_of_a_lab_have_different_keys')],
            },
        ),
        migrations.CreateModel(
            name='StepTick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step_key', models.SlugField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ticks', to='labs.labrun')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'step_key'), name='each_step_is_ticked_once')],
            },
        ),
    ]
