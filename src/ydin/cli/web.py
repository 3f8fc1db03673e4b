"""What each web process runs: Django's application, ending when the server that started it is gone."""

from ydin.config.wsgi import application
from ydin.kernel.processes import end_with_parent

__all__ = ["application"]

end_with_parent()
