"""Children are started whole or not at all, whatever signal comes meanwhile."""

import subprocess
import sys
from pathlib import Path

from local import processes
from local.state import ROOT

# The signal comes in the middle of the fork, where Python swallows what a handler raises.
SIGNALLED = """
import os, signal, sys
from pathlib import Path
from local import processes
signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGTERM))
processes.start(["sleep", "30"], Path(sys.argv[1]))
sys.exit("the signal was lost")
"""


def test_a_signal_that_comes_while_a_child_is_made_is_not_lost(tmp_path: Path):
    command = [sys.executable, "-c", SIGNALLED, str(tmp_path / "child.log")]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20)

    assert (done.returncode, done.stderr) == (7, "")


def test_a_child_waits_for_no_signal(tmp_path: Path):
    log = tmp_path / "child.log"

    processes.start(["grep", "SigBlk", "/proc/self/status"], log).wait(20)

    assert int(log.read_text().split()[1], 16) == 0
