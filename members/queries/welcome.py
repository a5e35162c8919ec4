from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
    """Three queries: the steps, the proofs in the ledger, the member's own ticks."""
    steps = list(WelcomeStep.objects.all())
    verbs = {step.verb_id for step in steps if step.verb_id}
    proofs = dict(
        Activity.objects.filter(actor=member, verb__in=verbs)
        .order_by("-occurred_at")
        .values_list("verb", "occurred_at")
    )
    ticks = {row.step_id: row for row in WelcomeProgress.objects.filter(member=member)}
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
    pairs = Buddy.objects.filter(newcomer=member, ended_at=None, buddy__is_active=True, buddy__in_directory=True)
    pair = pairs.select_related("buddy").first()
    return pair.buddy if pair else None


def newcomers_of(member: Member) -> list[Member]:
    """The newcomers whom this member looks after, newest first."""
    pairs = Buddy.objects.filter(buddy=member, ended_at=None, newcomer__is_active=True).select_related("newcomer")
    return [pair.newcomer for pair in pairs.order_by("-at")]
