from __future__ import annotations

from django import forms


class PictureForm(forms.Form):
    """A file to make the own picture from; what may be in it is decided where it is made anew."""

    picture = forms.FileField(
        label="Picture", help_text="JPEG, PNG or WebP, 5 MB at most. We keep the middle of it, 256 pixels wide.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": "Choose a file with a picture first.", "empty": "This file is empty. Choose another one.",
            "missing": "Choose a file with a picture first.",
        },
    )  # fmt: skip
