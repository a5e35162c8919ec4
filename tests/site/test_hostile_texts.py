"""Texts that members write for the site to read, made to break it, to fill it or to take the place of others."""

import time

import pytest

from cop.lib import records
from cop.lib.errors import Refused
from cop.lib.records import ContentError
from editorial.kinds import kind_of
from editorial.models import Text
from editorial.operations import drafts, proposals
from editorial.queries.history import newest, newest_of
from editorial.sections import section_of
from editorial.showing import shown
from labs.models import Lab
from labs.operations.contributing import propose_lab, tried
from modules import checks
from tests.factories.labs import contribution, lab
from tests.factories.members import MemberFactory, VerbFactory
from tests.factories.modules import PublishedModuleFactory, concept

ROWS = "".join(
    f"{chr(98 + number)}: &{chr(98 + number)} [{', '.join([f'*{chr(97 + number)}'] * 9)}]\n" for number in range(14)
)
BOMB = f"a: &a [x, x, x, x, x, x, x, x, x]\n{ROWS}title: *o\nminutes: *o\nprerequisites: *o\n"
YAMLS = {
    "names for other places": BOMB, "itself": "title: &a [*a]", "merged": "a: &a {b: c}\ntitle:\n  <<: [*a, *a]",
    "brackets": "title: " + "[" * 19_000, "braces": "title: " + "{a: " * 9_000, "questions": "? " * 19_000,
    "a number of 24,000 bits": "minutes: 0x" + "f" * 6_000, "a number of 19,000 places": "minutes: 1" + ":1" * 19_000,
    "a fraction of them": "minutes: 1" + ":1" * 19_000 + ".0", "no number": 'minutes: !!int ""',
    "a sign": 'minutes: !!int "-"', "no fraction": 'minutes: !!float ""', "no truth": "no_code: !!bool maybe",
    "no day": "title: !!timestamp soon", "no mapping": "title: !!map [a, b]", "a NUL": 'title: "\\0"',
    "half a sign": 'title: "\\ud83d"', "a program": 'title: !!python/object/apply:os.system ["true"]',
    "a day that is none": "title: 2027-02-31", "a zone that is none": "title: 2001-01-01T00:00:00+99:99",
}  # fmt: skip


@pytest.mark.parametrize("odd", YAMLS)
def test_front_matter_that_is_made_to_break_is_refused_at_once(odd):
    began = time.perf_counter()

    with pytest.raises(ContentError):
        records.parse(YAMLS[odd], "lab.md")

    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "text", ["title: a * b & c", "title: '*a'", "a: [[1], [2]]", 'a: "[[[["', "a: 999999999999999999"]
)
def test_front_matter_with_harmless_signs_is_read(text):
    assert records.parse(text, "lab.md")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["lab", "article"])
@pytest.mark.parametrize("odd", YAMLS)
def test_odd_front_matter_is_shown_and_checked_without_breaking(kind, odd):
    content = f"---\n{YAMLS[odd]}\n---\n\n## One {{#one minutes=8}}\n\n<script>alert(1)</script>\n"
    began = time.perf_counter()

    faults, html = kind_of(kind).check(Text(kind=kind, key="x"), content), shown(kind, content)

    assert faults
    assert "<script" not in html
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    "typed", ["1e9999999", "-1e999999999", "1e-9999999", "0e99999999", "Infinity", "sNaN", "9" * 200]
)
def test_a_number_without_end_is_not_right_and_breaks_nothing(typed):
    assert checks.is_right("number", {"value": 0.5, "tolerance": 0}, typed) is False


@pytest.mark.django_db
def test_a_draft_does_not_grow_over_the_limit_section_by_section(member):
    article = concept(PublishedModuleFactory(slug="security"), body="## Why\n\nBecause.\n\n## How\n\nSo.\n")
    draft = drafts.begin(Text.objects.get(kind="article", key=f"security/{article.slug}"), by=member)
    for key in ("why", "how"):
        seen = section_of(draft.content, key).mark
        words = f"## {key.capitalize()}\n\n{'word ' * 5_000}\n"
        if key == "why":
            draft = drafts.save_section(draft, key=key, content=words, seen=seen, by=member)

    with pytest.raises(Refused, match="is the most"):
        drafts.save_section(draft, key="how", content=words, seen=seen, by=member)

    draft.refresh_from_db()
    assert len(draft.content) < drafts.LONGEST


@pytest.fixture
def module():
    for slug in ("lab-contributed", "fix-accepted", "lab-tried", "knowledge-published"):
        VerbFactory(slug=slug, points=5)
    made = PublishedModuleFactory(slug="security")
    made.stewards.add(MemberFactory(handle="steward"))
    return made


def published(module, title):
    writer = MemberFactory()
    waits = proposals.propose(propose_lab(module=module, fields=contribution(title=title), by=writer), by=writer)
    tried(waits, by=MemberFactory(), worked=True, minutes=None, text="Here.")
    return proposals.accept(waits, by=module.stewards.get())


@pytest.mark.django_db
def test_a_new_lab_with_a_long_title_takes_no_other_labs_place(module):
    title = "Find every secret that somebody left in the code of a project"
    address = "find-every-secret-that-somebody-left-in-the-code-o"
    old = lab(address, module=module, title="The first one", minutes=16)

    new = published(module, title)

    old.refresh_from_db()
    assert old.title == "The first one"
    assert set(Lab.objects.values_list("slug", flat=True)) == {address, f"{address[:48]}-2"}
    assert newest("lab", f"{address[:48]}-2") == new


@pytest.mark.django_db
def test_two_new_labs_that_begin_with_the_same_fifty_letters_are_two(module):
    title = "Find every secret that somebody left in the code of a "

    first, second = published(module, f"{title}project"), published(module, f"{title}company")

    assert Lab.objects.count() == 2
    assert {newest_of(first.text), newest_of(second.text)} == {first, second}
    assert [Lab.objects.get(slug=one.text.key).title for one in (first, second)] == [
        f"{title}project",
        f"{title}company",
    ]
