"""How a member wants to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField

from members.notice_kinds import DIGEST, MAIL, SITE, THE_DIGEST, NoticeKind, fixed, switchable
from members.queries.notices import Wishes

WAYS = {MAIL: "By mail, at once", DIGEST: "In the daily digest", SITE: "On the site only"}
HOURS = [(hour, f"{hour:02d}:00") for hour in range(24)]
MOST = 100
OTHER = "Other"


class NoticeForm(forms.Form):
    """One choice for each kind, then quiet hours, the most mails of a week and the hour of the digest."""

    quiet_from = forms.TimeField(
        required=False, label="Quiet from", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="In your own time. Mail waits until the quiet hours end.",
    )  # fmt: skip
    quiet_until = forms.TimeField(
        required=False, label="Quiet until", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    most_a_week = forms.IntegerField(
        required=False, label="Most mails a week", min_value=1, max_value=MOST,
        help_text="What would be more becomes part of the digest. Leave it empty for no limit.",
        error_messages={
            "min_value": "Write 1 or more. To get none at all, choose “on the site only” above.",
            "max_value": f"Write {MOST} or less, or leave it empty for no limit.",
            "invalid": "Write a whole number, or leave it empty for no limit.",
        },
    )  # fmt: skip
    digest_hour = forms.TypedChoiceField(
        label="Hour of the daily digest", choices=HOURS, coerce=int, help_text="In your own time."
    )

    def __init__(self, *args: Any, wishes: Wishes, **kwargs: Any) -> None:
        budget = wishes.budget
        kwargs["initial"] = wishes.ways | {
            "quiet_from": budget.quiet_from, "quiet_until": budget.quiet_until, "most_a_week": budget.most_a_week,
            "digest_hour": budget.digest_hour,
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        for kind in switchable():
            self.fields[kind.slug] = forms.ChoiceField(
                label=kind.title, choices=[(way, _words(kind, way)) for way in kind.ways],
                widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip

    def groups(self) -> dict[str, list[BoundField]]:
        """The choices under their headings."""
        found: dict[str, list[BoundField]] = {}
        for kind in sorted(switchable(), key=lambda kind: (kind is THE_DIGEST, kind.group or OTHER)):
            found.setdefault(kind.group or OTHER, []).append(self[kind.slug])
        return found

    @property
    def hours(self) -> list[BoundField]:
        return [self[name] for name in ("quiet_from", "quiet_until", "most_a_week", "digest_hour")]

    @property
    def fixed(self) -> list[NoticeKind]:
        return fixed()

    @property
    def ways(self) -> dict[str, str]:
        return {kind.slug: self.cleaned_data[kind.slug] for kind in switchable()}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for kind in fixed():
            if kind.slug in self.data:
                self.add_error(None, f"“{kind.title}” always comes by mail and cannot be switched off.")
        start, end = values.get("quiet_from"), values.get("quiet_until")
        if "quiet_from" in values and "quiet_until" in values and (start is None) != (end is None):
            missing = "quiet_from" if start is None else "quiet_until"
            self.add_error(missing, "Give both, when quiet begins and when it ends, or leave both empty.")
        elif start is not None and start == end:
            self.add_error("quiet_until", "Quiet hours end at another time than they begin.")
        return values


def _words(kind: NoticeKind, way: str) -> str:
    return "By mail, at my hour" if kind is THE_DIGEST and way == MAIL else WAYS[way]
