"""The signed-in member's start: where they stand, the one next step with its reason, what is coming and what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from communities.models import Community
from communities.queries.people import primary
from cop.home.queries.first_steps import ask_fitted
from cop.home.queries.suggestions import Proposal, ask_proposals
from cop.home.queries.waiting import Waiting, ask_waiting
from cop.lib import words
from cop.lib.rounds import Asks, answer, side_by_side
from events.models import Event
from events.queries import Mine, coming_registrations, mine_of, open_events
from labs.queries.runs import RunStanding, ask_open_run
from members.audience import MEMBERS, PUBLIC
from members.models import Activity, Consent, Member, Spotlight
from members.operations.erasure import open_requests
from members.queries.levels import Standing, ask_standing
from members.queries.spotlight import for_viewer, newest
from members.queries.welcome import Kit, pairs_with_buddy, pairs_with_newcomers
from modules.queries.reading import newest_open, warm_places
from modules.queries.standing import ModuleStanding, ask_own_overview, next_item

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
    spotlight: Spotlight | None
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
    return answer(ask_dashboard(member, now or timezone.now()))


def ask_dashboard(member: Member, now: datetime) -> Asks[Dashboard]:
    """Two rounds to the database for all of it, and a statement where something is proposed for the first time."""
    modules, welcome, levels, suggested, waiting, run, rows = yield from side_by_side(
        ask_own_overview(member), ask_fitted(member, now=now), ask_standing(member), ask_proposals(member, now=now),
        ask_waiting(member, now=now), ask_open_run(member), ask_rows(member, now),
    )  # fmt: skip
    registrations = mine_of(rows.registrations)
    step = next_step(member, modules, welcome, run, waiting, rows, now)
    return Dashboard(
        greeting=greeting(timezone.localtime(now).hour),
        standing=levels,
        step=step,
        modules=modules,
        registrations=registrations,
        open_event=None if registrations else rows.first("free"),
        community=rows.first("primary"),
        kit=welcome,
        news=rows.news,
        proposals=suggested,
        waiting=[one for one in waiting if one.address != step.address],
        matching=bool(rows.matching),
        leaving_at=leaving.due_at if (leaving := rows.first("leaving")) else None,
        buddy=pair.buddy if (pair := rows.first("buddies")) else None,
        newcomers=[pair.newcomer for pair in rows.newcomers],
        spotlight=for_viewer(rows.spotlight, member),
        is_first_month=now - member.joined_at < FIRST_MONTH,
    )


@dataclass(frozen=True)
class Rows:
    """What is asked for as it stands, row by row."""

    registrations: list[Any]
    free: list[Event]
    primary: list[Community]
    news: list[Activity]
    matching: list[Any]
    leaving: list[Any]
    buddies: list[Any]
    newcomers: list[Any]
    spotlight: list[Spotlight]
    places: list[Any]

    def first(self, name: str) -> Any:
        return next(iter(getattr(self, name)), None)


def ask_rows(member: Member, now: datetime) -> Asks[Rows]:
    rows = yield [
        coming_registrations(member, now=now),
        open_events(member, now=now)[:1],
        primary(member)[:1],
        news(member),
        Consent.objects.filter(member=member, purpose="matching", given=True)[:1],
        open_requests(member)[:1],
        pairs_with_buddy(member)[:1],
        pairs_with_newcomers(member),
        newest(),
        warm_places(member, now),
    ]
    return Rows(*rows)


def greeting(hour: int) -> str:
    if hour < 5 or hour >= 18:
        return "Good evening"
    return "Good morning" if hour < 12 else "Good afternoon"


def next_step(
    member: Member, modules: list[ModuleStanding], welcome: Kit, run: RunStanding | None, waiting: list[Waiting],
    rows: Rows, now: datetime,
) -> NextStep:  # fmt: skip
    """An event today, else where the member stopped last, else the lab that is open, else own work with changes
    asked, else what comes next in the modules, an event, a welcome step."""
    if first := event_today(rows, now) or go_on(rows, modules):
        return first
    if run:
        text = f"{run.done} of {words.count(run.total, 'step')} done, about {words.span(run.minutes_left)} left."
        return NextStep(
            "You are in the middle of it", f"Finish “{run.lab.title}”", text, run.address, "Continue the lab"
        )
    if asked := next((one for one in waiting if one.is_own_work), None):
        return NextStep("A reviewer answered", asked.title, asked.text, asked.address, "See what is asked")
    if item := next_item(member, modules):
        return _read_or_do(item)
    if free := rows.first("free"):
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


def event_today(rows: Rows, now: datetime) -> NextStep | None:
    today = timezone.localdate(now)
    for registration in rows.registrations:
        event = registration.event
        if timezone.localdate(event.starts_at) == today and registration.status == "confirmed":
            text = f"It starts at {words.clock(event.starts_at)}. Your place is kept."
            return NextStep("Today", event.title, text, event.get_absolute_url(), "Open the event")
    return None


def go_on(rows: Rows, modules: list[ModuleStanding]) -> NextStep | None:
    """What the member was in last and has not finished: at the exact section or step, from any device."""
    found = newest_open(rows.places, modules)
    if found is None:
        return None
    step, stand = found
    text = f"You were at “{stand.section}” {words.lately(stand.at)}."
    action = "Continue the lab" if step.item.is_lab else "Go on reading"
    return NextStep("You are in the middle of it", f"Finish “{stand.title}”", text, stand.address, action)


def _read_or_do(item: Any) -> NextStep:
    if item.kind == "concept":
        text = f"A concept of {words.count(item.minutes, 'minute')}: it explains what the labs of this module then try."
        return NextStep("In your modules", f"Read “{item.title}”", text, item.address, "Read the concept")
    text = f"{words.span(item.minutes).capitalize()}, step by step. You can stop and go on at any time."
    return NextStep("In your modules", f"Do “{item.title}”", text, item.address, "Open the lab")


def news_for(member: Member) -> list[Activity]:
    return list(news(member))


def news(member: Member) -> QuerySet[Activity]:
    """What others did of late that concerns everybody, as far as they show it: hellos, which are said to all; work by
    the audience of the portfolio, finished modules by that of what one did here."""
    portfolio = Q(actor__audiences__portfolio__isnull=True) | Q(actor__audiences__portfolio__in=[PUBLIC, MEMBERS])
    taken_back = Activity.objects.filter(reverses=OuterRef("pk"))
    acts = Activity.objects.filter(
        ~Exists(taken_back),
        Q(verb="hello-said")
        | Q(verb__in=WORK) & portfolio
        | Q(verb="module-completed", actor__audiences__acts__in=[PUBLIC, MEMBERS]),
        actor__in_directory=True,
        actor__is_active=True,
    ).exclude(actor=member)
    return acts.select_related("actor", "verb").order_by("-occurred_at", "-pk")[:NEWS]
