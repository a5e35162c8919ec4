"""/healthz and /readyz against real servers that are really away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

pytestmark = pytest.mark.django_db


def test_ready_when_database_cache_and_broker_answer(client: Client):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "checks": {"database": "ok", "cache": "ok", "broker": "ok"}}
    assert "no-cache" in answer["Cache-Control"]


def test_healthz_asks_no_server(client: Client, django_assert_num_queries: Any):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_a_database_that_is_away_is_named(client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setitem(connection.settings_dict, "HOST", str(tmp_path))

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": "cannot be reached", "cache": "ok", "broker": "ok"}


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_is_not_applied_is_counted(client: Client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'usersessions' RETURNING name")
        taken = [name for (name,) in cursor.fetchall()]
    try:
        answer = client.get("/readyz")
    finally:
        with connection.cursor() as cursor:
            for name in taken:
                cursor.execute(
                    "INSERT INTO django_migrations (app, name, applied) VALUES ('usersessions', %s, now())", [name]
                )

    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == "1 migration is not applied"


def test_a_cache_that_is_away_is_named(client: Client, settings: Any, tmp_path: Path):
    settings.CACHES = {
        **settings.CACHES,
        "default": {**settings.CACHES["default"], "LOCATION": f"unix://{tmp_path}/no?db=1"},
    }

    assert client.get("/readyz").json()["checks"]["cache"] == "cannot be reached"


def test_a_probe_may_use_head(client: Client):
    assert [client.head(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]
