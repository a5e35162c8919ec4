import django.db.models.deletion
import django.utils.timezone
import taggit.managers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('events', '0001_first')]

    initial = True

    dependencies = [
        ('communities', '0001_whole'),
        ('members', '0001_whole'),
        ('modules', '0001_whole'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
    ]

    operations = [
        migrations.CreateModel(
            name='EventSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('title', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('webinar', 'Webinar'), ('sprint', 'Sprint'), ('summit', 'Summit'), ('ask-me-anything', 'Ask me anything'), ('workshop', 'Workshop'), ('hackathon', 'Hackathon'), ('meetup', 'Meetup'), ('networking', 'Networking'), ('retrospective', 'Retrospective'), ('kick-off', 'Kick-off'), ('committee-meeting', 'Committee meeting')], max_length=20)),
                ('rrule', models.CharField(help_text='A recurrence rule of RFC 5545: FREQ=MONTHLY;BYDAY=2WE', max_length=200, verbose_name='rule')),
                ('summary', models.CharField(max_length=200)),
                ('minutes', models.PositiveSmallIntegerField(default=60)),
                ('format', models.JSONField(blank=True, default=list, help_text='The parts in order, each with minutes and title.')),
            ],
            options={
                'verbose_name_plural': 'event series',
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('slug', models.SlugField(help_text='The last part of its address.', max_length=80, unique=True, verbose_name='address')),
                ('kind', models.CharField(choices=[('webinar', 'Webinar'), ('sprint', 'Sprint'), ('summit', 'Summit'), ('ask-me-anything', 'Ask me anything'), ('workshop', 'Workshop'), ('hackathon', 'Hackathon'), ('meetup', 'Meetup'), ('networking', 'Networking'), ('retrospective', 'Retrospective'), ('kick-off', 'Kick-off'), ('committee-meeting', 'Committee meeting')], default='webinar', max_length=20)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('cancelled', 'Cancelled')], default='draft', max_length=10)),
                ('summary', models.CharField(blank=True, help_text='What people leave with. Shown in lists and in mails.', max_length=200, verbose_name='one line')),
                ('description', models.TextField(blank=True, help_text='Markdown works.', max_length=20000)),
                ('agenda', models.TextField(blank=True, help_text='One line for each part, with its time in front: “14:30 Rules first”.', max_length=4000)),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends')),
                ('time_zone', models.CharField(default='Europe/Amsterdam', help_text='Where the event is at home, such as Europe/Lisbon.', max_length=60)),
                ('place', models.CharField(blank=True, help_text='Street, town and room. Empty: it is online.', max_length=200)),
                ('join_url', models.URLField(blank=True, help_text='Only those registered see it, from 24 hours before the beginning until the end.', max_length=500, verbose_name='link to join')),
                ('access_information', models.CharField(blank=True, help_text='Step-free, captions, quiet room: whatever people need to know to come.', max_length=300)),
                ('capacity', models.PositiveIntegerField(blank=True, help_text='When all are taken, people join a waiting list and move up by themselves. Empty: no limit.', null=True, verbose_name='places')),
                ('seats_taken', models.IntegerField(default=0, editable=False, verbose_name='places taken')),
                ('sequence', models.PositiveIntegerField(default=0, editable=False)),
                ('recording_url', models.URLField(blank=True, help_text='Where the recording is.', max_length=500, verbose_name='recording')),
                ('recording_published_at', models.DateTimeField(blank=True, help_text='Empty: from the moment the recording is saved.', null=True, verbose_name='recording shown from')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('community', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='communities.community')),
                ('host', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='hosted_events', to=settings.AUTH_USER_MODEL)),
                ('module', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='modules.module')),
                ('topics', taggit.managers.TaggableManager(blank=True, help_text='Words separated by commas.', through='taggit.TaggedItem', to='taggit.Tag', verbose_name='topics')),
                ('series', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='events.eventseries')),
            ],
            options={
                'ordering': ['starts_at'],
                'indexes': [models.Index(fields=['status', 'starts_at'], name='events_by_status_and_start'), models.Index(fields=['status', 'ends_at'], name='events_by_status_and_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='an_event_ends_after_it_begins', violation_error_message='The end must come after the beginning.'), models.CheckConstraint(condition=models.Q(('status', 'draft'), ('ends_at__isnull', False), _connector='OR'), name='an_announced_event_has_an_end'), models.CheckConstraint(condition=models.Q(('capacity__isnull', True), ('seats_taken__lte', models.F('capacity')), _connector='OR'), name='an_event_is_never_overbooked', violation_error_message='More places are taken than that.'), models.CheckConstraint(condition=models.Q(('seats_taken__gte', 0)), name='seats_taken_are_never_negative'), models.CheckConstraint(condition=models.Q(('capacity__isnull', True), ('capacity__gte', 1), _connector='OR'), name='a_limit_leaves_at_least_one_place', violation_error_message='Give at least one place, or leave it empty for no limit.')],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('confirmed', 'Registered'), ('offered', 'Place offered'), ('waiting', 'Waiting'), ('cancelled', 'Cancelled')], max_length=10)),
                ('waiting_number', models.PositiveIntegerField(blank=True, help_text='Order in the waiting list; smaller numbers move up first.', null=True)),
                ('registered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('source', models.CharField(default='site', max_length=20)),
                ('attended_at', models.DateTimeField(blank=True, null=True, verbose_name='attendance marked')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='events.event')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['event', 'status'], name='registrations_by_status')],
                'constraints': [models.UniqueConstraint(fields=('event', 'member'), name='a_member_registers_once_per_event'), models.UniqueConstraint(condition=models.Q(('status', 'waiting')), fields=('event', 'waiting_number'), name='no_two_wait_at_the_same_number'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'waiting'), ('waiting_number__isnull', False)), models.Q(models.Q(('status', 'waiting'), _negated=True), ('waiting_number__isnull', True)), _connector='OR'), name='those_waiting_have_a_number_and_nobody_else')],
            },
        ),
        migrations.CreateModel(
            name='ReminderSent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('7d', '7 days before'), ('1d', '1 day before'), ('1h', '1 hour before')], max_length=2)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='events.registration')),
            ],
            options={
                'verbose_name_plural': 'reminders sent',
                'constraints': [models.UniqueConstraint(fields=('registration', 'kind'), name='each_reminder_leaves_once')],
            },
        ),
    ]
