import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from cop.lib.errors import Refused
from members.claims import BY_SLUG, KINDS
from members.models import Activity, Claim, LevelAward, LevelRule, Notice
from members.operations import claims
from members.operations.claims import Work
from tests.factories.members import LevelFactory, MemberFactory, VerbFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
EVIDENCE = "https://talks.example.org/1"


@pytest.fixture(autouse=True)
def talk():
    return VerbFactory(slug="talk-given", kind="contribution", points=8)


def work(**fields):
    usual = {"kind": "talk", "title": "Strategy papers", "evidence": EVIDENCE, "happened_on": TODAY}
    return Work(**usual | fields)


def given(by, witness=None, **fields):
    return claims.claim(work(**fields), by=by, witness=witness)


def form(**fields):
    usual = {"kind": "talk", "title": "Strategy papers", "evidence": EVIDENCE, "happened_on": TODAY.isoformat()}
    return usual | fields


def client_of(member):
    client = Client()
    client.force_login(member)
    return client


def test_a_confirmed_claim_is_written_into_the_ledger_without_a_word_of_its_own(member):
    witness = MemberFactory(name="Ines Ferreira")
    claim = given(member, witness, title="Kim Vermeer speaks", topic="ai-foundations")

    done = claims.decide(claim, confirm=True, by=witness)

    act = Activity.objects.get()
    assert (act.actor, act.verb_id, act.points, act.source) == (member, "talk-given", 8, "claim")
    assert (act.object_kind, act.object_key, act.object_title) == ("claim", str(claim.pk), "Talk or workshop elsewhere")
    assert (act.topic, act.occurred_at <= timezone.now()) == ("ai-foundations", True)
    assert (done.state, done.act, done.decided_by) == ("confirmed", act, witness)


def test_the_witness_is_asked_and_the_claimant_hears_of_the_answer(member):
    witness = MemberFactory()
    claim = given(member, witness)

    claims.decide(claim, confirm=False, by=witness, note="I was at another talk.")

    assert Notice.objects.get(member=witness).kind == "claim-to-confirm"
    told = Notice.objects.get(member=member)
    assert (told.kind, told.text) == ("claim-decided", "I was at another talk.")
    assert not Activity.objects.exists()


def test_without_a_witness_the_organizers_are_asked_but_none_who_takes_a_break(member):
    organizer = MemberFactory(is_staff=True)
    MemberFactory(is_staff=True, paused_until=TODAY + timedelta(days=3))

    given(member)

    assert list(Notice.objects.values_list("member", flat=True)) == [organizer.pk]


def test_a_confirmed_claim_awards_the_level_that_it_opens(member, talk):
    level = LevelFactory(slug="builder")
    LevelRule.objects.create(level=level, measure="acts", at_least=1, text="One").verbs.add(talk)
    witness = MemberFactory()

    claims.decide(given(member, witness), confirm=True, by=witness)

    assert LevelAward.objects.get().member == member


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": "dance"}, "kind of work"), ({"title": " "}, "title"),
        ({"happened_on": TODAY + timedelta(days=1)}, "future"), ({"happened_on": TODAY - timedelta(days=4000)}, "ten"),
        ({"evidence": "http://talks.example.org/1"}, "https"), ({"evidence": "javascript:alert(1)"}, "https"),
        ({"evidence": "https://user:word@talks.example.org/1"}, "plain address"),
        ({"evidence": f"https://talks.example.org/{'x' * 300}"}, "plain address"),
    ],
    ids=lambda value: value if isinstance(value, str) else next(iter(value)),
)  # fmt: skip
def test_bad_claims_are_refused(member, fields, why):
    with pytest.raises(Refused, match=why):
        given(member, **fields)

    assert not Claim.objects.exists()


def test_nobody_is_their_own_witness_and_nobody_on_a_break_is_asked(member):
    resting = MemberFactory(name="Ines", paused_until=TODAY)
    back = MemberFactory(paused_until=TODAY - timedelta(days=1))

    with pytest.raises(Refused, match="own witness"):
        given(member, member)
    with pytest.raises(Refused, match="Ines takes a break"):
        given(member, resting)
    assert given(member, back).witness == back


def test_evidence_is_claimed_once_and_again_after_it_was_declined_or_withdrawn(member):
    organizer = MemberFactory(is_staff=True)
    first = given(member)

    with pytest.raises(Refused, match="already"):
        given(member)
    claims.decide(first, confirm=False, by=organizer, note="The page is empty.")
    claims.withdraw(given(member), by=member)

    assert given(member).state == "open"


def test_the_twenty_first_open_claim_is_refused(member):
    for number in range(20):
        given(member, evidence=f"{EVIDENCE}{number}")

    with pytest.raises(Refused, match="20 claims"):
        given(member)


