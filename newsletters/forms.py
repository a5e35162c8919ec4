from __future__ import annotations

from typing import Any

from django import forms

from communities.models import Community
from cop.lib.addresses import validate_plain_address
from cop.site.letters import one_line
from members.models import Level, Persona
from newsletters import rules
from newsletters.delivery import audience
from newsletters.models import Issue, Subscription


class SubscribeForm(forms.Form):
    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        validators=[validate_plain_address],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Write the address that the newsletter should go to.",
            "invalid": "Write a whole address, such as name@example.org.",
        },
    )


class SearchForm(forms.Form):
    q = forms.CharField(label="Search all issues", required=False, max_length=200)


class LeavingForm(forms.Form):
    reason = forms.ChoiceField(
        label="Why did you stop it?", choices=Subscription.Reason.choices, widget=forms.RadioSelect, required=False
    )


class IssueForm(forms.ModelForm[Issue]):
    """Writing an issue; with the button for approval it also says what is missing, beside the field."""

    who = forms.ChoiceField(
        label="Audience",
        choices=[("everyone", "Everyone who subscribed"), ("some", "Only members who fit the choices below")],
        widget=forms.RadioSelect, initial="everyone",
    )  # fmt: skip
    communities = forms.ModelMultipleChoiceField(
        Community.objects.all(), to_field_name="slug", required=False, label="In one of these communities",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    personas = forms.ModelMultipleChoiceField(
        Persona.objects.all(), to_field_name="slug", required=False, label="Like one of these personas",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    levels = forms.ModelMultipleChoiceField(
        Level.objects.all(), to_field_name="slug", required=False, label="At one of these levels",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        model = Issue
        fields = ["number", "slug", "subject", "preheader", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 24, "cols": 90})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule = self.instance.audience
        if rule and not rule.get("everyone"):
            self.initial["who"] = "some"
        for part in audience.PARTS:
            self.initial[part] = rule.get(part, [])

    def clean_subject(self) -> str:
        return one_line(self.cleaned_data["subject"])

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        self.instance.audience = self._rule(values)
        if "_approve" in self.data:
            self._say_what_is_missing(values)
        return values

    def _rule(self, values: dict[str, Any]) -> dict[str, Any]:
        if values.get("who") != "some":
            return audience.EVERYONE
        chosen = {part: [found.slug for found in values.get(part) or []] for part in audience.PARTS}
        return {part: slugs for part, slugs in chosen.items() if slugs}

    def _say_what_is_missing(self, values: dict[str, Any]) -> None:
        draft = Issue(subject=values.get("subject", ""), body=values.get("body", ""))
        for name, words in rules.faults(draft, audience.size(self.instance.audience)).items():
            field = "who" if name == "audience" else name
            if field not in self.errors:
                self.add_error(field, words)
