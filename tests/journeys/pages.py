"""Which pages the thorough sweep looks at, as whom, and which addresses it leaves out for which reason.

An address with a star is that of the first link on the page before it that fits.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, resolve

PUBLIC = [
    "/modules/tools/", "/modules/tools/?runs=local&open=1", "/modules/tools/ollama/", "/modules/resources/",
    "/modules/resources/pro-git/", "/modules/ai-foundations/checks/ai-foundations-before/",
    "/", "/about/", "/modules/", "/modules/ai-foundations/", "/modules/rag-knowledge-management/",
    "/modules/ai-foundations/what-these-systems-are/",
    "/texts/article/security-privacy-ip/what-leaves-your-walls/history/", "/texts/changes/*/",
    "/texts/article/security-privacy-ip/what-leaves-your-walls/difference/",
    "/texts/article/security-privacy-ip/what-leaves-your-walls/versions/1/",
    "/paths/", "/paths/intelligent-platform-architect/",
    "/labs/", "/labs/redact-before-send/", "/events/",
    "/events/?past=1", "/events/welcome-webinar/", "/events/small-workshop/", "/events/recordings/", "/communities/",
    "/communities/devops-platform/", "/communities/devops-platform/charter/",
    "/communities/devops-platform/motions/*/", "/communities/evaluation-circle/", "/communities/models-at-home/",
    "/communities/petitions/", "/communities/petitions/prompts-for-service-desks/", "/connect/", "/governance/",
    "/governance/documents/charter/", "/newsletters/", "/newsletters/how-it-began/", "/newsletters/subscribe/",
    "/levels/", "/personas/", "/personas/adrian/", "/members/adrian/", "/certificates/", "/certificates/criteria/*/",
    "/accounts/login/", "/accounts/signup/",
    "/accounts/password/reset/", "/accounts/password/reset/done/",
    "/accounts/password/reset/key/nonsense-nonsense/", "/accounts/password/reset/key/done/",
    "/accounts/confirm-email/nonsense/", "/accounts/inactive/",
    "/accounts/3rdparty/login/cancelled/", "/mailbox/", "/styleguide/",
]  # fmt: skip
MEMBERS = [  # those of the account first, because some want the password of just now
    "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/", "/accounts/2fa/webauthn/add/", "/accounts/sessions/", "/accounts/reauthenticate/",
    "/accounts/3rdparty/", "/accounts/logout/", "/dashboard/", "/welcome/", "/welcome/place/", "/welcome/questions/",
    "/members/", "/members/?q=nobody-has-this", "/members/?q=adrain&level=mentor", "/members/kim/",
    "/members/kim/?as=visitor", "/members/kim/?as=member", "/levels/", "/me/activity/rules/*/", "/members/adrian/",
    "/members/adrian/skills/", "/members/adrian/skills/*/", "/members/adrian/kudos/", "/me/certificates/",
    "/certificates/*/",
    "/me/profile/", "/me/picture/", "/insights/skills/", "/me/skills/", "/me/skills/*/", "/me/notices/",
    "/me/notices/?show=unread",
    "/me/notices/settings/", "/me/learning/", "/me/privacy/", "/me/privacy/leave/", "/me/activity/",
    "/modules/tools/terraform/", "/modules/tools/ollama/report/", "/modules/resources/suggest/",
    "/modules/ai-foundations/checks/ai-foundations-after/", "/modules/tools/pgvector/",
    "/modules/tools/pgvector/report/*/", "/modules/ai-foundations/checks/ai-foundations-after/",
    "/modules/ai-foundations/checks/ai-foundations-after/*/",
    "/paths/", "/paths/mlops-aiops-specialist/", "/paths/predictive-operations/", "/paths/recommend/",
    "/paths/recommend/?goal=predictive-operations", "/paths/recommend/?goal=wishes",
    "/me/claims/", "/me/claims/new/", "/me/invitations/", "/modules/ai-foundations/", "/labs/pr-summary/",
    "/labs/contribute/", "/labs/submissions/", "/labs/submissions/*/", "/labs/redact-before-send/hand-in/",
    "/labs/map-your-use-case/solutions/", "/labs/reviews/", "/labs/pr-summary/run/",
    "/labs/pr-summary/run/?step=end", "/labs/pr-summary/feedback/", "/labs/local-cluster/",
    "/labs/local-cluster/steps/with-kind/report/", "/me/learning/ceiling/",
    "/events/small-workshop/", "/communities/sre-observability/",
    "/communities/data-science-ml/", "/communities/data-science-ml/charter/",
    "/communities/data-science-ml/charter/propose/", "/communities/data-science-ml/charter/propose-lead/",
    "/communities/data-science-ml/motions/1/", "/communities/data-science-ml/hours/",
    "/communities/data-science-ml/newcomers/", "/communities/data-science-ml/newcomers/*/",
    "/communities/data-science-ml/duty/", "/communities/petitions/new/",
    "/communities/petitions/prompts-for-service-desks/", "/communities/evaluation-circle/", "/newsletters/",
]  # fmt: skip
MEMBERS += [
    "/texts/", "/texts/mine/", "/texts/changes/*/edit/", "/texts/changes/*/", "/texts/changes/*/merge/",
    "/texts/article/ai-foundations/what-these-systems-are/propose/",
    "/texts/article/ai-foundations/what-these-systems-are/propose/?section=beginning",
]  # fmt: skip
LEADS = [  # as somebody who leads a community and is no organizer
    "/dashboard/", "/communities/sre-observability/", "/communities/sre-observability/members/",
    "/communities/sre-observability/requests/", "/communities/sre-observability/charter/",
    "/communities/sre-observability/newcomers/", "/communities/sre-observability/duty/",
    "/communities/sre-observability/hours/", "/communities/sre-observability/hours/of/*/",
    "/communities/sre-observability/campaigns/", "/communities/sre-observability/campaigns/new/",
    "/communities/evaluation-circle/apply/", "/communities/petitions/",
]  # fmt: skip
ORGANIZERS = [
    "/modules/infrastructure-automation/", "/admin/labs/path/",
    "/texts/", "/texts/changes/*/",
    "/labs/local-cluster/reports/", "/modules/review/", "/admin/modules/article/",
    "/labs/reviews/", "/labs/reviews/*/", "/labs/reviews/chain/", "/claims/", "/admin/members/",
    "/communities/devops-platform/newcomers/", "/communities/devops-platform/duty/",
    "/communities/devops-platform/campaigns/", "/communities/devops-platform/campaigns/*/",
    "/communities/devops-platform/members/", "/communities/devops-platform/requests/",
    "/communities/models-at-home/", "/communities/speech-and-voice/", "/communities/speech-and-voice/quiet/",
]  # fmt: skip
LOOKED_AT = {"": PUBLIC, "kim": MEMBERS, "sayed": LEADS, "bart": ORGANIZERS}
ERRORS = {
    "/there-is-no-such-page/": 404, "/newsletters/unsubscribe/nonsense/": 400, "/newsletters/confirm/nonsense/": 400,
    "/accounts/3rdparty/login/error/": 401, "/appearance/": 405,
}  # fmt: skip

# Pages in the middle of something: the name of the address, and that of the look at it in test_every_page.py.
ON_THE_WAY = {
    "account_email_verification_sent": "sign-up: look into your mailbox", "home:conduct": "code of conduct",
    "home:mail": "a mail in the mailbox", "members:notice_off": "one kind of mail: switch it off",
    "home:invited": "invitation: opened", "home:no_invitations": "invitation: no more of them",
    "newsletters:confirm": "newsletter: confirm", "newsletters:unsubscribe": "newsletter: unsubscribe",
    "mfa_view_recovery_codes": "recovery codes", "mfa_generate_recovery_codes": "recovery codes: new ones",
    "mfa_edit_webauthn": "key: its name", "mfa_remove_webauthn": "key: remove it",
    "mfa_authenticate": "log in: second factor", "mfa_reauthenticate": "is it still you: code",
    "mfa_reauthenticate_webauthn": "is it still you: key",
    "admin:index": "/admin/", "admin:events_event_cancel": "event: cancel",
    "admin:labs_certificate_revoke": "certificate: revoke",
    "admin:newsletters_issue_preview": "newsletter: preview", "admin:newsletters_issue_approve": "newsletter: approve",
}  # fmt: skip

LEADS_BACK = "does something by a button; a plain visit leads back to the page of the community"
LEADS_ON = "shows nothing, only leads on to another page"
A_FILE = "gives a file"
ELSEWHERE = "belongs to log-in by another site, of which the demo knows none"
DJANGOS_OWN = "is Django's own, the same for every model"
NO_PAGES = {
    **dict.fromkeys(
        [f"certificates:{name}" for name in ("issuer", "keys", "well_known_keys", "key", "status")],
        "is read by machines",
    ),
    **dict.fromkeys(
        [f"certificates:{name}" for name in ("criteria_png", "criteria_svg", "pdf", "png", "svg", "jwt", "json")],
        A_FILE,
    ),
    "home:healthz": "is read by machines", "home:readyz": "is read by machines",
    "home:mail_html": "stands in a frame on the page of the mail", "home:mail_attachment": A_FILE,
    "home:follow": LEADS_ON, "members:picture": A_FILE, "members:activity_export": A_FILE, "members:notice": LEADS_ON,
    "labs:notes_file": A_FILE, "labs:all_notes": A_FILE, "modules:note_file": A_FILE, "modules:notes_file": A_FILE,
    "events:feed": A_FILE,
    "events:calendar": A_FILE,
    **dict.fromkeys(
        [
            "communities:join", "communities:withdraw", "communities:accept_invitation",
            "communities:decline_invitation", "communities:leave", "communities:primary", "communities:wake",
            "communities:vote", "communities:withdraw_motion",
        ], LEADS_BACK,
    ),
    "communities:write_first_post": "is the page of the newcomers, with the same form",
    "account_set_password": "leads on to the change of the password where there is one",
    "account_confirm_login_code": LEADS_ON, "mfa_download_recovery_codes": A_FILE,
    "mfa_deactivate_totp": "needs an authenticator app", "mfa_login_webauthn": "gives data to the script of the page",
    "socialaccount_signup": ELSEWHERE, "github_login": ELSEWHERE, "github_callback": ELSEWHERE,
    "discord_login": ELSEWHERE, "discord_callback": ELSEWHERE, "openid_connect_login": ELSEWHERE,
    "openid_connect_callback": ELSEWHERE, "accounts/social/login/cancelled/": LEADS_ON,
    "accounts/social/login/error/": LEADS_ON, "accounts/social/signup/": LEADS_ON,
    "accounts/social/connections/": LEADS_ON,
    "admin:login": LEADS_ON, "admin:logout": DJANGOS_OWN, "admin:password_change_done": DJANGOS_OWN,
    "admin:autocomplete": "gives data to the script of the page", "admin:jsi18n": "is a script",
    "admin:view_on_site": LEADS_ON, "admin:taggit_tag_merge_tags": "belongs to an action of the list of tags",
    "admin:events_event_registrations": A_FILE, "admin:newsletters_issue_mail": "stands in a frame of the preview",
}  # fmt: skip
# Of every model of the admin, test_every_page.py looks at the list, the empty form and the first row.
OF_EVERY_MODEL = ("_changelist", "_add", "_change")
OF_ANY_MODEL = ("_delete", "_history")


def names_of_pages() -> Iterator[str]:
    """Of every address that answers to a plain visit; where it has no name, the address as it is written."""
    for name, view in _all(get_resolver().url_patterns):
        if answers_visits(view) and not name.startswith("admin/"):
            yield name


def _all(patterns: list[Any], space: str = "", route: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for one in patterns:
        here = route + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _all(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space, here)
        elif isinstance(one, URLPattern):
            yield space + one.name if one.name else here, one.callback


def answers_visits(view: Any) -> bool:
    """False for what only a button may ask for, as its decorators say."""
    while view is not None:
        made_by = getattr(getattr(view, "__code__", None), "co_qualname", "")
        if made_by.startswith("posts_only."):
            return False
        if made_by.startswith("require_http_methods."):
            return "GET" in inspect.getclosurevars(view).nonlocals["request_method_list"]
        view = getattr(view, "__wrapped__", None)
    return True


def names_looked_at() -> set[str]:
    addresses = [address for pages in LOOKED_AT.values() for address in pages]
    addresses += [address for address, status in ERRORS.items() if status != 404]
    return {resolve(address.partition("?")[0].replace("*", "1")).view_name for address in addresses}
