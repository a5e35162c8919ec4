from __future__ import annotations

from django import forms

from communities.models import VolunteerHours


class HoursForm(forms.ModelForm[VolunteerHours]):
    hours = forms.DecimalField(
        label="Hours", min_value=0.25, max_value=24, decimal_places=2, max_digits=4,
        widget=forms.NumberInput(attrs={"step": "0.25", "inputmode": "decimal"}),
        error_messages={"required": "Write how many hours, for instance 1.5."},
    )  # fmt: skip

    class Meta:
        model = VolunteerHours
        fields = ["task", "day", "hours"]
        labels = {"task": "What you did", "day": "On which day"}
        widgets = {"day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        error_messages = {
            "task": {"required": "Write what you did, in a few words."}, "day": {"required": "Choose the day."},
        }  # fmt: skip
