"""Certificates: what they ask for, giving them as soon as that is there, renewing, printing anew, taking back."""

from __future__ import annotations

import calendar
import secrets
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from cop.lib.errors import Refused
from cop.lib.words import count
from labs.models import Certificate, CertificateCriteria, Path, StatusNumber
from labs.operations import revocations
from labs.queries import certificates as queries
from members.models import Member, Notice
from members.operations.notices import notify
from modules.models import Module


class Replacing(Protocol):
    """An operation by which a member's certificate gets a successor."""

    def __call__(self, certificate: Certificate, *, by: Member) -> Certificate: ...


EXPIRY_IS_NEAR = timedelta(days=30)
CRITERIA = ("text", "accepted_submissions", "months")


@transaction.atomic
def set_criteria(subject: Module | Path, *, text: str, accepted_submissions: int, months: int) -> CertificateCriteria:
    """What a certificate for the module or the path asks for from now on. Repeating the same changes nothing.

    Each change is a new version; certificates that were issued stay with theirs."""
    wanted = {"text": text.strip(), "accepted_submissions": accepted_submissions, "months": months}
    type(subject)._default_manager.select_for_update(no_key=True, of=("self",)).get(pk=subject.pk)
    old = queries.criteria_of(subject)
    if old and {field: getattr(old, field) for field in CRITERIA} == wanted:
        return old
    now = timezone.now()
    if old:
        old.ended_at = now
        old.save(update_fields=["ended_at"])
    of_all = CertificateCriteria.objects.filter(**queries.subject_is(subject))
    last = of_all.order_by("-version").values_list("version", flat=True).first() or 0
    made = CertificateCriteria(version=last + 1, since=now, **queries.subject_is(subject), **wanted)
    made.full_clean()
    made.save()
    return made


@transaction.atomic
def award_due(member: Member, *, now: datetime | None = None) -> list[Certificate]:
    """Issue every certificate whose criteria the member meets and for which they never had one; returns the new ones.

    Safe to call at any time and from many places at once: of each module and path everybody gets one."""
    # Locked before looking: of the last item and the last review, at the same moment, one sees the other.
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    due = [one.criteria for one in queries.progress_of(member) if one.is_met]
    if not due or member.erased_at:
        return []
    had = Certificate.objects.filter(member=member).select_related("criteria")
    held = {queries.key_of(one.criteria) for one in had}
    made = [_issue(one, member, now or timezone.now()) for one in due if queries.key_of(one) not in held]
    for one in made:
        _tell(one, f"You have a certificate: {one.title}", "It is public at its address, and yours to show or to keep.")
    return made


@transaction.atomic
def renew(certificate: Certificate, *, by: Member, now: datetime | None = None) -> Certificate:
    """A new certificate by the criteria of today, on what was done so far. Repeating finds the first.

    Refused for others, for a revoked one, where nothing newer was done, and where today's criteria are not met."""
    old, now = _own(certificate, by), now or timezone.now()
    if replaced_by := _next(old):
        return replaced_by
    criteria = queries.criteria_of(old.criteria.subject)
    if criteria is None:
        raise Refused("The community gives no certificate for this any more. Yours stays as it is.")
    if not queries.has_newer(old, criteria):
        raise Refused(
            f"Renewing needs something newer. Do one more thing of “{criteria.subject}” and come back: "
            "an article, a check, a lab, or work that a reviewer accepts."
        )
    way = next((one for one in queries.progress_of(by) if one.criteria == criteria), None)
    if way is None or not way.is_met:
        lacking = count(way.missing_reviews, "accepted piece of work", "accepted pieces of work") if way else ""
        raise Refused(f"The criteria have changed since. Still missing: {lacking or 'the rest of it'}.")
    made = _issue(criteria, by, now, renewed_from=old)
    _tell(made, f"Your certificate is renewed: {made.title}", "The earlier one stays readable and names the new one.")
    return made


@transaction.atomic
def print_with_new_name(certificate: Certificate, *, by: Member) -> Certificate:
    """The same certificate once more, with the name that its owner has now. Repeating finds the first.

    Dates and evidence stay. Refused for others, for a revoked or expired one, and where the name is the same."""
    old = _own(certificate, by)
    if replaced_by := _next(old):
        return replaced_by
    if old.state == "expired":
        raise Refused("This certificate has expired. Renew it; the new one has the name that you have now.")
    if old.name == by.name:
        raise Refused("The certificate has the name that you have now.")
    made = _again(old, name=by.name)
    _tell(made, f"Your certificate has your new name: {made.title}", "The earlier one stays valid at its own address.")
    return made


@transaction.atomic
def issue_anew(certificate: Certificate, *, by: Member) -> Certificate:
    """For one that was revoked by mistake: the same with a new code. Repeating finds the first.

    Refused to who is no organizer, and for one that is not revoked."""
    _organizers_only(by)
    old = _locked(certificate)
    if not old.revoked_at:
        raise Refused(f"“{old}” is not revoked.")
    if replaced_by := _next(old):
        return replaced_by
    made = _again(old, name=old.name)
    _tell(made, f"Your certificate is issued anew: {made.title}", "Use the new address; the old one stays revoked.")
    return made


