from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cop.lib.errors import Refused
from labs.models import Certificate, CertificateCriteria, Lab, Path, PathEnrolment, PathItem, StatusNumber
from labs.operations import certificates as operations
from labs.operations.certificates import award_due, months_later, set_criteria
from labs.queries import certificates as queries
from members.models import Notice
from members.operations.erasure import erase
from modules.models import ItemProgress, SyllabusItem
from modules.operations.progress import complete
from tests.factories.certificates import TEXT, accepted, certificate, certified_module, finish
from tests.factories.labs import lab
from tests.factories.members import MemberFactory
from tests.factories.modules import PublishedModuleFactory, learning_verbs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def verbs(db):
    learning_verbs()


@pytest.fixture
def organizer(db):
    return MemberFactory(is_staff=True)


@pytest.fixture
def module(db):
    return certified_module()


def lab_of(module):
    return Lab.objects.get(module=module)


def told(member):
    return list(Notice.objects.filter(member=member, kind="certificate").order_by("pk").values_list("title", flat=True))


# Criteria


def test_changed_criteria_are_a_new_version_and_the_same_ones_are_none(module):
    first = queries.criteria_of(module)

    same = set_criteria(module, text=f" {TEXT} ", accepted_submissions=1, months=24)
    second = set_criteria(module, text=TEXT, accepted_submissions=2, months=24)

    assert (same, second.version) == (first, 2)
    first.refresh_from_db()
    assert first.ended_at == second.since
    assert queries.criteria_of(module) == second


def test_criteria_without_words_or_without_a_month_are_refused(module):
    with pytest.raises(ValidationError):
        set_criteria(module, text=" ", accepted_submissions=1, months=24)
    with pytest.raises(ValidationError), transaction.atomic():
        set_criteria(module, text=TEXT, accepted_submissions=1, months=0)


def test_two_versions_of_one_module_cannot_be_in_force(module):
    with pytest.raises(IntegrityError, match="a_module_has_one_version_of_criteria_in_force"):
        CertificateCriteria.objects.create(module=module, version=2, text=TEXT)


# Issuing


def test_a_finished_module_without_reviewed_work_gives_no_certificate(module, member):
    finish(module, member)

    assert award_due(member) == []


def test_reviewed_work_without_the_finished_module_gives_no_certificate(module, member):
    accepted(lab_of(module), member)

    assert award_due(member) == []


def test_with_both_a_certificate_is_issued_with_name_evidence_and_expiry(module, member):
    finish(module, member)
    review = accepted(lab_of(module), member)
    now = timezone.now()

    (made,) = award_due(member, now=now)

    assert (made.name, made.title, made.issued_at) == (member.name, "Security, Privacy and IP", now)
    assert made.expires_at == months_later(now, 24)
    assert len(made.code) == 32
    assert int(made.code, 16) < 2**128
    assert [(one["kind"], one["title"], one["done"]) for one in made.evidence] == [
        ("lab", "Find secrets", "Done"), ("review", "Work from the lab “Find secrets”", "Reviewed and accepted"),
    ]  # fmt: skip
    assert made.endorsement["review"] == review.pk
    assert "name" not in made.endorsement
    assert told(member) == ["You have a certificate: Security, Privacy and IP"]


def test_asking_again_issues_no_second_one(member):
    certificate(member)

    assert award_due(member) == []
    assert Certificate.objects.filter(member=member).count() == 1


def test_new_criteria_issue_no_second_one_to_who_has_one(module, member):
    certificate(member, module=module)
    set_criteria(module, text="Other words.", accepted_submissions=1, months=12)

    assert award_due(member) == []


def test_the_last_item_of_a_module_issues_it_by_itself(member):
    module = certified_module()
    accepted(lab_of(module), member)

    complete(SyllabusItem.objects.get(module=module), by=member)

    assert Certificate.objects.get(member=member).title == module.title


def test_work_of_another_module_does_not_count(module, member):
    finish(module, member)
    accepted(lab("elsewhere", module=PublishedModuleFactory()), member)

    assert award_due(member) == []


