import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Text',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField(max_length=40)),
                ('key', models.CharField(help_text='Names the text within its kind for good.', max_length=160)),
                ('title', models.CharField(max_length=160)),
                ('address', models.CharField(blank=True, help_text='Where readers see it; empty before that.', max_length=300)),
                ('topic', models.CharField(blank=True, help_text='Its stewards decide on changes.', max_length=50)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='texts_owned', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['kind', 'title', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='a_text_has_one_row_of_its_kind')],
            },
        ),
        migrations.CreateModel(
            name='TextLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('adapted-from', 'adapted from'), ('superseded-by', 'superseded by')], max_length=20)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='linked_from', to='editorial.text')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='editorial.text')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('text', 'kind', 'other'), name='texts_are_linked_once'), models.CheckConstraint(condition=models.Q(('text', models.F('other')), _negated=True), name='no_text_leads_to_itself')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(blank=True, help_text='Of accepted ones, from 1.', null=True)),
                ('content', models.TextField(max_length=200000)),
                ('section', models.CharField(blank=True, help_text='The one section that it changes.', max_length=120)),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='what changes and why')),
                ('change', models.CharField(choices=[('minor', 'Minor: words, links, layout'), ('substantive', 'Substantive: it says something else'), ('context-added', 'Context added: an example, a limit, a source')], default='minor', max_length=20, verbose_name='kind of change')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Waiting for a decision'), ('changes-asked', 'Changes asked'), ('accepted', 'Accepted'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default='draft', max_length=20)),
                ('author_name', models.CharField(blank=True, help_text='For authors who are no members.', max_length=80)),
                ('is_shared', models.BooleanField(default=False, help_text='Every member who has its address may read the draft.')),
                ('edition', models.PositiveIntegerField(default=1, help_text='Counts the savings of a draft.')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('proposed_at', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='revisions', to=settings.AUTH_USER_MODEL)),
                ('base', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='built_on_it', to='editorial.revision')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='revisions_decided', to=settings.AUTH_USER_MODEL)),
                ('restores', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='restored_by', to='editorial.revision')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='editorial.text')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['status', 'proposed_at'], name='what_waits_for_a_decision')],
                'constraints': [models.UniqueConstraint(fields=('text', 'number'), name='versions_of_a_text_have_different_numbers'), models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', False), ('status', 'accepted')), models.Q(models.Q(('status', 'accepted'), _negated=True), ('number', None)), _connector='OR'), name='accepted_versions_and_only_they_have_a_number'), models.CheckConstraint(condition=models.Q(('decided_by', None), ('author', None), models.Q(('decided_by', models.F('author')), _negated=True), _connector='OR'), name='nobody_decides_on_their_own_change'), models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'withdrawn']), models.Q(('note', ''), _negated=True), _connector='OR'), name='a_change_says_what_it_is')],
            },
        ),
        migrations.CreateModel(
            name='KeptText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(blank=True, max_length=120)),
                ('content', models.TextField(max_length=200000)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_texts', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_texts', to='editorial.revision')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SectionComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(blank=True, help_text='Empty: on the whole text.', max_length=120)),
                ('body', models.TextField(max_length=4000)),
                ('html', models.TextField(blank=True, editable=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='section_comments', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='comments_closed', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='editorial.revision')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('proposed', 'proposed it'), ('changes-asked', 'asked for changes'), ('accepted', 'accepted it'), ('refused', 'refused it'), ('withdrawn', 'took it back'), ('waived', 'waived open comments'), ('looked', 'looked and found it still true')], max_length=20)),
                ('reason', models.TextField(blank=True, max_length=2000)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='text_decisions', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='editorial.revision')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['changes-asked', 'refused', 'waived']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='refusing_and_asking_for_changes_have_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='CoAuthor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('wrote_at', models.DateTimeField(blank=True, help_text='Their first saving.', null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='co_authorships', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='co_authors', to='editorial.revision')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('revision', 'member'), name='a_co_author_stands_once')],
            },
        ),
    ]
