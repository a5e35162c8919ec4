"""What the made-up members can and want, and what those say on it who have worked with them; in bulk."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from cop.home.demo.learning import Diary
from cop.lib import words
from members.models import Activity, Consent, Endorsement, Member, MemberSkill, Skill, Validation
from members.operations.endorsements import months_later
from members.operations.skills import MY_SKILLS, OTHER_AREA
from members.queries.rules import member_rules

BATCH = 5000
Meeting = tuple[Member, Member, Activity]  # whose skill, who speaks, what they share

# Persona: skills that its people often have, and skills they often wish for.
KNOWS = {
    "bart": "openshift ansible software-architecture networking containers terraform monitoring local-models",
    "kim": "plain-writing facilitation use-case-assessment reading-ai-claims knowledge-management data-analysis",
    "adrian": "gitops secrets-handling delivery-pipelines kubernetes shell-scripting threat-modelling git containers",
    "sayed": "runbooks monitoring incident-response shell-scripting site-reliability ansible sql",
    "maria": "data-protection ai-regulation ethics-review intellectual-property plain-writing threat-modelling",
    "leo": "product-discovery front-end python api-design coding-agents public-speaking git sql",
}
WISHES = {
    "bart": "retrieval local-models model-evaluation coding-agents",
    "kim": "data-analysis prompting retrieval model-evaluation",
    "adrian": "local-models coding-agents public-speaking",
    "sayed": "prompting coding-agents gitops plain-writing",
    "maria": "language-models model-evaluation reading-ai-claims",
    "leo": "retrieval terraform automated-testing data-protection",
}
# Handle: skill, claimed, wish, willing to help.
NAMED = {
    "bart": [("openshift", 4, 0, True), ("ansible", 4, 0, True), ("software-architecture", 3, 0, True),
             ("networking", 3, 0, False), ("local-models", 2, 3, False), ("retrieval", 1, 3, False)],
    "maria": [("data-protection", 4, 0, True), ("ethics-review", 4, 0, True), ("ai-regulation", 4, 0, True),
              ("plain-writing", 3, 0, True), ("model-evaluation", 1, 3, False)],
    "adrian": [("gitops", 4, 0, True), ("secrets-handling", 4, 0, True), ("threat-modelling", 4, 0, True),
               ("local-models", 3, 4, True), ("delivery-pipelines", 3, 0, False), ("public-speaking", 0, 2, False)],
    "kim": [("plain-writing", 4, 0, True), ("use-case-assessment", 3, 0, True), ("facilitation", 3, 0, True),
            ("reading-ai-claims", 3, 0, True), ("threat-modelling", 1, 2, False), ("local-models", 0, 2, False)],
    "sayed": [("runbooks", 3, 0, True), ("monitoring", 3, 0, False), ("incident-response", 4, 0, True),
              ("gitops", 1, 3, False), ("prompting", 0, 2, False)],
    "leo": [("product-discovery", 4, 0, True), ("front-end", 3, 0, True), ("coding-agents", 3, 0, True),
            ("secrets-handling", 1, 3, False), ("automated-testing", 0, 3, False)],
}  # fmt: skip
PROPOSALS = [("Energy use of models", "maria"), ("Mainframe operations", "bart")]
# Handle: topic, and questions of others that they answered.
ANSWERED = {
    "bart": ("infrastructure-automation", [
        "Which parts of a cluster to upgrade first", "How to test a role before it runs",
        "Where a drawing ends and a plan begins", "How small a first cluster may be",
    ]),
    "maria": ("security-privacy-ip", [
        "Whether a prompt may hold a name", "What the law says of a model that ranks people",
        "Who signs a risk assessment", "How to write a policy that people read",
    ]),
    "adrian": ("infrastructure-automation", [
        "How to roll back what Argo CD did", "Where the key of the vault belongs",
        "Why the pipeline is green and the pod is not", "A model on a laptop",
    ]),
    "kim": ("incubators-sigs", [
        "How long a strategy paper may be", "How to get a quiet group to talk", "What a board asks about AI",
        "When a pilot has failed",
    ]),
    "sayed": ("infrastructure-automation", [
        "Which alerts to delete", "How a runbook begins", "What to write after an outage",
    ]),
    "leo": ("coding-with-ai", [
        "How to ask ten customers", "When to throw a prototype away", "Which task to give an agent",
    ]),
}  # fmt: skip
SAID = [
    "Explained it so that I could go on alone the next day.",
    "Found the fault in our set-up within ten minutes.",
    "Asked the one question that changed our plan.",
    "Showed a working example and left the notes for everybody.",
    "Knew when not to use it, which saved us a month.",
    "Took the part nobody wanted and wrote down how it works.",
    "Stayed after the session until the last of us had it running.",
]
TOGETHER = {
    "event-attended": "came to an event", "review-given": "reviewed someone's work",
    "answer-given": "answered a question",
}  # fmt: skip
JUDGED = [
    ("kim", "threat-modelling", 2, "shown", "The four questions are answered for a real system. No asset is missing."),
    ("leo", "secrets-handling", 2, "not-yet", "The keys are out of the repository, but not out of its history yet."),
]  # fmt: skip


def make_skills(people: Sequence[Member], diary: Diary, *, chance: random.Random, now: datetime) -> None:
    """Lists of skills for nearly everybody, two proposals, words among those who met, judgements by the Mentor."""
    skills = {skill.slug: skill for skill in Skill.objects.accepted()}
    if not skills:
        return
    rows = [row for one in people for row in _list_of(one, skills, chance)]
    rows += _proposals(people)
    MemberSkill.objects.bulk_create(rows, batch_size=BATCH)
    by_member: dict[int, list[MemberSkill]] = defaultdict(list)
    for row in rows:
        by_member[row.member_id].append(row)
    _name(people, by_member, diary)
    _endorse(by_member, [*_answered(people, by_member, diary, chance), *_met(diary, chance)], diary, chance)
    _judge(people, skills, now)
    agreeing = [one for one in people if one.handle in NAMED or chance.random() < 0.6]
    Consent.objects.bulk_create(
        (Consent(member=one, purpose=Consent.Purpose.MATCHING, given=True, at=one.joined_at) for one in agreeing),
        batch_size=BATCH, ignore_conflicts=True,
    )  # fmt: skip


def _list_of(one: Member, skills: dict[str, Skill], chance: random.Random) -> list[MemberSkill]:
    if one.handle in NAMED:
        wanted: Iterable[tuple[str, int, int, bool]] = NAMED[one.handle]
    elif chance.random() < 0.15:
        return []  # not everybody has come to it yet
    else:
        wanted = _made_up(one.persona.slug if one.persona else "kim", chance)
    return [
        MemberSkill(member=one, skill=skills[slug], claimed=claimed, wants=wants, helps=helps)
        for slug, claimed, wants, helps in wanted
        if slug in skills
    ]


def _made_up(persona: str, chance: random.Random) -> Iterable[tuple[str, int, int, bool]]:
    knows = chance.sample(KNOWS.get(persona, KNOWS["kim"]).split(), chance.randint(3, 5))
    found = {slug: (chance.choice([1, 2, 2, 2, 3, 3, 4]), 0, chance.random() < 0.4) for slug in knows}
    for slug in chance.sample(WISHES.get(persona, WISHES["kim"]).split(), chance.randint(0, 2)):
        claimed = min(found.get(slug, (0, 0, False))[0], 2)
        found[slug] = (claimed, chance.randint(claimed + 1, 4), False)
    return [(slug, *said) for slug, said in found.items()]


def _proposals(people: Sequence[Member]) -> list[MemberSkill]:
    by_handle = {one.handle: one for one in people[:6]}
    rows = []
    for title, handle in PROPOSALS:
        slug = title.lower().replace(" ", "-")
        fields = {"title": title, "area": OTHER_AREA, "state": Skill.State.PROPOSED, "proposed_by": by_handle[handle]}
        skill, _ = Skill.objects.get_or_create(slug=slug, defaults=fields)
        rows.append(MemberSkill(member=by_handle[handle], skill=skill, claimed=3))
    return rows


def _name(people: Sequence[Member], by_member: dict[int, list[MemberSkill]], diary: Diary) -> None:
    for one in people:
        rows = by_member[one.pk]
        if sum(row.claimed > 0 for row in rows) >= 3 and any(row.wants for row in rows):
            at = one.joined_at + timedelta(hours=1)
            diary.note(one, "skills-named", "skills", "own", "Own skills", at, address=MY_SKILLS)


def _endorse(
    by_member: dict[int, list[MemberSkill]], met: Iterable[Meeting], diary: Diary, chance: random.Random
) -> None:  # fmt: skip
    """Some of those who met say what they saw, most of all on skills that they have themselves."""
    given: dict[tuple[int, int, int], Endorsement] = {}
    for one, other, act in met:
        row = _worth_a_word(by_member[one.pk], by_member[other.pk], chance)
        if row is None:
            continue
        level = min(4, max(1, row.claimed + chance.choice([-1, 0, 0, 1])))
        at = min(diary.now, act.occurred_at + timedelta(days=chance.randint(1, 30)))
        given[one.pk, row.skill_id, other.pk] = Endorsement(
            member=one, skill=row.skill, by=other, level=level, sentence=chance.choice(SAID),
            shared=f"“{act.object_title}” ({TOGETHER[act.verb_id]}, {words.day(act.occurred_at)})"[:200], at=at,
        )  # fmt: skip
    Endorsement.objects.bulk_create(given.values(), batch_size=BATCH)


def _worth_a_word(
    rows: Iterable[MemberSkill], of_giver: Iterable[MemberSkill], chance: random.Random
) -> MemberSkill | None:  # fmt: skip
    claimed = [row for row in rows if row.claimed >= 2 and row.skill.state == Skill.State.ACCEPTED]
    known = {row.skill_id for row in of_giver if row.claimed}
    common = [row for row in claimed if row.skill_id in known]
    return chance.choice(common or claimed) if claimed else None


def _answered(
    people: Sequence[Member], by_member: dict[int, list[MemberSkill]], diary: Diary, chance: random.Random
) -> Iterable[Meeting]:  # fmt: skip
    """The named accounts have answered questions of people with the same skills."""
    for one in people[:6]:
        topic, titles = ANSWERED[one.handle]
        own = {row.skill_id for row in by_member[one.pk] if row.claimed >= 3}
        kin = [other for other in people[6:600] if any(row.skill_id in own for row in by_member[other.pk])]
        for n, (title, other) in enumerate(zip(titles, chance.sample(kin, min(len(titles), len(kin))), strict=False)):
            at = max(other.joined_at, diary.now - timedelta(days=chance.randint(10, 150)))
            diary.note(one, "answer-given", "question", f"{one.handle}-{n}", title, at, other=other, topic=topic)
            yield one, other, diary.rows[-1]


def _met(diary: Diary, chance: random.Random) -> Iterable[Meeting]:
    met: dict[str, list[Activity]] = defaultdict(list)
    for act in diary.rows:
        if act.verb_id == "event-attended":
            met[act.object_key].append(act)
        elif act.verb_id == "review-given" and act.other:
            yield act.actor, act.other, act
            yield act.other, act.actor, act
    for acts in met.values():
        for act in acts:
            others = chance.sample(acts, min(3, len(acts)))
            yield from ((act.actor, other.actor, act) for other in others if other.actor_id != act.actor_id)


def _judge(people: Sequence[Member], skills: dict[str, Skill], now: datetime) -> None:
    by_handle = {one.handle: one for one in people[:6]}
    for handle, slug, level, decision, note in JUDGED:
        if slug in skills:
            at = now - timedelta(days=12)
            Validation.objects.create(
                member=by_handle[handle], skill=skills[slug], by=by_handle["adrian"], level=level, decision=decision,
                evidence=f"https://git.demo.invalid/{handle}/{slug}", note=note, at=at,
                expires_at=months_later(at, member_rules().validation_months),
            )  # fmt: skip
