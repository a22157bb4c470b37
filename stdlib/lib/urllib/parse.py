"""Taking URLs apart, putting them together, and quoting their parts (RFC 3986 and its forerunners)."""

import functools
import re
import sys
from collections import namedtuple

__all__ = [
    "urlparse", "urlunparse", "urljoin", "urldefrag", "urlsplit", "urlunsplit",
    "urlencode", "parse_qs", "parse_qsl", "quote", "quote_plus",
    "quote_from_bytes", "unquote", "unquote_plus", "unquote_to_bytes",
    "DefragResult", "ParseResult", "SplitResult",
    "DefragResultBytes", "ParseResultBytes", "SplitResultBytes",
]

# Schemes with relative URLs, with a host, with parameters. The empty one is
# that of a URL without a scheme.
uses_relative = ["", "ftp", "http", "gopher", "nntp", "imap", "wais", "file",
                 "https", "shttp", "mms", "prospero", "rtsp", "rtspu", "sftp",
                 "svn", "svn+ssh", "ws", "wss"]
uses_netloc = ["", "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais",
               "file", "mms", "https", "shttp", "snews", "prospero", "rtsp",
               "rtspu", "rsync", "svn", "svn+ssh", "sftp", "nfs", "git",
               "git+ssh", "ws", "wss"]
uses_params = ["", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp",
               "rtsp", "rtspu", "sip", "sips", "mms", "sftp", "tel"]
non_hierarchical = ["gopher", "hdl", "mailto", "news", "telnet", "wais", "imap",
                    "snews", "sip", "sips"]
uses_query = ["", "http", "wais", "imap", "https", "shttp", "mms", "gopher",
              "rtsp", "rtspu", "sip", "sips"]
uses_fragment = ["", "ftp", "hdl", "http", "gopher", "news", "nntp", "wais",
                 "https", "shttp", "snews", "file", "prospero"]

scheme_chars = ("abcdefghijklmnopqrstuvwxyz"
                "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                "0123456789"
                "+-.")
_CONTROLS_AND_SPACE = "".join(map(chr, range(0x21)))
_UNSAFE_BYTES_TO_REMOVE = ["\t", "\r", "\n"]


def clear_cache():
    """Forgets what was remembered. Nothing changes but the time it takes."""
    urlsplit.cache_clear()
    _byte_quoter_factory.cache_clear()


# bytes are taken as ASCII, and the answer is bytes again.

def _noop(obj):
    return obj


def _encode_result(obj, encoding="ascii", errors="strict"):
    return obj.encode(encoding, errors)


def _coerce_args(*args):
    """The arguments as str, and a function for the result. All are str or
    none is; empty ones do not count."""
    is_str = isinstance(args[0], str)
    for arg in args[1:]:
        if arg and isinstance(arg, str) != is_str:
            raise TypeError("Cannot mix str and non-str arguments")
    if is_str:
        return args + (_noop,)
    decoded = tuple([arg.decode("ascii", "strict") if arg else ""
                     for arg in args])
    return decoded + (_encode_result,)


class _ResultMixinStr:
    __slots__ = ()

    def encode(self, encoding="ascii", errors="strict"):
        return self._encoded_counterpart(*[part.encode(encoding, errors)
                                           for part in self])


class _ResultMixinBytes:
    __slots__ = ()

    def decode(self, encoding="ascii", errors="strict"):
        return self._decoded_counterpart(*[part.decode(encoding, errors)
                                           for part in self])


