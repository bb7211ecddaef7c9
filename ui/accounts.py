"""Who may use a shared page: names with hashed passwords, one a line of a file.

A line is `name:n:r:p:salt:hash`, the last two in Base64: scrypt (RFC 7914) with its parameters, so
that they can be raised later.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
import tempfile
from pathlib import Path

from filelock import FileLock

from rag import OnRecordError

_NAME = re.compile(r"[\w.@+-]{1,64}")
_SHORTEST = 10
_N, _R, _P = 2**15, 8, 1
_MEMORY = 256 * 1024 * 1024


class Accounts:
    """The accounts of a file, read anew whenever it has changed.

    Raises:
        OnRecordError: The file is missing, or isn't one of accounts.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read_at = -1
        self._lines: dict[str, str] = {}
        self._load()

    def admits(self, name: str, password: str) -> bool:
        """Say whether this is the name's password; as slow for a name that isn't there."""
        self._load()
        line = self._lines.get(name)
        found = _verify(line or _NOBODY, password)
        return found and line is not None

    def _load(self) -> None:
        try:
            changed = self._file.stat().st_mtime_ns
            if changed != self._read_at:
                self._lines = _read(self._file)
                self._read_at = changed
        except OSError as error:
            message = (
                f"{self._file}: the accounts can't be read ({error.strerror}); add one with: "
                f"onrecord add-user NAME --auth {self._file}"
            )
            raise OnRecordError(message) from error


def add_account(file: Path, name: str, password: str) -> None:
    """Add an account, or give it another password; only the file's owner can read it.

    Raises:
        ValueError: The name has other than letters, digits and .@+-_, or the password is short.
        OnRecordError: The file isn't one of accounts.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"a name is 1 to 64 letters, digits and .@+-_, not {name!r}")
    if len(password) < _SHORTEST:
        raise ValueError(f"a password has at least {_SHORTEST} characters")
    file = file.absolute()
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{file}.lock"):
        lines = _read(file) if file.exists() else {}
        lines[name] = _hash(password)
        made, path = tempfile.mkstemp(prefix=".accounts-", dir=file.parent)
        with os.fdopen(made, "w", encoding="utf-8") as out:  # mkstemp makes it private
            out.writelines(f"{known}:{line}\n" for known, line in sorted(lines.items()))
        Path(path).replace(file)


def _read(file: Path) -> dict[str, str]:
    lines = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        name, _, rest = line.partition(":")
        if not line.strip() or line.startswith("#"):
            continue
        if not _NAME.fullmatch(name) or rest.count(":") != 4:
            message = f"{file}:{number}: not an account; remove the line and add the user again"
            raise OnRecordError(message)
        lines[name] = rest
    return lines


def _hash(password: str) -> str:
    salt = secrets.token_bytes(16)
    made = _derive(password, salt, _N, _R, _P)
    return f"{_N}:{_R}:{_P}:{_encode(salt)}:{_encode(made)}"


def _verify(line: str, password: str) -> bool:
    try:
        n, r, p, salt, expected = line.split(":")
        made = _derive(password, base64.b64decode(salt), int(n), int(r), int(p))
        return secrets.compare_digest(made, base64.b64decode(expected))
    except ValueError:
        return False


def _derive(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=32)


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


_NOBODY = f"{_N}:{_R}:{_P}:{_encode(bytes(16))}:{_encode(bytes(32))}"
