"""How allauth speaks to our members: names and handles at sign-up, mail by the outbox, errors that say what to do."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import Http404, HttpRequest

from cop.lib.addresses import validate_plain_address
from cop.site import outbox
from cop.site.letters import write
from members.invited import SESSION_KEY
from members.models import Member
from members.names import free_handle
from members.operations import invitations

WHY = "You get this mail because somebody used your address on our site. If it was not you, you need to do nothing."
WHY_NOTICE = "You get this mail because something changed in your account. Such mails cannot be switched off."


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Address and password do not fit together. Check both, or set a new password.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, or set a new password by mail.",
        "enter_current_password": "This is not the password you use now.",
        "incorrect_password": "This is not your password. Try again, or set a new one by mail.",
        "duplicate_email": "This is the address you have already. Write the new one.",
        "email_taken": "There is an account with this address already.",
        "rate_limited": "That was a lot of tries in a short time. Wait a few minutes.",
    }

    def save_user(self, request: HttpRequest, user: Member, form: Form, commit: bool = True) -> Member:
        """Save a new member under a free handle.

        Two sign-ups at the same moment may find the same handle free: the later one takes the next. With the same
        address only the first is saved; the other sees the same page, and the mail is on its way already.
        """
        user.name = form.cleaned_data.get("name") or form.cleaned_data.get("first_name") or ""
        while True:
            user.handle = free_handle(user.name, lambda handle: Member.objects.filter(handle=handle).exists())
            try:
                with transaction.atomic():
                    saved: Member = super().save_user(request, user, form, commit)
                    if token := request.session.pop(SESSION_KEY, ""):
                        invitations.accept(token, by=saved)
                    return saved
            except IntegrityError as error:
                if "one_member_per_handle" not in str(error):
                    raise ImmediateHttpResponse(self.respond_email_verification_sent(request, None)) from error

    def clean_password(self, password: str, user: Member | None = None) -> str:
        """At sign-up allauth asks with a member that has no name yet; the typed one is put in, to be compared too."""
        if user is not None and user.pk is None:
            user.name = self.request.POST.get("name", "").strip() or "member"
        cleaned: str = super().clean_password(password, user)
        return cleaned

    def clean_email(self, email: str) -> str:
        validate_plain_address(email)
        return str(super().clean_email(email))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every mail of allauth has a letter of ours at email/<its prefix>.md; it leaves through the outbox."""
        if template_prefix.endswith("account_already_exists"):
            make_password(uuid.uuid4().hex)  # takes as long as making an account, so that time tells nothing
        why = WHY_NOTICE if "timestamp" in context else WHY
        letter = write(f"email/{template_prefix.removesuffix('_message')}.md", {**context, "email": email}, why=why)
        outbox.queue(letter, to=email, kind=template_prefix, key=f"{template_prefix}:{uuid.uuid4()}")


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sites that are not set up have no address here."""

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        try:
            return super().get_app(request, provider, client_id)
        except SocialApp.DoesNotExist as error:
            raise Http404 from error
