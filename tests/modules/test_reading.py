from datetime import UTC, datetime, timedelta

import pytest

from cop.lib.errors import Refused
from cop.lib.headings import Section
from members.models import Activity
from members.operations.consents import decide
from members.queries.consents import has_given
from modules.models import (
    Article,
    Bookmark,
    ItemProgress,
    ReadingMode,
    ReadingNote,
    ReadingPlace,
    ReadingPreference,
    SyllabusItem,
)
from modules.operations import progress, reading
from modules.queries import reading as queries
from modules.queries.standing import overview
from modules.reading import LEADING, SECTION_KINDS, order
from tests.factories.members import MemberFactory
from tests.factories.modules import SECTIONED, PublishedModuleFactory, SyllabusItemFactory, concept, learning_verbs

NOW = datetime(2026, 3, 24, 14, 2, tzinfo=UTC)

OPENING, NOTES = Section(first="<p>o</p>", after="<p>p</p>"), Section(after="<section>1</section>")
# In the order of the author; the last letter says the kind.
WHY, RISKS, UNTYPED, STEPS, IDEA, EXAMPLE, NEXT = (
    Section(anchor=name, kind=name if name != "untyped" else "", first="<p>1</p>", after="<p>2</p>")
    for name in ["why", "risks", "untyped", "steps", "concept", "example", "next"]
)
WRITTEN = [OPENING, RISKS, UNTYPED, STEPS, IDEA, WHY, EXAMPLE, NEXT, NOTES]


@pytest.mark.parametrize(
    ("mode", "wanted"),
    [
        ("concept-first", [OPENING, WHY, IDEA, RISKS, UNTYPED, STEPS, EXAMPLE, NEXT, NOTES]),
        ("recipe-first", [OPENING, STEPS, EXAMPLE, RISKS, UNTYPED, IDEA, WHY, NEXT, NOTES]),
        ("risk-first", [OPENING, RISKS, UNTYPED, STEPS, IDEA, WHY, EXAMPLE, NEXT, NOTES]),
        ("compact", WRITTEN),
    ],
)
def test_a_mode_puts_its_kinds_first_and_leaves_the_rest_to_the_author(mode, wanted):
    assert [one.section for one in order(WRITTEN, mode)] == wanted


@pytest.mark.parametrize("mode", ReadingMode.values)
def test_only_compact_folds_and_nothing_is_left_out_in_any_mode(mode):
    placed = order(WRITTEN, mode)

    shown = [one.section.first + one.folded_html if one.folded else one.unfolded_html for one in placed]
    assert sorted(shown) == sorted(one.before + one.first + one.after for one in WRITTEN)
    assert [one.folded for one in placed] == ([True] * 8 + [False] if mode == "compact" else [False] * 9)


def test_a_section_of_one_paragraph_and_footnotes_are_not_folded():
    short, only_a_list = Section(anchor="a", first="<p>1</p>"), Section(anchor="b", before="<ul></ul>")

    assert [one.folded for one in order([short, only_a_list, NOTES], "compact")] == [False, True, False]


def test_without_opening_the_first_section_moves_like_the_others():
    assert [one.section for one in order([WHY, STEPS], "recipe-first")] == [STEPS, WHY]


def test_untyped_sections_stay_in_the_order_of_their_author_in_every_mode():
    untyped = [Section(anchor=letter) for letter in "abc"]

    assert {mode: [one.section for one in order(untyped, mode)] for mode in LEADING} == dict.fromkeys(LEADING, untyped)


def test_every_mode_has_its_rule_and_names_known_kinds_only():
    assert set(LEADING) == set(ReadingMode)
    assert {kind for kinds in LEADING.values() for kind in kinds} <= set(SECTION_KINDS)


@pytest.fixture
def article(db) -> Article:
    learning_verbs()
    return concept(PublishedModuleFactory(slug="security"), slug="walls", body=SECTIONED)


def test_an_article_keeps_its_sections_with_their_kinds(article):
    found = [(section.anchor, section.kind) for section in queries.sections_of(article)]

    assert found == [
        ("", ""),
        ("why-it-matters", "why"),
        ("how-it-goes-wrong", "risks"),
        ("do", "steps"),
        ("aside", ""),
    ]
    assert [one["kind"] for one in article.headings] == ["why", "risks", "steps", ""]


def test_an_article_from_before_sections_is_shown_whole(article):
    article.sections = []

    assert queries.sections_of(article) == [Section(after=article.html)]


@pytest.mark.parametrize(
    ("wanted", "own", "persona", "mode"),
    [
        ("compact", "risk-first", "recipe-first", "compact"),
        ("nonsense", "risk-first", "recipe-first", "risk-first"),
        ("", "", "recipe-first", "recipe-first"),
        ("", None, None, "concept-first"),
        ("", "", "of-an-older-time", "concept-first"),
    ],
)
def test_the_mode_is_that_of_the_page_the_member_the_persona_or_concept_first(wanted, own, persona, mode):
    assert queries.mode_for(wanted, own, persona) == mode


