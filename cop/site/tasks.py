from celery import shared_task

from cop.site import delivery
from cop.site.runs import recorded


@shared_task(name="site.send_waiting_mail")
@recorded("send waiting mail", quiet=True)
def send_waiting_mail() -> dict[str, int]:
    return delivery.send_due()
