"""The mail catcher as its own process, spoken to over SMTP."""

from __future__ import annotations

import asyncio
import smtplib
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace

import pytest

from local import ports, processes
from local.mailcatcher import Folder
from local.state import ROOT


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    listening = ports.listen_on(0)
    catcher = processes.start(
        [sys.executable, "-m", "local.mailcatcher", f"--fd={listening.fileno()}", f"--folder={tmp_path / 'mailbox'}"],
        tmp_path / "log", cwd=ROOT, pass_fds=[listening.fileno()],
    )  # fmt: skip
    yield ports.number(listening)
    processes.stop(catcher)
    listening.close()


def letter(subject: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "site@example.org", "List <list@example.org>", subject
    made.set_content("Grüße\n")
    return made


def test_a_mail_is_kept_whole_with_the_receivers_of_its_envelope(port: int, tmp_path: Path):
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(letter("Hello"), to_addrs=["kim@demo.invalid", "leo@demo.invalid"])

    (file,) = (tmp_path / "mailbox").glob("*")
    lines = file.read_bytes().split(b"\r\n")
    assert file.suffix == ".eml"
    assert lines[:2] == [b"X-Envelope-From: site@example.org", b"X-Envelope-To: kim@demo.invalid, leo@demo.invalid"]
    assert b"Subject: Hello" in lines


def test_the_folder_is_for_the_own_user_alone(port: int, tmp_path: Path):
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(letter("Hello"), to_addrs=["kim@demo.invalid"])

    (file,) = (tmp_path / "mailbox").glob("*")
    assert (file.stat().st_mode & 0o077, (tmp_path / "mailbox").stat().st_mode & 0o077) == (0, 0)


def test_only_the_newest_mails_are_kept(tmp_path: Path):
    folder = Folder(tmp_path, keep=3)
    for number in range(5):
        envelope = SimpleNamespace(mail_from="a@b", rcpt_tos=["c@d"], content=str(number).encode())
        with ThreadPoolExecutor(1) as own_thread:  # the browser's driver may keep a loop in this one
            own_thread.submit(asyncio.run, folder.handle_DATA(None, None, envelope)).result()
        time.sleep(0.001)

    folder.prune()

    assert [file.read_bytes()[-1:] for file in sorted(tmp_path.glob("*.eml"))] == [b"2", b"3", b"4"]
