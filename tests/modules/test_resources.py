import json
import threading
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from cop.lib.errors import Refused
from cop.lib.links import stub
from members.models import Activity, Notice
from modules.models import ExternalResource, LearningRules, ResourceCompletion, ResourceNote
from modules.operations import resources
from modules.operations.links import check_links
from modules.queries.resources import further, waiting_for
from modules.signals import resource_done
from tests.factories.members import MemberFactory, VerbFactory, add_verbs
from tests.factories.modules import PublishedModuleFactory, ResourceFactory, SubtopicFactory
from tests.web import running_platform

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
GIVEN = {"title": "A course", "kind": "course", "level": "beginner", "hours": 2, "cost": "free", "why": "It is short."}


@pytest.fixture
def module(db):
    add_verbs({"resource-accepted": 2, "resource-completed": 1})
    return PublishedModuleFactory(slug="security", title="Security")


@pytest.fixture
def steward(module):
    found = MemberFactory(name="Maria Rossi")
    module.stewards.add(found)
    return found


@pytest.fixture
def web():
    with running_platform({}) as server:
        yield server


def suggested(module, by, url="https://example.org/course", **fields):
    return resources.suggest(url, by=by, module=module, **GIVEN | fields)


def told(member):
    return list(Notice.objects.filter(member=member).values_list("kind", "title"))


# Suggesting


def test_a_link_suggested_twice_with_different_tracking_parameters_stays_one_record(module, member):
    second = MemberFactory()

    first = suggested(module, member, "https://Example.org/course?utm_source=mail#top")
    again = suggested(module, second, "http://example.org/course/?fbclid=1&gclid=2", why="Better than the book.")

    assert (first.is_new, again.is_new, again.resource.pk) == (True, False, first.resource.pk)
    assert ExternalResource.objects.values_list("url", "suggested_by").get() == (
        "https://example.org/course", member.pk,
    )  # fmt: skip
    assert ResourceNote.objects.values_list("member", "text").get() == (second.pk, "Better than the book.")


def test_who_suggests_their_own_link_again_gets_no_note(module, member):
    suggested(module, member)

    assert suggested(module, member, "https://example.org/course?ref=x").is_new is False
    assert not ResourceNote.objects.exists()


def test_those_who_keep_the_module_are_told_and_without_any_the_organizers(module, member):
    organizer = MemberFactory(is_staff=True)
    suggested(module, member)
    steward = MemberFactory()
    module.stewards.add(steward)
    suggested(module, member, "https://example.org/other", title="A talk")

    assert told(organizer) == [("resource-suggested", "Suggested: A course")]
    assert told(steward) == [("resource-suggested", "Suggested: A talk")]


def test_two_resources_of_one_title_have_different_addresses_here(module, member):
    slugs = [suggested(module, member, f"https://example.org/{n}").resource.slug for n in range(3)]

    assert slugs == ["a-course", "a-course-2", "a-course-3"]


