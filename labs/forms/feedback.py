from __future__ import annotations

from django import forms

from labs.operations.feedback import ANSWER_LIMIT, MOST_MINUTES

CLARITY = [("1", "I was lost"), ("2", "Hard to follow"), ("3", "All right"), ("4", "Clear"), ("5", "Very clear")]
USEFULNESS = [("1", "Of no use"), ("2", "Of little use"), ("3", "All right"), ("4", "Useful"), ("5", "Very useful")]


class FeedbackForm(forms.Form):
    """What a member says of a lab that they finished."""

    clarity = forms.TypedChoiceField(
        label="How clear was it?", choices=CLARITY, coerce=int, widget=forms.RadioSelect,
        error_messages={"required": "Choose how clear it was, from 1 to 5."},
    )  # fmt: skip
    usefulness = forms.TypedChoiceField(
        label="How useful was it?", choices=USEFULNESS, coerce=int, widget=forms.RadioSelect,
        error_messages={"required": "Choose how useful it was, from 1 to 5."},
    )  # fmt: skip
    minutes = forms.IntegerField(
        label="How many minutes did it really take?", required=False, min_value=1, max_value=MOST_MINUTES,
        widget=forms.NumberInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text="Without breaks. Leave it empty if you do not know. The lab shows the median.",
    )  # fmt: skip
    comment = forms.CharField(
        label="What should be better?", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text="Those who keep the lab read it, without your name.",
    )  # fmt: skip


class StepReportForm(forms.Form):
    """What a member found broken in a step."""

    text = forms.CharField(
        label="What did you do, and what happened instead?", max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text="One or two sentences, and the message that you saw. Those who keep the lab see your name.",
        error_messages={"required": "Say in a sentence what happened instead."},
    )  # fmt: skip


class AnswerForm(forms.Form):
    """A steward's answer to reports on one step."""

    answer = forms.CharField(
        label="Your answer", max_length=ANSWER_LIMIT, widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        error_messages={"required": "Say what you changed, or why the step stays as it is."},
    )  # fmt: skip
