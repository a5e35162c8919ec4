"""Whether somebody may judge a skill of another, and what the two did together."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from cop.lib import words
from members.models import Activity, LevelAward, Member, MemberSkill, Skill, Verb
from members.queries.rules import rule_of_depth

VALIDATING_LEVEL = "mentor"
# Words on a person, and the ledger's own bookkeeping: no work that two people did together.
NOT_WORK = ("correction", "skill-endorsed", "skill-validated", "thanks-given", "kudos-given")
# Acts that are shared by all who did them on the same thing.
DONE_TOGETHER = (
    "event-attended", "event-hosted", "talk-given", "lab-contributed", "knowledge-published", "milestone-reached",
    "use-case-accepted",
)  # fmt: skip


def shared_activity(one: Member, other: Member) -> Activity | None:
    """The newest act that the two share: one did it for the other, or both did it on the same thing. Two queries."""
    standing = Activity.objects.filter(reversed_by=None, reverses=None).select_related("verb").order_by("-occurred_at")
    return _for_each_other(standing, one, other) or _on_the_same_thing(standing, one, other)


def _for_each_other(standing: QuerySet[Activity], one: Member, other: Member) -> Activity | None:
    pair = Q(actor=one, other=other) | Q(actor=other, other=one)
    helping = [Verb.Kind.CONTRIBUTION, Verb.Kind.INTERACTION]
    return standing.filter(pair, verb__kind__in=helping).exclude(verb__in=NOT_WORK).first()


def _on_the_same_thing(standing: QuerySet[Activity], one: Member, other: Member) -> Activity | None:
    theirs = Activity.objects.filter(
        actor=other, verb__in=DONE_TOGETHER, reversed_by=None, object_kind=OuterRef("object_kind"),
        object_key=OuterRef("object_key"),
    )  # fmt: skip
    return standing.filter(Exists(theirs), actor=one, verb__in=DONE_TOGETHER).first()


def in_words(act: Activity) -> str:
    return f"“{act.object_title}” ({act.verb.title}, {words.day(act.occurred_at)})"[:200]


def why_not_endorse(person: Member, *, by: Member, shared: Activity | None) -> str:
    """The reason against an endorsement in words; empty where there is none."""
    if person == by:
        return "Nobody endorses their own skills. Ask somebody with whom you have worked."
    if shared is None:
        return (
            f"You and {person.first_name} have not worked together here yet. An endorsement needs an event at which "
            "both of you were, a review, an answer or a mentoring meeting."
        )
    return ""


def why_not_validate(person: Member, skill: Skill, *, by: Member) -> str:
    """The reason against a validation in words; empty where there is none. Two queries."""
    if person == by:
        return "Nobody judges their own skills. Ask another Mentor."
    if not is_mentor(by):
        return "Skills are judged by Mentors."
    row = MemberSkill.objects.filter(member=by, skill=skill).first()
    depth = row.depth if row else 0.0
    deep = rule_of_depth().deep
    if depth < deep:
        return f"To judge “{skill.title}” you need depth {deep:g} in it yourself; yours is {depth:.1f}."
    return ""


def is_mentor(member: Member) -> bool:
    return LevelAward.objects.filter(member=member, level=VALIDATING_LEVEL, revoked_at=None).exists()
