"""The errors of urllib.request. An HTTPError is an answer as well: it has headers and can be read."""

__all__ = ['URLError', 'HTTPError', 'ContentTooShortError']


class URLError(OSError):
    """A URL cannot be opened; `reason` says why, in words or as another exception."""

    def __init__(self, reason, filename=None):
        self.args, self.reason = (reason,), reason
        if filename is not None:
            self.filename = filename

    def __str__(self):
        return f'<urlopen error {self.reason}>'


def _alias(name):
    """A read-only attribute that is another one."""
    return property(lambda self: getattr(self, name))


class HTTPError(URLError):
    """An answer whose status is an error; it can be read as any answer."""

    def __init__(self, url, code, msg, hdrs, fp):
        self.filename, self.code, self.msg, self.hdrs, self.fp = url, code, msg, hdrs, fp

    reason, status, url, headers = map(_alias, ('msg', 'code', 'filename', 'hdrs'))

    def __str__(self):
        return f'HTTP Error {self.code}: {self.msg}'

    def __repr__(self):
        return f'<HTTPError {self.code}: {self.msg!r}>'

    def info(self):
        return self.hdrs

    def geturl(self):
        return self.filename

    def getcode(self):
        return self.code

    def read(self, *args):
        return b'' if self.fp is None else self.fp.read(*args)

    def close(self):
        if self.fp is not None:
            self.fp.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


class ContentTooShortError(URLError):
    """A download ended early; `content` is what came."""

    def __init__(self, message, content):
        super().__init__(message)
        self.content = content
