from celery import shared_task

from cop.site import delivery
from cop.site.runs import recorded


@shared_task(name="site.forget_old_mail")
@recorded("forget old mail")
def forget_old_mail() -> dict[str, int]:
    return {"forgotten": delivery.forget_old()}
