"""Members who can log in by password, and what they do in a browser."""

from __future__ import annotations

import re
import urllib.parse

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from cop.site.models import Mail
from members.models import Member
from tests.factories.members import MemberFactory

PASSWORD = "four unrelated words 7"


def make_member(email: str = "kim@example.org", *, confirmed: bool = True, **fields: object) -> Member:
    member = MemberFactory(name="Kim Vermeer", email=email, **fields)
    member.set_password(PASSWORD)
    member.save(update_fields=["password"])
    EmailAddress.objects.create(user=member, email=email, verified=confirmed, primary=True)
    return member


@pytest.fixture
def kim(db: None) -> Member:
    return make_member()


@pytest.fixture
def browser() -> Client:
    return Client()


@pytest.fixture
def kims_browser(kim: Member, browser: Client) -> Client:
    """Logged in, and asked for the password once more just now, so that dangerous pages open."""
    log_in(browser)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return browser


def log_in(browser: Client, email: str = "kim@example.org", password: str = PASSWORD, **more: str):
    return browser.post("/accounts/login/", {"login": email, "password": password, **more})


def join(browser: Client, **changes: str):
    typed = {"name": "Kim Vermeer", "email": "kim@example.org", "password1": PASSWORD} | changes
    return browser.post("/accounts/signup/", typed)


def link_in(mail: Mail, part: str) -> str:
    """The path of the link in a mail whose address holds the part."""
    address = next(found for found in re.findall(r"https?://[^\s)>\"]+", mail.text) if part in found)
    return urllib.parse.urlsplit(address).path


def without_token(response) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
