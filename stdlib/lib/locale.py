"""Numbers, money and text in the manner of a country. Much of it is the C library's, in the module _locale."""

import collections
import functools
import itertools
import re
import sys
from _locale import *
from _locale import setlocale as _setlocale
from _locale import getencoding as _getencoding
from builtins import str as _builtin_str

__all__ = ["getlocale", "getdefaultlocale", "getpreferredencoding", "Error",
           "setlocale", "resetlocale", "localeconv", "strcoll", "strxfrm",
           "str", "atof", "atoi", "format", "format_string", "currency",
           "normalize", "LC_CTYPE", "LC_COLLATE", "LC_TIME", "LC_MONETARY",
           "LC_NUMERIC", "LC_ALL", "CHAR_MAX", "getencoding", "LC_MESSAGES"]

from _locale import localeconv as _localeconv

# Programs that test put another one here.
_override_localeconv = {}


@functools.wraps(_localeconv)
def localeconv():
    conventions = _localeconv()
    if _override_localeconv:
        conventions.update(_override_localeconv)
    return conventions


_DIGITS = frozenset("0123456789")


def _grouping_intervals(grouping):
    """The sizes of the groups of digits, from the right; zero repeats the one before for ever."""
    before = None
    for size in grouping:
        if size == CHAR_MAX:
            return
        if size == 0:
            if before is None:
                raise ValueError("invalid grouping")
            yield from itertools.repeat(before)
        yield size
        before = size


def _group(s, monetary=False):
    """(the digits with separators, how many characters that added)"""
    conventions, prefix = localeconv(), "mon_" if monetary else ""
    grouping, separator = conventions[prefix + "grouping"], conventions[prefix + "thousands_sep"]
    if not grouping:
        return s, 0
    left = s.rstrip(" ")
    tail, head = s[len(left):], ""
    groups = collections.deque()
    for size in _grouping_intervals(grouping):
        if left[-1:] not in _DIGITS:
            # Only spaces and the sign are left, or it is no number ("inf").
            head, left = left, ""
            break
        groups.appendleft(left[-size:])
        left = left[:-size]
    if left:
        groups.appendleft(left)
    return head + separator.join(groups) + tail, len(separator) * (len(groups) - 1)


def _strip_padding(s, amount):
    """Takes so many spaces away, where they are: first on the left. What has no digits loses them all."""
    if amount < 0:
        return s.strip(" ")
    left = min(amount, len(s) - len(s.lstrip(" ")))
    s = s[left:]
    right = min(amount - left, len(s) - len(s.rstrip(" ")))
    return s[:len(s) - right]


_percent = re.compile(r"%(?:\((?P<key>.*?)\))?"
                      r"(?P<modifiers>[-#0-9 +*.hlL]*?)[eEfFgGdiouxXcrs%]")


def _format(percent, value, grouping=False, monetary=False, *additional):
    text = percent % ((value, *additional) if additional else value)
    return _localize(text, grouping, monetary) if percent[-1] in "eEfFgGdiu" else text


def _localize(formatted, grouping=False, monetary=False):
    """A number as text, as the locale writes it."""
    whole, point, fraction = formatted.partition(".")
    added = 0
    if grouping:
        # It has no digits to be grouped if it is "inf".
        whole, added = _group(whole, monetary)
    if point:
        point = localeconv()["mon_decimal_point" if monetary else "decimal_point"]
    return _strip_padding(whole + point + fraction, added)


def format_string(f, val, grouping=False, monetary=False):
    """f % val, with numbers as the locale writes them."""
    from collections.abc import Mapping
    is_mapping = isinstance(val, Mapping)
    rest = val if isinstance(val, tuple) else (val,)
    texts = []
    for spec in _percent.finditer(f):
        if spec[0].endswith("%"):
            texts.append("%")
        elif is_mapping:
            texts.append(_format(spec[0], val, grouping, monetary))
        else:
            # A star takes a value, too.
            count = 1 + spec["modifiers"].count("*")
            texts.append(_format(spec[0], rest[0], grouping, monetary, *rest[1:count]))
            rest = rest[count:]
    return _percent.sub("%s", f) % tuple(texts)


def format(percent, value, grouping=False, monetary=False, *additional):
    """Deprecated: use format_string()."""
    import warnings
    warnings.warn("This method will be removed in a future version of Python. "
                  "Use 'locale.format_string()' instead.",
                  DeprecationWarning, stacklevel=2)
    match = _percent.match(percent)
    if not match or len(match.group()) != len(percent):
        raise ValueError(("format() must be given exactly one %%char "
                          "format specifier, %s not valid") % repr(percent))
    return _format(percent, value, grouping, monetary, *additional)


