"""Who wrote and keeps the texts, which of them are to be looked at again, and a lab that waits for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from cop.site.models import StarterRecord
from editorial.models import Decision, Revision, Text
from labs.models import Lab, RanIt
from members.models import Member
from modules.models import Article, Module

DAY = timedelta(days=1)
LATE, SOON = "infrastructure-automation", "software-engineering-principles"  # modules whose Concepts are due
TITLE, KEY, MODULE = "Ask the same question in three ways", "ask-in-three-ways", "ai-foundations"
CONTENT = f"""\
---
title: "{TITLE}"
aim: "You end with one sentence on what a good question has to say."
minutes: 25
exposure: local-only
no_code: true
may_show_secrets: false
teaches: {{prompting: 1}}
licence: CC-BY-4.0
prerequisites:
  - "A question of your work, and its right answer"
environment: "A model on your own machine, as in the first lab of this module."
local_alternative: ""
expected: |
  - A table with three questions and three answers.
  - One sentence that names the difference.
reflection: "Which word in your questions do only insiders know?"
troubleshooting:
  - problem: "All three answers are equal."
    cure: "Take a harder question."
rubric:
  - name: "It was tried"
    text: "Three questions and three answers stand side by side."
---

The same wish in other words often gets another answer. Here you see it with your own eyes.

## Write one question in three ways {{#ask minutes=8}}

**Why.** People who ask in different words should get the same answer.

**Do.** Take a question of your work with an answer that you know. Write it as a colleague would, as a newcomer would,
and as somebody in a hurry would.

**You see** three lines that ask for the same thing in different words.

## Collect the answers {{#answer minutes=10}}

**Do.** Ask the model each of the three, each in a new conversation. Copy the answers side by side.

**You see** a table with three rows: question, answer, right or wrong.

## Say what made the difference {{#judge minutes=7}}

**Do.** Mark the first word in which two answers differ. Name the word in your question that led there.

**You see** one sentence of your own: what a good question for this task has to say.
"""
TRIED = [
    ("sayed", False, 31, "On a laptop with 8 GB the second answer never came. Say which size of model you used.", 3),
    ("maria", True, 24, "Linux, a model of 3 billion parameters. My three answers were one right and two wrong.", 1),
]


def make_contributing(people: Sequence[Member], *, now: datetime) -> None:
    known = {one.handle: one for one in people[:6]}
    sign(known)
    _due(now)
    if module := Module.objects.filter(slug=MODULE).first():
        _propose(module, known, now)


def sign(known: dict[str, Member]) -> None:
    """Give each text the author and the owner that its file names."""
    rows: dict[str, list[Any]] = {
        "concept": list(Article.objects.select_related("module")), "lab": list(Lab.objects.all()),
    }  # fmt: skip
    for kind, texts in rows.items():
        said = dict(StarterRecord.objects.filter(kind=kind).values_list("key", "people"))
        for row in texts:
            author, owner = (known.get(said.get(row.slug, {}).get(role, "")) for role in ("author", "owner"))
            key = row.slug if kind == "lab" else f"{row.module.slug}/{row.slug}"
            text = Text.objects.filter(kind="lab" if kind == "lab" else "article", key=key)
            if author:
                type(row)._default_manager.filter(pk=row.pk).update(author=author, author_name="")
                unsigned = Revision.objects.filter(text__in=text, number=1, author=None, decided_by=None)
                unsigned.update(author=author, author_name="")
            if owner:
                Article.objects.filter(pk=row.pk).update(owner=owner)
            text.update(owner=owner or author)


def _due(now: datetime) -> None:
    Article.objects.filter(module__slug=LATE).update(review_by=(now - 12 * DAY).date())
    Article.objects.filter(module__slug=SOON).update(review_by=(now + 17 * DAY).date())


def _propose(module: Module, known: dict[str, Member], now: datetime) -> None:
    text = Text.objects.create(kind="lab", key=KEY, title=TITLE, topic=module.slug, created_at=now - 6 * DAY)
    at = now - 5 * DAY
    waits = Revision.objects.create(
        text=text, content=CONTENT, note="A first lab for people who write no code", status=Revision.Status.PROPOSED,
        change=Revision.Change.SUBSTANTIVE, author=known["leo"], created_at=at - DAY, changed_at=at, proposed_at=at,
        edition=3,
    )  # fmt: skip
    Decision.objects.create(revision=waits, kind=Decision.Kind.PROPOSED, by=known["leo"], at=at)
    RanIt.objects.bulk_create(
        RanIt(revision=waits, member=known[who], worked=worked, minutes=minutes, text=said, at=now - days * DAY)
        for who, worked, minutes, said, days in TRIED
    )
