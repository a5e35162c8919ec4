from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0010_ledger_is_not_truncated'),
    ]

    operations = [
        migrations.CreateModel(
            name='MemberRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claimed', models.FloatField(default=0.3, verbose_name='weight of the claim')),
                ('evidence', models.FloatField(default=0.5, verbose_name='weight of the evidence')),
                ('endorsed', models.FloatField(default=0.2, verbose_name='weight of the endorsements')),
                ('scale', models.FloatField(default=12, help_text='Points with which evidence reaches 2.53 of 4.')),
                ('half_life', models.FloatField(default=365, help_text='Days after which an act counts half.', verbose_name='half-life in days')),
                ('pay_back_days', models.PositiveSmallIntegerField(default=7, help_text='Two people who endorse each other within so many days count less.')),
                ('pay_back', models.FloatField(default=0.5, help_text='As a part of 1.', verbose_name='what they count')),
                ('deep', models.FloatField(default=3, help_text='The depth from which a Mentor may judge.', verbose_name='depth of a judge')),
                ('gap', models.FloatField(default=2, help_text='How far a claim may stand above the evidence without a word.')),
                ('validation_months', models.PositiveSmallIntegerField(default=24, help_text='Months for which a Mentor’s judgement counts.')),
                ('most_skills', models.PositiveSmallIntegerField(default=40, help_text='Skills in one list.')),
                ('kudos_a_week', models.PositiveSmallIntegerField(default=5, help_text='Thanks that one member gives in seven days.')),
                ('invitations_a_week', models.PositiveSmallIntegerField(default=20, help_text='Invitations that one member writes in seven days.')),
                ('invitation_days', models.PositiveSmallIntegerField(default=30, help_text='Days for which an invitation works.')),
                ('reminder_days', models.PositiveSmallIntegerField(default=6, help_text='Days until its one reminder.')),
                ('dismissed_days', models.PositiveSmallIntegerField(default=90, help_text='Days for which a dismissed suggestion stays away.')),
                ('buddy_days', models.PositiveSmallIntegerField(default=60, help_text='Days for which a buddy looks after somebody.')),
                ('newcomers_each', models.PositiveSmallIntegerField(default=5, help_text='Newcomers that one buddy looks after at the same time.')),
                ('erasure_days', models.PositiveSmallIntegerField(default=14, help_text='Days of grace before an account that its owner deleted is emptied.')),
            ],
            options={
                'verbose_name': 'rules about members',
                'verbose_name_plural': 'rules about members',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='the_rules_about_members_stand_in_one_row'), models.CheckConstraint(condition=models.Q(('claimed__gt', 0), ('endorsed__gte', 0), ('evidence__gt', 0), ('half_life__gt', 0), ('scale__gt', 0)), name='weights_of_a_depth_are_positive', violation_error_message='Weights, points and half-life are numbers above 0.'), models.CheckConstraint(condition=models.Q(('erasure_days__gte', 1), ('invitation_days__gte', 1), ('most_skills__gte', 1)), name='rules_about_members_are_at_least_one', violation_error_message='Skills, days of an invitation and days of grace are at least 1.'), models.CheckConstraint(condition=models.Q(('pay_back__gte', 0), ('pay_back__lte', 1)), name='a_part_lies_between_0_and_1', violation_error_message='What mutual endorsements count is a number from 0 to 1.')],
            },
        ),
    ]
