"""Many at once: of each certificate, each successor and the first key there is one."""

import threading

import pytest
from django.db import connection

from labs.models import Certificate, IssuerKey, Lab, StatusNumber
from labs.operations import certificates as operations
from labs.operations import issuer_keys
from modules.models import SyllabusItem
from modules.operations.progress import complete
from tests.factories.certificates import accepted, certificate, certified_module, finish
from tests.factories.members import MemberFactory
from tests.factories.modules import learning_verbs

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 24


def at_once(*acts):
    """Run all of them at the same moment, each with a connection of its own; their results, or what they raised."""
    start, results = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            results.append(act())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture(autouse=True)
def verbs(transactional_db):
    learning_verbs()


def test_of_many_that_award_at_once_one_issues():
    member, module = MemberFactory(), certified_module()
    finish(module, member)
    accepted(Lab.objects.get(), member)

    results = at_once(*[lambda: operations.award_due(member)] * MANY)

    assert sorted(len(one) for one in results) == [0] * (MANY - 1) + [1]
    assert Certificate.objects.count() == 1


def test_the_last_item_and_the_last_review_at_the_same_moment_give_the_certificate():
    module, lab = certified_module(), Lab.objects.get()
    members, item = MemberFactory.create_batch(12), SyllabusItem.objects.get(module=module)

    def reviewed(member):
        accepted(lab, member, by=members[0])
        return operations.award_due(member)

    acts = [act for one in members for act in (lambda one=one: complete(item, by=one), lambda one=one: reviewed(one))]
    results = at_once(*acts)

    assert [one for one in results if isinstance(one, Exception)] == []
    assert sorted(Certificate.objects.values_list("member", flat=True)) == sorted(one.pk for one in members)


def test_many_certificates_at_once_stand_in_different_places_of_the_list():
    module, lab = certified_module(), Lab.objects.get()
    members = MemberFactory.create_batch(MANY)
    for one in members:
        finish(module, one)
        accepted(lab, one, by=members[0])

    at_once(*[lambda one=one: operations.award_due(one) for one in members])

    assert Certificate.objects.count() == MANY
    assert set(Certificate.objects.values_list("number", flat=True)) == set(
        StatusNumber.objects.values_list("pk", flat=True)
    )


def test_of_many_requests_for_the_new_name_one_prints():
    made = certificate(MemberFactory(name="Ada Lovelace"))
    member = made.member
    member.name = "Ada King"
    member.save(update_fields=["name"])

    results = at_once(*[lambda: operations.print_with_new_name(made, by=member)] * MANY)

    assert {one.name for one in results} == {"Ada King"}
    assert Certificate.objects.count() == 2


def test_revoking_and_printing_anew_at_once_leave_nothing_valid_behind():
    made = certificate(MemberFactory(name="Ada Lovelace"))
    member, organizer = made.member, MemberFactory(is_staff=True)
    member.name = "Ada King"
    member.save(update_fields=["name"])

    at_once(
        *[lambda: operations.print_with_new_name(made, by=member)] * 12,
        *[lambda: operations.revoke(made, reason="Copied.", by=organizer)] * 12,
    )

    assert {one.state for one in Certificate.objects.all()} == {"revoked"}


def test_of_many_that_sign_first_one_makes_the_key():
    results = at_once(*[issuer_keys.signer] * MANY)

    assert len({one.kid_address for one in results}) == 1
    assert IssuerKey.objects.count() == 1
