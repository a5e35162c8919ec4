import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('members', '0002_ledger_is_append_only'),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name='AttentionBudget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quiet_from', models.TimeField(blank=True, null=True)),
                ('quiet_until', models.TimeField(blank=True, null=True)),
                ('most_a_week', models.PositiveSmallIntegerField(blank=True, help_text='Empty: as many as there are.', null=True)),
                ('digest_hour', models.PositiveSmallIntegerField(default=8, help_text="In the member's own time.")),
            ],
        ),
        migrations.CreateModel(
            name='AttentionSpent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=160)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Avatar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('image', models.BinaryField(help_text='WebP, 256 by 256 pixels.')),
                ('etag', models.CharField(max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='BadgeAward',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('is_hidden', models.BooleanField(default=False, help_text='Its owner does not want it seen.')),
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
            ],
            options={
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='Buddy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'buddies',
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
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('matching', 'matching'), ('network', 'network analysis'), ('leadership', 'leadership suggestions'), ('reading', 'reading signals')], max_length=20)),
                ('given', models.BooleanField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='DirectoryIndex',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('value', models.CharField(max_length=80)),
                ('members', models.BinaryField(help_text='A serialised Roaring bitmap of member numbers.')),
                ('size', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name_plural': 'directory index',
            },
        ),
        migrations.CreateModel(
            name='DirectoryStale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member', models.PositiveBigIntegerField(help_text='A number, so that it outlives nobody.', unique=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name_plural': 'directory stale',
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
            ],
            options={
                'ordering': ['-at'],
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
            ],
            options={
                'ordering': ['-asked_at'],
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
            ],
            options={
                'ordering': ['-sent_at'],
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
            ],
            options={
                'verbose_name_plural': 'kudos',
                'ordering': ['-at'],
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
            ],
        ),
        migrations.CreateModel(
            name='MemberLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('title', models.CharField(max_length=60)),
                ('url', models.URLField(max_length=300, verbose_name='address')),
            ],
            options={
                'ordering': ['order', 'pk'],
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
            ],
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
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NoticePreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('way', models.CharField(choices=[('mail', 'by mail at once'), ('digest', 'in the daily digest'), ('site', 'on the site only')], max_length=10)),
            ],
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
            ],
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
            ],
            options={
                'ordering': ['-at'],
            },
        ),
        migrations.AddField(
            model_name='levelaward',
            name='renewed_at',
            field=models.DateTimeField(blank=True, help_text='The newest act that counts for this level; levels never fall.', null=True),
        ),
        migrations.AddField(
            model_name='member',
            name='audiences',
            field=models.JSONField(blank=True, default=dict, help_text='Field to who sees it: public, members or me. Missing: as usual.'),
        ),
        migrations.AddField(
            model_name='member',
            name='challenges',
            field=models.TextField(blank=True, max_length=600),
        ),
        migrations.AddField(
            model_name='member',
            name='country',
            field=models.CharField(blank=True, help_text='Two letters of ISO 3166.', max_length=2),
        ),
        migrations.AddField(
            model_name='member',
            name='erased_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='member',
            name='function',
            field=models.CharField(blank=True, choices=[('operations', 'Operations and reliability'), ('platform', 'Platform and infrastructure'), ('development', 'Software development'), ('data', 'Data and machine learning'), ('security', 'Security and privacy'), ('architecture', 'Architecture'), ('advice', 'Advice and strategy'), ('management', 'Leading teams'), ('research', 'Research and teaching'), ('founding', 'Founding and product'), ('other', 'Something else')], max_length=20),
        ),
        migrations.AddField(
            model_name='member',
            name='goals',
            field=models.TextField(blank=True, max_length=600),
        ),
        migrations.AddField(
            model_name='member',
            name='hours_per_week',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Hours a week for the community, 0 to 40.', null=True),
        ),
        migrations.AddField(
            model_name='member',
            name='languages',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='member',
            name='motivations',
            field=models.TextField(blank=True, max_length=600),
        ),
        migrations.AddField(
            model_name='member',
            name='open_to_mentor',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='member',
            name='open_to_pairing',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='member',
            name='paused_until',
            field=models.DateField(blank=True, help_text='Until then nobody is asked for anything.', null=True),
        ),
        migrations.AddField(
            model_name='member',
            name='pronouns',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='member',
            name='sector',
            field=models.CharField(blank=True, choices=[('industry', 'Industry'), ('academia', 'Academia'), ('public', 'Public service'), ('startup', 'Startup'), ('non-profit', 'Non-profit')], max_length=20),
        ),
        migrations.AddField(
            model_name='member',
            name='tools',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='member',
            name='unit',
            field=models.CharField(blank=True, help_text='Part of the organisation, as a team or department.', max_length=120),
        ),
        migrations.AddField(
            model_name='member',
            name='workflows',
            field=models.TextField(blank=True, max_length=600),
        ),
        migrations.AlterField(
            model_name='levelrule',
            name='measure',
            field=models.CharField(choices=[('account', 'has acted at all'), ('acts', 'number of acts'), ('people', 'number of different people helped'), ('organisations', 'number of different organisations of those helped')], max_length=15),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('hours_per_week__isnull', True), ('hours_per_week__lte', 40), _connector='OR'), name='hours_for_the_community_fit_into_a_week', violation_error_message='Write a number of hours from 0 to 40.'),
        ),
        migrations.AddField(
            model_name='attentionbudget',
            name='member',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='attention', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attentionspent',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attention_spent', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='avatar',
            name='member',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='picture', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='badgeaward',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='badges', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='badgerule',
            name='verbs',
            field=models.ManyToManyField(to='members.verb'),
        ),
        migrations.AddField(
            model_name='badgeaward',
            name='badge',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='members.badgerule'),
        ),
        migrations.AddField(
            model_name='buddy',
            name='buddy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='newcomers', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='buddy',
            name='newcomer',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='buddy', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='claim',
            name='act',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claim', to='members.activity'),
        ),
        migrations.AddField(
            model_name='claim',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='claims_decided', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='claim',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='claim',
            name='witness',
            field=models.ForeignKey(blank=True, help_text='A member who was there.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='claims_to_confirm', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='consent',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='directoryindex',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('kind', 'word')), fields=['value'], name='words_that_look_alike', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='directoryindex',
            constraint=models.UniqueConstraint(fields=('kind', 'value'), name='one_set_per_thing_in_the_directory'),
        ),
        migrations.AddField(
            model_name='endorsement',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='endorsements_given', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='endorsement',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='endorsements', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='erasurerequest',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='erasures', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='accepted_by',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invited_by', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='persona',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='members.persona'),
        ),
        migrations.AddField(
            model_name='kudos',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kudos_given', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='kudos',
            name='to',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kudos', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ledgerimport',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ledgerimport',
            name='reversed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='activity',
            name='batch',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='members.ledgerimport'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(condition=models.Q(('other__isnull', False)), fields=['other', 'actor'], name='acts_for_a_person'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(condition=models.Q(('community', ''), _negated=True), fields=['community', '-occurred_at'], name='acts_in_a_community'),
        ),
        migrations.AddField(
            model_name='memberlink',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='memberskill',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skills', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notice',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='noticepreference',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_preferences', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='skill',
            name='proposed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposed_skills', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='memberskill',
            name='skill',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='members.skill'),
        ),
        migrations.AddField(
            model_name='endorsement',
            name='skill',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='members.skill'),
        ),
        migrations.AddField(
            model_name='spotlight',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spotlights', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='validation',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='validations_given', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='validation',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='validations', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='validation',
            name='skill',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='members.skill'),
        ),
        migrations.AddConstraint(
            model_name='attentionbudget',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quiet_from__isnull', True), ('quiet_until__isnull', True)), models.Q(('quiet_from__isnull', False), ('quiet_until__isnull', False)), _connector='OR'), name='quiet_hours_begin_and_end', violation_error_message='Give both, when quiet begins and when it ends.'),
        ),
        migrations.AddConstraint(
            model_name='attentionbudget',
            constraint=models.CheckConstraint(condition=models.Q(('digest_hour__lte', 23)), name='digest_hour_is_an_hour'),
        ),
        migrations.AddIndex(
            model_name='attentionspent',
            index=models.Index(fields=['member', 'at'], name='mail_of_a_week'),
        ),
        migrations.AddConstraint(
            model_name='attentionspent',
            constraint=models.UniqueConstraint(fields=('member', 'key'), name='each_mail_is_counted_once'),
        ),
        migrations.AddConstraint(
            model_name='badgerule',
            constraint=models.CheckConstraint(condition=models.Q(('at_least__gte', 1)), name='a_badge_asks_for_something'),
        ),
        migrations.AddConstraint(
            model_name='badgeaward',
            constraint=models.UniqueConstraint(fields=('member', 'badge'), name='each_badge_is_awarded_once'),
        ),
        migrations.AddConstraint(
            model_name='buddy',
            constraint=models.CheckConstraint(condition=models.Q(('newcomer', models.F('buddy')), _negated=True), name='nobody_is_their_own_buddy'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['declined', 'withdrawn']), _negated=True), fields=('member', 'evidence'), name='each_piece_of_evidence_is_claimed_once', violation_error_message='You have claimed this piece of work already.'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', models.F('member')), _negated=True), name='nobody_confirms_their_own_claim'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('witness', models.F('member')), _negated=True), name='nobody_is_their_own_witness'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), ('act__isnull', False), _connector='OR'), name='a_confirmed_claim_has_its_act'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(fields=('member', 'purpose'), name='one_consent_per_purpose'),
        ),
        migrations.AddConstraint(
            model_name='erasurerequest',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True), ('done_at__isnull', True)), fields=('member',), name='one_open_erasure_per_member'),
        ),
        migrations.AddConstraint(
            model_name='erasurerequest',
            constraint=models.CheckConstraint(condition=models.Q(('cancelled_at__isnull', True), ('done_at__isnull', True), _connector='OR'), name='an_erasure_ends_one_way'),
        ),
        migrations.AddIndex(
            model_name='invitation',
            index=models.Index(fields=['by', '-sent_at'], name='invitations_of_a_member'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('by'), condition=models.Q(('accepted_at__isnull', True), models.Q(('email', ''), _negated=True)), name='one_open_invitation_per_address_and_member'),
        ),
        migrations.AddIndex(
            model_name='kudos',
            index=models.Index(fields=['by', 'at'], name='kudos_of_a_week'),
        ),
        migrations.AddConstraint(
            model_name='kudos',
            constraint=models.UniqueConstraint(fields=('by', 'to', 'object_kind', 'object_key'), name='thanks_for_one_thing_once', violation_error_message='You have thanked for this already.'),
        ),
        migrations.AddConstraint(
            model_name='kudos',
            constraint=models.CheckConstraint(condition=models.Q(('by', models.F('to')), _negated=True), name='nobody_thanks_themselves'),
        ),
        migrations.AddConstraint(
            model_name='kudos',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='thanks_have_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='memberlink',
            constraint=models.UniqueConstraint(fields=('member', 'url'), name='each_link_of_a_member_once'),
        ),
        migrations.AddConstraint(
            model_name='memberlink',
            constraint=models.CheckConstraint(condition=models.Q(('url__startswith', 'https://')), name='a_link_of_a_member_starts_with_https', violation_error_message='The address must start with https://.'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['member', '-created_at'], name='inbox_of_a_member'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('read_at__isnull', True)), fields=['member'], name='unread_notices'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('digest', 'waiting')), fields=['member', 'created_at'], name='notices_for_a_digest'),
        ),
        migrations.AddConstraint(
            model_name='noticepreference',
            constraint=models.UniqueConstraint(fields=('member', 'kind'), name='one_way_per_member_and_kind'),
        ),
        migrations.AddIndex(
            model_name='memberskill',
            index=models.Index(fields=['skill', '-depth'], name='who_knows_a_skill'),
        ),
        migrations.AddConstraint(
            model_name='memberskill',
            constraint=models.UniqueConstraint(fields=('member', 'skill'), name='each_skill_of_a_member_once', violation_error_message='This skill stands in your list already.'),
        ),
        migrations.AddConstraint(
            model_name='memberskill',
            constraint=models.CheckConstraint(condition=models.Q(('claimed__lte', 4), ('wants__lte', 4)), name='depths_of_skills_are_0_to_4', violation_error_message='A depth is a number from 0 to 4.'),
        ),
        migrations.AddConstraint(
            model_name='endorsement',
            constraint=models.UniqueConstraint(fields=('member', 'skill', 'by'), name='one_endorsement_per_skill_and_person'),
        ),
        migrations.AddConstraint(
            model_name='endorsement',
            constraint=models.CheckConstraint(condition=models.Q(('member', models.F('by')), _negated=True), name='nobody_endorses_themselves'),
        ),
        migrations.AddConstraint(
            model_name='endorsement',
            constraint=models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 4)), name='endorsed_levels_are_1_to_4'),
        ),
        migrations.AddConstraint(
            model_name='endorsement',
            constraint=models.CheckConstraint(condition=models.Q(('sentence', ''), _negated=True), name='an_endorsement_has_a_sentence'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.UniqueConstraint(fields=('member', 'kind', 'object_key'), name='each_suggestion_of_a_member_once'),
        ),
        migrations.AddConstraint(
            model_name='validation',
            constraint=models.CheckConstraint(condition=models.Q(('member', models.F('by')), _negated=True), name='nobody_validates_themselves'),
        ),
        migrations.AddConstraint(
            model_name='validation',
            constraint=models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 4)), name='validated_levels_are_1_to_4'),
        ),
    ]
