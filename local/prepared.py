"""A PostgreSQL cluster with all tables and no rows, kept for the tests: copying takes a tenth of the time of making.

It is made anew whenever a migration or a package changes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from local.environment import DATABASE, environment
from local.servers import Postgres, Valkey
from local.state import ROOT, make_state, one_at_a_time, state_dir

NAME = "prepared-"
LOCK = ROOT / "requirements-local.lock"


def prepared() -> Path:
    """The data folder of the kept cluster, which is made first where there is none for these migrations."""
    folder = state_dir() / f"{NAME}{fingerprint()}"
    make_state(state_dir())
    with one_at_a_time(state_dir(), "prepared"):
        if not folder.exists():
            for old in state_dir().glob(f"{NAME}*"):
                shutil.rmtree(old, ignore_errors=True)
            make(folder)
    return folder / "postgres"


def make(folder: Path) -> None:
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    postgres = Postgres(part, durable=False)
    try:
        postgres.start()
        postgres.create_database(DATABASE)
        variables = environment(part, port=8000, smtp_port=9, postgres=postgres, valkey=Valkey(part))
        migrate = [sys.executable, "manage.py", "migrate", "-v", "0", "--skip-checks"]
        subprocess.run(migrate, env=os.environ | variables, cwd=ROOT, check=True)
    finally:
        postgres.stop(clean=True)
    part.rename(folder)


def fingerprint() -> str:
    """Of everything the tables come from: our migrations, and the packages with theirs and with PostgreSQL itself."""
    sources = [LOCK, *sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("cop/*/migrations/*.py")])]
    total = hashlib.sha256()
    for source in sources:
        total.update(f"{source.relative_to(ROOT)} {hashlib.sha256(source.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()[:16]
