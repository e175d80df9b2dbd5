"""The HTTP connection under the SDK: bounded in time and size, and never sent elsewhere."""

import email.utils
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import getproxies, proxy_bypass

import httpx
from openai import OpenAIError

from .client import FailureKind, ModelFailure

#: An answer has a few thousand tokens; a hundred times that is no answer.
MAX_BYTES = 4_000_000
#: Longer waits than this are the caller's business: it pauses the provider.
MAX_WAIT = 20.0
#: Headers that would tell the server about this machine or another account on it.
_TELLING = (b"x-stainless-", b"openai-organization", b"openai-project")


class Halt(OpenAIError):
    """Ends the SDK's tries at once; it passes its own errors on where it repeats others."""

    def __init__(self, failure: ModelFailure):
        super().__init__(str(failure))
        self.failure = failure


class Transport(httpx.BaseTransport):
    """Sends requests within the deadline of the running thread.

    :param url: the server's base address; a proxy of the environment is used for it
    :param key_header: the header that carries the key, empty where there is none
    """

    def __init__(self, url: str, key_header: str):
        self._inner = httpx.HTTPTransport(
            proxy=_proxy(url),
            limits=httpx.Limits(max_connections=32, max_keepalive_connections=8),
        )
        self._key_header = key_header
        self._local = threading.local()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Give all requests of this thread a common deadline."""
        self._local.deadline = time.monotonic() + seconds
        try:
            yield
        finally:
            del self._local.deadline

    def remaining(self) -> float:
        """Return the seconds left; raise when there are none."""
        left = self._local.deadline - time.monotonic()
        if left <= 0:
            raise _too_slow()
        return left

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            response = self._inner.handle_request(self._tidied(request))
        except httpx.ReadTimeout:
            response = None
        if response is None:
            # Not tried again: the question has arrived, its answer may be paid for already.
            raise _too_slow()
        try:
            self._inspect(response)
        except Halt:
            response.close()
            raise
        response.stream = _Bounded(response.stream, self)
        return response

    def close(self) -> None:
        self._inner.close()

    def _tidied(self, request: httpx.Request) -> httpx.Request:
        """Return the request within the time left and without what nobody needs to know.

        A copy: the SDK reads its own headers again when the answer is there.
        """
        left = self.remaining()
        limits = request.extensions.get("timeout", {})
        timeout = {name: min(left, value or left) for name, value in limits.items()}
        headers = httpx.Headers(
            [(name, value) for name, value in request.headers.raw if not _is_telling(name)]
        )
        # The SDK insists on a key where local servers have none, and sends what else it finds in
        # the environment.
        for name in {"authorization", "api-key"} - {self._key_header}:
            headers.pop(name, None)
        # Compression is not asked for: a small bomb would fill the memory.
        headers["accept-encoding"] = "identity"
        return httpx.Request(
            request.method,
            request.url,
            headers=headers,
            stream=request.stream,
            extensions={**request.extensions, "timeout": timeout},
        )

    def _inspect(self, response: httpx.Response) -> None:
        status = response.status_code
        if 300 <= status < 400:
            raise _halt(
                "unreachable",
                "The model server points to another address. Redirects are not followed, they "
                "would send the ledger's texts elsewhere; enter the final address.",
            )
        if response.headers.get("content-encoding", "identity") != "identity":
            raise _halt("server", "The model server's answer is compressed, which was not asked.")
        if status == 429 or status >= 500:
            wait = retry_after(response.headers)
            if wait is not None and wait > min(MAX_WAIT, self.remaining()):
                kind = "rate_limited" if status == 429 else "server"
                raise _halt(kind, f"The model server asks to wait {wait:.0f} s ({status}).", wait)


class _Bounded(httpx.SyncByteStream):
    """A body that may be neither too long nor too slow, drop by drop."""

    def __init__(self, stream, transport: Transport):
        self._stream = stream
        self._transport = transport

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        try:
            for chunk in self._stream:
                self._transport.remaining()
                size += len(chunk)
                if size > MAX_BYTES:
                    raise _halt("server", "The model server's answer is too long to be one.")
                yield chunk
        except httpx.ReadTimeout:
            size = -1
        if size < 0:
            raise _too_slow()

    def close(self) -> None:
        self._stream.close()


def _is_telling(name: bytes) -> bool:
    return name.lower().startswith(_TELLING)


def retry_after(headers: httpx.Headers) -> float | None:
    """Return the seconds a server asks to wait, from its Retry-After header."""
    text = headers.get("retry-after", "")
    try:
        seconds = float(text)
    except ValueError:
        when = email.utils.parsedate_tz(text)
        if when is None:
            return None
        seconds = email.utils.mktime_tz(when) - time.time()
    # "nan" and "inf" are floats, too.
    return min(seconds, 1e6) if seconds > 0 else None


def _too_slow() -> Halt:
    return _halt("timeout", "The model server did not answer in time.")


def _halt(kind: FailureKind, message: str, wait: float | None = None) -> Halt:
    return Halt(ModelFailure(kind, message, retry_after=wait))


def _proxy(url: str) -> str | None:
    """Return the proxy that the server's environment sets for an address."""
    parts = httpx.URL(url)
    # Plain http is for the own network only, where a proxy would look for another machine.
    proxy = getproxies().get("https") if parts.scheme == "https" else None
    return None if not proxy or proxy_bypass(parts.host) else proxy
