import pytest
from django.contrib import admin

from cop.lib.fields import LinesField
from editorial.models import Revision
from modules.forms.articles import BlocksField
from modules.models import Article, Module, SyllabusItem
from modules.operations.articles import save_article
from tests.factories.members import MemberFactory
from tests.factories.modules import ModuleFactory, SubtopicFactory, SyllabusItemFactory, concept

pytestmark = pytest.mark.django_db


def article_form(article, **fields):
    return {
        "module": article.module_id, "title": article.title, "slug": article.slug, "kind": "concept", "order": "0",
        "summary": article.summary, "body": article.body, "sources": "", "author_name": "", "minutes": "5",
        "review_by": "", "author": "", "owner": "", "teaches": "",
    } | fields  # fmt: skip


def act(client, kind, action, *rows):
    return client.post(
        f"/admin/modules/{kind}/", {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True
    )


def test_the_pages_of_the_admin_open(organizer_client):
    article = concept(SubtopicFactory().module, sources=[{"title": "Risks", "url": "https://a.org/"}], publish=False)
    addresses = [
        "/admin/modules/module/", "/admin/modules/module/add/", f"/admin/modules/module/{article.module_id}/change/",
        "/admin/modules/article/", "/admin/modules/article/add/", f"/admin/modules/article/{article.pk}/change/",
    ]  # fmt: skip

    assert [organizer_client.get(address).status_code for address in addresses] == [200] * 6
    assert "Risks\nhttps://a.org/</textarea>" in organizer_client.get(addresses[-1]).content.decode()


def test_publishing_modules_says_for_each_what_is_missing(organizer_client):
    ready = SyllabusItemFactory(module=ModuleFactory(title="Ready")).module
    concept(ready)
    empty = ModuleFactory(title="Empty")

    page = act(organizer_client, "module", "publish", ready, empty).content.decode()

    assert "1 module is published." in page
    assert "“Empty” cannot be published yet. It still needs a published Concept article and a published lab." in page
    assert [module.title for module in Module.objects.published()] == ["Ready"]


def test_a_module_goes_back_into_preparation(organizer_client):
    module = ModuleFactory(status="published")

    page = act(organizer_client, "module", "take_back", module).content.decode()

    assert "1 module is in preparation again." in page
    assert not Module.objects.published().exists()


def test_a_change_of_a_draft_renders_the_text_and_the_sources_and_keeps_a_version(organizer_client):
    article = concept(ModuleFactory(), publish=False)

    answer = organizer_client.post(
        f"/admin/modules/article/{article.pk}/change/",
        article_form(
            article, body="## New\n\nWords.", title="Other", sources="Risks\nhttps://a.org/\n\nMore\nhttps://b.org/"
        ),
    )

    saved = Article.objects.get()
    assert answer.status_code == 302
    assert saved.html == '<h2 id="new">New</h2>\n<p>Words.</p>\n'
    assert saved.sources == [{"title": "Risks", "url": "https://a.org/"}, {"title": "More", "url": "https://b.org/"}]
    assert list(Revision.objects.order_by("number").values_list("number", "note")) == [
        (1, "Written by its author"), (2, "Written in the admin"),
    ]  # fmt: skip


def test_the_text_of_a_published_article_is_read_only_and_leads_to_a_proposal(organizer_client):
    article, owner = concept(ModuleFactory(slug="security")), MemberFactory()
    address = f"/admin/modules/article/{article.pk}/change/"

    page = organizer_client.get(address).content.decode()
    organizer_client.post(address, article_form(article, body="## New", title="Other", owner=owner.pk))

    saved = Article.objects.get()
    assert 'href="/texts/article/security/what-leaves/propose/"' in page
    assert 'name="body"' not in page
    assert (saved.title, saved.body) == ("What leaves your walls", "## Why\n\nBecause.")
    assert saved.owner == owner
    assert saved.updated_at == article.updated_at
    assert Revision.objects.count() == 1


def test_publishing_a_module_that_nobody_keeps_says_so(organizer_client):
    module = SyllabusItemFactory(module=ModuleFactory(title="Alone")).module
    concept(module)

    page = act(organizer_client, "module", "publish", module).content.decode()

    assert "Nobody keeps “Alone” yet. Name a steward" in page


def test_an_article_saved_by_two_stewards_keeps_what_each_changed(rf):
    article = concept(ModuleFactory(), title="Old", body="Old words.", publish=False)
    page = admin.site.get_model_admin(Article)
    request = rf.post("/")
    request.user = MemberFactory(is_staff=True, is_superuser=True)
    form = page.get_form(request, article, change=True)(article_form(article, title="New"), instance=article)
    assert form.is_valid(), form.errors
    save_article(module=article.module, slug=article.slug, body="New words.")

    page.save_model(request, form.save(commit=False), form, change=True)

    saved = Article.objects.get()
    assert (saved.title, saved.body, saved.html) == ("New", "New words.", "<p>New words.</p>\n")


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"teaches": '{"magic": 2}'}, "There is no skill “magic”."),
        ({"teaches": '{"magic": 9}'}, "Write skills with a depth from 1 to 4"),
        ({"sources": "Only a title"}, "“Only a title” needs a second line: the url."),
        ({"sources": "Bad\njavascript:alert(1)"}, "The address of “Bad” must begin with https://."),
    ],
)
def test_a_fault_is_said_at_its_field_and_nothing_is_saved(organizer_client, fields, fault):
    article = concept(ModuleFactory(), publish=False)

    answer = organizer_client.post(f"/admin/modules/article/{article.pk}/change/", article_form(article, **fields))

    assert answer.status_code == 200
    assert fault in answer.content.decode()
    assert Article.objects.get().body == article.body


def test_articles_are_published_and_made_drafts_by_actions(organizer_client):
    good = concept(ModuleFactory(), publish=False)
    bad = concept(good.module, slug="bad", title="Bad", publish=False, body="![](/a.png)")

    page = act(organizer_client, "article", "publish", good, bad).content.decode()
    placed = SyllabusItem.objects.placed().count()
    back = act(organizer_client, "article", "take_back", good).content.decode()

    assert "1 article is published." in page
    assert "“Bad” cannot be published yet." in page
    assert "1 article is a draft again." in back
    assert (placed, SyllabusItem.objects.placed().count()) == (1, 0)


def test_a_deleted_article_leaves_its_module(organizer_client):
    first = concept(ModuleFactory())
    second = concept(first.module, slug="second")

    organizer_client.post(f"/admin/modules/article/{first.pk}/delete/", {"post": "yes"})
    organizer_client.post(
        "/admin/modules/article/", {"action": "delete_selected", "_selected_action": [second.pk], "post": "yes"}
    )

    assert not Article.objects.exists()
    assert not SyllabusItem.objects.placed().exists()


def test_lists_are_written_as_lines_and_come_back_as_they_were():
    lines, blocks = LinesField(required=False), BlocksField(first="problem", second="cure", required=False)
    troubles = [{"problem": "Not found.", "cure": "Try again."}, {"problem": "Slow.", "cure": "Wait."}]

    assert lines.clean(lines.prepare_value(["one", "two"])) == ["one", "two"]
    assert blocks.clean(blocks.prepare_value(troubles)) == troubles
    assert blocks.clean("Slow.\r\nWait\r\na minute.\r\n \r\n\r\n\r\nOdd.\r\nYes.") == [
        {"problem": "Slow.", "cure": "Wait a minute."},
        {"problem": "Odd.", "cure": "Yes."},
    ]
    assert blocks.has_changed(troubles, blocks.prepare_value(troubles)) is False
    assert lines.has_changed(["one"], "one\r\ntwo") is True
