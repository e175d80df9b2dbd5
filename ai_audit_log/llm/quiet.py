"""Keeps the HTTP libraries from logging where questions go and what they say."""

import logging

#: They log addresses at INFO and whole questions at DEBUG.
LIBRARIES = ("openai", "httpx", "httpcore")


def hush() -> None:
    """Drop everything below a warning, whatever levels are set now or later.

    A filter and not a level: a server started with ``--log-level=debug`` sets levels. A logger's
    filter sees its own records only, so every logger of the libraries gets it.
    """
    for name in list(logging.root.manager.loggerDict):
        if name.split(".")[0] in LIBRARIES:
            # Adding a filter that is there already does nothing.
            logging.getLogger(name).addFilter(_only_warnings)


def _only_warnings(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING
