import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
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
            ],
            options={
                'indexes': [models.Index(fields=['joined_at'], name='members_by_joining')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_member_per_email_in_any_case', violation_error_message='There is an account with this address already.'), models.UniqueConstraint(django.db.models.functions.text.Lower('handle'), name='one_member_per_handle_in_any_case', violation_error_message='This handle is taken. Choose another one.')],
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
                ('measure', models.CharField(choices=[('account', 'has acted at all'), ('acts', 'number of acts'), ('people', 'number of different people helped')], max_length=10)),
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
            ],
            options={
                'verbose_name_plural': 'activities',
                'indexes': [models.Index(fields=['actor', '-occurred_at'], name='acts_of_a_member'), models.Index(fields=['verb', 'actor', 'occurred_at'], name='acts_by_verb')],
                'constraints': [models.UniqueConstraint(fields=('dedupe_key',), name='each_act_is_recorded_once'), models.CheckConstraint(condition=models.Q(('occurred_at__lte', models.F('recorded_at'))), name='no_act_lies_in_the_future'), models.CheckConstraint(condition=models.Q(('other', models.F('actor')), _negated=True), name='nobody_helps_themselves')],
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
    ]
