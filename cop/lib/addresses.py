"""Which e-mail addresses the site takes from people."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError

# Printable ASCII without what starts an encoded word or ends a header. An international domain is given as xn--...:
# two addresses that only look or fold alike are then never taken for one.
PLAIN = re.compile(r"[!-~]+@[A-Za-z0-9.-]+", re.ASCII)


def validate_plain_address(value: str) -> None:
    if not PLAIN.fullmatch(value) or "=?" in value:
        raise ValidationError("Write the address in plain letters and signs, such as name@example.org.", code="plain")
