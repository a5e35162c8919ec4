"""A stand-in for the rest of the web: a server on loopback that answers as a test wants."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Platform(BaseHTTPRequestHandler):
    """Answers as its server's `answers` say: path to status, and where it leads."""

    def do_HEAD(self):
        self._answer()

    def do_GET(self):
        self._answer()

    def _answer(self):
        self.server.asked.append((self.command, self.headers["Host"], self.path))
        status, onward = self.server.answers.get((self.command, self.path)) or self.server.answers.get(
            self.path, (200, "")
        )
        self.send_response(status)
        if onward:
            self.send_header("Location", onward)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@contextmanager
def running_platform(answers):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Platform)
    server.answers, server.asked = answers, []
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
