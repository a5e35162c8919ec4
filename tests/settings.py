"""The site's own settings, with quick password hashes and separate Valkey databases for parallel test workers."""

import os

from cop.settings import *  # noqa: F403
from cop.settings import BROKER_ADDRESS, CACHE_ADDRESS, CACHES, DATABASES, MIDDLEWARE

# Tests that commit empty all tables in one stroke, which the ledger refuses everywhere else.
DATABASES["default"]["OPTIONS"] = {"options": "-c cop.may_empty_ledger=on"}
# Copied from a database that is migrated already, where the test command names one.
DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("TEST_TEMPLATE")}
# WhiteNoise would look at every static file again for every test client; tests/local/test_production.py tests it.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]

# Each parallel worker has an own broker and cache: gw0 uses 2 and 3, gw1 uses 4 and 5, and so on.
_first = 2 * (int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1)
CELERY_BROKER_URL = BROKER_ADDRESS.replace("virtual_host=0", f"virtual_host={_first}")
CACHES["default"]["LOCATION"] = CACHE_ADDRESS.replace("db=1", f"db={_first + 1}")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