def currency(val, symbol=True, grouping=False, international=False):
    """An amount of money as the locale writes it."""
    conventions = localeconv()
    digits = conventions["int_frac_digits" if international
                         else "frac_digits"]
    if digits == 127:
        raise ValueError("Currency formatting is not possible using "
                         "the 'C' locale.")
    text = _localize(f"{abs(val):.{digits}f}", grouping, monetary=True)
    # "<" and ">" mark where a sign may go.
    text = "<" + text + ">"
    sign_of = "n" if val < 0 else "p"
    if symbol:
        shown = conventions["int_curr_symbol" if international
                            else "currency_symbol"]
        before = conventions[sign_of + "_cs_precedes"]
        separated = conventions[sign_of + "_sep_by_space"]
        if before:
            text = shown + (" " if separated else "") + text
        else:
            if international and shown[-1] == " ":
                shown = shown[:-1]
            text = text + (" " if separated else "") + shown
    position = conventions[sign_of + "_sign_posn"]
    sign = conventions["negative_sign" if val < 0 else "positive_sign"]
    if position == 0:
        text = "(" + text + ")"
    elif position == 1:
        text = sign + text
    elif position == 2:
        text = text + sign
    elif position == 3:
        text = text.replace("<", sign)
    elif position == 4:
        text = text.replace(">", sign)
    else:
        text = sign + text
    return text.replace("<", "").replace(">", "")


def str(val):
    """A float as text, with the decimal point of the locale."""
    return _format("%.12g", val)


def delocalize(string):
    """A number as text, from how the locale writes it to how Python does."""
    conventions = localeconv()
    separator = conventions["thousands_sep"]
    if separator:
        string = string.replace(separator, "")
    point = conventions["decimal_point"]
    if point:
        string = string.replace(point, ".")
    return string


def localize(string, grouping=False, monetary=False):
    """The other way round."""
    return _localize(string, grouping, monetary)


def atof(string, func=float):
    return func(delocalize(string))


def atoi(string):
    return int(delocalize(string))


# Names of locales.

# Other spellings of encodings, by their names in lower case without
# punctuation.
locale_encoding_alias = {
    "437": "C", "c": "C", "en": "ISO8859-1", "jis": "JIS7",
    "ajec": "eucJP", "ascii": "ISO8859-1", "latin_1": "ISO8859-1",
    "iso8859_1": "ISO8859-1", "iso8859_15": "ISO8859-15", "utf_8": "UTF-8",
    "utf8": "UTF-8", "utf": "UTF-8", "iso88591": "ISO8859-1",
    "iso885915": "ISO8859-15", "koi8_r": "KOI8-R", "koi8r": "KOI8-R",
}
locale_alias = {
    "c": "C", "c.ascii": "C", "c.en": "C", "c.utf8": "en_US.UTF-8", "c.iso88591": "en_US.ISO8859-1",
    "posix": "C", "posix-utf2": "C", "c_c": "C",
    "de": "de_DE.ISO8859-1", "german": "de_DE.ISO8859-1",
    "de_de": "de_DE.ISO8859-1", "de_at": "de_AT.ISO8859-1",
    "de_ch": "de_CH.ISO8859-1", "en": "en_US.ISO8859-1",
    "english": "en_EN.ISO8859-1", "en_us": "en_US.ISO8859-1",
    "en_gb": "en_GB.ISO8859-1", "en_ca": "en_CA.ISO8859-1",
    "en_au": "en_AU.ISO8859-1", "en_ie": "en_IE.ISO8859-1",
    "es": "es_ES.ISO8859-1", "es_es": "es_ES.ISO8859-1",
    "fr": "fr_FR.ISO8859-1", "french": "fr_FR.ISO8859-1",
    "fr_fr": "fr_FR.ISO8859-1", "fr_ca": "fr_CA.ISO8859-1",
    "it": "it_IT.ISO8859-1", "it_it": "it_IT.ISO8859-1",
    "ja": "ja_JP.eucJP", "ja_jp": "ja_JP.eucJP", "nl": "nl_NL.ISO8859-1",
    "nl_nl": "nl_NL.ISO8859-1", "pl": "pl_PL.ISO8859-2",
    "pl_pl": "pl_PL.ISO8859-2", "pt": "pt_PT.ISO8859-1",
    "pt_pt": "pt_PT.ISO8859-1", "pt_br": "pt_BR.ISO8859-1",
    "ru": "ru_RU.UTF-8", "ru_ru": "ru_RU.UTF-8", "sv": "sv_SE.ISO8859-1",
    "sv_se": "sv_SE.ISO8859-1", "da": "da_DK.ISO8859-1",
    "da_dk": "da_DK.ISO8859-1", "fi": "fi_FI.ISO8859-15",
    "fi_fi": "fi_FI.ISO8859-15", "no": "no_NO.ISO8859-1",
    "zh": "zh_CN.eucCN", "zh_cn": "zh_CN.gb2312", "zh_tw": "zh_TW.big5",
    "ko": "ko_KR.eucKR", "ko_kr": "ko_KR.eucKR", "tr": "tr_TR.ISO8859-9",
    "tr_tr": "tr_TR.ISO8859-9", "cs": "cs_CZ.ISO8859-2",
    "cs_cz": "cs_CZ.ISO8859-2", "hu": "hu_HU.ISO8859-2",
    "hu_hu": "hu_HU.ISO8859-2", "el": "el_GR.ISO8859-7",
    "el_gr": "el_GR.ISO8859-7", "uk": "uk_UA.KOI8-U",
    "uk_ua": "uk_UA.KOI8-U", "he": "he_IL.ISO8859-8",
    "he_il": "he_IL.ISO8859-8", "ar": "ar_AA.ISO8859-6",
}


