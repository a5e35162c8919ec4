from celery import shared_task

from cop.site.runs import recorded
from members.operations import (
    attention,
    badges,
    digests,
    directory,
    directory_rebuild,
    erasure,
    expertise,
    invitations,
    levels,
    notices,
    sessions,
    spotlight,
    welcome_letters,
)


@shared_task(name="members.recompute_levels")
@recorded("recompute levels")
def recompute_levels() -> dict[str, int]:
    outcome = levels.settle()
    return {"awarded": len(outcome.awarded), "renewed": outcome.renewed}


@shared_task(name="members.award_badges")
@recorded("award badges")
def award_badges() -> dict[str, int]:
    return badges.award()


@shared_task(name="members.pick_spotlight")
@recorded("pick the person of the month")
def pick_spotlight() -> dict[str, int]:
    return {"picked": int(spotlight.pick().is_new)}


@shared_task(name="members.forget_ended_sessions")
@recorded("forget ended sessions")
def forget_ended_sessions() -> dict[str, int]:
    return sessions.forget_ended()


@shared_task(name="members.erase_due_members")
@recorded("erase members who left")
def erase_due_members() -> dict[str, int]:
    return erasure.erase_due()


@shared_task(name="members.recompute_expertise")
@recorded("recompute expertise")
def recompute_expertise() -> dict[str, int]:
    return expertise.recompute()


@shared_task(name="members.send_digests")
@recorded("send digests", quiet=True)
def send_digests() -> dict[str, int]:
    return digests.send_due()


@shared_task(name="members.forget_old_notices")
@recorded("forget old notices")
def forget_old_notices() -> dict[str, int]:
    return {"notices": notices.forget_old(), "counted_mails": attention.forget_old()}


@shared_task(name="members.refresh_directory")
@recorded("refresh the directory", quiet=True)
def refresh_directory() -> dict[str, int]:
    return {"members": directory.sweep()}


@shared_task(name="members.rebuild_directory")
@recorded("rebuild the directory")
def rebuild_directory() -> dict[str, int]:
    return directory_rebuild.rebuild().as_dict()


@shared_task(name="members.send_welcome_letters")
@recorded("send welcome letters")
def send_welcome_letters() -> dict[str, int]:
    return welcome_letters.send_due()


@shared_task(name="members.remind_invited")
@recorded("remind invited people")
def remind_invited() -> dict[str, int]:
    return invitations.remind_and_forget()
