import csv
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from members.models import BadgeAward, BadgeRule, Claim, Kudos, LevelAward
from members.operations import erasure, ledger
from members.queries.directory import acts_of
from members.queries.portfolio import portfolio
from members.queries.profile import AnyMember
from tests.factories.communities import MembershipFactory
from tests.factories.members import ActFactory, LevelFactory, MemberFactory, VerbFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def fix():
    VerbFactory(slug="correction", kind="contribution", points=0)
    return VerbFactory(slug="fix-accepted", kind="contribution", points=5)


def titles(pieces):
    return [piece.title for piece in pieces]


def test_accepted_work_alone_is_listed(fix):
    person, viewer = MemberFactory(), MemberFactory()
    ActFactory(actor=person, verb=fix, object_title="A clearer step")
    ActFactory(actor=person, verb=VerbFactory(slug="talk-given", kind="contribution"), object_title="A talk")
    for slug, kind in [
        ("answer-given", "contribution"), ("motion-proposed", "contribution"), ("lab-completed", "learning"),
        ("event-attended", "participation"), ("review-given", "interaction"),
    ]:  # fmt: skip
        ActFactory(actor=person, verb=VerbFactory(slug=slug, kind=kind), object_title=slug)
    back = ActFactory(actor=person, verb=fix, object_title="Taken back")
    ledger.reverse(back, by=viewer, reason="By mistake")

    found = portfolio(person, viewer)

    assert (titles(found.work), titles(found.talks)) == (["A clearer step"], ["A talk"])


def test_work_in_a_community_that_the_viewer_does_not_know_is_left_out(fix):
    inside = MembershipFactory(community__slug="circle", community__visibility="own")
    person = inside.member
    ActFactory(actor=person, verb=fix, object_title="Inside", community="circle")
    ActFactory(actor=person, verb=fix, object_title="Outside", community="")
    colleague = MembershipFactory(community=inside.community).member

    seen_by = [MemberFactory(), AnyMember(), colleague, person]

    assert [sorted(titles(portfolio(person, viewer).work)) for viewer in seen_by] == [
        ["Outside"], ["Outside"], ["Inside", "Outside"], ["Inside", "Outside"],
    ]  # fmt: skip
    assert [len(acts_of(person, viewer, limit=9)) for viewer in seen_by] == [1, 1, 2, 2]


def test_work_elsewhere_stands_with_the_words_of_its_claim(fix):
    person = MemberFactory()
    act = ActFactory(actor=person, verb=fix, object_title="Code merged elsewhere", source="claim")
    Claim.objects.create(
        member=person, kind="code", title="Redact secrets", evidence="https://code.example.org/1", state="confirmed",
        happened_on=timezone.localdate(), act=act, decided_by=MemberFactory(),
    )  # fmt: skip

    piece = portfolio(person, MemberFactory()).work[0]

    assert (piece.title, piece.address) == ("Redact secrets", "https://code.example.org/1")


@pytest.mark.parametrize(
    ("audience", "visitor", "other", "owner"),
    [("public", True, True, True), ("members", False, True, True), ("me", False, False, True)],
)
def test_the_portfolio_has_the_audience_that_its_owner_chose(fix, audience, visitor, other, owner):
    person = MemberFactory(audiences={"portfolio": audience})
    ActFactory(actor=person, verb=fix)

    seen = [portfolio(person, viewer) is not None for viewer in (AnonymousUser(), MemberFactory(), person)]

    assert seen == [visitor, other, owner]


def test_visitors_see_a_public_portfolio_on_a_public_page(fix, client):
    person = MemberFactory(handle="ines", audiences={"page": "public", "portfolio": "public"})
    ActFactory(actor=person, verb=fix, object_title="A clearer step")

    page = client.get("/members/ines/").content.decode()

    assert "A clearer step" in page
    assert "/kudos/" not in page


