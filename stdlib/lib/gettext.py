"""Messages in the user's language, from the catalogues (.mo files) of GNU gettext."""

import os
import re
import sys

__all__ = ["NullTranslations", "GNUTranslations", "Catalog", "bindtextdomain",
           "find", "translation", "install", "textdomain", "dgettext",
           "dngettext", "gettext", "ngettext", "pgettext", "dpgettext",
           "npgettext", "dnpgettext"]

_default_localedir = os.path.join(sys.base_prefix, "share", "locale")

# The formula for plurals is an expression of C. It is parsed into a function
# by climbing over these, which bind tighter from row to row.

_token = re.compile(r"""
    (?P<space>[ \t]+) | (?P<number>[0-9]+\b) | (?P<name>n\b) |
    (?P<paren>[()]) | (?P<op>[-*/%+?:]|[><!]=?|==|&&|\|\|) |
    (?P<bad>\w+|.)
    """, re.VERBOSE | re.DOTALL)

_BINARY = [
    {"||": lambda a, b: lambda n: int(bool(a(n)) or bool(b(n)))},
    {"&&": lambda a, b: lambda n: int(bool(a(n)) and bool(b(n)))},
    {"==": lambda a, b: lambda n: int(a(n) == b(n)),
     "!=": lambda a, b: lambda n: int(a(n) != b(n))},
    {"<": lambda a, b: lambda n: int(a(n) < b(n)),
     ">": lambda a, b: lambda n: int(a(n) > b(n)),
     "<=": lambda a, b: lambda n: int(a(n) <= b(n)),
     ">=": lambda a, b: lambda n: int(a(n) >= b(n))},
    {"+": lambda a, b: lambda n: a(n) + b(n),
     "-": lambda a, b: lambda n: a(n) - b(n)},
    {"*": lambda a, b: lambda n: a(n) * b(n),
     "/": lambda a, b: lambda n: a(n) // b(n),
     "%": lambda a, b: lambda n: a(n) % b(n)},
]


class _Formula:
    def __init__(self, text):
        self.tokens = self._split(text)
        self.advance()

    @staticmethod
    def _split(text):
        for match in _token.finditer(text):
            kind = match.lastgroup
            if kind == "space":
                continue
            value = match.group(kind)
            if kind == "bad":
                raise ValueError("invalid token in plural form: %s" % value)
            yield kind, value
        yield "end", ""

    def advance(self):
        self.kind, self.value = next(self.tokens)

    def fail(self):
        if self.kind == "end":
            return ValueError("unexpected end of plural form")
        return ValueError("unexpected token in plural form: %s" % self.value)

    def whole(self):
        function = self.choice(0)
        if self.kind != "end":
            raise self.fail()
        return function

    def choice(self, depth):
        if depth > 20:
            raise ValueError("plural form expression is too complex")
        condition = self.binary(0, depth)
        if self.value != "?":
            return condition
        self.advance()
        yes = self.choice(depth + 1)
        if self.value != ":":
            raise self.fail()
        self.advance()
        no = self.choice(depth + 1)
        return lambda n: yes(n) if condition(n) else no(n)

    def binary(self, row, depth):
        if row == len(_BINARY):
            return self.unary(depth)
        left = self.binary(row + 1, depth)
        while self.kind == "op" and self.value in _BINARY[row]:
            make = _BINARY[row][self.value]
            self.advance()
            right = self.binary(row + 1, depth)
            left = make(left, right)
        return left

    def unary(self, depth):
        if depth > 20:
            raise ValueError("plural form expression is too complex")
        if self.value == "!":
            self.advance()
            operand = self.unary(depth + 1)
            return lambda n: int(not operand(n))
        if self.value == "(":
            self.advance()
            inner = self.choice(depth + 1)
            if self.value != ")":
                if self.kind == "end":
                    raise ValueError("unbalanced parenthesis in plural form")
                raise self.fail()
            self.advance()
            return inner
        if self.kind == "number":
            number = int(self.value)
            self.advance()
            return lambda n: number
        if self.kind == "name":
            self.advance()
            return lambda n: n
        raise self.fail()


def _as_int(n):
    try:
        round(n)
    except TypeError:
        raise TypeError("Plural value must be an integer, got %s"
                        % (n.__class__.__name__,)) from None
    import warnings
    warnings.warn("Plural value must be an integer, got %s"
                  % (n.__class__.__name__,), DeprecationWarning, 4)
    return n


