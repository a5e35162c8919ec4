"""`./run bench [NAME]`: run one measurement or all, print the figures and append them to a JSON lines file."""

from __future__ import annotations

import argparse
from types import ModuleType

from bench import directory, events, levels, newsletter, progress
from bench.harness import record, servers

BENCHES: dict[str, ModuleType] = {
    "newsletter": newsletter, "events": events, "directory": directory, "levels": levels, "progress": progress,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("name", nargs="?", choices=list(BENCHES), help="which one; all when left out")
    parser.add_argument("--rounds", type=int, default=5, help="how often each thing is measured; the median counts")
    for bench in BENCHES.values():
        bench.add_arguments(parser)
    options = parser.parse_args()
    for name in [options.name] if options.name else list(BENCHES):
        with servers() as own:
            figures = BENCHES[name].measure(own, options)
        print(f"\n{name}")
        for what, value in figures.items():
            print(f"  {what:58} {value:>10,}")
        record(name, figures)


if __name__ == "__main__":
    main()