@pytest.mark.django_db(transaction=True)
def test_24_suggestions_of_one_link_at_the_same_moment_leave_one_record():
    VerbFactory(slug="resource-accepted")
    module, people = PublishedModuleFactory(), [MemberFactory() for _ in range(24)]
    barrier, new = threading.Barrier(24), []

    def suggest(number):
        try:
            barrier.wait()
            new.append(suggested(module, people[number], f"https://example.org/course?utm_source={number}").is_new)
        finally:
            connection.close()

    threads = [threading.Thread(target=suggest, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(new) == [False] * 23 + [True]
    assert ExternalResource.objects.count() == 1
    assert ResourceNote.objects.count() == 23


def test_the_form_cleans_the_address_and_says_what_is_missing(module, member_client):
    subtopic = SubtopicFactory()

    page = member_client.post(
        "/modules/resources/suggest/", {"url": "ftp://example.org", "module": module.pk, "hours": "0",
                                        "subtopic": subtopic.pk}
    ).content.decode()  # fmt: skip

    said = ["Write the whole address of a page, beginning with https://.", "Write the title as it stands on the page.",
            "write a number above 0", "Write one sentence on why it is worth the time.",
            f"This subtopic belongs to “{subtopic.module.title}”."]  # fmt: skip
    assert [words for words in said if words not in page] == []
    assert not ExternalResource.objects.exists()


def test_suggesting_on_the_page_leads_to_the_record_and_the_second_is_told_that_it_is_there(module, client):
    form = GIVEN | {"url": "https://example.org/course", "module": module.pk}
    answers = []
    for url in ("https://example.org/course?utm_source=a", "https://example.org/course?utm_source=b"):
        client.force_login(MemberFactory())
        answers.append(client.post("/modules/resources/suggest/", form | {"url": url}, follow=True).content.decode())

    assert "Thank you. Those who keep the module decide on it" in answers[0]
    assert "Somebody has suggested this page already. Your sentence stands with it as your note." in answers[1]
    assert ExternalResource.objects.count() == 1


# Deciding


def test_accepting_shows_it_to_everybody_and_credits_and_tells_who_suggested_it(module, member, steward, client):
    resource = suggested(module, member).resource
    before = client.get("/modules/resources/a-course/").status_code

    resources.accept(resource, by=steward)

    resource.refresh_from_db()
    assert (before, client.get("/modules/resources/a-course/").status_code) == (404, 200)
    assert (resource.status, resource.decided_by) == ("accepted", steward)
    assert Activity.objects.values_list("verb", "actor", "points", "topic").get() == (
        "resource-accepted", member.pk, 2, "security",
    )  # fmt: skip
    assert told(member) == [("resource-decided", "“A course” is taken")]


def test_nobody_accepts_their_own_suggestion_also_not_a_steward_or_an_organizer(module, steward):
    organizer = MemberFactory(is_staff=True)
    for who, url in [(steward, "https://example.org/1"), (organizer, "https://example.org/2")]:
        resource = suggested(module, who, url).resource
        with pytest.raises(Refused, match="nobody on their own suggestion"):
            resources.accept(resource, by=who)

    assert not ExternalResource.objects.accepted().exists()


def test_a_member_who_does_not_keep_the_module_decides_nothing(module, member):
    resource = suggested(module, MemberFactory()).resource

    for decide in (resources.accept, lambda one, by: resources.refuse(one, by=by, reason="No")):
        with pytest.raises(Refused, match="Those who keep this module decide"):
            decide(resource, by=member)


def test_refusing_needs_a_reason_and_tells_it(module, member, steward):
    resource = suggested(module, member).resource
    with pytest.raises(Refused, match="Write the reason"):
        resources.refuse(resource, by=steward, reason=" ")

    resources.refuse(resource, by=steward, reason="It is an advertisement.")

    notice = Notice.objects.get(member=member)
    assert (notice.title, notice.text) == ("“A course” is not taken", "It is an advertisement.")
    assert not Activity.objects.exists()


def test_a_second_decision_of_the_same_kind_has_lost_the_race(module, member, steward):
    resource = suggested(module, member).resource
    resources.accept(resource, by=steward)

    with pytest.raises(Refused, match="is accepted already") as refusal:
        resources.accept(resource, by=steward)

    assert refusal.value.lost_race is True
    assert Activity.objects.count() == 1


def test_a_steward_sees_what_waits_and_decides_on_the_page(module, member, steward, client):
    suggested(module, member)
    client.force_login(steward)

    shelf = client.get("/modules/resources/").content.decode()
    page = client.get("/modules/resources/a-course/").content.decode()
    answer = client.post("/modules/resources/a-course/accept/")
    again = client.post("/modules/resources/a-course/accept/")

    assert "1 suggestion waits for you" in shelf
    assert "Does it belong here?" in page
    assert (answer.status_code, again.status_code) == (302, 409)
    assert waiting_for(steward) == []


def test_who_suggested_sees_the_page_and_other_members_do_not(module, member_client, member, client):
    suggested(module, member)
    client.force_login(MemberFactory())

    assert "Not in the list yet" in member_client.get("/modules/resources/a-course/").content.decode()
    assert client.get("/modules/resources/a-course/").status_code == 404


# Doing and saying


def test_doing_it_counts_once_as_learning_and_is_announced_once(module, member):
    heard = []

    def hear(sender, member, resource, **kwargs):
        heard.append((sender, member, resource))

    resource_done.connect(hear)
    resource = ResourceFactory(module=module, slug="a-course")
    first = resources.finish(resource, by=member)

    second = resources.finish(resource, by=member)
    resource_done.disconnect(hear)

    assert first.pk == second.pk
    assert Activity.objects.values_list("verb", "object_key", "points", "topic").get() == (
        "resource-completed", "a-course", 1, "security",
    )  # fmt: skip
    assert heard == [(ExternalResource, member, resource)]


def test_only_what_is_in_the_list_can_be_done(module, member):
    with pytest.raises(Refused, match="in the list"):
        resources.finish(ResourceFactory(status="suggested"), by=member)

    assert not ResourceCompletion.objects.exists()


def test_a_note_is_kept_changed_and_taken_away(member_client, member):
    ResourceFactory(slug="a-course")
    pages = []
    for text in ("Do the exercises.", "Skip week two. <b>", ""):
        answer = member_client.post("/modules/resources/a-course/note/", {"text": text}, follow=True)
        pages.append(answer.content.decode())

    assert "<p>Do the exercises.</p>" in pages[0]
    assert "<p>Skip week two. &lt;b&gt;</p>" in pages[1]
    assert "Nobody has said anything yet." in pages[2]


def test_a_note_that_is_too_long_comes_back_with_what_was_typed(member_client):
    ResourceFactory(slug="a-course")

    page = member_client.post("/modules/resources/a-course/note/", {"text": "a" * 601}).content.decode()

    assert "at most 600 characters" in page
    assert "a" * 601 in page
    assert not ResourceNote.objects.exists()


# Pages


def test_resources_stand_by_module_and_filters_narrow_them(client, module):
    ResourceFactory(title="Book of paths", module=module, kind="book", cost="paid")
    ResourceFactory(title="A talk", module=module, kind="talk")
    ResourceFactory(title="Elsewhere", kind="talk", level="advanced")
    ResourceFactory(title="Not yet", status="suggested")

    def shown(query=""):
        page = client.get(f"/modules/resources/{query}").content.decode()
        titles = ["Book of paths", "A talk", "Elsewhere", "Not yet"]
        return sorted((title for title in titles if f">{title}</a>" in page), key=page.index)

    assert shown() == ["A talk", "Book of paths", "Elsewhere"]
    assert shown("?kind=talk") == ["A talk", "Elsewhere"]
    assert shown("?module=security&cost=paid") == ["Book of paths"]
    assert shown("?level=advanced") == ["Elsewhere"]
    assert shown("?kind=nonsense") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(rows, member_client, member, django_assert_num_queries):
    for _ in range(rows):
        ResourceCompletion.objects.create(resource=ResourceFactory(), member=member)
    member_client.get("/modules/resources/")

    with django_assert_num_queries(5):
        page = member_client.get("/modules/resources/").content.decode()

    assert page.count(">Done</span>") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_resource_costs_the_same_whatever_its_notes(rows, member_client, django_assert_num_queries):
    resource = ResourceFactory(slug="a-course")
    for _ in range(rows):
        resources.say(resource, "Good.", by=MemberFactory())
    member_client.get("/modules/resources/a-course/")

    with django_assert_num_queries(7):
        page = member_client.get("/modules/resources/a-course/").content.decode()

    assert page.count("<p>Good.</p>") == rows


def test_a_module_shows_four_at_most_those_that_most_have_done_first_and_dead_ones_last(
    module, django_assert_num_queries
):
    dead = ResourceFactory(module=module, title="A dead one", dead_since=NOW)
    rows = [ResourceFactory(module=module, title=f"Course {n}") for n in range(5)]
    for row in (rows[3], dead, dead):
        resources.finish(row, by=MemberFactory())

    with django_assert_num_queries(1):
        found = further(module)

    assert [row.title for row in found] == ["Course 3", "Course 0", "Course 1", "Course 2"]


# Are they still there


def counts(**fields):
    return {"checked": 1, "answering": 0, "failing": 0, "marked": 0, "mended": 0} | fields


def look(web, **kwargs):
    return check_links(network=stub("127.0.0.1", web.server_port), **{"now": NOW, **kwargs})


def test_the_second_failure_in_a_row_marks_it_and_tells_the_steward_once(module, steward, web, client):
    web.answers["/course"] = (404, "")
    ResourceFactory(module=module, slug="a-course", title="A course", url="https://example.org/course")

    found = [look(web, now=NOW + timedelta(weeks=week)) for week in range(3)]

    resource = ExternalResource.objects.get()
    page = client.get("/modules/resources/a-course/").content.decode()
    assert found == [counts(failing=1), counts(failing=1, marked=1), counts(failing=1)]
    assert (resource.failures, resource.dead_since) == (3, NOW + timedelta(weeks=1))
    assert "May be gone since Fri 27 November." in page
    assert "It answers with 404." in page
    assert "May be gone since Fri 27 November" in client.get("/modules/resources/").content.decode()
    assert told(steward) == [("resource-dead", "Does not answer: A course")]


def test_an_answer_takes_the_mark_away_and_one_between_two_failures_begins_anew(module, web):
    resource = ResourceFactory(module=module, url="https://example.org/course", failures=1)
    found = [look(web)]
    web.answers["/course"] = (500, "")
    found += [look(web), look(web)]
    web.answers.clear()
    found.append(look(web))

    resource.refresh_from_db()
    assert found == [counts(answering=1), counts(failing=1), counts(failing=1, marked=1), counts(answering=1, mended=1)]
    assert (resource.failures, resource.dead_since, resource.last_answer) == (0, None, "It answers.")


def test_a_dry_run_asks_and_changes_nothing(module, web):
    web.answers["/course"] = (404, "")
    resource = ResourceFactory(module=module, url="https://example.org/course", failures=1)

    assert look(web, write=False) == counts(failing=1, marked=1)

    resource.refresh_from_db()
    assert (resource.failures, resource.last_checked) == (1, None)


def test_only_accepted_ones_are_asked_and_the_weekly_job_leaves_out_what_was_looked_at(module, web):
    ResourceFactory(status="suggested")
    ResourceFactory(last_checked=NOW - timedelta(days=6))
    due = ResourceFactory(last_checked=NOW - timedelta(days=7))

    assert look(web, due_only=True) == counts(answering=1)
    assert web.asked == [("HEAD", "example.org", f"/{due.slug}")]


def test_the_number_of_failures_is_a_rule_that_organizers_set(module, web):
    LearningRules.objects.create(pk=1, dead_after=1)
    web.answers["/course"] = (404, "")
    ResourceFactory(url="https://example.org/course")

    assert look(web) == counts(failing=1, marked=1)


def test_the_command_reports_channels_and_resources(module, web):
    ResourceFactory()
    out = StringIO()

    call_command("check_links", "--json", "--dry-run", "--stub", f"127.0.0.1:{web.server_port}", stdout=out)

    assert json.loads(out.getvalue()) == {"channels": counts(checked=0), "resources": counts(answering=1)}


# Admin


def test_the_admin_cleans_the_address_and_refuses_a_page_that_is_known(organizer_client, module):
    fields = GIVEN | {
        "slug": "course",
        "url": "https://Example.org/a/?utm_source=x",
        "module": module.pk,
        "teaches": "{}",
    }

    taken = organizer_client.post("/admin/modules/externalresource/add/", fields)
    refused = organizer_client.post("/admin/modules/externalresource/add/", fields | {"slug": "other"})

    assert taken.status_code == 302
    assert ExternalResource.objects.values_list("url", "key").get() == ("https://example.org/a/", "example.org/a")
    assert "This page is known already: “A course”." in refused.content.decode()
