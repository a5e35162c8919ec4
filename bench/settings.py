"""The site's own settings with one more address: a page that does nothing, behind the same middleware."""

from cop.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
