"""What members say about their own skills, and what the stewards do with the names they propose."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from cop.lib.errors import Refused
from members.expertise import DEEPEST
from members.models import Endorsement, Member, MemberSkill, Skill, Validation
from members.names import HIDDEN_SIGNS, is_seen
from members.operations import directory, expertise, ledger
from members.operations.notices import notify
from members.queries.rules import member_rules
from members.queries.skills import find, key_of, named_enough

LONGEST_NAME = 80
LONGEST_SLUG = 50
OTHER_AREA = "Other"
MY_SKILLS = "/me/skills/"


@transaction.atomic
def add(name: str, *, by: Member, claimed: int = 0, wants: int = 0, helps: bool = False) -> MemberSkill:
    """Put a skill into one's list. A title or alias of the taxonomy means that skill; another name becomes a proposal.

    Refused: a depth outside 0 to 4, a skill that stands in the list, a 41st one, a name that the stewards refused.
    """
    name = " ".join(name.split())
    _check_name(name)
    _check_depths(claimed, wants)
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)  # two at once must not both be the 40th
    skill = find(name)
    if skill and skill.state == Skill.State.REFUSED:
        raise Refused(f"The stewards decided not to take “{skill.title}” into the list. Choose a skill that is in it.")
    mine = MemberSkill.objects.filter(member=by)
    if skill and mine.filter(skill=skill).exists():
        raise Refused(f"“{skill.title}” stands in your list already.")
    most = member_rules().most_skills
    if mine.count() >= most:
        raise Refused(f"A list holds {most} skills at the most. Remove one that matters less.")
    skill = skill or propose(name, by=by)
    row = MemberSkill.objects.create(member=by, skill=skill, claimed=claimed, wants=wants, helps=helps)
    _settle(by)
    row.refresh_from_db()
    return row


@transaction.atomic
def change(row: MemberSkill, *, by: Member, claimed: int, wants: int, helps: bool) -> None:
    """Say anew how deep a skill is, how deep it should become, and whether one helps others with it."""
    _check_owner(row, by)
    _check_depths(claimed, wants)
    row.claimed, row.wants, row.helps = claimed, wants, helps
    row.save(update_fields=["claimed", "wants", "helps"])
    _settle(by)


@transaction.atomic
def remove(row: MemberSkill, *, by: Member) -> None:
    """Take a skill out of one's list, with what others said on it. A proposal that nobody else names goes too."""
    _check_owner(row, by)
    said = {"member": row.member_id, "skill": row.skill_id}
    Endorsement.objects.filter(**said).delete()
    Validation.objects.filter(**said).delete()
    row.delete()
    unused = Skill.objects.filter(pk=row.skill_id, state=Skill.State.PROPOSED, members=None)
    unused.delete()
    directory.touch(by.pk)


def propose(name: str, *, by: Member) -> Skill:
    """Make a skill that waits for the stewards' decision; its owner lists it at once."""
    slug = slugify(name)[:LONGEST_SLUG].strip("-") or f"skill-{secrets.token_hex(4)}"
    if Skill.objects.filter(slug=slug).exists():  # as for C and C++, whose slugs are the same
        slug = f"{slug[: LONGEST_SLUG - 9]}-{secrets.token_hex(4)}"
    try:
        with transaction.atomic():
            return Skill.objects.create(
                slug=slug, title=name, area=OTHER_AREA, state=Skill.State.PROPOSED, proposed_by=by
            )
    except IntegrityError as error:
        raise Refused("Somebody proposed this skill a moment ago. Add it again.", lost_race=True) from error


@transaction.atomic
def accept(skill: Skill, *, by: Member) -> None:
    """Take a proposed skill into the taxonomy; who proposed it is told. Repeating changes nothing."""
    skill = _locked(skill)
    if skill.state == Skill.State.ACCEPTED:
        return
    _decide(skill, Skill.State.ACCEPTED)
    _tell(skill, f"“{skill.title}” is in the list of skills now", "Others can name it too. Thank you for proposing it.")
    directory.mark(skill.members.values_list("member", flat=True))


