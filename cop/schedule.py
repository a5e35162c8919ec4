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
    "erase members who left": {"task": "members.erase_due_members", "schedule": crontab(hour=4, minute=0)},
    "refresh the directory": {"task": "members.refresh_directory", "schedule": 10.0},
    "rebuild the directory": {"task": "members.rebuild_directory", "schedule": crontab(hour=2, minute=40)},
    "recompute levels": {"task": "members.recompute_levels", "schedule": crontab(hour=2, minute=0)},
    "award badges": {"task": "members.award_badges", "schedule": crontab(hour=2, minute=10)},
    "pick the person of the month": {
        "task": "members.pick_spotlight",
        "schedule": crontab(day_of_month=1, hour=5, minute=0),
    },
    "recompute expertise": {"task": "members.recompute_expertise", "schedule": crontab(hour=2, minute=15)},
    "close motions": {"task": "communities.close_motions", "schedule": crontab(minute="*/5")},
    "close petitions": {"task": "communities.close_petitions", "schedule": crontab(minute="*/5")},
    "watch forming groups": {"task": "communities.watch_launches", "schedule": crontab(minute=25)},
    "ask silent groups": {"task": "communities.ask_silent", "schedule": crontab(hour=7, minute=10)},
    "escalate first posts": {"task": "communities.escalate_first_posts", "schedule": crontab(minute="*/10")},
    "tell of turns of duty": {"task": "communities.tell_of_turns", "schedule": crontab(hour=7, minute=20)},
    "check addresses of channels": {
        "task": "communities.check_links",
        "schedule": crontab(day_of_week="monday", hour=5, minute=10),
    },
    "look at outside resources": {"task": "modules.check_links", "schedule": crontab(hour=5, minute=20)},
    "rest silent memberships": {"task": "communities.rest_silent", "schedule": crontab(hour=3, minute=40)},
    "send welcome letters": {"task": "members.send_welcome_letters", "schedule": crontab(minute=35)},
    "remind invited people": {"task": "members.remind_invited", "schedule": crontab(hour=9, minute=5)},
    "end looking after newcomers": {"task": "communities.end_buddies", "schedule": crontab(hour=3, minute=50)},
    "look who finished a path": {"task": "labs.settle_paths", "schedule": crontab(hour=2, minute=20)},
    "tell of certificates that expire": {"task": "labs.tell_of_expiry", "schedule": crontab(hour=7, minute=30)},
    "offer work that waits to peers": {"task": "labs.offer_reviews", "schedule": crontab(minute=45)},
    "tell of texts to look at again": {
        "task": "modules.tell_of_stale",
        "schedule": crontab(day_of_week="monday", hour=6, minute=40),
    },
    "send digests": {"task": "members.send_digests", "schedule": crontab(minute="*/15")},
    "forget old notices": {"task": "members.forget_old_notices", "schedule": crontab(hour=3, minute=40)},
}