class _NetlocResultMixinBase:
    """user, password, host and port of the network location."""

    __slots__ = ()

    @property
    def username(self):
        return self._userinfo[0]

    @property
    def password(self):
        return self._userinfo[1]

    @property
    def hostname(self):
        name = self._hostinfo[0]
        if not name:
            return None
        percent = "%" if isinstance(name, str) else b"%"
        # A zone of an IPv6 address keeps its case.
        name, sign, zone = name.partition(percent)
        return name.lower() + sign + zone

    @property
    def port(self):
        port = self._hostinfo[1]
        if port is not None:
            if port.isdigit() and port.isascii():
                port = int(port)
            else:
                raise ValueError("Port could not be cast to integer value "
                                 f"as {port!r}")
            if not 0 <= port <= 65535:
                raise ValueError("Port out of range 0-65535")
        return port

    @property
    def _separators(self):
        text = "@:[]"
        if isinstance(self.netloc, str):
            return tuple(text)
        return b"@", b":", b"[", b"]"

    @property
    def _userinfo(self):
        at, colon, _open, _close = self._separators
        userinfo, have_info, _host = self.netloc.rpartition(at)
        if not have_info:
            return None, None
        username, have_password, password = userinfo.partition(colon)
        return username, password if have_password else None

    @property
    def _hostinfo(self):
        at, colon, opening, closing = self._separators
        _user, _at, hostinfo = self.netloc.rpartition(at)
        _before, have_open, bracketed = hostinfo.partition(opening)
        if have_open:
            hostname, _close, port = bracketed.partition(closing)
            _colon, _have, port = port.partition(colon)
        else:
            hostname, _colon, port = hostinfo.partition(colon)
        return hostname, port or None


class _NetlocResultMixinStr(_NetlocResultMixinBase, _ResultMixinStr):
    __slots__ = ()


class _NetlocResultMixinBytes(_NetlocResultMixinBase, _ResultMixinBytes):
    __slots__ = ()


_DefragResultBase = namedtuple("DefragResult", "url fragment")
_SplitResultBase = namedtuple(
    "SplitResult", "scheme netloc path query fragment")
_ParseResultBase = namedtuple(
    "ParseResult", "scheme netloc path params query fragment")
ResultBase = _NetlocResultMixinStr


class DefragResult(_DefragResultBase, _ResultMixinStr):
    """A URL and its fragment: DefragResult(url, fragment)."""

    __slots__ = ()

    def geturl(self):
        return self.url + "#" + self.fragment if self.fragment else self.url


class SplitResult(_SplitResultBase, _NetlocResultMixinStr):
    """SplitResult(scheme, netloc, path, query, fragment)."""

    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResult(_ParseResultBase, _NetlocResultMixinStr):
    """ParseResult(scheme, netloc, path, params, query, fragment)."""

    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


class DefragResultBytes(_DefragResultBase, _ResultMixinBytes):
    __slots__ = ()

    def geturl(self):
        return self.url + b"#" + self.fragment if self.fragment else self.url


class SplitResultBytes(_SplitResultBase, _NetlocResultMixinBytes):
    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResultBytes(_ParseResultBase, _NetlocResultMixinBytes):
    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


for _str, _bytes in ((DefragResult, DefragResultBytes),
                     (SplitResult, SplitResultBytes),
                     (ParseResult, ParseResultBytes)):
    _str._encoded_counterpart = _bytes
    _bytes._decoded_counterpart = _str


def urlparse(url, scheme="", allow_fragments=True):
    """<scheme>://<netloc>/<path>;<params>?<query>#<fragment>, as a
    ParseResult. % escapes are left as they are."""
    url, scheme, finish = _coerce_args(url, scheme)
    scheme, netloc, url, query, fragment = urlsplit(url, scheme,
                                                    allow_fragments)
    params = ""
    if scheme in uses_params and ";" in url:
        url, params = _splitparams(url)
    return finish(ParseResult(scheme, netloc, url, params, query, fragment))


def _splitparams(url):
    """The parameters of the last part of a path."""
    semicolon = url.find(";", url.rfind("/") + 1)
    if semicolon < 0:
        return url, ""
    return url[:semicolon], url[semicolon + 1:]


def _splitnetloc(url, start=0):
    end = min([place for place in (url.find(c, start) for c in "/?#")
               if place >= 0], default=len(url))
    return url[start:end], url[end:]


