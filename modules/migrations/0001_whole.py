import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('modules', '0001_first'), ('modules', '0002_where_to_go_on'), ('modules', '0003_whole_learning')]

    initial = True

    dependencies = [
        ('members', '0001_whole'),
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
                ('owner', models.ForeignKey(blank=True, help_text='Who keeps it true; told when the day of its review has come.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='articles_owned', to=settings.AUTH_USER_MODEL)),
                ('sections', models.JSONField(blank=True, default=list, editable=False)),
                ('teaches', models.JSONField(blank=True, default=dict, help_text='Depth by skill, as {“rag-basics”: 1}.')),
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
                ('kind', models.CharField(choices=[('concept', 'Concept'), ('knowledge-check', 'Check'), ('lab', 'Lab')], max_length=20)),
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
                ('warning', models.CharField(blank=True, help_text='As “needs repair”, from the app that placed it.', max_length=60)),
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
                ('resume', models.CharField(blank=True, help_text='The member’s own page for it, to go on there.', max_length=300)),
            ],
            options={
                'verbose_name_plural': 'item progress',
                'constraints': [models.UniqueConstraint(fields=('member', 'item'), name='one_state_per_member_and_item'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', False), ('state', 'done')), models.Q(('done_at', None), ('state', 'started')), _connector='OR'), name='what_is_done_has_its_date'), models.CheckConstraint(condition=models.Q(('done_at', None), ('done_at__gte', models.F('started_at')), _connector='OR'), name='nothing_is_done_before_it_is_started')],
                'indexes': [models.Index(fields=['item', '-started_at'], name='newest_on_an_item')],
            },
        ),
        migrations.CreateModel(
            name='Bookmark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(help_text='Path on this site, with the section.', max_length=400)),
                ('title', models.CharField(max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bookmarks', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('member', 'address'), name='a_place_is_bookmarked_once')],
            },
        ),
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='address')),
                ('title', models.CharField(max_length=160)),
                ('stage', models.CharField(choices=[('alone', 'After the Concept'), ('before', 'Before: what do you know already?'), ('after', 'After: what do you know now?')], default='alone', max_length=10)),
                ('minutes', models.PositiveSmallIntegerField(default=5)),
                ('required', models.BooleanField(default=True, help_text='Needed to finish the module.')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', editable=False, max_length=20)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='checks', to='modules.article')),
                ('before', models.OneToOneField(blank=True, help_text='The check taken before the reading; the two together show what was gained.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='after', to='modules.check')),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='modules.module')),
            ],
            options={
                'ordering': ['module', 'slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(('before', None), ('stage', 'after'), _connector='OR'), name='only_a_check_after_the_reading_has_one_before')],
            },
        ),
        migrations.CreateModel(
            name='CheckAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seed', models.PositiveIntegerField()),
                ('answers', models.JSONField(default=dict)),
                ('right', models.PositiveSmallIntegerField()),
                ('total', models.PositiveSmallIntegerField()),
                ('percent', models.PositiveSmallIntegerField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_attempts', to=settings.AUTH_USER_MODEL)),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='modules.check')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['member', 'of', 'at'], name='attempts_of_a_member')],
                'constraints': [models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='a_score_is_at_most_100_percent')],
            },
        ),
        migrations.CreateModel(
            name='ExposureCeiling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ceiling', models.CharField(choices=[('none', 'None'), ('local-only', 'Local only'), ('on-premises', 'On premises'), ('vendor-cloud', 'Vendor cloud'), ('public-service', 'Public service')], max_length=20)),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='exposure_ceiling', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ExternalResource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('url', models.URLField(help_text='Kept without tracking parameters.', max_length=500, unique=True, verbose_name='address')),
                ('key', models.CharField(editable=False, help_text='Equal for addresses that lead to the same page.', max_length=500, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('course', 'Course'), ('paper', 'Paper'), ('talk', 'Talk'), ('repository', 'Repository'), ('book', 'Book'), ('documentation', 'Documentation')], max_length=20)),
                ('level', models.CharField(choices=[('beginner', 'Beginner'), ('intermediate', 'Intermediate'), ('advanced', 'Advanced')], default='beginner', max_length=20)),
                ('hours', models.DecimalField(decimal_places=1, help_text='Hours that it takes.', max_digits=5)),
                ('cost', models.CharField(choices=[('free', 'Free'), ('account', 'Free, with an account'), ('paid', 'Paid')], default='free', max_length=10)),
                ('why', models.CharField(max_length=300, verbose_name='one sentence on why')),
                ('teaches', models.JSONField(blank=True, default=dict, help_text='Depth by skill, as {“rag-basics”: 1}.')),
                ('status', models.CharField(choices=[('suggested', 'Suggested'), ('accepted', 'Accepted'), ('refused', 'Refused')], default='suggested', max_length=10)),
                ('suggested_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=400)),
                ('last_checked', models.DateTimeField(blank=True, null=True)),
                ('last_answer', models.CharField(blank=True, help_text='What the last look at the address gave.', max_length=120)),
                ('failures', models.PositiveSmallIntegerField(default=0, help_text='Looks in a row that failed.')),
                ('dead_since', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='resources_decided', to=settings.AUTH_USER_MODEL)),
                ('module', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='resources', to='modules.module')),
                ('subtopic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='resources', to='modules.subtopic')),
                ('suggested_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='resources_suggested', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['title'],
                'constraints': [models.CheckConstraint(condition=models.Q(('hours__gt', 0)), name='a_resource_takes_time'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='a_resource_says_why')],
            },
        ),
        migrations.CreateModel(
            name='LearningRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pass_percent', models.PositiveSmallIntegerField(default=70, help_text='From which a check is passed.')),
                ('attempts_a_day', models.PositiveSmallIntegerField(default=3, help_text='Tries at one check in a day.')),
                ('dead_after', models.PositiveSmallIntegerField(default=2, help_text='Looks in a row that fail before a link counts as dead.')),
                ('look_every_days', models.PositiveSmallIntegerField(default=7, help_text='Days between two looks at a link.')),
                ('review_months', models.PositiveSmallIntegerField(default=6, help_text='Months after which a changed article is to be reviewed again.')),
            ],
            options={
                'verbose_name': 'rules about learning',
                'verbose_name_plural': 'rules about learning',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='the_rules_about_learning_stand_in_one_row'), models.CheckConstraint(condition=models.Q(('pass_percent__gte', 1), ('pass_percent__lte', 100)), name='a_check_is_passed_from_1_to_100_percent', violation_error_message='A check is passed from 1 to 100 percent.'), models.CheckConstraint(condition=models.Q(('attempts_a_day__gte', 1), ('dead_after__gte', 1), ('look_every_days__gte', 1), ('review_months__gte', 1)), name='rules_about_learning_are_at_least_one', violation_error_message='Tries, looks, days and months are at least 1.')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationCeiling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.CharField(max_length=120)),
                ('ceiling', models.CharField(choices=[('none', 'None'), ('local-only', 'Local only'), ('on-premises', 'On premises'), ('vendor-cloud', 'Vendor cloud'), ('public-service', 'Public service')], max_length=20)),
                ('reason', models.CharField(blank=True, help_text='The rule behind it, as its people know it.', max_length=300)),
            ],
            options={
                'ordering': ['organisation'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('organisation'), name='an_organisation_has_one_ceiling', violation_error_message='This organisation has a ceiling already.')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField()),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(choices=[('choice', 'Choice'), ('order', 'Order'), ('number', 'Number'), ('text', 'Short text')], max_length=10)),
                ('text', models.TextField(max_length=2000)),
                ('options', models.JSONField(blank=True, default=list, help_text='A list of {“key”: …, “text”: …}.')),
                ('answer', models.JSONField(blank=True, default=list)),
                ('explanation', models.TextField(blank=True, help_text='Shown with the answer. Markdown.', max_length=2000)),
                ('check_in', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='modules.check')),
            ],
            options={
                'ordering': ['check_in', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('check_in', 'key'), name='questions_of_a_check_differ')],
            },
        ),
        migrations.CreateModel(
            name='ReadingNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, max_length=20000)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reading_notes', to='modules.article')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reading_notes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'article'), name='one_note_per_member_and_article')],
            },
        ),
        migrations.CreateModel(
            name='ReadingPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=120)),
                ('section', models.CharField(max_length=120)),
                ('title', models.CharField(help_text='Of the section or step, for the words that lead back.', max_length=160)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reading_places', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'kind', 'key'), name='one_place_per_member_and_text')],
            },
        ),
        migrations.CreateModel(
            name='ReadingPreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(blank=True, choices=[('concept-first', 'Concept first'), ('recipe-first', 'Recipe first'), ('risk-first', 'Risk first'), ('compact', 'Compact')], max_length=20)),
                ('one_step', models.BooleanField(default=False, verbose_name='one step of a lab at a time')),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reading', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ResourceCompletion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='resources_done', to=settings.AUTH_USER_MODEL)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='completions', to='modules.externalresource')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('resource', 'member'), name='a_resource_is_completed_once')],
            },
        ),
        migrations.CreateModel(
            name='ResourceNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=600)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='resource_notes', to=settings.AUTH_USER_MODEL)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='modules.externalresource')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('resource', 'member'), name='one_note_per_member_and_resource')],
            },
        ),
        migrations.CreateModel(
            name='ToolCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('title', models.CharField(max_length=80)),
                ('text', models.CharField(blank=True, help_text='What such tools do, and what to compare.', max_length=400)),
                ('no_open_known', models.BooleanField(default=False, verbose_name='no open one is known')),
            ],
            options={
                'verbose_name_plural': 'tool categories',
                'ordering': ['order', 'title'],
            },
        ),
        migrations.CreateModel(
            name='Tool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='address')),
                ('name', models.CharField(max_length=80)),
                ('maker', models.CharField(help_text='Company, foundation or people behind it.', max_length=120)),
                ('licence', models.CharField(max_length=80)),
                ('is_open', models.BooleanField(default=False, verbose_name='open source')),
                ('runs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('local', 'On your own machine'), ('on-premises', 'On premises'), ('cloud', 'In a cloud')], max_length=20), default=list, size=None)),
                ('exposure', models.CharField(choices=[('none', 'None'), ('local-only', 'Local only'), ('on-premises', 'On premises'), ('vendor-cloud', 'Vendor cloud'), ('public-service', 'Public service')], help_text='The furthest place data goes to in usual use.', max_length=20, verbose_name='data exposure')),
                ('sees_secrets', models.BooleanField(default=False, verbose_name='secrets or personal data may be seen')),
                ('maturity', models.CharField(choices=[('commodity', 'Commodity'), ('emerging', 'Emerging'), ('experimental', 'Experimental')], max_length=20)),
                ('maturity_reason', models.CharField(blank=True, max_length=300, verbose_name='why this maturity')),
                ('skills', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(), blank=True, default=list, size=None)),
                ('summary', models.CharField(max_length=400)),
                ('homepage', models.URLField(blank=True, max_length=300)),
                ('checked_on', models.DateField(blank=True, help_text='When somebody last looked whether this is true.', null=True)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tools', to='modules.toolcategory')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('exposure', ''), _negated=True), name='a_tool_says_where_data_goes')],
            },
        ),
        migrations.CreateModel(
            name='ToolReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(help_text='As the tool itself says it.', max_length=40)),
                ('used_on', models.DateField(verbose_name='last used on')),
                ('interest', models.CharField(choices=[('user', 'I only use it'), ('paid', 'My organisation pays for it'), ('contributor', 'I contribute to it'), ('vendor', 'I work for its maker or sell it')], max_length=20, verbose_name='my interest')),
                ('body', models.TextField(help_text='What you did, what worked, what did not.', max_length=4000, verbose_name='what you saw')),
                ('html', models.TextField(blank=True, editable=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('hidden_at', models.DateTimeField(blank=True, null=True)),
                ('hidden_for', models.CharField(blank=True, help_text='Read by its author, who can change it.', max_length=300, verbose_name='why it is hidden')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tool_reports', to=settings.AUTH_USER_MODEL)),
                ('tool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='modules.tool')),
            ],
            options={
                'ordering': ['-used_on', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('tool', 'member', 'version'), name='one_report_per_member_and_version'), models.CheckConstraint(condition=models.Q(models.Q(('version', ''), _negated=True), models.Q(('interest', ''), _negated=True)), name='a_report_says_version_and_interest')],
            },
        ),
    ]
