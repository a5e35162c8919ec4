import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from newsletters import operations
from newsletters.models import Delivery, Issue
from tests.factories.members import MemberFactory
from tests.factories.newsletters import IssueFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db
NOTHING = {"sent": 0, "failed": 0, "skipped": 0, "suppressed": 0, "uncertain": 0, "later": 0}


@pytest.fixture
def issue(mail_server):
    for name in ("a", "b", "c"):
        SubscriptionFactory(email=f"{name}@example.org")
    made = IssueFactory(slug="first-issue", number=41)
    operations.approve(made, by=MemberFactory())
    return made


def said(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_the_command_sends_an_approved_issue_and_a_second_run_sends_nothing(issue, mail_server):
    first = json.loads(said("send_newsletter", "first-issue", "--json"))
    second = json.loads(said("send_newsletter", "41", "--json"))

    assert first["now"] == NOTHING | {"sent": 3}
    assert second["now"] == NOTHING
    assert first["ledger"]["sent"] == second["ledger"]["audience"] == len(mail_server.letters) == 3


def test_a_dry_run_sends_nothing_and_starts_nothing(issue, mail_server):
    answer = json.loads(said("send_newsletter", "first-issue", "--dry-run", "--json"))

    assert (answer["dry_run"], answer["ledger"]["pending"], mail_server.letters) == (True, 3, [])
    assert Issue.objects.get().status == "approved"


@pytest.mark.parametrize(("status", "words"), [("draft", "is a draft"), ("paused", "is paused")])
def test_a_draft_or_paused_issue_is_refused(issue, status, words):
    Issue.objects.update(status=status)

    with pytest.raises(CommandError, match=words):
        call_command("send_newsletter", "first-issue")


@pytest.mark.parametrize("command", ["send_newsletter", "newsletter_ledger"])
def test_an_unknown_issue_is_refused(db, command):
    with pytest.raises(CommandError, match="There is no issue “nothing”"):
        call_command(command, "nothing")


def test_the_ledger_adds_up_and_folds_what_is_in_hand(issue):
    states = ["claimed", "sending", "failed"]
    for row, state in zip(Delivery.objects.order_by("id"), states, strict=True):
        Delivery.objects.filter(pk=row.pk).update(state=state, claimed_by=1, claimed_at=row.changed_at)

    answer = json.loads(said("newsletter_ledger", "first-issue", "--json", "--rows"))

    assert answer == {
        "audience": 3, "pending": 1, "sent": 0, "failed": 1, "suppressed": 0, "skipped": 0, "uncertain": 1,
        "rows": [["a@example.org", "pending"], ["b@example.org", "uncertain"], ["c@example.org", "failed"]],
    }  # fmt: skip


def test_without_json_people_can_read_it(issue):
    assert "audience          3" in said("newsletter_ledger", "first-issue")
    assert "sent              3" in said("send_newsletter", "first-issue")
