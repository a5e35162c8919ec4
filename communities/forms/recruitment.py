from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Case, When

from communities.models import RecruitmentCampaign
from members.models import Member, Skill


class CampaignForm(forms.ModelForm[RecruitmentCampaign]):
    """Whom a community looks for; `suggested` skills, by slug, stand first."""

    skills = forms.ModelMultipleChoiceField(
        queryset=Skill.objects.none(), label="Skills that are missing", required=False, to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    functions = forms.MultipleChoiceField(
        label="Kinds of work that are missing", required=False, choices=Member.Function.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    sectors = forms.MultipleChoiceField(
        label="Sectors that are missing", required=False, choices=Member.Sector.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        model = RecruitmentCampaign
        fields = ["title", "sentence", "skills", "functions", "sectors"]
        labels = {"title": "Name of the campaign", "sentence": "Why to come"}
        help_texts = {"sentence": "One sentence; it stands in every invitation."}
        widgets = {"sentence": forms.Textarea(attrs={"rows": 2})}
        error_messages = {
            "title": {"required": "Write a name, for instance: people who know security."},
            "sentence": {"required": "Write in a sentence why to come."},
        }

    def __init__(self, *args: Any, suggested: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["skills"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            first = Case(When(slug__in=suggested, then=0), default=1)
            field.queryset = Skill.objects.accepted().order_by(first, "title")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not (given["skills"] or given["functions"] or given["sectors"]):
            self.add_error("skills", "Choose at least one skill, kind of work or sector.")
        return given
