"""Who a signed-in request belongs to."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from members.models import Member
from members.queries.notices import unread_of


class MemberBackend(AuthenticationBackend):
    """As allauth's. The member of a request comes with the number of unread notices, so that the bell in the header
    costs no query of its own."""

    def get_user(self, user_id: Any) -> Member | None:
        found: Member | None = Member.objects.filter(pk=user_id).annotate(unread_notices=unread_of()).first()
        return found if found and self.user_can_authenticate(found) else None