def c2py(plural):
    """A function of n for a formula of plurals."""
    if len(plural) > 1000:
        raise ValueError("plural form expression is too long")
    try:
        formula = _Formula(plural).whole()
    except RecursionError:
        raise ValueError("plural form expression is too complex") from None

    def func(n):
        if not isinstance(n, int):
            n = _as_int(n)
        return int(formula(n))
    return func


def _expand_lang(loc):
    """The names under which a locale's files may be found, best first."""
    import locale
    loc = locale.normalize(loc)
    rest, at, modifier = loc.partition("@")
    rest, dot, codeset = rest.partition(".")
    language, line, territory = rest.partition("_")
    result = []
    # Combinations of the parts that there are, in the order of their weight.
    have = ((4 if line else 0) | (2 if dot else 0) | (1 if at else 0))
    for mask in range(have + 1):
        if mask & ~have:
            continue
        name = language
        if mask & 4:
            name += line + territory
        if mask & 2:
            name += dot + codeset
        if mask & 1:
            name += at + modifier
        result.append(name)
    result.reverse()
    return result


class NullTranslations:
    """Gives the messages as they are, or asks its fallback."""

    def __init__(self, fp=None):
        self._info = {}
        self._charset = None
        self._fallback = None
        if fp is not None:
            self._parse(fp)

    def _parse(self, fp):
        pass

    def add_fallback(self, fallback):
        if self._fallback:
            self._fallback.add_fallback(fallback)
        else:
            self._fallback = fallback

    def gettext(self, message):
        if self._fallback:
            return self._fallback.gettext(message)
        return message

    def ngettext(self, msgid1, msgid2, n):
        if self._fallback:
            return self._fallback.ngettext(msgid1, msgid2, n)
        return msgid1 if n == 1 else msgid2

    def pgettext(self, context, message):
        if self._fallback:
            return self._fallback.pgettext(context, message)
        return message

    def npgettext(self, context, msgid1, msgid2, n):
        if self._fallback:
            return self._fallback.npgettext(context, msgid1, msgid2, n)
        return msgid1 if n == 1 else msgid2

    def info(self):
        return self._info

    def charset(self):
        return self._charset

    def install(self, names=None):
        """Makes _ a builtin, and the functions in names as well."""
        import builtins
        builtins.__dict__["_"] = self.gettext
        if names is not None:
            for name in {"gettext", "ngettext", "npgettext",
                         "pgettext"} & set(names):
                builtins.__dict__[name] = getattr(self, name)


class GNUTranslations(NullTranslations):
    """The messages of a .mo file."""

    LE_MAGIC = 0x950412DE
    BE_MAGIC = 0xDE120495
    CONTEXT = "%s\x04%s"
    VERSIONS = (0, 1)

    def _parse(self, fp):
        """Reads the catalogue: a header, then two tables (of messages and of
        translations) of lengths and places."""
        filename = getattr(fp, "name", "")
        self._catalog = catalog = {}
        self.plural = lambda n: int(n != 1)
        buffer = fp.read()
        magic = int.from_bytes(buffer[:4], "little")
        if magic == self.LE_MAGIC:
            order = "little"
        elif magic == self.BE_MAGIC:
            order = "big"
        else:
            raise OSError(0, "Bad magic number", filename)

        def number(place):
            return int.from_bytes(buffer[place:place + 4], order)

        version, count, messages, translations = map(number, (4, 8, 12, 16))
        major, minor = version >> 16, version & 0xFFFF
        if major not in self.VERSIONS:
            raise OSError(0, "Bad version number " + str(major), filename)

        def text(table, i):
            length, place = number(table + 8 * i), number(table + 8 * i + 4)
            if place + length >= len(buffer):
                raise OSError(0, "File is corrupt", filename)
            return buffer[place:place + length]

        for i in range(count):
            msg, translated = text(messages, i), text(translations, i)
            if not msg:
                self._read_info(translated)
            charset = self._charset or "ascii"
            if b"\x00" in msg:
                msgid1, _msgid2 = msg.split(b"\x00")[:2]
                key = str(msgid1, charset)
                for form, plural in enumerate(translated.split(b"\x00")):
                    catalog[key, form] = str(plural, charset)
            else:
                catalog[str(msg, charset)] = str(translated, charset)

    def _read_info(self, header):
        key = None
        for item in header.split(b"\n"):
            item = item.decode().strip()
            if not item or item.startswith("#-#-#-#-#") and item.endswith("#-#-#-#-#"):
                continue
            if ":" in item:
                key, _colon, value = item.partition(":")
                key = key.strip().lower()
                value = value.strip()
                self._info[key] = value
            elif key:
                self._info[key] += "\n" + item
            if key == "content-type":
                self._charset = value.split("charset=")[1]
            elif key == "plural-forms":
                parts = value.split(";")
                self.plural = c2py(parts[1].split("plural=")[1])

    def _find(self, key, n=None):
        if n is None:
            message = self._catalog.get(key)
            if message is None:
                message = self._catalog.get((key, self.plural(1)))
            return message
        return self._catalog.get((key, self.plural(n)))

    def gettext(self, message):
        found = self._find(message)
        if found is not None:
            return found
        return super().gettext(message)

    def ngettext(self, msgid1, msgid2, n):
        found = self._find(msgid1, n)
        if found is not None:
            return found
        return super().ngettext(msgid1, msgid2, n)

    def pgettext(self, context, message):
        found = self._find(self.CONTEXT % (context, message))
        if found is not None:
            return found
        return super().pgettext(context, message)

    def npgettext(self, context, msgid1, msgid2, n):
        found = self._find(self.CONTEXT % (context, msgid1), n)
        if found is not None:
            return found
        return super().npgettext(context, msgid1, msgid2, n)


