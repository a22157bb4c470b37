"""difflib.HtmlDiff: two texts side by side as a table of HTML.

The lines come from difflib.ndiff. One pass over their first characters puts them into two columns of equal length, with
marks around what changed inside a line; the second half of the file turns rows into HTML. The marks are `\\0+`, `\\0-`
or `\\0^` before and `\\1` after a piece, so that they survive escaping.
"""
import re
from difflib import IS_CHARACTER_JUNK, ndiff  # which imports this module as its last act

# What stands at this place of the first characters: a line that was changed, with hints below one or both versions; one
# that only the old or only the new text has; or a common one. A lone line ends its block when a common line or a changed
# one comes next: both columns are level again there.
_STEP = re.compile(r'(?P<changed>-\?\+\??|-\+\?)'
                   r'|(?P<lone>[-+])(?P<level>(?<=-)(?=-\?\+|-\+(?!\+)| )|(?<=\+)(?= |-(?!-)))?'
                   r'|(?P<same> )')
_PIECES = re.compile(r'\++|-+|\^+')
_BLANK = '', '\n'


def _with_marks(text, hints):
    """The text with marks where its line of hints has signs."""
    parts, done = [], 0
    for piece in _PIECES.finditer(hints):
        start, end = piece.span()
        parts += text[done:start], '\0', hints[start], text[start:end], '\1'
        done = end
    return ''.join(parts) + text[done:]


class _Columns:
    """The old and the new text's lines, numbered, with blanks between them."""

    def __init__(self):
        self.columns = [], []  # of ((number, text), changed)
        self.numbers = [0, 0]

    def add(self, side, text, changed=True):
        self.numbers[side] += 1
        self.columns[side].append(((self.numbers[side], text), changed))

    def level(self):
        old, new = self.columns
        missing = len(old) - len(new)
        shorter = new if missing > 0 else old
        shorter += [(_BLANK, True)] * abs(missing)

    def rows(self):
        self.level()
        for (old, changed), (new, also) in zip(*self.columns):
            yield old, new, changed or also


def _side_by_side(lines):
    columns = _Columns()
    kinds = ''.join(line[0] for line in lines)
    for step in _STEP.finditer(kinds):
        at = step.start()
        if step['same']:
            columns.add(0, lines[at][2:], False)
            columns.add(1, lines[at][2:], False)
        elif step['lone']:
            text = lines[at][2:] or ' '
            columns.add(0 if step['lone'] == '-' else 1, f"\0{step['lone']}{text}\1")
            if step['level'] is not None:
                columns.level()
        else:
            for where in range(at, step.end()):
                if kinds[where] == '?':
                    continue
                hints = lines[where + 1] if kinds[where + 1:where + 2] == '?' and where + 1 < step.end() else ''
                columns.add(0 if kinds[where] == '-' else 1, _with_marks(lines[where], hints)[2:])
    return list(columns.rows())


