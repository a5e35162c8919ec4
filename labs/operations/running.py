"""A member's way through a lab: start, tick, notes, finish. Everybody changes their own runs only."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from cop.lib.errors import Refused
from cop.lib.words import count
from labs.models import NOTES_LIMIT, Lab, LabRun, StepTick
from labs.queries import runs as queries
from labs.rules import open_required
from members.models import Member
from members.operations import ledger
from modules.models import ItemProgress, SyllabusItem
from modules.operations import progress
from modules.operations.reading import keep_place
from modules.queries.ceilings import NO_CEILING, ceiling_of
from modules.rules import in_words


class OutOfOrder(Refused):
    """Something before the lab is still open; the member may confirm that this is fine."""


class AboveCeiling(Refused):
    """The lab sends data further than the member wants or may; they may confirm that this is fine once."""


@transaction.atomic
def start(lab: Lab, *, by: Member, above_ceiling_is_fine: bool = False) -> LabRun:
    """Begin a lab. Repeating finds the first run; a draft is refused.

    above_ceiling_is_fine: the member has read where data goes and opens the lab anyway; AboveCeiling without that."""
    found = LabRun.objects.filter(member=by, lab=lab).first()
    if found is not None:
        return found
    if not lab.is_published:
        raise Refused("This lab is a draft. It can be started when it is published.")
    ceiling = NO_CEILING if above_ceiling_is_fine else ceiling_of(by)
    if not ceiling.allows(lab.exposure):
        raise AboveCeiling(f"This lab goes further than “{ceiling.words}”: {ceiling.source}.")
    run, is_new = LabRun.objects.get_or_create(member=by, lab=lab)
    if is_new:
        ledger.record(
            "lab-started", by=by, kind="lab", key=lab.slug, title=lab.title, address=lab.get_absolute_url(),
            topic=lab.module.slug,
        )  # fmt: skip
        item = syllabus_item(lab)
        if item is not None:
            progress.start(item, by=by, resume=run.get_absolute_url())
    return run


@transaction.atomic
def tick(run: LabRun, step: str, *, done: bool = True, by: Member) -> None:
    """Tick a step by its key, or take the tick away. Repeating changes nothing.

    The member goes on at the next open step, on any device. Refused for a step of another lab, and for taking ticks
    away from a finished run."""
    locked = own(run, by)
    if not locked.lab.steps.filter(key=step).exists():
        raise Refused(f"This lab has no step “{step}”. Open the lab again to see its steps.")
    if done:
        StepTick.objects.get_or_create(run=locked, step_key=step)
    elif locked.finished_at:
        raise Refused("You have finished this lab. Its ticks stay as they are.")
    else:
        StepTick.objects.filter(run=locked, step_key=step).delete()
    if not locked.finished_at:
        remember_place(locked, step, done=done)


def remember_place(run: LabRun, step: str, *, done: bool) -> None:
    """Note where the member goes on: at the next open step, or at the one whose tick was taken away."""
    one = queries.run_standing(run)
    place = one.open_after(step) if done else one.step(step)
    if place is None:
        return
    keep_place(queries.PLACE, run.lab.slug, section=place.section, title=place.step.title, by=run.member)
    began = ItemProgress.objects.filter(
        member=run.member, item__kind=SyllabusItem.Kind.LAB, item__key=run.lab.slug, state=ItemProgress.State.STARTED
    )
    began.update(resume=f"{run.get_absolute_url()}#{place.section}")


@transaction.atomic
def save_notes(run: LabRun, notes: str, *, by: Member, seen: str | None = None) -> LabRun:
    """Keep the member's private notes. Line ends are counted once. Refused over the limit; nothing is cut off.

    seen: the stamp of the notes on which these ones build, as in `stamp`. Refused as a lost race where others were
    saved meanwhile, as happens with a phone beside the laptop; None asks nothing."""
    text = notes.replace("\r\n", "\n")
    if len(text) > NOTES_LIMIT:
        over = len(text) - NOTES_LIMIT
        raise Refused(
            f"The notes are {count(over, 'character')} too long; {NOTES_LIMIT:,} fit. Shorten them and save again."
        )
    locked = own(run, by)
    if seen not in (None, queries.stamp(locked)) and locked.notes != text:
        raise Refused(
            "Your notes were saved on another device meanwhile. Both texts are here; save again what you want to keep.",
            lost_race=True,
        )
    locked.notes, locked.notes_saved_at = text, timezone.now()
    locked.save(update_fields=["notes", "notes_saved_at"])
    return locked


@transaction.atomic
def finish(run: LabRun, *, by: Member, out_of_order_is_fine: bool = False) -> LabRun:
    """Finish the lab: the ledger gets its row, the module moves on. Repeating finds the first finish.

    out_of_order_is_fine: the member has confirmed to finish it before what the module puts earlier.
    Refused while a required step is open, naming the steps; OutOfOrder without that confirmation."""
    locked = own(run, by)
    if locked.finished_at:
        return locked
    ticked = set(locked.ticks.values_list("step_key", flat=True))
    left = open_required(locked.lab.steps.all(), ticked)
    if left:
        names = in_words([f"“{step.title}”" for step in left])
        raise Refused(f"The lab is not finished yet. Still to tick: {names}.")
    before = [] if out_of_order_is_fine else queries.surroundings(locked.lab, by).open_before
    if before:
        raise OutOfOrder(f"“{before[0].title}” is still open.")
    locked.finished_at = timezone.now()
    locked.save(update_fields=["finished_at"])
    lab = locked.lab
    ledger.record(
        "lab-completed", by=by, kind="lab", key=lab.slug, title=lab.title, address=lab.get_absolute_url(),
        topic=lab.module.slug,
    )  # fmt: skip
    item = syllabus_item(lab)
    if item is not None:
        progress.complete(item, by=by)
    return locked


def own(run: LabRun, member: Member) -> LabRun:
    """The run, locked, if it is the member's own."""
    if run.member_id != member.pk:
        raise Refused("This run belongs to somebody else.")
    return LabRun.objects.select_for_update(of=("self",)).select_related("lab__module").get(pk=run.pk)


def syllabus_item(lab: Lab) -> SyllabusItem | None:
    found = SyllabusItem.objects.filter(kind=SyllabusItem.Kind.LAB, key=lab.slug)
    return found.select_related("module").first()
