import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('members', '0001_first'), ('members', '0002_ledger_is_append_only'), ('members', '0003_whole_members'), ('members', '0004_picture_version'), ('members', '0005_directory_entries'), ('members', '0006_equal_notices_become_one'), ('members', '0007_reasons_of_corrections'), ('members', '0008_open_to_newcomers'), ('members', '0009_acts_for_rules'), ('members', '0010_ledger_is_not_truncated'), ('members', '0011_rules_about_members'), ('members', '0012_directory_stamp')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(
        ),
        migrations.CreateModel(
            name='ConductVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20, unique=True)),
                ('in_force_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'get_latest_by': 'in_force_at',
            },
        ),
        migrations.CreateModel(
            name='Level',
            fields=[
                ('slug', models.SlugField(primary_key=True, serialize=False)),
                ('order', models.PositiveSmallIntegerField(unique=True)),
                ('title', models.CharField(max_length=40)),
                ('action', models.CharField(max_length=200)),
                ('reward', models.CharField(max_length=200)),
                ('rule_text', models.CharField(max_length=300)),
                ('may', models.JSONField(default=list)),
                ('needs_opt_in', models.BooleanField(default=False)),
                ('confirmed_by_organizer', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='Persona',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('name', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=80)),
                ('background', models.JSONField(default=list)),
                ('goals', models.JSONField(default=list)),
                ('barriers', models.JSONField(blank=True, default=list)),
                ('role_text', models.CharField(max_length=300)),
                ('value', models.CharField(max_length=300)),
                ('reading_mode', models.CharField(max_length=20)),
                ('exposure_ceiling', models.CharField(max_length=20)),
                ('community', models.SlugField(help_text='The community that suits this persona first.')),
                ('modules', models.JSONField(default=list)),
                ('first_event', models.CharField(max_length=40)),
            ],
            options={
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='PlacementQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True)),
                ('order', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=200)),
            ],
            options={
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='Verb',
            fields=[
                ('slug', models.SlugField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('learning', 'Learning'), ('participation', 'Participation'), ('contribution', 'Contribution'), ('interaction', 'Interaction')], max_length=20)),
                ('points', models.SmallIntegerField(default=0)),
                ('title', models.CharField(help_text='In a sentence about oneself: “finished a lab”.', max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('handle', models.CharField(help_text='Your address on this site.', max_length=30, validators=[django.core.validators.RegexValidator('^[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?\\Z', 'Use 1 to 30 small letters, digits and hyphens; the first and last are a letter or a digit.')])),
                ('name', models.CharField(help_text='As you want others to see it.', max_length=80, validators=[django.core.validators.RegexValidator('[<>\\[\\](){}@/\\\\|:\\x00-\\x1f\\x7f-\\x9f\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\uffff]', 'Write the name without < > ( ) [ ] { } @ / : and line breaks.', inverse_match=True)])),
                ('headline', models.CharField(blank=True, help_text='One line on what you do.', max_length=120)),
                ('biography', models.TextField(blank=True, max_length=4000)),
                ('town', models.CharField(blank=True, max_length=80)),
                ('organisation', models.CharField(blank=True, max_length=120)),
                ('can_help_with', models.CharField(blank=True, max_length=300)),
                ('looks_for', models.CharField(blank=True, max_length=300)),
                ('hello', models.CharField(blank=True, help_text='The sentence with which they said hello.', max_length=300)),
                ('quote', models.CharField(blank=True, help_text='A sentence on the community that may stand on the public home page.', max_length=240)),
                ('quote_on_home', models.BooleanField(default=False, help_text='Show the quote, with the name, to everybody.')),
                ('time_zone', models.CharField(default='Europe/Amsterdam', max_length=60)),
                ('in_directory', models.BooleanField(default=False, help_text='Other members find me in the directory.')),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False, help_text='May sign in to the admin.', verbose_name='organizer')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('persona', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='members', to='members.persona')),
                ('audiences', models.JSONField(blank=True, default=dict, help_text='Field to who sees it: public, members or me. Missing: as usual.')),
                ('challenges', models.TextField(blank=True, max_length=600)),
                ('country', models.CharField(blank=True, help_text='Two letters of ISO 3166.', max_length=2)),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
                ('function', models.CharField(blank=True, choices=[('operations', 'Operations and reliability'), ('platform', 'Platform and infrastructure'), ('development', 'Software development'), ('data', 'Data and machine learning'), ('security', 'Security and privacy'), ('architecture', 'Architecture'), ('advice', 'Advice and strategy'), ('management', 'Leading teams'), ('research', 'Research and teaching'), ('founding', 'Founding and product'), ('other', 'Something else')], max_length=20)),
                ('goals', models.TextField(blank=True, max_length=600)),
                ('hours_per_week', models.PositiveSmallIntegerField(blank=True, help_text='Hours a week for the community, 0 to 40.', null=True)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None)),
                ('motivations', models.TextField(blank=True, max_length=600)),
                ('open_to_mentor', models.BooleanField(default=False)),
                ('open_to_pairing', models.BooleanField(default=False)),
                ('paused_until', models.DateField(blank=True, help_text='Until then nobody is asked for anything.', null=True)),
                ('pronouns', models.CharField(blank=True, max_length=40)),
                ('sector', models.CharField(blank=True, choices=[('industry', 'Industry'), ('academia', 'Academia'), ('public', 'Public service'), ('startup', 'Startup'), ('non-profit', 'Non-profit')], max_length=20)),
                ('tools', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('unit', models.CharField(blank=True, help_text='Part of the organisation, as a team or department.', max_length=120)),
                ('workflows', models.TextField(blank=True, max_length=600)),
                ('picture_version', models.CharField(blank=True, help_text='Which picture there is; empty: none.', max_length=16)),
                ('open_to_buddy', models.BooleanField(default=False, help_text='Would look after a newcomer for a few weeks.')),
            ],
            options={
                'indexes': [models.Index(fields=['joined_at'], name='members_by_joining')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_member_per_email_in_any_case', violation_error_message='There is an account with this address already.'), models.UniqueConstraint(django.db.models.functions.text.Lower('handle'), name='one_member_per_handle_in_any_case', violation_error_message='This handle is taken. Choose another one.'), models.CheckConstraint(condition=models.Q(('hours_per_week__isnull', True), ('hours_per_week__lte', 40), _connector='OR'), name='hours_for_the_community_fit_into_a_week', violation_error_message='Write a number of hours from 0 to 40.')],
            },
        ),
        migrations.CreateModel(
            name='PlacementAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.JSONField(default=dict)),
                ('scores', models.JSONField(default=dict)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('chosen', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='members.persona')),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='placement', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PlacementOption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField()),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('text', models.CharField(max_length=200)),
                ('weights', models.JSONField(default=dict, help_text='Persona slug to weight.')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='members.placementquestion')),
            ],
            options={
                'ordering': ['question', 'order'],
                'constraints': [models.UniqueConstraint(fields=('question', 'key'), name='placement_option_keys_differ')],
            },
        ),
        migrations.CreateModel(
            name='LevelRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('measure', models.CharField(choices=[('account', 'has acted at all'), ('acts', 'number of acts'), ('people', 'number of different people helped'), ('organisations', 'number of different organisations of those helped')], max_length=15)),
                ('at_least', models.PositiveIntegerField()),
                ('within_days', models.PositiveIntegerField(blank=True, help_text='Empty: however long ago.', null=True)),
                ('text', models.CharField(max_length=200)),
                ('level', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='members.level')),
                ('verbs', models.ManyToManyField(to='members.verb')),
            ],
            options={
                'ordering': ['level', 'order'],
                'constraints': [models.CheckConstraint(condition=models.Q(('at_least__gte', 1)), name='a_level_rule_asks_for_something')],
            },
        ),
        migrations.CreateModel(
            name='WelcomeStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('order', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=80)),
                ('text', models.CharField(max_length=300)),
                ('address', models.CharField(help_text='Where the step is done.', max_length=200)),
                ('minutes', models.PositiveSmallIntegerField(default=2)),
                ('verb', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='members.verb')),
            ],
            options={
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='WelcomeProgress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('done', 'Done'), ('skipped', 'Skipped')], max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='welcome_progress', to=settings.AUTH_USER_MODEL)),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='members.welcomestep')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'step'), name='one_state_per_welcome_step')],
            },
        ),
        migrations.CreateModel(
            name='ConductAcceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acceptances', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'version'), name='each_conduct_version_accepted_once')],
            },
        ),
        migrations.CreateModel(
            name='LevelAward',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='awards_given', to=settings.AUTH_USER_MODEL)),
                ('level', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='members.level')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='awards', to=settings.AUTH_USER_MODEL)),
                ('renewed_at', models.DateTimeField(blank=True, help_text='The newest act that counts for this level; levels never fall.', null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'level'), name='each_level_is_awarded_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='an_award_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='LevelWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('level', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='members.level')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='level_wishes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'level'), name='one_wish_per_level')],
            },
        ),
        migrations.CreateModel(
            name='AttentionBudget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quiet_from', models.TimeField(blank=True, null=True)),
                ('quiet_until', models.TimeField(blank=True, null=True)),
                ('most_a_week', models.PositiveSmallIntegerField(blank=True, help_text='Empty: as many as there are.', null=True)),
                ('digest_hour', models.PositiveSmallIntegerField(default=8, help_text="In the member's own time.")),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='attention', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('quiet_from__isnull', True), ('quiet_until__isnull', True)), models.Q(('quiet_from__isnull', False), ('quiet_until__isnull', False)), _connector='OR'), name='quiet_hours_begin_and_end', violation_error_message='Give both, when quiet begins and when it ends.'), models.CheckConstraint(condition=models.Q(('digest_hour__lte', 23)), name='digest_hour_is_an_hour')],
            },
        ),
        migrations.CreateModel(
            name='AttentionSpent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=160)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attention_spent', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['member', 'at'], name='mail_of_a_week')],
                'constraints': [models.UniqueConstraint(fields=('member', 'key'), name='each_mail_is_counted_once')],
            },
        ),
        migrations.CreateModel(
            name='Avatar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('image', models.BinaryField(help_text='WebP, 256 by 256 pixels.')),
                ('etag', models.CharField(max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='picture', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='BadgeRule',
            fields=[
                ('slug', models.SlugField(primary_key=True, serialize=False)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('title', models.CharField(max_length=60)),
                ('text', models.CharField(help_text='What it is given for.', max_length=200)),
                ('glyph', models.CharField(default='ai', max_length=10)),
                ('measure', models.CharField(choices=[('acts', 'number of acts'), ('people', 'number of different people helped'), ('communities', 'number of different communities'), ('organisations', 'number of different organisations of those helped')], max_length=15)),
                ('at_least', models.PositiveIntegerField()),
                ('within_days', models.PositiveIntegerField(blank=True, null=True)),
                ('is_active', models.BooleanField(default=True)),
                ('verbs', models.ManyToManyField(to='members.verb')),
            ],
            options={
                'ordering': ['order'],
                'constraints': [models.CheckConstraint(condition=models.Q(('at_least__gte', 1)), name='a_badge_asks_for_something')],
            },
        ),
        migrations.CreateModel(
            name='Buddy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('buddy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='newcomers', to=settings.AUTH_USER_MODEL)),
                ('newcomer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='buddy', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'buddies',
                'constraints': [models.CheckConstraint(condition=models.Q(('newcomer', models.F('buddy')), _negated=True), name='nobody_is_their_own_buddy')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('matching', 'matching'), ('network', 'network analysis'), ('leadership', 'leadership suggestions'), ('reading', 'reading signals')], max_length=20)),
                ('given', models.BooleanField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'purpose'), name='one_consent_per_purpose')],
            },
        ),
        migrations.CreateModel(
            name='DirectoryIndex',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('value', models.CharField(max_length=80)),
                ('members', models.BinaryField(help_text='A serialised Roaring bitmap of member numbers.')),
                ('size', models.PositiveIntegerField()),
                ('title', models.CharField(blank=True, help_text='Its name for people; empty where the value says it.', max_length=120)),
                ('stamp', models.BigIntegerField(default=0, help_text='Another number with every change of the set.')),
            ],
            options={
                'verbose_name_plural': 'directory index',
                'indexes': [django.contrib.postgres.indexes.GinIndex(condition=models.Q(('kind', 'word')), fields=['value'], name='words_that_look_alike', opclasses=['gin_trgm_ops'])],
                'constraints': [models.UniqueConstraint(fields=('kind', 'value'), name='one_set_per_thing_in_the_directory')],
            },
        ),
        migrations.CreateModel(
            name='DirectoryStale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member', models.PositiveBigIntegerField(db_index=True, help_text='A number, so that it outlives nobody.')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name_plural': 'directory stale',
            },
        ),
        migrations.CreateModel(
            name='ErasureRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='erasures', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-asked_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True), ('done_at__isnull', True)), fields=('member',), name='one_open_erasure_per_member'), models.CheckConstraint(condition=models.Q(('cancelled_at__isnull', True), ('done_at__isnull', True), _connector='OR'), name='an_erasure_ends_one_way')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('community', models.CharField(blank=True, help_text='Slug of the community that it leads to.', max_length=50)),
                ('sentence', models.CharField(help_text='Why this person, in the words of who invites.', max_length=300)),
                ('token', models.CharField(help_text='Digest of the token in the letter.', max_length=64, unique=True)),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invited_by', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                ('persona', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='members.persona')),
            ],
            options={
                'ordering': ['-sent_at'],
                'indexes': [models.Index(fields=['by', '-sent_at'], name='invitations_of_a_member')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('by'), condition=models.Q(('accepted_at__isnull', True), models.Q(('email', ''), _negated=True)), name='one_open_invitation_per_address_and_member')],
            },
        ),
        migrations.CreateModel(
            name='Kudos',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('object_kind', models.CharField(blank=True, max_length=40)),
                ('object_key', models.CharField(blank=True, max_length=120)),
                ('object_title', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kudos_given', to=settings.AUTH_USER_MODEL)),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kudos', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'kudos',
                'ordering': ['-at'],
                'indexes': [models.Index(fields=['by', 'at'], name='kudos_of_a_week')],
                'constraints': [models.UniqueConstraint(fields=('by', 'to', 'object_kind', 'object_key'), name='thanks_for_one_thing_once', violation_error_message='You have thanked for this already.'), models.CheckConstraint(condition=models.Q(('by', models.F('to')), _negated=True), name='nobody_thanks_themselves'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='thanks_have_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='LedgerImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('digest', models.CharField(help_text='SHA-256 of the file: the same file counts once.', max_length=64, unique=True)),
                ('reversed_at', models.DateTimeField(blank=True, null=True)),
                ('reversal_reason', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reversed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='MemberLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('title', models.CharField(max_length=60)),
                ('url', models.URLField(max_length=300, verbose_name='address')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('member', 'url'), name='each_link_of_a_member_once'), models.CheckConstraint(condition=models.Q(('url__startswith', 'https://')), name='a_link_of_a_member_starts_with_https', violation_error_message='The address must start with https://.')],
            },
        ),
        migrations.CreateModel(
            name='NoInvitations',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name_plural': 'no invitations',
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField(blank=True)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('key', models.CharField(help_text='What it is about; equal ones within ten minutes become one.', max_length=160)),
                ('times', models.PositiveIntegerField(default=1, help_text='How many equal notices became this one.')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('digest', models.CharField(choices=[('no', 'not in a digest'), ('waiting', 'waits for the next digest'), ('sent', 'was in a digest')], default='no', max_length=10)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ('takes_repeats', models.BooleanField(default=False, help_text='Equal notices become this one, as long as it is younger than ten minutes.')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['member', '-created_at'], name='inbox_of_a_member'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['member'], name='unread_notices'), models.Index(condition=models.Q(('digest', 'waiting')), fields=['member', 'created_at'], name='notices_for_a_digest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('takes_repeats', True)), fields=('member', 'kind', 'key'), name='equal_notices_become_one')],
            },
        ),
        migrations.CreateModel(
            name='NoticePreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('way', models.CharField(choices=[('mail', 'by mail at once'), ('digest', 'in the daily digest'), ('site', 'on the site only')], max_length=10)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_preferences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'kind'), name='one_way_per_member_and_kind')],
            },
        ),
        migrations.CreateModel(
            name='Skill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('title', models.CharField(max_length=80)),
                ('area', models.CharField(blank=True, help_text='Heading under which it stands.', max_length=60)),
                ('text', models.CharField(blank=True, max_length=300)),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=50), blank=True, default=list, help_text='Topics of the ledger, as modules, whose acts show this skill; its own slug always does.', size=None)),
                ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, size=None)),
                ('is_strategic', models.BooleanField(default=False, help_text='The community wants more of it.')),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('accepted', 'accepted'), ('refused', 'refused')], default='accepted', max_length=10)),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposed_skills', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['area', 'title'],
            },
        ),
        migrations.CreateModel(
            name='Spotlight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='Its first day.', unique=True)),
                ('people', models.PositiveIntegerField(help_text='Different people helped in that month.')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spotlights', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-month'],
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('object_key', models.CharField(max_length=120)),
                ('reason', models.CharField(max_length=300)),
                ('shown_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('acted_at', models.DateTimeField(blank=True, null=True)),
                ('dismissed_at', models.DateTimeField(blank=True, null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'kind', 'object_key'), name='each_suggestion_of_a_member_once')],
            },
        ),
        migrations.CreateModel(
            name='Validation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evidence', models.CharField(help_text='Where the work can be seen.', max_length=300)),
                ('level', models.PositiveSmallIntegerField()),
                ('decision', models.CharField(choices=[('shown', 'shown'), ('not-yet', 'not yet shown')], max_length=10)),
                ('note', models.CharField(max_length=600)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='validations_given', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='validations', to=settings.AUTH_USER_MODEL)),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='members.skill')),
            ],
            options={
                'ordering': ['-at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('member', models.F('by')), _negated=True), name='nobody_validates_themselves'), models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 4)), name='validated_levels_are_1_to_4')],
            },
        ),
        migrations.CreateModel(
            name='DirectoryEntry',
            fields=[
                ('member', models.PositiveBigIntegerField(help_text='A number, so that it outlives nobody.', primary_key=True, serialize=False)),
                ('sets', models.BinaryField(default=bytes, help_text="A serialised Roaring bitmap of numbers of the index's rows.")),
            ],
            options={
                'verbose_name_plural': 'directory entries',
            },
        ),
        migrations.CreateModel(
            name='MemberRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claimed', models.FloatField(default=0.3, verbose_name='weight of the claim')),
                ('evidence', models.FloatField(default=0.5, verbose_name='weight of the evidence')),
                ('endorsed', models.FloatField(default=0.2, verbose_name='weight of the endorsements')),
                ('scale', models.FloatField(default=12, help_text='Points with which evidence reaches 2.53 of 4.')),
                ('half_life', models.FloatField(default=365, help_text='Days after which an act counts half.', verbose_name='half-life in days')),
                ('pay_back_days', models.PositiveSmallIntegerField(default=7, help_text='Two people who endorse each other within so many days count less.')),
                ('pay_back', models.FloatField(default=0.5, help_text='As a part of 1.', verbose_name='what they count')),
                ('deep', models.FloatField(default=3, help_text='The depth from which a Mentor may judge.', verbose_name='depth of a judge')),
                ('gap', models.FloatField(default=2, help_text='How far a claim may stand above the evidence without a word.')),
                ('validation_months', models.PositiveSmallIntegerField(default=24, help_text='Months for which a Mentor’s judgement counts.')),
                ('most_skills', models.PositiveSmallIntegerField(default=40, help_text='Skills in one list.')),
                ('kudos_a_week', models.PositiveSmallIntegerField(default=5, help_text='Thanks that one member gives in seven days.')),
                ('invitations_a_week', models.PositiveSmallIntegerField(default=20, help_text='Invitations that one member writes in seven days.')),
                ('invitation_days', models.PositiveSmallIntegerField(default=30, help_text='Days for which an invitation works.')),
                ('reminder_days', models.PositiveSmallIntegerField(default=6, help_text='Days until its one reminder.')),
                ('dismissed_days', models.PositiveSmallIntegerField(default=90, help_text='Days for which a dismissed suggestion stays away.')),
                ('buddy_days', models.PositiveSmallIntegerField(default=60, help_text='Days for which a buddy looks after somebody.')),
                ('newcomers_each', models.PositiveSmallIntegerField(default=5, help_text='Newcomers that one buddy looks after at the same time.')),
                ('erasure_days', models.PositiveSmallIntegerField(default=14, help_text='Days of grace before an account that its owner deleted is emptied.')),
            ],
            options={
                'verbose_name': 'rules about members',
                'verbose_name_plural': 'rules about members',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='the_rules_about_members_stand_in_one_row'), models.CheckConstraint(condition=models.Q(('claimed__gt', 0), ('endorsed__gte', 0), ('evidence__gt', 0), ('half_life__gt', 0), ('scale__gt', 0)), name='weights_of_a_depth_are_positive', violation_error_message='Weights, points and half-life are numbers above 0.'), models.CheckConstraint(condition=models.Q(('erasure_days__gte', 1), ('invitation_days__gte', 1), ('most_skills__gte', 1)), name='rules_about_members_are_at_least_one', violation_error_message='Skills, days of an invitation and days of grace are at least 1.'), models.CheckConstraint(condition=models.Q(('pay_back__gte', 0), ('pay_back__lte', 1)), name='a_part_lies_between_0_and_1', violation_error_message='What mutual endorsements count is a number from 0 to 1.')],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_kind', models.CharField(max_length=40)),
                ('object_key', models.CharField(max_length=120)),
                ('object_title', models.CharField(max_length=200)),
                ('address', models.CharField(blank=True, help_text='Where the thing stands on this site.', max_length=300)),
                ('community', models.CharField(blank=True, help_text='Slug of the community in which it was done.', max_length=50)),
                ('topic', models.CharField(blank=True, help_text='Slug of the module that it is about.', max_length=50)),
                ('occurred_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('source', models.CharField(default='site', max_length=40)),
                ('points', models.SmallIntegerField()),
                ('dedupe_key', models.CharField(max_length=200)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to=settings.AUTH_USER_MODEL)),
                ('other', models.ForeignKey(blank=True, help_text='The other person concerned, for instance the one who was helped.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='helped_by', to=settings.AUTH_USER_MODEL)),
                ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='members.activity')),
                ('verb', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='members.verb')),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='members.ledgerimport')),
            ],
            options={
                'verbose_name_plural': 'activities',
                'indexes': [models.Index(fields=['actor', '-occurred_at'], name='acts_of_a_member'), models.Index(condition=models.Q(('other__isnull', False)), fields=['other', 'actor'], name='acts_for_a_person'), models.Index(condition=models.Q(('community', ''), _negated=True), fields=['community', '-occurred_at'], name='acts_in_a_community'), models.Index(fields=['verb', 'actor', 'occurred_at'], include=('id', 'other', 'community'), name='acts_for_rules')],
                'constraints': [models.UniqueConstraint(fields=('dedupe_key',), name='each_act_is_recorded_once'), models.CheckConstraint(condition=models.Q(('occurred_at__lte', models.F('recorded_at'))), name='no_act_lies_in_the_future'), models.CheckConstraint(condition=models.Q(('other', models.F('actor')), _negated=True), name='nobody_helps_themselves')],
            },
        ),
        migrations.CreateModel(
            name='BadgeAward',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('is_hidden', models.BooleanField(default=False, help_text='Its owner does not want it seen.')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='badges', to=settings.AUTH_USER_MODEL)),
                ('badge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='members.badgerule')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'badge'), name='each_badge_is_awarded_once')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text='What was done, in the words of members.claims.KINDS.', max_length=40)),
                ('title', models.CharField(max_length=160)),
                ('evidence', models.URLField(max_length=300, verbose_name='address of the evidence')),
                ('text', models.CharField(blank=True, max_length=600)),
                ('topic', models.CharField(blank=True, max_length=50)),
                ('community', models.CharField(blank=True, max_length=50)),
                ('happened_on', models.DateField()),
                ('state', models.CharField(choices=[('open', 'waiting'), ('confirmed', 'confirmed'), ('declined', 'not confirmed'), ('withdrawn', 'withdrawn')], default='open', max_length=10)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('act', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claim', to='members.activity')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='claims_decided', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to=settings.AUTH_USER_MODEL)),
                ('witness', models.ForeignKey(blank=True, help_text='A member who was there.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='claims_to_confirm', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['declined', 'withdrawn']), _negated=True), fields=('member', 'evidence'), name='each_piece_of_evidence_is_claimed_once', violation_error_message='You have claimed this piece of work already.'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('member')), _negated=True), name='nobody_confirms_their_own_claim'), models.CheckConstraint(condition=models.Q(('witness', models.F('member')), _negated=True), name='nobody_is_their_own_witness'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), ('act__isnull', False), _connector='OR'), name='a_confirmed_claim_has_its_act')],
            },
        ),
        migrations.CreateModel(
            name='Endorsement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('sentence', models.CharField(max_length=300)),
                ('shared', models.CharField(help_text='What they did together.', max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='endorsements_given', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='endorsements', to=settings.AUTH_USER_MODEL)),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='members.skill')),
            ],
            options={
                'ordering': ['-at'],
                'constraints': [models.UniqueConstraint(fields=('member', 'skill', 'by'), name='one_endorsement_per_skill_and_person'), models.CheckConstraint(condition=models.Q(('member', models.F('by')), _negated=True), name='nobody_endorses_themselves'), models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 4)), name='endorsed_levels_are_1_to_4'), models.CheckConstraint(condition=models.Q(('sentence', ''), _negated=True), name='an_endorsement_has_a_sentence')],
            },
        ),
        migrations.CreateModel(
            name='MemberSkill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claimed', models.PositiveSmallIntegerField(default=0, help_text='0 none, 1 aware, 2 uses, 3 leads, 4 teaches.')),
                ('wants', models.PositiveSmallIntegerField(default=0, help_text='The depth wished for; 0 for no wish.')),
                ('helps', models.BooleanField(default=False, help_text='Willing to help others with it.')),
                ('points', models.FloatField(default=0, help_text='Ledger points on this skill, halved every 365 days.')),
                ('evidence', models.FloatField(blank=True, null=True)),
                ('endorsed', models.FloatField(blank=True, null=True)),
                ('depth', models.FloatField(default=0)),
                ('computed_at', models.DateTimeField(blank=True, null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skills', to=settings.AUTH_USER_MODEL)),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='members.skill')),
            ],
            options={
                'indexes': [models.Index(fields=['skill', '-depth'], name='who_knows_a_skill')],
                'constraints': [models.UniqueConstraint(fields=('member', 'skill'), name='each_skill_of_a_member_once', violation_error_message='This skill stands in your list already.'), models.CheckConstraint(condition=models.Q(('claimed__lte', 4), ('wants__lte', 4)), name='depths_of_skills_are_0_to_4', violation_error_message='A depth is a number from 0 to 4.')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('act', models.OneToOneField(help_text='The reversing row.', on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='members.activity')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_correction_has_a_reason')],
            },
        ),
        migrations.RunSQL(
            sql="\nCREATE FUNCTION members_ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n    RAISE EXCEPTION 'The ledger of activities is append-only: correct a row by a reversing row.'\n        USING ERRCODE = 'restrict_violation';\nEND $$;\nCREATE TRIGGER ledger_is_append_only BEFORE UPDATE OR DELETE ON members_activity\n    FOR EACH ROW EXECUTE FUNCTION members_ledger_is_append_only();\n",
            reverse_sql='\nDROP TRIGGER ledger_is_append_only ON members_activity;\nDROP FUNCTION members_ledger_is_append_only();\n',
        ),
        migrations.RunSQL(
            sql="\nCREATE FUNCTION members_ledger_is_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n    IF current_setting('cop.may_empty_ledger', true) IS DISTINCT FROM 'on' THEN\n        RAISE EXCEPTION 'The ledger of activities is append-only: it is never emptied.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n    RETURN NULL;\nEND $$;\nCREATE TRIGGER ledger_is_not_emptied BEFORE TRUNCATE ON members_activity\n    FOR EACH STATEMENT EXECUTE FUNCTION members_ledger_is_not_emptied();\n",
            reverse_sql='\nDROP TRIGGER ledger_is_not_emptied ON members_activity;\nDROP FUNCTION members_ledger_is_not_emptied();\n',
        ),
    ]
