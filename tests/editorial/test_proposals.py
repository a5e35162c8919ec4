import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction

from cop.lib.errors import Refused
from editorial.models import Decision, Revision
from editorial.operations import comments, drafts, proposals
from editorial.operations.proposals import NewerVersion
from editorial.queries.history import contributors, newest, version_at
from members.models import Activity, Notice
from tests.factories.editorial import KEPT, MEMO, SHOWN, VersionFactory, draft, proposal, steward
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return VersionFactory()


def told(member):
    return list(Notice.objects.filter(member=member).order_by("pk").values_list("kind", "title"))


def organizer():
    member = MemberFactory(is_staff=True)
    member.user_permissions.add(Permission.objects.get(codename="change_revision"))
    return member


def test_a_proposal_waits_and_the_stewards_are_told_once(version):
    keeper, others = steward(), steward("retrieval")

    proposed = proposal(version)
    proposals.propose(proposed, by=proposed.author)

    assert (proposed.status, proposed.note, proposed.base) == ("proposed", "Clearer", version)
    assert told(keeper) == [("text-proposed", f"A change of “{version.text}” waits for you")]
    assert told(others) == []
    assert [one.kind for one in proposed.decisions.all()] == ["proposed"]


def test_organizers_are_told_where_nobody_keeps_the_text_or_all_paused(version):
    one, away = organizer(), steward(paused_until=date(2100, 1, 1))

    proposal(version)

    assert [kind for kind, _ in told(one)] == ["text-proposed"]
    assert told(away) == []


def test_a_change_without_a_note_is_refused(version, member):
    changed = draft(version, "One", "No", by=member)

    with pytest.raises(Refused, match="Write what changes and why"):
        proposals.propose(changed, by=member, note="  ")
    assert Revision.objects.get(pk=changed.pk).status == "draft"


@pytest.mark.parametrize(
    ("content", "words"),
    [(MEMO, "Nothing is changed"), (" \n", "no text yet"), ("nonsense", "the word “nonsense” has to go")],
)
def test_what_is_not_fit_is_refused(version, member, content, words):
    begun = drafts.begin(version.text, by=member)
    drafts.save(begun, content=content, by=member, edition=1)

    with pytest.raises(Refused, match=words):
        proposals.propose(begun, by=member, note="Because")


def test_only_its_authors_propose_and_withdraw(version, member):
    proposed = proposal(version)

    for act in (proposals.propose, proposals.withdraw):
        with pytest.raises(Refused, match="Only its authors"):
            act(proposed, by=member)


def test_an_accepted_change_is_what_readers_see_and_its_author_is_credited(version, member):
    keeper = steward()
    proposed = proposal(version, by=member)

    done = proposals.accept(proposed, by=keeper)

    assert (done.number, done.decided_by, done.status) == (2, keeper, "accepted")
    assert "One short step." in SHOWN[version.text.key]
    assert newest("memo", version.text.key) == done
    assert list(Activity.objects.values_list("actor", "verb", "object_kind")) == [(member.pk, "fix-accepted", "fix")]
    assert told(member) == [("text-decided", f"Accepted: your change of “{version.text}”")]
    assert [one.name for one in contributors(version.text)] == ["The founders", member.name]


def test_the_first_version_of_a_new_text_is_credited_as_a_contribution(member):
    keeper = steward()
    new = drafts.begin_new("memo", title="Keys", topic="security", content="## Keys\n\nAt home.", by=member)

    done = proposals.accept(proposals.propose(new, by=member), by=keeper)

    assert (done.number, done.note, done.text.address) == (1, "First version", "/memos/keys/")
    act = Activity.objects.get()
    assert (act.verb_id, act.object_kind, act.object_key, act.address) == (
        "knowledge-published", "memo", "keys", "/memos/keys/",
    )  # fmt: skip


def test_nobody_accepts_their_own_change_nor_one_they_wrote_with_others(version):
    author, co_author, invited = steward(), steward(), steward()
    begun = drafts.begin(version.text, by=author)
    for one in (co_author, invited):
        drafts.invite(begun, one, by=author)
    drafts.save(begun, content="Ours", by=co_author, edition=1)
    proposed = proposals.propose(begun, by=author, note="Ours")

    for one in (author, co_author):
        with pytest.raises(Refused, match="nobody on their own"):
            proposals.accept(proposed, by=one)
    assert proposals.accept(proposed, by=invited).number == 2


def test_the_database_too_refuses_a_decision_on_ones_own_change(version, member):
    proposed = proposal(version, by=member)

    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(pk=proposed.pk).update(status="refused", decided_by=member)


def test_only_who_keeps_the_text_decides(version):
    proposed = proposal(version)
    strangers = [MemberFactory(), steward("retrieval"), MemberFactory(is_staff=True), steward(is_active=False)]

    for one in strangers:
        for act in (proposals.accept, proposals.refuse, proposals.ask_for_changes):
            with pytest.raises(Refused, match="by those who keep the text"):
                act(proposed, by=one, reason="Because")
    assert proposals.accept(proposed, by=organizer()).status == "accepted"


