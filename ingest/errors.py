"""
What can go wrong on the way from the web to a document, as exceptions that become rows of the issues table.

In: words about what, where and what to do. Out: exceptions with a `kind` that can be counted. Nothing here logs,
stores or exits. An expected failure is always one of these; anything else that is raised is a fault of the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    # A command knows of every failure as it starts, and makes no record before one happens.
    from db.records import Issue, Level


class IngestError(Exception):
    """An expected failure: what it is in `kind`, how bad in `level`, where in `url`, the rest in words."""

    kind: str = "ingest_error"
    level: Level = "error"
    will_pass: ClassVar[bool] = False
    """Whether the same request may well succeed in a minute."""

    def __init__(
        self, message: str, *, url: str | None = None, kind: str | None = None, level: Level | None = None
    ) -> None:
        super().__init__(message)
        self.url = url
        if kind is not None:
            self.kind = kind
        if level is not None:
            self.level = level

    def __str__(self) -> str:
        """Say what went wrong, with the address once."""
        message = str(self.args[0])
        return message if self.url is None or self.url in message else f"{message} ({self.url})"

    def issue(self, *, source: str | None = None, url: str | None = None) -> Issue:
        """Make the row that the issues table shows for this failure."""
        from db.records import Issue

        return Issue(kind=self.kind, message=str(self.args[0]), level=self.level, source=source, url=self.url or url)


class CatalogueError(IngestError):
    """A source entry that cannot be used: file, entry, field and what is allowed are in the words."""

    kind = "bad_source"


class ModelError(IngestError):
    """A language model that failed, or whose answer cannot be read."""

    kind = "model_failed"


class NoModelError(ModelError):
    """A language model that cannot be asked at all: the library is missing, the name unknown, or a key."""

    kind = "no_model"


class ListingError(IngestError):
    """A feed, sitemap, listing or filing index that could not be read, or that names nothing."""

    kind = "bad_listing"


class DocumentError(IngestError):
    """A page that could not be made into a document."""

    kind = "bad_document"
    level: Level = "warning"


class BlockedError(IngestError):
    """A bot check, a consent wall or a login in place of the page."""

    kind = "bot_check"


class EmptyShellError(BlockedError):
    """A page that holds a program and no words: only a browser would see its text."""

    kind = "empty_shell"


class ArchiveError(IngestError):
    """An archived record that is missing or not what was written."""

    kind = "bad_archive"


class FetchError(IngestError):
    """A page that could not be fetched."""

    kind = "fetch_failed"


class UnreachableError(FetchError):
    """No answer: the name does not resolve, nothing listens, TLS fails, or the connection broke off."""

    kind = "unreachable"
    will_pass = True


class TimedOutError(UnreachableError):
    """No whole answer within the time allowed."""

    kind = "timeout"


class TruncatedError(UnreachableError):
    """An answer that ended before its end: fewer bytes than promised, or compressed data cut short."""

    kind = "truncated"


class UnreadableError(FetchError):
    """An answer in an encoding that is broken or was not asked for."""

    kind = "bad_encoding"


class TooLargeError(FetchError):
    """A body beyond the bound, as sent or once unpacked."""

    kind = "too_large"


class RedirectError(FetchError):
    """Redirects that loop, that go on too long, or that lead nowhere."""

    kind = "redirect_loop"


class AddressError(FetchError):
    """An address that is not fetched: not http or https, malformed, or on a private network."""

    kind = "bad_address"


class PrivateAddressError(AddressError):
    """A link found on the web that leads to this machine or to a private network."""

    kind = "private_address"


class RobotsError(FetchError):
    """The site's robots.txt does not allow it, or could not be read, which forbids it for now."""

    kind = "robots_disallowed"
    level: Level = "warning"


class StatusError(FetchError):
    """An answer with a status that is no page."""

    kind = "http_error"

    def __init__(self, message: str, *, status: int, url: str | None = None, kind: str | None = None) -> None:
        super().__init__(message, url=url, kind=kind)
        self.status = status


class ForbiddenError(StatusError):
    """401, 403, 407 or 451: not for us."""

    kind = "forbidden"


class NotFoundError(StatusError):
    """404: not there."""

    kind = "not_found"
    level: Level = "warning"


class GoneError(NotFoundError):
    """410: taken away for good."""

    kind = "gone"


class RateLimitedError(StatusError):
    """429, or a host that asked to be left alone for a while. `retry_after` is in seconds, where it said."""

    kind = "rate_limited"
    will_pass = True

    def __init__(
        self, message: str, *, status: int = 429, url: str | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, status=status, url=url)
        self.retry_after = retry_after


class ServerError(StatusError):
    """5xx: trouble at the other end. `retry_after` is in seconds, where it said."""

    kind = "server_error"
    will_pass = True

    def __init__(self, message: str, *, status: int, url: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(message, status=status, url=url)
        self.retry_after = retry_after
