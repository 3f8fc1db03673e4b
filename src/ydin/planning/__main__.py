"""`python -m ydin.planning`: the same as `ydin plan`."""

import sys

from ydin.planning.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
