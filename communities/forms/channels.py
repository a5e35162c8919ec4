from __future__ import annotations

from typing import Any

from django import forms

from communities.hosts import HOSTS
from communities.models import Channel


class ChannelForm(forms.ModelForm[Channel]):
    platform = forms.ChoiceField()
    url = forms.URLField(
        label="Address", required=False, assume_scheme="https", max_length=300,
        help_text="https only, at the platform's own host. Leave it empty while the channel is planned.",
    )  # fmt: skip

    class Meta:
        model = Channel
        fields = [
            "platform", "function", "slug", "status", "url", "community", "owner", "personas", "order", "why",
            "audience", "rules",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        platform = self.fields["platform"]
        if isinstance(platform, forms.ChoiceField):
            names = [*HOSTS, *({self.instance.platform} - {"", *HOSTS})]
            platform.choices = [(name, name) for name in names]
