"""Reading TOML 1.0, the format of pyproject.toml. _tables.py knows which tables there are, _reader.py the notation."""

__all__ = ('loads', 'load', 'TOMLDecodeError')


class TOMLDecodeError(ValueError):
    """A text that is not TOML."""


from tomllib._reader import Reader


def loads(s, /, *, parse_float=float):
    """The dict that a TOML text describes; parse_float makes a value of a float's digits."""
    return Reader(s.replace('\r\n', '\n'), parse_float).document()


def load(fp, /, *, parse_float=float):
    """The dict that a file describes; it has to be open in binary mode."""
    content = fp.read()
    try:
        text = content.decode()
    except AttributeError:
        raise TypeError("File must be opened in binary mode, e.g. use `open('foo.toml', 'rb')`") from None
    return loads(text, parse_float=parse_float)
