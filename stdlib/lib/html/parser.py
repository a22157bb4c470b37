"""A parser for HTML as it is found in the wild."""

import re

import _markupbase
from html import unescape

__all__ = ["HTMLParser"]

# What the parser goes by. Programs that read other dialects put patterns of their own in the place of these (Markdown does),
# so their names and groups are what they are in CPython.
interesting_normal = re.compile("[&<]")
incomplete = re.compile("&[a-zA-Z#]")
entityref = re.compile("&([a-zA-Z][-.a-zA-Z0-9]*)[^a-zA-Z0-9]")
charref = re.compile("&#(?:[0-9]+|[xX][0-9a-fA-F]+)[^0-9a-fA-F]")
starttagopen = re.compile("<[a-zA-Z]")
piclose = endendtag = re.compile(">")
commentclose = re.compile(r"--\s*>")
endtagfind = re.compile(r"</\s*([a-zA-Z][-.:_a-zA-Z0-9]*)\s*>")
# A tag's name, and what separates it from its attributes.
tagfind_tolerant = re.compile(r"([a-zA-Z][^\t\n\r\f />]*)(?:[\t\n\r\f ]|/(?!>))*+")
# An attribute's name, the rest with its value in it, and what separates it from the next.
attrfind_tolerant = re.compile(r"""
    ([^\t\n\r\f />][^\t\n\r\f /=>]*+)
    ([\t\n\r\f ]*+=[\t\n\r\f ]*+
       ('[^']*+' | "[^"]*+" | (?!['"])[^>\t\n\r\f ]*+)
    )?+
    (?:[\t\n\r\f ] | /(?!>))*+""", re.VERBOSE)
# A tag from its name on, up to the ">" that is its end. A quote that is never closed reaches to the end of the text.
_TAG = r"""
    [a-zA-Z][^\t\n\r\f />]*+
    [\t\n\r\f /]*+
    (?:
      [^\t\n\r\f />][^\t\n\r\f /=>]*+
      (?:[\t\n\r\f ]*+=[\t\n\r\f ]*+
         (?:'[^']*+(?:'|\Z) | "[^"]*+(?:"|\Z) | (?!['"])[^>\t\n\r\f ]*+)
      )?+
      [\t\n\r\f /]*+
    )*+"""
locatetagend = re.compile(_TAG + "(>)?", re.VERBOSE)  # without the group it is not whole
locatestarttagend_tolerant = re.compile("<" + _TAG, re.VERBOSE)  # no longer used here
_tag_name = re.compile(r"[a-zA-Z][^\t\n\r\f />]*")


