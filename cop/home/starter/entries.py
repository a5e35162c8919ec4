"""Reading YAML and front matter so that every key knows its file and line."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Fault:
    """Something wrong in a content file, said so that one can go there."""

    file: str
    line: int
    key: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.problem}"


class ContentError(Exception):
    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class Located(dict[str, Any]):
    """A YAML mapping that remembers the line of each key."""

    line: int
    lines: dict[str, int]


@dataclass
class Entry:
    """One record of the starter content, as its file says it."""

    kind: str
    file: str
    data: Located
    body: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return str(self.data.get("slug") or self.data.get("key") or self.kind)

    def __getitem__(self, name: str) -> Any:
        return self.data[name]

    def fault(self, key: str, problem: str, line: int | None = None) -> Fault:
        return Fault(self.file, line or self.data.lines.get(key, self.data.line), key, problem)


# The loader in C reads eight times as fast; where a platform's package lacks it, the one in Python says the same.
SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class LocatingLoader(SafeLoader):
    first_line = 1


def _mapping(loader: LocatingLoader, node: yaml.MappingNode) -> Located:
    loader.flatten_mapping(node)
    made = Located()
    made.line = node.start_mark.line + loader.first_line
    made.lines = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        line = key_node.start_mark.line + loader.first_line
        if key in made:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key} stands twice", key_node.start_mark)
        made[key] = loader.construct_object(value_node, deep=True)
        made.lines[key] = line
    return made


LocatingLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def parse(text: str, file: str, first_line: int = 1) -> Any:
    """YAML to values; a text that is no YAML raises ContentError with its line."""
    loader = LocatingLoader(text)
    loader.first_line = first_line
    try:
        return loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + first_line
        raise ContentError([Fault(file, line, "YAML", error.problem or str(error))]) from error
    except yaml.YAMLError as error:
        raise ContentError([Fault(file, first_line, "YAML", str(error))]) from error
    finally:
        loader.dispose()


def read_list(root: Path, name: str, kind: str) -> list[Entry]:
    """The records of a file that holds a list of mappings."""
    data = parse((root / name).read_text(), name)
    if not isinstance(data, list):
        raise ContentError([Fault(name, 1, kind, "must be a list of records")])
    return [_entry(kind, name, item) for item in data]


def read_one(root: Path, path: Path, kind: str) -> Entry:
    """The one record of a file that holds a mapping."""
    name = str(path.relative_to(root))
    return _entry(kind, name, parse(path.read_text(), name))


def read_markdown(root: Path, path: Path, kind: str, **extra: Any) -> Entry:
    """A Markdown file whose first lines, between two lines of `---`, are YAML."""
    name = str(path.relative_to(root))
    text = path.read_text()
    parts = text.split("---\n", 2)
    if not text.startswith("---\n") or len(parts) < 3:
        raise ContentError([Fault(name, 1, "front matter", "must stand first, between two lines of ---")])
    entry = _entry(kind, name, parse(parts[1], name, first_line=2))
    blank = len(parts[2]) - len(parts[2].lstrip("\n"))
    entry.body, entry.extra = parts[2].strip() + "\n", {"body_line": parts[1].count("\n") + 3 + blank, **extra}
    return entry


def _entry(kind: str, file: str, data: Any) -> Entry:
    if not isinstance(data, Located):
        raise ContentError([Fault(file, 1, kind, "must be a mapping of keys to values")])
    return Entry(kind, file, data)
