"""What a page says."""

import re
from typing import Any


def text_of(answer: Any) -> str:
    """The words of an answer without its tags, with one space between them."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
