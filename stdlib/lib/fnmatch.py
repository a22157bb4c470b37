"""File names and the patterns of shells: * ? [seq] [!seq]."""

import functools
import os
import posixpath
import re

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]


def fnmatch(name, pat):
    """Does the name match, with the case and slashes of the system?"""
    return fnmatchcase(os.path.normcase(name), os.path.normcase(pat))


@functools.lru_cache(maxsize=32768, typed=True)
def _compile_pattern(pat):
    if isinstance(pat, bytes):
        pattern = bytes(translate(str(pat, "ISO-8859-1")), "ISO-8859-1")
    else:
        pattern = translate(pat)
    return re.compile(pattern).match


def filter(names, pat):
    """The list of those names that match."""
    matches = _compile_pattern(os.path.normcase(pat))
    if os.path is posixpath:
        return [name for name in names if matches(name)]
    return [name for name in names if matches(os.path.normcase(name))]


def fnmatchcase(name, pat):
    """Does the name match, letter for letter?"""
    return _compile_pattern(pat)(name) is not None


def _set(body):
    """The regular expression for what stands in brackets."""
    if "-" not in body:
        body = body.replace("\\", r"\\")
    else:
        body = _ranges(body)
        if body is None:
            return "(?!)"
        if body == "!":
            return "."
    # What could be a set operation one day.
    body = re.sub(r"([&~|])", r"\\\1", body)
    if body[0] == "!":
        body = "^" + body[1:]
    elif body[0] in "^[":
        body = "\\" + body
    return f"[{body}]"


def _ranges(body):
    """The body with its hyphens sorted out: those of ranges, plain ones
    escaped, empty ranges gone. None: nothing is left."""
    pieces = []
    start = 0
    look = 2 if body[0] == "!" else 1
    while True:
        hyphen = body.find("-", look)
        if hyphen < 0:
            break
        pieces.append(body[start:hyphen])
        start = hyphen + 1
        look = hyphen + 3
    rest = body[start:]
    if rest:
        pieces.append(rest)
    else:
        pieces[-1] += "-"
    for i in range(len(pieces) - 1, 0, -1):
        if pieces[i - 1][-1] > pieces[i][0]:
            pieces[i - 1] = pieces[i - 1][:-1] + pieces[i][1:]
            del pieces[i]
    escaped = [piece.replace("\\", r"\\").replace("-", r"\-")
               for piece in pieces]
    return "-".join(escaped) or None


def translate(pat):
    """The regular expression that does what the pattern says."""
    parts = []
    star = object()
    at = 0
    while at < len(pat):
        c = pat[at]
        at += 1
        if c == "*":
            if not parts or parts[-1] is not star:
                parts.append(star)
        elif c == "?":
            parts.append(".")
        elif c != "[":
            parts.append(re.escape(c))
        else:
            end = at
            if pat[end:end + 1] == "!":
                end += 1
            if pat[end:end + 1] == "]":
                end += 1
            end = pat.find("]", end)
            if end < 0:
                parts.append(r"\[")
            else:
                parts.append(_set(pat[at:end]))
                at = end + 1
    return r"(?s:%s)\Z" % "".join(_joined(parts, star))


def _joined(parts, star):
    """Every star but the last is made so that it takes as little as it can
    and never gives another try: what follows it is found once, for good."""
    places = [i for i, part in enumerate(parts) if part is star]
    if not places:
        return parts
    result = parts[:places[0]]
    for this, following in zip(places, places[1:]):
        fixed = "".join(parts[this + 1:following])
        result.append(f"(?>.*?{fixed})")
    result.append(".*")
    return result + parts[places[-1] + 1:]
