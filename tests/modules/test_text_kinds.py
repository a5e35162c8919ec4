from datetime import date

import pytest
import time_machine
from django.test import Client

from cop.lib.errors import Refused
from editorial.kinds import kind_of
from editorial.models import Revision, Text
from editorial.operations import drafts, proposals
from editorial.queries.history import newest
from members.models import Activity
from modules.models import Article
from modules.operations.articles import publish_article, take_back_article, wording
from modules.text_kinds import check, shown
from tests.factories.members import MemberFactory, add_verbs
from tests.factories.modules import ModuleFactory, PublishedModuleFactory, concept

pytestmark = pytest.mark.django_db


def verbs():
    add_verbs({"fix-accepted": 5, "knowledge-published": 8})


def proposal(article, writer, *, change="minor", **replaced):
    """A proposal of the writer, in which words of the article are replaced."""
    text = Text.objects.get(kind="article", key=f"{article.module.slug}/{article.slug}")
    draft = drafts.begin(text, by=writer)
    content = draft.content
    for old, new in replaced.items():
        assert old in content
        content = content.replace(old, new)
    draft = drafts.save(draft, content=content, by=writer, edition=draft.edition, note="Better", change=change)
    return proposals.propose(draft, by=writer)


@pytest.fixture
def article():
    verbs()
    made = concept(PublishedModuleFactory(slug="security"), author=MemberFactory(), review_by=date(2027, 1, 31))
    made.module.stewards.add(MemberFactory())
    return made


def test_saving_an_article_keeps_each_wording_once_as_a_version():
    module, writer = ModuleFactory(slug="security"), MemberFactory()
    concept(module, author=writer)
    concept(module, author=writer)
    concept(module, author=writer, title="Other", note="A clearer title")

    versions = Revision.objects.order_by("number").values_list("number", "note", "author", "status")
    assert list(versions) == [
        (1, "Written by its author", writer.pk, "accepted"), (2, "A clearer title", writer.pk, "accepted"),
    ]  # fmt: skip
    text = Text.objects.get()
    assert (text.kind, text.key, text.title, text.topic) == ("article", "security/what-leaves", "Other", "security")
    assert (text.address, text.owner) == ("/modules/security/what-leaves/", writer)


def test_a_version_holds_the_words_and_nobodys_name():
    article = concept(ModuleFactory(), author=MemberFactory(handle="kim"), review_by=date(2027, 1, 1))

    content = newest("article", f"{article.module.slug}/{article.slug}").content

    assert content == wording(article)
    assert "kim" not in content
    assert "2027" not in content


def test_versions_of_a_draft_are_seen_by_those_who_keep_it_only(client):
    article = concept(ModuleFactory(slug="security"), publish=False)
    steward = MemberFactory()
    article.module.stewards.add(steward)
    address = "/texts/article/security/what-leaves/history/"

    assert client.get(address).status_code == 404
    stranger, kept = Client(), Client()
    stranger.force_login(MemberFactory())
    kept.force_login(steward)
    assert stranger.get(address).status_code == 404
    assert kept.get(address).status_code == 200
    publish_article(article)
    assert client.get(address).status_code == 200
    take_back_article(article)
    assert client.get(address).status_code == 404


def test_a_draft_is_not_there_for_a_stranger_and_is_for_its_author_and_steward():
    author, steward, stranger = MemberFactory(), MemberFactory(), MemberFactory()
    article = concept(PublishedModuleFactory(slug="security"), publish=False, author=author)
    article.module.stewards.add(steward)

    answers = []
    for one in (None, stranger, author, steward):
        browser = Client()
        if one:
            browser.force_login(one)
        answers.append(browser.get("/modules/security/what-leaves/").status_code)

    assert answers == [404, 404, 200, 200]


def test_an_accepted_fix_changes_what_readers_see_and_credits_its_author(article):
    writer, steward = MemberFactory(), article.module.stewards.get()
    waiting = proposal(article, writer, Because="Since")

    done = proposals.accept(waiting, by=steward)

    saved = Article.objects.get()
    assert (done.number, saved.body) == (2, "## Why\n\nSince.\n")
    assert saved.html == '<h2 id="why">Why</h2>\n<p>Since.</p>\n'
    assert saved.review_by == date(2027, 1, 31)
    assert saved.updated_at > article.updated_at
    rows = Activity.objects.values_list("verb", "actor", "topic", "object_title")
    assert list(rows) == [("fix-accepted", writer.pk, "security", "What leaves your walls")]


def test_an_author_cannot_accept_a_change_of_their_own(article):
    steward = article.module.stewards.get()
    waiting = proposal(article, steward, Because="Since")

    with pytest.raises(Refused):
        proposals.accept(waiting, by=steward)

    assert Article.objects.get().body == article.body


@time_machine.travel("2026-08-31 10:00Z")
def test_a_substantive_change_sets_the_day_of_the_next_review(article):
    waiting = proposal(article, MemberFactory(), change="substantive", Because="It is not so")

    proposals.accept(waiting, by=article.module.stewards.get())

    assert Article.objects.get().review_by == date(2027, 2, 28)


def test_acceptance_gives_the_version_the_form_of_all_versions(article):
    waiting = proposal(article, MemberFactory(), **{'title: "What leaves your walls"': "title: 'What leaves'"})

    proposals.accept(waiting, by=article.module.stewards.get())

    assert newest("article", "security/what-leaves").content == wording(Article.objects.get())
    assert 'title: "What leaves"' in wording(Article.objects.get())
    assert Text.objects.get().title == "What leaves"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title: "What leaves your walls"\n', "", ["the title is missing"]),
        ("## Why\n\nBecause.\n", "", ["the text is missing"]),
        ("Because.", "![](/a.png)", ["words that describe the image “/a.png” are missing"]),
        ("slug: what-leaves", "slug: other", ["the slug stays “what-leaves”, because links lead there"]),
        ("sources: []", "sources: []\nteaches: {magic: 1}", ["line 6, teaches: there is no skill “magic”"]),
        ("sources: []", "sources: none", ["line 5, sources: must be a list of records"]),
        ("---\n", "", ["line 1, front matter: must stand first, between two lines of ---"]),
    ],
)
def test_what_an_article_lacks_is_said_in_words(article, old, new, said):
    content = wording(article)
    assert old in content

    assert check(Text.objects.get(), content.replace(old, new)) == said


def test_what_is_whole_lacks_nothing(article):
    assert check(Text.objects.get(), wording(article)) == []


def test_an_image_without_words_stops_the_proposal(article):
    with pytest.raises(Refused, match="words that describe the image"):
        proposal(article, MemberFactory(), **{"Because.": "![](/a.png)"})


def test_stewards_keep_the_topics_of_their_modules():
    steward, other = MemberFactory(), MemberFactory()
    for slug in ("one", "two"):
        ModuleFactory(slug=slug).stewards.add(steward)
    kind = kind_of("article")

    assert kind.topics_kept_by(steward) == {"one", "two"}
    assert kind.topics_kept_by(other) == set()
    assert kind.kept_by("one") == {steward.pk}


def test_a_preview_shows_the_text_without_its_front_matter(article):
    assert shown(wording(article)) == '<h2 id="why">Why</h2>\n<p>Because.</p>\n'
    assert shown("No *front* matter") == "<p>No <em>front</em> matter</p>\n"
