"""Where the data of a lab or tool goes: the classes and the words for them."""

from __future__ import annotations

from django.db import models


class Exposure(models.TextChoices):
    """Where the data of a lab or tool goes, from nowhere to everywhere."""

    NONE = "none", "None"
    LOCAL_ONLY = "local-only", "Local only"
    ON_PREMISES = "on-premises", "On premises"
    VENDOR_CLOUD = "vendor-cloud", "Vendor cloud"
    PUBLIC_SERVICE = "public-service", "Public service"

    @property
    def reach(self) -> int:
        """How far data goes: 0 nowhere, 4 everywhere."""
        return list(Exposure).index(self)

    @property
    def short(self) -> str:
        """For a line of facts, for instance `stays on your machine`."""
        return EXPOSURE_WORDS[self.value][0]

    @property
    def warning(self) -> str:
        """For who wants data to stay nearer, for instance `may send text to a public service`."""
        return WARNINGS[self.value]

    @property
    def explanation(self) -> str:
        return EXPOSURE_WORDS[self.value][1]


EXPOSURE_WORDS = {
    "none": ("sends nothing anywhere", "No model and no service is used. Nothing is sent anywhere."),
    "local-only": ("stays on your machine", "Everything runs on your own computer. Nothing leaves it."),
    "on-premises": (
        "stays inside your organisation",
        "Text may go to a service that your own organisation runs, and no further.",
    ),
    "vendor-cloud": (
        "goes to a vendor under contract",
        "Text goes to a vendor’s cloud. Use it only where your organisation has a contract that covers your data.",
    ),
    "public-service": (
        "goes to a public service",
        "Text goes to a public service that may keep it. Use no data of your work and none about people.",
    ),
}
WARNINGS = {
    "none": "sends nothing anywhere",
    "local-only": "may run a model on your machine",
    "on-premises": "may send text to a service of your organisation",
    "vendor-cloud": "may send text to the cloud of a vendor",
    "public-service": "may send text to a public service",
}
