"""The web server: granian with Django's WSGI application."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from ydin.cli.surroundings import BadSurroundings
from ydin.kernel.processes import free_port, port_is_free

KILL_TIMEOUT_SECONDS = 8


def serve(*, host: str, port: int, workers: int, threads: int) -> NoReturn:
    """Become the web server (this process is replaced by it). SIGTERM finishes open requests first.

    Raises:
        BadSurroundings: the port is in use.

    """
    port = port or free_port(host)
    if not port_is_free(host, port):
        raise BadSurroundings(f"port {port} on {host} is in use")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ydin.config.settings")
    os.environ.setdefault("YDIN_DB_ROLE", "web")
    # one heap a thread, and large texts among small ones: glibc would keep memory that nobody uses
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    os.environ.setdefault("MALLOC_MMAP_THRESHOLD_", "131072")
    os.execv(  # noqa: S606 - our own interpreter, no shell
        sys.executable,
        [
            sys.executable, "-m", "granian", "--interface", "wsgi",
            "--host", host, "--port", str(port),
            "--workers", str(workers), "--blocking-threads", str(threads),
            "--workers-kill-timeout", str(KILL_TIMEOUT_SECONDS), "--respawn-failed-workers",
            "--no-ws", "--log-level", "warning",
            "ydin.cli.web:application",
        ],
    )  # fmt: skip