@pytest.mark.parametrize("is_staff", [False, True])
def test_nobody_confirms_their_own_claim(is_staff):
    member = MemberFactory(is_staff=is_staff)
    claim = given(member)

    with pytest.raises(Refused, match="nobody about their own"):
        claims.decide(claim, confirm=True, by=member)
    with pytest.raises(IntegrityError, match="nobody_confirms_their_own_claim"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(decided_by=member)


def test_a_bystander_decides_nothing(member):
    claim = given(member, MemberFactory())

    with pytest.raises(Refused, match="Only the witness or an organizer"):
        claims.decide(claim, confirm=True, by=MemberFactory())


def test_declining_needs_a_note(member):
    witness = MemberFactory()

    with pytest.raises(Refused, match="Write why"):
        claims.decide(given(member, witness), confirm=False, by=witness, note=" ")


@pytest.mark.parametrize("end", ["confirmed", "withdrawn"])
def test_what_is_decided_or_withdrawn_is_not_decided_again(member, end):
    witness = MemberFactory()
    claim = given(member, witness)
    if end == "confirmed":
        claims.decide(claim, confirm=True, by=witness)
    else:
        claims.withdraw(claim, by=member)

    with pytest.raises(Refused, match=end) as refusal:
        claims.decide(claim, confirm=True, by=witness)
    assert refusal.value.lost_race


def test_only_who_made_a_claim_withdraws_it(member):
    with pytest.raises(Refused, match="Only who made"):
        claims.withdraw(given(member), by=MemberFactory(is_staff=True))


@pytest.mark.django_db(transaction=True)
def test_of_many_who_decide_at_once_one_counts():
    VerbFactory(slug="talk-given", kind="contribution", points=8)
    claim, gate = given(MemberFactory()), threading.Barrier(24)
    organizers = MemberFactory.create_batch(24, is_staff=True)

    def decide(numbered):
        number, organizer = numbered
        gate.wait()
        try:
            return claims.decide(claim, confirm=number % 2 == 0, by=organizer, note="Seen.").decided_by
        except Refused as refusal:
            return None if refusal.lost_race else refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(24) as pool:
        decided = [by for by in pool.map(decide, enumerate(organizers)) if by]

    claim.refresh_from_db()
    assert decided == [claim.decided_by]
    assert Activity.objects.count() == (claim.state == "confirmed")


def test_every_kind_leads_to_a_verb_of_the_starter_content(settings):
    known = (settings.BASE_DIR / "content" / "verbs.yaml").read_text()

    assert [kind.verb for kind in KINDS if f"slug: {kind.verb}\n" not in known] == []
    assert len(BY_SLUG) == len(KINDS)


def test_a_member_claims_and_the_witness_confirms_by_the_pages(member, member_client):
    witness = MemberFactory(handle="ines")

    made = member_client.post("/me/claims/new/", form(witness="@ines"), follow=True)
    waiting = client_of(witness).get("/claims/")
    claim = Claim.objects.get()
    answer = client_of(witness).post(f"/claims/{claim.pk}/", {"answer": "yes"}, follow=True)

    assert "Strategy papers" in made.content.decode()
    assert "Strategy papers" in waiting.content.decode()
    assert "Confirmed. It counts now." in answer.content.decode()
    assert "Confirmed" in member_client.get("/me/claims/").content.decode()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"evidence": "ftp://x"}, "__all__"), ({"happened_on": "2999-01-01"}, "happened_on"), ({"title": ""}, "title"),
        ({"witness": "nobody"}, "witness"), ({"witness": "hidden"}, "witness"), ({"kind": ""}, "kind"),
    ],
    ids=["evidence", "future", "title", "unknown witness", "hidden witness", "kind"],
)  # fmt: skip
def test_a_bad_claim_keeps_the_form_with_the_fault(member_client, fields, field):
    MemberFactory(handle="hidden", in_directory=False)

    answer = member_client.post("/me/claims/new/", form(**fields))

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not Claim.objects.exists()


def test_a_claim_of_others_does_not_exist_for_a_bystander(member_client):
    claim = given(MemberFactory(), MemberFactory())

    assert member_client.post(f"/claims/{claim.pk}/", {"answer": "yes"}).status_code == 404
    assert member_client.post(f"/me/claims/{claim.pk}/withdraw/").status_code == 404
    assert "Strategy papers" not in member_client.get("/claims/").content.decode()


def test_who_decides_too_late_is_told_with_409_and_keeps_the_note(organizer_client):
    claim = given(MemberFactory())
    claims.withdraw(claim, by=claim.member)

    late = organizer_client.post(f"/claims/{claim.pk}/", {"answer": "no", "note": "The page is empty."})

    assert late.status_code == 409
    assert "The page is empty." in late.content.decode()


def test_declining_without_a_note_shows_the_fault(organizer_client):
    claim = given(MemberFactory())

    answer = organizer_client.post(f"/claims/{claim.pk}/", {"answer": "no"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["note"])


def test_a_member_withdraws_a_claim(member, member_client):
    claim = given(member)

    member_client.post(f"/me/claims/{claim.pk}/withdraw/")

    claim.refresh_from_db()
    assert claim.state == "withdrawn"


@pytest.mark.parametrize("rows", [1, 3])
def test_both_lists_cost_the_same_whatever_their_length(member, member_client, rows, django_assert_num_queries):
    for number in range(rows):
        given(member, MemberFactory(), evidence=f"{EVIDENCE}{number}")
        given(MemberFactory(), member, evidence=f"{EVIDENCE}{number}")

    with django_assert_num_queries(5):
        member_client.get("/me/claims/")
    with django_assert_num_queries(4):
        member_client.get("/claims/")


def test_an_organizer_confirms_many_in_the_admin(organizer_client):
    made = [given(MemberFactory(), evidence=f"{EVIDENCE}{number}") for number in range(2)]

    organizer_client.post("/admin/members/claim/", {"action": "confirm", "_selected_action": [c.pk for c in made]})

    assert Activity.objects.count() == 2
