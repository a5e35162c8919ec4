"""Where the things of a path stand on its map: from left to right, each right of what it needs. No database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from labs.queries.paths import Rung

STEP_X, STEP_Y, MARGIN = 76, 52, 26


@dataclass(frozen=True)
class Node:
    rung: Rung
    x: int
    y: int


@dataclass(frozen=True)
class PathMap:
    """nodes: circles. lines: what an SVG path draws from each thing to what needs it. width, height: of the drawing."""

    nodes: list[Node]
    lines: list[str]
    width: int
    height: int


def path_map(rungs: Sequence[Rung]) -> PathMap:
    """The column of a thing is the length of the longest way to it, its row its turn in that column. Units: pixels.

    Time O(things + requirements); things stand in the order of the path, in which what is needed may come later."""
    columns = _columns(rungs)
    turns = Counter[int]()
    nodes: dict[str, Node] = {}
    for rung in rungs:
        column = columns[rung.item.key]
        nodes[rung.item.key] = Node(rung, MARGIN + STEP_X * column, MARGIN + STEP_Y * turns[column])
        turns[column] += 1
    lines = [_line(nodes[key], node) for node in nodes.values() for key in node.rung.needed]
    return PathMap(
        list(nodes.values()), lines, 2 * MARGIN + STEP_X * max(columns.values(), default=0),
        2 * MARGIN + STEP_Y * (max(turns.values(), default=1) - 1),
    )  # fmt: skip


def _columns(rungs: Sequence[Rung]) -> dict[str, int]:
    """Rounds over all things until nothing moves; as the requirements have no circle, that ends."""
    columns = {rung.item.key: 0 for rung in rungs}
    moved = True
    while moved:
        moved = False
        for rung in rungs:
            column = max((columns[key] + 1 for key in rung.needed), default=0)
            if column > columns[rung.item.key]:
                columns[rung.item.key], moved = column, True
    return columns


def _line(start: Node, end: Node) -> str:
    half = (end.x - start.x) // 2
    return f"M{start.x} {start.y}C{start.x + half} {start.y} {end.x - half} {end.y} {end.x} {end.y}"