def _mdiff(fromlines, tolines, context=None, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    """Rows ((number, text), (number, text), changed). With `context`, only those with a changed one at most so many rows
    away; three times None stands for rows that are left out."""
    rows = _side_by_side(list(ndiff(fromlines, tolines, linejunk, charjunk)))
    if context is None:
        yield from rows
        return
    shown = 0
    for at, (_, _, changed) in enumerate(rows):
        if not changed:
            continue
        first = max(shown, at - context)
        if first > shown or shown == 0 < first:
            yield None, None, None
        shown = max(shown, min(at + context + 1, len(rows)))
        yield from rows[first:shown]


_FILE = '''
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
          "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">

<html>

<head>
    <meta http-equiv="Content-Type"
          content="text/html; charset=%(charset)s" />
    <title></title>
    <style type="text/css">%(styles)s
    </style>
</head>

<body>
    %(table)s%(legend)s
</body>

</html>'''

_COLOURS = {'header': 'e0e0e0', 'next': 'c0c0c0', 'add': 'aaffaa', 'chg': 'ffff77', 'sub': 'ffaaaa'}


def _style_sheet():
    rules = ['table.diff {font-family:Courier; border:medium;}']
    for name, colour in _COLOURS.items():
        rules.append(f'.diff_{name} {{background-color:#{colour}}}')
    rules.insert(2, 'td.diff_header {text-align:right}')
    return ''.join('\n        ' + rule for rule in rules)


_TABLE = '''
    <table class="diff" id="difflib_chg_%(prefix)s_top"
           cellspacing="0" cellpadding="0" rules="groups" >
        <colgroup></colgroup> <colgroup></colgroup> <colgroup></colgroup>
        <colgroup></colgroup> <colgroup></colgroup> <colgroup></colgroup>
        %(header_row)s
        <tbody>
%(data_rows)s        </tbody>
    </table>'''


def _legend_of(title, span, entries):
    head = f'<tr><th{span}> {title} </th> </tr>'
    lines = ''.join('\n' + 22 * ' ' + entry for entry in (head, *entries))
    return f'<td> <table border="" summary="{title}">{lines}\n                  </table></td>'


def _whole_legend():
    colours = ['<tr><td class="diff_add">&nbsp;Added&nbsp;</td></tr>', '<tr><td class="diff_chg">Changed</td> </tr>',
               '<tr><td class="diff_sub">Deleted</td> </tr>']
    links = [f'<tr><td>{text}</td> </tr>' for text in ('(f)irst change', '(n)ext change', '(t)op')]
    return f'''
    <table class="diff" summary="Legends">
        <tr> <th colspan="2"> Legends </th> </tr>
        <tr> {_legend_of('Colors', '', colours)}
             {_legend_of('Links', ' colspan="2"', links)} </tr>
    </table>'''


class HtmlDiff:
    """Makes tables that show two texts side by side, with what changed marked by colours.

    tabsize     how far tabs reach
    wrapcolumn  where lines are wrapped (None: nowhere)
    linejunk, charjunk
                as for ndiff()

    make_file() gives a whole document, make_table() only the table.
    """

    _file_template = _FILE
    _styles = _style_sheet()
    _table_template = _TABLE
    _legend = _whole_legend()
    _default_prefix = 0

    def __init__(self, tabsize=8, wrapcolumn=None, linejunk=None, charjunk=IS_CHARACTER_JUNK):
        self._tabsize = tabsize
        self._wrapcolumn = wrapcolumn
        self._linejunk = linejunk
        self._charjunk = charjunk

    def make_file(self, fromlines, tolines, fromdesc='', todesc='', context=False, numlines=5, *, charset='utf-8'):
        """A document with the table; what the character set lacks is written as character references."""
        table = self.make_table(fromlines, tolines, fromdesc, todesc, context=context, numlines=numlines)
        text = self._file_template % {'styles': self._styles, 'legend': self._legend, 'table': table,
                                      'charset': charset}
        return text.encode(charset, 'xmlcharrefreplace').decode(charset)

    def make_table(self, fromlines, tolines, fromdesc='', todesc='', context=False, numlines=5):
        """The table. With `context` only changes and `numlines` lines around them are shown; without it, that is how
        far before a change the links go that lead to it."""
        self._prefix = f'from{HtmlDiff._default_prefix}_', f'to{HtmlDiff._default_prefix}_'
        HtmlDiff._default_prefix += 1
        rows = _mdiff([self._expanded(line) for line in fromlines], [self._expanded(line) for line in tolines],
                      numlines if context else None, self._linejunk, self._charjunk)
        rows = list(self._wrapped(rows) if self._wrapcolumn else rows)
        table = self._table_template % {'data_rows': self._body(rows, context, numlines), 'prefix': self._prefix[1],
                                        'header_row': self._header(fromdesc, todesc)}
        for mark, kind in ('\0+', 'add'), ('\0-', 'sub'), ('\0^', 'chg'):
            table = table.replace(mark, f'<span class="diff_{kind}">')
        return table.replace('\1', '</span>').replace('\t', '&nbsp;')

    def _expanded(self, line):
        """The line with as many tabs as a tab takes columns: still told from spaces when lines are compared."""
        stretches = line.replace(' ', '\0').expandtabs(self._tabsize).replace(' ', '\t')
        return stretches.replace('\0', ' ').rstrip('\n')

    def _wrapped(self, rows):
        for old, new, changed in rows:
            if changed is None:
                yield old, new, changed
                continue
            sides = self._pieces(*old), self._pieces(*new)
            for at in range(max(map(len, sides))):
                yield *(side[at] if at < len(side) else ('', ' ') for side in sides), changed

    def _pieces(self, number, text):
        """A numbered line as pieces that are narrow enough; those that go on have '>' for a number."""
        pieces = []
        while number and len(text) > self._wrapcolumn and len(text) - 3 * text.count('\0') > self._wrapcolumn:
            cut, open_mark = self._cut(text)
            pieces.append((number, text[:cut] + ('\1' if open_mark else '')))
            number, text = '>', open_mark + text[cut:]
        return pieces + [(number, text)]

    def _cut(self, text):
        """Where the column is reached, and the mark that reaches across."""
        at = width = 0
        mark = ''
        while width < self._wrapcolumn and at < len(text):
            if text[at] == '\0':
                mark = text[at:at + 2]
                at += 2
                continue
            if text[at] == '\1':
                mark = ''
            else:
                width += 1
            at += 1
        return at, mark

    def _cell(self, side, number, text):
        anchor = f' id="{self._prefix[side]}{number}"' if isinstance(number, int) else ''
        for character, reference in ('&', '&amp;'), ('>', '&gt;'), ('<', '&lt;'), (' ', '&nbsp;'):
            text = text.replace(character, reference)
        return f'<td class="diff_header"{anchor}>{number}</td><td nowrap="nowrap">{text.rstrip()}</td>'

    def _links(self, flags, numlines):
        """For each row the anchor in front of it and the link to the next change."""
        to = self._prefix[1]
        anchors, links = [''] * len(flags), [''] * len(flags)
        last = count = 0
        for at, changed in enumerate(flags):
            if not changed or (at and flags[at - 1]):
                continue
            anchors[max(0, at - numlines)] = f' id="difflib_chg_{to}_{count}"'
            count += 1
            links[at] = f'<a href="#difflib_chg_{to}_{count}">n</a>'
            last = at
        if not flags[0]:
            links[0] = f'<a href="#difflib_chg_{to}_0">f</a>'
        links[last] = f'<a href="#difflib_chg_{to}_top">t</a>'
        return anchors, links

    def _body(self, rows, context, numlines):
        cells = [None if changed is None else (self._cell(0, *old), self._cell(1, *new)) for old, new, changed in rows]
        flags = [changed for _, _, changed in rows]
        if not rows:
            nothing = '&nbsp;No Differences Found&nbsp;' if context else '&nbsp;Empty File&nbsp;'
            cells, flags = [(f'<td></td><td>{nothing}</td>',) * 2], [False]
        text = []
        for at, (pair, anchor, link) in enumerate(zip(cells, *self._links(flags, numlines))):
            if pair is not None:
                text.append(f'            <tr><td class="diff_next"{anchor}>{link}</td>{pair[0]}'
                            f'<td class="diff_next">{link}</td>{pair[1]}</tr>\n')
            elif at:
                text.append('        </tbody>        \n        <tbody>\n')
        return ''.join(text)

    @staticmethod
    def _header(fromdesc, todesc):
        if not fromdesc and not todesc:
            return ''
        heads = ''.join(f'<th class="diff_next"><br /></th><th colspan="2" class="diff_header">{text}</th>'
                        for text in (fromdesc, todesc))
        return f'<thead><tr>{heads}</tr></thead>'
