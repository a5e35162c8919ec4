import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from cop.lib.errors import Refused
from editorial.models import CoAuthor, KeptText, Revision, Text
from editorial.operations import drafts, proposals
from editorial.operations.drafts import SavedMeanwhile
from editorial.rules import may_read
from editorial.sections import section_of
from members.models import Notice
from tests.factories.editorial import MEMO, VersionFactory, draft, proposal, steward
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return VersionFactory()


def test_a_draft_begins_with_the_version_in_force_and_is_found_again(version, member):
    begun = drafts.begin(version.text, by=member)

    assert (begun.content, begun.base, begun.status, begun.author) == (MEMO, version, "draft", member)
    assert drafts.begin(version.text, by=member) == begun
    assert drafts.begin(version.text, by=member, section="the-end") != begun
    assert drafts.begin(version.text, by=MemberFactory()) != begun


def test_a_draft_without_changes_moves_to_the_newest_version(version, member):
    begun = drafts.begin(version.text, by=member)
    newer = VersionFactory(text=version.text, number=2, content="## New\n")

    again = drafts.begin(version.text, by=member)

    assert (again.pk, again.base, again.content) == (begun.pk, newer, "## New\n")


def test_a_section_that_is_not_there_is_refused(version, member):
    with pytest.raises(Refused, match="not in the text any more"):
        drafts.begin(version.text, by=member, section="nothing")


def test_nobody_begins_on_a_text_that_only_its_writer_knows(member):
    new = drafts.begin_new("memo", title="Mine", topic="security", content="## A\n", by=member)

    with pytest.raises(Refused, match="no such text"):
        drafts.begin(new.text, by=MemberFactory())
    assert drafts.begin(new.text, by=member) == new


def test_a_new_text_gets_a_free_key_from_its_title(member):
    keys = [
        drafts.begin_new("memo", title=title, topic="security", content="", by=member).text.key
        for title in ("Keys at home", "keys, at  home", "???", "x" * 300)
    ]

    assert keys == ["keys-at-home", "keys-at-home-2", "memo", "x" * 120]
    assert Revision.objects.filter(text__key="memo").get().content == "## Why\n"
    with pytest.raises(Refused, match="Write a title"):
        drafts.begin_new("memo", title=" \n", topic="security", content="", by=member)


def test_thirty_open_drafts_are_the_most(member):
    for _ in range(30):
        drafts.begin_new("memo", title="Again", topic="security", content="x", by=member)

    with pytest.raises(Refused, match="30 drafts open"):
        drafts.begin(VersionFactory().text, by=member)


def test_a_saving_counts_and_the_same_saving_again_changes_nothing(version, member):
    begun = drafts.begin(version.text, by=member)

    saved = drafts.save(begun, content="New\r\nline \n\n", by=member, edition=1, note=" Why  so ", change="substantive")
    again = drafts.save(begun, content="New\nline", by=member, edition=1)

    assert (saved.content, saved.edition, saved.note, saved.change) == ("New\nline\n", 2, "Why so", "substantive")
    assert (again.edition, KeptText.objects.count()) == (2, 0)


def test_saving_over_a_newer_saving_keeps_both_wordings(version, member):
    begun = drafts.begin(version.text, by=member)
    drafts.save(begun, content="First", by=member, edition=1)

    with pytest.raises(SavedMeanwhile) as lost:
        drafts.save(begun, content="Second", by=member, edition=1)

    assert lost.value.lost_race
    assert (lost.value.kept.content, lost.value.revision.content) == ("Second\n", "First\n")
    assert KeptText.objects.get().author == member


def test_two_people_save_different_sections_and_both_stay(version, member):
    other = MemberFactory()
    begun = drafts.begin(version.text, by=member)
    drafts.invite(begun, other, by=member)
    seen = {key: section_of(begun.content, key).mark for key in ("first-steps", "the-end")}

    drafts.save_section(begun, key="first-steps", content="## First steps\n\nNo.", seen=seen["first-steps"], by=member)
    drafts.save_section(begun, key="the-end", content="## The end\n\nAll ends.", seen=seen["the-end"], by=other)

    begun.refresh_from_db()
    assert begun.content == "# No heading\n\nIt begins here.\n\n## First steps\n\nNo.\n\n## The end\n\nAll ends.\n"
    assert begun.edition == 3


def test_who_saves_a_section_second_keeps_their_words(version, member):
    begun = drafts.begin(version.text, by=member)
    seen = section_of(begun.content, "the-end").mark
    drafts.save_section(begun, key="the-end", content="## The end\n\nFirst.", seen=seen, by=member)

    with pytest.raises(SavedMeanwhile) as lost:
        drafts.save_section(begun, key="the-end", content="## The end\n\nSecond.", seen=seen, by=member)

    assert (lost.value.kept.section, lost.value.kept.content) == ("the-end", "## The end\n\nSecond.\n")
    assert "First." in lost.value.revision.content
    assert drafts.save_section(begun, key="the-end", content="## The end\n\nFirst.", seen=seen, by=member).edition == 2


def test_a_section_that_was_taken_away_meanwhile_keeps_the_words(version, member):
    begun = drafts.begin(version.text, by=member)
    seen = section_of(begun.content, "the-end").mark
    drafts.save(begun, content="## Other\n", by=member, edition=1)

    with pytest.raises(SavedMeanwhile):
        drafts.save_section(begun, key="the-end", content="## The end\n\nMine.", seen=seen, by=member)

    assert KeptText.objects.get().content == "## The end\n\nMine.\n"