@transaction.atomic
def revoke(certificate: Certificate, *, reason: str, by: Member, now: datetime | None = None) -> int:
    """Take it back, with all issues of it that replaced one another; their pages stay and say why.

    Returns how many were valid until now; 0 where it was revoked before. Refused to who is no organizer, and without a
    reason."""
    _organizers_only(by)
    if not reason.strip():
        raise Refused("Say why. The reason stands on the page of the certificate.")
    one = _locked(certificate)
    if one.revoked_at:
        return 0
    rows = _chain(one)
    Certificate.objects.filter(pk__in=[row.pk for row in rows]).update(
        revoked_at=now or timezone.now(), revoked_by=by, reason=reason.strip()
    )
    revocations.mark([row.number for row in rows])
    text = f"The reason: {reason.strip()} If it is wrong, write to the organizers."
    _tell(one, f"Your certificate is revoked: {one.title}", text)
    return len(rows)


def tell_of_expiry(*, now: datetime | None = None) -> dict[str, int]:
    """Tell everybody once whose certificate expires within thirty days and was not renewed. Safe to repeat."""
    now = now or timezone.now()
    due = Certificate.objects.filter(
        revoked_at=None, renewed_by=None, expires_at__gt=now, expires_at__lte=now + EXPIRY_IS_NEAR
    ).select_related("member")
    told = 0
    for one in due:
        key = f"certificate:{one.code}:expiry"
        if not Notice.objects.filter(member=one.member_id, kind="certificate", key=key).exists():
            notify(
                one.member, "certificate", title=f"Your certificate expires on {one.expires_at:%-d %B %Y}: {one.title}",
                text="One newer thing renews it: an article, a check, a lab, or work that a reviewer accepts.",
                address=one.get_absolute_url(), key=key, now=now,
            )  # fmt: skip
            told += 1
    return {"due": len(due), "told": told}


def _issue(
    criteria: CertificateCriteria, member: Member, now: datetime, renewed_from: Certificate | None = None
) -> Certificate:  # fmt: skip
    review = queries.latest_review(criteria, member)
    endorsement: dict[str, Any] = {}
    if review:
        day = timezone.localtime(review.at).date().isoformat()
        endorsement = {"review": review.pk, "lab": review.submission.lab.title, "date": day}
    return Certificate.objects.create(
        code=secrets.token_hex(16), criteria=criteria, member=member, name=member.name, title=criteria.subject.title,
        evidence=[one.frozen() for one in queries.evidence_of(criteria, member)], endorsement=endorsement,
        number=_number(), issued_at=now, expires_at=months_later(now, criteria.months), renewed_from=renewed_from,
    )  # fmt: skip


def _again(old: Certificate, *, name: str) -> Certificate:
    return Certificate.objects.create(
        code=secrets.token_hex(16), criteria=old.criteria, member=old.member, name=name, title=old.title,
        evidence=old.evidence, endorsement=old.endorsement, number=_number(), issued_at=old.issued_at,
        expires_at=old.expires_at, renewed_from=old,
    )  # fmt: skip


def _number() -> int:
    return StatusNumber.objects.create().pk


def _own(certificate: Certificate, member: Member) -> Certificate:
    """The certificate, locked, if it is the member's own and counts."""
    if certificate.member_id != member.pk:
        raise Refused("This certificate belongs to somebody else.")
    found = _locked(certificate)
    if found.revoked_at:
        raise Refused("This certificate is revoked. Its page says why; write to the organizers if that is wrong.")
    return found


def _locked(certificate: Certificate) -> Certificate:
    """The certificate, with its owner locked first: nothing else is issued or revoked for them meanwhile."""
    Member.objects.select_for_update(no_key=True).get(pk=certificate.member_id)
    found = Certificate.objects.select_for_update(of=("self",))
    return found.select_related("criteria__module", "criteria__path", "member").get(pk=certificate.pk)


def _next(certificate: Certificate) -> Certificate | None:
    return Certificate.objects.filter(renewed_from=certificate).first()


def _chain(one: Certificate) -> list[Certificate]:
    """All issues for the same member and module or path that still count, locked in one order."""
    same = Certificate.objects.filter(
        member=one.member, criteria__module=one.criteria.module_id, criteria__path=one.criteria.path_id,
        revoked_at=None,
    )  # fmt: skip
    return list(same.select_for_update(of=("self",)).order_by("pk"))


def _organizers_only(member: Member) -> None:
    if not member.is_staff:
        raise Refused("Only organizers can do this.")


def _tell(certificate: Certificate, title: str, text: str) -> None:
    notify(
        certificate.member, "certificate", title=title, text=text, address=certificate.get_absolute_url(),
        key=f"certificate:{certificate.code}:{certificate.revoked_at is not None or title}",
    )  # fmt: skip


def months_later(moment: datetime, months: int) -> datetime:
    """The same day of a later month, or the last day of a shorter one."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
