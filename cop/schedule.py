"""What Celery beat starts, and how often. Times are UTC."""

from typing import Any

from celery.schedules import crontab

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "send waiting mail": {"task": "site.send_waiting_mail", "schedule": 5.0},
    "forget old mail": {"task": "site.forget_old_mail", "schedule": crontab(hour=3, minute=10)},
    "forget ended sessions": {"task": "members.forget_ended_sessions", "schedule": crontab(hour=3, minute=30)},
    "send newsletters": {"task": "newsletters.send_due", "schedule": 5.0},
    "forget unconfirmed subscriptions": {
        "task": "newsletters.forget_unconfirmed",
        "schedule": crontab(hour=3, minute=20),
    },
    "send event reminders": {"task": "events.send_reminders", "schedule": crontab(minute="*/5")},
    "recount seats": {"task": "events.recount_seats", "schedule": crontab(hour=2, minute=30)},
    "recompute levels": {"task": "members.recompute_levels", "schedule": crontab(hour=2, minute=0)},
}
