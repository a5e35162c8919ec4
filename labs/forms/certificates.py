from __future__ import annotations

from django import forms

from labs.models import CertificateCriteria


class RevokeForm(forms.Form):
    reason = forms.CharField(
        max_length=400, widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text="It stands on the page of the certificate for everybody, and its owner is told.",
    )  # fmt: skip


class CriteriaForm(forms.ModelForm[CertificateCriteria]):
    """For a new module or path; what is there already is changed by a new version."""

    class Meta:
        model = CertificateCriteria
        fields = ["module", "path", "text", "accepted_submissions", "months"]

    def clean(self) -> None:
        super().clean()
        module, path = self.cleaned_data.get("module"), self.cleaned_data.get("path")
        if bool(module) == bool(path):
            self.add_error("module", "Choose a module or a path, one of the two.")
        if not self.cleaned_data.get("months"):
            self.add_error("months", "A certificate is valid for at least one month.")
