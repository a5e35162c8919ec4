from datetime import date, timedelta

import pytest
from django.utils import timezone

from members.models import ConductVersion
from modules.models import Article, ItemProgress, Module, ModuleCompletion, SyllabusItem
from modules.operations import progress
from tests.factories.members import MemberFactory
from tests.factories.modules import (
    ModuleFactory,
    PublishedModuleFactory,
    SubtopicFactory,
    SyllabusItemFactory,
    concept,
    learning_verbs,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def module():
    learning_verbs()
    module = PublishedModuleFactory(slug="security", title="Security, Privacy and IP")
    concept(module, slug="walls", title="What leaves your walls", sources=[{"title": "Risks", "url": "https://a.org/"}])
    SyllabusItemFactory(module=module, key="redact", title="Find and remove secrets")
    return module


@pytest.mark.parametrize("number", [1, 3])
def test_the_catalogue_costs_the_same_for_one_module_and_for_three(
    number, member_client, member, django_assert_num_queries
):
    for _ in range(number):
        subtopic = SubtopicFactory(module=PublishedModuleFactory())
        progress.start(SyllabusItemFactory(module=subtopic.module), by=member)
    member_client.get("/modules/")

    with django_assert_num_queries(6):
        answer = member_client.get("/modules/")

    assert answer.content.decode().count("Data governance") == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_module_page_costs_the_same_for_one_item_and_for_three(
    number, member_client, member, django_assert_num_queries
):
    module = PublishedModuleFactory(slug="security")
    for _ in range(number):
        SubtopicFactory(module=module)
        module.stewards.add(MemberFactory())
        progress.start(SyllabusItemFactory(module=module, title="Try it out"), by=member)
    member_client.get("/modules/security/")

    with django_assert_num_queries(10):
        answer = member_client.get("/modules/security/")

    assert answer.content.decode().count(": Try it out</a>") == number


@pytest.mark.parametrize("number", [1, 3])
def test_an_article_page_costs_the_same_with_one_lab_and_with_three(
    number, member_client, module, django_assert_num_queries
):
    for _ in range(number):
        SyllabusItemFactory(module=module)
    member_client.get("/modules/security/walls/")

    with django_assert_num_queries(9):
        member_client.get("/modules/security/walls/")


def test_the_catalogue_without_modules_says_what_will_be_here(client):
    assert "The modules will be here" in client.get("/modules/").content.decode()


def test_a_module_in_preparation_shows_its_subtopics_and_what_comes(client):
    module = ModuleFactory(slug="rag", status="in-preparation")
    SubtopicFactory(module=module, title="Vector stores")

    listed, page = client.get("/modules/").content.decode(), client.get("/modules/rag/").content.decode()

    assert "In preparation" in listed
    assert "Vector stores" in listed
    assert "Vector stores" in page
    assert "This module is in preparation" in page
    assert "The module opens when its Concept and its first lab are written" in page


def test_the_module_page_invites_a_visitor_to_read(client, module):
    page = client.get("/modules/security/").content.decode()

    assert '<a class="btn btn-primary" href="/modules/security/walls/">Read the concept</a>' in page
    assert "Start here" in page
    assert "After the concept" in page


def test_the_action_of_the_module_page_follows_the_state(client, module):
    member = MemberFactory()
    client.force_login(member)
    read, lab = module.items.all()

    def heading():
        page = client.get("/modules/security/").content.decode()
        return page.split('id="go-h">')[1].split("</h2>")[0]

    seen = [heading()]
    progress.complete(read, by=member)
    seen.append(heading())
    progress.start(lab, by=member)
    seen.append(heading())
    progress.complete(lab, by=member)
    seen.append(heading()[:8])
    SyllabusItemFactory(module=module, order=9)
    seen.append(heading())

    assert seen == [
        "Begin with the concept",
        "Next: lab 1",
        "You are in lab 1",
        "Done on ",
        "Updated since you finished",
    ]


def test_a_finished_module_leads_to_the_next_one_that_is_not_completed(member_client, member, module):
    def after():
        way = member_client.get("/modules/security/").context["page"].following
        return way and way.title

    Module.objects.filter(pk=module.pk).update(order=500)
    done, left, first = (
        PublishedModuleFactory(order=order, title=title)
        for order, title in [(501, "Done"), (502, "Left"), (499, "First")]
    )
    for one in (module, done):
        ModuleCompletion.objects.create(member=member, module=one)
    for item in module.items.all():
        progress.complete(item, by=member)
    seen = [after()]
    for one in (left, first):
        ModuleCompletion.objects.create(member=member, module=one)
        seen.append(after())

    assert seen == ["Left", "First", None]
    assert (
        "All done: there is no other module left for you." in member_client.get("/modules/security/").content.decode()
    )


def test_the_page_says_progress_in_words(member_client, member, module):
    progress.complete(module.items.first(), by=member)

    assert "1 of 2 steps done" in member_client.get("/modules/security/").content.decode()
    assert "1 of 2 steps done" in member_client.get("/modules/").content.decode()


def test_unknown_modules_and_articles_are_not_found(client, module):
    addresses = ["/modules/nothing/", "/modules/security/nothing/", "/modules/nothing/walls/"]

    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]