def test_givers_of_thanks_are_named_to_who_may_open_their_page():
    person = MemberFactory()
    hidden, listed, gone = MemberFactory(in_directory=False), MemberFactory(name="Ines"), MemberFactory()
    for number, giver in enumerate((hidden, listed, gone)):
        Kudos.objects.create(by=giver, to=person, reason="Thanks.", at=timezone.now() - timedelta(hours=number))
    erasure.erase(gone)

    to_members = [(thanks.by, bool(thanks.address)) for thanks in portfolio(person, MemberFactory()).thanks]
    person.audiences = {"portfolio": "public"}
    to_visitors = [thanks.by for thanks in portfolio(person, AnonymousUser()).thanks]

    assert to_members == [("A member", False), ("Ines", True), ("Former member", False)]
    assert to_visitors == ["A member", "A member", "Former member"]


def test_levels_and_badges_stand_with_their_days(fix, member_client):
    person = MemberFactory(handle="ines")
    ActFactory(actor=person, verb=fix)
    at = timezone.now() - timedelta(days=90)
    LevelAward.objects.create(member=person, level=LevelFactory(), reason="x", at=at, renewed_at=timezone.now())
    rule = BadgeRule.objects.create(slug="first", title="First fix", text="For it.", measure="acts", at_least=1)
    BadgeAward.objects.create(member=person, badge=rule, reason="Mended something.")

    page = " ".join(member_client.get("/members/ines/").content.decode().split())

    assert f"since {at:%B %Y}, last renewed {timezone.now():%B %Y}" in page
    assert "Mended something." in page


def test_an_empty_portfolio_says_to_its_owner_how_it_fills_and_nothing_to_others(
    member, member_client, organizer_client
):
    own, others = (
        client.get(f"/members/{member.handle}/").content.decode() for client in (member_client, organizer_client)
    )

    assert "Accepted work will be here" in own
    assert "portfolio-h" not in others


@pytest.mark.parametrize("rows", [1, 3])
def test_a_portfolio_costs_four_queries(fix, rows, django_assert_num_queries):
    person, viewer = MemberFactory(), MemberFactory()
    rule = BadgeRule.objects.create(slug="first", title="First", text="For it.", measure="acts", at_least=1)
    BadgeAward.objects.create(member=person, badge=rule, reason="x")
    for number in range(rows):
        ActFactory(actor=person, verb=fix)
        Kudos.objects.create(by=MemberFactory(), to=person, reason="Thanks.", object_key=str(number))

    with django_assert_num_queries(4):
        portfolio(person, viewer)


def test_members_see_all_their_own_acts_and_nobody_elses(fix, member, member_client):
    ActFactory(actor=member, verb=fix, object_title="A clearer step")
    ActFactory(actor=member, verb=VerbFactory(), object_title="A lab")
    ActFactory(object_title="Of somebody else")

    everything = member_client.get("/me/activity/").content.decode()
    learning = member_client.get("/me/activity/?kind=learning").content.decode()

    assert [title in everything for title in ("A clearer step", "A lab", "Of somebody else")] == [True, True, False]
    assert [title in learning for title in ("A clearer step", "A lab")] == [False, True]
    assert "7 points in all" in everything


def test_an_act_taken_back_says_so_with_the_reason(fix, member, member_client):
    act = ActFactory(actor=member, verb=fix, object_title="A clearer step")
    ledger.reverse(act, by=MemberFactory(), reason="It was another one")

    page = member_client.get("/me/activity/")

    assert [row.object_title for row in page.context["page"]] == ["A clearer step"]
    assert "Taken back" in page.content.decode()
    assert "It was another one" in page.content.decode()
    assert page.context["diary"].points == 0


def test_who_has_done_nothing_is_shown_where_to_begin(member_client):
    page = member_client.get("/me/activity/").content.decode()

    assert "Your work will be here" in page
    assert "acts.csv" not in page


def test_the_download_holds_every_act_and_no_formula(fix, member, member_client):
    ActFactory(actor=member, verb=fix, object_title='=HYPERLINK("x")')

    answer = member_client.get("/me/activity/acts.csv")

    rows = list(csv.DictReader(answer.content.decode().splitlines()))
    assert [(row["title"], row["points"], row["taken_back"]) for row in rows] == [('\'=HYPERLINK("x")', "5", "")]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_acts_costs_the_same_whatever_its_length(
    fix, member, member_client, rows, django_assert_num_queries
):
    for _ in range(rows):
        ActFactory(actor=member, verb=fix, other=MemberFactory())

    with django_assert_num_queries(6):
        member_client.get("/me/activity/")
