import pytest

from cop.lib.errors import Refused
from editorial.operations import comments, drafts, proposals
from members.models import Notice
from tests.factories.editorial import RemarkFactory, VersionFactory, draft, proposal, steward
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed():
    return proposal(VersionFactory())


def test_a_remark_is_rendered_and_told_to_the_author(proposed, member):
    made = comments.comment(proposed, by=member, body="Is *this* so? <script>x()</script>", section="the-end")

    assert made.html == "<p>Is <em>this</em> so? &lt;script&gt;x()&lt;/script&gt;</p>\n"
    assert list(Notice.objects.filter(member=proposed.author).values_list("kind", "address")) == [
        ("text-comment", f"/texts/changes/{proposed.pk}/#remarks-h")
    ]


def test_those_who_remarked_before_hear_of_the_answer(proposed, member):
    comments.comment(proposed, by=member, body="Why?")

    comments.comment(proposed, by=proposed.author, body="Because.")

    assert Notice.objects.filter(member=member, kind="text-comment").count() == 1


def test_the_same_remark_twice_in_a_row_is_taken_once(proposed, member):
    first = comments.comment(proposed, by=member, body="Why?")

    assert comments.comment(proposed, by=member, body=" Why? ") == first


@pytest.mark.parametrize(
    ("body", "section", "words"),
    [(" \n", "", "Write your remark"), ("x" * 4001, "", "4,000 characters at most"), ("Why?", "no", "not in the text")],
)
def test_odd_remarks_are_refused(proposed, member, body, section, words):
    with pytest.raises(Refused, match=words):
        comments.comment(proposed, by=member, body=body, section=section)


def test_a_private_draft_and_a_decided_change_take_no_remarks(proposed, member):
    private = draft(proposed.base, "One", "No")
    proposals.accept(proposed, by=steward())

    with pytest.raises(Refused, match="cannot remark"):
        comments.comment(private, by=member, body="Why?")
    with pytest.raises(Refused, match="remarks are closed") as refusal:
        comments.comment(proposed, by=member, body="Why?")
    assert refusal.value.lost_race


def test_two_hundred_open_remarks_are_the_most(proposed, member):
    RemarkFactory.create_batch(200, revision=proposed, author=member)

    with pytest.raises(Refused, match="many open remarks"):
        comments.comment(proposed, by=member, body="One more")


def test_who_remarked_the_authors_and_the_keepers_settle_a_remark_and_the_first_stays_named(proposed, member):
    keeper = steward()
    for by in (member, proposed.author, keeper):
        remark = RemarkFactory(revision=proposed, author=member)
        comments.close(remark, by=by)
        assert comments.close(remark, by=keeper).closed_by == by


def test_others_do_not_settle_a_remark(proposed):
    with pytest.raises(Refused, match="settle a remark"):
        comments.close(RemarkFactory(revision=proposed), by=MemberFactory())


def test_a_shared_draft_takes_remarks(proposed, member):
    mine = draft(proposed.base, "One", "No")
    drafts.share(mine, by=mine.author)

    assert comments.comment(mine, by=member, body="Why?").revision == mine
