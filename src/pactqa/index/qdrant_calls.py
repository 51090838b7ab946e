"""Calls a Qdrant collection: each fault is one message, and what only writes is tried again.

Nothing else of the package knows how the client tells of a fault.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import tenacity
from qdrant_client import QdrantClient, models
from qdrant_client.common.client_exceptions import QdrantException
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

from pactqa.errors import MissingIndexError, StoreError, UnreachableIndexError

__all__ = ["Calls"]

_PAGE = 256  # points that are asked for together
_TRIES, _WAIT_MOST = 5, 20.0
_Found = TypeVar("_Found")


class Calls:
    """One collection of a Qdrant server. Several threads may use it at once."""

    def __init__(self, client: QdrantClient, collection: str, place: str) -> None:
        """Wraps a client; `place` is how messages name the collection."""
        self.client = client
        self.collection = collection
        self.place = place

    def ask(self, name: str, **given: Any) -> Any:
        """Calls a method of the client for the collection, once.

        Raises:
            MissingIndexError: if there is no such collection.
            UnreachableIndexError: if the server does not answer, or not in time.
            StoreError: if it refuses.
        """
        return self._call(lambda: getattr(self.client, name)(self.collection, **given))

    def change(self, name: str, **given: Any) -> Any:
        """Does the same with what may be done twice: where the server does not answer, again."""
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(UnreachableIndexError),
            stop=tenacity.stop_after_attempt(_TRIES),
            wait=tenacity.wait_exponential_jitter(multiplier=0.2, max=_WAIT_MOST),
            reraise=True,
        )
        return retrying(self.ask, name, **given)

    def exists(self) -> bool:
        """Tells whether the collection is there."""
        return bool(self.ask("collection_exists"))

    def version(self) -> str:
        """Gives the version of the server."""
        return str(self._call(self.client.info).version)

    def scroll(self, wanted: models.Filter, payload: Any) -> Iterator[models.Record]:
        """Gives the points that meet a filter, with some of their payload, ordered by id."""
        offset = None
        while True:
            records, offset = self.ask(
                "scroll",
                scroll_filter=wanted,
                limit=_PAGE if payload else 40 * _PAGE,
                with_payload=payload,
                offset=offset,
            )
            yield from records
            if offset is None:
                return

    def retrieve(self, ids: list[Any], payload: Any = True) -> list[models.Record]:
        """Gives the points of some ids, those that are there."""
        records: list[models.Record] = []
        for first in range(0, len(ids), _PAGE):
            batch = ids[first : first + _PAGE]
            records += self.ask("retrieve", ids=batch, with_payload=payload)
        return records

    def missing(self) -> MissingIndexError:
        """Gives the error that says that there is nothing to read yet."""
        return MissingIndexError(f"{self.place}: there is no index yet. Run: pactqa index")

    def _call(self, call: Callable[[], _Found]) -> _Found:
        try:
            return call()
        except ResponseHandlingException as error:
            raise UnreachableIndexError(
                f"{self.place}: the index cannot be reached ({error.source}). Check that the "
                "server runs and that PACTQA_INDEX names it; it is asked again each time."
            ) from error
        except UnexpectedResponse as error:
            raise self._explain(error) from error
        except QdrantException as error:
            raise UnreachableIndexError(
                f"{self.place}: the server of the index is busy ({error}). Ask again in a moment."
            ) from error
        except ValueError as error:  # what the client says without a server
            if "not found" in str(error):
                raise self.missing() from error
            raise

    def _explain(self, error: UnexpectedResponse) -> StoreError:
        status = error.status_code or 0
        reason = (error.content or b"").decode("utf-8", "replace")[:200]
        if status in (401, 403):
            return StoreError(
                f"{self.place}: the server of the index refuses the key (HTTP {status}). Set "
                "PACTQA_INDEX_KEY to the server's key; one that may read is enough for the page."
            )
        if status == 404:
            return self.missing()
        if status >= 500 or status == 429:
            return UnreachableIndexError(
                f"{self.place}: the server of the index cannot answer now (HTTP {status}: "
                f"{reason}). It is asked again each time."
            )
        return StoreError(f"{self.place}: the server of the index says: HTTP {status}: {reason}")