def find(domain, localedir=None, languages=None, all=False):
    """The file of a domain in the first of the languages that has one; with
    all, the list of all of them."""
    if localedir is None:
        localedir = _default_localedir
    if languages is None:
        languages = []
        for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
            value = os.environ.get(variable)
            if value:
                languages = value.split(":")
                break
        if "C" not in languages:
            languages.append("C")
    names = []
    for language in languages:
        for name in _expand_lang(language):
            if name not in names:
                names.append(name)
    result = [] if all else None
    for name in names:
        if name == "C":
            break
        path = os.path.join(localedir, name, "LC_MESSAGES", f"{domain}.mo")
        if os.path.exists(path):
            if not all:
                return path
            result.append(path)
    return result


_translations = {}


def translation(domain, localedir=None, languages=None, class_=None,
                fallback=False):
    """The messages of a domain, those of further languages behind them."""
    if class_ is None:
        class_ = GNUTranslations
    paths = find(domain, localedir, languages, all=True)
    if not paths:
        if fallback:
            return NullTranslations()
        from errno import ENOENT
        raise FileNotFoundError(ENOENT,
                                "No translation file found for domain", domain)
    result = None
    for path in paths:
        key = class_, os.path.abspath(path)
        known = _translations.get(key)
        if known is None:
            with open(path, "rb") as file:
                known = _translations.setdefault(key, class_(file))
        # A copy, because each has fallbacks of its own.
        import copy
        known = copy.copy(known)
        if result is None:
            result = known
        else:
            result.add_fallback(known)
    return result


def install(domain, localedir=None, *, names=None):
    translation(domain, localedir, fallback=True).install(names)


# The functions of GNU gettext.

_localedirs = {}
_current_domain = "messages"


def textdomain(domain=None):
    """Sets the domain of the functions below; says which it is."""
    global _current_domain
    if domain is not None:
        _current_domain = domain
    return _current_domain


def bindtextdomain(domain, localedir=None):
    if localedir is not None:
        _localedirs[domain] = localedir
    return _localedirs.get(domain, _default_localedir)


def _of(domain):
    try:
        return translation(domain, _localedirs.get(domain))
    except OSError:
        return None


def dgettext(domain, message):
    found = _of(domain)
    return message if found is None else found.gettext(message)


def dngettext(domain, msgid1, msgid2, n):
    found = _of(domain)
    if found is None:
        return msgid1 if n == 1 else msgid2
    return found.ngettext(msgid1, msgid2, n)


def dpgettext(domain, context, message):
    found = _of(domain)
    return message if found is None else found.pgettext(context, message)


def dnpgettext(domain, context, msgid1, msgid2, n):
    found = _of(domain)
    if found is None:
        return msgid1 if n == 1 else msgid2
    return found.npgettext(context, msgid1, msgid2, n)


def gettext(message):
    return dgettext(_current_domain, message)


def ngettext(msgid1, msgid2, n):
    return dngettext(_current_domain, msgid1, msgid2, n)


def pgettext(context, message):
    return dpgettext(_current_domain, context, message)


def npgettext(context, msgid1, msgid2, n):
    return dnpgettext(_current_domain, context, msgid1, msgid2, n)


Catalog = translation