def test_preferences_are_kept_one_by_one(member):
    reading.prefer(by=member, mode="risk-first")
    reading.prefer(by=member, one_step=True)
    reading.prefer(by=member, signals=True)

    assert ReadingPreference.objects.values_list("mode", "one_step").get() == ("risk-first", True)
    assert has_given(member, "reading")


def test_an_unknown_mode_is_refused(member):
    with pytest.raises(Refused, match="no such way of reading"):
        reading.prefer(by=member, mode="upside-down")


class TestPlaces:
    def keep(self, member, section="do", *, kind="article", key="security/walls", now=NOW, title=""):
        return reading.keep_place(kind, key, section=section, title=title, by=member, now=now)

    def test_a_place_is_kept_with_the_title_of_the_article_not_of_the_sender(self, article, member):
        assert self.keep(member, title="Something else")

        place = queries.place_of(member, "article", "security/walls")
        assert (place.section, place.title, place.at) == ("do", "Do it", NOW)

    def test_a_newer_place_replaces_an_older_one_and_never_the_other_way_round(self, article, member):
        self.keep(member, "do")
        self.keep(member, "aside", now=NOW + timedelta(seconds=5))
        self.keep(member, "why-it-matters", now=NOW + timedelta(seconds=1))

        assert ReadingPlace.objects.values_list("section", "at").get() == ("aside", NOW + timedelta(seconds=5))

    @pytest.mark.parametrize(
        ("kind", "key", "section"),
        [
            ("article", "security/walls", "nowhere"),
            ("article", "security/nothing", "do"),
            ("article", "", "do"),
            ("article", "security/walls", ""),
            ("newsletter", "security/walls", "do"),
            ("lab", "no-lab", "step-one"),
            ("lab", "try", "two words"),
            ("lab", "try", "x" * 121),
            ("concept", "security/walls", "do"),
        ],
    )
    def test_odd_kinds_keys_and_sections_are_refused_quietly(self, article, member, kind, key, section):
        SyllabusItemFactory(key="try")

        assert not self.keep(member, section, kind=kind, key=key, title="Words")
        assert not ReadingPlace.objects.exists()

    def test_a_draft_that_the_member_may_not_read_has_no_place(self, article, member):
        concept(article.module, slug="draft", publish=False, body=SECTIONED)

        assert not self.keep(member, key="security/draft")
        assert self.keep(MemberFactory(is_staff=True), key="security/draft")

    def test_a_step_of_a_lab_is_kept_with_the_words_of_the_page(self, member, db):
        SyllabusItemFactory(key="try")

        assert self.keep(member, "step-one", kind="lab", key="try", title="x" * 300)
        assert not self.keep(member, "step-two", kind="lab", key="try", title=" ")
        assert ReadingPlace.objects.get().title == "x" * 160

    def test_members_have_places_of_their_own_and_can_have_them_forgotten(self, article, member):
        other = MemberFactory()
        self.keep(member)
        self.keep(other, "aside")

        assert reading.forget_places(by=member) == 1
        assert queries.place_of(member, "article", "security/walls") is None
        assert queries.place_of(other, "article", "security/walls").section == "aside"
        assert queries.place_of(None, "article", "security/walls") is None

    def test_the_latest_places_lead_to_the_exact_section_or_step(self, article, member):
        lab = SyllabusItemFactory(key="try", title="Try it", module=article.module)
        begun = SyllabusItemFactory(key="begun", title="Begun", module=article.module)
        progress.start(begun, by=member, resume="/labs/begun/run/#step-old")
        self.keep(member)
        self.keep(member, "step-two", kind="lab", key=lab.key, title="Two", now=NOW + timedelta(hours=1))
        self.keep(member, "one", kind="lab", key=begun.key, title="One", now=NOW + timedelta(hours=2))

        assert [(one.title, one.section, one.address) for one in queries.latest_places(member)] == [
            ("Begun", "One", "/labs/begun/run/#step-one"),
            ("Try it", "Two", "/labs/try/#step-two"),
            ("What leaves your walls", "Do it", "/modules/security/walls/#do"),
        ]

    @pytest.mark.parametrize("number", [1, 3])
    def test_latest_places_cost_the_same_for_one_and_three(
        self, article, member, number, django_assert_num_queries
    ):  # fmt: skip
        for count in range(number):
            concept(article.module, slug=f"text-{count}", body=SECTIONED)
            self.keep(member, key=f"security/text-{count}")
            progress.start(item := SyllabusItemFactory(), by=member, resume="/run/")
            self.keep(member, "one", kind="lab", key=item.key, title="One")

        with django_assert_num_queries(4):
            assert len(queries.latest_places(member)) == 2 * number

    def test_places_in_what_is_gone_are_left_out(self, article, member):
        self.keep(member)
        Article.objects.update(status="draft")

        assert queries.latest_places(member) == []

    def test_one_goes_on_at_the_newest_place_in_something_that_is_not_finished(self, article, member):
        lab = SyllabusItemFactory(key="try", title="Try it", module=article.module)
        self.keep(member)
        self.keep(member, "one", kind="lab", key="try", title="One", now=NOW + timedelta(hours=1))
        addresses = [queries.going_on(member, overview(member), now=NOW + timedelta(days=30))[1].address]
        progress.complete(lab, by=member)
        addresses.append(queries.going_on(member, overview(member), now=NOW + timedelta(days=30))[1].address)
        progress.complete(SyllabusItem.objects.get(kind="concept"), by=member)

        assert addresses == ["/labs/try/#step-one", "/modules/security/walls/#do"]
        assert queries.going_on(member, overview(member), now=NOW + timedelta(days=30)) is None


