"""Finds lines whose indentation means one thing or another by how wide a tab is: python -m tabnanny file_or_folder ..."""
import os
import sys
import tokenize

__all__ = ['check', 'NannyNag', 'process_tokens']

verbose = 0
filename_only = 0


class NannyNag(Exception):
    """A line whose indentation is not clear."""

    def __init__(self, lineno, msg, line):
        self.lineno, self.msg, self.line = lineno, msg, line

    def get_lineno(self):
        return self.lineno

    def get_msg(self):
        return self.msg

    def get_line(self):
        return self.line


def errprint(*args):
    """Write words to stderr in one line."""
    sys.stderr.write(' '.join(map(str, args)) + '\n')


class Whitespace:
    """The white space before a line. How wide it is depends on the tab: `norm` holds what that needs.

    norm is (counts, trailing): counts[n] is how often n spaces stand before a tab, trailing the spaces behind the last tab.
    """

    def __init__(self, ws):
        self.raw = ws
        counts, spaces, self.nt, self.n = [], 0, 0, 0
        for char in ws:
            if char == ' ':
                spaces += 1
            elif char == '\t':
                counts += [0] * (spaces + 1 - len(counts))
                counts[spaces] += 1
                self.nt += 1
                spaces = 0
            else:
                break
            self.n += 1
        self.norm = tuple(counts), spaces
        self.is_simple = len(counts) <= 1

    def longest_run_of_spaces(self):
        counts, trailing = self.norm
        return max(len(counts) - 1, trailing)

    def indent_level(self, tabsize):
        """The width, for a width of the tab."""
        counts, trailing = self.norm
        # A tab goes to the next multiple of its width, whatever stands before it.
        whole = sum(spaces // tabsize * count for spaces, count in enumerate(counts))
        return trailing + tabsize * (whole + self.nt)

    def equal(self, other):
        """Whether both are of the same width, whatever the tab is."""
        return self.norm == other.norm

    def _sizes(self, other):
        return range(1, max(self.longest_run_of_spaces(), other.longest_run_of_spaces()) + 2)

    def not_equal_witness(self, other):
        """Widths of the tab for which they differ: (width, this, other)."""
        return [(size, self.indent_level(size), other.indent_level(size)) for size in self._sizes(other)
                if self.indent_level(size) != other.indent_level(size)]

    def less(self, other):
        """Whether this one is the smaller one, whatever the tab is."""
        if self.n >= other.n:
            return False
        if self.is_simple and other.is_simple:
            return self.nt <= other.nt
        return all(self.indent_level(size) < other.indent_level(size) for size in self._sizes(other))

    def not_less_witness(self, other):
        """Widths of the tab for which this one is not the smaller one."""
        return [(size, self.indent_level(size), other.indent_level(size)) for size in self._sizes(other)
                if self.indent_level(size) >= other.indent_level(size)]


def format_witnesses(w):
    """The widths of the tab, in words."""
    return f'at tab size{"s" if len(w) > 1 else ""} ' + ', '.join(str(witness[0]) for witness in w)


def process_tokens(tokens):
    """NannyNag if an indentation is not clear."""
    indents = [Whitespace('')]
    check_equal = False
    for kind, text, start, end, line in tokens:
        if kind == tokenize.NEWLINE:
            check_equal = True
        elif kind == tokenize.INDENT:
            check_equal = False
            this = Whitespace(text)
            if not indents[-1].less(this):
                witness = indents[-1].not_less_witness(this)
                raise NannyNag(start[0], 'indent not greater e.g. ' + format_witnesses(witness), line)
            indents.append(this)
        elif kind == tokenize.DEDENT:
            check_equal = True
            del indents[-1]
        elif check_equal and kind not in (tokenize.COMMENT, tokenize.NL):
            # The first word of a statement: it stands where the block stands.
            check_equal = False
            this = Whitespace(line)
            if not indents[-1].equal(this):
                witness = indents[-1].not_equal_witness(this)
                raise NannyNag(start[0], 'indent not equal e.g. ' + format_witnesses(witness), line)


def check(file):
    """Look at a file, or at all files of a folder, and say what is wrong."""
    if os.path.isdir(file) and not os.path.islink(file):
        if verbose:
            print(f'{file!r}: listing directory')
        for name in os.listdir(file):
            full = os.path.join(file, name)
            if (os.path.isdir(full) and not os.path.islink(full)) or os.path.normcase(name[-3:]) == '.py':
                check(full)
        return
    try:
        source = tokenize.open(file)
    except OSError as error:
        errprint(f'{file!r}: I/O Error: {error}')
        return
    if verbose > 1:
        print(f'checking {file!r} ...')
    try:
        process_tokens(tokenize.generate_tokens(source.readline))
    except tokenize.TokenError as error:
        errprint(f'{file!r}: Token Error: {error}')
    except IndentationError as error:
        errprint(f'{file!r}: Indentation Error: {error}')
    except SyntaxError as error:
        errprint(f'{file!r}: Token Error: {error}')
    except NannyNag as nag:
        if verbose:
            print(f'{file!r}: *** Line {nag.get_lineno()}: trouble in tab city! ***')
            print(f'offending line: {nag.get_line()!r}')
            print(nag.get_msg())
        else:
            shown = f'"{file}"' if ' ' in file else file
            if filename_only:
                print(shown)
            else:
                print(shown, nag.get_lineno(), repr(nag.get_line()))
    else:
        if verbose:
            print(f'{file!r}: Clean bill of health.')
    finally:
        source.close()


def main():
    import getopt
    global verbose, filename_only
    try:
        options, files = getopt.getopt(sys.argv[1:], 'qv')
    except getopt.error as message:
        errprint(message)
        return
    for option, _ in options:
        if option == '-q':
            filename_only += 1
        if option == '-v':
            verbose += 1
    if not files:
        errprint('Usage:', sys.argv[0], '[-v] file_or_directory ...')
        return
    for file in files:
        check(file)


if __name__ == '__main__':
    main()
