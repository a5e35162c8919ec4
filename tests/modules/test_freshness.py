from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from cop.lib.errors import Refused
from editorial.models import Decision, Text
from editorial.operations import drafts, proposals
from labs.operations.upkeep import still_true as lab_still_true
from members.models import Notice, Verb
from modules.models import Article, LearningRules
from modules.operations.upkeep import next_review, still_true, tell_of_stale
from modules.queries.rules import forget
from modules.queries.upkeep import due, queue
from modules.queries.versions import versions_line
from tests.factories.labs import lab
from tests.factories.members import MemberFactory, VerbFactory
from tests.factories.modules import PublishedModuleFactory, concept, learning_verbs

pytestmark = pytest.mark.django_db
TODAY = date(2027, 6, 1)


@pytest.fixture
def today():
    with time_machine.travel(datetime(2027, 6, 1, 10, tzinfo=UTC), tick=False):
        yield TODAY


@pytest.fixture
def module():
    return PublishedModuleFactory(slug="security", title="Security")


def titles(rows):
    return [one.title for one in rows]


def test_what_is_past_its_day_comes_first_and_nothing_else_is_due(module, today):
    concept(module, slug="late", title="Late", review_by=date(2027, 5, 20))
    concept(module, slug="later", title="Latest", review_by=date(2027, 1, 1))
    concept(module, slug="today", title="Today", review_by=today)
    concept(module, slug="never", title="Never", review_by=None)
    concept(module, slug="draft", title="Draft", review_by=date(2027, 1, 1), publish=False)
    lab("redact", module=module, title="Redact", review_by=date(2027, 3, 1))

    assert titles(due(today)) == ["Latest", "Redact", "Late"]


def test_each_sees_what_they_keep_and_organizers_see_all(module, today):
    owner, author, steward, organizer, other = (MemberFactory(is_staff=number == 3) for number in range(5))
    module.stewards.add(steward)
    concept(module, slug="one", title="Owned", owner=owner, author=author, review_by=date(2027, 5, 1))
    concept(PublishedModuleFactory(), slug="two", title="Elsewhere", review_by=date(2027, 5, 2))
    lab("redact", module=module, title="Lab", author=author, review_by=date(2027, 6, 20))

    seen = [titles(queue(one, today)) for one in (owner, author, steward, organizer, other)]

    assert seen == [["Owned"], ["Lab"], ["Owned", "Lab"], ["Owned", "Elsewhere", "Lab"], []]


def test_the_first_who_is_here_of_owner_author_and_stewards_is_told(module, today):
    gone, author, steward = MemberFactory(is_active=False), MemberFactory(), MemberFactory()
    module.stewards.add(steward)
    concept(module, slug="one", title="One", owner=gone, author=author, review_by=date(2027, 5, 1))
    concept(module, slug="two", title="Two", review_by=date(2027, 5, 1))

    assert {one.title: one.keepers for one in due(today)} == {"One": [author.pk], "Two": [steward.pk]}


def test_the_weekly_job_tells_each_keeper_once_what_is_stale(module, today):
    owner, other, away = MemberFactory(), MemberFactory(), MemberFactory(paused_until=date(2027, 7, 1))
    for slug in ("a", "b", "c", "d"):
        concept(module, slug=slug, title=slug.upper(), owner=owner, review_by=date(2027, 5, 1))
    lab("redact", module=module, author=other, title="Lab", review_by=date(2027, 5, 2))
    lab("away", module=module, author=away, review_by=date(2027, 5, 2))
    concept(module, slug="soon", owner=owner, review_by=date(2027, 6, 2))

    assert tell_of_stale(today) == {"stale": 6, "told": 2}
    tell_of_stale(today)

    said = Notice.objects.order_by("pk").values_list("member", "kind", "title", "text", "address")
    assert list(said) == [
        (owner.pk, "article-stale", "4 texts that you keep are to be reviewed",
         "“A”, “B”, “C” and 1 other. Say that it still holds, or change what does not.", "/modules/review/"),
        (other.pk, "article-stale", "1 text that you keep is to be reviewed",
         "“Lab”. Say that it still holds, or change what does not.", "/modules/review/"),
    ]  # fmt: skip


