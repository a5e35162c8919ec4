"""The signed-in member's start: where they stand, the one next step with its reason, what is coming and what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from communities.models import Community
from communities.queries.people import primary_of
from cop.home.queries.first_steps import fitted
from cop.home.queries.suggestions import Proposal, proposals
from cop.home.queries.waiting import Waiting, waiting_on
from cop.lib import words
from events.models import Event
from events.queries import Mine, next_open_event, registrations_of
from labs.queries.runs import open_run
from members.audience import ME, MEMBERS, PUBLIC
from members.models import Activity, Member
from members.operations.erasure import pending
from members.queries.consents import has_given
from members.queries.levels import Standing, standing
from members.queries.welcome import Kit, buddy_of, kit, newcomers_of
from modules.queries.standing import ModuleStanding, next_item, overview

NEWS = 7
WORK = ["lab-contributed", "knowledge-published", "talk-given"]
FIRST_MONTH = timedelta(days=30)
MODULES_TO_BEGIN_WITH = 3


@dataclass(frozen=True)
class NextStep:
    """Always exactly one; `why` says which rule chose it."""

    why: str
    title: str
    text: str
    address: str
    action: str


@dataclass(frozen=True)
class Dashboard:
    greeting: str
    standing: Standing
    step: NextStep
    modules: list[ModuleStanding]
    registrations: list[Mine]
    open_event: Event | None
    community: Community | None
    kit: Kit
    news: list[Activity]
    proposals: list[Proposal]
    waiting: list[Waiting]
    matching: bool
    leaving_at: datetime | None
    buddy: Member | None
    newcomers: list[Member]
    is_first_month: bool

    @property
    def begun(self) -> list[ModuleStanding]:
        return [module for module in self.modules if module.is_begun]

    @property
    def shown_modules(self) -> list[ModuleStanding]:
        """The member's own modules; for a newcomer the first three that are open."""
        open_ones = [module for module in self.modules if module.module.is_published]
        return self.begun or open_ones[:MODULES_TO_BEGIN_WITH]


def dashboard(member: Member, *, now: datetime | None = None) -> Dashboard:
    now = now or timezone.now()
    registrations, modules = registrations_of(member), overview(member)
    welcome = fitted(kit(member), member, now=now)
    return Dashboard(
        greeting=greeting(timezone.localtime(now).hour),
        standing=standing(member),
        step=next_step(member, registrations, modules, welcome, now),
        modules=modules,
        registrations=registrations,
        open_event=None if registrations else next_open_event(member),
        community=primary_of(member),
        kit=welcome,
        news=news_for(member),
        proposals=proposals(member, modules, now=now),
        waiting=waiting_on(member, now=now),
        matching=has_given(member, "matching"),
        leaving_at=leaving.due_at if (leaving := pending(member)) else None,
        buddy=buddy_of(member),
        newcomers=newcomers_of(member),
        is_first_month=now - member.joined_at < FIRST_MONTH,
    )


def greeting(hour: int) -> str:
    if hour < 5 or hour >= 18:
        return "Good evening"
    return "Good morning" if hour < 12 else "Good afternoon"


def next_step(
    member: Member, registrations: list[Mine], modules: list[ModuleStanding], welcome: Kit, now: datetime
) -> NextStep:  # fmt: skip
    """An event today, else the lab that is open, else what comes next in the modules, an event, a welcome step."""
    today = timezone.localdate(now)
    for registration in registrations:
        event = registration.event
        if timezone.localdate(event.starts_at) == today and registration.status == "confirmed":
            text = f"It starts at {words.clock(event.starts_at)}. Your place is kept."
            return NextStep("Today", event.title, text, event.get_absolute_url(), "Open the event")
    if run := open_run(member):
        text = f"{run.done} of {words.count(run.total, 'step')} done, about {words.span(run.minutes_left)} left."
        return NextStep(
            "You are in the middle of it", f"Finish “{run.lab.title}”", text, run.address, "Continue the lab"
        )
    if item := next_item(member, modules):
        return _read_or_do(item)
    if free := next_open_event(member):
        text = f"{words.day_and_clock(free.starts_at)}. {free.summary}"
        return NextStep("Meet the others", free.title, text, free.get_absolute_url(), "Look at the event")
    if step := welcome.next:
        return NextStep("Your first week", step.title, step.text, step.address, "Do this step")
    return NextStep(
        "All done",
        "Nothing waits for you",
        "You have finished what is published. Others could use your help.",
        "/members/",
        "See who is here",
    )


def _read_or_do(item: Any) -> NextStep:
    if item.kind == "concept":
        text = f"A concept of {words.count(item.minutes, 'minute')}: it explains what the labs of this module then try."
        return NextStep("What comes next", f"Read “{item.title}”", text, item.address, "Read the concept")
    text = f"{words.span(item.minutes).capitalize()}, step by step. You can stop and go on at any time."
    return NextStep("What comes next", f"Do “{item.title}”", text, item.address, "Open the lab")


def news_for(member: Member) -> list[Activity]:
    """What others did of late that concerns everybody, as far as they show it: hellos, which are said to all; work by
    the audience of the portfolio, finished modules by that of what one did here."""
    kept_back = Member.objects.filter(audiences__portfolio=ME)
    acts = Activity.objects.filter(
        Q(verb="hello-said")
        | Q(verb__in=WORK) & ~Q(actor__in=kept_back)
        | Q(verb="module-completed", actor__audiences__acts__in=[PUBLIC, MEMBERS]),
        actor__in_directory=True,
        actor__is_active=True,
        reversed_by=None,
    ).exclude(actor=member)
    return list(acts.select_related("actor", "verb").order_by("-occurred_at", "-pk")[:NEWS])
