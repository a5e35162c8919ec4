import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('communities', '0001_first'), ('communities', '0002_whole_communities'), ('communities', '0003_founding_and_care'), ('communities', '0004_practice_areas')]

    initial = True

    dependencies = [
        ('members', '0001_whole'),
    ]

    operations = [
        migrations.CreateModel(
            name='Community',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='Its address on this site; keep it once it is known.', unique=True)),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='Small numbers stand first.')),
                ('kind', models.CharField(choices=[('target', 'target community'), ('research-domain', 'research domain'), ('cross-cutting', 'cross-cutting group'), ('methodology', 'methodology group'), ('business-domain', 'business domain'), ('technical', 'technical group'), ('interest-group', 'interest group'), ('study-group', 'study group')], max_length=20)),
                ('name', models.CharField(max_length=80)),
                ('why', models.CharField(help_text='Why people come, in one sentence.', max_length=300)),
                ('brings', models.JSONField(blank=True, default=list, help_text='What people bring, as a list of short phrases.')),
                ('success', models.CharField(help_text='What success is, in one sentence.', max_length=300)),
                ('description', models.TextField(help_text='What happens here, in Markdown.', max_length=2000)),
                ('is_archived', models.BooleanField(default=False, help_text='Stays readable; nobody joins any more.')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='communities.community')),
                ('asked_to_revive_at', models.DateTimeField(blank=True, null=True)),
                ('checklists', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, help_text='Checklists that its work must pass.', size=None)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('exposure_ceiling', models.CharField(blank=True, help_text='The furthest that data goes in what this community recommends.', max_length=20)),
                ('has_budget', models.BooleanField(default=False, verbose_name='formal budget')),
                ('has_elections', models.BooleanField(default=False, verbose_name='formal elections')),
                ('has_objectives', models.BooleanField(default=False, verbose_name='formal objectives')),
                ('language', models.CharField(blank=True, help_text='Code of the language in which it meets.', max_length=10)),
                ('place', models.CharField(blank=True, help_text='Town or time zone, where it meets nearby.', max_length=80)),
                ('rhythm', models.CharField(blank=True, help_text='How often it meets.', max_length=80)),
                ('stage', models.CharField(choices=[('forming', 'forming'), ('active', 'active'), ('quiet', 'quiet')], default='active', max_length=10)),
                ('visibility', models.CharField(choices=[('public', 'everybody'), ('members', 'signed-in members'), ('own', 'its own members')], default='public', help_text='The page and what happens there.', max_length=10, verbose_name='who sees it')),
                ('practice_areas', models.JSONField(blank=True, default=list, help_text='The kinds of work that people here share, as a list of short phrases.')),
            ],
            options={
                'verbose_name_plural': 'communities',
                'ordering': ['order', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='no_community_is_its_own_parent', violation_error_message='A community cannot be its own parent.')],
            },
        ),
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='Acts in the ledger name it as their source.', max_length=40, unique=True)),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='Small numbers stand first.')),
                ('platform', models.CharField(max_length=40)),
                ('function', models.CharField(max_length=120)),
                ('why', models.CharField(help_text='Why this place was chosen.', max_length=300)),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('active', 'In use')], default='planned', max_length=10)),
                ('url', models.URLField(blank=True, help_text="https only, at the platform's own host.", max_length=300, verbose_name='address')),
                ('audience', models.CharField(max_length=300)),
                ('rules', models.CharField(help_text='What to keep to when writing here.', max_length=300)),
                ('community', models.ForeignKey(blank=True, help_text='Empty: for everybody.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='channels', to='communities.community')),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('failures', models.PositiveSmallIntegerField(default=0, help_text='Failed checks one after the other.')),
                ('owner', models.ForeignKey(blank=True, help_text='Who looks after it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='channels', to=settings.AUTH_USER_MODEL)),
                ('personas', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(), blank=True, default=list, help_text='Personas to whom it is shown first.', size=None)),
                ('failing_since', models.DateTimeField(blank=True, null=True)),
                ('marked_at', models.DateTimeField(blank=True, help_text='When its address was marked as one that does not answer.', null=True)),
            ],
            options={
                'ordering': ['order', 'platform'],
                'constraints': [models.CheckConstraint(condition=models.Q(('url', ''), ('url__startswith', 'https://'), _connector='OR'), name='a_channel_address_starts_with_https', violation_error_message='The address must start with https://.')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('member', 'member'), ('core', 'core member'), ('lead', 'lead'), ('deputy', 'deputy lead')], default='member', max_length=10)),
                ('status', models.CharField(choices=[('active', 'active'), ('dormant', 'resting'), ('left', 'left')], default='active', max_length=10)),
                ('is_primary', models.BooleanField(default=False, verbose_name='primary community')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='communities.community')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('confirmed_at', models.DateTimeField(blank=True, help_text='When the members confirmed the lead.', null=True)),
                ('dormant_since', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['joined_at'],
                'constraints': [models.UniqueConstraint(fields=('member', 'community'), name='one_membership_per_member_and_community', violation_error_message='This member belongs to this community already.'), models.UniqueConstraint(condition=models.Q(('is_primary', True)), fields=('member',), name='one_primary_community_per_member', violation_error_message='This member has another primary community.'), models.CheckConstraint(condition=models.Q(('is_primary', False), models.Q(('status', 'left'), _negated=True), _connector='OR'), name='no_primary_community_that_was_left'), models.CheckConstraint(condition=models.Q(models.Q(('left_at__isnull', False), ('status', 'left')), models.Q(models.Q(('status', 'left'), _negated=True), ('left_at__isnull', True)), _connector='OR'), name='who_left_has_a_date_of_leaving'), models.CheckConstraint(condition=models.Q(models.Q(('dormant_since__isnull', False), ('status', 'dormant')), models.Q(models.Q(('status', 'dormant'), _negated=True), ('dormant_since__isnull', True)), _connector='OR'), name='who_rests_has_a_date_of_resting')],
            },
        ),
        migrations.CreateModel(
            name='Boundary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('door', models.CharField(choices=[('open', 'whoever meets the criteria joins'), ('ask', 'people ask, a lead decides'), ('invite', 'by invitation only')], default='open', max_length=10, verbose_name='how people come in')),
                ('in_scope', models.TextField(blank=True, max_length=1000)),
                ('out_of_scope', models.TextField(blank=True, max_length=1000)),
                ('community', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='boundary', to='communities.community')),
            ],
            options={
                'verbose_name_plural': 'boundaries',
            },
        ),
        migrations.CreateModel(
            name='Charter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, help_text='In words, in Markdown.', max_length=8000)),
                ('quorum_percent', models.PositiveSmallIntegerField(default=20, help_text='Share of the active members who must vote for a motion to count.')),
                ('voting_days', models.PositiveSmallIntegerField(default=7, help_text='How long a motion is open.')),
                ('lead_term_months', models.PositiveSmallIntegerField(default=12)),
                ('lead_level', models.CharField(blank=True, help_text='Slug of the level that a lead needs.', max_length=50)),
                ('confirm_lead_days', models.PositiveSmallIntegerField(default=60)),
                ('dormant_days', models.PositiveSmallIntegerField(default=180, help_text='Silent days until a membership rests.')),
                ('silent_weeks', models.PositiveSmallIntegerField(default=10, help_text='Silent weeks until the lead is asked to revive, merge or close.')),
                ('newcomer_hours', models.PositiveSmallIntegerField(blank=True, help_text="Within so many hours a person answers a newcomer's first post.", null=True)),
                ('most_hours_a_week', models.PositiveSmallIntegerField(default=8, help_text='Volunteer hours a week above which the lead is warned.')),
                ('community', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='charter', to='communities.community')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('quorum_percent__gte', 1), ('quorum_percent__lte', 100)), name='a_quorum_is_1_to_100_percent', violation_error_message='A quorum is a number from 1 to 100.'), models.CheckConstraint(condition=models.Q(('voting_days__gte', 1), ('voting_days__lte', 60)), name='a_motion_is_open_1_to_60_days', violation_error_message='A motion is open from 1 to 60 days.')],
            },
        ),
        migrations.CreateModel(
            name='CommunityInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('accepted', models.BooleanField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='communities.community')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='community_invitations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('community', 'member'), name='one_open_invitation_per_community_and_member')],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(choices=[('level', 'a participation level'), ('skill', 'a skill with a least depth'), ('module', 'a finished module'), ('organisation', 'an organisation'), ('question', 'an answer to a question')], max_length=15)),
                ('value', models.CharField(help_text='Slug of level, skill or module; organisation; question.', max_length=300)),
                ('at_least', models.PositiveSmallIntegerField(default=1, help_text='For a skill: the least depth, 1 to 4.')),
                ('text', models.CharField(blank=True, help_text='In words for the page; made up where left out.', max_length=200)),
                ('boundary', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='communities.boundary')),
            ],
            options={
                'verbose_name_plural': 'criteria',
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('boundary', 'kind', 'value'), name='each_criterion_of_a_boundary_once'), models.CheckConstraint(condition=models.Q(('value', ''), _negated=True), name='a_criterion_names_what_it_asks_for')],
            },
        ),
        migrations.CreateModel(
            name='DutyTurn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duty_turns', to='communities.community')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duty_turns', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['first_day'],
                'constraints': [models.UniqueConstraint(fields=('community', 'member', 'first_day'), name='each_duty_turn_once'), models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='a_duty_turn_ends_after_it_begins', violation_error_message='The last day must not lie before the first.')],
            },
        ),
        migrations.CreateModel(
            name='FirstPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField(blank=True, help_text='Empty where nothing is promised.', null=True)),
                ('escalated_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, max_length=4000)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='first_answers', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='first_posts', to='communities.community')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='first_posts', to=settings.AUTH_USER_MODEL)),
                ('reminded_at', models.DateTimeField(blank=True, help_text='When half of the time was over.', null=True)),
            ],
            options={
                'ordering': ['-at'],
                'indexes': [models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['due_at'], name='first_posts_that_wait')],
                'constraints': [models.UniqueConstraint(fields=('community', 'member'), name='one_first_post_per_community_and_member'), models.CheckConstraint(condition=models.Q(('answered_by', models.F('member')), _negated=True), name='nobody_answers_their_own_first_post')],
            },
        ),
        migrations.CreateModel(
            name='JoinRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.JSONField(default=list, help_text='A list of question and answer.')),
                ('state', models.CharField(choices=[('open', 'waiting'), ('accepted', 'accepted'), ('declined', 'not accepted'), ('withdrawn', 'withdrawn')], default='open', max_length=10)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='communities.community')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='join_requests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['asked_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('community', 'member'), name='one_open_request_per_community')],
            },
        ),
        migrations.CreateModel(
            name='LaunchStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField()),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('title', models.CharField(max_length=120)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='launch_steps', to='communities.community')),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('text', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['order'],
                'constraints': [models.UniqueConstraint(fields=('community', 'key'), name='launch_steps_of_a_group_differ')],
            },
        ),
        migrations.CreateModel(
            name='Motion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('charter', 'change of the charter'), ('lead', 'confirmation of a lead')], max_length=10)),
                ('title', models.CharField(max_length=160)),
                ('reason', models.CharField(max_length=600)),
                ('changes', models.JSONField(blank=True, default=dict, help_text='Field of the charter to its new value.')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closes_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'open'), ('accepted', 'accepted'), ('refused', 'refused'), ('no-quorum', 'too few voted'), ('withdrawn', 'withdrawn')], default='open', max_length=10)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('needed', models.PositiveIntegerField(default=1, help_text='Votes that the quorum asked for when it closed.')),
                ('yes', models.PositiveIntegerField(default=0)),
                ('no', models.PositiveIntegerField(default=0)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='motions', to=settings.AUTH_USER_MODEL)),
                ('candidate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='motions', to='communities.community')),
            ],
            options={
                'ordering': ['-opened_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opened_at'))), name='a_motion_closes_later'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='a_closed_motion_has_a_date'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('community', 'kind'), name='one_open_motion_of_a_kind', violation_error_message='Another motion of this kind is open. Wait until it is decided.')],
            },
        ),
        migrations.CreateModel(
            name='MotionVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('yes', models.BooleanField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('motion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='communities.motion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('motion', 'member'), name='one_vote_per_motion_and_member')],
            },
        ),
        migrations.CreateModel(
            name='Petition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('interest-group', 'interest group'), ('study-group', 'study group')], max_length=20)),
                ('purpose', models.CharField(help_text='What the group is for, and for whom.', max_length=600)),
                ('place', models.CharField(blank=True, help_text='For a study group: town or time zone.', max_length=80)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('rhythm', models.CharField(blank=True, help_text='How often it would meet.', max_length=80)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closes_at', models.DateTimeField()),
                ('needed', models.PositiveSmallIntegerField(default=5)),
                ('state', models.CharField(choices=[('open', 'collecting signatures'), ('succeeded', 'became a group'), ('expired', 'ended without enough signatures'), ('withdrawn', 'withdrawn')], default='open', max_length=10)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='petitions', to=settings.AUTH_USER_MODEL)),
                ('community', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='petition', to='communities.community')),
            ],
            options={
                'ordering': ['-opened_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('needed__gte', 1)), name='a_petition_needs_signatures'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='a_closed_petition_has_a_date')],
            },
        ),
        migrations.CreateModel(
            name='RecruitmentCampaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('functions', models.JSONField(blank=True, default=list)),
                ('sectors', models.JSONField(blank=True, default=list)),
                ('sentence', models.CharField(help_text='Why to come, for the invitations.', max_length=300)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='campaigns', to='communities.community')),
                ('skills', models.ManyToManyField(blank=True, related_name='+', to='members.skill')),
            ],
            options={
                'ordering': ['-opened_at'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to=settings.AUTH_USER_MODEL)),
                ('petition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='communities.petition')),
            ],
            options={
                'ordering': ['at'],
                'constraints': [models.UniqueConstraint(fields=('petition', 'member'), name='each_member_signs_once')],
            },
        ),
        migrations.CreateModel(
            name='VolunteerHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('hours', models.DecimalField(decimal_places=2, max_digits=4)),
                ('task', models.CharField(max_length=160)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='volunteer_hours', to='communities.community')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='volunteer_hours', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'volunteer hours',
                'ordering': ['-day'],
                'constraints': [models.CheckConstraint(condition=models.Q(('hours__gt', 0), ('hours__lte', 24)), name='hours_of_a_day_fit_into_it', violation_error_message='Write a number of hours from 0.25 to 24.')],
            },
        ),
        migrations.CreateModel(
            name='FoundingStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='Small numbers stand first.')),
                ('title', models.CharField(max_length=120)),
                ('text', models.CharField(help_text='How to do it, in a sentence or two.', max_length=300)),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='GroupRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signatures', models.PositiveSmallIntegerField(default=5, help_text='Signatures that make a petition a group.')),
                ('petition_days', models.PositiveSmallIntegerField(default=30, help_text='Days in which they must come together.')),
                ('petitions_each', models.PositiveSmallIntegerField(default=3, help_text='Open petitions that one member may have.')),
                ('name_distance', models.PositiveSmallIntegerField(default=2, help_text='Letters by which a new name may differ from an old one and still be taken for it.')),
                ('weeks_to_answer', models.PositiveSmallIntegerField(default=4, help_text='Weeks that a lead has to say how a quiet group goes on; then organizers are told.')),
                ('newcomer_days', models.PositiveSmallIntegerField(default=30, help_text='Days in a community during which somebody is new there.')),
                ('promise_days', models.PositiveSmallIntegerField(default=90, help_text='Days over which a page counts how often a promise to newcomers was kept.')),
                ('failed_checks', models.PositiveSmallIntegerField(default=2, help_text='Failed checks one after the other that mark the address of a channel.')),
            ],
            options={
                'verbose_name': 'rules for groups',
                'verbose_name_plural': 'rules for groups',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='the_rules_for_groups_stand_in_one_row'), models.CheckConstraint(condition=models.Q(('failed_checks__gte', 1), ('petition_days__gte', 1), ('signatures__gte', 1)), name='rules_for_groups_are_at_least_one')],
            },
        ),
    ]
