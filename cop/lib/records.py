"""Reading records that people write as YAML, or as Markdown with front matter; every key knows its file and line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml


@dataclass(frozen=True)
class Fault:
    """Something wrong in a text, said so that one can go there."""

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

    def line_of(self, key: str) -> int:
        return self.lines.get(key, self.line)


# The loader in C reads eight times as fast; where a platform's package lacks it, the one in Python says the same.
SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FIRST = "---\n"
FRONT_MATTER = re.compile(r"---\n(?P<data>.*?)^---(?:\n|\Z)", re.DOTALL | re.MULTILINE)


DEEPEST = 200  # brackets inside of brackets; the time that the loader takes grows with the square of them
LARGEST = 10**18
BRACKETS = re.compile(r"[\[\]{}]")


class LocatingLoader(SafeLoader):
    first_line = 1

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Everything stands where it is used: a few lines of names for other places would stand for millions."""
        if node in self.constructed_objects:
            raise _refused("it refers to another place; write out what stands there", node)
        return super().construct_object(node, deep=deep)


def _refused(problem: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.constructor.ConstructorError(None, None, problem, node.start_mark)


def _text(loader: LocatingLoader, node: yaml.ScalarNode) -> str:
    text = str(loader.construct_scalar(node))
    if "\x00" in text:
        raise _refused("it holds a character that nobody sees", node)
    return text


def _whole_number(loader: LocatingLoader, node: yaml.ScalarNode) -> int:
    number = int(loader.construct_yaml_int(node))
    if abs(number) > LARGEST:
        raise _refused("the number is too large", node)
    return number


def _mapping(loader: LocatingLoader, node: yaml.MappingNode) -> Located:
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
LocatingLoader.add_constructor("tag:yaml.org,2002:str", _text)
LocatingLoader.add_constructor("tag:yaml.org,2002:int", _whole_number)


def parse(text: str, file: str, first_line: int = 1) -> Any:
    """YAML to values; a text that is no YAML raises ContentError with its line.

    Names for other places (`&a`, `*a`) are not read, nor are texts with a NUL, so that what is short stays small."""
    loader: Any = None
    if _nested(text) > DEEPEST:
        raise ContentError([Fault(file, first_line, "YAML", "too many brackets stand inside of each other")])
    try:
        loader = LocatingLoader(text)
        loader.first_line = first_line
        return loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + first_line
        raise ContentError([Fault(file, line, "YAML", error.problem or str(error))]) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # a day such as 2027-02-31 is a ValueError
        raise ContentError([Fault(file, first_line, "YAML", str(error))]) from error
    except (LookupError, AttributeError, TypeError, ArithmeticError) as error:  # such as `!!int ""`
        raise ContentError([Fault(file, first_line, "YAML", "a value is not of the type that it names")]) from error
    finally:
        if loader is not None:
            loader.dispose()


def _nested(text: str) -> int:
    """How deep brackets stand inside of each other, at the most."""
    deepest = depth = 0
    for found in BRACKETS.finditer(text):
        depth = depth + 1 if found[0] in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


@dataclass(frozen=True)
class Parts:
    """A Markdown file: what its front matter says, and its text from which line on."""

    data: Located
    body: str
    body_line: int


def plain_lines(text: str) -> str:
    """The text with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def trimmed(text: str) -> str:
    """The text as a file ends it: without empty lines around it, with one line end; empty stays empty."""
    inner = plain_lines(text).strip("\n")
    return f"{inner}\n" if inner else ""


def split(text: str, file: str) -> Parts:
    """Cut a Markdown file whose first lines, between two lines of `---`, are YAML. Raises ContentError."""
    text = plain_lines(text).removeprefix("\ufeff")
    found = FRONT_MATTER.match(text)
    if not found:
        raise ContentError([Fault(file, 1, "front matter", "must stand first, between two lines of ---")])
    data = parse(found["data"], file, first_line=2)
    if not isinstance(data, Located):
        raise ContentError([Fault(file, 1, "front matter", "must be a mapping of keys to values")])
    rest = text[found.end() :]
    blank = len(rest) - len(rest.lstrip("\n"))
    return Parts(data, trimmed(rest), text[: found.end()].count("\n") + 1 + blank)
