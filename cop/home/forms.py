from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html

from communities.models import Community
from members.models import Persona, PlacementQuestion


class PersonaChoice(forms.ModelChoiceField[Persona]):
    def label_from_instance(self, persona: Persona) -> str:
        return format_html("<b>{}, {}</b>{}", persona.name, persona.title, persona.value)


class CommunityChoice(forms.ModelChoiceField[Community]):
    def label_from_instance(self, community: Community) -> str:
        return format_html("<b>{}</b>{}", community.name, community.why[:1].upper() + community.why[1:])


class PlaceForm(forms.Form):
    """A persona or none, and a first community or none yet."""

    persona = PersonaChoice(
        Persona.objects.all(),
        to_field_name="slug",
        required=False,
        blank=True,
        empty_label="None of these, or I would rather not say",
        widget=forms.RadioSelect,
        label="Who comes closest to you?",
        error_messages={"invalid_choice": "Choose one of the six, or none of these."},
    )
    community = CommunityChoice(
        Community.objects.filter(kind="target", is_archived=False).exclude(visibility="own"),
        to_field_name="slug",
        required=False,
        blank=True,
        empty_label="I will choose later",
        widget=forms.RadioSelect,
        label="Which community is closest to your work?",
        error_messages={"invalid_choice": "Choose one of the communities, or choose later."},
    )


class QuestionsForm(forms.Form):
    """One choice for each placement question."""

    def __init__(self, *args: Any, questions: list[PlacementQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[question.key] = forms.ChoiceField(
                label=question.text,
                choices=[(option.key, option.text) for option in question.options.all()],
                widget=forms.RadioSelect,
                error_messages={
                    "required": f"Still open: {question.text}",
                    "invalid_choice": "Choose one of the answers.",
                },
            )
