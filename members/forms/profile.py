"""What members say about themselves, each part with who sees it, in one form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone

from members import audience, places
from members.forms.fields import HttpsField, LanguagesField, ListField, ZoneField
from members.forms.sections import PAGE_PARTS, SECTIONS, Section
from members.models import Member, MemberLink

MOST_LINKS = 6
MOST_HOURS = 40
LONGEST_PAUSE = timedelta(days=366)
AUDIENCES = [(audience.PUBLIC, "Everybody"), (audience.MEMBERS, "Members"), (audience.ME, "Only me")]


@dataclass(frozen=True)
class Row:
    """One field as the page shows it. audience: the choice of who sees it; fixed: who does, where that is no choice."""

    field: BoundField
    audience: BoundField | None
    fixed: str = ""


@dataclass(frozen=True)
class Part:
    """A group of fields under one heading."""

    section: Section
    rows: list[Row]


class ProfileForm(forms.ModelForm[Member]):
    """Everything a member says about themselves. Text that was typed comes back with its errors, audiences and all.

    The values to keep are `profile()`, `audiences()` and `links()`."""

    languages = LanguagesField(
        required=False, label="Languages you speak", help_text="Separated by commas: English, Nederlands, العربيّة."
    )
    tools = ListField(
        required=False, label="Tools you use", most=30, longest=40, help_text="Separated by commas: Ansible, vim, dbt."
    )
    time_zone = ZoneField(
        label="Time zone", help_text="Times are shown in this zone, for example Europe/Lisbon or America/Bogota.",
        widget=forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off", "data-browser-zone": "offer"}),
    )  # fmt: skip

    class Meta:
        model = Member
        fields = [
            "name", "handle", "pronouns", "headline", "biography", "country", "town", "time_zone", "languages",
            "organisation", "unit", "function", "sector", "tools", "workflows", "challenges", "motivations", "goals",
            "can_help_with", "looks_for", "hours_per_week", "open_to_mentor", "open_to_pairing", "open_to_buddy",
            "paused_until", "quote", "quote_on_home", "in_directory",
        ]  # fmt: skip
        labels = {
            "name": "Your name", "headline": "What you do, in one line", "biography": "About you",
            "unit": "Team or department", "function": "Your kind of work", "workflows": "How you work",
            "challenges": "What you struggle with now", "motivations": "Why you are here",
            "goals": "What you want next",
            "can_help_with": "What you can help with", "looks_for": "What you look for",
            "hours_per_week": "Hours a week for the community", "open_to_mentor": "I am open to mentoring somebody",
            "open_to_pairing": "I am open to working on something in a pair",
            "open_to_buddy": "I would look after a newcomer for a few weeks", "paused_until": "Pause me until",
            "quote": "What you would tell a friend about it",
            "quote_on_home": "It may stand on the home page, with my name",
            "in_directory": "Show me in the directory, so that other members find me",
        }  # fmt: skip
        help_texts = {
            "name": "As you want others to see it, in any script.",
            "handle": "Your address on this site: small letters, digits and hyphens.",
            "pronouns": "For example she/her.",
            "headline": "It stands under your name wherever others meet you.",
            "biography": "A few sentences. Markdown works.",
            "country": "Shows others which rules and holidays apply where you are.",
            "organisation": "So that a team or a circle does not come from one house alone.",
            "unit": "",
            "workflows": "For example: trunk-based, reviews in pairs, on call every third week.",
            "challenges": "Brings you together with people who have the same on their desk, or had it.",
            "motivations": "",
            "goals": "For example: run a model on our own machines before summer.",
            "can_help_with": "Separate topics with commas. Others find you by them.",
            "looks_for": "",
            "hours_per_week": "Nobody is proposed for more than they have. A number from 0 to 40.",
            "open_to_mentor": "Members see it beside your name; you are asked first, each time.",
            "open_to_pairing": "Members see it beside your name.",
            "open_to_buddy": "Who joins your community may get you as their buddy, while you are in the directory.",
            "paused_until": "Up to and on that day nobody asks you for anything, and no suggestion names you.",
            "quote": "One or two sentences, without quotation marks.",
            "quote_on_home": "Only while you are in the directory. Take the tick away, and it is gone at once.",
            "in_directory": "Only signed-in members see the directory. Your e-mail address is never shown.",
        }  # fmt: skip
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
            "handle": forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
            "biography": forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
            "town": forms.TextInput(attrs={"autocomplete": "address-level2"}),
            "country": forms.Select(attrs={"autocomplete": "country"}),
            **{name: forms.Textarea(attrs={"rows": 2}) for name in ("workflows", "challenges", "motivations", "goals")},
            "quote": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "hours_per_week": forms.NumberInput(attrs={"min": 0, "max": 40, "inputmode": "numeric"}),
            "paused_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"] = forms.ChoiceField(
            choices=[("", "Not said"), *places.country_names().items()], required=False, label="Country",
            help_text=self.Meta.help_texts["country"], widget=self.Meta.widgets["country"],
            error_messages={"invalid_choice": "Choose a country of the list."},
        )  # fmt: skip
        for name, kinds in {"function": Member.Function, "sector": Member.Sector}.items():
            self.fields[name] = forms.ChoiceField(
                choices=[("", "Not said"), *kinds.choices], required=False, label=self.fields[name].label
            )
        if self.instance.paused_until and self.instance.paused_until < timezone.localdate():
            self.initial["paused_until"] = None
        self._add_audiences()
        self._add_links()

    def _add_audiences(self) -> None:
        named = {**{row.name: self.fields[row.name].label for part in SECTIONS for row in part.rows if row.chosen},
                 **dict(PAGE_PARTS), "links": "your links"}  # fmt: skip
        for name, label in named.items():
            choices = AUDIENCES[:2] if name == "page" else AUDIENCES
            self.fields[f"audience_{name}"] = forms.ChoiceField(
                choices=choices, required=False, label=f"Who sees: {label}",
                initial=audience.audience_of(self.instance, name),
                error_messages={"invalid_choice": "Choose who sees this: everybody, members or only you."},
            )  # fmt: skip

    def _add_links(self) -> None:
        kept = list(self.instance.links.all()) if self.instance.pk else []
        for number in range(MOST_LINKS):
            link = kept[number] if number < len(kept) else MemberLink()
            self.fields[f"link_{number}_url"] = HttpsField(
                required=False, max_length=300, initial=link.url, label=f"Address of link {number + 1}"
            )
            self.fields[f"link_{number}_title"] = forms.CharField(
                required=False, max_length=60, initial=link.title, label=f"Words for link {number + 1}"
            )

    # How the page shows it

    def parts(self) -> Iterator[Part]:
        for section in SECTIONS:
            rows = [
                Row(self[row.name], self[f"audience_{row.name}"] if row.chosen else None, row.fixed)
                for row in section.rows
            ]
            yield Part(section, rows)

    def page_parts(self) -> list[tuple[BoundField, str]]:
        return [(self[f"audience_{name}"], words) for name, words in PAGE_PARTS]

    def link_rows(self) -> tuple[list[tuple[BoundField, BoundField]], list[tuple[BoundField, BoundField]]]:
        """Up to one after the last that is filled in, two at least; and the rest, which is all empty."""
        rows = [(self[f"link_{number}_url"], self[f"link_{number}_title"]) for number in range(MOST_LINKS)]
        filled = max((n for n, (url, title) in enumerate(rows, 1) if url.value() or title.value()), default=0)
        shown = max(2, filled + 1)
        return rows[:shown], rows[shown:]

    def links_audience(self) -> BoundField:
        return self["audience_links"]

    # What was typed

    def clean_handle(self) -> str:
        handle = str(self.cleaned_data["handle"]).strip().lower()
        if Member.objects.filter(handle__iexact=handle).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("This handle is taken. Choose another one.")
        return handle

    def clean_hours_per_week(self) -> int | None:
        hours: int | None = self.cleaned_data["hours_per_week"]
        if hours is not None and hours > MOST_HOURS:
            raise forms.ValidationError("Write a number of hours from 0 to 40.")
        return hours

    def clean_paused_until(self) -> Any:
        until, today = self.cleaned_data["paused_until"], timezone.localdate()
        if until and not today <= until <= today + LONGEST_PAUSE:
            raise forms.ValidationError("Choose a day from today on, within the next year. Empty means no pause.")
        return until

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        seen: set[str] = set()
        for number in range(MOST_LINKS):
            url, title = values.get(f"link_{number}_url", ""), values.get(f"link_{number}_title", "")
            if url and url in seen:
                self.add_error(f"link_{number}_url", "This address stands here twice. Keep one of them.")
            if title and not url and f"link_{number}_url" not in self.errors:
                self.add_error(f"link_{number}_url", f"Write the address of “{title}”, or remove its words.")
            seen.add(url)
        return values

    def profile(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def audiences(self) -> dict[str, str]:
        """Only what was sent along: a missing one stays as it is."""
        chosen = [(name, value) for name, value in self.cleaned_data.items() if name.startswith("audience_") and value]
        return {name.removeprefix("audience_"): value for name, value in chosen}

    def links(self) -> list[tuple[str, str]]:
        """Address and words of each; without words the name of the site stands for them."""
        typed = [
            (self.cleaned_data[f"link_{number}_url"], self.cleaned_data[f"link_{number}_title"])
            for number in range(MOST_LINKS)
        ]
        return [(url, title or url.split("/")[2].removeprefix("www.")[:60]) for url, title in typed if url]
