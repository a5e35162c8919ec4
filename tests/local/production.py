"""The site as production runs it: gunicorn, DEBUG off, collected static files, own database and cache."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from local import ports, processes
from local.servers import Postgres, Valkey, binaries
from local.state import ROOT
from local.suite import PREFIX, folder_for_tests

HOST = "community.example.org"
# As in docker/Dockerfile; the admin is left out here for speed alone.
IGNORED = [
    "bootstrap-*",
    "*.rtl.*",
    "bootstrap.bundle*",
    "bootstrap.esm*",
    "bootstrap.js*",
    "bootstrap.css*",
    "bootstrap.min.js*",
    "admin",
]


@dataclass
class Site:
    """A running production site and its servers."""

    port: int
    postgres: Postgres
    valkey: Valkey

    def get(self, path: str, *, secure: bool = True, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        """One request as the proxy would send it on."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Host": HOST, "X-Forwarded-Proto": "https" if secure else "http"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=sent)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def status(self, path: str) -> int:
        return self.get(path)[0].status

    def tool(self, name: str, *arguments: str, given: bytes = b"") -> bytes:
        """One of PostgreSQL's own programs against the site's server; returns what it printed."""
        command = [
            str(binaries() / "pginstall" / "bin" / name),
            f"--host={self.postgres.sockets}",
            "--username=postgres",
        ]
        return subprocess.run([*command, *arguments], input=given, capture_output=True, check=True).stdout

    def becomes(self, path: str, status: int, *, within: float) -> bool:
        until = time.monotonic() + within
        while time.monotonic() < until:
            if self.status(path) == status:
                return True
            time.sleep(0.05)
        return False


def variables(base: Path, postgres: Postgres, valkey: Valkey) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "cop.settings",
        "SITE_URL": f"https://{HOST}",
        "ALLOWED_HOSTS": HOST,
        "SECRET_KEY": "a-key-of-the-tests-that-is-long-enough-0123456789-abcdefghij",
        "DATABASE_URL": postgres.url("site"),
        "REDIS_URL": valkey.url(),
        "EMAIL_URL": "smtp://127.0.0.1:9",
        "BEHIND_PROXY": "on",
        "STATIC_ROOT": str(base / "static"),
    }


@contextlib.contextmanager
def running_site() -> Iterator[Site]:
    base = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=folder_for_tests()))
    postgres, valkey = Postgres(base, durable=False), Valkey(base)
    web = ports.listen_on(0)
    environment = variables(base, postgres, valkey)
    gunicorn = ["-m", "gunicorn", f"--bind=fd://{web.fileno()}", "--threads=4", "--no-control-socket", "cop.wsgi"]
    server = None
    try:
        collecting = subprocess.Popen(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0", *[f"-i{name}" for name in IGNORED]],
            env=environment, cwd=ROOT,
        )  # fmt: skip
        postgres.start()
        valkey.start()
        postgres.create_database("site")
        for command in ("migrate", "load_starter_content"):
            subprocess.run([sys.executable, "manage.py", command, "-v0"], env=environment, cwd=ROOT, check=True)
        assert collecting.wait() == 0
        server = processes.start(
            [sys.executable, *gunicorn], base / "log" / "web.log", env=environment, cwd=ROOT, pass_fds=[web.fileno()]
        )
        site = Site(ports.number(web), postgres, valkey)
        assert site.becomes("/readyz", 200, within=30), processes.tail(base / "log" / "web.log")
        yield site
    finally:
        processes.stop(server)
        valkey.stop()
        postgres.stop()
        web.close()
        shutil.rmtree(base, ignore_errors=True)
