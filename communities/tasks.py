from __future__ import annotations

from celery import shared_task

from communities.models import Motion
from communities.queries.motions import electorate
from members.models import Notice
from members.operations.notices import notify_many

KIND = "motion"


@shared_task(name="communities.tell_of_motion")
def tell_of_motion(motion: int) -> None:
    """Tell everybody who may vote that a vote is open. Safe to repeat: who was told is not told again."""
    found = Motion.objects.filter(pk=motion, state=Motion.State.OPEN).select_related("community").first()
    if found:
        tell(found)


def tell(motion: Motion) -> int:
    """Returns how many were told now."""
    key = f"motion:{motion.pk}"
    told = Notice.objects.filter(kind=KIND, key=key).values("member")
    waiting = electorate(motion).exclude(member__in=told).exclude(member=motion.by_id)
    return notify_many(
        list(waiting.values_list("member", flat=True)), KIND, title=f"{motion.community.name} votes: {motion.title}",
        text=motion.reason, address=motion.get_absolute_url(), key=key,
    )  # fmt: skip
