"""`python -m ydin.cli` does the same as `ydin`."""

import sys

from ydin.cli import main

sys.exit(main())
