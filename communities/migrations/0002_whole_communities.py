import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0001_first'),
        ('members', '0003_whole_members'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Boundary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('door', models.CharField(choices=[('open', 'whoever meets the criteria joins'), ('ask', 'people ask, a lead decides'), ('invite', 'by invitation only')], default='open', max_length=10, verbose_name='how people come in')),
                ('in_scope', models.TextField(blank=True, max_length=1000)),
                ('out_of_scope', models.TextField(blank=True, max_length=1000)),
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
            ],
        ),
        migrations.CreateModel(
            name='CommunityInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('accepted', models.BooleanField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-at'],
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
            ],
            options={
                'verbose_name_plural': 'criteria',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DutyTurn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
            ],
            options={
                'ordering': ['first_day'],
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
            ],
            options={
                'ordering': ['-at'],
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
            ],
            options={
                'ordering': ['asked_at'],
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
            ],
            options={
                'ordering': ['order'],
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
            ],
            options={
                'ordering': ['-opened_at'],
            },
        ),
        migrations.CreateModel(
            name='MotionVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('yes', models.BooleanField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
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
            ],
            options={
                'ordering': ['-opened_at'],
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
            ],
            options={
                'ordering': ['at'],
            },
        ),
        migrations.CreateModel(
            name='VolunteerHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('hours', models.DecimalField(decimal_places=2, max_digits=4)),
                ('task', models.CharField(max_length=160)),
            ],
            options={
                'verbose_name_plural': 'volunteer hours',
                'ordering': ['-day'],
            },
        ),
        migrations.AddField(
            model_name='channel',
            name='checked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='channel',
            name='failures',
            field=models.PositiveSmallIntegerField(default=0, help_text='Failed checks one after the other.'),
        ),
        migrations.AddField(
            model_name='channel',
            name='owner',
            field=models.ForeignKey(blank=True, help_text='Who looks after it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='channels', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='channel',
            name='personas',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(), blank=True, default=list, help_text='Personas to whom it is shown first.', size=None),
        ),
        migrations.AddField(
            model_name='community',
            name='asked_to_revive_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='community',
            name='checklists',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, help_text='Checklists that its work must pass.', size=None),
        ),
        migrations.AddField(
            model_name='community',
            name='created_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name='community',
            name='exposure_ceiling',
            field=models.CharField(blank=True, help_text='The furthest that data goes in what this community recommends.', max_length=20),
        ),
        migrations.AddField(
            model_name='community',
            name='has_budget',
            field=models.BooleanField(default=False, verbose_name='formal budget'),
        ),
        migrations.AddField(
            model_name='community',
            name='has_elections',
            field=models.BooleanField(default=False, verbose_name='formal elections'),
        ),
        migrations.AddField(
            model_name='community',
            name='has_objectives',
            field=models.BooleanField(default=False, verbose_name='formal objectives'),
        ),
        migrations.AddField(
            model_name='community',
            name='language',
            field=models.CharField(blank=True, help_text='Code of the language in which it meets.', max_length=10),
        ),
        migrations.AddField(
            model_name='community',
            name='place',
            field=models.CharField(blank=True, help_text='Town or time zone, where it meets nearby.', max_length=80),
        ),
        migrations.AddField(
            model_name='community',
            name='rhythm',
            field=models.CharField(blank=True, help_text='How often it meets.', max_length=80),
        ),
        migrations.AddField(
            model_name='community',
            name='stage',
            field=models.CharField(choices=[('forming', 'forming'), ('active', 'active'), ('quiet', 'quiet')], default='active', max_length=10),
        ),
        migrations.AddField(
            model_name='community',
            name='visibility',
            field=models.CharField(choices=[('public', 'everybody'), ('members', 'signed-in members'), ('own', 'its own members')], default='public', help_text='The page and what happens there.', max_length=10, verbose_name='who sees it'),
        ),
        migrations.AddField(
            model_name='membership',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, help_text='When the members confirmed the lead.', null=True),
        ),
        migrations.AddField(
            model_name='membership',
            name='dormant_since',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(
            "UPDATE communities_membership SET dormant_since = joined_at WHERE status = 'dormant'",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dormant_since__isnull', False), ('status', 'dormant')), models.Q(models.Q(('status', 'dormant'), _negated=True), ('dormant_since__isnull', True)), _connector='OR'), name='who_rests_has_a_date_of_resting'),
        ),
        migrations.AddField(
            model_name='boundary',
            name='community',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='boundary', to='communities.community'),
        ),
        migrations.AddField(
            model_name='charter',
            name='community',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='charter', to='communities.community'),
        ),
        migrations.AddField(
            model_name='communityinvitation',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='communityinvitation',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='communities.community'),
        ),
        migrations.AddField(
            model_name='communityinvitation',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='community_invitations', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='criterion',
            name='boundary',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='communities.boundary'),
        ),
        migrations.AddField(
            model_name='dutyturn',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duty_turns', to='communities.community'),
        ),
        migrations.AddField(
            model_name='dutyturn',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duty_turns', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='firstpost',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='first_answers', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='firstpost',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='first_posts', to='communities.community'),
        ),
        migrations.AddField(
            model_name='firstpost',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='first_posts', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='joinrequest',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='communities.community'),
        ),
        migrations.AddField(
            model_name='joinrequest',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='joinrequest',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='join_requests', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='launchstep',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='launch_steps', to='communities.community'),
        ),
        migrations.AddField(
            model_name='launchstep',
            name='done_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='motion',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='motions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='motion',
            name='candidate',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='motion',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='motions', to='communities.community'),
        ),
        migrations.AddField(
            model_name='motionvote',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='motionvote',
            name='motion',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='communities.motion'),
        ),
        migrations.AddField(
            model_name='petition',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='petitions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='petition',
            name='community',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='petition', to='communities.community'),
        ),
        migrations.AddField(
            model_name='recruitmentcampaign',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='recruitmentcampaign',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='campaigns', to='communities.community'),
        ),
        migrations.AddField(
            model_name='recruitmentcampaign',
            name='skills',
            field=models.ManyToManyField(blank=True, related_name='+', to='members.skill'),
        ),
        migrations.AddField(
            model_name='signature',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signature',
            name='petition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='communities.petition'),
        ),
        migrations.AddField(
            model_name='volunteerhours',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='volunteer_hours', to='communities.community'),
        ),
        migrations.AddField(
            model_name='volunteerhours',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='volunteer_hours', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='charter',
            constraint=models.CheckConstraint(condition=models.Q(('quorum_percent__gte', 1), ('quorum_percent__lte', 100)), name='a_quorum_is_1_to_100_percent', violation_error_message='A quorum is a number from 1 to 100.'),
        ),
        migrations.AddConstraint(
            model_name='charter',
            constraint=models.CheckConstraint(condition=models.Q(('voting_days__gte', 1), ('voting_days__lte', 60)), name='a_motion_is_open_1_to_60_days', violation_error_message='A motion is open from 1 to 60 days.'),
        ),
        migrations.AddConstraint(
            model_name='communityinvitation',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('community', 'member'), name='one_open_invitation_per_community_and_member'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.UniqueConstraint(fields=('boundary', 'kind', 'value'), name='each_criterion_of_a_boundary_once'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(('value', ''), _negated=True), name='a_criterion_names_what_it_asks_for'),
        ),
        migrations.AddConstraint(
            model_name='dutyturn',
            constraint=models.UniqueConstraint(fields=('community', 'member', 'first_day'), name='each_duty_turn_once'),
        ),
        migrations.AddConstraint(
            model_name='dutyturn',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='a_duty_turn_ends_after_it_begins', violation_error_message='The last day must not lie before the first.'),
        ),
        migrations.AddIndex(
            model_name='firstpost',
            index=models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['due_at'], name='first_posts_that_wait'),
        ),
        migrations.AddConstraint(
            model_name='firstpost',
            constraint=models.UniqueConstraint(fields=('community', 'member'), name='one_first_post_per_community_and_member'),
        ),
        migrations.AddConstraint(
            model_name='firstpost',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by', models.F('member')), _negated=True), name='nobody_answers_their_own_first_post'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('community', 'member'), name='one_open_request_per_community'),
        ),
        migrations.AddConstraint(
            model_name='launchstep',
            constraint=models.UniqueConstraint(fields=('community', 'key'), name='launch_steps_of_a_group_differ'),
        ),
        migrations.AddConstraint(
            model_name='motion',
            constraint=models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opened_at'))), name='a_motion_closes_later'),
        ),
        migrations.AddConstraint(
            model_name='motion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='a_closed_motion_has_a_date'),
        ),
        migrations.AddConstraint(
            model_name='motion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('community', 'kind'), name='one_open_motion_of_a_kind', violation_error_message='Another motion of this kind is open. Wait until it is decided.'),
        ),
        migrations.AddConstraint(
            model_name='motionvote',
            constraint=models.UniqueConstraint(fields=('motion', 'member'), name='one_vote_per_motion_and_member'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(('needed__gte', 1)), name='a_petition_needs_signatures'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='a_closed_petition_has_a_date'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('petition', 'member'), name='each_member_signs_once'),
        ),
        migrations.AddConstraint(
            model_name='volunteerhours',
            constraint=models.CheckConstraint(condition=models.Q(('hours__gt', 0), ('hours__lte', 24)), name='hours_of_a_day_fit_into_it', violation_error_message='Write a number of hours from 0.25 to 24.'),
        ),
    ]
