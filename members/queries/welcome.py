from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, QuerySet

from cop.lib.rounds import Asks, answer
from members.models import Activity, Buddy, Member, WelcomeProgress, WelcomeStep


@dataclass(frozen=True)
class StepState:
    step: WelcomeStep
    state: str  # done, skipped, now, open
    at: datetime | None


@dataclass(frozen=True)
class Kit:
    """The Welcome Kit as it stands for one member."""

    steps: list[StepState]

    @property
    def done(self) -> int:
        return sum(step.state == "done" for step in self.steps)

    @property
    def next(self) -> WelcomeStep | None:
        return next((step.step for step in self.steps if step.state == "now"), None)

    @property
    def said_hello(self) -> bool:
        return any(step.step.verb_id == "hello-said" and step.state == "done" for step in self.steps)

    @property
    def minutes_left(self) -> int:
        return sum(step.step.minutes for step in self.steps if step.state in ("now", "open"))

    @property
    def is_over(self) -> bool:
        return self.next is None


def kit(member: Member) -> Kit:
    return answer(ask_kit(member))


def ask_kit(member: Member) -> Asks[Kit]:
    """One round: the steps, the proofs in the ledger, the member's own ticks."""
    verbs = WelcomeStep.objects.exclude(verb=None).values("verb")
    acts = Activity.objects.filter(actor=member, verb__in=verbs).order_by().values_list("verb")
    steps, proved, ticked = yield [
        WelcomeStep.objects.all(), acts.annotate(first=Min("occurred_at")),
        WelcomeProgress.objects.filter(member=member),
    ]  # fmt: skip
    proofs, ticks = dict(proved), {row.step_id: row for row in ticked}
    states: list[StepState] = []
    next_is_known = False
    for step in steps:
        proof, tick = proofs.get(step.verb_id or ""), ticks.get(step.pk)
        if proof:
            states.append(StepState(step, "done", proof))
        elif tick:
            states.append(StepState(step, tick.state, tick.at))
        else:
            states.append(StepState(step, "open" if next_is_known else "now", None))
            next_is_known = True
    return Kit(states)


def buddy_of(member: Member) -> Member | None:
    """Who looks after this newcomer now; a buddy who has left the directory is named no more."""
    pair = pairs_with_buddy(member).first()
    return pair.buddy if pair else None


def pairs_with_buddy(member: Member) -> QuerySet[Buddy]:
    pairs = Buddy.objects.filter(newcomer=member, ended_at=None, buddy__is_active=True, buddy__in_directory=True)
    return pairs.select_related("buddy").order_by("pk")


def pairs_with_newcomers(member: Member) -> QuerySet[Buddy]:
    """The newcomers whom this member looks after, newest first."""
    pairs = Buddy.objects.filter(buddy=member, ended_at=None, newcomer__is_active=True)
    return pairs.select_related("newcomer").order_by("-at")
