"""The 40th skill under 24 hands at once."""

import threading

import pytest
from django.db import connection

from cop.lib.errors import Refused
from members.models import MemberSkill
from members.operations import skills
from tests.factories.members import MemberFactory
from tests.factories.skills import MemberSkillFactory, SkillFactory, skill_verbs

THREADS = 24


@pytest.mark.django_db(transaction=True)
def test_of_24_that_want_to_be_the_40th_skill_one_is():
    skill_verbs()
    member = MemberFactory()
    MemberSkillFactory.create_batch(39, member=member)
    wanted = [skill.title for skill in SkillFactory.create_batch(THREADS)]
    start, refused = threading.Barrier(THREADS), []

    def add(name):
        start.wait()
        try:
            skills.add(name, by=member, claimed=1)
        except Refused as refusal:
            refused.append(refusal.message)
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(name,)) for name in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert MemberSkill.objects.filter(member=member).count() == 40
    assert len(refused) == THREADS - 1
