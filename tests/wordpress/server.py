"""A WordPress of its own: Debian's packages in a temporary folder, MariaDB on a socket, PHP's web server on loopback."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

HERE = Path(__file__).resolve().parent / "site"
CODE, THEME = Path("/usr/share/wordpress"), "twentytwentyone"
TOOLS = ("mariadbd", "mariadb-install-db", "php")
SEARCHED = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))


def missing() -> str:
    """Why no WordPress can be set up here; "" when one can."""
    lacking = [tool for tool in TOOLS if not shutil.which(tool, path=SEARCHED)]
    lacking += [str(path) for path in (CODE / "wp-load.php", CODE / "wp-content" / "themes" / THEME) if not path.exists()]
    return f"not installed: {', '.join(lacking)} (tests/wordpress/install does it)" if lacking else ""


class WordPress:
    """A running site. `folder` must have a short path (a socket lies in it); everything in it may be deleted afterwards."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.site = folder, folder / "site"
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = folder / "requests.log"
        self._processes: list[subprocess.Popen[bytes]] = []
        self._environment = os.environ | {
            "PATH": SEARCHED,
            "HUMAS_URL": self.url,
            "HUMAS_LOG": str(self._log),
            "HUMAS_SOCKET": str(folder / "db.sock"),
            "HUMAS_DB_USER": getpass.getuser(),
            "PHP_CLI_SERVER_WORKERS": "4",
        }

    def __enter__(self) -> WordPress:
        try:
            self._lay_out()
            self._start_database()
            self.control("install", title="Humas Kabupaten Lembah Ranu", timezone="Asia/Makassar")
            self._start_web()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def control(self, command: str, posts: Sequence[Mapping[str, object]] | None = None, **given: object) -> dict[str, Any]:
        """Run a command of site/control.php."""
        run = subprocess.run(
            [*self._php(), str(self.site / "control.php"), command],
            input=json.dumps(posts if posts is not None else given).encode(),
            capture_output=True,
            env=self._environment,
            timeout=300,
            check=False,
        )
        if run.returncode:
            raise RuntimeError(f"control.php {command}: {run.stderr.decode()} {run.stdout.decode()}")
        return dict(json.loads(run.stdout))

    def requests(self) -> list[str]:
        """What the web server was asked so far, in order ("GET /feed/")."""
        return self._log.read_text(encoding="utf-8", errors="replace").splitlines()

    def stop(self) -> None:
        """Stop both servers, the last started first."""
        for process in reversed(self._processes):
            _stop(process)
        self._processes.clear()

    def _php(self) -> list[str]:
        settings = {
            "opcache.enable_cli": 1,
            "opcache.file_cache": self.folder / "opcache",
            "memory_limit": "256M",
            "display_errors": 0,
        }
        return ["php", *(part for name, value in settings.items() for part in ("-d", f"{name}={value}"))]

    def _lay_out(self) -> None:
        """The code stays where the package has it, but for the files that find the site by their own place."""
        content = self.site / "wp-content"
        for folder in (self.folder / "opcache", content / "mu-plugins", content / "themes", content / "uploads"):
            folder.mkdir(parents=True)
        for folder in ("wp-admin", "wp-includes"):
            (self.site / folder).symlink_to(CODE / folder)
        (content / "themes" / THEME).symlink_to(CODE / "wp-content" / "themes" / THEME)
        for file in CODE.glob("*.php"):
            shutil.copy(file, self.site)
        for name in ("wp-config.php", "router.php", "control.php"):
            shutil.copy(HERE / name, self.site)
        shutil.copy(HERE / "rest-switch.php", content / "mu-plugins")

    def _start_database(self) -> None:
        data, user = self.folder / "db", getpass.getuser()
        common = ["--no-defaults", f"--user={user}", f"--datadir={data}", "--innodb-log-file-size=8M", "--aria-log-file-size=8M"]
        made = ["mariadb-install-db", *common, "--auth-root-authentication-method=socket", f"--auth-root-socket-user={user}"]
        subprocess.run([*made, "--skip-test-db"], check=True, capture_output=True, env=self._environment, timeout=300)
        init = self.folder / "init.sql"
        account = f"'{user}'@'localhost'"
        init.write_text(
            "CREATE DATABASE IF NOT EXISTS humas CHARACTER SET utf8mb4;\n"
            f"CREATE USER IF NOT EXISTS {account} IDENTIFIED VIA unix_socket;\nGRANT ALL ON humas.* TO {account};\n"
        )
        fast = [
            "--skip-networking",
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-buffer-pool-size=64M",
            "--skip-innodb-doublewrite",
        ]
        place = [f"--socket={self._environment['HUMAS_SOCKET']}", f"--pid-file={self.folder / 'db.pid'}", f"--init-file={init}"]
        self._spawn("db.log", ["mariadbd", *common, *place, *fast])
        _wait(self._database_answers, "MariaDB", self.folder / "db.log")

    def _database_answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(self._environment["HUMAS_SOCKET"]) == 0

    def _start_web(self) -> None:
        self._spawn(
            "web.log", [*self._php(), "-S", f"127.0.0.1:{self.port}", "-t", str(self.site), str(self.site / "router.php")]
        )
        _wait(self._web_answers, "PHP's web server", self.folder / "web.log")

    def _web_answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/?feed=rss2", timeout=60).status_code == 200
        except httpx.ConnectError:
            return False

    def _spawn(self, log: str, command: Sequence[str]) -> None:
        with (self.folder / log).open("wb") as out:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=self._environment, start_new_session=True
            )
        self._processes.append(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process and its workers, which are a group of their own, at once: nothing that they hold is kept."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(answers: Callable[[], bool], what: str, log: Path, limit_s: float = 60.0) -> None:
    until = time.monotonic() + limit_s
    while not answers():
        if time.monotonic() > until:
            raise RuntimeError(f"{what} does not answer: {log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.1)
