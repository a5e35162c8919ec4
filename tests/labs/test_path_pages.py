import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from labs.models import Path, PathEnrolment
from labs.operations.paths import follow
from members.models import Member, MemberSkill, Suggestion
from members.operations import ledger
from modules.models import Article, ExposureCeiling
from modules.operations.articles import mark_read
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.labs import lab
from tests.factories.members import MemberFactory
from tests.factories.modules import PublishedModuleFactory, concept
from tests.factories.paths import given, item, path, path_verbs
from tests.factories.skills import SkillFactory

pytestmark = pytest.mark.django_db
SHOWS = {"acts": "members"}


@pytest.fixture(autouse=True)
def verbs(db):
    path_verbs()


@pytest.fixture
def made():
    """Read, then try, then give; the role asks for two of retrieval and of git."""
    module = PublishedModuleFactory(slug="rag")
    SkillFactory(slug="retrieval", title="Retrieval")
    SkillFactory(slug="git", title="Git")
    text = concept(module, slug="find", title="Find first")
    text.teaches = {"retrieval": 1}
    text.save(update_fields=["teaches"])
    for slug, teaches in [("search", {"retrieval": 2}), ("commit", {"git": 2})]:
        one = lab(slug, module=module, title=f"Try {slug}")
        one.teaches = teaches
        one.save(update_fields=["teaches"])
    return path(
        publish=True, goal={"retrieval": 2, "git": 2},
        items=[
            item("find", kind="article", target="rag/find"), item("search", "find"),
            item("more", kind="lab", target="commit", optional=True), given("design", "search"),
        ],
    )  # fmt: skip


