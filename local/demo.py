"""`./run demo`: the whole site with a made-up community, on this machine alone."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from local.environment import DATABASE, environment
from local.parts import Parts
from local.ports import listen_on, number
from local.processes import ENDINGS
from local.servers import Postgres, Valkey
from local.state import ROOT, alone, state_dir

PATIENCE = 15.0  # seconds, for the servers of a killed run to end
ACCOUNTS = {
    "bart": "organizer, may do everything in the admin",
    "maria": "committee member, organizer of governance",
    "adrian": "Mentor",
    "kim": "Builder",
    "sayed": "Explorer",
    "leo": "Partner",
}


class Steps:
    """A line for each step, with the seconds since the start."""

    def __init__(self) -> None:
        self.started = time.monotonic()

    def seconds(self) -> float:
        return time.monotonic() - self.started

    def say(self, what: str) -> None:
        print(f"[{self.seconds():6.2f} s] {what}", flush=True)


def main() -> None:
    options = arguments()
    for ending in ENDINGS:
        signal.signal(ending, end)
    base = state_dir()
    with alone(base, "demo") as mine:
        if not mine:
            sys.exit(
                f"The demo of this copy is running already. For a second one: COP_STATE=/another/folder (not {base})."
            )
        sys.exit(run(base, options))


def end(*_: object) -> NoReturn:
    """Leave in good order; further signals change nothing, because the way out takes a few seconds at most."""
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_IGN)
    sys.exit(0)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="where the site answers; 0 takes a free port")
    parser.add_argument("--members", type=int, default=60, help="how many made-up members there are")
    parser.add_argument("--check", action="store_true", help="open the main pages, print a table and end")
    return parser.parse_args()


def run(base: Path, options: argparse.Namespace) -> int:
    """Bring everything up, then check it or wait until somebody stops it; everything started here has ended then."""
    try:
        web, mail = listen_on(options.port), listen_on(0)
    except OSError:
        sys.exit(f"Port {options.port} is taken. Choose another: ./run demo --port {options.port + 1}")
    steps, site = Steps(), f"http://127.0.0.1:{number(web)}"
    with servers(base, steps) as (postgres, valkey):
        variables = environment(base, port=number(web), smtp_port=number(mail), postgres=postgres, valkey=valkey)
        os.environ.update(variables)
        parts = Parts(base)
        try:
            parts.start_behind(mail)
            fill(options.members, steps)
            parts.start_in_front(web)
            parts.wait(site)
            steps.say("Web server, worker, beat and mail catcher are up")
            if options.check:
                from local import check

                return check.run(site, base / "mailbox")
            banner(site, base, steps)
            return parts.watch()
        finally:
            parts.stop()


@contextlib.contextmanager
def servers(base: Path, steps: Steps) -> Iterator[tuple[Postgres, Valkey]]:
    """Own servers for the time of the demo. Those of a killed run may still be ending; those of a command are left."""
    postgres, valkey = Postgres(base), Valkey(base)
    until = time.monotonic() + PATIENCE
    while valkey.answers() or postgres.answers():
        if time.monotonic() > until:
            sys.exit("Another ./run command uses the servers of this copy. Start the demo again when it has ended.")
        time.sleep(0.1)
    try:
        postgres.start()
        postgres.create_database(DATABASE)
        steps.say("PostgreSQL is up")
        valkey.start()
        steps.say("Valkey is up")
        yield postgres, valkey
    finally:
        valkey.stop()
        postgres.stop()


def fill(members: int, steps: Steps) -> None:
    """Migrations, starter content and the made-up community; what is there already stays."""
    os.chdir(ROOT)
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0)
    steps.say("The database is migrated")
    call_command("load_starter_content", verbosity=0)
    steps.say("The starter content is there")
    call_command("make_demo", members=members, verbosity=0)
    steps.say("The demo community is there")
    connections.close_all()


def banner(site: str, base: Path, steps: Steps) -> None:
    accounts = "\n".join(f"    {f'{name}@demo.invalid':22} {role}" for name, role in ACCOUNTS.items())
    print(
        f"""
  The site is ready after {steps.seconds():.1f} s

    {site}/
    {site}/mailbox/   every mail that the site sends
    {site}/admin/     for organizers

  Accounts, the password of all is: demo

{accounts}

  Data and logs: {base} (delete it to start afresh)
  Ctrl-C stops everything.
""",
        flush=True,
    )


if __name__ == "__main__":
    main()
