"""A real HTTP server on loopback that speaks OpenAI's wire format and does what it is told.

In a test::

    with ModelServer() as server:
        server.script([step("rate_limit", retry_after=1), step("good")])
        client = OpenAIClient(Endpoint(base_url=server.base_url, model=MODEL, api_key="k"))

As a process of its own, scripted over ``POST /control/script``::

    python -m tests.support.model_server --port 0 --stand-in
"""

import argparse
import sys
import threading
from http.server import ThreadingHTTPServer

from tests.support.model_faults import step
from tests.support.model_handler import Handler, Recorded

MODEL = "demo-stand-in"

__all__ = ["MODEL", "ModelServer", "Recorded", "step"]


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request, client_address):
        # Clients that give up are part of the tests.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class ModelServer:
    """The server; use it as a context manager, or ``start`` and ``stop`` it.

    :param port: 0 takes a free one
    :param api_key: the only key that is accepted; ``None`` accepts all
    :param latency: seconds that every question takes
    """

    def __init__(self, port=0, api_key=None, latency=0.0):
        self.api_key = api_key
        self.latency = latency
        self.most_at_once = 0
        self._lock = threading.Lock()
        self._steps = []
        self._always = {"do": "good"}
        self._requests = []
        self._at_once = 0
        self._thread = None
        # Set when the server stops: no thread of a slow answer outlives it.
        self.stopping = threading.Event()
        self._listener = _Listener(
            ("127.0.0.1", port), type("_Handler", (Handler,), {"model": self})
        )

    @property
    def port(self):
        return self._listener.server_address[1]

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self):
        """The address for the ``openai`` SDK."""
        return f"{self.url}/v1"

    @property
    def requests(self):
        """Recorded questions, oldest first."""
        with self._lock:
            return list(self._requests)

    def script(self, steps):
        """Set what the next questions meet; after that, and without a script, answers are good."""
        always, queue = {"do": "good"}, []
        for one in steps:
            one = step(**{"name" if key == "do" else key: value for key, value in one.items()})
            if one.get("times") == "always":
                always = one
            else:
                queue += [one] * one.get("times", 1)
        with self._lock:
            self._steps, self._always = queue, always

    def clear(self):
        """Forget script and recorded requests."""
        self.script([])
        with self._lock:
            self._requests.clear()
            self.most_at_once = 0

    def next_step(self, recorded):
        """Record a question and return what it meets."""
        with self._lock:
            self._requests.append(recorded)
            return self._steps.pop(0) if self._steps else self._always

    def enter(self):
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)

    def leave(self):
        with self._lock:
            self._at_once -= 1

    def start(self):
        self._thread = threading.Thread(
            target=self._listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()
        return self

    def serve(self):
        """Serve in this thread until interrupted."""
        self._listener.serve_forever()

    def stop(self):
        self.stopping.set()
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join(5)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_exception):
        self.stop()


def main():
    parser = argparse.ArgumentParser(description="A stand-in for a language model server.")
    parser.add_argument("--port", type=int, default=0, help="0: a free one")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds an answer takes")
    parser.add_argument("--stand-in", action="store_true", help="say that this is no real model")
    options = parser.parse_args()
    server = ModelServer(options.port, latency=options.latency)
    label = "Stand-in for a language model (plain rules, no real model)"
    sys.stdout.write(f"{label if options.stand_in else 'Model server'}: {server.base_url}\n")
    sys.stdout.flush()
    try:
        server.serve()
    except KeyboardInterrupt:
        sys.stdout.write("Stopped.\n")


if __name__ == "__main__":
    main()
