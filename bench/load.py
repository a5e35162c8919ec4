"""A bounded load generator: a few processes, each with a few connections that are kept open, loopback only."""

from __future__ import annotations

import http.client
import multiprocessing
import threading
import time
from typing import Any

PROCESSES = 2
CONNECTIONS = 2  # per process


def requests_per_second(port: int, path: str, seconds: float) -> float:
    """How many answers with status 200 came per second; anything else ends the measurement."""
    context = multiprocessing.get_context("fork")
    results: Any = context.SimpleQueue()
    clients = [context.Process(target=client, args=(port, path, seconds, results)) for _ in range(PROCESSES)]
    for one in clients:
        one.start()
    rates = [results.get() for _ in clients]
    for one in clients:
        one.join()
    if any(isinstance(rate, str) for rate in rates):
        raise SystemExit(f"{path}: {', '.join(map(str, rates))}")
    return float(sum(rates))


def client(port: int, path: str, seconds: float, results: Any) -> None:
    rates: list[float] = []
    faults: list[str] = []
    threads = [
        threading.Thread(target=one_connection, args=(port, path, seconds, rates, faults)) for _ in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put(faults[0] if faults else sum(rates))


def one_connection(port: int, path: str, seconds: float, rates: list[float], faults: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    answered, began = 0, time.monotonic()
    while time.monotonic() - began < seconds:
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            faults.append(repr(error))
            break
        if answer.status != 200:
            faults.append(f"status {answer.status}")
            break
        answered += 1
    rates.append(answered / (time.monotonic() - began))
    connection.close()
