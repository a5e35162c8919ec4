"""Who gets an issue: the rule, its size, and the one statement that freezes it into delivery rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce, Lower

from communities.models import Membership
from members.models import LevelAward
from newsletters.models import Issue, Subscription, Suppression

EVERYONE = {"everyone": True}
PARTS = ("communities", "personas", "levels")
FREEZE = """
    INSERT INTO newsletters_delivery
        (issue_id, subscription_id, email, state, next_try_at, tries, error, changed_at)
    SELECT %s, who.id, who.mail_to, CASE WHEN who.suppressed THEN 'suppressed' ELSE 'pending' END, %s, 0, '', %s
    FROM ({who}) who
    ON CONFLICT DO NOTHING
"""


def subscriptions(rule: dict[str, Any]) -> QuerySet[Subscription]:
    """Active subscriptions that the rule means: everyone, or members who fit each part that it names."""
    found = Subscription.objects.active().filter(Q(member=None) | Q(member__is_active=True))
    if rule.get("everyone"):
        return found
    if not any(rule.get(part) for part in PARTS):
        return found.none()
    if slugs := rule.get("communities"):
        belonging = Membership.objects.current().filter(community__slug__in=slugs)
        found = found.filter(member__in=belonging.values("member"))
    if slugs := rule.get("personas"):
        found = found.filter(member__persona__slug__in=slugs)
    if slugs := rule.get("levels"):
        awards = LevelAward.objects.filter(level__in=slugs, revoked_at=None)
        found = found.filter(member__in=awards.values("member"))
    return found


def size(rule: dict[str, Any]) -> int:
    """How many addresses would get a mail now; suppressed ones do not count."""
    return _addressed(rule).filter(suppressed=False).values("mail_to").distinct().count()


def freeze(issue: Issue, now: datetime) -> int:
    """Write one delivery row per address, in one statement; repeating it adds nobody twice. Returns the new rows."""
    if not issue.audience.get("everyone") and not any(issue.audience.get(part) for part in PARTS):
        return 0
    rows = _addressed(issue.audience).order_by("id").values_list("id", "mail_to", "suppressed")
    who, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(FREEZE.format(who=who), [issue.pk, now, now, *values])
        return int(cursor.rowcount)


def _addressed(rule: dict[str, Any]) -> QuerySet[Any]:
    same = Suppression.objects.annotate(small=Lower("email")).filter(small=OuterRef("mail_to"))
    found: QuerySet[Any] = subscriptions(rule).annotate(
        mail_to=Lower(Coalesce("member__email", "email")),
        suppressed=Case(When(Exists(same), then=True), default=False, output_field=BooleanField()),
    )
    return found
