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
                ('slug', models.SlugField(unique=True)),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='Small numbers stand first.')),
                ('platform', models.CharField(max_length=40)),
                ('function', models.CharField(max_length=120)),
                ('why', models.CharField(help_text='Why this place was chosen.', max_length=300)),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('active', 'In use')], default='planned', max_length=10)),
                ('url', models.URLField(blank=True, help_text="https only, at the platform's own host.", max_length=300, verbose_name='address')),
                ('audience', models.CharField(max_length=300)),
                ('rules', models.CharField(help_text='What to keep to when writing here.', max_length=300)),
                ('community', models.ForeignKey(blank=True, help_text='Empty: for everybody.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='channels', to='communities.community')),
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
            ],
            options={
                'ordering': ['joined_at'],
                'constraints': [models.UniqueConstraint(fields=('member', 'community'), name='one_membership_per_member_and_community', violation_error_message='This member belongs to this community already.'), models.UniqueConstraint(condition=models.Q(('is_primary', True)), fields=('member',), name='one_primary_community_per_member', violation_error_message='This member has another primary community.'), models.CheckConstraint(condition=models.Q(('is_primary', False), models.Q(('status', 'left'), _negated=True), _connector='OR'), name='no_primary_community_that_was_left'), models.CheckConstraint(condition=models.Q(models.Q(('left_at__isnull', False), ('status', 'left')), models.Q(models.Q(('status', 'left'), _negated=True), ('left_at__isnull', True)), _connector='OR'), name='who_left_has_a_date_of_leaving')],
            },
        ),
    ]
