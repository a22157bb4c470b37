"""What the debugger's prompt completes: places of breakpoints, their numbers, expressions; and its help on more than commands.

cmd.Cmd calls complete_<command>(text, line, begidx, endidx) for the word at the cursor, and help_<topic>().
"""
import bdb
import glob
import inspect
import os
import sys


class Completion:
    """The completing methods of Pdb."""

    def _complete_location(self, text, line, begidx, endidx):
        """file:, function, line"""
        if line.strip().endswith((':', ',')):
            return []  # a number or a condition comes next
        try:
            found = self._complete_expression(text, line, begidx, endidx)
        except Exception:
            found = []
        for path in glob.glob(glob.escape(text) + '*'):
            if os.path.isdir(path):
                found.append(path + '/')
            elif os.path.isfile(path) and path.lower().endswith(('.py', '.pyw')):
                found.append(path + ':')
        return found

    def _complete_bpnumber(self, text, line, begidx, endidx):
        """The numbers of breakpoints."""
        return [str(number) for number, point in enumerate(bdb.Breakpoint.bpbynumber)
                if point is not None and str(number).startswith(text)]

    def _complete_expression(self, text, line, begidx, endidx):
        """Names that the frame sees; behind a dot the attributes of what is before it."""
        if not self.curframe:
            return []
        names = {**self.curframe.f_globals, **self.curframe_locals}
        if '.' not in text:
            return [name for name in names if name.startswith(text)]
        first, *middle, last = text.split('.')
        try:
            value = names[first]
            for name in middle:
                value = getattr(value, name)
        except (KeyError, AttributeError):
            return []
        before = '.'.join((first, *middle)) + '.'
        return [before + name for name in dir(value) if name.startswith(last)]

    complete_break = complete_b = complete_tbreak = complete_clear = complete_cl = _complete_location
    complete_commands = complete_enable = complete_disable = complete_condition = complete_ignore = _complete_bpnumber
    complete_debug = complete_print = complete_p = complete_pp = complete_whatis = complete_source = _complete_expression
    complete_display = _complete_expression

    def complete_undisplay(self, text, line, begidx, endidx):
        """The expressions that are displayed."""
        return [shown for shown in self.displaying.get(self.curframe, {}) if shown.startswith(text)]

    def complete_unalias(self, text, line, begidx, endidx):
        """The aliases."""
        return [name for name in self.aliases if name.startswith(text)]

    # --- help that belongs to no command ---

    def help_exec(self):
        """(!) statement
        Run a statement of one line in the frame. The exclamation mark is needed only when the first word looks like a
        command of the debugger. To set a global variable, declare it in the same line:
        (Pdb) global list_options; list_options = ['-l']"""
        self.message(inspect.cleandoc(self.help_exec.__doc__))

    def help_pdb(self):
        """The debugger itself."""
        self.message(inspect.cleandoc(sys.modules['pdb'].__doc__))
