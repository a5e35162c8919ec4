"""Who a signed-in request belongs to."""

from __future__ import annotations

import functools
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from members.models import Member
from members.queries.conduct import to_accept
from members.queries.notices import unread_of


@functools.cache
def known() -> QuerySet[Member]:
    """All members with what a request asks for. Every signed-in request begins here, so the question is built once."""
    asked = {"unread_notices": unread_of(), "conduct_to_accept": to_accept()}
    found: QuerySet[Member] = Member.objects.select_related("persona").annotate(**asked)
    return found


class MemberBackend(AuthenticationBackend):
    """As allauth's. The member of a request comes with what every page asks for: the number of unread notices for the
    bell in the header, the version of the code of conduct that is still to be accepted, and the persona."""

    def get_user(self, user_id: Any) -> Member | None:
        try:
            found = known().get(pk=user_id)
        except Member.DoesNotExist:
            return None
        return found if self.user_can_authenticate(found) else None