def test_a_withdrawn_module_gives_no_certificate(module, member):
    finish(module, member)
    accepted(lab_of(module), member)
    module.status = "in-preparation"
    module.save(update_fields=["status"])

    assert award_due(member) == []


def test_a_finished_path_with_reviewed_work_of_its_labs_gives_a_certificate(module, member):
    path = Path.objects.create(slug="p", title="To architect", role="Architect", summary="S", ends_with="E",
                               status="published")  # fmt: skip
    PathItem.objects.create(path=path, key="lab", kind="lab", target=lab_of(module).slug)
    set_criteria(path, text="Has built a platform.", accepted_submissions=1, months=12)
    PathEnrolment.objects.create(path=path, member=member, completed_at=timezone.now())
    ItemProgress.objects.create(
        member=member, item=SyllabusItem.objects.get(module=module), state="done", done_at=timezone.now(),
        started_at=timezone.now() - timedelta(hours=1),
    )  # fmt: skip
    assert award_due(member) == []
    accepted(lab_of(module), member)

    (made,) = award_due(member)

    assert (made.title, made.criteria.path, len(made.evidence)) == ("To architect", path, 2)


def test_a_new_name_changes_nothing_on_what_was_issued(member):
    made = certificate(member)
    member.name = "Somebody Else"
    member.save(update_fields=["name"])

    made.refresh_from_db()

    assert made.name == "Member " + member.handle.removeprefix("member-")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [("2026-01-31", 1, "2026-02-28"), ("2027-11-30", 3, "2028-02-29"), ("2026-11-20", 24, "2028-11-20"),
     ("2026-12-15", 1, "2027-01-15")],
)  # fmt: skip
def test_months_end_on_the_same_day_or_on_the_last_one(start, months, end):
    at = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo("UTC"))

    assert months_later(at, months).date().isoformat() == end


# Printing with a new name


def renamed(member, name="Ada King"):
    member.name = name
    member.save(update_fields=["name"])
    return member


def test_on_request_the_new_name_makes_a_new_issue_and_the_old_one_stays(member):
    old = certificate(member)

    new = operations.print_with_new_name(old, by=renamed(member))

    old.refresh_from_db()
    assert (new.name, new.renewed_from, new.expires_at, new.evidence) == ("Ada King", old, old.expires_at, old.evidence)
    assert new.code != old.code
    assert new.number != old.number
    assert (old.name, old.state, old.renewed_by) == (old.name, "valid", new)
    assert operations.print_with_new_name(old, by=member) == new


def test_the_same_name_others_and_expired_ones_are_not_printed_anew(member):
    old = certificate(member, at=timezone.now() - timedelta(days=30))
    with pytest.raises(Refused, match="has the name that you have now"):
        operations.print_with_new_name(old, by=member)
    with pytest.raises(Refused, match="belongs to somebody else"):
        operations.print_with_new_name(old, by=MemberFactory())
    Certificate.objects.update(expires_at=timezone.now())

    with pytest.raises(Refused, match="has expired"):
        operations.print_with_new_name(old, by=renamed(member))


# Renewing


def test_renewing_needs_something_newer(module, member):
    then = timezone.now() - timedelta(days=700)
    old = certificate(member, module=module, at=then)
    with pytest.raises(Refused, match="Renewing needs something newer"):
        operations.renew(old, by=member)
    accepted(lab("second", module=module), member)

    new = operations.renew(old, by=member)

    assert (new.renewed_from, new.expires_at > old.expires_at) == (old, True)
    assert len(new.evidence) == len(old.evidence) + 1
    assert operations.renew(old, by=member) == new


def test_renewing_follows_the_criteria_of_today(module, member):
    old = certificate(member, module=module, at=timezone.now() - timedelta(days=700))
    set_criteria(module, text="More.", accepted_submissions=3, months=12)
    accepted(lab("second", module=module), member)

    with pytest.raises(Refused, match="Still missing: 1 accepted piece of work"):
        operations.renew(old, by=member)

    accepted(lab("third", module=module), member)
    assert operations.renew(old, by=member).criteria.version == 2