def test_of_many_who_lose_a_race_all_words_are_kept(version, member):
    begun = drafts.begin(version.text, by=member)
    for number in range(60):
        try:
            drafts.save(begun, content=f"Number {number}", by=member, edition=1)
        except SavedMeanwhile:
            continue

    assert KeptText.objects.count() == 50
    assert KeptText.objects.order_by("pk").last().content == "Number 59\n"


def test_a_text_that_is_too_long_is_refused(version, member):
    begun = drafts.begin(version.text, by=member)

    with pytest.raises(Refused, match="40,001 characters"):
        drafts.save(begun, content="x" * 40_000, by=member, edition=1)


def test_nobody_saves_the_draft_of_somebody_else_or_what_is_proposed(version, member):
    begun = draft(version, "One step.", "No step.")

    with pytest.raises(Refused, match="Only its authors"):
        drafts.save(begun, content="x", by=member, edition=2)
    proposals.propose(begun, by=begun.author, note="Less")
    with pytest.raises(Refused, match="no draft any more") as refusal:
        drafts.save(begun, content="x", by=begun.author, edition=2)
    assert refusal.value.lost_race


def test_an_invitation_is_told_once_and_accepted_by_writing(version, member):
    other = MemberFactory()
    begun = drafts.begin(version.text, by=member)

    drafts.invite(begun, other, by=member)
    drafts.invite(begun, other, by=member)
    drafts.save(begun, content=MEMO, by=other, edition=1)
    before = CoAuthor.objects.get().wrote_at
    drafts.save(begun, content="Ours", by=other, edition=1)

    assert list(Notice.objects.filter(member=other).values_list("kind", flat=True)) == ["text-coauthor"]
    assert before is None
    assert CoAuthor.objects.get().wrote_at is not None


def test_authors_and_members_who_left_are_not_invited(version, member):
    begun = drafts.begin(version.text, by=member)

    with pytest.raises(Refused, match="wrote this draft"):
        drafts.invite(begun, member, by=member)
    with pytest.raises(Refused, match="takes a pause"):
        drafts.invite(begun, MemberFactory(paused_until=date(2100, 1, 1)), by=member)
    with pytest.raises(Refused, match="not active"):
        drafts.invite(begun, MemberFactory(is_active=False), by=member)
    with pytest.raises(Refused, match="Only its authors"):
        drafts.invite(begun, MemberFactory(), by=MemberFactory())


def test_ten_co_authors_are_the_most(version, member):
    begun = drafts.begin(version.text, by=member)
    for _ in range(10):
        drafts.invite(begun, MemberFactory(), by=member)

    with pytest.raises(Refused, match="at most 10"):
        drafts.invite(begun, MemberFactory(), by=member)


def test_an_invitation_is_taken_back_and_a_co_author_goes_only_by_themselves(version, member):
    asked, writing = MemberFactory(), MemberFactory()
    begun = drafts.begin(version.text, by=member)
    for one in (asked, writing):
        drafts.invite(begun, one, by=member)
    drafts.save(begun, content="Ours", by=writing, edition=1)

    with pytest.raises(Refused, match="Only the author"):
        drafts.uninvite(begun, asked, by=writing)
    for one in (asked, writing):
        drafts.uninvite(begun, one, by=member)
    left = [one.member for one in begun.co_authors.all()]
    drafts.uninvite(begun, writing, by=writing)

    assert left == [writing]
    assert not begun.co_authors.exists()


def test_a_draft_is_private_until_it_is_shared(version, member):
    begun = drafts.begin(version.text, by=member)
    readers = [member, MemberFactory(), steward(), None]

    private = [may_read(one, begun) for one in readers]
    shared = [may_read(one, drafts.share(begun, by=member)) for one in readers]

    assert private == [True, False, False, False]
    assert shared == [True, True, True, False]
    assert not drafts.share(begun, by=member, shared=False).is_shared


def test_a_discarded_draft_is_gone_and_an_empty_text_goes_with_it(version, member):
    new = drafts.begin_new("memo", title="Mine", topic="security", content="## A\n", by=member)
    begun = drafts.begin(version.text, by=member)

    with pytest.raises(Refused, match="Only its author"):
        drafts.discard(begun, by=MemberFactory())
    for one in (new, begun, begun):
        drafts.discard(one, by=member)

    assert list(Text.objects.all()) == [version.text]
    assert list(Revision.objects.all()) == [version]


def test_what_was_proposed_once_is_not_discarded(version):
    proposed = proposal(version)
    drafts.take_up(proposed, by=proposed.author)

    with pytest.raises(Refused, match="stays in the history"):
        drafts.discard(proposed, by=proposed.author)


@pytest.mark.django_db(transaction=True)
def test_of_many_savings_at_once_one_is_the_draft_and_all_others_are_kept():
    member, number = MemberFactory(), 24
    begun = drafts.begin(VersionFactory().text, by=member)
    barrier = threading.Barrier(number)

    def save(place):
        try:
            barrier.wait()
            drafts.save(begun, content=f"By thread {place}", by=member, edition=1)
        except SavedMeanwhile:
            return "kept"
        finally:
            connection.close()
        return "saved"

    with ThreadPoolExecutor(number) as threads:
        outcomes = list(threads.map(save, range(number)))

    begun.refresh_from_db()
    words = {begun.content, *KeptText.objects.values_list("content", flat=True)}
    assert (outcomes.count("saved"), outcomes.count("kept")) == (1, number - 1)
    assert words == {f"By thread {place}\n" for place in range(number)}
