"""The embedded PostgreSQL: see `server.py` for how it is shared and who may enter."""

from ydin.kernel.database.binaries import DatabaseUnavailable, find_binaries, installed_binaries
from ydin.kernel.database.server import Server, embedded_server, forget_cluster, throwaway_server

__all__ = [
    "DatabaseUnavailable",
    "Server",
    "embedded_server",
    "find_binaries",
    "forget_cluster",
    "installed_binaries",
    "throwaway_server",
]
