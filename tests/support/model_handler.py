"""The HTTP side of the model server: paths, the wire format, and faults of transport."""

import gzip
import json
import re
import socket
import struct
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from tests.support import model_faults, model_rules

_CHAT = re.compile(
    r"/v1/chat/completions|/openai/deployments/(?P<deployment>[^/]+)/chat/completions"
)
_MODELS = re.compile(r"/v1/models|/openai/models")


@dataclass
class Recorded:
    """A question as it came in; header names in small letters."""

    path: str
    headers: dict
    body: dict
    time: float = field(default_factory=time.monotonic)

    @property
    def user(self):
        """The text of the question."""
        return next(one["content"] for one in self.body["messages"] if one["role"] == "user")


class Handler(BaseHTTPRequestHandler):
    """Answers one connection; ``model`` is the server that holds script and records."""

    model = None
    protocol_version = "HTTP/1.1"
    # Headers and body are two writes: without this the second waits for the first one's receipt.
    disable_nagle_algorithm = True

    def log_message(self, format, *args):
        """Keep quiet: a test reads what was recorded."""

    def do_GET(self):
        path = self.path.partition("?")[0]
        if path == "/control/requests":
            self._send(200, [vars(one) for one in self.model.requests])
        elif _MODELS.fullmatch(path):
            if self._key_accepted():
                names = ("demo-stand-in", "demo-stand-in-small")
                listed = [{"id": name, "object": "model", "owned_by": "stand-in"} for name in names]
                self._send(200, {"object": "list", "data": listed})
        else:
            self._error(404, f"Unknown address {path}.")

    def do_POST(self):
        path = self.path.partition("?")[0]
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        if path == "/control/script":
            self.model.script(body)
            self._send(200, {"steps": len(body)})
        elif _CHAT.fullmatch(path):
            self.model.enter()
            try:
                self._chat(path, body)
            finally:
                self.model.leave()
        else:
            self._error(404, f"Unknown address {path}.")

    def _chat(self, path, body):
        headers = {name.lower(): value for name, value in self.headers.items()}
        step = self.model.next_step(Recorded(self.path, headers, body))
        if not self._key_accepted():
            return
        self.model.stopping.wait(self.model.latency)
        fault = getattr(self, f"_do_{step['do']}", None)
        if fault:
            fault(step, body)
        else:
            self._send(200, self._completion(step, body))

    def _completion(self, step, body):
        system = next((one for one in body["messages"] if one["role"] == "system"), {})
        user = next(one for one in body["messages"] if one["role"] == "user")
        name, schema = _schema(body, system.get("content", ""))
        good = model_rules.answer(name, schema, user["content"])
        text, ended, refusal = model_faults.spoil(step, good)
        size = sum(len(one["content"]) for one in body["messages"])
        usage = {"prompt_tokens": size // 4, "completion_tokens": len(text or "") // 4}
        return {
            "id": "chatcmpl-stand-in",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": body.get("model"),
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", "content": text, "refusal": refusal},
                    "finish_reason": ended,
                }
            ],
            "usage": {**usage, "total_tokens": sum(usage.values())},
        }

    def _key_accepted(self):
        wanted = self.model.api_key
        given = self.headers.get("api-key") or self.headers.get("Authorization", "")
        given = given.removeprefix("Bearer ")
        if wanted is None or given == wanted:
            return True
        # As real servers do: the key comes back in the message.
        self._error(401, f"Incorrect API key provided: {given}.", code="invalid_api_key")
        return False

    # Faults of transport

    def _do_slow(self, step, body):
        self.model.stopping.wait(step.get("seconds", 2))
        self._send(200, self._completion({"do": "good"}, body))

    def _do_rate_limit(self, step, body):
        wait = step.get("retry_after")
        headers = {} if wait is None else {"Retry-After": str(wait)}
        self._error(429, "Rate limit reached for requests.", code="rate_limit", headers=headers)

    def _do_error(self, step, body):
        headers = {"Retry-After": str(step["retry_after"])} if "retry_after" in step else {}
        self._error(
            step.get("status", 500),
            step.get("message", "The server had an error."),
            headers=headers,
        )

    def _do_wrong_key(self, step, body):
        given = self.headers.get("Authorization", "").removeprefix("Bearer ")
        self._error(401, f"Incorrect API key provided: {given}.", code="invalid_api_key")

    def _do_refuse_parameter(self, step, body):
        name = step["parameter"]
        if name in body:
            message = f"Unsupported parameter: '{name}' is not supported with this model."
            self._error(400, message, param=name)
        else:
            self._send(200, self._completion({"do": "good"}, body))

    def _do_redirect(self, step, body):
        self.send_response(step.get("status", 307))
        self.send_header("Location", step["to"])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _do_reset(self, step, body):
        # Without lingering, closing sends a reset instead of an orderly end.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()
        self.rfile = self.wfile = _Nowhere()

    def _do_truncated_body(self, step, body):
        data = json.dumps(self._completion({"do": "good"}, body)).encode()
        self._head(200, len(data))
        self.wfile.write(data[: len(data) // 2])
        self.close_connection = True

    def _do_not_json(self, step, body):
        data = step.get("text", "<html>Welcome</html>").encode()
        self._head(200, len(data), kind=step.get("kind", "text/html"))
        self.wfile.write(data)

    def _do_compressed(self, step, body):
        data = gzip.compress(json.dumps(self._completion({"do": "good"}, body)).encode())
        self._head(200, len(data), headers={"Content-Encoding": "gzip"})
        self.wfile.write(data)

    def _do_drip(self, step, body):
        """One byte after the other, each of them in time."""
        data = json.dumps(self._completion({"do": "good"}, body)).encode()
        self._head(200, len(data))
        for byte in data:
            self.wfile.write(bytes([byte]))
            if self.model.stopping.wait(step.get("pause", 0.1)):
                break
        self.close_connection = True

    def _do_huge(self, step, body):
        size = step.get("size", 50_000_000)
        self._head(200, size)
        self.wfile.write(b'{"padding": "')
        for _ in range(size // 65536):
            self.wfile.write(b"x" * 65536)
        self.close_connection = True

    # The wire

    def _error(self, status, message, code=None, param=None, headers=None):
        error = {"message": message, "type": "stand_in_error", "param": param, "code": code}
        self._send(status, {"error": error}, headers=headers)

    def _send(self, status, content, headers=None):
        data = json.dumps(content).encode()
        self._head(status, len(data), headers=headers)
        self.wfile.write(data)

    def _head(self, status, length, kind="application/json", headers=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()


class _Nowhere:
    """Stands for the streams of a connection that is gone."""

    closed = True

    def readline(self, *_size):
        return b""

    def flush(self):
        """Nothing is kept back."""

    def close(self):
        """Nothing is open."""


def _schema(body, system):
    """Return (name, schema) that a question asks for, by response format or in its text."""
    form = (body.get("response_format") or {}).get("json_schema")
    if form:
        return form["name"], form["schema"]
    schema = json.loads(system[system.rindex("JSON schema:\n") + len("JSON schema:\n") :])
    names = set(schema.get("properties", ()))
    known = {"order": "BankMatchOrder", "sentence": "ReasonSentence"}
    return next((known[name] for name in known if name in names), ""), schema
