"""Texts that break careless readers, made from pieces by chance."""

from __future__ import annotations

import random

LINES = [
    "---", "--- ", "slug: other", "## Another heading", " ## One further right", "   ## Three further right",
    "## With attributes {#limits .risks}", "## Step-like {#a minutes=5}", "```", "```sh", "````", "~~~", "~~~~ text",
    "`` `code` ``", "    indented", "\tindented by a tab", "", "", "# a comment", "key: value", "- item", "> ```",
    "1. one", "   ```sh", "a\u2028b", "c\u2029d", "e\u0085f", "g\x0bh\x0ci", "\x1cj", "k\u200b\ufeffl", "'single'",
    '"double" \\ back \\n', "{{ template }} {% tag %}", "Ünïcödé 日本語 עברית 🙂", "trailing  ", "   ", "***", "===",
    "|", ">", "&anchor", "*alias", "!tag", "%directive", "@at", "`tick", "null", "yes", "2027-05-20", "a: b: c", "# ",
    "\x7f", "\x01", "...", "{#key minutes=3}", "&lt;b&gt;", "<!-- comment -->",
]  # fmt: skip


def odd(chance: random.Random, most: int = 14) -> str:
    """Some lines, one after the other."""
    return "\n".join(chance.choice(LINES) for _ in range(chance.randrange(most)))


def odd_line(chance: random.Random) -> str:
    """One line with something in it, and without space around it."""
    return (" ".join(chance.choice(LINES) for _ in range(chance.randrange(1, 4))).strip() or "x").strip()
