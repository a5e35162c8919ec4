import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from editorial.models import KeptText, Revision
from editorial.operations import drafts, proposals
from tests.factories.editorial import MEMO, VersionFactory, draft, proposal, steward
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*requests):
    """Send each request from a thread of its own at the same moment; the statuses, sorted."""
    barrier = threading.Barrier(len(requests))

    def send(member, address, given):
        client = Client()
        client.force_login(member)
        try:
            barrier.wait()
            return client.post(address, given).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(requests)) as threads:
        return sorted(threads.map(lambda request: send(*request), requests))


def test_of_two_savings_at_once_one_is_answered_with_409_and_its_words_are_kept():
    author, other = MemberFactory(), MemberFactory()
    mine = draft(VersionFactory(), "One", "No", by=author)
    drafts.invite(mine, other, by=author)
    address = f"/texts/changes/{mine.pk}/edit/"

    statuses = at_once(
        *((one, address, {"content": f"By {one.pk}", "change": "minor", "edition": 2, "do": "save"})
          for one in (author, other))
    )  # fmt: skip

    mine.refresh_from_db()
    assert statuses == [302, 409]
    assert {mine.content, KeptText.objects.get().content} == {f"By {author.pk}\n", f"By {other.pk}\n"}


def test_a_proposal_while_a_newer_version_is_accepted_is_in_time_or_stays_a_draft():
    version, author, keeper = VersionFactory(), MemberFactory(), steward()
    first = proposal(version)
    content = MEMO.replace("One step.", "Two steps.")
    given = {"content": content, "note": "More", "change": "minor", "edition": 1, "base": 1, "do": "propose"}

    statuses = at_once(
        (author, f"/texts/memo/{version.text.key}/propose/", given),
        (keeper, f"/texts/changes/{first.pk}/decide/", {"do": "accept", "edition": first.edition}),
    )

    made = Revision.objects.get(author=author)
    assert (statuses, made.status) in (([302, 302], "proposed"), ([302, 409], "draft"))
    assert made.content == content
    assert Revision.objects.get(number=2) == first


def test_of_two_who_accept_and_withdraw_at_once_one_is_answered_with_409():
    version, keeper = VersionFactory(), steward()
    proposed = proposal(version)

    statuses = at_once(
        (proposed.author, f"/texts/changes/{proposed.pk}/withdraw/", {}),
        (keeper, f"/texts/changes/{proposed.pk}/decide/", {"do": "accept", "edition": proposed.edition}),
    )

    assert statuses == [302, 409]
    assert Revision.objects.get(pk=proposed.pk).status in ("accepted", "withdrawn")


def test_one_member_who_begins_in_many_tabs_at_once_has_one_draft():
    version, author = VersionFactory(), MemberFactory()
    address = f"/texts/memo/{version.text.key}/propose/"

    statuses = at_once(
        *((author, address, {"content": f"Tab {n}", "change": "minor", "edition": 1, "base": 1, "do": "save"})
          for n in range(8))
    )  # fmt: skip

    assert statuses == [302, *[409] * 7]
    words = {Revision.objects.get(author=author).content, *KeptText.objects.values_list("content", flat=True)}
    assert words == {f"Tab {n}\n" for n in range(8)}
    assert proposals.propose(Revision.objects.get(author=author), by=author, note="One").status == "proposed"