def test_an_article_shows_contents_sources_author_and_the_way_on(client, module):
    page = client.get("/modules/security/walls/").content.decode()

    assert '<a href="#why">Why</a>' in page
    assert '<a href="https://a.org/" rel="noopener">Risks</a>' in page
    assert '<a class="btn btn-primary" href="/labs/redact/">Go on to the lab</a>' in page


def test_a_script_in_an_article_is_absent_from_the_page(client, module):
    Article.objects.all().delete()
    concept(module, slug="walls", body="Look <script>steal()</script> here")

    page = client.get("/modules/security/walls/").content.decode()

    assert "<script>steal()" not in page
    assert "&lt;script&gt;steal()" in page


@pytest.mark.parametrize(("days", "warns"), [(-1, True), (1, False)])
def test_an_article_past_its_review_carries_a_banner(client, module, days, warns):
    Article.objects.update(review_by=timezone.localdate() + timedelta(days=days))

    assert ("This text may be out of date" in client.get("/modules/security/walls/").content.decode()) is warns


def test_a_draft_is_hidden_from_visitors_and_members_and_shown_to_its_author(client, module, member):
    author = MemberFactory()
    concept(module, slug="draft", publish=False, author=author, review_by=date(2030, 1, 1))
    answers = [client.get("/modules/security/draft/").status_code]
    for reader in [member, author]:
        client.force_login(reader)
        answers.append(client.get("/modules/security/draft/").status_code)

    assert answers == [404, 404, 200]


def test_marking_as_read_goes_on_to_the_lab(member_client, member, module):
    answer = member_client.post("/modules/security/walls/read/")

    assert (answer.status_code, answer["Location"]) == (302, "/labs/redact/")
    assert ItemProgress.objects.get(member=member).state == "done"
    assert (
        '<span class="badge text-bg-success">Read</span>'
        in member_client.get("/modules/security/walls/").content.decode()
    )


def test_the_way_on_leaves_out_a_check_that_is_passed(member_client, member, module):
    lab = module.items.get(kind="lab")
    check = SyllabusItemFactory(module=module, kind="knowledge-check", key="known", order=lab.order)
    SyllabusItem.objects.filter(pk=lab.pk).update(order=lab.order + 1)
    progress.complete(check, by=member)

    page = member_client.get("/modules/security/walls/").content.decode()
    answer = member_client.post("/modules/security/walls/read/")

    assert "Mark as read and go on to the lab" in page
    assert answer["Location"] == lab.address
    assert f'<a class="btn btn-primary" href="{lab.address}">Go on to the lab</a>' in (
        member_client.get("/modules/security/walls/").content.decode()
    )


def test_marking_the_last_item_as_read_goes_back_to_the_module(member_client, module):
    SyllabusItem.objects.filter(kind="lab").delete()

    assert member_client.post("/modules/security/walls/read/")["Location"] == "/modules/security/"


def test_marking_as_read_by_get_is_not_allowed(member_client, module):
    assert member_client.get("/modules/security/walls/read/").status_code == 405
    assert not ItemProgress.objects.exists()


def test_marking_as_read_signed_out_leads_to_the_login_and_back_to_the_article(client, module):
    answer = client.post("/modules/security/walls/read/")

    assert answer["Location"] == "/accounts/login/?next=/modules/security/walls/"
    assert not ItemProgress.objects.exists()


def test_marking_as_read_before_the_code_of_conduct_is_accepted_leads_there(client, module):
    reader = MemberFactory()
    ConductVersion.objects.create(version="2")
    client.force_login(reader)

    answer = client.post("/modules/security/walls/read/")

    assert answer.status_code == 302
    assert "next=%2Fdashboard%2F" in answer["Location"]
    assert not ItemProgress.objects.exists()


def test_an_introduction_has_no_button_to_mark_it(member_client, module):
    concept(module, slug="how", kind=Article.Kind.HOWTO_INTRO, title="How it goes on")

    assert "Mark as read" not in member_client.get("/modules/security/how/").content.decode()
    assert "How it goes on" in member_client.get("/modules/security/").content.decode()
    assert member_client.post("/modules/security/how/read/")["Location"] == "/modules/security/how/"
