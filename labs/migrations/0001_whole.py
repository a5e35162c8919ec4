import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('labs', '0001_first'), ('labs', '0002_whole_labs')]

    initial = True

    dependencies = [
        ('communities', '0001_whole'),
        ('editorial', '0001_first'),
        ('members', '0001_whole'),
        ('modules', '0001_whole'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lab',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='The last part of the page’s address.', unique=True, verbose_name='address')),
                ('order', models.PositiveSmallIntegerField(default=1, help_text='The place among articles and labs of the module.')),
                ('title', models.CharField(max_length=160)),
                ('aim', models.CharField(help_text='One sentence that begins with “You end with”.', max_length=300)),
                ('minutes', models.PositiveSmallIntegerField(help_text='All required steps.', validators=[django.core.validators.MinValueValidator(1)])),
                ('exposure', models.CharField(blank=True, choices=[('none', 'None'), ('local-only', 'Local only'), ('on-premises', 'On premises'), ('vendor-cloud', 'Vendor cloud'), ('public-service', 'Public service')], help_text='The furthest place that data goes to.', max_length=20, verbose_name='data exposure')),
                ('no_code', models.BooleanField(default=False, verbose_name='needs no code')),
                ('prerequisites', models.JSONField(blank=True, default=list)),
                ('environment', models.CharField(blank=True, help_text='Where it is done and with what.', max_length=400)),
                ('local_alternative', models.CharField(blank=True, help_text='How to do it on one’s own machine. Where there is no way, write “None is known.”', max_length=600)),
                ('introduction', models.TextField(blank=True, help_text='Markdown.', max_length=20000)),
                ('introduction_html', models.TextField(blank=True, editable=False)),
                ('expected', models.TextField(blank=True, help_text='Markdown.', max_length=20000, verbose_name='expected result')),
                ('expected_html', models.TextField(blank=True, editable=False)),
                ('reflection', models.CharField(blank=True, help_text='One question to think about at the end.', max_length=400)),
                ('troubleshooting', models.JSONField(blank=True, default=list)),
                ('rubric', models.JSONField(blank=True, default=list)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', editable=False, max_length=20)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='labs', to='modules.module')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='labs_written', to=settings.AUTH_USER_MODEL)),
                ('author_name', models.CharField(blank=True, help_text='For authors who are no members.', max_length=80)),
                ('licence', models.CharField(default='CC-BY-4.0', help_text='As SPDX writes it.', max_length=40)),
                ('may_show_secrets', models.BooleanField(default=False, help_text='Where somebody works with their own material, in files, on the screen or in logs.', verbose_name='secrets or personal data could appear')),
                ('median_minutes', models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                ('median_of', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Runs behind the median.')),
                ('needs_repair_since', models.DateTimeField(blank=True, editable=False, null=True)),
                ('review_by', models.DateField(blank=True, help_text='After this day the page warns that it may be old.', null=True)),
                ('teaches', models.JSONField(blank=True, default=dict, help_text='Depth by skill, as {“rag-basics”: 1}.')),
                ('usefulness', models.FloatField(blank=True, editable=False, help_text='Mean of what members said last.', null=True)),
            ],
            options={
                'ordering': ['module', 'order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 1)), name='a_lab_takes_time'), models.CheckConstraint(condition=models.Q(('status', 'draft'), models.Q(('published_at__isnull', False), models.Q(('exposure', ''), _negated=True)), _connector='OR'), name='a_published_lab_has_its_date_and_says_where_data_goes')],
            },
        ),
        migrations.CreateModel(
            name='LabRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('notes', models.TextField(blank=True, max_length=20000)),
                ('notes_saved_at', models.DateTimeField(blank=True, null=True)),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='labs.lab')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lab_runs', to=settings.AUTH_USER_MODEL)),
                ('minutes', models.PositiveIntegerField(blank=True, help_text='That it really took, as the member said.', null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'lab'), name='one_run_per_member_and_lab'), models.CheckConstraint(condition=models.Q(('finished_at', None), ('finished_at__gte', models.F('started_at')), _connector='OR'), name='no_run_is_finished_before_it_is_started'), models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('notes'), 20000), name='notes_of_a_run_are_not_longer_than_20000')],
            },
        ),
        migrations.CreateModel(
            name='LabStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(help_text='Keep it over revisions: members’ ticks hang on it.')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('title', models.CharField(max_length=160)),
                ('body', models.TextField(help_text='Markdown.', max_length=40000, verbose_name='text')),
                ('html', models.TextField(blank=True, editable=False)),
                ('minutes', models.PositiveSmallIntegerField(default=5)),
                ('required', models.BooleanField(default=True)),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='labs.lab')),
            ],
            options={
                'ordering': ['lab', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('lab', 'key'), name='steps_of_a_lab_have_different_keys')],
            },
        ),
        migrations.CreateModel(
            name='StepTick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step_key', models.SlugField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ticks', to='labs.labrun')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'step_key'), name='each_step_is_ticked_once')],
            },
        ),
        migrations.CreateModel(
            name='IssuerKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kid', models.CharField(max_length=64, unique=True)),
                ('public', models.JSONField(help_text='The public key as a JWK.')),
                ('sealed', models.TextField(help_text='The private key, sealed with the site’s secret; empty after destruction.')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, help_text='When it stopped being served, because somebody else may have had it.', null=True)),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.UniqueConstraint(models.Value(1), condition=models.Q(('retired_at', None)), name='one_key_signs_at_a_time'), models.CheckConstraint(condition=models.Q(('withdrawn_at', None), ('retired_at__isnull', False), _connector='OR'), name='a_withdrawn_key_signs_no_more')],
            },
        ),
        migrations.CreateModel(
            name='LabRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review_days', models.PositiveSmallIntegerField(default=5, help_text='Days within which work is promised a review; then peers who passed the lab are asked.')),
                ('claim_minutes', models.PositiveSmallIntegerField(default=30, help_text='For which a reviewer’s claim holds.')),
                ('broken_reports', models.PositiveSmallIntegerField(default=3, help_text='Open reports on one step that mark the lab as needing repair.')),
                ('broken_days', models.PositiveSmallIntegerField(default=30, help_text='Days within which they lie.')),
                ('median_runs', models.PositiveSmallIntegerField(default=30, help_text='Latest runs of which the median is shown.')),
                ('confirmations', models.PositiveSmallIntegerField(default=1, help_text='Other members who must have run a new lab before it is published.')),
            ],
            options={
                'verbose_name': 'rules about labs',
                'verbose_name_plural': 'rules about labs',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='the_rules_about_labs_stand_in_one_row'), models.CheckConstraint(condition=models.Q(('broken_days__gte', 1), ('broken_reports__gte', 1), ('claim_minutes__gte', 1), ('confirmations__gte', 1), ('median_runs__gte', 1), ('review_days__gte', 1)), name='rules_about_labs_are_at_least_one', violation_error_message='Days, minutes, reports, runs and confirmations are at least 1.')],
            },
        ),
        migrations.CreateModel(
            name='Path',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='address')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('title', models.CharField(help_text='From which role to which.', max_length=120)),
                ('role', models.CharField(help_text='Where it leads to.', max_length=80)),
                ('summary', models.CharField(max_length=600)),
                ('ends_with', models.CharField(help_text='What somebody has in hand at the end.', max_length=200)),
                ('goal', models.JSONField(blank=True, default=dict, help_text='Depth by skill that the role needs.')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', editable=False, max_length=10)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('community', models.OneToOneField(blank=True, help_text='The target community whose path it is; each has one.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='path', to='communities.community')),
            ],
            options={
                'ordering': ['order', 'title'],
            },
        ),
        migrations.CreateModel(
            name='CertificateCriteria',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('text', models.TextField(help_text='What somebody has shown, in two or three sentences.', max_length=2000)),
                ('accepted_submissions', models.PositiveSmallIntegerField(default=1, help_text='Submissions that a reviewer has accepted, of labs of this module or path.')),
                ('months', models.PositiveSmallIntegerField(default=24, help_text='Months for which a certificate is valid.')),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('module', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='certificate_criteria', to='modules.module')),
                ('path', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='certificate_criteria', to='labs.path')),
            ],
            options={
                'verbose_name_plural': 'certificate criteria',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('module__isnull', False), ('path', None)), models.Q(('module', None), ('path__isnull', False)), _connector='OR'), name='criteria_are_for_a_module_or_a_path'), models.UniqueConstraint(fields=('module', 'version'), name='versions_of_criteria_of_a_module_differ'), models.UniqueConstraint(fields=('path', 'version'), name='versions_of_criteria_of_a_path_differ'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('module',), name='a_module_has_one_version_of_criteria_in_force'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('path',), name='a_path_has_one_version_of_criteria_in_force'), models.CheckConstraint(condition=models.Q(('months__gte', 1)), name='a_certificate_is_valid_for_a_month')],
            },
        ),
        migrations.CreateModel(
            name='PathEnrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paths_followed', to=settings.AUTH_USER_MODEL)),
                ('path', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enrolments', to='labs.path')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('completed_at', None), ('left_at', None)), fields=['path', '-at'], name='followers_of_a_path')],
                'constraints': [models.UniqueConstraint(fields=('path', 'member'), name='a_path_is_followed_once')],
            },
        ),
        migrations.CreateModel(
            name='PathItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField()),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(choices=[('article', 'Concept'), ('check', 'Check'), ('lab', 'Lab'), ('resource', 'Outside resource'), ('talk', 'Talk'), ('contribution', 'Contribution')], max_length=20)),
                ('target', models.CharField(blank=True, help_text='What it is: module/article, slug of a check, a lab or a resource.', max_length=160)),
                ('title', models.CharField(blank=True, help_text='For talks and contributions.', max_length=160)),
                ('text', models.CharField(blank=True, max_length=400)),
                ('verbs', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(), blank=True, default=list, help_text='Acts of the ledger that count for a contribution.', size=None)),
                ('times', models.PositiveSmallIntegerField(default=1, help_text='How often such an act is needed.')),
                ('hours', models.DecimalField(decimal_places=1, default=1, help_text='For talks and contributions.', max_digits=4)),
                ('optional', models.BooleanField(default=False)),
                ('path', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='labs.path')),
            ],
            options={
                'ordering': ['path', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('path', 'key'), name='things_of_a_path_have_different_keys'), models.CheckConstraint(condition=models.Q(('times__gte', 1)), name='a_contribution_is_asked_for_at_least_once')],
            },
        ),
        migrations.CreateModel(
            name='PathRequirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='labs.pathitem')),
                ('needs', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needed_by', to='labs.pathitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'needs'), name='a_requirement_stands_once'), models.CheckConstraint(condition=models.Q(('item', models.F('needs')), _negated=True), name='nothing_requires_itself')],
            },
        ),
        migrations.CreateModel(
            name='RanIt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worked', models.BooleanField()),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('text', models.CharField(max_length=600, verbose_name='with what, and what you saw')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='labs_tried', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ran_by', to='editorial.revision')),
            ],
            options={
                'verbose_name_plural': 'tries of proposed labs',
                'constraints': [models.UniqueConstraint(fields=('revision', 'member'), name='one_try_per_member_and_proposal')],
            },
        ),
        migrations.CreateModel(
            name='StatusNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revoked', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('revoked', True)), fields=['id'], name='revoked_status_numbers')],
            },
        ),
        migrations.CreateModel(
            name='StepReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step_key', models.SlugField()),
                ('text', models.TextField(max_length=2000, verbose_name='what happened instead')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=600)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='step_reports_closed', to=settings.AUTH_USER_MODEL)),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='step_reports', to='labs.lab')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='step_reports', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('lab', 'step_key', 'member'), name='one_open_report_per_member_and_step')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('waiting', 'Waiting for a review'), ('changes-asked', 'Changes asked'), ('accepted', 'Accepted'), ('withdrawn', 'Taken back')], default='waiting', max_length=20)),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('is_shown', models.BooleanField(default=False, help_text='Beside the lab, with your name.', verbose_name='show it to members after it is accepted')),
                ('waiting_since', models.DateTimeField(default=django.utils.timezone.now)),
                ('offered_at', models.DateTimeField(blank=True, help_text='When peers who passed the lab were asked too.', null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('lab', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='labs.lab')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='submissions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['waiting_since', 'pk'],
                'indexes': [models.Index(fields=['status', 'waiting_since'], name='queue_of_submissions')],
                'constraints': [models.UniqueConstraint(fields=('lab', 'member'), name='one_submission_per_member_and_lab'), models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'withdrawn']), ('decided_at__isnull', False), _connector='OR'), name='a_decided_submission_has_its_date')],
            },
        ),
        migrations.CreateModel(
            name='ReviewClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_claims', to=settings.AUTH_USER_MODEL)),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='claim', to='labs.submission')),
            ],
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('scores', models.JSONField(help_text='By criterion: 0 not yet, 1 partly, 2 yes, 3 very well.')),
                ('comment', models.TextField(max_length=4000)),
                ('html', models.TextField(blank=True, editable=False)),
                ('decision', models.CharField(choices=[('accepted', 'Accepted'), ('changes-asked', 'Changes asked')], max_length=20)),
                ('as_peer', models.BooleanField(default=False, help_text='By a member who passed the lab, after the promised days.')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews_given', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='labs.submission')),
            ],
            options={
                'ordering': ['submission', 'round'],
                'constraints': [models.UniqueConstraint(fields=('submission', 'round'), name='each_round_is_decided_once'), models.CheckConstraint(condition=models.Q(('comment', ''), _negated=True), name='a_review_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='HandIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('link', models.URLField(blank=True, max_length=500)),
                ('text', models.TextField(blank=True, max_length=20000)),
                ('html', models.TextField(blank=True, editable=False)),
                ('reflection', models.TextField(max_length=4000)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('peers_asked_at', models.DateTimeField(blank=True, help_text='When its member used a review they gave, to have peers asked at once.', null=True)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='labs.submission')),
            ],
            options={
                'ordering': ['submission', 'round'],
                'constraints': [models.UniqueConstraint(fields=('submission', 'round'), name='each_round_is_handed_in_once'), models.CheckConstraint(condition=models.Q(models.Q(('link', ''), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='a_hand_in_has_a_link_or_a_text'), models.CheckConstraint(condition=models.Q(('reflection', ''), _negated=True), name='a_hand_in_has_a_reflection')],
            },
        ),
        migrations.CreateModel(
            name='TeamMate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='worked_on', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team', to='labs.submission')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('submission', 'member'), name='a_team_mate_stands_once')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='128 random bits.', max_length=32, unique=True)),
                ('name', models.CharField(help_text='As printed.', max_length=80)),
                ('title', models.CharField(max_length=160)),
                ('evidence', models.JSONField(default=list, help_text='What it rests on: title, address, date of each.')),
                ('endorsement', models.JSONField(blank=True, default=dict, help_text='Which review stands behind it: its number, the lab and the date, no name.')),
                ('number', models.PositiveIntegerField(help_text='Its place in the list of revoked ones.', unique=True)),
                ('issued_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=400)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='certificates', to=settings.AUTH_USER_MODEL)),
                ('renewed_from', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='renewed_by', to='labs.certificate')),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='certificates_revoked', to=settings.AUTH_USER_MODEL)),
                ('criteria', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='labs.certificatecriteria')),
            ],
            options={
                'ordering': ['-issued_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('revoked_at', None), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_revoked_certificate_says_why'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('issued_at'))), name='a_certificate_expires_after_it_was_issued'), models.UniqueConstraint(condition=models.Q(('renewed_from', None)), fields=('member', 'criteria'), name='criteria_are_certified_once')],
            },
        ),
        migrations.CreateModel(
            name='LabFeedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clarity', models.PositiveSmallIntegerField()),
                ('usefulness', models.PositiveSmallIntegerField()),
                ('comment', models.TextField(blank=True, max_length=2000)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('run', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='feedback', to='labs.labrun')),
            ],
            options={
                'verbose_name_plural': 'lab feedback',
                'constraints': [models.CheckConstraint(condition=models.Q(('clarity__gte', 1), ('clarity__lte', 5), ('usefulness__gte', 1), ('usefulness__lte', 5)), name='labs_are_rated_from_1_to_5')],
            },
        ),
    ]