@transaction.atomic
def refuse(skill: Skill, *, by: Member, note: str = "") -> None:
    """Do not take a proposed skill into the taxonomy; it leaves the lists of members. Who proposed it is told."""
    skill = _locked(skill)
    if skill.state == Skill.State.REFUSED:
        return
    if skill.state == Skill.State.ACCEPTED:
        raise Refused(f"“{skill.title}” is in the list already. Merge it into another skill instead.")
    skill.members.all().delete()
    _decide(skill, Skill.State.REFUSED)
    text = note.strip() or "Choose the skill in the list that comes nearest, or describe yours in your profile."
    _tell(skill, f"“{skill.title}” was not taken into the list of skills", text)


@transaction.atomic
def merge(skill: Skill, *, into: Skill, by: Member) -> None:
    """Let a skill be another name of an accepted one: claims, endorsements and validations move, names become aliases.

    Where a member has both, the deeper claim and the deeper wish stay."""
    skill, into = _locked(skill), _locked(into)
    if skill == into:
        raise Refused("A skill cannot be merged into itself.")
    if into.state != Skill.State.ACCEPTED:
        raise Refused(f"“{into.title}” is not in the list of skills. Accept it first.")
    members = list(skill.members.values_list("member", flat=True))
    _move_claims(skill, into)
    for model in (Endorsement, Validation):
        _move_words(model, skill, into)
    known = {key_of(into.title), *map(key_of, into.aliases)}
    into.aliases = [*into.aliases, *(name for name in [skill.title, *skill.aliases] if key_of(name) not in known)]
    into.save(update_fields=["aliases"])
    _tell(skill, f"“{skill.title}” stands in the list as “{into.title}”", "Your entry has moved there.")
    skill.delete()
    expertise.recompute(members)
    directory.mark(members)


def _move_claims(skill: Skill, into: Skill) -> None:
    theirs = {row.member_id: row for row in MemberSkill.objects.filter(skill=into).select_for_update()}
    for row in MemberSkill.objects.filter(skill=skill):
        if both := theirs.get(row.member_id):
            both.claimed, both.wants = max(both.claimed, row.claimed), max(both.wants, row.wants)
            both.helps = both.helps or row.helps
            both.save(update_fields=["claimed", "wants", "helps"])
    skill.members.exclude(member__in=theirs).update(skill=into)


def _move_words(model: type[Endorsement] | type[Validation], skill: Skill, into: Skill) -> None:
    """An endorsement by somebody who endorsed the other skill too is left out; validations all stay."""
    moving = model._default_manager.filter(skill=skill)
    if model is Endorsement:
        there = set(Endorsement.objects.filter(skill=into).values_list("member", "by"))
        stays = [one.pk for one in moving if (one.member_id, one.by_id) in there]
        moving = moving.exclude(pk__in=stays)
    moving.update(skill=into)


def _check_name(name: str) -> None:
    if not name:
        raise Refused("Choose a skill from the list, or write its name.")
    if len(name) > LONGEST_NAME:
        raise Refused(f"Keep the name to {LONGEST_NAME} characters; these are {len(name)}.")
    if HIDDEN_SIGNS.search(name):
        raise Refused("Write the name without hidden signs. If you copied it, type it instead.")
    if not is_seen(name) or not any(letter.isalnum() for letter in name):
        raise Refused("Write the name of the skill with letters or digits.")


def _check_depths(claimed: int, wants: int) -> None:
    if not (0 <= claimed <= DEEPEST and 0 <= wants <= DEEPEST):
        raise Refused(f"A depth is a number from 0 to {DEEPEST}.")


def _check_owner(row: MemberSkill, by: Member) -> None:
    if row.member_id != by.pk:
        raise Refused("Only you change your list of skills.")


def _locked(skill: Skill) -> Skill:
    found: Skill = Skill.objects.select_for_update().get(pk=skill.pk)
    return found


def _decide(skill: Skill, state: Skill.State) -> None:
    skill.state = state
    skill.save(update_fields=["state"])


def _tell(skill: Skill, title: str, text: str) -> None:
    if skill.proposed_by and skill.proposed_by.is_active:
        notify(
            skill.proposed_by, "skill-decided", title=title, text=text, address=MY_SKILLS, key=f"skill:{skill.pk}"
        )  # fmt: skip


def _settle(member: Member) -> None:
    """What follows from every change of a list: depths, the directory, and the step of the Welcome Kit."""
    expertise.recompute([member.pk])
    directory.touch(member.pk)
    if named_enough(member):
        ledger.record(
            "skills-named", by=member, kind="skills", key="own", title="Own skills", address=MY_SKILLS
        )  # fmt: skip
