"""What comes before what: circles, and an order in which everything stands after what it needs. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Needs = Mapping[str, Iterable[str]]


def find_circle(needs: Needs) -> list[str]:
    """A circle of requirements, as `[a, b, c, a]` where a needs b, b needs c and c needs a; empty where there is none.

    Depth-first search with a path of its own instead of recursion, so that a chain may have any length. Every
    requirement is looked at once: time and space O(things + requirements). What is needed but not listed needs nothing.
    """
    finished: set[str] = set()
    for start in needs:
        path: list[str] = [] if start in finished else [start]
        open_ones = [iter(needs[start])] if path else []
        places = {start: 0} if path else {}
        while path:
            after = next(open_ones[-1], None)
            if after is None:
                finished.add(path[-1])
                del places[path.pop()]
                open_ones.pop()
            elif after in places:
                return [*path[places[after] :], after]
            elif after not in finished:
                places[after] = len(path)
                path.append(after)
                open_ones.append(iter(needs.get(after, ())))
    return []


def closure(key: str, needs: Needs, *, without: Iterable[str] = ()) -> list[str]:
    """The thing and all that it needs, directly or not, each after what it needs itself; what is in `without`, and what
    only that needs, is left out.

    Raises ValueError where the requirements go round in a circle."""
    done, order = set(without), []
    waiting = [(key, iter(needs.get(key, ())))]
    on_the_way = {key}
    while waiting:
        name, rest = waiting[-1]
        after = next((one for one in rest if one not in done), None)
        if after is None:
            waiting.pop()
            on_the_way.discard(name)
            if name not in done:
                done.add(name)
                order.append(name)
        elif after in on_the_way:
            raise ValueError(f"“{after}” needs itself")
        else:
            on_the_way.add(after)
            waiting.append((after, iter(needs.get(after, ()))))
    return order
