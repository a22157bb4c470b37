"""Escaping text for HTML, and back."""

import re
from html.entities import html5 as _html5

__all__ = ["escape", "unescape"]


def escape(s, quote=True):
    """The text with &, <, > and (with quote) both quotes as references."""
    s = s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if quote:
        s = s.replace('"', "&quot;").replace("'", "&#x27;")
    return s


# HTML 5 reads these numbers as windows-1252.
_WINDOWS_1252 = dict(zip(
    range(0x80, 0xA0),
    "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f"
    "\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178"))
_reference = re.compile(r"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")


def _is_noncharacter(number):
    """Control characters and noncharacters: references to them vanish."""
    return (number in (0xB, 0xFFFE, 0xFFFF) or 0x1 <= number <= 0x8
            or 0xE <= number <= 0x1F or 0x7F <= number <= 0x9F
            or 0xFDD0 <= number <= 0xFDEF
            or number > 0xFFFF and number & 0xFFFE == 0xFFFE)


def _numeric(text):
    number = (int(text[2:].rstrip(";"), 16) if text[1] in "xX"
              else int(text[1:].rstrip(";")))
    if number == 0:
        return "\ufffd"
    if number == 0x0D:
        return "\r"
    if number in _WINDOWS_1252:
        return _WINDOWS_1252[number]
    if 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
        return "\ufffd"
    if _is_noncharacter(number):
        return ""
    return chr(number)


def _replace(match):
    text = match.group(1)
    if text[0] == "#":
        return _numeric(text)
    if text in _html5:
        return _html5[text]
    # The longest name at the beginning that may stand without a semicolon.
    for end in range(len(text) - 1, 1, -1):
        if text[:end] in _html5:
            return _html5[text[:end]] + text[end:]
    return "&" + text


def unescape(s):
    """The text with all references to characters replaced by these, by the
    rules of HTML 5."""
    if "&" not in s:
        return s
    return _reference.sub(_replace, s)
