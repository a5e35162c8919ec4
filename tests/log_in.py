"""Signs the browser of a test in by one row; Django makes a session, looks whether it is free, and makes another."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client
from django.utils.crypto import get_random_string

django_own_way = Client._login


def log_in(client: Client, user: Any, backend: str) -> None:
    """What `Client.force_login` leaves behind: the session, the cookie, and whatever answers to a log-in."""
    if settings.SESSION_COOKIE_NAME in client.cookies:
        return django_own_way(client, user, backend)
    request = HttpRequest()
    request.session = SessionStore(get_random_string(32))
    request.user = user
    request.session._session_cache = {
        SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: backend, HASH_SESSION_KEY: user.get_session_auth_hash(),
    }  # fmt: skip
    user_logged_in.send(sender=type(user), request=request, user=user)
    request.session.save(must_create=True)
    return client._set_login_cookies(request)
