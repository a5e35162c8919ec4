"""What the named accounts of the demo find in their inboxes, and how two of them want to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from members.models import AttentionBudget, Buddy, Member, Notice, NoticePreference


@dataclass(frozen=True)
class Told:
    """One notice. age: hours ago. Those younger than three days are unread."""

    handle: str
    kind: str
    age: int
    title: str
    text: str = ""
    address: str = ""
    times: int = 1


WEBINAR, WORKSHOP, CIRCLE = "/events/welcome-webinar/", "/events/small-workshop/", "/events/ethics-security-circle/"
TOLD = [
    Told("bart", "claim-to-confirm", 5, "Leo Moreau asks you to confirm a talk",
         "“You were in the second row at the meetup in Ghent.”", "/members/leo/"),
    Told("bart", "kudos-received", 29, "Kim Vermeer thanks you", "For the hour on reference designs.", "/members/kim/"),
    Told("bart", "community-request", 52, "Two people ask to join a community you lead",
         "They work with OpenShift and would like to see your reference designs.", "/communities/", times=2),
    Told("bart", "level-reached", 900, "You reached the level Builder",
         "What it brings: Recognition and a portfolio.", "/levels/"),
    Told("maria", "motion", 7, "A motion in the Ethics and Security Circle waits for your voice",
         "“Publish our checklist for privacy reviews under a free licence.”", "/communities/ethics-security/"),
    Told("maria", "newcomer-post", 33, "A newcomer said hello in the Ethics and Security Circle",
         "Somebody who reviews contracts asks where to begin.", "/communities/ethics-security/"),
    Told("maria", "event-reminder", 60, "Coming up: Ethics and security circle", "You host it.", CIRCLE),
    Told("maria", "kudos-received", 400, "Adrian Kowalski thanks you", "For reading the policy draft twice."),
    Told("adrian", "skill-endorsed", 3, "Kim Vermeer endorses your skill Secrets handling",
         "“He found the token in my notebook before I sent it.”", "/members/adrian/"),
    Told("adrian", "buddy-assigned", 26, "You are the buddy of a newcomer",
         "Say hello within two days; ten minutes are enough.", "/members/"),
    Told("adrian", "event-reminder", 50, "Coming up: Small workshop: redact before you send",
         "You host it. Two people are on the waiting list.", WORKSHOP),
    Told("adrian", "level-reached", 480, "You reached the level Mentor",
         "What it brings: Status and a say in how things are taught.", "/levels/"),
    Told("kim", "kudos-received", 4, "Sayed Rahimi thanks you",
         "Your one-page summary is the first one my director read to its end.", "/members/sayed/"),
    Told("kim", "event-reminder", 31, "Coming up: Welcome webinar",
         "A live demo and ten minutes of questions.", WEBINAR),
    Told("kim", "claim-decided", 70, "Your claim “Talk at the strategy day” is confirmed",
         "Bart de Wit was there.", "/members/kim/"),
    Told("kim", "level-reached", 620, "You reached the level Builder",
         "What it brings: Recognition and a portfolio.", "/levels/"),
    Told("sayed", "buddy-assigned", 6, "Adrian Kowalski is your buddy",
         "He knows secrets handling and local models. Ask him anything.", "/members/adrian/"),
    Told("sayed", "welcome-letter", 40, "Three things for your first week",
         "Read one concept, open one lab, come to one event.", "/welcome/"),
    Told("sayed", "community-answered", 66, "You are a member of SRE and Observability",
         "Welcome. The next meeting is open to you.", "/communities/sre-observability/"),
    Told("sayed", "level-reached", 300, "You reached the level Explorer",
         "What it brings: Knowledge and skills.", "/levels/"),
    Told("leo", "petition", 8, "The petition “Founders’ breakfast” needs two more voices",
         "Five people have signed since Monday.", "/communities/", times=5),
    Told("leo", "invitation-accepted", 36, "Somebody whom you invited has joined",
         "They come from a startup in Lyon and look for first customers.", "/members/"),
    Told("leo", "lead-question", 75, "How does Startup Spark go on?",
         "It has been quiet for some weeks. Revive it, hand it over or let it rest.", "/communities/startup-spark/"),
    Told("leo", "level-reached", 700, "You reached the level Partner",
         "What it brings: Influence on what the community works on.", "/levels/"),
]  # fmt: skip
STILL_UNREAD = 72  # hours


def make_notices(people: list[Member], *, now: datetime) -> None:
    """Inboxes of the named accounts; Kim gets a digest at six, Maria sleeps undisturbed."""
    by_handle = {one.handle: one for one in people}
    Notice.objects.bulk_create(_row(told, by_handle[told.handle], now) for told in TOLD)
    Buddy.objects.create(newcomer=by_handle["sayed"], buddy=by_handle["adrian"], at=now - timedelta(days=6))
    AttentionBudget.objects.create(member=by_handle["kim"], most_a_week=5, digest_hour=18)
    AttentionBudget.objects.create(member=by_handle["maria"], quiet_from=time(21), quiet_until=time(7))
    NoticePreference.objects.create(member=by_handle["kim"], kind="claim-decided", way=NoticePreference.Way.DIGEST)


def _row(told: Told, member: Member, now: datetime) -> Notice:
    at = now - timedelta(hours=told.age, minutes=11 * len(told.title) % 60)
    return Notice(
        member=member, kind=told.kind, title=told.title, text=told.text, address=told.address, times=told.times,
        key=f"demo:{told.title}"[:160], created_at=at,
        read_at=None if told.age < STILL_UNREAD else min(at + timedelta(hours=5), now),
    )  # fmt: skip
