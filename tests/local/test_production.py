"""The promises of a production installation, over HTTP."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from local.state import ROOT
from tests.local.production import HOST, Site, running_site

pytestmark = pytest.mark.slow
REQUIRED = ["SITE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"]
GOOD = {
    "SITE_URL": f"https://{HOST}",
    "SECRET_KEY": "a-key-of-the-tests-that-is-long-enough-0123456789-abcdefghij",
    "ALLOWED_HOSTS": HOST,
    "DATABASE_URL": "postgres://127.0.0.1/x",
    "REDIS_URL": "redis://127.0.0.1",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}
BAD = {
    "SITE_URL": "community.example.org",
    "SECRET_KEY": "short",
    "REDIS_URL": "http://127.0.0.1",
    "DEBUG": "perhaps",
}


def one_and_the_others(first: str, *others: str) -> list[Any]:
    """Every day one of them; each starts a process."""
    return [first, *(pytest.param(name, marks=pytest.mark.thorough) for name in others)]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


class Files(HTMLParser):
    """What a browser fetches for the first view."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"script", "img", "iframe"} and given.get("src"):
            self.found.append(str(given["src"]))
        if tag == "link" and given.get("rel") in {"stylesheet", "icon", "preload", "manifest"}:
            self.found.append(str(given["href"]))


@pytest.mark.thorough
def test_the_first_view_is_light_and_comes_from_one_host(site: Site):
    page = site.get("/")[1]
    files = Files(page.decode()).found

    answers = [site.get(file, Accept_Encoding="br") for file in files]

    assert [file for file in files if not file.startswith("/static/")] == []
    assert [answer.status for answer, _ in answers] == [200] * len(files)
    assert 4 <= 1 + len(files) <= 10
    assert len(gzip.compress(page)) + sum(len(body) for _, body in answers) <= 60_000


@pytest.mark.thorough
def test_static_files_are_fingerprinted_compressed_and_kept_for_years(site: Site):
    sheets = [file for file in Files(site.get("/")[1].decode()).found if file.endswith(".css")]

    for sheet in sheets:
        answer = site.get(sheet, Accept_Encoding="gzip, br")[0]
        assert re.search(r"\.[0-9a-f]{12}\.css$", sheet)
        assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
        assert answer.headers["Content-Encoding"] == "br"


@pytest.mark.thorough
def test_every_page_carries_the_security_headers(site: Site):
    headers = site.get("/")[0].headers

    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert "default-src 'self'" in headers["Content-Security-Policy"].split("; ")
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.thorough
def test_cookies_are_bound_to_host_and_https(site: Site):
    cookie = site.get("/accounts/login/")[0].headers["Set-Cookie"]

    assert cookie.startswith("__Host-csrf=")
    assert "Secure" in cookie


@pytest.mark.thorough
def test_http_is_led_to_https_except_for_the_probes(site: Site):
    answer = site.get("/events/", secure=False)[0]

    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/events/")
    assert [site.get(path, secure=False)[0].status for path in ("/healthz", "/readyz")] == [200, 200]


@pytest.mark.thorough
def test_a_foreign_host_name_is_refused(site: Site):
    assert site.get("/", Host="evil.example")[0].status == 400


@pytest.mark.thorough
@pytest.mark.parametrize("path", ["/mailbox/", "/styleguide/"])
def test_what_belongs_to_the_demo_is_not_there(site: Site, path: str):
    assert site.status(path) == 404


@pytest.mark.thorough
def test_without_redis_pages_answer_and_readyz_names_it(site: Site):
    site.valkey.stop()
    try:
        readyz, body = site.get("/readyz")
        pages = [site.status(path) for path in ("/", "/accounts/login/", "/events/", "/healthz")]
    finally:
        site.valkey.start()

    assert pages == [200, 200, 200, 200]
    assert readyz.status == 503
    assert b'"cache": "cannot be reached", "broker": "cannot be reached"' in body
    assert site.becomes("/readyz", 200, within=5)


@pytest.mark.thorough
def test_without_the_database_the_process_lives_and_it_works_again_within_5_seconds(site: Site):
    site.postgres.stop()
    try:
        statuses = [site.status(path) for path in ("/healthz", "/readyz")]
    finally:
        site.postgres.start()

    assert statuses == [200, 503]
    assert site.becomes("/readyz", 200, within=5)
    assert site.becomes("/", 200, within=5)


@pytest.mark.thorough
def test_a_restored_dump_equals_what_was_dumped(site: Site):
    dump = site.tool("pg_dump", "--format=custom", "site")
    before = rows(site)

    site.tool("dropdb", "--force", "site")
    site.tool("createdb", "site")
    assert site.status("/readyz") == 503
    site.tool("pg_restore", "--dbname=site", "--no-owner", "--exit-on-error", given=dump)

    assert len(before) > 100
    assert rows(site) == before
    assert site.becomes("/", 200, within=5)


def rows(site: Site) -> list[bytes]:
    lines = site.tool("pg_dump", "--data-only", "--inserts", "site").splitlines()
    return sorted(line for line in lines if line.startswith(b"INSERT"))


def start(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check"], env={"PATH": os.environ["PATH"], **variables}, cwd=ROOT,
        capture_output=True, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("name", one_and_the_others(*REQUIRED))
def test_a_missing_variable_stops_the_start_with_one_line_that_names_it(name: str):
    done = start({key: value for key, value in GOOD.items() if key != name})

    assert (done.returncode, done.stderr) == (1, f"Setting {name}: is missing from the environment.\n")


@pytest.mark.parametrize("name", one_and_the_others(*BAD))
def test_a_bad_variable_stops_the_start_with_one_line_that_names_it(name: str):
    done = start(GOOD | {name: BAD[name]})

    assert done.returncode == 1
    assert re.fullmatch(rf"Setting {name}: .+\n", done.stderr)