def _checknetloc(netloc):
    """Refuses characters that normalisation makes separators of."""
    if not netloc or netloc.isascii():
        return
    import unicodedata
    bare = netloc
    for c in "@:#?":
        bare = bare.replace(c, "")
    normal = unicodedata.normalize("NFKC", bare)
    if bare == normal:
        return
    for c in "/?#@:":
        if c in normal:
            raise ValueError("netloc '" + netloc + "' contains invalid "
                             "characters under NFKC normalization")


def _check_bracketed_host(hostname):
    if hostname.startswith("v"):
        if not re.match(r"\Av[a-fA-F0-9]+\..+\Z", hostname):
            raise ValueError("IPvFuture address is invalid")
        return
    if re.fullmatch(r"\d{1,3}(\.\d{1,3}){3}", hostname, re.ASCII):
        raise ValueError("An IPv4 address cannot be in brackets")
    if not _is_ipv6(hostname):
        raise ValueError(f"{hostname!r} does not appear to be an IPv4 or "
                         "IPv6 address")


def _is_ipv6(text):
    """Eight groups of four hexadecimal digits, "::" for some of zeros, the
    last two maybe as an IPv4 address; and a zone."""
    text, percent, zone = text.partition("%")
    if percent and (not zone or "%" in zone):
        return False
    head, colon, ipv4 = text.rpartition(":")
    if "." in ipv4:
        numbers = ipv4.split(".")
        if len(numbers) != 4 or not all(
                re.fullmatch("[0-9]{1,3}", n) and int(n) < 256
                for n in numbers):
            return False
        text = f"{head}:0:0"
    if text.count("::") > 1 or ":::" in text:
        return False
    if "::" not in text:
        groups = text.split(":")
        return len(groups) == 8 and all(map(_is_group, groups))
    before, _double, after = text.partition("::")
    groups = [group for side in (before, after) if side
              for group in side.split(":")]
    return len(groups) <= 7 and all(map(_is_group, groups))


def _is_group(text):
    return re.fullmatch("[0-9a-fA-F]{1,4}", text) is not None


@functools.lru_cache(typed=True)
def urlsplit(url, scheme="", allow_fragments=True):
    """<scheme>://<netloc>/<path>?<query>#<fragment>, as a SplitResult."""
    url, scheme, finish = _coerce_args(url, scheme)
    url = url.lstrip(_CONTROLS_AND_SPACE)
    scheme = scheme.strip(_CONTROLS_AND_SPACE)
    for unsafe in _UNSAFE_BYTES_TO_REMOVE:
        url = url.replace(unsafe, "")
        scheme = scheme.replace(unsafe, "")
    netloc = query = fragment = ""
    colon = url.find(":")
    if (colon > 0 and url[0].isascii() and url[0].isalpha()
            and all(c in scheme_chars for c in url[:colon])):
        scheme, url = url[:colon].lower(), url[colon + 1:]
    if url[:2] == "//":
        netloc, url = _splitnetloc(url, 2)
        if ("[" in netloc) != ("]" in netloc):
            raise ValueError("Invalid IPv6 URL")
        if "[" in netloc:
            host = netloc.rpartition("@")[2]
            before, _open, bracketed = host.partition("[")
            address, _close, port = bracketed.partition("]")
            if before or port and not port.startswith(":"):
                raise ValueError("Invalid IPv6 URL")
            _check_bracketed_host(address)
    if allow_fragments and "#" in url:
        url, fragment = url.split("#", 1)
    if "?" in url:
        url, query = url.split("?", 1)
    _checknetloc(netloc)
    return finish(SplitResult(scheme, netloc, url, query, fragment))


def urlunparse(components):
    """The URL of the six parts that urlparse() gives."""
    scheme, netloc, url, params, query, fragment, finish = (
        _coerce_args(*components))
    if params:
        url = f"{url};{params}"
    return finish(urlunsplit((scheme, netloc, url, query, fragment)))


