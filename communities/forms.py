from __future__ import annotations

from typing import Any

from django import forms

from communities.hosts import HOSTS
from communities.models import Channel, Community
from cop.lib.fields import LinesField


class CommunityForm(forms.ModelForm[Community]):
    brings = LinesField(required=False, label="What people bring", help_text="One short phrase on each line.")

    class Meta:
        model = Community
        fields = [
            "name", "slug", "kind", "parent", "order", "is_archived", "why", "brings", "success", "description",
        ]  # fmt: skip
        widgets = {name: forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}) for name in ("why", "success")}


class ChannelForm(forms.ModelForm[Channel]):
    platform = forms.ChoiceField()
    url = forms.URLField(
        label="Address", required=False, assume_scheme="https", max_length=300,
        help_text="https only, at the platform's own host. Leave it empty while the channel is planned.",
    )  # fmt: skip

    class Meta:
        model = Channel
        fields = [
            "platform", "function", "slug", "status", "url", "community", "order", "why", "audience", "rules",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        platform = self.fields["platform"]
        if isinstance(platform, forms.ChoiceField):
            names = [*HOSTS, *({self.instance.platform} - {"", *HOSTS})]
            platform.choices = [(name, name) for name in names]
