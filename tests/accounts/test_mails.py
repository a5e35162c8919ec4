import itertools
import re
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.utils import timezone

from cop.site.models import Mail
from members.templatetags.sign_in import device

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0 [x](https://evil.example)"
NOTICE = {"timestamp": timezone.now(), "ip": "192.0.2.7", "user_agent": FIREFOX}
SITE = settings.SITE_URL
CONTEXTS = {
    "account/email/email_confirmation": {"key": "k", "activate_url": f"{SITE}/accounts/confirm-email/k/"},
    "account/email/email_confirmation_signup": {"key": "k", "activate_url": f"{SITE}/accounts/confirm-email/k/"},
    "account/email/account_already_exists": {
        "signup_url": f"{SITE}/accounts/signup/",
        "password_reset_url": f"{SITE}/accounts/password/reset/",
    },
    "account/email/unknown_account": {"signup_url": f"{SITE}/accounts/signup/"},
    "account/email/password_reset_key": {"password_reset_url": f"{SITE}/accounts/password/reset/key/1-k/"},
    "account/email/login_code": {"code": "ABC-123"},
    "account/email/password_reset_code": {"code": "ABC-123"},
    "account/email/password_reset": NOTICE,
    "account/email/password_changed": NOTICE,
    "account/email/password_set": NOTICE,
    "account/email/email_changed": NOTICE | {"from_email": "old@example.org", "to_email": "new@example.org"},
    "account/email/email_confirm": NOTICE,
    "account/email/email_deleted": NOTICE | {"deleted_email": "old@example.org"},
    "mfa/email/recovery_codes_generated": NOTICE,
    "mfa/email/totp_activated": NOTICE,
    "mfa/email/totp_deactivated": NOTICE,
    "mfa/email/webauthn_added": NOTICE,
    "mfa/email/webauthn_removed": NOTICE,
    "socialaccount/email/account_connected": NOTICE | {"provider": "GitHub"},
    "socialaccount/email/account_disconnected": NOTICE | {"provider": "GitHub"},
}


def prefixes_in_allauth() -> set[str]:
    """What the installed version can send: its mail templates, and the names its code passes on."""
    root = Path(allauth.__file__).parent
    templates = (path.relative_to(root / "templates") for path in (root / "templates").rglob("email/*_subject.txt"))
    from_templates = {str(path).removesuffix("_subject.txt") for path in templates}
    sources = [path.read_text() for path in root.rglob("*.py") if "tests" not in path.parts]
    named = (re.findall(r'"((?:account|mfa|socialaccount)/email/[a-z_]+)"', source) for source in sources)
    return from_templates | set(itertools.chain.from_iterable(named))


def test_every_mail_that_allauth_can_send_has_its_letter():
    assert prefixes_in_allauth() == set(CONTEXTS)


@pytest.mark.parametrize("prefix", CONTEXTS)
def test_each_letter_is_complete(prefix):
    get_adapter().send_mail(prefix, "kim@example.org", CONTEXTS[prefix])

    mail = Mail.objects.get()
    assert (mail.kind, mail.to) == (prefix, "kim@example.org")
    assert mail.subject.endswith("· CoP-AI")
    for part in (mail.subject, mail.text, mail.html):
        assert not re.search(r"{{|{%|None|Undefined|!", re.sub(r"<!.*?>|!important|\[if[^>]*>", "", part))
    assert "evil.example" not in mail.text + mail.html
    assert len(mail.text) > 200
    assert "<html" in mail.html


@pytest.mark.parametrize("prefix", [prefix for prefix, context in CONTEXTS.items() if "timestamp" in context])
def test_a_notice_says_where_it_came_from_and_what_to_do(prefix):
    get_adapter().send_mail(prefix, "kim@example.org", CONTEXTS[prefix])

    text = Mail.objects.get().text
    assert "from Firefox on Linux, address 192.0.2.7" in text
    assert f"{SITE}/accounts/password/reset/" in text
    assert f"{SITE}/accounts/sessions/" in text


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Version/17.0 Safari/605.1.15", "Safari on macOS"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.0", "an unknown program"),
        ("", "an unknown program"),
    ],
)  # fmt: skip
def test_a_device_is_named_in_words(user_agent, words):
    assert device(user_agent) == words