def urlunsplit(components):
    """The URL of the five parts that urlsplit() gives."""
    scheme, netloc, url, query, fragment, finish = _coerce_args(*components)
    if netloc or scheme and scheme in uses_netloc and url[:2] != "//":
        if url and url[:1] != "/":
            url = "/" + url
        url = "//" + (netloc or "") + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url = url + "?" + query
    if fragment:
        url = url + "#" + fragment
    return finish(url)


def urljoin(base, url, allow_fragments=True):
    """The URL that a reference means when it stands in the page base."""
    if not base:
        return url
    if not url:
        return base
    base, url, finish = _coerce_args(base, url)
    bscheme, bnetloc, bpath, bparams, bquery, _bfragment = urlparse(
        base, "", allow_fragments)
    scheme, netloc, path, params, query, fragment = urlparse(
        url, bscheme, allow_fragments)
    if scheme != bscheme or scheme not in uses_relative:
        return finish(url)
    if scheme in uses_netloc:
        if netloc:
            return finish(urlunparse((scheme, netloc, path, params, query,
                                      fragment)))
        netloc = bnetloc
    if not path and not params:
        return finish(urlunparse((scheme, netloc, bpath, bparams,
                                  query or bquery, fragment)))
    return finish(urlunparse((scheme, netloc, _joined_path(bpath, path),
                              params, query, fragment)))


def _joined_path(base, path):
    """RFC 3986, 5.2.3 and 5.2.4: the path in the place of the last part of
    base, with . and .. carried out."""
    base_parts = base.split("/")
    if base_parts[-1] != "":
        del base_parts[-1]
    if path[:1] == "/":
        segments = path.split("/")
    else:
        segments = base_parts + path.split("/")
        segments[1:-1] = filter(None, segments[1:-1])
    result = []
    for segment in segments:
        if segment == "..":
            if result:
                result.pop()
        elif segment != ".":
            result.append(segment)
    if segments[-1] in (".", ".."):
        result.append("")
    return "/".join(result) or "/"


def urldefrag(url):
    """The URL without its fragment, and the fragment."""
    url, finish = _coerce_args(url)
    if "#" in url:
        scheme, netloc, path, params, query, fragment = urlparse(url)
        url = urlunparse((scheme, netloc, path, params, query, ""))
    else:
        fragment = ""
    return finish(DefragResult(url, fragment))


# Quoting.

_hexdig = "0123456789ABCDEFabcdef"
_hextobyte = {(a + b).encode(): bytes.fromhex(a + b)
              for a in _hexdig for b in _hexdig}
_asciire = re.compile("([\x00-\x7f]+)")


def unquote_to_bytes(string):
    """The bytes of a text with % escapes. Other characters are UTF-8."""
    if not string:
        # So that None and the like are refused as strings would be.
        string.split
        return b""
    if isinstance(string, str):
        string = string.encode("utf-8")
    first, *rest = string.split(b"%")
    if not rest:
        return string
    parts = [first]
    for item in rest:
        byte = _hextobyte.get(item[:2])
        if byte is None:
            parts.append(b"%" + item)
        else:
            parts.append(byte + item[2:])
    return b"".join(parts)


def unquote(string, encoding="utf-8", errors="replace"):
    """The text with its % escapes decoded."""
    if isinstance(string, bytes):
        return unquote_to_bytes(string).decode(encoding, errors)
    if "%" not in string:
        string.split
        return string
    if encoding is None:
        encoding = "utf-8"
    if errors is None:
        errors = "replace"
    # Only runs of ASCII have escapes that belong together.
    return _asciire.sub(lambda run: unquote_to_bytes(run[1])
                        .decode(encoding, errors), string)


