"""Whether the process lives, and whether it can do its work; for load balancers, containers and monitors."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable

import psycopg
import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from cop.celery import app
from cop.lib.words import count

log = logging.getLogger(__name__)
PATIENCE = 2  # seconds for each of the three servers
AWAY = (OSError, psycopg.Error, redis.RedisError, OperationalError)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives. Asks nobody else, so that an outage elsewhere is no reason to restart it."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, cache and broker can be reached and every migration is applied: 200, else 503; names each state."""
    checks = {"database": check(database), "cache": check(cache), "broker": check(broker)}
    ready = all(state == "ok" for state in checks.values())
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


def check(question: Callable[[], str]) -> str:
    """The answer of one check; what a server said stays in the log, because this page is public."""
    try:
        return question()
    except AWAY as error:
        log.warning("not ready, %s: %s", question.__name__, error)
        return "cannot be reached"


def database() -> str:
    """Over a connection of its own, so that a slow database cannot hold the answer up."""
    limits = {"connect_timeout": PATIENCE, "options": f"-c statement_timeout={PATIENCE * 1000}"}
    with psycopg.connect(**{**connection.get_connection_params(), "cursor_factory": psycopg.Cursor, **limits}) as own:
        if own.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
            return "has no tables yet"
        applied = {(app, name) for app, name in own.execute("SELECT app, name FROM django_migrations")}
    missing = known_migrations() - applied
    if missing:
        log.warning("not ready, migrations not applied: %s", ", ".join(sorted(map(".".join, missing))))
        return f"{count(len(missing), 'migration')} {'is' if len(missing) == 1 else 'are'} not applied"
    return "ok"


@functools.cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """All migrations that this process's code brings; they do not change while it runs."""
    return frozenset(MigrationLoader(None).graph.nodes)


def cache() -> str:
    client = redis.Redis.from_url(
        settings.CACHES["default"]["LOCATION"], socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, retry=None
    )
    with client:
        client.ping()
    return "ok"


def broker() -> str:
    with app.connection_for_write(connect_timeout=PATIENCE) as link:
        link.ensure_connection(max_retries=1, interval_start=0, timeout=PATIENCE)
    return "ok"