class HTMLParser(_markupbase.ParserBase):
    """Calls a method of its own for each tag, text, comment, declaration and
    reference in the text that feed() is given.

    With convert_charrefs, references to characters are part of the text that
    handle_data() gets (but not in script and style).
    """

    CDATA_CONTENT_ELEMENTS = ("script", "style")

    def __init__(self, *, convert_charrefs=True):
        super().__init__()
        self.convert_charrefs = convert_charrefs
        self.reset()

    def reset(self):
        """Forgets everything that was not yet handled."""
        self.rawdata = ""
        self.lasttag = "???"
        self.interesting = interesting_normal
        self.cdata_elem = None
        # Inside of something that only a ">" can end, what comes without one
        # is put aside, so that long ones are not looked through again and
        # again.
        self._waiting = False
        self._aside = []
        super().reset()

    def feed(self, data):
        """Handles as much as is whole; the rest waits for more."""
        self._aside.append(data)
        if not self._waiting or ">" in data:
            self._take_aside()
            self.goahead(0)

    def close(self):
        """Handles what is left as if the text ended here."""
        self._take_aside()
        self.goahead(1)

    def _take_aside(self):
        self.rawdata += "".join(self._aside)
        self._aside.clear()
        self._waiting = False

    __starttag_text = None

    def get_starttag_text(self):
        """The start tag that was read last, as it stood in the text."""
        return self.__starttag_text

    def set_cdata_mode(self, elem):
        self.cdata_elem = elem.lower()
        self.interesting = re.compile(r"</%s(?=[\t\n\r\f />])"
                                      % self.cdata_elem, re.I | re.A)

    def clear_cdata_mode(self):
        self.interesting = interesting_normal
        self.cdata_elem = None

    def _text_end(self, i, end):
        """Where the plain text at i ends; -1: that is not known yet."""
        text = self.rawdata
        if self.convert_charrefs and not self.cdata_elem:
            j = text.find("<", i)
            if j < 0:
                # A reference at the end may be incomplete: the part from it
                # on waits, if it is not too far back.
                amp = text.rfind("&", max(i, len(text) - 34))
                if (amp >= 0 and not end
                        and not re.compile(r"[\s;]").search(text, amp)):
                    return -1
                j = len(text)
            return j
        match = self.interesting.search(text, i)
        if match:
            return match.start()
        if self.cdata_elem:
            return -1
        return len(text)

    def _data(self, text):
        if self.convert_charrefs and not self.cdata_elem:
            text = unescape(text)
        self.handle_data(text)

    def goahead(self, end):
        text = self.rawdata
        i = 0
        n = len(text)
        while i < n:
            j = self._text_end(i, end)
            if j < 0:
                self._waiting = self.cdata_elem is not None
                break
            if i < j:
                self._data(text[i:j])
            i = self.updatepos(i, j)
            if i == n:
                break
            if text.startswith("<", i):
                k = self._markup(i)
                if k < 0:
                    if not end:
                        self._waiting = n - i > 2
                        break
                    k = self._unfinished(i)
                i = self.updatepos(i, k)
            elif text.startswith("&#", i):
                match = charref.match(text, i)
                if match:
                    name = match.group()[2:-1]
                    self.handle_charref(name)
                    k = match.end()
                    if not text.startswith(";", k - 1):
                        k -= 1
                    i = self.updatepos(i, k)
                    continue
                if ";" in text[i:]:
                    self.handle_data(text[i:i + 2])
                    i = self.updatepos(i, i + 2)
                break
            else:
                match = entityref.match(text, i)
                if match:
                    self.handle_entityref(match.group(1))
                    k = match.end()
                    if not text.startswith(";", k - 1):
                        k -= 1
                    i = self.updatepos(i, k)
                    continue
                match = incomplete.match(text, i)
                if match:
                    if end and match.group() == text[i:]:
                        k = match.end()
                        if k <= i:
                            k = n
                        i = self.updatepos(i, i + 1)
                    break
                if i + 1 < n:
                    # A single ampersand.
                    self.handle_data("&")
                    i = self.updatepos(i, i + 1)
                    continue
                break
        if end and i < n and not self.cdata_elem:
            self._data(text[i:n])
            i = self.updatepos(i, n)
        elif end and i < n:
            self.handle_data(text[i:n])
            i = self.updatepos(i, n)
        self.rawdata = text[i:]

    def _markup(self, i):
        """Reads what begins with the < at i: where it ends, or -1 when it
        does not end here."""
        text = self.rawdata
        if starttagopen.match(text, i):
            return self.parse_starttag(i)
        if text.startswith("</", i):
            return self.parse_endtag(i)
        if text.startswith("<!--", i):
            return self.parse_comment(i)
        if text.startswith("<?", i):
            return self.parse_pi(i)
        if text.startswith("<!", i):
            return self.parse_html_declaration(i)
        if i + 1 < len(text):
            self.handle_data("<")
            return i + 1
        return -1

    def _unfinished(self, i):
        """The text ends inside of what begins with the < at i: a tag is
        dropped, anything else is taken as if it ended here."""
        text = self.rawdata
        rest = text[i:]
        if rest in ("<", "</"):
            self.handle_data(rest)
        elif starttagopen.match(text, i) or starttagopen.match(
                "<" + rest[2:3]) and rest.startswith("</"):
            pass
        elif rest.startswith("</"):
            self.handle_comment(rest[2:])
        elif rest.startswith("<!--"):
            body = rest[4:]
            for suffix in ("--!", "--", "-"):
                if body.endswith(suffix):
                    body = body[:-len(suffix)]
                    break
            self.handle_comment(body)
        elif rest.startswith("<![CDATA["):
            self.unknown_decl(rest[3:])
        elif rest[:9].lower() == "<!doctype":
            self.handle_decl(rest[2:])
        elif rest.startswith("<!"):
            self.handle_comment(rest[2:])
        else:
            self.handle_pi(rest[2:])
        return len(text)

    def parse_comment(self, i, report=True):
        text = self.rawdata
        assert text.startswith("<!--", i), "unexpected call to parse_comment()"
        match = commentclose.search(text, i + 4)
        if not match:
            return -1
        if report:
            self.handle_comment(text[i + 4:match.start()])
        return match.end()

    def parse_html_declaration(self, i):
        text = self.rawdata
        assert text[i:i + 2] == "<!", "unexpected call to parse_html_declaration()"
        if text[i:i + 4] == "<!--":
            return self.parse_comment(i)
        if text[i:i + 9] == "<![CDATA[":
            end = text.find("]]>", i + 9)
            if end < 0:
                return -1
            self.unknown_decl(text[i + 3:end])
            return end + 3
        if text[i:i + 9].lower() == "<!doctype":
            end = text.find(">", i + 9)
            if end < 0:
                return -1
            self.handle_decl(text[i + 2:end])
            return end + 1
        return self.parse_bogus_comment(i)

    def parse_bogus_comment(self, i, report=1):
        text = self.rawdata
        assert text[i:i + 2] in ("<!", "</"), "unexpected call to parse_comment()"
        end = text.find(">", i + 2)
        if end < 0:
            return -1
        if report:
            self.handle_comment(text[i + 2:end])
        return end + 1

    def parse_pi(self, i):
        text = self.rawdata
        assert text[i:i + 2] == "<?", "unexpected call to parse_pi()"
        match = piclose.search(text, i + 2)
        if not match:
            return -1
        self.handle_pi(text[i + 2:match.start()])
        return match.end()

    def parse_starttag(self, i):
        self.__starttag_text = None
        end = self.check_for_whole_start_tag(i)
        if end < 0:
            return end
        text = self.rawdata
        self.__starttag_text = text[i:end]
        match = tagfind_tolerant.match(text, i + 1)
        self.lasttag = tag = match[1].lower()
        attrs = []
        k = match.end()
        while k < end:
            match = attrfind_tolerant.match(text, k, end)
            if not match:
                break
            name, rest, value = match.group(1, 2, 3)
            if not rest:
                value = None
            elif value and value[0] == value[-1] and value[0] in "'\"" and len(value) > 1:
                value = value[1:-1]
            if value:
                value = unescape(value)
            attrs.append((name.lower(), value))
            k = match.end()
        if text[k:end].endswith("/>"):
            self.handle_startendtag(tag, attrs)
        else:
            self.handle_starttag(tag, attrs)
            if tag in self.CDATA_CONTENT_ELEMENTS:
                self.set_cdata_mode(tag)
        return end

    def check_for_whole_start_tag(self, i):
        """Where the start tag at i ends, or -1."""
        match = locatetagend.match(self.rawdata, i + 1)
        return match.end() if match[1] else -1

    def parse_endtag(self, i):
        text = self.rawdata
        assert text[i:i + 2] == "</", "unexpected call to parse_endtag"
        if not _tag_name.match(text, i + 2):
            if text[i:i + 3] == "</>":
                return i + 3
            if i + 2 == len(text):
                return -1
            return self.parse_bogus_comment(i)
        match = locatetagend.match(text, i + 2)
        if not match[1]:
            return -1
        self.handle_endtag(_tag_name.match(text, i + 2).group().lower())
        self.clear_cdata_mode()
        return match.end()

    # What subclasses fill in.

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        pass

    def handle_charref(self, name):
        pass

    def handle_entityref(self, name):
        pass

    def handle_data(self, data):
        pass

    def handle_comment(self, data):
        pass

    def handle_decl(self, decl):
        pass

    def handle_pi(self, data):
        pass

    def unknown_decl(self, data):
        pass
