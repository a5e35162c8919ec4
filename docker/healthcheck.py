"""Ends with 0 when the web server of this container answers /healthz."""

import os
import urllib.request

host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip()
request = urllib.request.Request("http://127.0.0.1:8000/healthz", headers={"Host": host})
urllib.request.urlopen(request, timeout=4)  # noqa: S310 - a fixed http address
