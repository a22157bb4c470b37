"""The errors of urllib.request. An HTTPError is an answer as well: it has headers and can be read."""
import io
from urllib.response import addinfourl

__all__ = ['URLError', 'HTTPError', 'ContentTooShortError']


class URLError(OSError):
    """A URL cannot be opened; `reason` says why, in words or as another exception."""

    def __init__(self, reason, filename=None):
        self.args, self.reason = (reason,), reason
        if filename is not None:
            self.filename = filename

    def __str__(self):
        return f'<urlopen error {self.reason}>'


class HTTPError(URLError, addinfourl):
    """An answer whose status is an error; it can be read as any answer."""

    def __init__(self, url, code, msg, hdrs, fp):
        self.filename, self.msg = url, msg
        addinfourl.__init__(self, io.StringIO() if fp is None else fp, hdrs, url, code)

    @property
    def reason(self):
        return self.msg

    @property
    def headers(self):
        return self.hdrs

    @headers.setter
    def headers(self, headers):
        self.hdrs = headers

    def __str__(self):
        return f'HTTP Error {self.code}: {self.msg}'

    def __repr__(self):
        return f'<HTTPError {self.code}: {self.msg!r}>'


class ContentTooShortError(URLError):
    """A download ended early; `content` is what came."""

    def __init__(self, message, content):
        super().__init__(message)
        self.content = content
