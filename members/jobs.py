from celery import shared_task

from cop.site.runs import recorded
from members.operations import levels, sessions


@shared_task(name="members.recompute_levels")
@recorded("recompute levels")
def recompute_levels() -> dict[str, int]:
    return {"awarded": levels.recompute()}


@shared_task(name="members.forget_ended_sessions")
@recorded("forget ended sessions")
def forget_ended_sessions() -> dict[str, int]:
    return sessions.forget_ended()
