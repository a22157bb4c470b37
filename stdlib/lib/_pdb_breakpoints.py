"""The commands of pdb about breakpoints, and how a place in a file is named."""
import bdb
import linecache
import os
import re
import sys
import tokenize


def find_function(funcname, filename):
    """(name, file, line) of a function in a file, or None."""
    pattern = re.compile(rf'\s*(?:async\s+)?def\s+{re.escape(funcname)}\s*[(]')
    try:
        source = tokenize.open(filename)
    except OSError:
        return None
    with source:
        for number, line in enumerate(source, 1):
            if pattern.match(line):
                return funcname, filename, number
    return None


class BreakpointCommands:
    """Mixed into Pdb: break, tbreak, enable, disable, condition, ignore, clear and commands."""

    def do_commands(self, arg):
        """commands [bpnumber]
        Give a list of commands to run when the breakpoint is hit; `end` ends it."""
        if arg:
            try:
                bnum = int(arg)
            except ValueError:
                self.error('Usage: commands [bnum]\n        ...\n        end')
                return
        else:
            bnum = len(bdb.Breakpoint.bpbynumber) - 1
        try:
            self.get_bpbynumber(bnum)
        except ValueError as error:
            self.error(f'cannot set commands: {error}')
            return
        self.commands_bnum = bnum
        before = self.commands.get(bnum)
        self.commands[bnum], self.commands_doprompt[bnum], self.commands_silent[bnum] = [], True, False
        prompt, self.prompt = self.prompt, '(com) '
        self.commands_defining = True
        try:
            self.cmdloop()
        except KeyboardInterrupt:
            self.error('command definition aborted, old commands restored')
            if before is None:
                del self.commands[bnum]
            else:
                self.commands[bnum] = before
        finally:
            self.commands_defining, self.prompt = False, prompt

    def do_break(self, arg, temporary=0):
        """b(reak) [ ([filename:]lineno | function) [, condition] ]
        Set a breakpoint, or list all."""
        if not arg:
            if self.breaks:
                self.message('Num Type         Disp Enb   Where')
                for b in bdb.Breakpoint.bpbynumber:
                    if b:
                        self.message(b.bpformat())
            return
        where, _, cond = arg.partition(',')
        where, cond = where.rstrip(), cond.strip() or None
        filename = funcname = None
        head, colon, tail = where.rpartition(':')
        if colon:
            filename = self.lookupmodule(head.rstrip())
            if not filename:
                self.error(f'{head.rstrip()!r} not found from sys.path')
                return
            try:
                lineno = int(tail.lstrip())
            except ValueError:
                self.error(f'Bad lineno: {tail.lstrip()}')
                return
        else:
            try:
                lineno = int(where)
            except ValueError:
                found = self._function_place(where)
                if found is None:
                    return
                funcname, filename, lineno = found
        if not filename:
            filename = self.defaultFile()
        line = self.checkline(filename, lineno)
        if line:
            problem = self.set_break(filename, line, temporary, cond, funcname)
            if problem:
                self.error(problem)
            else:
                b = self.get_breaks(filename, line)[-1]
                self.message(f'Breakpoint {b.number} at {b.file}:{b.line}')

    def _function_place(self, where):
        """(name, file, line) of a function, by an expression or by its name in the file."""
        try:
            function = eval(where, self.curframe.f_globals, self.curframe_locals)
        except Exception:
            found = find_function(where, self.defaultFile())
            if found is None:
                self.error(f'The specified object {where!r} is not a function or was not found along sys.path.')
            return found
        function = getattr(function, '__func__', function)
        try:
            made_from = function.__code__
        except AttributeError:
            self.error(f'The specified object {where!r} is not a function or was not found along sys.path.')
            return None
        return made_from.co_name, made_from.co_filename, made_from.co_firstlineno

    def lineinfo(self, identifier):
        """(name, file, line) of a function by name, `module.function` too, maybe in quotes; three times None if unknown."""
        pieces = identifier.split("'")
        name = pieces[1].strip() if len(pieces) == 3 else pieces[0].strip() if len(pieces) == 1 else ''
        parts = name.split('.')
        if parts[0] == 'self':
            del parts[0]
        if not parts or not parts[0]:
            return None, None, None
        filename = (len(parts) > 1 and self.lookupmodule(parts[0])) or self.defaultFile()
        return find_function(parts[min(len(parts), 2) - 1], filename) or (None, None, None)

    do_b = do_break

    def do_tbreak(self, arg):
        """tbreak [ ([filename:]lineno | function) [, condition] ]
        The same, and the breakpoint goes when it is hit."""
        self.do_break(arg, 1)

    def defaultFile(self):
        """The file that is looked at."""
        filename = self.curframe.f_code.co_filename
        return self.mainpyfile if filename == '<string>' and self.mainpyfile else filename

    def lookupmodule(self, filename):
        """The path of a file that is named, perhaps without its folder or ending."""
        if os.path.isabs(filename) and os.path.exists(filename):
            return filename
        if sys.path and os.path.exists(os.path.join(sys.path[0], filename)):
            found = os.path.join(sys.path[0], filename)
            if self.canonic(found) == self.mainpyfile:
                return found
        if not os.path.splitext(filename)[1]:
            filename += '.py'
        if os.path.isabs(filename):
            return filename
        for folder in sys.path:
            path = os.path.join(folder, filename)
            if os.path.exists(path):
                return path
        return None

    def checkline(self, filename, lineno):
        """The line, or 0 if there is no code in it."""
        line = linecache.getline(filename, lineno, self.curframe.f_globals if self.curframe else None)
        if not line:
            self.message('End of file')
            return 0
        line = line.strip()
        if not line or line[0] == '#' or line[:3] in ('"""', "'''"):
            self.error('Blank or comment')
            return 0
        return lineno

    def _each_breakpoint(self, arg):
        for word in arg.split():
            try:
                yield self.get_bpbynumber(word)
            except ValueError as error:
                self.error(error)

    def do_enable(self, arg):
        """enable bpnumber [bpnumber ...]"""
        for b in self._each_breakpoint(arg):
            b.enable()
            self.message(f'Enabled {b}')

    def do_disable(self, arg):
        """disable bpnumber [bpnumber ...]"""
        for b in self._each_breakpoint(arg):
            b.disable()
            self.message(f'Disabled {b}')

    def do_condition(self, arg):
        """condition bpnumber [condition]
        Stop only if the condition is true."""
        number, _, condition = arg.partition(' ')
        try:
            b = self.get_bpbynumber(number.strip())
        except ValueError as error:
            self.error(error)
            return
        b.cond = condition.strip() or None
        if b.cond:
            self.message(f'New condition set for breakpoint {b.number}.')
        else:
            self.message(f'Breakpoint {b.number} is now unconditional.')

    def do_ignore(self, arg):
        """ignore bpnumber [count]
        Do not stop the next times."""
        number, _, count = arg.partition(' ')
        try:
            count = int(count.strip())
        except ValueError:
            count = 0
        try:
            b = self.get_bpbynumber(number.strip())
        except ValueError as error:
            self.error(error)
            return
        b.ignore = count
        if count > 0:
            times = f'{count} crossings' if count > 1 else '1 crossing'
            self.message(f'Will ignore next {times} of breakpoint {b.number}.')
        else:
            self.message(f'Will stop next time breakpoint {b.number} is reached.')

    def do_clear(self, arg):
        """cl(ear) [filename:lineno | bpnumber ...]
        Delete breakpoints, all if none is named."""
        if not arg:
            try:
                reply = input('Clear all breaks? ')
            except EOFError:
                reply = 'no'
            if reply.strip().lower() in ('y', 'yes'):
                gone = [b for b in bdb.Breakpoint.bpbynumber if b]
                self.clear_all_breaks()
                for b in gone:
                    self.message(f'Deleted {b}')
            return
        if ':' in arg:
            filename, _, line = arg.rpartition(':')
            try:
                lineno = int(line)
            except ValueError:
                self.error(f'Invalid line number ({line})')
                return
            gone = self.get_breaks(filename, lineno)[:]
            problem = self.clear_break(filename, lineno)
            if problem:
                self.error(problem)
            else:
                for b in gone:
                    self.message(f'Deleted {b}')
            return
        for b in self._each_breakpoint(arg):
            self.clear_bpbynumber(b.number)
            self.message(f'Deleted {b}')

    do_cl = do_clear
