"""The real settings with example values, for tools that only look at the code (mypy with Django)."""

import os

os.environ.setdefault("YDIN_ENV", "test")
os.environ.setdefault("YDIN_SECRET_KEY", "only for tools")
os.environ.setdefault("YDIN_BASE_URL", "http://testserver")
os.environ.setdefault("DATABASE_URL", "postgresql:///no-database-is-asked")

from ydin.config.settings import *  # noqa: F403 - the values above come first
