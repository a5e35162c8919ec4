"""One of everything that members learn with, in the hands of different people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.utils import timezone

from editorial.models import Text
from editorial.operations import comments, drafts, proposals
from labs.operations import contributing, feedback, running
from members.models import Member
from modules.forms.checks import sign
from modules.models import ReadingNote
from modules.operations import resources, tools
from tests.factories import certificates as certified
from tests.factories.labs import contribution, lab
from tests.factories.members import MemberFactory, VerbFactory
from tests.factories.modules import (
    PublishedModuleFactory,
    ResourceFactory,
    ToolFactory,
    check_verbs,
    check_with,
    choice,
    concept,
)
from tests.factories.paths import item, path, path_verbs
from tests.factories.reviews import finished_run, handed_in, mentor, review_verbs, reviewed

VERBS = (
    "resource-completed", "resource-accepted", "tool-reported", "lab-tried", "lab-contributed", "fix-accepted",
    "knowledge-published", "path-completed",
)  # fmt: skip
REPORT = {"version": "1.2", "used_on": "2026-05-01", "interest": "user", "body": "It did what it says."}
PIECES = {"link": "https://code.example.org/mine", "text": "", "reflection": "It is harder than it looks.", "team": ""}
QUESTIONS = [
    choice("one"), choice("many", answer=["a", "b"]), choice("order", kind="order", answer=["b", "a"]),
    choice("number", kind="number", options=[], answer={"value": 0.5, "tolerance": 0}),
    choice("words", kind="text", options=[], answer=["Ollama"]),
]  # fmt: skip


@dataclass
class World:
    """people: by role. forms: what each button of the part sends, by its address."""

    people: dict[str, Member]
    forms: dict[str, dict[str, Any]] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    things: dict[str, Any] = field(default_factory=dict)

    def browser(self, role: str, **options: Any) -> Client:
        client = Client(**options)
        if role in self.people:
            client.force_login(self.people[role])
        return client


def build() -> World:
    """owner: whose things they all are. other: a plain member. The rest are what they are called."""
    check_verbs(), review_verbs(), path_verbs()
    for verb in VERBS:
        VerbFactory(slug=verb, points=1)
    people = {
        "owner": MemberFactory(name="Olga Owner", handle="olga"), "other": MemberFactory(name="Otto", handle="otto"),
        "mentor": mentor(name="Mia", handle="mia"), "steward": MemberFactory(name="Stan", handle="stan"),
        "organizer": MemberFactory(name="Oscar", handle="oscar", is_staff=True, is_superuser=True),
    }  # fmt: skip
    world = World(people)
    module = PublishedModuleFactory(slug="security", title="Security")
    module.stewards.add(people["steward"])
    world.things["module"] = module
    reading(world, module)
    landscape(world, module)
    practice(world, module)
    texts(world, module)
    ways(world)
    return world


def reading(world: World, module: Any) -> None:
    owner = world.people["owner"]
    article = concept(module, slug="concept", body="## Why {#why}\n\nBecause.\n\n## How\n\nSo.\n", author=owner)
    check = check_with(module, slug="after", questions=QUESTIONS, article=article)
    ReadingNote.objects.create(member=owner, article=article, text="MY SECRET NOTE")
    home = "/modules/security/concept/"
    world.things |= {"article": article, "check": check}
    world.forms |= {
        "/me/learning/": {"mode": "compact", "one_step": "on", "signals": "on"},
        "/me/learning/place/": {"kind": "article", "key": "security/concept", "section": "why", "title": "Why"},
        "/me/learning/places/forget/": {}, "/me/learning/mode/": {"mode": "compact", "next": home},
        "/me/learning/bookmark/": {"address": home, "keep": "1", "title": "Concept", "next": home},
        "/me/learning/ceiling/": {"ceiling": "local-only", "next": home},
        "/modules/review/looked/": {"kind": "article", "key": "security/concept", "said": "I looked."},
        f"{home}read/": {}, f"{home}end/": {}, f"{home}note/": {"text": "A note", "seen": ""},
        "/modules/security/checks/after/": {
            "seed": sign(7, check, owner.pk), "q-one": "a", "q-many": "a", "q-order-a": "1", "q-order-b": "2",
            "q-number": "0,5", "q-words": "Ollama",
        },
    }  # fmt: skip
    world.pages += [
        "/modules/?page={}", f"{home}?read={{}}", "/modules/review/?page={}", "/me/learning/?x={}",
        "/me/learning/notes.md?x={}", f"{home}notes.md?x={{}}", "/modules/security/checks/after/?seed={}",
    ]  # fmt: skip


def landscape(world: World, module: Any) -> None:
    owner = world.people["owner"]
    tool = ToolFactory(slug="tool", name="Tool")
    own = tools.report(tool, by=owner, **REPORT | {"version": "0.9", "used_on": timezone.localdate()})
    shown = ResourceFactory(slug="shown", module=module)
    asked = ResourceFactory(slug="asked", module=module, status="suggested", suggested_by=owner)
    resources.say(shown, "It is worth it.", by=owner)
    home = "/modules/tools/tool/"
    world.things |= {"tool": tool, "report": own, "shown": shown, "asked": asked}
    world.forms |= {
        f"{home}report/": REPORT, f"{home}report/{own.pk}/": REPORT, f"{home}report/{own.pk}/remove/": {},
        "/modules/resources/suggest/": {
            "url": "https://example.org/new", "title": "New", "kind": "course", "module": str(module.pk),
            "subtopic": "", "level": "beginner", "hours": "2", "cost": "free", "why": "It starts at the beginning.",
        },
        "/modules/resources/shown/done/": {}, "/modules/resources/shown/note/": {"text": "Good."},
        "/modules/resources/asked/accept/": {}, "/modules/resources/asked/refuse/": {"reason": "Too long."},
    }  # fmt: skip
    filters = ("category", "runs", "open", "exposure", "maturity", "skill", "module", "kind", "level", "cost", "q")
    world.pages += [f"/modules/tools/?{name}={{}}" for name in filters]
    world.pages += [f"/modules/resources/?{name}={{}}" for name in filters]
    world.pages += ["/modules/resources/suggest/?module={}", "/modules/resources/asked/?x={}", f"{home}?x={{}}"]


def practice(world: World, module: Any) -> None:
    owner, other = world.people["owner"], world.people["other"]
    made = lab("redact", module=module, exposure="vendor-cloud")
    ran = running.start(made, by=owner, above_ceiling_is_fine=True)
    running.save_notes(ran, "MY SECRET RUN", by=owner)
    done = lab("count", module=module, minutes=16)
    finished_run(done, owner), finished_run(done, other)
    work = handed_in(done, owner, text="MY SECRET WORK")
    tried = lab("measure", module=module)
    finished_run(tried, owner)
    open_report = feedback.report_step(made, "count", by=owner, text="MY SECRET REPORT")
    for_ever = handed_in(tried, owner)
    reviewed(for_ever, world.people["mentor"])
    world.things |= {"lab": made, "run": ran, "work": work, "accepted": for_ever, "broken": open_report}
    world.forms |= {
        "/labs/redact/start/": {}, "/labs/redact/open-anyway/": {"then": "start"},
        "/labs/redact/run/tick/": {"step": "plant", "done": "1", "way": "one"},
        "/labs/redact/run/one-step/": {"one_step": "1", "step": "plant"},
        "/labs/redact/run/notes/": {"notes": "Mine", "seen": "", "step": "plant"},
        "/labs/redact/run/finish/": {"anyway": "1"},
        "/labs/count/feedback/": {"clarity": "4", "usefulness": "5", "minutes": "30", "comment": "Shorter."},
        "/labs/redact/steps/plant/report/": {"text": "It breaks.", "way": "one"},
        "/labs/redact/reports/": {"report": str(open_report.pk), "answer": "Mended.", "step": "count"},
        "/labs/count/hand-in/": PIECES | {"text": "More", "is_shown": "on"},
        f"/labs/reviews/{work.pk}/claim/": {}, f"/labs/reviews/{work.pk}/release/": {},
        f"/labs/reviews/{work.pk}/": {"round": "1", "comment": "Good.", "decision": "accepted"},
        f"/labs/submissions/{work.pk}/withdraw/": {}, f"/labs/submissions/{work.pk}/peers/": {},
        f"/labs/submissions/{work.pk}/team/": {}, f"/labs/submissions/{for_ever.pk}/show/": {"shown": "yes"},
    }  # fmt: skip
    names = ("q", "module", "exposure", "no_code", "minutes", "skill", "sort", "page", "all")
    world.pages += [f"/labs/?{name}={{}}" for name in names]
    world.pages += [
        "/labs/redact/?steps={}", "/labs/redact/run/?step={}", "/labs/reviews/?module={}", "/labs/reviews/?page={}",
        "/labs/reviews/chain/?x={}", "/labs/submissions/?page={}", "/labs/measure/solutions/?page={}",
        f"/labs/submissions/{work.pk}/?x={{}}", f"/labs/reviews/{work.pk}/?x={{}}", "/labs/redact/reports/?x={}",
        "/labs/notes.md?x={}", "/labs/redact/run/notes.md?x={}", "/labs/contribute/?module={}",
    ]  # fmt: skip


def texts(world: World, module: Any) -> None:
    owner = world.people["owner"]
    text = Text.objects.get(kind="article", key="security/concept")
    mine = drafts.begin(text, by=owner)
    mine = drafts.save(mine, content=mine.content.replace("So.", "MY SECRET DRAFT."), by=owner, edition=1, note="Short")
    waits = drafts.begin(Text.objects.get(kind="lab", key="count"), by=owner)
    waits = drafts.save(
        waits, content=waits.content.replace("You end with a number.", "You end with one."), by=owner, edition=1
    )
    waits = proposals.propose(waits, by=owner, note="Clearer")
    remark = comments.comment(waits, by=owner, body="Is it so?")
    new = contributing.propose_lab(module=module, fields=contribution(), by=owner)
    new = proposals.propose(new, by=owner)
    version = text.revisions.get(number=1)
    drafts.invite(mine, world.people["mentor"], by=owner)
    world.things |= {"draft": mine, "waits": waits, "remark": remark, "new": new, "version": version}
    acts_on_texts(world, module)


def acts_on_texts(world: World, module: Any) -> None:
    """Each button and form on the texts, as its owner would send it."""
    mine, waits, remark, new, version = (world.things[name] for name in ("draft", "waits", "remark", "new", "version"))
    written = {"content": mine.content + "\nMore.\n", "note": "More", "change": "minor", "edition": "2", "do": "save"}
    home = "/texts/article/security/concept"
    world.forms |= {
        f"{home}/propose/": written | {"base": "1", "edition": "0"},
        f"{home}/propose/?section=how": written | {"base": "1", "content": "## How\n\nSo it is.\n"},
        f"/texts/changes/{mine.pk}/edit/": written | {"base": "1"},
        f"/texts/changes/{mine.pk}/merge/": {"on": str(version.pk), "edition": "2", "choice_0": "own", "own_0": "Hm"},
        f"/texts/changes/{waits.pk}/decide/": {"do": "accept", "reason": "Yes", "waive": "Later", "edition": "2"},
        f"/texts/changes/{waits.pk}/remark/": {"section": "", "body": "Why?"},
        f"/texts/changes/{waits.pk}/withdraw/": {}, f"/texts/changes/{waits.pk}/take-up/": {},
        f"/texts/changes/{mine.pk}/share/": {"end": "1"}, f"/texts/changes/{mine.pk}/invite/": {"handle": "mia"},
        f"/texts/changes/{mine.pk}/uninvite/": {"member": str(world.people["mentor"].pk)},
        f"/texts/changes/{version.pk}/restore/": {"note": "It was better"},
        f"/texts/remarks/{remark.pk}/close/": {}, f"/texts/changes/{mine.pk}/discard/": {},
        f"/labs/tries/{new.pk}/": {"worked": "1", "minutes": "12", "text": "On Linux."},
        "/labs/contribute/": {
            "title": "Find words", "module": str(module.pk), "aim": "You end with one.", "exposure": "local-only",
            "steps": "## One {#one minutes=8}\n\nDo.\n", "prerequisites": "Python", "environment": "Here",
            "local_alternative": "None is known.", "expected": "A word.", "reflection": "Which?",
            "licence": "CC-BY-4.0",
        },
    }  # fmt: skip
    world.pages += [
        "/texts/?page={}", "/texts/mine/?page={}", f"{home}/history/?x={{}}", f"{home}/difference/?from={{}}",
        f"{home}/difference/?to={{}}", f"{home}/propose/?section={{}}", f"/texts/changes/{mine.pk}/edit/?section={{}}",
        f"/texts/changes/{mine.pk}/?x={{}}", f"/texts/changes/{waits.pk}/?all={{}}", f"{home}/versions/1/?x={{}}",
    ]  # fmt: skip


def ways(world: World) -> None:
    owner = world.people["owner"]
    certified.issuer_key()
    path("architect", items=[item("count"), item("measure", "count")], publish=True)
    certificate = certified.certificate(owner, module=certified.certified_module("rag", title="RAG"))
    world.things["certificate"] = certificate
    home = f"/certificates/{certificate.code}/"
    world.forms |= {
        "/paths/architect/follow/": {}, "/paths/architect/leave/": {},
        "/paths/recommend/lab:count/dismiss/": {"goal": "architect"},
        "/me/certificates/look/": {}, f"{home}renew/": {}, f"{home}new-name/": {},
    }  # fmt: skip
    world.pages += [
        "/paths/?x={}", "/paths/architect/?x={}", "/paths/recommend/?goal={}", "/me/certificates/?x={}",
        "/certificates/?code={}", f"{home}?x={{}}", f"{home}certificate.pdf?x={{}}", f"{home}badge.svg?x={{}}",
    ]  # fmt: skip
