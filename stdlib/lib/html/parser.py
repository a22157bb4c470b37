"""A parser for HTML as it is found in the wild."""

import re

import _markupbase
from html import unescape

__all__ = ["HTMLParser"]

_interesting = re.compile("[&<]")
_incomplete = re.compile("&[a-zA-Z#]")
_entity = re.compile("&([a-zA-Z][-.a-zA-Z0-9]*)[^a-zA-Z0-9]")
_character = re.compile("&#(?:[0-9]+|[xX][0-9a-fA-F]+)[^0-9a-fA-F]")
_tag_start = re.compile("<[a-zA-Z]")
_tag_name = re.compile(r"([a-zA-Z][^\t\n\r\f />\x00]*)(?:\s|/(?!>))*")
_attribute = re.compile(
    r"((?<=[\'\"\s/])[^\s/>][^\s/=>]*)(\s*=+\s*"
    r"(\'[^\']*\'|\"[^\"]*\"|(?![\'\"])[^>\s]*))?(?:\s|/(?!>))*")
_whole_start_tag = re.compile(r"""
    <[a-zA-Z][^\t\n\r\f />\x00]*       # its name
    (?:[\s/]*
      (?:(?<=['"\s/])[^\s/>][^\s/=>]*  # the name of an attribute
         (?:\s*=+\s*
           (?:'[^']*' | "[^"]*" | (?!['"])[^>\s]*)
           \s*
         )?(?:\s|/(?!>))*
       )*
     )?
    \s*
    """, re.VERBOSE)
_end_tag = re.compile(r"</\s*([a-zA-Z][-.a-zA-Z0-9:_]*)\s*>")
_end_tag_close = re.compile(">")


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
        self.interesting = _interesting
        self.cdata_elem = None
        super().reset()

    def feed(self, data):
        """Handles as much as is whole; the rest waits for more."""
        self.rawdata = self.rawdata + data
        self.goahead(0)

    def close(self):
        """Handles what is left as if the text ended here."""
        self.goahead(1)

    __starttag_text = None

    def get_starttag_text(self):
        """The start tag that was read last, as it stood in the text."""
        return self.__starttag_text

    def set_cdata_mode(self, elem):
        self.cdata_elem = elem.lower()
        self.interesting = re.compile(r"</%s(?=[\t\n\r\f />])|</\s*%s\s*>"
                                      % (self.cdata_elem, self.cdata_elem), re.I)

    def clear_cdata_mode(self):
        self.interesting = _interesting
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
                break
            if i < j:
                self._data(text[i:j])
            i = self.updatepos(i, j)
            if i == n:
                break
            if text.startswith("<", i):
                k = self._markup(i)
                if k is None:
                    break
                if k < 0:
                    if not end:
                        break
                    k = text.find(">", i + 1)
                    if k < 0:
                        k = text.find("<", i + 1)
                        if k < 0:
                            k = i + 1
                    else:
                        k += 1
                    self._data(text[i:k])
                i = self.updatepos(i, k)
            elif text.startswith("&#", i):
                match = _character.match(text, i)
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
                match = _entity.match(text, i)
                if match:
                    self.handle_entityref(match.group(1))
                    k = match.end()
                    if not text.startswith(";", k - 1):
                        k -= 1
                    i = self.updatepos(i, k)
                    continue
                match = _incomplete.match(text, i)
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
        """Reads what begins with the < at i: where it ends, -1 when it does
        not end here, None when one cannot know yet."""
        text = self.rawdata
        if _tag_start.match(text, i):
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
        return -1 if False else None

    def parse_html_declaration(self, i):
        text = self.rawdata
        assert text[i:i + 2] == "<!", "unexpected call to parse_html_declaration()"
        if text[i:i + 4] == "<!--":
            return self.parse_comment(i)
        if text[i:i + 3] == "<![":
            return self.parse_marked_section(i)
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
        match = _end_tag_close.search(text, i + 2)
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
        match = _tag_name.match(text, i + 1)
        assert match, "unexpected call to parse_starttag()"
        k = match.end()
        self.lasttag = tag = match.group(1).lower()
        attrs = []
        while k < end:
            found = _attribute.match(text, k)
            if not found:
                break
            name, rest, value = found.group(1, 2, 3)
            if not rest:
                value = None
            elif value[:1] == value[-1:] and value[:1] in ("'", '"'):
                value = value[1:-1]
            if value:
                value = unescape(value)
            attrs.append((name.lower(), value))
            k = found.end()
        ending = text[k:end].strip()
        if ending not in (">", "/>"):
            self.handle_data(text[i:end])
            return end
        if ending.endswith("/>"):
            self.handle_startendtag(tag, attrs)
        else:
            self.handle_starttag(tag, attrs)
            if tag in self.CDATA_CONTENT_ELEMENTS:
                self.set_cdata_mode(tag)
        return end

    def check_for_whole_start_tag(self, i):
        text = self.rawdata
        match = _whole_start_tag.match(text, i)
        if not match:
            raise AssertionError("we should not get here!")
        j = match.end()
        following = text[j:j + 1]
        if following == ">":
            return j + 1
        if following == "/":
            if text.startswith("/>", j):
                return j + 2
            if text.startswith("/", j):
                return -1
        if following == "" or following in ("abcdefghijklmnopqrstuvwxyz=/"
                                            "ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
            # The tag goes on in text that has not come yet.
            return -1
        return j if j > i else i + 1

    def parse_endtag(self, i):
        text = self.rawdata
        assert text[i:i + 2] == "</", "unexpected call to parse_endtag"
        match = _end_tag_close.search(text, i + 1)
        if not match:
            return -1
        end = match.end()
        match = _end_tag.match(text, i)
        if not match:
            if self.cdata_elem is not None:
                self.handle_data(text[i:end])
                return end
            name = _tag_name.match(text, i + 2)
            if not name:
                if text[i:i + 3] == "</>":
                    return i + 3
                return self.parse_bogus_comment(i)
            tag = name.group(1).lower()
            end = text.find(">", name.end())
            self.handle_endtag(tag)
            return end + 1
        tag = match.group(1).lower()
        if self.cdata_elem is not None and tag != self.cdata_elem:
            self.handle_data(text[i:end])
            return end
        self.handle_endtag(tag)
        self.clear_cdata_mode()
        return end

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
