"""The records of the starter content, each with its file and the lines of its keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cop.lib.records import ContentError, Fault, Located, parse, split


@dataclass
class Entry:
    """One record of the starter content, as its file says it. text: the whole file, where it holds nothing else."""

    kind: str
    file: str
    data: Located
    body: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
    text: str = ""

    @property
    def key(self) -> str:
        return str(self.extra.get("key") or self.data.get("slug") or self.data.get("key") or self.kind)

    def __getitem__(self, name: str) -> Any:
        return self.data[name]

    def fault(self, key: str, problem: str, line: int | None = None) -> Fault:
        return Fault(self.file, line or self.data.line_of(key), key, problem)


def read_list(root: Path, name: str, kind: str) -> list[Entry]:
    """The records of a file that holds a list of mappings."""
    data = parse((root / name).read_text(), name)
    if not isinstance(data, list):
        raise ContentError([Fault(name, 1, kind, "must be a list of records")])
    return [_entry(kind, name, item) for item in data]


def read_one(root: Path, path: Path, kind: str) -> Entry:
    """The one record of a file that holds a mapping."""
    name, text = str(path.relative_to(root)), path.read_text()
    entry = _entry(kind, name, parse(text, name))
    entry.text = text
    return entry


def read_markdown(root: Path, path: Path, kind: str, **extra: Any) -> Entry:
    """A Markdown file whose first lines, between two lines of `---`, are YAML."""
    name, text = str(path.relative_to(root)), path.read_text()
    parts = split(text, name)
    return Entry(kind, name, parts.data, parts.body, {"body_line": parts.body_line, **extra}, text)


def _entry(kind: str, file: str, data: Any) -> Entry:
    if not isinstance(data, Located):
        raise ContentError([Fault(file, 1, kind, "must be a mapping of keys to values")])
    return Entry(kind, file, data)
