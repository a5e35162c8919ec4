#!/usr/bin/env bash
# Follow a lab in a temporary folder: save its files, run its commands, compare what they print.
# Usage: bash content/check_lab.sh content/modules/<module>/labs/<lab>.md
set -euo pipefail
lab="$(realpath "$1")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8
python3 - "$lab" "$work" <<'PYTHON'
import os
import pathlib
import re
import subprocess
import sys
import time


def wait_for(pid):
    """Two seconds at most; less where the system tells that the program listens already."""
    for _ in range(20):
        time.sleep(0.1)
        try:
            own = {os.readlink(file) for file in pathlib.Path(f"/proc/{pid}/fd").iterdir()}
            rows = [line.split() for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]]
        except OSError:
            continue
        if any(row[3] == "0A" and f"socket:[{row[9]}]" in own for row in rows):
            return


lab, work = map(pathlib.Path, sys.argv[1:])
text, folder, printed, servers, compared, failed = lab.read_text(encoding="utf-8"), work, None, [], 0, 0
try:
    for fence in re.finditer(r"^```(\w+)\n(.*?)^```$", text, re.S | re.M):
        language, body = fence.groups()
        lead = text[: fence.start()].rstrip().rsplit("\n", 1)[-1]
        name = re.search(r"as `([^`]+)`:$", lead)
        if name:
            (folder / name[1]).write_text(body, encoding="utf-8")
        elif language == "sh" and "second terminal" in lead:
            servers.append(subprocess.Popen(["bash", "-c", "exec " + body], cwd=folder, stdout=subprocess.DEVNULL))
            wait_for(servers[-1].pid)
        elif language == "sh":
            run = subprocess.run(
                ["bash", "-c", f"{body}\npwd > '{work}/.folder'"], cwd=folder, text=True,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
            )
            printed = run.stdout
            folder = pathlib.Path((work / ".folder").read_text().strip())
        elif language == "text" and printed is not None:
            compared += 1
            if printed.rstrip("\n") != body.rstrip("\n"):
                failed += 1
                print(f"The lab shows:\n{body}\nbut it printed:\n{printed}")
            printed = None
finally:
    for server in servers:
        server.terminate()
        server.wait()
print(f"{lab.name}: {compared} outputs compared, {failed} differ")
sys.exit(1 if failed or not compared else 0)
PYTHON