def _replace_encoding(code, encoding):
    language = code.partition(".")[0]
    key = encoding.lower().replace("-", "").replace("_", "")
    for known in (encoding.lower(), key):
        if known in locale_encoding_alias:
            return language + "." + locale_encoding_alias[known]
    match = re.fullmatch(r"(?:iso)?8859(\d+)", key)
    if match:
        return f"{language}.ISO8859-{match[1]}"
    return language + "." + encoding


def normalize(localename):
    """A name of a locale in the form language_COUNTRY.ENCODING; one that is
    not known stays as it is."""
    code = localename.lower()
    if ":" in code:
        code = code.replace(":", ".")
    code, at, modifier = code.partition("@")
    language, dot, encoding = code.partition(".")
    known = locale_alias.get(code) or locale_alias.get(language + dot + encoding.replace("-", "").replace("_", ""))
    if known is not None and not modifier:
        return known
    known = locale_alias.get(language)
    if known is None:
        return localename
    if encoding:
        known = _replace_encoding(known, encoding)
    elif modifier == "euro":
        known = known.partition(".")[0] + ".ISO8859-15"
        return known
    return known + (at + modifier if modifier else "")


def _parse_localename(localename):
    code = normalize(localename)
    if "@" in code:
        code, modifier = code.split("@", 1)
        if modifier == "euro" and "." not in code:
            return code, "iso-8859-15"
    if "." in code:
        return tuple(code.split(".")[:2])
    if code == "C":
        return None, None
    if code == "UTF-8":
        return None, "UTF-8"
    raise ValueError("unknown locale: %s" % localename)


def _build_localename(localetuple):
    try:
        language, encoding = localetuple
        if language is None:
            language = "C"
        if encoding is None:
            return language
        return language + "." + encoding
    except (TypeError, ValueError):
        raise TypeError("Locale must be None, a string, or an iterable of "
                        "two strings -- language code, encoding.") from None


def getdefaultlocale(envvars=("LC_ALL", "LC_CTYPE", "LANG", "LANGUAGE")):
    """(language, encoding) of the user, from the environment."""
    import warnings
    warnings.warn("Use setlocale(), getencoding() and getlocale() instead",
                  DeprecationWarning, stacklevel=2)
    return _getdefaultlocale(envvars)


def _getdefaultlocale(envvars=("LC_ALL", "LC_CTYPE", "LANG", "LANGUAGE")):
    import os
    localename = "C"
    for variable in envvars:
        found = os.environ.get(variable)
        if found:
            localename = (found.split(":")[0] if variable == "LANGUAGE"
                          else found)
            break
    return _parse_localename(localename)


def getlocale(category=LC_CTYPE):
    """(language, encoding) of a category."""
    name = _setlocale(category)
    if category == LC_ALL and ";" in name:
        raise TypeError("category LC_ALL is not supported")
    return _parse_localename(name)


def setlocale(category, locale=None):
    """Sets the locale of a category to a name, or to a pair (language,
    encoding); None only asks. The name of the locale."""
    if locale and not isinstance(locale, _builtin_str):
        locale = normalize(_build_localename(locale))
    return _setlocale(category, locale)


def resetlocale(category=LC_ALL):
    """Sets the locale of the user."""
    import warnings
    warnings.warn("Use locale.setlocale(locale.LC_ALL, \"\") instead",
                  DeprecationWarning, stacklevel=2)
    _setlocale(category, _build_localename(_getdefaultlocale()))


def getencoding():
    return _getencoding()


def getpreferredencoding(do_setlocale=True):
    """The encoding of text in files: UTF-8, always."""
    return "utf-8" if sys.flags.utf8_mode else _getencoding()
