"""The loop of one worker: claim a batch, hand each mail over, write down what became of it."""

from __future__ import annotations

import logging
import time
from collections import Counter

from django.utils import timezone

from newsletters.delivery import attention, claims, content
from newsletters.delivery import breaker as breakers
from newsletters.delivery.breaker import Breaker
from newsletters.delivery.claims import Claimed
from newsletters.delivery.message import Template, Unwritable, plain_address, sender
from newsletters.delivery.smtp import Answer, Away, Line, Outcome
from newsletters.delivery.worker import Worker
from newsletters.models import Issue

log = logging.getLogger(__name__)
LONGEST_RUN = 30.0  # seconds; the next sweep goes on


def run(
    *, only: int | None = None, seconds: float = LONGEST_RUN, slots: int | None = None, breaker: Breaker | None = None
) -> Counter[str]:
    """Send what is due of all issues in sending, or of one; any number of workers may do so at once.

    only: id of one issue. seconds: after which to stop. slots: see Worker. breaker: else the one of this process.
    Returns how many mails came to which end. Raises nothing because of a mail server; rows that were not sent wait.
    """
    breaker = breaker or breakers.OF_THIS_PROCESS
    with Worker(slots) as worker:
        if not worker.has_place:
            return Counter()
        claims.recover(worker)
        if not breaker.is_open:
            counts = Run(worker, breaker, until=time.monotonic() + seconds).work(only)
        else:
            counts = Counter()
        claims.finish(worker)
        return counts


class Run:
    """What one worker knows while it works."""

    def __init__(self, worker: Worker, breaker: Breaker, until: float) -> None:
        self.worker, self.breaker, self.until = worker, breaker, until
        self.line = Line(sender())
        self.templates: dict[int, Template] = {}
        self.counts: Counter[str] = Counter()
        self.done: int | None = None  # the row whose 250 has come and is not written down yet
        self.sent: list[int] = []  # rows whose mail left and is not counted in its reader's week yet
        self.server_is_away = False

    def work(self, only: int | None) -> Counter[str]:
        attention.let_quiet_readers_wait(self.worker)
        try:
            while not self.must_stop and self._one_round(only):
                pass
        finally:
            self._write_down()
            claims.release(self.worker)
            self.line.close()
            self._count_sent()
        return self.counts

    @property
    def must_stop(self) -> bool:
        return self.server_is_away or self.breaker.is_open or time.monotonic() > self.until

    def _one_round(self, only: int | None) -> bool:
        """One batch of each issue, so that a big one does not keep a small one waiting. False when nothing is due."""
        found = False
        for issue in claims.issues_in_sending(self.worker, only):
            if issue.pk not in self.templates:
                self.templates[issue.pk] = Template(content.frozen(issue))
            for row in claims.claim(self.worker, issue.pk):
                found = True
                if self.must_stop:
                    return False
                self._send(issue, row)
            self._write_down()
            self._count_sent()
        return found

    def _send(self, issue: Issue, row: Claimed) -> None:
        if not self._server_answers():
            return
        if not claims.begin(self.worker, row, done=self._take_done()):
            state = claims.put_aside(self.worker, row)
            self.counts.update([state] if state in ("skipped", "suppressed") else [])
            return
        self._settle(row, self._hand_over(issue, row))

    def _server_answers(self) -> bool:
        try:
            self.line.open()
        except Away as error:
            log.warning("the mail server is away, the newsletter waits: %s", error)
            self.server_is_away = True
        return not self.server_is_away

    def _hand_over(self, issue: Issue, row: Claimed) -> Outcome:
        try:
            to = plain_address(row.email)
        except Unwritable as error:
            return Outcome(Answer.REFUSED, str(error))
        mail = self.templates[issue.pk].fill(number=row.id, key=row.key, to=to, now=timezone.now())
        return self.line.hand_over(to, mail)

    def _settle(self, row: Claimed, outcome: Outcome) -> None:
        if outcome.answer is Answer.SENT:
            self.breaker.sent()
            self.done = row.id
            self.sent.append(row.id)
            self.counts["sent"] += 1
        elif outcome.answer is Answer.REFUSED:
            self._refused(row, outcome)
        elif outcome.answer is Answer.SILENT:
            self.breaker.no_answer()
            claims.settle(self.worker, row.id, "uncertain", error=outcome.words)
            self.counts["uncertain"] += 1
        else:
            self._later(row, outcome)

    def _refused(self, row: Claimed, outcome: Outcome) -> None:
        claims.settle(self.worker, row.id, "failed", error=outcome.words)
        if outcome.dead_address:
            claims.suppress(self.worker, row.email, outcome.words)
        self.counts["failed"] += 1

    def _later(self, row: Claimed, outcome: Outcome) -> None:
        self.breaker.not_now()
        if row.tries + 1 >= claims.MOST_TRIES:
            self._refused(row, outcome)
            return
        pause = claims.pause_before(row.tries + 1)
        claims.settle(self.worker, row.id, "pending", error=outcome.words, pause=pause)
        self.counts["later"] += 1

    def _take_done(self) -> int | None:
        done, self.done = self.done, None
        return done

    def _write_down(self) -> None:
        """Settle the last sent row where no next one does it on its way."""
        if (done := self._take_done()) is not None:
            claims.settle(self.worker, done, "sent")

    def _count_sent(self) -> None:
        sent, self.sent = self.sent, []
        attention.count(self.worker, sent)