def words(answer):
    import html
    import re

    text = re.sub(r"<(script|style|svg).*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_a_visitor_reads_paths_without_an_account(client, made):
    assert "Platform Builder to Architect" in words(client.get("/paths/"))
    page = words(client.get("/paths/architect/"))

    assert "Lab 1: Try search" in page
    assert "Best after concept 1; you can open it now." in page
    assert "Ends with an accepted reference design" in page
    assert "Log in" in page


def test_a_draft_is_seen_by_organizers_only(client, organizer_client):
    path("draft")

    assert client.get("/paths/draft/").status_code == 404
    assert "This path is a draft" in words(organizer_client.get("/paths/draft/"))


def test_the_page_says_what_is_done_open_optional_and_what_comes_next(member_client, member, made):
    mark_read(made_concept(), by=member)
    follow(made, by=member)

    page = words(member_client.get("/paths/architect/"))

    assert "1 of 3 steps done" in page
    assert "Next: lab 1 Try search, 40 min." in page
    assert "Optional" in page
    assert "After lab 1" in page


def made_concept():
    from modules.models import Article

    return Article.objects.get(slug="find")


def test_following_and_stopping_by_button(member_client, member, made):
    followed = member_client.post("/paths/architect/follow/", follow=True)
    stopped = member_client.post("/paths/architect/leave/", follow=True)

    assert "You follow the path to Architect." in words(followed)
    assert "Stop following" in words(followed)
    assert "You no longer follow the path to Architect." in words(stopped)
    assert PathEnrolment.objects.get().left_at is not None


def test_a_plain_visit_to_a_button_changes_nothing(member_client, made):
    assert member_client.get("/paths/architect/follow/").status_code == 405
    assert not PathEnrolment.objects.exists()


def test_own_paths_stand_first_then_those_of_own_communities(member_client, member):
    near, far = CommunityFactory(), CommunityFactory()
    MembershipFactory(community=near, member=member)
    for order, (slug, community) in enumerate([("a-far", far), ("b-near", near), ("c-own", None)]):
        path(slug, order=order, title=slug, community=community, publish=True)
    follow(Path.objects.get(slug="c-own"), by=member)

    page = words(member_client.get("/paths/"))

    assert page.index("c-own") < page.index("b-near") < page.index("a-far")


def test_what_brings_one_there_names_gap_and_reason_in_order(member_client, member, made):
    page = words(member_client.get("/paths/architect/"))

    part = page[page.index("Your shortest way there") :]
    assert "The role asks for 2 skills; in 2 of them you are not there yet." in part
    assert part.index("Closes 1 of 2 in Retrieval. ") < part.index("Closes 2 of 2 in Git.") < part.index(
        "Closes 1 of 2 in Retrieval. It"
    )  # fmt: skip


def test_what_a_finished_thing_teaches_is_not_taught_again(member_client, member, made):
    mark_read(Article.objects.get(slug="find"), by=member)

    page = words(member_client.get("/paths/recommend/?goal=architect"))

    assert "Closes 1 of 1 in Retrieval." in page
    assert "0 of 2, 2 to go; what you finished teaches it to 1" in page
    assert "Closes 1 of 2 in Retrieval." not in page


def test_who_has_finished_all_that_teaches_is_sent_to_use_it(member_client, member, made):
    Path.objects.update(goal={"retrieval": 1})
    mark_read(Article.objects.get(slug="find"), by=member)

    page = words(member_client.get("/paths/recommend/?goal=architect"))

    assert "What you have finished teaches as far as this goal asks." in page
    assert "Stays open" not in page
    assert "teaches as far as this goal asks" in words(member_client.get("/paths/architect/"))


def test_a_goal_that_is_met_offers_teaching(member_client, member, made):
    for slug in ("retrieval", "git"):
        MemberSkill.objects.create(member=member, skill=SkillFactory(slug=slug), claimed=4, depth=3.4)

    page = member_client.get("/paths/recommend/?goal=architect")

    assert "Nothing to learn here" in words(page)
    assert f'href="{reverse("members:change_skill", args=["git"])}"' in page.content.decode()


def test_the_way_begins_with_the_path_one_follows_else_with_that_of_the_primary_community(member_client, member, made):
    def chosen():
        found = member_client.get("/paths/recommend/").context["page"].chosen
        return found and found.key

    seen = [chosen()]
    home = MembershipFactory(member=member, is_primary=True).community
    path("home", publish=True, goal={"git": 1}, community=home, items=[item("more", target="commit")])
    seen.append(chosen())
    follow(made, by=member)
    seen.append(chosen())

    assert seen == [None, "home", "architect"]


def test_own_wishes_are_a_goal(member_client, member, made):
    MemberSkill.objects.create(member=member, skill=SkillFactory(slug="git"), wants=2, depth=0.5)

    page = words(member_client.get("/paths/recommend/?goal=wishes"))

    assert "1 step to What I wish to learn" not in page  # its Concept comes before it
    assert "Comes before “Try commit”." in page
    assert "Closes 1.5 of 1.5 in Git." in page


def test_what_goes_further_than_the_ceiling_is_left_out_and_marked_on_the_path(member_client, member, made):
    ExposureCeiling.objects.create(member=member, ceiling="none")

    page = words(member_client.get("/paths/architect/"))

    assert "above your ceiling" in page
    assert "Closes 2 of 2 in Git." not in page


def test_a_dismissed_thing_stays_away(member_client, member, made):
    answer = member_client.post("/paths/recommend/lab:commit/dismiss/", {"goal": "architect"}, follow=True)

    assert answer.redirect_chain[-1][0] == "/paths/recommend/?goal=architect"
    assert "Closes 2 of 2 in Git." not in words(answer)
    assert Suggestion.objects.get().dismissed_at is not None


def test_who_shows_it_is_named_and_others_are_counted_from_five(member_client, member, made):
    shy = [MemberFactory(name=f"Shy {n}") for n in range(3)]
    open_one = MemberFactory(name="Fatima El Idrissi", audiences=SHOWS)
    for one in (*shy, open_one):
        follow(made, by=one)

    four = words(member_client.get("/paths/architect/"))
    follow(made, by=member)
    five = words(member_client.get("/paths/architect/"))

    assert "On it now" in four
    assert "Fatima El Idrissi" in four
    assert "Shy" not in four
    assert "members are on it now" not in four
    assert "You, Fatima El Idrissi" in five
    assert "5 members are on it now." in five


def test_a_visitor_sees_no_names(client, made):
    follow(made, by=MemberFactory(name="Fatima El Idrissi", audiences=SHOWS))

    assert "Fatima" not in words(client.get("/paths/architect/"))


def test_a_contribution_says_how_often_it_was_made(member_client, member):
    made = path(publish=True, items=[given("labs", times=3)])
    ledger.record("lab-contributed", by=member, kind="lab", key="one", title="One")

    assert "1 of 3 so far" in words(member_client.get(made.get_absolute_url()))


def queries(client, address):
    client.get(address)  # caches are warm from here on
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_pages_of_paths_take_the_same_queries_with_1_and_3(member_client, member, made):
    addresses = ["/paths/", "/paths/architect/", "/paths/recommend/?goal=architect"]
    follow(made, by=member)
    few = [queries(member_client, address) for address in addresses]

    for n in range(2):
        other = path(f"other-{n}", publish=True, goal={"git": 3}, items=[item("search"), given("design", "search")])
        for one in Member.objects.all():
            follow(other, by=one)
    for _ in range(6):
        follow(made, by=MemberFactory(audiences=SHOWS))
    many = [queries(member_client, address) for address in addresses]

    assert few == many == [7, 10, 10]


def items_form(*rows):
    data = {"items-TOTAL_FORMS": len(rows), "items-INITIAL_FORMS": 0}
    for n, (key, after) in enumerate(rows):
        data |= {
            f"items-{n}-order": n, f"items-{n}-key": key, f"items-{n}-kind": "lab", f"items-{n}-target": key,
            f"items-{n}-comes_after": after, f"items-{n}-times": 1, f"items-{n}-hours": 1,
        }  # fmt: skip
    return data


PATH = {
    "title": "A to B", "slug": "a-to-b", "order": 1, "role": "B", "summary": "From A to B.", "ends_with": "a thing",
    "goal": "{}",
}  # fmt: skip


def test_saving_a_circle_in_the_admin_is_refused_and_named(organizer_client):
    answer = organizer_client.post(
        reverse("admin:labs_path_add"), PATH | items_form(("a", "b"), ("b", "c"), ("c", "a"))
    )

    assert "These go round in a circle: “a” needs “b” needs “c” needs “a”." in words(answer)
    assert not Path.objects.exists()


def test_the_admin_saves_things_with_what_comes_before(organizer_client):
    organizer_client.post(reverse("admin:labs_path_add"), PATH | items_form(("a", ""), ("b", "a"), ("c", "a, b")))

    made = Path.objects.get()
    assert list(made.items.values_list("key", "needs__needs__key").order_by("key", "needs__needs__key")) == [
        ("a", None), ("b", "a"), ("c", "a"), ("c", "b"),
    ]  # fmt: skip


def test_a_published_path_that_lacks_something_after_a_change_becomes_a_draft(organizer_client, made):
    page = organizer_client.get(reverse("admin:labs_path_change", args=[made.pk]))
    form = page.context["inline_admin_formsets"][0].formset
    data = {"items-TOTAL_FORMS": form.total_form_count(), "items-INITIAL_FORMS": form.initial_form_count()}
    for one in form.forms:
        for field in one:
            value = field.value()
            data[field.html_name] = "" if value is None else ",".join(value) if isinstance(value, list) else value
        if not one["optional"].value():
            data.pop(one["optional"].html_name)
    data["items-1-target"] = "gone"

    answer = organizer_client.post(
        reverse("admin:labs_path_change", args=[made.pk]), PATH | {"goal": '{"git": 2}'} | data, follow=True
    )

    made.refresh_from_db()
    assert "the path is a draft now" in words(answer)
    assert (made.status, made.title) == ("draft", "A to B")
