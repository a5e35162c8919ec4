"""Walking through the site by its own links, a few pages of each kind."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator

from django.test import Client

OF_EACH_KIND = 8
LEFT_ALONE = ("/static/", "/admin/", "/accounts/", "/mailbox/", "/styleguide/")
START = ["/", "/dashboard/", "/members/", "/communities/", "/events/", "/events/?past=1", "/events.ics", "/connect/",
         "/governance/", "/levels/", "/modules/", "/labs/"]  # fmt: skip


def pages(client: Client) -> Iterator[tuple[str, str]]:
    """Address and text of every page that answers."""
    seen, waiting, kinds = set(START), deque(START), Counter[str]()
    while waiting:
        address = waiting.popleft()
        kinds[kind_of(address)] += 1
        if kinds[kind_of(address)] > OF_EACH_KIND:
            continue
        answer = client.get(address)
        if answer.status_code != 200:
            continue
        text = answer.content.decode(errors="replace")
        yield address, text
        for found in re.findall(r'href="(/[^"#]*)', text):
            link = found.replace("&amp;", "&")
            if link not in seen and not link.startswith(LEFT_ALONE):
                seen.add(link)
                waiting.append(link)


def kind_of(address: str) -> str:
    """First, third and later parts: what stands between names one thing of many."""
    path, _, query = address.partition("?")
    parts = path.strip("/").split("/")
    return "/".join([parts[0], *(re.sub(r"\d+", "N", part) for part in parts[2:])]) + "?" * bool(query)
