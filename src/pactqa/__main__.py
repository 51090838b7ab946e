"""Runs the `pactqa` command as `python -m pactqa`."""

from pactqa.cli import main

if __name__ == "__main__":
    main()
