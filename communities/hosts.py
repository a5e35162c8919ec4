"""Which addresses belong to which platform. A link that only looks like the platform is how people get tricked."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

HOSTS = {
    "Website": [urlsplit(settings.SITE_URL).hostname or ""],
    "Discord": ["discord.com", "discord.gg"],
    "LinkedIn": ["linkedin.com"],
    "GitHub": ["github.com"],
    "GitLab": ["gitlab.com"],
    "Zoom": ["zoom.us", "zoom.com"],
    "YouTube": ["youtube.com", "youtu.be"],
    "Twitch": ["twitch.tv"],
    "Slack": ["slack.com"],
    "Matrix": ["matrix.to", "matrix.org"],
    "Mattermost": ["mattermost.com"],
    "Local meetups": ["meetup.com", "openstreetmap.org"],
}


def fault_of_address(platform: str, address: str) -> str:
    """What is wrong with a channel's address, in words for the person who typed it; empty when nothing is.

    platform: the platform's name as in HOSTS. address: empty while the channel is planned.
    A subdomain of an accepted host is accepted, another host that only ends in the same letters is not.
    """
    if not address:
        return ""
    if platform not in HOSTS:
        return f"No hosts are known for “{platform}”. Leave the address empty, or choose one of: {', '.join(HOSTS)}."
    accepted = f"Accepted for {platform}: {', '.join(HOSTS[platform])}."
    parts = _split(address)
    if parts is None or parts[0] != "https":
        return f"The address must start with https://. {accepted}"
    if not any(parts[1] == host or parts[1].endswith(f".{host}") for host in HOSTS[platform]):
        return f"“{parts[1]}” does not belong to {platform}. {accepted}"
    return ""


def _split(address: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(address)
        return parts.scheme, (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
