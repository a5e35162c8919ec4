from celery import shared_task

from cop.site.runs import recorded
from newsletters import operations


@shared_task(name="newsletters.forget_unconfirmed")
@recorded("forget unconfirmed subscriptions")
def forget_unconfirmed() -> dict[str, int]:
    return {"forgotten": operations.forget_unconfirmed()}
