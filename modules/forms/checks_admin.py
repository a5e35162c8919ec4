"""The forms in which stewards write checks and tools."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from members.forms.fields import HttpsField
from members.models import Skill
from modules import checks, written_answers
from modules.models import Check, Question, Tool, ToolCategory
from modules.rules import fault_of_category


class QuestionForm(forms.ModelForm[Question]):
    """A question with its answers as lines, so that nobody has to write keys."""

    answers = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}), required=False,
        help_text=written_answers.HELP,
    )  # fmt: skip

    class Meta:
        model = Question
        fields = ["order", "kind", "text", "key", "explanation"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "explanation": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one = self.instance
        if one.pk:
            self.fields["answers"].initial = written_answers.write(one.kind, one.options, one.answer)

    def clean(self) -> dict[str, Any]:
        """In a check that is shown, a question that cannot be marked is refused; in a draft it may wait."""
        given = super().clean() or self.cleaned_data
        known = self.instance.options or []
        options, answer = written_answers.read(given.get("kind", ""), given.get("answers", ""), known)
        fault = checks.fault_of_question(given.get("kind", ""), options, answer)
        if fault and self.is_shown():
            self.add_error("answers", f"This check is published, and {fault}. {written_answers.HELP}")
        self.instance.options, self.instance.answer = options, answer
        return given

    def is_shown(self) -> bool:
        check = getattr(self.instance, "check_in", None) if self.instance.check_in_id else None
        return bool(check and check.is_published)


class CheckForm(forms.ModelForm[Check]):
    class Meta:
        model = Check
        fields = ["module", "article", "title", "slug", "stage", "before", "minutes", "required"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        before = given.get("before")
        if before and given.get("stage") != Check.Stage.AFTER:
            self.add_error("before", "Only a check after the reading has one before it.")
        if before and before.stage != Check.Stage.BEFORE:
            self.add_error("before", "Choose a check that is taken before the reading.")
        article, module = given.get("article"), given.get("module")
        if article and module and article.module_id != module.pk:
            self.add_error("article", "This article belongs to another module.")
        return given


class CategoryForm(forms.ModelForm[ToolCategory]):
    class Meta:
        model = ToolCategory
        fields = ["title", "slug", "order", "text", "no_open_known"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        tools = list(self.instance.tools.values_list("is_open", flat=True)) if self.instance.pk else []
        fault = fault_of_category(tools=len(tools), open_tools=sum(tools), none_known=bool(given.get("no_open_known")))
        if fault:
            raise ValidationError(fault)
        return given


class ToolForm(forms.ModelForm[Tool]):
    """The facts of a tool; its category must still show an open one afterwards."""

    runs = forms.MultipleChoiceField(choices=Tool.Runs.choices, widget=forms.CheckboxSelectMultiple)
    skills = forms.ModelMultipleChoiceField(
        Skill.objects.accepted().order_by("title"), to_field_name="slug", required=False,
        widget=forms.SelectMultiple(attrs={"size": 12}),
    )  # fmt: skip

    class Meta:
        model = Tool
        fields = ["name", "slug", "category", "maker", "licence", "is_open", "runs", "exposure", "sees_secrets",
                  "maturity", "maturity_reason", "skills", "summary", "homepage", "checked_on"]  # fmt: skip
        field_classes = {"homepage": HttpsField}

    def clean_skills(self) -> list[str]:
        return [skill.slug for skill in self.cleaned_data["skills"]]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        new, old = given.get("category"), self.instance.category_id and self.instance.category
        faults = []
        if new:
            faults.append(self._fault(new, [bool(given.get("is_open"))]))
        if new and old and old != new:
            faults.append(self._fault(old, []))
        for fault in filter(None, faults):
            self.add_error("category", fault)
        return given

    def _fault(self, category: ToolCategory, more: list[bool]) -> str:
        tools = [*category.tools.exclude(pk=self.instance.pk).values_list("is_open", flat=True), *more]
        fault = fault_of_category(tools=len(tools), open_tools=sum(tools), none_known=category.no_open_known)
        return f"{category.title}: {fault}" if fault else ""
