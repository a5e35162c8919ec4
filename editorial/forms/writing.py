"""Writing, deciding and remarking."""

from __future__ import annotations

from typing import Any

from django import forms

from editorial.merge import BOTH, MINE, THEIRS, Merged, wording
from editorial.models import Revision
from editorial.operations import comments, drafts
from members.models import Member

OWN = "own"


class WritingForm(forms.Form):
    """The text, or one section of it, and what the change is. The hidden fields say what the writer had before them."""

    content = forms.CharField(
        label="Text", strip=False, max_length=drafts.LONGEST, required=False,
        help_text="Markdown. Headings of sections begin with ##.",
        widget=forms.Textarea(attrs={"rows": 22, "class": "writing", "spellcheck": "true"}),
    )  # fmt: skip
    note = forms.CharField(
        label="What you change and why", max_length=300, required=False,
        help_text="One sentence. It stands in the history for good. A draft can do without.",
    )  # fmt: skip
    change = forms.ChoiceField(label="Kind of change", choices=Revision.Change, widget=forms.RadioSelect)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            del self.fields["change"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        asks = self.data.get("do") == "propose"
        if asks and not given.get("content", "").strip() and "content" not in self.errors:
            self.add_error("content", "Write the text first.")
        if asks and "note" not in self.errors and not given.get("note", "").strip() and "change" in self.fields:
            self.add_error("note", "Write what you change and why, in one sentence.")
        return given


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label="Your words to the author", max_length=2000, required=False,
        help_text="Needed to ask for changes and to refuse; everybody who reads the history sees them.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    waive = forms.CharField(
        label="Why the open remarks can wait", max_length=2000, required=False,
        help_text="Only to accept while remarks are open.",
    )  # fmt: skip
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    do = forms.ChoiceField(choices=[("accept", ""), ("ask", ""), ("refuse", "")], widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("do") in ("ask", "refuse") and "reason" not in self.errors and not given.get("reason"):
            self.add_error("reason", "Write the reason. The author reads it.")
        return given


class RemarkForm(forms.Form):
    section = forms.ChoiceField(label="About", required=False)
    body = forms.CharField(
        label="Remark", max_length=comments.LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Markdown. An open remark stops the acceptance until it is settled.",
        error_messages={"required": "Write your remark."},
    )  # fmt: skip

    def __init__(self, *args: Any, sections: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["section"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "The whole text"), *sections]


class InviteForm(forms.Form):
    handle = forms.CharField(label="Address of the member, as in /members/kim/", max_length=200)

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_handle(self) -> Member:
        handle = self.cleaned_data["handle"].strip().strip("/").rpartition("/")[2].removeprefix("@")
        found: Member | None = Member.objects.visible_to(self.by).filter(handle__iexact=handle).first()
        if found is None:
            raise forms.ValidationError("Nobody in the directory has this address.")
        return found


class MergeForm(forms.Form):
    """One choice for each place that both sides changed."""

    on = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1)
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, merged: Merged, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.merged = merged
        for number, conflict in enumerate(merged.conflicts):
            self.fields[f"choice_{number}"] = forms.ChoiceField(
                label=f"Place {number + 1}", widget=forms.RadioSelect,
                choices=[
                    (THEIRS, "As in the version in force"), (MINE, "As in your draft"),
                    (BOTH, "Both, one after the other"), (OWN, "As written below"),
                ],
                error_messages={"required": f"Choose what stands at place {number + 1}."},
            )  # fmt: skip
            self.fields[f"own_{number}"] = forms.CharField(
                label=f"Own words for place {number + 1}", required=False, strip=False, initial=conflict.mine,
                max_length=drafts.LONGEST, widget=forms.Textarea(attrs={"rows": 5, "class": "writing"}),
            )  # fmt: skip

    def places(self) -> list[tuple[Any, Any, Any]]:
        """Each conflict with its two fields."""
        return [
            (conflict, self[f"choice_{number}"], self[f"own_{number}"])
            for number, conflict in enumerate(self.merged.conflicts)
        ]

    def text(self) -> str:
        """The whole, as it was chosen."""
        return self.merged.resolved(
            [
                self._own(number) if self.cleaned_data[f"choice_{number}"] == OWN
                else wording(conflict, self.cleaned_data[f"choice_{number}"])
                for number, conflict in enumerate(self.merged.conflicts)
            ]
        )  # fmt: skip

    def _own(self, number: int) -> str:
        words: str = self.cleaned_data[f"own_{number}"].replace("\r\n", "\n")
        return words if not words or words.endswith("\n") else words + "\n"