def test_nobody_renews_for_others(member):
    with pytest.raises(Refused, match="belongs to somebody else"):
        operations.renew(certificate(), by=member)


# Revoking


def test_only_organizers_revoke_and_only_with_a_reason(member, organizer):
    made = certificate(member)

    with pytest.raises(Refused, match="Only organizers"):
        operations.revoke(made, reason="Copied.", by=member)
    with pytest.raises(Refused, match="Say why"):
        operations.revoke(made, reason="  ", by=organizer)

    assert Certificate.objects.get().state == "valid"


def test_revoking_takes_all_issues_of_it_back_and_tells_the_owner_once(member, organizer):
    old = certificate(member)
    new = operations.print_with_new_name(old, by=renamed(member))

    taken = operations.revoke(new, reason="Copied work.", by=organizer)

    assert taken == 2
    assert {(one.state, one.reason, one.revoked_by) for one in Certificate.objects.all()} == {
        ("revoked", "Copied work.", organizer)
    }
    assert set(StatusNumber.objects.filter(revoked=True).values_list("pk", flat=True)) == {old.number, new.number}
    assert told(member)[-1] == f"Your certificate is revoked: {old.title}"
    assert operations.revoke(old, reason="Again.", by=organizer) == 0


def test_a_revoked_one_is_neither_renewed_nor_issued_by_itself(member, organizer):
    made = certificate(member)
    operations.revoke(made, reason="Copied.", by=organizer)

    assert award_due(member) == []
    with pytest.raises(Refused, match="is revoked"):
        operations.renew(made, by=member)


def test_what_was_revoked_by_mistake_is_issued_anew_by_an_organizer(member, organizer):
    made = certificate(member)
    with pytest.raises(Refused, match="is not revoked"):
        operations.issue_anew(made, by=organizer)
    operations.revoke(made, reason="A mistake.", by=organizer)

    new = operations.issue_anew(made, by=organizer)

    assert (new.state, new.renewed_from, new.expires_at) == ("valid", made, made.expires_at)
    assert operations.issue_anew(made, by=organizer) == new
    with pytest.raises(Refused, match="Only organizers"):
        operations.issue_anew(made, by=member)


# Expiry


def test_who_has_a_certificate_that_expires_in_a_month_hears_of_it_once(member):
    made = certificate(member)
    before, near = made.expires_at - timedelta(days=31), made.expires_at - timedelta(days=30)

    counts = [operations.tell_of_expiry(now=at)["told"] for at in (before, near, near + timedelta(days=3))]

    assert counts == [0, 1, 0]
    assert told(member)[-1] == f"Your certificate expires on {made.expires_at:%-d %B %Y}: {made.title}"


def test_nobody_hears_of_what_was_replaced_or_revoked(member, organizer):
    old = certificate(member)
    operations.print_with_new_name(old, by=renamed(member))
    near = old.expires_at - timedelta(days=3)

    assert operations.tell_of_expiry(now=near) == {"due": 1, "told": 1}
    operations.revoke(old, reason="Copied.", by=organizer)
    assert operations.tell_of_expiry(now=near) == {"due": 0, "told": 0}


# Leaving


def test_who_leaves_takes_the_certificate_along_and_what_was_revoked_stays_revoked(member, organizer):
    made = certificate(member)
    operations.revoke(made, reason="Copied.", by=organizer)

    erase(member)

    assert not Certificate.objects.exists()
    assert StatusNumber.objects.get(pk=made.number).revoked


def test_who_has_left_gets_none(module, member):
    finish(module, member)
    accepted(lab_of(module), member)
    type(member).objects.filter(pk=member.pk).update(erased_at=timezone.now())

    assert award_due(member) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_way_to_certificates_costs_the_same_for_one_and_for_three(number, member, django_assert_num_queries):
    for at in range(number):
        certified_module(f"module-{at}")

    with django_assert_num_queries(6):
        assert len(queries.progress_of(member)) == number