def test_saying_that_it_is_still_true_moves_the_day_and_stands_in_the_history(module, today):
    owner = MemberFactory()
    article = concept(module, owner=owner, review_by=date(2027, 5, 1))

    still_true(article, by=owner, said="Read the law once more")
    still_true(article, by=owner, said="Again")

    saved = Article.objects.get()
    assert saved.review_by == date(2027, 12, 1)
    assert not due(today)
    look = Decision.objects.get()
    assert (look.kind, look.by, look.reason, look.revision.number) == ("looked", owner, "Read the law once more", 1)
    assert look.revision.text.key == "security/what-leaves"


def test_a_lab_is_kept_true_in_the_same_way(module, today):
    author = MemberFactory()
    made = lab("redact", module=module, author=author, review_by=date(2027, 5, 1))

    lab_still_true(made, by=author, said="Ran it on 3.13")

    made.refresh_from_db()
    assert made.review_by == date(2027, 12, 1)
    assert Decision.objects.get().revision.text.key == "redact"


def test_who_does_not_keep_a_text_says_nothing_of_it(module, today):
    article = concept(module, review_by=date(2027, 5, 1))

    with pytest.raises(Refused, match="Only those who keep this text"):
        still_true(article, by=MemberFactory(), said="Fine")

    assert Article.objects.get().review_by == date(2027, 5, 1)


@pytest.mark.parametrize(
    ("day", "months", "until"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)), (date(2027, 6, 15), 6, date(2027, 12, 15)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)), (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2027, 1, 31), 24, date(2029, 1, 31)),
    ],
)  # fmt: skip
def test_the_next_review_is_as_many_months_away_as_the_rules_say(day, months, until):
    LearningRules.objects.create(pk=1, review_months=months)
    forget()

    assert next_review(day) == until


def test_the_page_shows_what_is_late_and_what_comes(module, today, member, member_client):
    module.stewards.add(member)
    concept(module, slug="late", title="Late one", review_by=date(2027, 5, 1), author=MemberFactory(name="Kim Lee"))
    lab("redact", module=module, title="Coming one", review_by=date(2027, 6, 20))
    lab("far", module=module, title="Far one", review_by=date(2027, 9, 20))

    page = member_client.get("/modules/review/").content.decode()

    assert "1 text past the day" in page or "1 text is past the day" in page
    assert "was to be looked at by 1 May 2027" in page
    assert "kept by Kim Lee" in page
    assert "by 20 June 2027" in page
    assert "Far one" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_with_one_text_and_with_three(
    module, today, member, member_client, number, django_assert_num_queries
):
    module.stewards.add(member)
    for place in range(number):
        concept(module, slug=f"a{place}", review_by=date(2027, 5, 1), author=MemberFactory())
        lab(f"l{place}", module=module, review_by=date(2027, 5, 1), author=MemberFactory())
    member_client.get("/modules/review/")

    with django_assert_num_queries(7):
        member_client.get("/modules/review/")


def test_who_keeps_nothing_sees_that_nothing_is_due(member_client):
    assert "Nothing is due" in member_client.get("/modules/review/").content.decode()


def test_the_button_moves_the_day(module, today, member, member_client):
    concept(module, owner=member, review_by=date(2027, 5, 1))

    answer = member_client.post(
        "/modules/review/looked/",
        {"kind": "article", "key": "security/what-leaves", "said": "All sources"},
        follow=True,
    )

    assert "looked at again by 1 December 2027" in answer.content.decode()
    assert Article.objects.get().review_by == date(2027, 12, 1)


def test_the_button_is_refused_to_strangers_and_for_what_is_not_there(module, today, member_client):
    concept(module, review_by=date(2027, 5, 1))
    asked = {"kind": "article", "key": "security/what-leaves", "said": "Fine"}

    answers = [
        member_client.post("/modules/review/looked/", asked).status_code,
        member_client.post("/modules/review/looked/", asked | {"kind": "poem"}).status_code,
        member_client.post("/modules/review/looked/", asked | {"key": "security/none"}).status_code,
        member_client.get("/modules/review/looked/").status_code,
        Client().get("/modules/review/").status_code,
    ]

    assert answers == [403, 404, 404, 405, 302]


def test_the_button_wants_to_know_what_was_looked_at(module, today, member, member_client):
    concept(module, owner=member, review_by=date(2027, 5, 1))

    answer = member_client.post("/modules/review/looked/", {"kind": "article", "key": "security/what-leaves"})

    assert answer.status_code == 200
    assert "Say in a few words what you looked at." in answer.content.decode()


