"""Keep the linear algebra library to one thread.

The matrices here are small: more threads gain nothing, and on a busy machine they wait for each
other many times longer than the work takes.
"""

from contextlib import AbstractContextManager
from functools import lru_cache

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager:
    """Return a context in which numpy's matrix products use one thread."""
    return _libraries().limit(limits=1, user_api="blas")


@lru_cache(maxsize=1)
def _libraries() -> ThreadpoolController:
    return ThreadpoolController()
