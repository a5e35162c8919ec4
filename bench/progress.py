"""Module, path and start pages with 7 and 700 modules, and with one and a hundred thousand members, in turns."""

from __future__ import annotations

import argparse
import time
from collections import defaultdict

from bench.harness import Answering, Figures, Servers, manage, median, say

SEVEN, MANY = 7, 700


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--learners", type=int, default=100_000, help="progress: members with progress, many of them")


def measure(own: Servers, options: argparse.Namespace) -> Figures:
    cases = {"usual": (SEVEN, 1), "modules": (MANY, 1), "members": (SEVEN, options.learners)}
    sites = {name: Site(own, *size) for name, size in cases.items()}
    queries = {name: site.ask("") for name, site in sites.items()}
    seconds: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in sites}
    for round_ in range(1, options.rounds + 1):
        for page in queries["usual"]:
            for name, site in sites.items():
                seconds[name][page].append(site.ask(page))
        say(f"progress, round {round_} of {options.rounds}")
    figures = {f"{site}: {what}": value for site in sites.values() for what, value in site.planted.items()}
    for site in sites.values():
        site.end()
    medians = {name: {page: median(each) for page, each in times.items()} for name, times in seconds.items()}
    return figures | compare(medians, queries, options.learners)


def compare(
    medians: dict[str, dict[str, float]], queries: dict[str, dict[str, int]], learners: int
) -> Figures:  # fmt: skip
    figures: Figures = {}
    for page, usual in medians["usual"].items():
        figures[f"{page}: ms"] = round(1000 * usual, 1)
        figures[f"{page}: ratio, {MANY} modules to {SEVEN}"] = round(medians["modules"][page] / usual, 2)
        figures[f"{page}: ratio, {learners:,} members to 1"] = round(medians["members"][page] / usual, 2)
        figures[f"{page}: queries"] = queries["usual"][page]
    together = {name: sum(each.values()) for name, each in medians.items()}
    figures["all pages: ratio, many modules"] = round(together["modules"] / together["usual"], 2)
    figures["all pages: ratio, many members"] = round(together["members"] / together["usual"], 2)
    figures["most queries of a page"] = max(max(each.values()) for each in queries.values())
    figures["pages with another number of queries"] = sum(
        len({each[page] for each in queries.values()}) > 1 for page in queries["usual"]
    )
    return figures


class Site(Answering):
    """A database with so many modules and members, and one process that answers pages from it."""

    def __init__(self, own: Servers, modules: int, members: int) -> None:
        self.words = f"{modules} modules, {members:,} members"
        variables = own.variables(f"bench_progress_{modules}_{members}")
        manage(variables, "migrate", "-v0")
        began = time.monotonic()
        super().__init__(variables, "bench.progress_pages", modules, members)
        self.planted = self.answer()
        say(f"progress: {self.words} made in {time.monotonic() - began:.0f} s")

    def __str__(self) -> str:
        return self.words
