"""The letters of the Welcome Kit on day 0, 3, 7 and 21; they stop when the kit is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from members import emails
from members.models import ConductAcceptance, Member, Notice
from members.operations.notices import notify
from members.queries.welcome import Kit, buddy_of, kit

KIND = "welcome-letter"
AT_MOST_LATE = timedelta(days=2)  # a letter that could not go out in its time is left out, not sent in a heap


@dataclass(frozen=True)
class WelcomeLetter:
    """What is written so many days after joining. step: slug of the step it is about; done, the letter is not sent."""

    day: int
    title: str
    text: str
    step: str
    address: str


LETTERS = [
    WelcomeLetter(
        0, "Welcome", "Your first week is a list of small steps, in any order. Most take less than five minutes.",
        "", "/welcome/",
    ),
    WelcomeLetter(
        3, "Pick your first lab", "A lab is the quickest way to see what this is about: 25 to 60 minutes, step by "
        "step, and you can stop at any time.", "lab", "/labs/",
    ),
    WelcomeLetter(
        7, "Join an event", "One hour with others who try the same things. Listening is enough.", "event", "/events/",
    ),
    WelcomeLetter(
        21, "Your first contribution", "A small fix counts as much as a whole lab. This page says how to begin.",
        "contribute", "/governance/documents/how-to-contribute/",
    ),
]  # fmt: skip


def send_due(now: datetime | None = None) -> dict[str, int]:
    """Write every letter that is due to every member who has not had it; safe to repeat. Returns sent and left out."""
    now = now or timezone.now()
    counts = {"sent": 0, "not_needed": 0}
    for letter in LETTERS:
        for member in _waiting_for(letter, now):
            state = kit(member)
            if _is_needed(letter, state):
                _send(letter, member, state, now)
                counts["sent"] += 1
            else:
                counts["not_needed"] += 1
    return counts


def greet(member: Member, *, now: datetime | None = None) -> None:
    """The letter of day 0, at once when a new member has accepted the code of conduct; not twice."""
    now, first = now or timezone.now(), LETTERS[0]
    if _waiting_for(first, now).filter(pk=member.pk).exists():
        _send(first, member, kit(member), now)


def _waiting_for(letter: WelcomeLetter, now: datetime) -> QuerySet[Member]:
    """Who joined so many days ago, has accepted the code of conduct, and has not had this letter."""
    joined_before = now - timedelta(days=letter.day)
    had = Notice.objects.filter(member=OuterRef("pk"), kind=KIND, key=_key(letter))
    accepted = ConductAcceptance.objects.filter(member=OuterRef("pk"))
    found: QuerySet[Member] = Member.objects.active().filter(
        ~Exists(had), Exists(accepted), joined_at__lte=joined_before, joined_at__gt=joined_before - AT_MOST_LATE
    )
    return found.order_by("pk")


def _is_needed(letter: WelcomeLetter, state: Kit) -> bool:
    if state.is_over:
        return False
    done = {one.step.slug for one in state.steps if one.state in ("done", "skipped")}
    return not letter.step or letter.step not in done


def _key(letter: WelcomeLetter) -> str:
    return f"welcome-letter:{letter.day}"


def _send(letter: WelcomeLetter, member: Member, state: Kit, now: datetime) -> None:
    """A letter of its own with the next step and the buddy; it stands in the inbox too."""
    context = {"member": member, "letter": letter, "kit": state, "buddy": buddy_of(member)}
    written = emails.letter(
        member, KIND, "email/members/welcome.md", context, title=letter.title, text=letter.text, address=letter.address
    )
    notify(
        member, KIND, title=letter.title, text=letter.text, address=letter.address, key=_key(letter), letter=written,
        now=now,
    )  # fmt: skip