class TestBookmarks:
    def test_a_place_is_bookmarked_once_and_let_go(self, member):
        for _ in range(2):
            reading.keep_bookmark("/modules/a/b/#c", title="B: C", by=member)
        assert [one.title for one in queries.bookmarks_of(member)] == ["B: C"]

        for _ in range(2):
            reading.remove_bookmark("/modules/a/b/#c", by=member)
        assert queries.bookmarks_of(member) == []

    @pytest.mark.parametrize(("address", "title"), [("/x/", " "), ("/x/", "t" * 201), ("/" + "x" * 400, "t")])
    def test_what_does_not_fit_is_refused(self, member, address, title):
        with pytest.raises(Refused, match="cannot be bookmarked"):
            reading.keep_bookmark(address, title=title, by=member)

    def test_there_is_an_end_to_bookmarks(self, member):
        Bookmark.objects.bulk_create(
            Bookmark(member=member, address=f"/{number}/", title="t") for number in range(reading.MOST_BOOKMARKS)
        )

        with pytest.raises(Refused, match="You have 500 bookmarks"):
            reading.keep_bookmark("/one-more/", title="t", by=member)
        reading.keep_bookmark("/1/", title="t", by=member)


class TestNotes:
    def test_line_ends_count_once_and_twenty_thousand_fit(self, article, member):
        text = "a\r\n" * 10_000

        assert reading.save_note(article, text, by=member).text == "a\n" * 10_000
        with pytest.raises(Refused, match="1 character too long; 20,000 fit"):
            reading.save_note(article, text + "b", by=member)
        assert len(ReadingNote.objects.get().text) == 20_000

    def test_an_empty_note_goes_away(self, article, member):
        note = reading.save_note(article, "Ask Kim", by=member)

        assert reading.save_note(article, " \n", by=member, seen=reading.edition(note)) is None
        assert not ReadingNote.objects.exists()

    def test_a_note_that_another_device_saved_is_not_written_over(self, article, member):
        first = reading.save_note(article, "One", by=member)
        second = reading.save_note(article, "Two", by=member, seen=reading.edition(first))

        with pytest.raises(Refused, match="saved elsewhere at") as refused:
            reading.save_note(article, "Three", by=member, seen=reading.edition(first))
        assert refused.value.lost_race
        assert ReadingNote.objects.get().text == "Two"
        assert reading.save_note(article, "Two", by=member) == second  # the same words are no loss
        assert reading.save_note(article, "Three", by=member, seen=reading.edition(second)).text == "Three"

    def test_notes_belong_to_their_member(self, article, member):
        other = MemberFactory()
        reading.save_note(article, "Mine", by=member)
        reading.save_note(article, "Theirs", by=other)

        assert [note.text for note in queries.notes_of(member)] == ["Mine"]


class TestSignals:
    def test_reaching_the_end_counts_nothing_without_consent(self, article, member):
        assert reading.reach_end(article, by=member) is None
        decide(member, {"reading": True}, by=member)
        decide(member, {"reading": False}, by=member)
        assert reading.reach_end(article, by=member) is None

        assert not ItemProgress.objects.exists()
        assert not Activity.objects.exists()

    def test_with_consent_it_marks_the_concept_as_read_once(self, article, member):
        decide(member, {"reading": True}, by=member)

        for _ in range(2):
            assert reading.reach_end(article, by=member).state == "done"
        acts = Activity.objects.filter(actor=member).order_by("pk")
        assert [act.verb_id for act in acts] == ["article-read", "module-completed"]


def test_a_place_of_long_ago_is_no_longer_proposed(article, member):
    reading.keep_place("article", "security/walls", section="do", by=member, now=NOW)

    assert queries.going_on(member, overview(member), now=NOW + timedelta(days=30)) is not None
    assert queries.going_on(member, overview(member), now=NOW + timedelta(days=30, seconds=1)) is None
