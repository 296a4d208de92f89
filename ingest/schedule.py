"""
How cron or systemd is told to run an ingestion: readers of the site on the same machine come first.

In: a command as a list of words, the hours between two runs. Out: a crontab line, and systemd units. Installs nothing.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32


def crontab_line(command: Sequence[str], every_hours: int) -> str:
    """
    Write the line for `crontab -e`.

    The minute is made of the command, so that not every machine asks the same sites at the full hour.

    >>> crontab_line(["/opt/gigawatch", "ingest", "--quiet"], 6)
    '39 */6 * * * nice /opt/gigawatch ingest --quiet'
    """
    minute = crc32(shlex.join(command).encode()) % 60
    hours = "0" if every_hours == 24 else "*" if every_hours == 1 else f"*/{every_hours}"
    # In a crontab a percent sign ends the command unless it is escaped.
    return f"{minute} {hours} * * * nice {shlex.join(command)}".replace("%", r"\%")


def systemd_units(command: Sequence[str], every_hours: int, folder: Path, user: str) -> dict[str, str]:
    """Write the units for systemd, by the path of their file; a run that was missed is made up for."""
    # systemd reads a percent sign as a specifier, and a dollar sign as a variable.
    words = " ".join(_quoted(word) for word in command)
    hours = "00" if every_hours == 24 else f"00/{every_hours}"
    return {
        "/etc/systemd/system/gigawatch.service": "\n".join((
            "[Unit]",
            "Description=Read the sources of gigawatch",
            "Wants=network-online.target",
            "After=network-online.target",
            "",
            "[Service]",
            "Type=oneshot",
            f"User={user}",
            f"WorkingDirectory={str(folder).replace('%', '%%')}",
            f"ExecStart={words}",
            "Nice=10",
            "# 75: another run is still at work, which is no failure.",
            "SuccessExitStatus=75",
        )),
        "/etc/systemd/system/gigawatch.timer": "\n".join((
            "[Unit]",
            "Description=Read the sources of gigawatch regularly",
            "",
            "[Timer]",
            f"OnCalendar=*-*-* {hours}:00:00",
            "RandomizedDelaySec=20min",
            "Persistent=true",
            "",
            "[Install]",
            "WantedBy=timers.target",
        )),
    }  # fmt: skip


def _quoted(word: str) -> str:
    word = word.replace("%", "%%").replace("$", "$$")
    if all(char.isalnum() or char in "%$_-./:=@+," for char in word):
        return word
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