def test_a_text_without_topic_is_decided_by_organizers_only(version):
    version.text.topic = ""
    version.text.save()
    nosy = MemberFactory()
    KEPT[nosy.pk] = {""}

    with pytest.raises(Refused, match="by those who keep"):
        proposals.accept(proposal(version), by=nosy)


def test_changes_asked_go_back_to_the_author_who_proposes_again(version, member):
    keeper = steward()
    proposed = proposal(version, by=member)

    asked = proposals.ask_for_changes(proposed, by=keeper, reason="Name the source.")
    saved = drafts.save(asked, content="With a source", by=member, edition=asked.edition)
    again = proposals.propose(saved, by=member)

    assert (asked.status, again.status, again.pk) == ("changes-asked", "proposed", proposed.pk)
    assert [(one.kind, one.reason) for one in again.decisions.all()] == [
        ("proposed", ""), ("changes-asked", "Name the source."), ("proposed", ""),
    ]  # fmt: skip
    assert told(member)[0] == ("text-decided", f"Changes are asked for: your change of “{version.text}”")


def test_refusing_and_asking_for_changes_need_a_reason(version):
    keeper, proposed = steward(), proposal(version)

    for act in (proposals.refuse, proposals.ask_for_changes):
        with pytest.raises(Refused, match="Write the reason"):
            act(proposed, by=keeper, reason=" ")
    assert proposals.refuse(proposed, by=keeper, reason="It was tried.").status == "refused"
    assert SHOWN == {}


def test_a_withdrawn_change_is_taken_up_again(version, member):
    proposed = proposal(version, by=member)

    withdrawn = proposals.withdraw(proposed, by=member)
    proposals.withdraw(proposed, by=member)
    taken_up = drafts.take_up(withdrawn, by=member)

    assert (withdrawn.status, taken_up.status) == ("withdrawn", "draft")
    assert proposals.propose(taken_up, by=member).status == "proposed"


@pytest.mark.parametrize("end", ["accept", "refuse", "withdraw"])
def test_what_is_decided_is_decided_once(version, end):
    keeper, proposed = steward(), proposal(version)
    if end == "withdraw":
        proposals.withdraw(proposed, by=proposed.author)
    else:
        getattr(proposals, end)(proposed, by=keeper, reason="Done")

    with pytest.raises(Refused, match="Somebody was quicker") as refusal:
        proposals.accept(proposed, by=keeper)
    assert refusal.value.lost_race


def test_a_steward_does_not_accept_what_they_have_not_read(version):
    keeper, proposed = steward(), proposal(version)
    read = proposed.edition
    taken_up = drafts.take_up(proposed, by=proposed.author)
    drafts.save(taken_up, content="Something else", by=taken_up.author, edition=read)
    proposals.propose(taken_up, by=taken_up.author)

    with pytest.raises(Refused, match="changed after you opened it") as refusal:
        proposals.accept(proposed, by=keeper, edition=read)
    assert refusal.value.lost_race


def test_two_changes_of_the_same_version_are_put_together_when_they_do_not_touch(version):
    keeper = steward()
    first, second = proposal(version), proposal(version, "All is well.", "All is very well.")
    proposals.accept(first, by=keeper)

    done = proposals.accept(second, by=keeper, reason="Thank you.")

    assert (done.number, done.base.number) == (3, 2)
    assert "One short step." in done.content
    assert "All is very well." in done.content
    assert done.decisions.last().reason == "Thank you. Merged with version 2, which came in meanwhile."


def test_two_changes_of_the_same_words_wait_for_their_author(version):
    keeper = steward()
    first, second = proposal(version), proposal(version, "One step.", "Two steps.")
    proposals.accept(first, by=keeper)

    with pytest.raises(NewerVersion) as refusal:
        proposals.accept(second, by=keeper)

    second.refresh_from_db()
    assert refusal.value.lost_race
    assert [(one.mine, one.theirs) for one in refusal.value.merged.conflicts] == [
        ("Two steps. Another step.\n", "One short step. Another step.\n")
    ]
    assert (second.status, second.content.count("Two steps.")) == ("proposed", 1)


def test_proposing_over_a_newer_version_keeps_the_text_as_a_draft_until_its_author_settles_it(version, member):
    keeper = steward()
    mine = draft(version, "One step.", "Two steps.", by=member)
    newer = proposals.accept(proposal(version), by=keeper)

    with pytest.raises(NewerVersion, match="Version 2 came in") as refusal:
        proposals.propose(mine, by=member, note="More")
    mine.refresh_from_db()
    kept = (mine.status, "Two steps." in mine.content)
    merged = refusal.value.merged.resolved(["Two short steps. Another step.\n"])
    settled = drafts.rebase(mine, content=merged, on=newer, by=member)

    assert kept == ("draft", True)
    assert proposals.accept(proposals.propose(settled, by=member, note="More"), by=keeper).number == 3
    assert "Two short steps." in SHOWN[version.text.key]


