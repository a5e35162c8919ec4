from celery import shared_task

from cop.site.runs import recorded
from members.operations import levels


@shared_task(name="members.recompute_levels")
@recorded("recompute levels")
def recompute_levels() -> dict[str, int]:
    return {"awarded": levels.recompute()}
