"""Who a signed-in request belongs to."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from members.models import Member
from members.queries.conduct import to_accept
from members.queries.notices import unread_of


class MemberBackend(AuthenticationBackend):
    """As allauth's. The member of a request comes with what every page asks for: the number of unread notices for the
    bell in the header, the version of the code of conduct that is still to be accepted, and the persona."""

    def get_user(self, user_id: Any) -> Member | None:
        known = Member.objects.select_related("persona").annotate(
            unread_notices=unread_of(), conduct_to_accept=to_accept()
        )
        found: Member | None = known.filter(pk=user_id).first()
        return found if found and self.user_can_authenticate(found) else None
