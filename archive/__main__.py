"""``python -m archive`` and the command ``reading-room``."""

from archive.cli import main

if __name__ == "__main__":
    main()
