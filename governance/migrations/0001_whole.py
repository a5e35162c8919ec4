import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('governance', '0001_first'), ('governance', '0002_texts_in_force_never_change'), ('governance', '0003_versions_name_their_writer')]

    initial = True

    dependencies = [
        ('members', '0001_whole'),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(
        ),
        migrations.CreateModel(
            name='Committee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=80)),
                ('remit', models.CharField(help_text='What the committee decides, and what it leaves to others.', max_length=500)),
                ('seats', models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MinValueValidator(1)], verbose_name='number of seats')),
                ('term_months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='length of a term in months')),
                ('rotation_groups', models.PositiveSmallIntegerField(default=2, help_text='They are renewed one after another.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='rotation groups')),
                ('max_consecutive', models.PositiveSmallIntegerField(default=2, help_text='After that a pause of one whole term.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='terms in a row, at most')),
                ('per_organisation', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1)], verbose_name='seats of one organisation, at most')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='GoverningDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='Its address on this site; keep it once it is known.', unique=True)),
                ('title', models.CharField(max_length=120)),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='Small numbers stand first.')),
                ('kind', models.CharField(choices=[('conduct', 'code of conduct'), ('charter', 'charter'), ('policy', 'policy')], max_length=10)),
                ('summary', models.CharField(help_text='What it says, in one sentence.', max_length=300)),
            ],
            options={
                'ordering': ['order', 'title'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'conduct')), fields=('kind',), name='there_is_one_code_of_conduct', violation_error_message='There is a code of conduct already; write a new version of it.')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField()),
                ('group', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1)], verbose_name='rotation group')),
                ('title', models.CharField(max_length=80)),
                ('remit', models.CharField(max_length=300)),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seat_list', to='governance.committee')),
            ],
            options={
                'ordering': ['committee', 'group', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('committee', 'slug'), name='seats_of_a_committee_differ', violation_error_message='This committee has a seat with this slug already.')],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.DateField()),
                ('ends', models.DateField(help_text='The day on which the next holder can start.')),
                ('how', models.CharField(choices=[('elected', 'elected'), ('appointed', 'appointed'), ('ex-officio', 'by office')], default='appointed', max_length=10, verbose_name='came in')),
                ('override_reason', models.CharField(blank=True, help_text='Only where a rule is set aside: why, for everybody to read.', max_length=300)),
                ('ended_early_at', models.DateField(blank=True, null=True, verbose_name='ended early on')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='why it ended early')),
                ('appointed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='appointments_made', to=settings.AUTH_USER_MODEL)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to=settings.AUTH_USER_MODEL)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='governance.seat')),
            ],
            options={
                'ordering': ['-starts', 'seat'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='a_term_ends_after_it_starts', violation_error_message='A term ends after it starts. Choose a later end.'), models.CheckConstraint(condition=models.Q(('ended_early_at', None), models.Q(('ended_early_at__gte', models.F('starts')), ('ended_early_at__lt', models.F('ends'))), _connector='OR'), name='a_term_cut_short_ends_within_itself', violation_error_message='The early end lies between the start and the end of the term.'), models.CheckConstraint(condition=models.Q(('ended_early_at', None), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_term_cut_short_has_a_reason', violation_error_message='Write why the term ended early.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('seat'), '='), (models.Func(models.F('starts'), django.db.models.functions.comparison.Coalesce(models.F('ended_early_at'), models.F('ends')), models.Value('[)'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='one_holder_per_seat_at_a_time', violation_error_message='Somebody holds this seat in that time.')],
            },
        ),
        migrations.CreateModel(
            name='DocumentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(help_text='For instance 1.1.', max_length=20)),
                ('body', models.TextField(help_text='In Markdown.', max_length=100000, verbose_name='text')),
                ('html', models.TextField(editable=False)),
                ('contents', models.JSONField(default=list, editable=False)),
                ('status', models.CharField(choices=[('draft', 'draft'), ('in-force', 'in force'), ('superseded', 'superseded')], default='draft', editable=False, max_length=10)),
                ('in_force_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='in force since')),
                ('review_by', models.DateField(blank=True, help_text='When it is looked at again, at the latest.', null=True)),
                ('note', models.CharField(blank=True, help_text='What changed against the version before.', max_length=300)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('put_in_force_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='governance.governingdocument')),
                ('written_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['document', '-created_at'],
                'constraints': [models.UniqueConstraint(fields=('document', 'version'), name='versions_of_a_document_differ', violation_error_message='There is a version with this number already. Choose the next one.'), models.UniqueConstraint(condition=models.Q(('status', 'in-force')), fields=('document',), name='one_version_in_force_per_document'), models.CheckConstraint(condition=models.Q(models.Q(('in_force_at', None), ('status', 'draft')), models.Q(models.Q(('status', 'draft'), _negated=True), ('in_force_at__isnull', False)), _connector='OR'), name='only_drafts_have_no_date_in_force')],
            },
        ),
        migrations.RunSQL(
            sql="\nCREATE FUNCTION governance_texts_in_force_never_change() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n    IF OLD.status = 'draft' THEN\n        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n    END IF;\n    IF TG_OP = 'DELETE'\n       OR (NEW.document_id, NEW.version, NEW.body, NEW.html, NEW.contents, NEW.in_force_at)\n          IS DISTINCT FROM (OLD.document_id, OLD.version, OLD.body, OLD.html, OLD.contents, OLD.in_force_at)\n       OR NOT (NEW.status = OLD.status OR (OLD.status = 'in-force' AND NEW.status = 'superseded'))\n    THEN\n        RAISE EXCEPTION 'A text that is or was in force never changes: write a new version.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n    RETURN NEW;\nEND $$;\nCREATE TRIGGER texts_in_force_never_change BEFORE UPDATE OR DELETE ON governance_documentversion\n    FOR EACH ROW EXECUTE FUNCTION governance_texts_in_force_never_change();\n",
            reverse_sql='\nDROP TRIGGER texts_in_force_never_change ON governance_documentversion;\nDROP FUNCTION governance_texts_in_force_never_change();\n',
        ),
    ]
