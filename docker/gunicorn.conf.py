"""Web server of the production image."""

import os

bind = "0.0.0.0:8000"  # inside the container; only the proxy reaches it
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "3"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_tmp_dir = "/dev/shm"  # noqa: S108 - the heartbeat must not wait for a disk
graceful_timeout = 30
max_requests = 5000  # memory that leaks anywhere is given back
max_requests_jitter = 500
control_socket_disable = True
