import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('newsletters', '0001_first')]

    initial = True

    dependencies = [
        ('members', '0001_whole'),
    ]

    operations = [
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('slug', models.SlugField(help_text='Part of the address of its web page.', unique=True)),
                ('subject', models.CharField(blank=True, help_text='What the issue is about, in one line.', max_length=120)),
                ('preheader', models.CharField(blank=True, help_text='The line that mailboxes show after the subject. May stay empty.', max_length=150)),
                ('body', models.TextField(blank=True, help_text='Markdown. Begin with the most important thing.', max_length=60000)),
                ('audience', models.JSONField(blank=True, default=dict, help_text='Who gets it; decided in the form.')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('approved', 'approved, not sent yet'), ('sending', 'being sent'), ('paused', 'paused'), ('sent', 'sent')], default='draft', max_length=10)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('frozen_subject', models.CharField(blank=True, editable=False, max_length=120)),
                ('frozen_web', models.TextField(blank=True, editable=False, help_text='The body as cleaned HTML, for the web page.')),
                ('frozen_html', models.TextField(blank=True, editable=False, help_text='The whole HTML part of the mail.')),
                ('frozen_text', models.TextField(blank=True, editable=False, help_text='The text part of the mail.')),
                ('approved_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('sent_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('approved_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='issues_approved', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='issues_written', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('subject__regex', '[\\r\\n]'), _negated=True), name='an_issue_subject_is_one_line', violation_error_message='Write the subject in one line.'), models.CheckConstraint(condition=models.Q(('status', 'draft'), models.Q(('approved_at__isnull', False), models.Q(('frozen_subject', ''), _negated=True), models.Q(('frozen_html', ''), _negated=True), models.Q(('frozen_text', ''), _negated=True)), _connector='OR'), name='an_approved_issue_is_frozen'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='a_sent_issue_has_a_date')],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('status', models.CharField(choices=[('unconfirmed', 'waiting for confirmation'), ('active', 'gets the newsletter'), ('unsubscribed', 'unsubscribed')], default='unconfirmed', max_length=12)),
                ('source', models.CharField(default='site', help_text='Where the wish was said.', max_length=30)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, help_text='What its signed links name.', unique=True)),
                ('leaving_reason', models.CharField(blank=True, choices=[('often', 'It comes too often'), ('not-useful', 'It is not useful for my work'), ('never-asked', 'I did not ask for it'), ('other-way', 'I read it on the site')], max_length=20)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('unsubscribed_at', models.DateTimeField(blank=True, null=True)),
                ('member', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='subscription', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('status', 'unconfirmed')), fields=['created_at'], name='unconfirmed_by_age')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_subscription_per_email_in_any_case', violation_error_message='There is a subscription for this address already.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'active'), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='an_active_subscription_was_confirmed'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'unsubscribed'), _negated=True), ('unsubscribed_at__isnull', False), _connector='OR'), name='who_unsubscribed_has_a_date_of_it')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('state', models.CharField(choices=[('pending', 'waiting'), ('claimed', "in a worker's hand"), ('sending', 'being handed over'), ('sent', 'sent'), ('failed', 'refused for good'), ('suppressed', 'address is suppressed'), ('skipped', 'unsubscribed meanwhile'), ('uncertain', 'uncertain, no answer came')], default='pending', max_length=10)),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('claimed_by', models.IntegerField(blank=True, help_text='The number of the worker that has or had it.', null=True)),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('issue', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='newsletters.issue')),
                ('subscription', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='deliveries', to='newsletters.subscription')),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['issue', 'next_try_at', 'id'], name='deliveries_waiting'), models.Index(condition=models.Q(('state__in', ['claimed', 'sending'])), fields=['claimed_at'], name='deliveries_in_hand')],
                'constraints': [models.UniqueConstraint(models.F('issue'), django.db.models.functions.text.Lower('email'), name='one_delivery_per_issue_and_address'), models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'claimed', 'sending', 'sent', 'failed', 'suppressed', 'skipped', 'uncertain'])), name='a_delivery_has_a_known_state'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['claimed', 'sending']), _negated=True), models.Q(('claimed_at__isnull', False), ('claimed_by__isnull', False)), _connector='OR'), name='a_delivery_in_hand_has_a_worker')],
            },
        ),
        migrations.CreateModel(
            name='Suppression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('reason', models.CharField(choices=[('bounce', 'its server says that it does not exist'), ('complaint', 'its owner complained'), ('organizer', 'an organizer decided it')], default='organizer', max_length=10)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'suppressed address',
                'verbose_name_plural': 'suppressed addresses',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='each_address_is_suppressed_once', violation_error_message='This address is suppressed already.')],
            },
        ),
    ]
