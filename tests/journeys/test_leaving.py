"""What is kept about somebody: a use allowed, a copy taken home, the account deleted, kept, and deleted for good."""

from __future__ import annotations

import json
import zipfile
from typing import Any

from tests.journeys.visitor import Visitor

HANDLE = "member-0012"  # no other journey signs in as this member
ADDRESS = f"{HANDLE}@demo.invalid"
THANKS = "Your three questions before the first prompt saved us a week."
HOURS_LATER = f"""
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
for one in UserSession.objects.filter(user__handle="{HANDLE}"):
    session = SessionStore(one.session_key)
    session["account_authentication_methods"] = [
        proof | {{"at": proof["at"] - 3 * 3600}} for proof in session["account_authentication_methods"]
    ]
    session.save()
"""
FIFTEEN_DAYS_LATER = f"""
from datetime import timedelta
from django.core.management import call_command
from django.db.models import F
from members.models import ErasureRequest
days = timedelta(days=15)
wish = ErasureRequest.objects.filter(member__handle="{HANDLE}", cancelled_at=None)
wish.update(asked_at=F("asked_at") - days, due_at=F("due_at") - days)
call_command("erase_due_members", json=True)
"""


def test_a_member_takes_a_copy_leaves_comes_back_and_leaves_for_good(visitor, manage):
    visitor.sign_in(HANDLE)
    name = own_name(visitor)
    thank_kim(visitor, name)
    allow_a_use(visitor)
    manage("shell", "-v", "0", "-c", HOURS_LATER)
    assert copy_of_everything(visitor)["profile"]["name"] == name

    ask_to_leave(visitor)
    keep_the_account(visitor)
    ask_to_leave(visitor)
    done = json.loads(manage("shell", "-v", "0", "-c", FIFTEEN_DAYS_LATER))

    assert done == {"due": 1, "erased": 1, "waiting": 0}
    is_signed_out_and_stays_out(visitor)
    is_gone_for_others(visitor, name)


def own_name(visitor: Visitor) -> str:
    visitor.open(f"/members/{HANDLE}/")
    return str(visitor.page.locator("main h1").inner_text())


def thank_kim(visitor: Visitor, name: str) -> None:
    """What stays behind: words to somebody else, under the own name."""
    visitor.open("/members/kim/kudos/")
    visitor.page.locator("main form textarea, main form input[type=text]").first.fill(THANKS)
    visitor.page.locator("main form button[type=submit]").click()
    visitor.page.wait_for_url("**/members/kim/**")
    assert name in words_of_thanks(visitor)


def words_of_thanks(visitor: Visitor) -> str:
    return str(visitor.page.locator(".thanks > li", has_text=THANKS).inner_text())


def allow_a_use(visitor: Visitor) -> None:
    visitor.open("/me/privacy/")
    allowed = visitor.page.get_by_label("Suggest me for tasks and offices")
    assert not allowed.is_checked()
    allowed.check()
    visitor.press("Save my choices")
    visitor.sees("Your choices are saved.")
    visitor.open("/me/privacy/")
    assert allowed.is_checked()


def copy_of_everything(visitor: Visitor) -> dict[str, Any]:
    """The password is asked for once more; then the file comes by itself."""
    visitor.press("Download everything")
    visitor.sees("Is it still you?")
    visitor.page.locator("#id_password").fill("demo")
    with visitor.page.expect_download() as waiting:
        visitor.press("Go on")
    assert waiting.value.suggested_filename.startswith(f"{HANDLE}-20")
    with zipfile.ZipFile(waiting.value.path()) as packed:
        assert packed.testzip() is None
        return dict(json.loads(packed.read("member.json")))


def ask_to_leave(visitor: Visitor) -> None:
    visitor.open("/me/privacy/")
    visitor.follow("Delete my account")
    visitor.page.wait_for_url("**/me/privacy/leave/")
    visitor.fill("Your password", "demo")
    visitor.page.get_by_label("I understand that nothing").check()
    visitor.press("Delete my account in 14 days")
    visitor.sees("Until then you can keep it.")


def keep_the_account(visitor: Visitor) -> None:
    """The start page and a mail say what is about to happen, and the start page leads to the way back."""
    visitor.gets_mail(ADDRESS, "Your account is deleted on")
    visitor.open("/dashboard/")
    visitor.sees("Your account will be deleted on")
    assert visitor.faults(contrast=True) == []
    visitor.follow("Keep it")
    visitor.press("Keep my account")
    visitor.sees("Your account stays as it is.")
    visitor.open("/dashboard/")
    assert "Your account will be deleted on" not in visitor.text()


def is_signed_out_and_stays_out(visitor: Visitor) -> None:
    visitor.open("/dashboard/")
    visitor.page.wait_for_url("**/accounts/login/**")
    visitor.log_in(ADDRESS, "demo")
    visitor.page.locator("#error-summary").wait_for()
    assert "/accounts/login/" in visitor.page.url


def is_gone_for_others(visitor: Visitor, name: str) -> None:
    visitor.sign_in("kim")
    visitor.open(f"/members/{HANDLE}/", status=404)
    visitor.wait_until(f"/members/?q={name.replace(' ', '+')}", lambda page: f"/members/{HANDLE}/" not in page)
    visitor.open("/members/kim/")
    thanks = words_of_thanks(visitor)
    assert "Former member" in thanks
    assert name not in thanks
