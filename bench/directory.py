"""Pages of the directory with a thousand and with a hundred thousand members, in turns."""

from __future__ import annotations

import argparse
import time
from collections import defaultdict

from bench.harness import Answering, Figures, Servers, manage, median, say

SIZES = (1_000, 100_000)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, default=SIZES[1], help="directory: how many members the larger site has")


def measure(own: Servers, options: argparse.Namespace) -> Figures:
    sizes = (SIZES[0], options.people)
    sites = [Site(own, size) for size in sizes]
    queries = [site.ask("") for site in sites]
    seconds: list[dict[str, list[float]]] = [defaultdict(list) for _ in sites]
    for round_ in range(1, options.rounds + 1):
        for kind in queries[0]:
            for site, times in zip(sites, seconds, strict=True):
                times[kind].append(site.ask(kind))
        ratio = sum(times[-1] for times in seconds[1].values()) / sum(times[-1] for times in seconds[0].values())
        say(f"directory, round {round_}: {ratio:.2f} times the time with {sizes[1]:,} members")
    figures = {f"{site.size:,} members: {what}": value for site in sites for what, value in site.planted.items()}
    for site in sites:
        site.end()
    medians = [{kind: median(each) for kind, each in times.items()} for times in seconds]
    return figures | compare(sizes, medians, queries)


def compare(sizes: tuple[int, int], medians: list[dict[str, float]], queries: list[dict[str, int]]) -> Figures:
    few, many = medians
    figures: Figures = {}
    for kind in few:
        figures[f"{kind}: ms, {sizes[0]:,} members"] = round(1000 * few[kind], 1)
        figures[f"{kind}: ms, {sizes[1]:,} members"] = round(1000 * many[kind], 1)
        figures[f"{kind}: ratio"] = round(many[kind] / few[kind], 2)
    for size, each, counts in zip(sizes, medians, queries, strict=True):
        figures[f"median page: ms, {size:,} members"] = round(1000 * median(list(each.values())), 1)
        figures[f"most queries of a page, {size:,} members"] = max(counts.values())
    figures["kinds of page with another number of queries"] = sum(queries[0][kind] != queries[1][kind] for kind in few)
    figures["ratio: all pages together"] = round(sum(many.values()) / sum(few.values()), 2)
    figures["ratio: the median page"] = round(median(list(many.values())) / median(list(few.values())), 2)
    figures["ratio: the worst kind of page"] = round(max(many[kind] / few[kind] for kind in few), 2)
    return figures


class Site(Answering):
    """A database with so many members, and one process that answers pages from it."""

    def __init__(self, own: Servers, size: int) -> None:
        self.size = size
        variables = own.variables(f"bench_directory_{size}")
        manage(variables, "migrate", "-v0")
        began = time.monotonic()
        super().__init__(variables, "bench.directory_pages", size)
        self.planted = self.answer()
        say(f"directory: {size:,} members made in {time.monotonic() - began:.0f} s")