def test_settling_over_a_still_newer_version_is_a_lost_race(version, member):
    keeper = steward()
    mine = draft(version, "One step.", "Two steps.", by=member)
    second = proposals.accept(proposal(version), by=keeper)
    proposals.accept(proposal(second, "All is well", "All is good"), by=keeper)

    with pytest.raises(Refused, match="Something newer") as refusal:
        drafts.rebase(mine, content="x", on=second, by=member)
    assert refusal.value.lost_race


def test_a_merge_that_breaks_the_rules_of_its_kind_is_refused(version):
    keeper = steward()
    first, second = proposal(version, "One step.", "nonsense"[:4]), proposal(version, "All is", "Nothing is")
    Revision.objects.filter(pk=second.pk).update(content="nonsense everywhere")
    proposals.accept(first, by=keeper)

    with pytest.raises(Refused):
        proposals.accept(second, by=keeper)
    assert Revision.objects.get(pk=second.pk).status == "proposed"


@pytest.mark.parametrize(("words", "said"), [("untried", "somebody must try it"), ("closed", "is closed")])
def test_what_the_kind_refuses_is_not_accepted_and_nothing_changes(version, words, said):
    keeper, proposed = steward(), proposal(version, "One step.", words)

    with pytest.raises(Refused, match=said):
        proposals.accept(proposed, by=keeper)

    proposed.refresh_from_db()
    assert (proposed.status, proposed.number) == ("proposed", None)
    assert not Activity.objects.exists()


def test_open_remarks_stop_the_acceptance_unless_they_are_waived(version):
    keeper, proposed = steward(), proposal(version)
    remark = comments.comment(proposed, by=keeper, body="Source?", section="the-end")

    with pytest.raises(Refused, match="1 remark is open"):
        proposals.accept(proposed, by=keeper)
    proposals.accept(proposed, by=keeper, waive="It is common knowledge.")

    remark.refresh_from_db()
    assert remark.closed_by == keeper
    assert list(proposed.decisions.values_list("kind", "reason"))[1:] == [
        ("waived", "It is common knowledge."), ("accepted", ""),
    ]  # fmt: skip


def test_an_old_version_comes_back_as_a_change_like_any_other(version, member):
    keeper = steward()
    proposals.accept(proposal(version), by=keeper)

    asked = proposals.restore(version, by=member, note="It was clearer")
    again = proposals.restore(version, by=member)
    done = proposals.accept(asked, by=keeper)

    assert again == asked
    assert (done.number, done.restores, done.content) == (3, version, MEMO)
    assert done.note == "Bring back version 1: It was clearer"
    assert Activity.objects.filter(actor=member).count() == 0
    assert member not in [one.member for one in contributors(version.text)]
    with pytest.raises(Refused, match="what readers see now"):
        proposals.restore(version, by=member)


def test_a_draft_cannot_be_brought_back(version, member):
    with pytest.raises(Refused, match="was in force"):
        proposals.restore(draft(version, "One", "No"), by=member)


def test_contributors_stand_in_order_of_their_first_part_and_former_members_without_name(version):
    keeper, left, stays = steward(), MemberFactory(name="Ada"), MemberFactory(name="Bob")
    second = proposals.accept(proposal(version, by=left), by=keeper)
    third = proposals.accept(proposal(second, "All is well", "All is good", by=stays), by=keeper)
    proposals.accept(proposal(third, "All is good", "All is fine", by=left), by=keeper)
    left.erased_at, left.name, left.is_active = third.decided_at, "", False
    left.save()

    assert [(one.name, one.versions) for one in contributors(version.text)] == [
        ("The founders", 1), ("Former member", 2), ("Bob", 1),
    ]  # fmt: skip
    assert version_at(version.text, second.decided_at) == second
    assert version_at(version.text, version.decided_at) == version


def test_the_credit_of_a_member_who_left_goes_to_nobody(version, member):
    proposed = proposal(version, by=member)
    member.is_active = False
    member.save()

    proposals.accept(proposed, by=steward())

    assert not Activity.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_stewards_at_once_one_accepts():
    number = 24
    proposed, keepers = proposal(VersionFactory()), [steward() for _ in range(number)]
    barrier = threading.Barrier(number)

    def accept(keeper):
        try:
            barrier.wait()
            proposals.accept(proposed, by=keeper)
        except Refused as refusal:
            return refusal.lost_race
        finally:
            connection.close()
        return "accepted"

    with ThreadPoolExecutor(number) as threads:
        outcomes = list(threads.map(accept, keepers))

    assert (outcomes.count("accepted"), outcomes.count(True)) == (1, number - 1)
    assert Decision.objects.filter(kind="accepted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_changes_accepted_at_once_get_numbers_one_after_the_other():
    number, lines = 24, [f"Line {place}" for place in range(24)]
    version = VersionFactory(content="\n\n".join(lines) + "\n")
    changes = [proposal(version, f"Line {place}\n", f"Row {place}\n") for place in range(number)]
    keeper, barrier = steward(), threading.Barrier(number)

    def accept(change):
        try:
            barrier.wait()
            return proposals.accept(change, by=keeper).number
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as threads:
        numbers = sorted(threads.map(accept, changes))

    assert numbers == list(range(2, number + 2))
    assert SHOWN[version.text.key] == "\n\n".join(f"Row {place}" for place in range(number)) + "\n"
