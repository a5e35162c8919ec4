"""Where the embedded servers keep their data, and who may use it."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AS_ROOT = os.geteuid() == 0
NOBODY = 65534
LONGEST_SOCKET_FOLDER = 85  # a unix socket path has at most 107 bytes


def state_dir() -> Path:
    """The folder of this copy of the project; `COP_STATE` overrides it, so that copies run side by side."""
    if given := os.environ.get("COP_STATE"):
        return Path(given).resolve()
    if AS_ROOT:  # PostgreSQL refuses to run as root, and another user must be able to reach the folder
        return Path("/var/tmp") / f"cop-{digest(ROOT)}"  # noqa: S108 - make_state refuses another's folder
    return ROOT / ".local"


def make_state(base: Path) -> None:
    """Make the folder; refuse one that another user made, because whoever owns it could change what runs from it."""
    base.mkdir(parents=True, exist_ok=True)
    if base.stat().st_uid != os.geteuid():
        sys.exit(f"{base} belongs to another user. Name another folder with COP_STATE=/path/to/folder.")
    base.chmod(0o711 if AS_ROOT else 0o700)  # as root, PostgreSQL's own user passes through


def socket_dir(base: Path) -> Path:
    folder = base / "run"
    if len(str(folder)) <= LONGEST_SOCKET_FOLDER:
        return folder
    return Path(tempfile.gettempdir()) / f"cop-{os.geteuid()}-{digest(base)}"


def make_private(folder: Path) -> None:
    """A folder that nobody else looks into; as root it belongs to the user who runs PostgreSQL."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder.stat().st_uid not in {os.geteuid(), NOBODY if AS_ROOT else os.geteuid()}:
        sys.exit(f"{folder} belongs to another user. Name another folder with COP_STATE=/path/to/folder.")
    if AS_ROOT:
        os.chown(folder, NOBODY, NOBODY)


@contextlib.contextmanager
def alone(base: Path, name: str) -> Iterator[bool]:
    """Hold the lock of that name while the block runs; gives False where another process holds it.

    The kernel gives it back when this process ends, however it ends."""
    make_state(base)
    with (base / f"{name}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextlib.contextmanager
def one_at_a_time(base: Path, name: str) -> Iterator[None]:
    """Wait for the lock of that name and hold it while the block runs."""
    make_state(base)
    with (base / f"{name}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def digest(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


def secret_key(base: Path) -> str:
    """A random key of this copy, made once, so that people stay signed in over a restart of the demo."""
    file = base / "secret-key"
    if not file.exists():
        make_state(base)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()
