from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from communities.charter_fields import BY_NAME, OF_BOUNDARY, OF_CHARTER
from communities.forms.boundary import CriterionForm
from communities.models import Boundary, Charter, Community
from communities.queries.charter import values_of
from communities.queries.people import members_of
from members.models import Level, Member

CriteriaFormSet = forms.formset_factory(CriterionForm, extra=2, max_num=12, validate_max=True)


class CharterValues(forms.ModelForm[Charter]):
    """The fields of a charter, with what each makes the software do."""

    lead_level = forms.ChoiceField(required=False)

    class Meta:
        model = Charter
        fields = list(OF_CHARTER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [("", "None"), *Level.objects.values_list("slug", "title")]
        level = self.fields["lead_level"]
        if isinstance(level, forms.ChoiceField):
            level.choices = levels
        for name, field in self.fields.items():
            if name in BY_NAME:
                field.label, field.help_text = BY_NAME[name].label, BY_NAME[name].does
        self.fields["text"].widget.attrs["rows"] = 6


class ProposalForm(CharterValues):
    """New values for a charter and the boundary, and why."""

    door = forms.ChoiceField(choices=Boundary.Door.choices)
    in_scope = forms.CharField(required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    out_of_scope = forms.CharField(required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    reason = forms.CharField(
        label="Why", max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The members read this beside the vote.", error_messages={"required": "Write why, in a sentence."},
    )  # fmt: skip

    def __init__(self, *args: Any, community: Community, charter: Charter, boundary: Boundary, **kwargs: Any) -> None:
        values = values_of(charter, boundary)
        self.criteria = CriteriaFormSet(
            args[0] if args else None,
            initial=values.pop("criteria"),
            prefix="criteria",
            error_class=forms.utils.ErrorList,
        )
        super().__init__(*args, initial=values, instance=Charter(community=community), **kwargs)

    field_order = ["door", "in_scope", "out_of_scope", *OF_CHARTER]

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.criteria.is_valid()])

    def changes(self) -> dict[str, Any]:
        """Every field with its value; what is as before is left out by the operation."""
        values = {name: self.cleaned_data[name] for name in (*OF_BOUNDARY, *OF_CHARTER)}
        asked = [form.value() for form in self.criteria.forms if form.cleaned_data]
        return values | {"criteria": [one for one in asked if one]}


class VoteForm(forms.Form):
    choice = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect, label="Your vote",
        error_messages={"required": "Choose yes or no."},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why, if you like", required=False, max_length=300, help_text="Stands beside your vote for the members."
    )


class CandidateForm(forms.Form):
    handle = forms.CharField(
        label="Handle of the member", max_length=31, help_text="They must belong to the community.",
        error_messages={"required": "Write whom you propose."},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why", max_length=600, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write why, in a sentence."},
    )  # fmt: skip

    def __init__(self, *args: Any, community: Community, viewer: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community, self.viewer = community, viewer

    def clean_handle(self) -> Member:
        """Somebody whom the proposer may know of; all others are unknown in the same words."""
        handle = self.cleaned_data["handle"].strip().lstrip("@")
        known = Q(pk__in=Member.objects.visible_to(self.viewer).values("pk"))
        known |= Q(pk__in=members_of(self.community, self.viewer).values("member"))
        member: Member | None = Member.objects.filter(known, handle__iexact=handle).first()
        if member is None:
            raise forms.ValidationError(f"There is no member “{handle}”. Write the handle as it stands on their page.")
        return member
