"""What members say on each other's skills: endorsements by those who worked together, judgements by Mentors."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cop.lib.errors import Refused
from members.audience import name_for
from members.expertise import DEEPEST, DEPTHS
from members.models import Activity, Endorsement, Member, MemberSkill, Skill, Validation
from members.operations import expertise, ledger
from members.operations.notices import notify
from members.queries.endorsing import in_words, shared_activity, why_not_endorse, why_not_validate
from members.queries.rules import member_rules

LONGEST_SENTENCE, LONGEST_NOTE, LONGEST_EVIDENCE = 300, 600, 300


@dataclass(frozen=True)
class Judgement:
    """What a Mentor found. evidence: the address of a page, https; or act: a row of the member's ledger."""

    level: int
    decision: str
    note: str
    evidence: str = ""
    act: Activity | None = None


@transaction.atomic
def endorse(row: MemberSkill, *, by: Member, level: int, sentence: str, now: datetime | None = None) -> Endorsement:
    """Say how deep a skill of somebody is with whom one has worked. Saying it again changes level and sentence.

    Refused: one's own skill, a level outside 1 to 4, no sentence, no activity that both share in the ledger.
    """
    sentence = _one_text(sentence, LONGEST_SENTENCE, "Write one sentence on what you saw.")
    _check_level(level)
    row = _locked(row)
    shared = shared_activity(row.member, by) if row.member_id != by.pk else None
    if reason := why_not_endorse(row.member, by=by, shared=shared):
        raise Refused(reason)
    given, is_new = Endorsement.objects.get_or_create(
        member=row.member, skill=row.skill, by=by,
        defaults={
            "level": level, "sentence": sentence, "shared": in_words(shared) if shared else "",
            "at": now or timezone.now(),
        },
    )  # fmt: skip
    if is_new:
        _record("skill-endorsed", row, by, f"skill-endorsed:{given.pk}")
        _tell(
            row,
            f"{name_for(by, row.member)} endorses your skill “{row.skill.title}”",
            f"{DEPTHS[level].capitalize()}: {sentence}",
        )
    else:
        given.level, given.sentence = level, sentence
        given.save(update_fields=["level", "sentence"])
    expertise.recompute([row.member_id])
    return given


@transaction.atomic
def withdraw(endorsement: Endorsement, *, by: Member) -> None:
    """Take one's word back; organizers may do it for somebody, where a word breaks the code of conduct."""
    if by.pk != endorsement.by_id and not by.is_staff:
        raise Refused("Only who gave an endorsement takes it back.")
    act = Activity.objects.filter(dedupe_key=f"skill-endorsed:{endorsement.pk}", reversed_by=None).first()
    if act:
        ledger.reverse(act, by=by, reason="withdrawn")
    endorsement.delete()
    expertise.recompute([endorsement.member_id])


@transaction.atomic
def validate(row: MemberSkill, judgement: Judgement, *, by: Member, now: datetime | None = None) -> Validation:
    """Judge a skill from a piece of evidence, for 24 months. An own older judgement stays readable; the newest counts.

    Refused: one's own skill, who is no Mentor or has less than depth 3 in it, and evidence that is neither an https
    address nor one of the member's acts that stand.
    """
    now = now or timezone.now()
    note = _one_text(judgement.note, LONGEST_NOTE, "Write what you looked at and what it shows.")
    _check_level(judgement.level)
    if judgement.decision not in Validation.Decision.values:
        raise Refused("Say whether the work shows this depth or not yet.")
    row = _locked(row)
    if reason := why_not_validate(row.member, row.skill, by=by):
        raise Refused(reason)
    made = Validation.objects.create(
        member=row.member, skill=row.skill, by=by, evidence=_evidence(judgement, row), level=judgement.level,
        decision=judgement.decision, note=note, at=now,
        expires_at=months_later(now, member_rules().validation_months),
    )  # fmt: skip
    _record("skill-validated", row, by, f"skill-validated:{made.pk}")
    found = "shown" if made.decision == Validation.Decision.SHOWN else "not yet shown"
    title = f"{name_for(by, row.member)} looked at your skill “{row.skill.title}”: {DEPTHS[made.level]}, {found}"
    _tell(row, title, note)
    expertise.recompute([row.member_id])
    return made


def months_later(moment: datetime, months: int) -> datetime:
    """The same day so many months later, or the last day of a month that is shorter."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def _evidence(judgement: Judgement, row: MemberSkill) -> str:
    act = judgement.act
    if act:
        if act.actor_id != row.member_id or Activity.objects.filter(reverses=act).exists():
            raise Refused("Choose one of the member's own acts that stand.")
        return in_words(act)
    address = judgement.evidence.strip()
    try:
        URLValidator(schemes=["https"])(address)
    except ValidationError as error:
        raise Refused("Choose an act from the ledger, or give an address that starts with https://.") from error
    if len(address) > LONGEST_EVIDENCE or "@" in urlsplit(address).netloc:
        raise Refused(f"Give a plain address of {LONGEST_EVIDENCE} characters at the most, without a name in it.")
    return address


def _locked(row: MemberSkill) -> MemberSkill:
    """The row, held until the end, so that two words at once are counted one after the other."""
    found = MemberSkill.objects.select_for_update(of=("self",)).select_related("member", "skill").filter(pk=row.pk)
    locked: MemberSkill | None = found.first()
    if locked is None:
        raise Refused("This skill has just been taken out of the list.", lost_race=True)
    if locked.skill.state != Skill.State.ACCEPTED:
        raise Refused(f"“{locked.skill.title}” still waits for the stewards. Come back when it is in the list.")
    return locked


def _one_text(text: str, longest: int, empty: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise Refused(empty)
    if len(text) > longest:
        raise Refused(f"Keep it to {longest} characters; these are {len(text)}.")
    return text


def _check_level(level: int) -> None:
    if not 1 <= level <= DEEPEST:
        raise Refused(f"A level is a number from 1 to {DEEPEST}.")


def _record(verb: str, row: MemberSkill, by: Member, once: str) -> None:
    """The ledger keeps numbers and the name of the skill, no word about a person."""
    ledger.record(
        verb, by=by, kind="skill", key=f"{row.member_id}-{row.skill.slug}", title=row.skill.title, other=row.member,
        once=once,
    )  # fmt: skip


def _tell(row: MemberSkill, title: str, text: str) -> None:
    address = reverse("members:skill", args=[row.member.handle, row.skill.slug])
    notify(row.member, "skill-endorsed", title=title, text=text, address=address, key=f"{address}:{title}"[:160])
