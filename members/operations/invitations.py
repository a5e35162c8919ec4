"""Inviting people who are not members yet: sending, one reminder, opening, accepting, and never again."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cop.lib.errors import Refused
from cop.site import outbox
from cop.site.letters import one_line, write
from members.models import Invitation, Member, NoInvitations, Persona
from members.operations.notices import notify
from members.queries.rules import member_rules

A_WEEK = timedelta(days=7)
NO_MORE = "members.invitations.no"
WHY = "You get this mail because a member of our community wrote your address. We keep it only for this invitation."


@dataclass(frozen=True)
class Sent:
    """What came of a list of addresses. skipped: noted, but without a letter. repeated: invited before, by the same.

    Who invites learns only of the last: how many were skipped would tell who is a member."""

    sent: int
    skipped: int
    repeated: int

    @property
    def noted(self) -> int:
        return self.sent + self.skipped


@transaction.atomic
def invite(
    addresses: Sequence[str], *, by: Member, sentence: str, persona: Persona | None = None, community: str = "",
    now: datetime | None = None,
) -> Sent:  # fmt: skip
    """Note an invitation for each address, and write to those that are new here; each holds a token that works once.

    addresses: checked e-mail addresses. sentence: why, in the words of who invites. community: slug to which it leads.
    Who has an account or asked for no invitations gets no letter. For who invites it is as with everybody else who
    does not answer: it stands in their list, counts in the week and takes as long, so that nobody learns who is here.
    Refused beyond so many in seven days as the rules say.
    """
    now = now or timezone.now()
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)
    wanted = sorted({address.strip().lower() for address in addresses})
    before = set(Invitation.objects.filter(by=by, email__in=wanted).values_list("email", flat=True))
    fresh = [address for address in wanted if address not in before]
    rules = member_rules()
    left = rules.invitations_a_week - Invitation.objects.filter(by=by, sent_at__gt=now - A_WEEK).count()
    if len(fresh) > left:
        raise Refused(
            f"You can invite {rules.invitations_a_week} people in seven days; {max(left, 0)} are left. "
            "Take fewer addresses."
        )
    skipped = without_letter(fresh)
    for address in fresh:
        token = secrets.token_urlsafe(32)
        invitation = Invitation.objects.create(
            by=by, email=address, sentence=sentence, persona=persona, community=community, token=digest(token),
            sent_at=now, expires_at=now + timedelta(days=rules.invitation_days),
        )  # fmt: skip
        _write(invitation, token, "invitation", leaves=address not in skipped)
    return Sent(len(fresh) - len(skipped), len(skipped), len(before))


def without_letter(addresses: Sequence[str]) -> set[str]:
    """Those of the addresses, in small letters, that have an account here or asked for no invitations."""
    digests = {digest(address): address for address in addresses}
    refused = NoInvitations.objects.filter(digest__in=digests).values_list("digest", flat=True)
    known = set(EmailAddress.objects.filter(email__in=addresses).values_list("email", flat=True))
    known |= set(Member.objects.filter(email__in=addresses).values_list("email", flat=True))
    return known | {digests[one] for one in refused}


def digest(words: str) -> str:
    """What is kept of a token or an address that must not be readable in the database."""
    return hashlib.sha256(words.encode()).hexdigest()


def _write(invitation: Invitation, token: str, kind: str, *, leaves: bool) -> None:
    """leaves: whether the letter is sent; it is written in any case, so that time tells nothing."""
    context = {
        "invitation": invitation, "path": f"/join/{token}/", "no_path": f"/join/no/{no_token(invitation.email)}/",
        "is_reminder": kind == "reminder",
    }  # fmt: skip
    by = invitation.by
    words = {
        "name": by.name, "headline": one_line(by.shown("headline", AnonymousUser())),
        "sentence": one_line(invitation.sentence),
    }  # fmt: skip
    letter = write("email/members/invitation.md", context, why=WHY, words=words)
    if leaves:
        outbox.queue(letter, to=invitation.email, kind=f"invitation-{kind}", key=f"{kind}:{invitation.pk}")


def no_token(address: str) -> str:
    return signing.dumps(address, salt=NO_MORE)


@transaction.atomic
def open_invitation(token: str, *, now: datetime | None = None) -> Invitation | None:
    """The invitation behind a token, noted as opened; None for one that is used, old, or not ours."""
    now = now or timezone.now()
    found = (
        Invitation.objects.select_related("by", "persona")
        .filter(token=digest(token), accepted_at=None, expires_at__gt=now, by__is_active=True)
        .first()
    )
    if found:
        Invitation.objects.filter(pk=found.pk, opened_at=None).update(opened_at=now)
    return found


@transaction.atomic
def accept(token: str, *, by: Member, now: datetime | None = None) -> Invitation | None:
    """Use the token up for a new member: it counts once, the address is emptied, and who invited hears of it.

    The new member begins with the persona of the invitation. None where the token no longer works; then it is an
    ordinary sign-up.
    """
    now = now or timezone.now()
    rows = Invitation.objects.filter(token=digest(token), accepted_at=None, expires_at__gt=now).exclude(by=by)
    if not rows.update(accepted_at=now, accepted_by=by, email="", opened_at=F("opened_at")):
        return None
    found = Invitation.objects.select_related("by", "persona").get(token=digest(token))
    if found.persona and by.persona_id is None:
        by.persona = found.persona
        by.save(update_fields=["persona"])
    notify(
        found.by, "invitation-accepted", title="Somebody whom you invited has joined",
        text="You see who it is as soon as they show themselves in the directory.",
        address="/me/invitations/", key=f"invitation:{found.pk}",
    )  # fmt: skip
    return found


@transaction.atomic
def no_more(token: str) -> bool:
    """Keep an address from all invitations, also those that wait; False for a broken token. Repeating is fine."""
    try:
        address = str(signing.loads(token, salt=NO_MORE))
    except signing.BadSignature:
        return False
    NoInvitations.objects.get_or_create(digest=digest(address))
    Invitation.objects.filter(email=address, accepted_at=None).update(email="", expires_at=timezone.now())
    return True


def remind_and_forget(now: datetime | None = None) -> dict[str, int]:
    """Remind each invited person once, and empty the addresses of invitations that have run out."""
    now = now or timezone.now()
    counts = {"reminded": 0, "forgotten": 0}
    before = now - timedelta(days=member_rules().reminder_days)
    waiting = Invitation.objects.filter(accepted_at=None, reminded_at=None, expires_at__gt=now, sent_at__lte=before)
    waiting = waiting.filter(by__is_active=True).exclude(email="")
    for invitation in waiting.select_related("by", "persona").order_by("pk"):
        counts["reminded"] += _remind(invitation, now)
    ended = Invitation.objects.filter(accepted_at=None, expires_at__lte=now).exclude(email="")
    counts["forgotten"] = ended.update(email="")
    return counts


@transaction.atomic
def _remind(invitation: Invitation, now: datetime) -> bool:
    """The token itself is not kept, so the reminder brings a new one; the first link stops working with it."""
    token = secrets.token_urlsafe(32)
    changed = Invitation.objects.filter(pk=invitation.pk, reminded_at=None, accepted_at=None, opened_at=None)
    if not changed.update(reminded_at=now, token=digest(token)):
        return False
    leaves = not without_letter([invitation.email])
    _write(invitation, token, "reminder", leaves=leaves)
    return leaves
