"""The forms in which members report on tools and suggest outside resources."""

from __future__ import annotations

from typing import Any

from django import forms

from modules.addresses import BadAddress, cleaned, key_of
from modules.models import ExternalResource, Module, ResourceNote, Subtopic, ToolReport


class ReportForm(forms.ModelForm[ToolReport]):
    """What a member experienced with a version of a tool. Their interest is asked first."""

    interest = forms.ChoiceField(
        label="My interest in this tool", choices=ToolReport.Interest.choices, widget=forms.RadioSelect,
        error_messages={"required": "Say what your interest in this tool is."},
    )  # fmt: skip

    class Meta:
        model = ToolReport
        fields = ["interest", "version", "used_on", "body"]
        widgets = {
            "used_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "body": forms.Textarea(attrs={"rows": 8}),
        }
        help_texts = {"body": "What you did, what worked, what did not. Markdown; 4,000 characters fit."}
        error_messages = {
            "version": {"required": "Write the version as the tool itself says it."},
            "used_on": {"required": "Write the day on which you last used it."},
            "body": {"required": "Write what you did with it, what worked and what did not."},
        }


class SuggestForm(forms.ModelForm[ExternalResource]):
    """A page elsewhere from which others can learn, with one sentence on why."""

    url = forms.CharField(
        label="Address", max_length=2000, help_text="What only tracks people is taken out of it.",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        error_messages={"required": "Write the address of the page."},
    )  # fmt: skip

    class Meta:
        model = ExternalResource
        field_classes = {"url": forms.CharField}
        fields = ["url", "title", "kind", "module", "subtopic", "level", "hours", "cost", "why"]
        help_texts = {"hours": "For instance 0.5 for half an hour.", "subtopic": "If it belongs to one."}
        widgets = {"why": forms.Textarea(attrs={"rows": 2})}
        error_messages = {
            "title": {"required": "Write the title as it stands on the page."},
            "module": {"required": "Choose the module to which it belongs."},
            "hours": {"required": "Write how many hours it takes."},
            "why": {"required": "Write one sentence on why it is worth the time."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Choose a kind"), *ExternalResource.Kind.choices]  # type: ignore[attr-defined]
        self.fields["module"] = forms.ModelChoiceField(
            Module.objects.all(), empty_label="Choose a module", error_messages=self.fields["module"].error_messages,
        )  # fmt: skip
        self.fields["subtopic"] = ByModule(Subtopic.objects.select_related("module").order_by("module__order", "order"),
                                           required=False, empty_label="The whole module")  # fmt: skip
        self.fields["hours"].min_value = 0  # type: ignore[attr-defined]

    def clean_url(self) -> str:
        try:
            return cleaned(self.cleaned_data["url"])
        except BadAddress as fault:
            raise forms.ValidationError(str(fault)) from fault

    def clean_hours(self) -> Any:
        hours = self.cleaned_data["hours"]
        if hours <= 0:
            raise forms.ValidationError("It takes some time: write a number above 0.")
        return hours

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        subtopic, module = given.get("subtopic"), given.get("module")
        if subtopic and module and subtopic.module_id != module.pk:
            self.add_error("subtopic", f"This subtopic belongs to “{subtopic.module.title}”.")
        return given

    def validate_unique(self) -> None:
        """A page that is known already is no fault: its record takes the sentence."""


class ByModule(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.module.title}: {obj.title}"


class NoteForm(forms.ModelForm[ResourceNote]):
    text = forms.CharField(
        label="What you say on it", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Others see it with your name. Empty it to take it away.",
    )  # fmt: skip

    class Meta:
        model = ResourceNote
        fields = ["text"]


class ResourceAdminForm(forms.ModelForm[ExternalResource]):
    """For organizers; the address is cleaned as that of members is."""

    class Meta:
        model = ExternalResource
        field_classes = {"url": forms.CharField}
        fields = ["url", "title", "slug", "kind", "level", "hours", "cost", "why", "module", "subtopic", "teaches"]

    def clean_url(self) -> str:
        try:
            url = cleaned(self.cleaned_data["url"])
        except BadAddress as fault:
            raise forms.ValidationError(str(fault)) from fault
        other = ExternalResource.objects.filter(key=key_of(url)).exclude(pk=self.instance.pk).first()
        if other:
            raise forms.ValidationError(f"This page is known already: “{other.title}”.")
        return url
