"""Real Odoo server processes and fresh databases, for tests that kill, race or load them."""

import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.support.json_rpc import Session

ROOT = Path(__file__).resolve().parents[2]
WORKER_LINE = re.compile(r"Worker (WorkerHTTP|WorkerCron) \((\d+)\) alive")


class ServerDied(Exception):
    """The server process ended, or did not answer in time; the end of its log is the message."""


class OdooServer:
    """One ``odoo server`` on one database, in a process group of its own.

    :param database: name of an existing database
    :param log_path: file that gets the server's log
    :param workers: HTTP worker processes; 0 runs everything in threads of one process
    :param cron_threads: cron worker processes (threads with ``workers=0``)
    :param extra: further command line options
    :param env: variables added to the server's environment
    """

    def __init__(self, database, log_path, workers=2, cron_threads=1, extra=(), env=None):
        self.database = database
        self.log_path = Path(log_path)
        self.workers = workers
        self.cron_threads = cron_threads
        self.extra = list(extra)
        self.env = {**os.environ, **(env or {})}
        self.http_port = free_port()
        self.process = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.http_port}"

    def start(self, timeout=120):
        """Start the processes and return when the login page answers."""
        command = [
            str(ROOT / "scripts" / "odoo"),
            "server",
            f"--database={self.database}",
            f"--db-filter=^{self.database}$",
            f"--http-port={self.http_port}",
            f"--gevent-port={free_port()}",
            f"--workers={self.workers}",
            f"--max-cron-threads={self.cron_threads}",
            *self.extra,
        ]
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.env,
                start_new_session=True,
            )
        self.wait_ready(timeout)
        return self

    def wait_ready(self, timeout=120):
        deadline = time.monotonic() + timeout
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise ServerDied(self.log()[-4000:])
            time.sleep(0.2)

    def _answers(self):
        try:
            with urlopen(f"{self.url}/web/login", timeout=20) as answer:
                return answer.status == 200
        except (URLError, OSError):
            return False

    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def worker_pids(self, kind="WorkerHTTP"):
        """Process ids of the living workers: kind ``WorkerHTTP`` or ``WorkerCron``."""
        started = [int(pid) for name, pid in WORKER_LINE.findall(self.log()) if name == kind]
        return [pid for pid in started if _alive(pid)]

    def kill_worker(self, pid):
        """Kill one worker with no warning; the server starts another."""
        os.kill(pid, signal.SIGKILL)

    def kill(self):
        """Kill every process of the server at once, as a power cut would."""
        self._signal(signal.SIGKILL)

    def stop(self, timeout=30):
        """Ask the server to end; kill it when it does not."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout)
            except subprocess.TimeoutExpired:
                pass  # killed below
        self.kill()

    def _signal(self, number):
        if not self.process:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            pass  # all of them have ended
        self.process.wait()

    def session(self, login="admin", password=None):
        """A logged-in JSON-RPC session; demo and test users have their login as password."""
        return Session(self.url, self.database, login, password or login)

    def __enter__(self):
        return self.start()

    def __exit__(self, *exc_info):
        self.stop()


def new_database(name, template="tmpl_test"):
    """Create a database as a copy of a template, filestore included."""
    _database_script("new", name, template)


def drop_database(name):
    _database_script("drop", name)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _database_script(*arguments):
    done = subprocess.run(
        [str(ROOT / "scripts" / "db.sh"), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"scripts/db.sh {' '.join(arguments)} failed:\n{done.stderr}")


def _alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"
