"""The form in which a member writes down a new lab, and the one for saying how a proposed lab went."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify

from cop.lib.fields import LinesField
from cop.lib.words import count
from labs import files
from labs.lab_template import RESERVED, RUBRIC, STEPS
from labs.models import RanIt
from modules.exposure import Exposure
from modules.models import Module

LICENCES = [
    ("CC-BY-4.0", "CC BY 4.0: others may use and change it and name you"),
    ("CC-BY-SA-4.0", "CC BY-SA 4.0: the same, and what they make of it stays as open"),
    ("CC0-1.0", "CC0: no conditions at all"),
]
EXPOSURES = [("", "Choose the furthest place"), *((one.value, f"{one.label}: {one.short}") for one in Exposure)]
LONGEST_STEPS = 100_000
SHOWN = 5  # faults of headings


def area(rows: int, css: str = "") -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": css} if css else {"rows": rows})


class ContributeForm(forms.Form):
    """A lab in parts. Only its title and its module are needed to begin; the rest before it is sent for review."""

    title = forms.CharField(max_length=160, help_text="What one does, as “Find secrets before text reaches a model”.")
    module = forms.ModelChoiceField(Module.objects.all(), empty_label="Choose the module that it belongs to")
    aim = forms.CharField(
        max_length=300, required=False, help_text="One sentence that begins with “You end with”.", widget=area(2)
    )
    exposure = forms.ChoiceField(
        label="The furthest place that data goes to",
        choices=EXPOSURES,
        required=False,
        help_text="In any step, optional ones too.",
    )
    may_show_secrets = forms.BooleanField(
        label="Secrets or personal data could appear", required=False,
        help_text="Where somebody works with their own material, in files, on the screen or in logs.",
    )  # fmt: skip
    local_alternative = forms.CharField(
        label="How to do it on one’s own machine", max_length=600, required=False, widget=area(2),
        help_text="Where data leaves it otherwise. Where there is no way, write “None is known.”",
    )  # fmt: skip
    no_code = forms.BooleanField(label="Needs no code", required=False)
    prerequisites = LinesField(
        label="What one needs before", required=False, widget=area(3), help_text="One on each line."
    )
    environment = forms.CharField(
        label="Where it is done and with what", max_length=400, required=False, widget=area(2)
    )
    steps = forms.CharField(
        label="Text", max_length=LONGEST_STEPS, required=False, strip=False, widget=area(28, "writing"), initial=STEPS,
        help_text="Each step begins with a line such as “## Plant a secret {#plant minutes=8}”: its title, a short key "
        "that stays for good, and its minutes; “ optional” after the minutes where it can be left out.",
    )  # fmt: skip
    expected = forms.CharField(
        label="Expected result", max_length=20_000, required=False, widget=area(4),
        help_text="What one has at the end and can see. Markdown.",
    )  # fmt: skip
    reflection = forms.CharField(
        label="One question to think about at the end", max_length=400, required=False, widget=area(2)
    )
    licence = forms.ChoiceField(choices=LICENCES, initial="CC-BY-4.0")

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if slugify(title) in RESERVED:
            raise forms.ValidationError("A page of this site has that name. Choose another title.")
        return title

    def clean_steps(self) -> str:
        """Every heading of a step has its form; none is needed yet."""
        steps: str = self.cleaned_data["steps"]
        found = files.cut(steps.replace("\r\n", "\n"))
        wrong = [f"Line {line} {problem}." for line, problem in found.problems[:SHOWN]]
        more = len(found.problems) - SHOWN
        if more > 0:
            wrong.append(f"{count(more, 'more heading has', 'more headings have')} another form.")
        keys = [step["key"] for step in found.steps]
        if len(set(keys)) < len(keys):
            wrong.append("Each step needs a key of its own.")
        if wrong:
            raise forms.ValidationError(wrong)
        return steps

    def fields_of_lab(self) -> dict[str, Any]:
        """What was typed, as a file of a lab says it."""
        given = self.cleaned_data
        names = ("title", "aim", "exposure", "may_show_secrets", "no_code", "prerequisites", "environment")
        found = files.cut(given["steps"].replace("\r\n", "\n"))
        return {name: given[name] for name in (*names, "local_alternative", "expected", "reflection", "licence")} | {
            "minutes": found.minutes, "introduction": found.introduction, "steps": found.steps, "teaches": {},
            "troubleshooting": [], "rubric": RUBRIC,
        }  # fmt: skip


class TriedForm(forms.ModelForm[RanIt]):
    """“I ran it”: whether it worked, how long it took, with what."""

    worked = forms.TypedChoiceField(
        label="Did it work?", choices=[("1", "It worked"), ("0", "It did not work")], widget=forms.RadioSelect,
        coerce=lambda value: value == "1", error_messages={"required": "Say whether it worked."},
    )  # fmt: skip
    minutes = forms.IntegerField(label="Minutes it took you", required=False, min_value=1, max_value=32_767)
    text = forms.CharField(
        label="With what, and what you saw", max_length=600, widget=area(3),
        help_text="Your system and versions; the last line that came out; where you had to guess.",
        error_messages={"required": "Write with what you ran it, and what you saw."},
    )  # fmt: skip

    class Meta:
        model = RanIt
        fields = ["worked", "minutes", "text"]
