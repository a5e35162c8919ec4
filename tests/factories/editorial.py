"""A kind of text for tests: the memo. Its readers see the newest wording in SHOWN; memos on “closed” are refused."""

from __future__ import annotations

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from cop.lib.errors import Refused
from editorial import kinds
from editorial.models import Revision, SectionComment, Text
from editorial.operations import drafts, proposals
from tests.factories.members import MemberFactory, add_verbs

KEPT: dict[int, set[str]] = {}  # the topics that members keep
SHOWN: dict[str, str] = {}  # what readers see
MEMO = "# No heading\n\nIt begins here.\n\n## First steps\n\nOne step. Another step.\n\n## The end\n\nAll is well.\n"


def check(text: Text, content: str) -> list[str]:
    return ["the word “nonsense” has to go"] if "nonsense" in content else []


def apply(text: Text, revision: Revision) -> None:
    if "closed" in revision.content:
        raise Refused("The place of this memo is closed.")
    SHOWN[text.key] = revision.content
    if not text.address:
        text.address = f"/memos/{text.key}/"
        text.save(update_fields=["address"])


def lacks(revision: Revision) -> list[str]:
    return ["somebody must try it"] if "untried" in revision.content else []


MEMOS = kinds.TextKind(
    slug="memo", noun="memo", check=check, apply=apply, credit=("knowledge-published", "fix-accepted"), lacks=lacks,
    topics_kept_by=lambda member: KEPT.get(member.pk, set()),
    kept_by=lambda topic: {pk for pk, topics in KEPT.items() if topic in topics}, template="## Why\n",
)  # fmt: skip


def announce() -> None:
    """To be called by every test of texts; forgets what other tests wrote."""
    kinds.announce(MEMOS)
    KEPT.clear()
    SHOWN.clear()
    add_verbs({"knowledge-published": 3, "fix-accepted": 3})


class TextFactory(DjangoModelFactory):
    class Meta:
        model = Text

    kind = "memo"
    key = factory.Sequence(lambda number: f"memo-{number}")
    title = factory.LazyAttribute(lambda text: f"About {text.key}")
    address = factory.LazyAttribute(lambda text: f"/memos/{text.key}/")
    topic = "security"


class VersionFactory(DjangoModelFactory):
    """An accepted version."""

    class Meta:
        model = Revision

    text = factory.SubFactory(TextFactory)
    number = 1
    content = MEMO
    note = "First version"
    status = "accepted"
    author_name = "The founders"
    proposed_at = factory.LazyFunction(timezone.now)
    decided_at = factory.LazyFunction(timezone.now)


class RemarkFactory(DjangoModelFactory):
    class Meta:
        model = SectionComment

    author = factory.SubFactory(MemberFactory)
    body = "Is this still so?"
    html = "<p>Is this still so?</p>"


def steward(topic="security", **fields):
    """A member who keeps the memos of a topic."""
    member = MemberFactory(**fields)
    KEPT[member.pk] = {topic}
    return member


def draft(version, old, new, *, by=None):
    """A draft on a version in which some words are others."""
    by = by or MemberFactory()
    begun = drafts.begin(version.text, by=by, base=version)
    assert old in begun.content
    return drafts.save(begun, content=begun.content.replace(old, new), by=by, edition=begun.edition)


def proposal(version, old="One step.", new="One short step.", *, by=None, note="Clearer"):
    made = draft(version, old, new, by=by)
    return proposals.propose(made, by=made.author, note=note)
