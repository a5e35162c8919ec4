from datetime import date

import pytest
import time_machine

from cop.lib.errors import Refused
from members.models import Activity
from modules.models import Article, SyllabusItem
from modules.operations.articles import mark_read, save_article, take_back_article
from tests.factories.members import MemberFactory
from tests.factories.modules import ModuleFactory, PublishedModuleFactory, concept, learning_verbs

pytestmark = pytest.mark.django_db


def test_saving_renders_the_markdown_with_its_headings():
    article = concept(ModuleFactory(), body="## Follow the text\n\nIt *travels*.\n\n### Logs\n\nThey stay.")

    assert article.html == (
        '<h2 id="follow-the-text">Follow the text</h2>\n<p>It <em>travels</em>.</p>\n'
        '<h3 id="logs">Logs</h3>\n<p>They stay.</p>\n'
    )
    assert article.headings == [
        {"level": 2, "text": "Follow the text", "anchor": "follow-the-text", "kind": ""},
        {"level": 3, "text": "Logs", "anchor": "logs", "kind": ""},
    ]


def test_minutes_to_read_are_counted_from_the_words():
    assert concept(ModuleFactory(), body="word " * 401).minutes == 3


def test_given_minutes_are_kept():
    assert concept(ModuleFactory(), minutes=12).minutes == 12


def test_a_script_and_an_event_attribute_are_no_part_of_the_html():
    article = concept(ModuleFactory(), body='<script>steal()</script>\n\n<b onclick="steal()">x</b>')

    assert "<script" not in article.html
    assert "<b" not in article.html


def test_an_image_without_words_is_refused_at_publishing():
    module = ModuleFactory()

    with pytest.raises(Refused) as refusal:
        concept(module, title="Logs", body="![](/static/picture.png)")

    assert refusal.value.message == (
        "“Logs” cannot be published yet. It still needs words that describe the image “/static/picture.png”."
    )
    assert not Article.objects.exists()


def test_an_image_without_words_may_stand_in_a_draft():
    assert not concept(ModuleFactory(), body="![](/static/picture.png)", publish=False).is_published


def test_an_image_with_words_is_published():
    assert concept(ModuleFactory(), body="![Four boxes](/static/picture.png)").is_published


def test_a_published_article_does_not_lose_the_words_of_an_image_by_a_later_change():
    article = concept(ModuleFactory(), body="![Four boxes](/a.png)")

    with pytest.raises(Refused, match=r"the image “/a\.png”"):
        save_article(module=article.module, slug=article.slug, body="![](/a.png)")

    assert Article.objects.get().body == "![Four boxes](/a.png)"


def test_an_empty_article_is_refused_at_publishing():
    with pytest.raises(Refused, match="It still needs a text"):
        concept(ModuleFactory(), body="  ")


def test_a_published_concept_takes_its_place_in_the_module():
    module = ModuleFactory(slug="security")
    concept(module, slug="what-leaves", title="What leaves", minutes=9)

    item = SyllabusItem.objects.get()

    assert (item.module, item.kind, item.key, item.title) == (module, "concept", "security/what-leaves", "What leaves")
    assert (item.minutes, item.address, item.required) == (9, "/modules/security/what-leaves/", True)


def test_an_introduction_to_a_how_to_is_nothing_to_tick():
    concept(ModuleFactory(), kind=Article.Kind.HOWTO_INTRO)

    assert not SyllabusItem.objects.exists()


def test_a_concept_taken_back_leaves_the_list_and_keeps_its_row():
    article = concept(ModuleFactory())

    take_back_article(article)

    assert not SyllabusItem.objects.placed().exists()
    assert SyllabusItem.objects.count() == 1


def test_saving_the_same_article_twice_keeps_one():
    module = ModuleFactory()
    first = concept(module)

    second = concept(module, title="Another title")

    assert second.pk == first.pk
    assert SyllabusItem.objects.get().title == "Another title"


def test_reading_a_concept_writes_one_row_into_the_ledger():
    learning_verbs()
    article, reader = concept(PublishedModuleFactory(slug="security")), MemberFactory()

    first = mark_read(article, by=reader)
    second = mark_read(article, by=reader)

    assert first.pk == second.pk
    rows = Activity.objects.filter(verb="article-read").values_list("actor", "object_key", "points")
    assert list(rows) == [(reader.pk, "security/what-leaves", 1)]


def test_a_draft_cannot_be_marked_as_read():
    with pytest.raises(Refused, match="Only a published Concept"):
        mark_read(concept(ModuleFactory(), publish=False), by=MemberFactory())


def test_drafts_are_seen_by_author_steward_and_organizer_only():
    author, steward, stranger, organizer = (MemberFactory(is_staff=number == 3) for number in range(4))
    article = concept(ModuleFactory(), publish=False, author=author)
    article.module.stewards.add(steward)

    viewers = [None, stranger, author, steward, organizer]

    assert [Article.objects.visible_to(one).exists() for one in viewers] == [False, False, True, True, True]


@time_machine.travel("2027-05-21 10:00Z")
def test_an_article_is_past_its_review_from_the_day_after():
    due = [Article(review_by=date(2027, 5, 20)), Article(review_by=date(2027, 5, 21)), Article(review_by=None)]

    assert [article.is_past_review for article in due] == [True, False, False]
