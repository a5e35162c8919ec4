import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Module',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='The last part of the page’s address.', unique=True, verbose_name='address')),
                ('order', models.PositiveSmallIntegerField(help_text='The place in the list, from 1. Each place is taken once.', validators=[django.core.validators.MinValueValidator(1)])),
                ('title', models.CharField(max_length=80)),
                ('promise', models.CharField(help_text='One sentence that begins with “After this you can”.', max_length=240)),
                ('summary', models.TextField(help_text='What it is about, in two or three sentences.', max_length=1000)),
                ('hours', models.DecimalField(decimal_places=1, help_text='Hours that the whole module takes.', max_digits=4)),
                ('level', models.CharField(choices=[('beginner', 'Beginner'), ('intermediate', 'Intermediate'), ('advanced', 'Advanced')], default='beginner', max_length=20)),
                ('glyph', models.CharField(choices=[('ai', 'AI'), ('sec', 'Security'), ('code', 'Code'), ('eng', 'Engineering'), ('infra', 'Infrastructure'), ('rag', 'Retrieval'), ('inc', 'Incubator')], default='ai', max_length=10, verbose_name='sign')),
                ('status', models.CharField(choices=[('in-preparation', 'In preparation'), ('published', 'Published')], default='in-preparation', editable=False, max_length=20)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('stewards', models.ManyToManyField(blank=True, help_text='The people who keep this module; its page names them.', related_name='modules_kept', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['order'],
                'constraints': [models.UniqueConstraint(fields=('order',), name='each_place_in_the_list_has_one_module', violation_error_message='Another module has this place in the list.'), models.CheckConstraint(condition=models.Q(('order__gte', 1)), name='the_list_of_modules_begins_at_one'), models.CheckConstraint(condition=models.Q(('hours__gt', 0)), name='a_module_takes_time')],
            },
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='The last part of the page’s address.', verbose_name='address')),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='The place among articles and labs of the module.')),
                ('title', models.CharField(max_length=160)),
                ('summary', models.CharField(help_text='What the reader gets out of it, in one or two sentences.', max_length=400)),
                ('kind', models.CharField(choices=[('concept', 'Concept'), ('howto-intro', 'Introduction to a how-to')], default='concept', max_length=20)),
                ('author_name', models.CharField(blank=True, help_text='For authors who are no members.', max_length=80)),
                ('body', models.TextField(help_text='Markdown. Headings begin with ##.', max_length=100000, verbose_name='text')),
                ('html', models.TextField(blank=True, editable=False)),
                ('headings', models.JSONField(blank=True, default=list, editable=False)),
                ('minutes', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1)], verbose_name='minutes to read')),
                ('review_by', models.DateField(blank=True, help_text='After this day the page warns that it may be old.', null=True)),
                ('sources', models.JSONField(blank=True, default=list, help_text='A list of {“title”: …, “url”: …}.')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', editable=False, max_length=20)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='articles', to=settings.AUTH_USER_MODEL)),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='articles', to='modules.module')),
            ],
            options={
                'ordering': ['module', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('module', 'slug'), name='articles_of_a_module_have_different_addresses'), models.CheckConstraint(condition=models.Q(('minutes__gte', 1)), name='an_article_takes_time'), models.CheckConstraint(condition=models.Q(('status', 'draft'), ('published_at__isnull', False), _connector='OR'), name='a_published_article_has_its_date')],
            },
        ),
        migrations.CreateModel(
            name='ModuleCompletion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='module_completions', to=settings.AUTH_USER_MODEL)),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='completions', to='modules.module')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'module'), name='a_module_is_completed_once')],
            },
        ),
        migrations.CreateModel(
            name='Subtopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(verbose_name='key')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('title', models.CharField(max_length=120)),
                ('text', models.CharField(blank=True, max_length=400)),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subtopics', to='modules.module')),
            ],
            options={
                'ordering': ['module', 'order'],
                'constraints': [models.UniqueConstraint(fields=('module', 'slug'), name='subtopics_of_a_module_differ')],
            },
        ),
        migrations.CreateModel(
            name='SyllabusItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(choices=[('concept', 'Concept'), ('lab', 'Lab')], max_length=10)),
                ('key', models.CharField(max_length=120)),
                ('title', models.CharField(max_length=160)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('exposure', models.CharField(blank=True, choices=[('none', 'None'), ('local-only', 'Local only'), ('on-premises', 'On premises'), ('vendor-cloud', 'Vendor cloud'), ('public-service', 'Public service')], max_length=20)),
                ('no_code', models.BooleanField(default=False)),
                ('address', models.CharField(max_length=300)),
                ('required', models.BooleanField(default=True)),
                ('placed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='modules.module')),
            ],
            options={
                'ordering': ['module', 'order', 'kind', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='each_thing_to_do_stands_in_one_place')],
            },
        ),
        migrations.CreateModel(
            name='ItemProgress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('started', 'Started'), ('done', 'Done')], default='started', max_length=10)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('out_of_order', models.BooleanField(default=False, help_text='Done while something required before it was open.')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='item_progress', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='progress', to='modules.syllabusitem')),
            ],
            options={
                'verbose_name_plural': 'item progress',
                'constraints': [models.UniqueConstraint(fields=('member', 'item'), name='one_state_per_member_and_item'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', False), ('state', 'done')), models.Q(('done_at', None), ('state', 'started')), _connector='OR'), name='what_is_done_has_its_date'), models.CheckConstraint(condition=models.Q(('done_at', None), ('done_at__gte', models.F('started_at')), _connector='OR'), name='nothing_is_done_before_it_is_started')],
            },
        ),
    ]
