"""When to stop trying: every silent answer costs a mail whose fate nobody knows, so two of them are enough."""

from __future__ import annotations

import time
from collections.abc import Callable

MOST_SILENT = 2
MOST_TROUBLE = 20
PAUSE_AFTER_TROUBLE = 10.0
PAUSES_AFTER_SILENCE = (20.0, 30.0, 45.0)


class Breaker:
    """Counts in one process what went wrong in a row; open means: send nothing for now.

    After two silent answers one mail at a time is tried, with growing pauses, until one is answered."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.silent = self.trouble = 0
        self.until = 0.0

    @property
    def is_open(self) -> bool:
        return self.clock() < self.until

    def sent(self) -> None:
        self.silent = self.trouble = 0

    def no_answer(self) -> None:
        self.silent += 1
        if self.silent >= MOST_SILENT:
            step = min(self.silent - MOST_SILENT, len(PAUSES_AFTER_SILENCE) - 1)
            self.until = self.clock() + PAUSES_AFTER_SILENCE[step]

    def not_now(self) -> None:
        self.trouble += 1
        if self.trouble >= MOST_TROUBLE:
            self.trouble = 0
            self.until = self.clock() + PAUSE_AFTER_TROUBLE


OF_THIS_PROCESS = Breaker()
