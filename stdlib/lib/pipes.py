"""Pipelines of shell commands that are put together step by step, and then used as a file. Deprecated."""
import os
import re
import tempfile
import warnings
from shlex import quote

warnings._deprecated(__name__, remove=(3, 13))

__all__ = ['Template']

# Where a step reads from and writes to: f a file whose name stands in $IN or $OUT, - the standard streams, . nothing.
FILEIN_FILEOUT = 'ff'
STDIN_FILEOUT = '-f'
FILEIN_STDOUT = 'f-'
STDIN_STDOUT = '--'
SOURCE = '.-'
SINK = '-.'

stepkinds = [FILEIN_FILEOUT, STDIN_FILEOUT, FILEIN_STDOUT, STDIN_STDOUT, SOURCE, SINK]


class Template:
    """The steps of a pipeline."""

    def __init__(self):
        self.debugging = 0
        self.reset()

    def __repr__(self):
        return f'<Template instance, steps={self.steps!r}>'

    def reset(self):
        self.steps = []

    def clone(self):
        """Another one with the same steps."""
        other = Template()
        other.steps, other.debugging = self.steps[:], self.debugging
        return other

    def debug(self, flag):
        """Whether the shell shows what it does."""
        self.debugging = flag

    @staticmethod
    def _check(where, cmd, kind, wrong_end, advice):
        if not isinstance(cmd, str):
            raise TypeError(f'Template.{where}: cmd must be a string')
        if kind not in stepkinds:
            raise ValueError(f'Template.{where}: bad kind {kind!r}')
        if kind == wrong_end:
            raise ValueError(f'Template.{where}: {advice}')

    @staticmethod
    def _check_files(where, cmd, kind):
        for end, variable in zip(kind, ('IN', 'OUT')):
            if end == 'f' and not re.search(rf'\${variable}\b', cmd):
                raise ValueError(f'Template.{where}: missing ${variable} in cmd')

    def append(self, cmd, kind):
        """Add a step at the end."""
        self._check('append', cmd, kind, SOURCE, 'SOURCE can only be prepended')
        if self.steps and self.steps[-1][1] == SINK:
            raise ValueError('Template.append: already ends with SINK')
        self._check_files('append', cmd, kind)
        self.steps.append((cmd, kind))

    def prepend(self, cmd, kind):
        """Add a step at the beginning."""
        self._check('prepend', cmd, kind, SINK, 'SINK can only be appended')
        if self.steps and self.steps[0][1] == SOURCE:
            raise ValueError('Template.prepend: already begins with SOURCE')
        self._check_files('prepend', cmd, kind)
        self.steps.insert(0, (cmd, kind))

    def open(self, file, rw):
        """A file that is read through the pipeline ('r') or written through it ('w')."""
        if rw == 'r':
            return self.open_r(file)
        if rw == 'w':
            return self.open_w(file)
        raise ValueError("Template.open: rw must be 'r' or 'w', not %r" % (rw,))

    def open_r(self, file):
        if not self.steps:
            return open(file, 'r')
        if self.steps[-1][1] == SINK:
            raise ValueError('Template.open_r: pipeline ends width SINK')
        return os.popen(self.makepipeline(file, ''), 'r')

    def open_w(self, file):
        if not self.steps:
            return open(file, 'w')
        if self.steps[0][1] == SOURCE:
            raise ValueError('Template.open_w: pipeline begins with SOURCE')
        return os.popen(self.makepipeline('', file), 'w')

    def copy(self, infile, outfile):
        """Send a file through the pipeline into another one; the status of the shell."""
        return os.system(self.makepipeline(infile, outfile))

    def makepipeline(self, infile, outfile):
        """The shell command of the pipeline."""
        command = makepipeline(infile, self.steps, outfile)
        if self.debugging:
            print(command)
            command = 'set -x; ' + command
        return command


def makepipeline(infile, steps, outfile):
    """The shell command of some steps; files go between steps that cannot be joined by a pipe."""
    links = [['', cmd, kind, ''] for cmd, kind in steps] or [['', 'cat', STDIN_STDOUT, '']]
    if links[0][2][0] == 'f' and not infile:
        links.insert(0, ['', 'cat', STDIN_STDOUT, ''])
    links[0][0] = infile
    if links[-1][2][1] == 'f' and not outfile:
        links.append(['', 'cat', STDIN_STDOUT, ''])
    links[-1][3] = outfile
    garbage = []
    for one, following in zip(links, links[1:]):
        if one[2][1] == 'f' or following[2][0] == 'f':
            descriptor, name = tempfile.mkstemp()
            os.close(descriptor)
            garbage.append(name)
            one[3] = following[0] = name
    pieces = [_step(*link) for link in links]
    command = pieces[0]
    for (source, _, kind, _), piece in zip(links[1:], pieces[1:]):
        if source:
            command += '\n' + piece
        else:
            command += ' |\n' + (f'{{ {piece}; }}' if 'f' in kind else piece)
    if garbage:
        removal = 'rm -f ' + ' '.join(map(quote, garbage))
        command = f'trap {quote(removal + "; exit")} 1 2 3 13 14 15\n{command}\n{removal}'
    return command


def _step(source, cmd, kind, target):
    if kind[1] == 'f':
        cmd = f'OUT={quote(target)}; {cmd}'
    if kind[0] == 'f':
        cmd = f'IN={quote(source)}; {cmd}'
    if kind[0] == '-' and source:
        cmd += ' <' + quote(source)
    if kind[1] == '-' and target:
        cmd += ' >' + quote(target)
    return cmd