# What changed since somebody did it


def changed(article, new, *, change="substantive"):
    """An accepted proposal by somebody; the member who wrote it."""
    writer, steward = MemberFactory(), MemberFactory(is_staff=True, is_superuser=True)
    if not Verb.objects.filter(slug="fix-accepted").exists():
        VerbFactory(slug="fix-accepted", points=5)
    draft = drafts.begin(Text.objects.get(kind="article"), by=writer)
    content = draft.content.replace("Because", new)
    draft = drafts.save(draft, content=content, by=writer, edition=draft.edition, note="Better", change=change)
    proposals.accept(proposals.propose(draft, by=writer), by=steward)
    return writer


def moment(day):
    return datetime(2027, 5, day, 12, tzinfo=UTC)


@pytest.fixture
def read_on_3(module):
    """An article with versions of the 1st, 2nd and 5th of May, and the moment at which somebody read it, on the 3rd."""
    with time_machine.travel(moment(1)):
        article = concept(module)
    with time_machine.travel(moment(2)):
        changed(article, "Because of it")
    with time_machine.travel(moment(5)):
        changed(article, "Due to it")
    return moment(3)


def test_a_text_that_changed_since_one_read_it_leads_to_the_difference(read_on_3, member):
    line = versions_line("article", "security/what-leaves", member, read_on_3)

    assert (line.number, line.seen, line.changed_at.date(), line.is_small) == (3, 2, date(2027, 5, 5), False)
    assert line.difference == "/texts/article/security/what-leaves/difference/?from=2&to=3"


def test_nothing_is_said_to_who_read_the_newest_or_nothing(read_on_3, member):
    lines = [
        versions_line("article", "security/what-leaves", member, moment(6)),
        versions_line("article", "security/what-leaves", member, None),
        versions_line("article", "security/what-leaves"),
    ]

    assert [line.changed_at for line in lines] == [None, None, None]


def test_who_read_it_before_versions_were_kept_sees_the_change_from_the_first(read_on_3, member):
    assert versions_line("article", "security/what-leaves", member, datetime(2026, 1, 1, tzinfo=UTC)).seen == 1


def test_a_text_without_versions_has_no_line(member):
    assert versions_line("article", "no/such", member) is None


def test_the_writers_stand_in_the_order_of_their_first_version(module):
    author = MemberFactory()
    article = concept(module, author=author)
    writers = [changed(article, "Because of it"), changed(article, "Because of it all", change="minor")]

    line = versions_line("article", "security/what-leaves")

    assert [one.member for one in line.writers] == [author, *writers]


def test_small_changes_are_called_small(module, member):
    with time_machine.travel(moment(1)):
        article = concept(module)
    changed(article, "Because of it", change="minor")

    assert versions_line("article", "security/what-leaves", member, moment(3)).is_small


def test_the_line_costs_two_queries(read_on_3, member, django_assert_num_queries):
    with django_assert_num_queries(2):
        versions_line("article", "security/what-leaves", member, read_on_3)


def test_the_page_of_an_article_says_what_changed_since_it_was_read(read_on_3, module, member, member_client):
    learning_verbs()
    with time_machine.travel(read_on_3):
        member_client.force_login(member)
        member_client.post("/modules/security/what-leaves/read/")
    member_client.force_login(member)

    page = member_client.get("/modules/security/what-leaves/").content.decode()

    assert "since you read it" in page
    assert "/texts/article/security/what-leaves/difference/?from=2&amp;to=3" in page
    assert "3 versions" in page
    assert "/texts/article/security/what-leaves/propose/" in page


def test_the_page_of_a_lab_leads_to_its_versions_and_names_its_licence(module, client):
    lab("redact", module=module)

    page = client.get("/labs/redact/").content.decode()

    assert "/texts/lab/redact/history/" in page
    assert "/texts/lab/redact/propose/" in page
    assert "CC-BY-4.0" in page


def test_article_and_module_show_the_day_of_the_newest_version(read_on_3, client):
    assert "changed on Wed 5 May 2027" in client.get("/modules/security/what-leaves/").content.decode()
    assert "Last changed on Wed 5 May 2027" in client.get("/modules/security/").content.decode()