def parse_qs(qs, keep_blank_values=False, strict_parsing=False,
             encoding="utf-8", errors="replace", max_num_fields=None,
             separator="&"):
    """A dict: for each name in the query the list of its values."""
    result = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing,
                                 encoding, errors, max_num_fields, separator):
        result.setdefault(name, []).append(value)
    return result


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False,
              encoding="utf-8", errors="replace", max_num_fields=None,
              separator="&"):
    """The list of pairs (name, value) in a query."""
    qs, finish = _coerce_args(qs)
    separator, _finish = _coerce_args(separator)
    if not separator or not isinstance(separator, (str, bytes)):
        raise ValueError("Separator must be of type string or bytes.")
    if max_num_fields is not None:
        if max_num_fields < 1 + qs.count(separator):
            raise ValueError("Max number of fields exceeded")
    pairs = []
    for field in qs.split(separator) if qs else []:
        if not field and not strict_parsing:
            continue
        name, equals, value = field.partition("=")
        if not equals:
            if strict_parsing:
                raise ValueError("bad query field: %r" % (field,))
            if not keep_blank_values:
                continue
        if value or keep_blank_values:
            pairs.append(tuple([
                finish(unquote(text.replace("+", " "), encoding=encoding,
                               errors=errors)) for text in (name, value)]))
    return pairs


def unquote_plus(string, encoding="utf-8", errors="replace"):
    """Like unquote(), but "+" is a space, as in forms."""
    return unquote(string.replace("+", " "), encoding, errors)


_ALWAYS_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                         b"abcdefghijklmnopqrstuvwxyz"
                         b"0123456789"
                         b"_.-~")
_ALWAYS_SAFE_BYTES = bytes(_ALWAYS_SAFE)


class _Quoter(dict):
    """byte -> what stands for it, filled as it is used."""

    def __init__(self, safe):
        self.safe = _ALWAYS_SAFE.union(safe)

    def __repr__(self):
        return f"<Quoter {dict(self)!r}>"

    def __missing__(self, b):
        text = self[b] = chr(b) if b in self.safe else "%{:02X}".format(b)
        return text


@functools.lru_cache
def _byte_quoter_factory(safe):
    return _Quoter(safe).__getitem__


def quote(string, safe="/", encoding=None, errors=None):
    """The text with % escapes for all but letters, digits, _.-~ and what is
    in safe."""
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode("utf-8" if encoding is None else encoding,
                               "strict" if errors is None else errors)
    else:
        if encoding is not None:
            raise TypeError("quote() doesn't support 'encoding' for bytes")
        if errors is not None:
            raise TypeError("quote() doesn't support 'errors' for bytes")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe="", encoding=None, errors=None):
    """Like quote(), but a space becomes "+", as in forms."""
    space = " " if isinstance(string, str) else b" "
    if space not in string:
        return quote(string, safe, encoding, errors)
    extra = " " if isinstance(safe, str) else b" "
    return quote(string, safe + extra, encoding, errors).replace(" ", "+")


def quote_from_bytes(bs, safe="/"):
    """The same for bytes."""
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    if not bs:
        return ""
    if isinstance(safe, str):
        safe = safe.encode("ascii", "ignore")
    else:
        safe = bytes([c for c in safe if c < 128])
    if not bs.rstrip(_ALWAYS_SAFE_BYTES + safe):
        return bs.decode()
    quoter = _byte_quoter_factory(safe)
    return "".join([quoter(b) for b in bs])


def urlencode(query, doseq=False, safe="", encoding=None, errors=None,
              quote_via=quote_plus):
    """The query string for a mapping or a sequence of pairs. With doseq, a
    value that is a sequence gives a field for each of its items."""
    if hasattr(query, "items"):
        query = query.items()
    else:
        try:
            # An empty string has no pairs either.
            if len(query) and not isinstance(query[0], tuple):
                raise TypeError
        except TypeError as error:
            raise TypeError("not a valid non-string sequence "
                            "or mapping object") from error

    def quoted(value):
        if isinstance(value, bytes):
            return quote_via(value, safe)
        return quote_via(str(value), safe, encoding, errors)

    fields = []
    for name, value in query:
        name = quoted(name)
        values = [value]
        if doseq and not isinstance(value, (bytes, str)):
            try:
                len(value)
            except TypeError:
                pass
            else:
                values = value
        fields.extend([name + "=" + quoted(item) for item in values])
    return "&".join(fields)


