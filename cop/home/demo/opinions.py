"""What the made-up members knew before and after reading, what they say of tools, and what they suggest to read."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cop.home.demo.learning import Diary
from cop.lib.markdown import render
from members.models import Member
from modules import checks
from modules.addresses import cleaned, key_of
from modules.models import (
    Check,
    CheckAttempt,
    ExternalResource,
    ItemProgress,
    Module,
    ResourceCompletion,
    ResourceNote,
    SyllabusItem,
    Tool,
    ToolReport,
)

BATCH = 5000
TOOK_THE_FIRST, TOOK_IT_TWICE = 0.7, 0.2
WRONG = {"number": "7", "text": "I do not remember"}


@dataclass(frozen=True)
class Told:
    """What somebody says of a tool. who: a handle, or a number among the others. days: since they last used it."""

    tool: str
    who: str | int
    version: str
    days: int
    interest: str
    body: str


TOLD = [
    Told("ollama", "sayed", "0.12", 20, "user", "Installed it on the laptop I take on call. A small model reads alerts "
         "aloud to me in plain words, without anything leaving the machine.\n\nIt listens on the local port without a "
         "login, so I bound it to localhost and closed the port."),
    Told("ollama", 3, "0.11", 75, "paid", "We gave it to twelve colleagues behind a proxy with a login. Good for "
         "trying things out. When six people ask at once, the sixth waits for a minute; that is where we went on to "
         "a server made for many."),
    Told("vllm", "bart", "0.11", 33, "paid", "Serves forty people from two cards. The start takes minutes, so a "
         "restart at noon is noticed.\n\n- Pin the version: options change between releases.\n- Its metrics "
         "are the best part."),
    Told("llama-cpp", "adrian", "b6800", 9, "contributor", "Runs on everything, even on the old rack server without a "
         "card. I sent two small fixes, both were taken within a week. Expect a new build every day and pin yours."),
    Told("aider", "leo", "0.86", 15, "user", "One commit for each change made it easy to throw three of ten away. "
         "With a model on my own machine it manages small changes; for larger ones I paid a vendor, after I took the "
         "customer names out."),
    Told("cline", 5, "3.35", 41, "user", "It asks before each command. After a day I said yes without reading, which "
         "is my fault and a reason to give it a container."),
    Told("cursor", "leo", "2.0", 26, "paid", "Quick for a front end that I can see at once. Our data officer asked "
         "where the requests go; it took two weeks to get the contract changed."),
    Told("opentofu", "bart", "1.10", 50, "user", "Moved four states over in an afternoon. Encrypting the state was the "
         "reason. Two modules pinned another provider and had to wait."),
    Told("terraform", 8, "1.13", 60, "vendor", "I work for a partner that sells it, so weigh this. Teams that keep "
         "the plan in the pull request have far fewer surprises than those that apply from a laptop."),
    Told("argo-cd", "adrian", "3.1", 12, "user", "The window that shows the difference between Git and cluster ended "
         "most of our arguments. Switch off automatic repair before you debug something by hand, or it undoes you."),
    Told("openbao", 11, "2.4", 28, "contributor", "Our clients for Vault worked without a change. Documentation "
         "still has gaps; I write one page each time I fall into one."),
    Told("sops", "maria", "3.11", 44, "user", "I do not write code, and I could still see in a review that the "
         "values were encrypted and who may open them. That is what I want from such a tool."),
    Told("pgvector", "kim", "0.8", 18, "user", "The search over our strategy papers runs in the database that we have. "
         "With nine thousand pieces no index was needed at all."),
    Told("opensearch", 14, "3.3", 35, "paid", "Words and vectors in one result. Give it memory, and a person who knows "
         "it; ours is on holiday now, and we notice."),
    Told("gitleaks", "sayed", "8.28", 7, "user", "Found two keys from 2019 in the history on the first evening. Both "
         "were dead already, but nobody had known that."),
]  # fmt: skip


@dataclass(frozen=True)
class Wished:
    """What somebody suggests. status: `suggested` ones wait for those who keep the module."""

    who: str | int
    url: str
    title: str
    kind: str
    module: str
    hours: float
    level: str
    why: str
    days: int
    status: str = "suggested"
    reason: str = ""


WISHED = [
    Wished("sayed", "https://12factor.net/?utm_source=newsletter",
           "The Twelve-Factor App", "documentation", "infrastructure-automation", 1, "beginner",
           "Twelve short pages; the one on configuration ended a long discussion in our team.", 3),
    Wished("leo", "https://www.deeplearning.ai/short-courses/", "DeepLearning.AI: short courses", "course",
           "coding-with-ai", 2, "beginner",
           "One hour each, with code that runs in the browser; good for a rainy evening.", 8),
    Wished("kim", "https://developers.google.com/tech-writing", "Google: technical writing courses", "course",
           "rag-knowledge-management", 4, "beginner",
           "The pages are the product, and this teaches to write pages that can be found.", 40, "accepted"),
    Wished(6, "https://example.com/ten-prompts-that-change-everything", "Ten prompts that change everything",
           "documentation", "ai-foundations", 0.5, "beginner", "Everybody should read this.", 25, "refused",
           "It sells a course and teaches nothing that the Concept does not say. Thank you for looking."),
]  # fmt: skip
SAID = [
    ("pro-git", "sayed", "Read chapters two and three, and look the rest up. The chapter on internals is for winter."),
    ("elements-of-ai", "kim", "I did it with my team, one part a week over lunch. Nobody needed mathematics."),
    ("google-sre-book", "bart", "Start with “Eliminating Toil”. It is the shortest way to agree with your manager."),
    ("lethal-trifecta", "maria", "I put the three questions into our form for new tools."),
    ("introduction-to-information-retrieval", "adrian", "Chapters 6 and 8 are enough to measure what you build."),
    ("intro-to-large-language-models", "leo", "Watched it twice; the second time with a founder who wanted magic."),
]
OTHERS_DID = 0.25


def make_opinions(people: Sequence[Member], diary: Diary, *, chance: random.Random, now: datetime) -> None:
    """Tries at checks with gains, reports on tools, resources in the list and waiting, and who did which."""
    _tries(chance)
    handles = {one.handle: one for one in people}
    others = [one for one in people if one.handle not in ("adrian", "kim", "leo", "bart", "maria", "sayed")]

    def who(name: str | int) -> Member | None:
        return handles.get(name) if isinstance(name, str) else others[name] if name < len(others) else None

    _reports(who, diary, now)
    _wishes(who, diary, now)
    _readers(who, people, diary, chance, now)


def _tries(chance: random.Random) -> None:
    """For each check passed a try that passed it; before it often one of before the reading, with less."""
    afters = {check.slug: check for check in Check.objects.exclude(stage="before").select_related("before")}
    answers = {check.pk: Answers(check) for one in afters.values() for check in (one, one.before) if check}
    done = ItemProgress.objects.filter(item__kind=SyllabusItem.Kind.CHECK, state="done").select_related("item")
    rows: list[CheckAttempt] = []
    for one in done.order_by("pk").iterator(BATCH):
        check = afters.get(one.item.key)
        if check is None or one.done_at is None:
            continue
        mine = answers[check.pk]
        passed, early = mine.least + chance.randint(0, mine.total - mine.least), one.done_at
        if check.before and chance.random() < TOOK_THE_FIRST:
            first = answers[check.before.pk]
            right = chance.randint(1, max(1, first.total - 2))
            rows.append(first.attempt(one.member_id, right, early - timedelta(hours=3), chance))
        if chance.random() < TOOK_IT_TWICE:
            failed = chance.randint(1, mine.least - 1)
            rows.append(mine.attempt(one.member_id, failed, early - timedelta(minutes=20), chance))
        rows.append(mine.attempt(one.member_id, passed, early, chance))
    CheckAttempt.objects.bulk_create(rows, batch_size=BATCH)


class Answers:
    """Answers to one check, of which so many are right. least: so many pass it."""

    def __init__(self, check: Check) -> None:
        self.check, self.questions = check, list(check.questions.all())
        self.total = len(self.questions)
        self.least = next(n for n in range(self.total + 1) if checks.percent(n, self.total) >= 70)
        self.right = {one.key: self._right(one) for one in self.questions}
        self.wrong = {one.key: self._wrong(one) for one in self.questions}

    def attempt(self, member: int, right: int, at: datetime, chance: random.Random) -> CheckAttempt:
        known = set(chance.sample(sorted(self.right), right))
        given = {key: self.right[key] if key in known else self.wrong[key] for key in self.right}
        return CheckAttempt(
            member_id=member, of=self.check, at=at, seed=chance.randrange(2**31), answers=given, right=right,
            total=self.total, percent=checks.percent(right, self.total),
        )  # fmt: skip

    def _right(self, one: Any) -> Any:
        if one.kind == "number":
            return str(one.answer["value"])
        return one.answer[0] if one.kind == "text" else list(one.answer)

    def _wrong(self, one: Any) -> Any:
        if one.kind == "choice":
            return [option["key"] for option in one.options if option["key"] not in one.answer][:1]
        return list(reversed(one.answer)) if one.kind == "order" else WRONG[one.kind]


def _reports(who: Any, diary: Diary, now: datetime) -> None:
    tools = {tool.slug: tool for tool in Tool.objects.all()}
    rows = []
    for told in TOLD:
        tool, member = tools.get(told.tool), who(told.who)
        if tool is None or member is None:
            continue
        at = max(member.joined_at, now - timedelta(days=told.days - 1))
        rows.append(
            ToolReport(
                tool=tool, member=member, version=told.version, used_on=(now - timedelta(days=told.days)).date(),
                interest=told.interest, body=told.body, html=render(told.body).html, at=at,
            )
        )  # fmt: skip
        title = f"{tool.name} {told.version}"
        diary.note(
            member, "tool-reported", "tool", f"{tool.slug} {told.version}", title, at, address=tool.get_absolute_url()
        )
    ToolReport.objects.bulk_create(rows)


def _wishes(who: Any, diary: Diary, now: datetime) -> None:
    modules = {module.slug: module for module in Module.objects.prefetch_related("stewards")}
    for wish in WISHED:
        module, member = modules.get(wish.module), who(wish.who)
        if module is None or member is None:
            continue
        keeper = next(iter(module.stewards.all()), who("bart"))
        at = max(member.joined_at, now - timedelta(days=wish.days))
        decided = {} if wish.status == "suggested" else {"decided_by": keeper, "decided_at": at + timedelta(days=1)}
        slug = wish.title.lower().replace(":", "").replace(".", "").replace(" ", "-")
        made, _ = ExternalResource.objects.get_or_create(
            key=key_of(wish.url),
            defaults={
                "slug": slug, "url": cleaned(wish.url), "title": wish.title, "kind": wish.kind, "level": wish.level,
                "hours": wish.hours, "why": wish.why, "module": module, "suggested_by": member, "suggested_at": at,
                "status": wish.status, "reason": wish.reason, **decided,
            },
        )  # fmt: skip
        if wish.status == "accepted":
            diary.note(member, "resource-accepted", "resource", made.slug, made.title, at + timedelta(days=1),
                       address=made.get_absolute_url(), topic=module.slug)  # fmt: skip


def _readers(who: Any, people: Sequence[Member], diary: Diary, chance: random.Random, now: datetime) -> None:
    """Who says something has done it; of the others some have done one or two, whatever the size of the demo."""
    resources = {one.slug: one for one in ExternalResource.objects.accepted().select_related("module")}
    done: dict[tuple[int, int], ResourceCompletion] = {}
    notes = []

    def finish(one: ExternalResource, member: Member) -> datetime:
        at = min(now, max(member.joined_at + timedelta(days=2), now - timedelta(days=chance.randint(2, 90))))
        if (one.pk, member.pk) not in done:
            done[one.pk, member.pk] = ResourceCompletion(resource=one, member=member, at=at)
            topic = one.module.slug if one.module else ""
            diary.note(member, "resource-completed", "resource", one.slug, one.title, at,
                       address=one.get_absolute_url(), topic=topic)  # fmt: skip
        return at

    for slug, name, text in SAID:
        if (one := resources.get(slug)) and (member := who(name)):
            notes.append(ResourceNote(resource=one, member=member, text=text, at=finish(one, member)))
    for member in people[6:]:
        if resources and chance.random() < OTHERS_DID:
            for slug in chance.sample(sorted(resources), chance.randint(1, 2)):
                finish(resources[slug], member)
    ResourceNote.objects.bulk_create(notes)
    ResourceCompletion.objects.bulk_create(done.values(), batch_size=BATCH)
