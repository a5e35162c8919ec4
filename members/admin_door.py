"""The door to the admin: organizers enter by the site's own log-in, with a second step where one is asked for."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import secure_admin_login
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

SECRETS = [Authenticator, SocialApp, SocialToken, UserSession]  # nobody reads or makes these for others
NOT_SET_UP = "The admin asks for a second step at log-in. Set one up here; then the admin opens."
NOT_USED = "The admin opens after your second step. Type a code, or use your key."


def guard(site: AdminSite) -> None:
    """Let the site's own log-in and second step stand before an admin site. Repeating changes nothing.

    Visitors are led to the log-in and back; members who are not organizers get a 403; organizers who have not passed a
    second step in this session are led to it while ADMIN_REQUIRES_MFA is on.
    """
    site.enable_nav_sidebar = False
    for secret in SECRETS:
        if site.is_registered(secret):
            site.unregister(secret)
    # Django's two-box chooser has labels that screen readers cannot use.
    site.get_model_admin(Group).filter_horizontal = ()  # type: ignore[misc]
    site.has_permission = may_enter  # type: ignore[method-assign]
    site.login = log_in  # type: ignore[method-assign]
    site.password_change = change_password  # type: ignore[assignment, method-assign]


def may_enter(request: HttpRequest) -> bool:
    user = request.user
    return user.is_active and user.is_staff and not step_missing(request)


@secure_admin_login
def log_in(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """Where the admin sends those it does not let in; only organizers come this far."""
    target = request.GET.get("next") or reverse("admin:index")
    if not (page := step_missing(request)):
        return HttpResponseRedirect(reverse("admin:index"))
    messages.warning(request, NOT_SET_UP if page == "mfa_index" else NOT_USED)
    return HttpResponseRedirect(f"{reverse(page)}?{urlencode({'next': target})}")


def change_password(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """The site has one page for this, which also tells the owner by mail."""
    return HttpResponseRedirect(reverse("account_change_password"))


def step_missing(request: HttpRequest) -> str:
    """The name of the page on which the second step is made up for; empty where nothing is missing."""
    if not settings.ADMIN_REQUIRES_MFA or not request.user.is_authenticated:
        return ""
    if not is_mfa_enabled(request.user):
        return "mfa_index"
    if any(record["method"] == "mfa" for record in get_authentication_records(request, request.user)):
        return ""
    by_code = is_mfa_enabled(request.user, [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES])
    return "mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn"