# Old functions, kept because programs use them. Each takes a part of a URL
# apart.

def _deprecated(name, instead="urllib.parse.urlparse"):
    import warnings
    advice = f", use {instead}() instead" if instead else ""
    warnings.warn(f"urllib.parse.{name}() is deprecated as of 3.8{advice}",
                  DeprecationWarning, stacklevel=3)


def to_bytes(url):
    _deprecated("to_bytes", None)
    return _to_bytes(url)


def _to_bytes(url):
    if isinstance(url, str):
        try:
            url = url.encode("ASCII").decode()
        except UnicodeError:
            raise UnicodeError("URL " + repr(url)
                               + " contains non-ASCII characters") from None
    return url


def unwrap(url):
    """<URL:scheme://host/path> and <scheme://host/path> without the
    wrapping."""
    url = str(url).strip()
    if url[:1] == "<" and url[-1:] == ">":
        url = url[1:-1].strip()
    if url[:4] == "URL:":
        url = url[4:].strip()
    return url


def splittype(url):
    _deprecated("splittype")
    return _splittype(url)


def _splittype(url):
    match = re.match("([^/:]+):(.*)", url, re.DOTALL)
    if match:
        return match[1].lower(), match[2]
    return None, url


def splithost(url):
    _deprecated("splithost")
    return _splithost(url)


def _splithost(url):
    match = re.match("//([^/#?]*)(.*)", url, re.DOTALL)
    if match:
        host, path = match.groups()
        if path and path[0] != "/":
            path = "/" + path
        return host, path
    return None, url


def splituser(host):
    _deprecated("splituser")
    return _splituser(host)


def _splituser(host):
    user, at, host = host.rpartition("@")
    return user if at else None, host


def splitpasswd(user):
    _deprecated("splitpasswd")
    return _splitpasswd(user)


def _splitpasswd(user):
    user, colon, password = user.partition(":")
    return user, password if colon else None


def splitport(host):
    _deprecated("splitport")
    return _splitport(host)


def _splitport(host):
    match = re.fullmatch("(.*):([0-9]*)", host, re.DOTALL)
    if match:
        host, port = match.groups()
        if port:
            return host, port
    return host, None


def splitnport(host, defport=-1):
    _deprecated("splitnport")
    return _splitnport(host, defport)


def _splitnport(host, defport=-1):
    host, colon, port = host.rpartition(":")
    if not colon:
        host = port
    elif port:
        return host, int(port) if port.isdigit() and port.isascii() else None
    return host, defport


def splitquery(url):
    _deprecated("splitquery")
    return _splitquery(url)


def _splitquery(url):
    path, mark, query = url.rpartition("?")
    return (path, query) if mark else (url, None)


def splittag(url):
    _deprecated("splittag")
    return _splittag(url)


def _splittag(url):
    path, mark, tag = url.rpartition("#")
    return (path, tag) if mark else (url, None)


def splitattr(url):
    _deprecated("splitattr")
    return _splitattr(url)


def _splitattr(url):
    words = url.split(";")
    return words[0], words[1:]


def splitvalue(attr):
    _deprecated("splitvalue", "urllib.parse.parse_qsl")
    return _splitvalue(attr)


def _splitvalue(attr):
    name, equals, value = attr.partition("=")
    return name, value if equals else None


def __getattr__(name):
    if name == "Quoter":
        import warnings
        warnings.warn("Deprecated in 3.11. urllib.parse.Quoter will be removed "
                      "in Python 3.14. It was not intended to be a public API.",
                      DeprecationWarning, stacklevel=2)
        return _Quoter
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
