"""The basis of debuggers: stepping, and breakpoints, on top of sys.settrace."""
import fnmatch
import os
import sys
from inspect import CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR

__all__ = ['BdbQuit', 'Bdb', 'Breakpoint']

_GENERATOR_FLAGS = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR


class BdbQuit(Exception):
    """The user wants to stop the program."""


class Breakpoint:
    """A place where the program stops: file and line, perhaps a condition, perhaps only once."""

    next = 1
    bplist = {}  # (file, line) -> breakpoints
    bpbynumber = [None]

    def __init__(self, file, line, temporary=False, cond=None, funcname=None):
        self.funcname, self.func_first_executable_line = funcname, None
        self.file, self.line = file, line
        self.temporary, self.cond = temporary, cond
        self.enabled, self.ignore, self.hits = True, 0, 0
        self.number = Breakpoint.next
        Breakpoint.next += 1
        self.bpbynumber.append(self)
        self.bplist.setdefault((file, line), []).append(self)

    @staticmethod
    def clearBreakpoints():
        """Forget all breakpoints."""
        Breakpoint.next = 1
        Breakpoint.bplist = {}
        Breakpoint.bpbynumber = [None]

    def deleteMe(self):
        """Forget this one; its number is not used again."""
        index = (self.file, self.line)
        self.bpbynumber[self.number] = None
        self.bplist[index].remove(self)
        if not self.bplist[index]:
            del self.bplist[index]

    def enable(self):
        self.enabled = True

    def disable(self):
        self.enabled = False

    def bpformat(self):
        """The line about it in a list of breakpoints, and further ones about what is special."""
        kind = 'del  ' if self.temporary else 'keep '
        lines = [f'{self.number:<4}breakpoint   {kind}{"yes  " if self.enabled else "no   "} at {self.file}:{self.line}']
        if self.cond:
            lines.append(f'\tstop only if {self.cond}')
        if self.ignore:
            lines.append(f'\tignore next {self.ignore} hits')
        if self.hits:
            lines.append(f'\tbreakpoint already hit {self.hits} time{"" if self.hits == 1 else "s"}')
        return '\n'.join(lines)

    def bpprint(self, out=None):
        print(self.bpformat(), file=out or sys.stdout)

    def __str__(self):
        return f'breakpoint {self.number} at {self.file}:{self.line}'


def checkfuncname(b, frame):
    """Whether a breakpoint that may belong to a function is meant here."""
    if not b.funcname:
        return b.line == frame.f_lineno
    if frame.f_code.co_name != b.funcname:
        return False
    if not b.func_first_executable_line:
        b.func_first_executable_line = frame.f_lineno
    return b.func_first_executable_line == frame.f_lineno


def effective(file, line, frame):
    """(the breakpoint that stops here, whether it may go if it is temporary), or (None, None)."""
    for b in Breakpoint.bplist.get((file, line), ()):
        if not b.enabled or not checkfuncname(b, frame):
            continue
        b.hits += 1
        if not b.cond:
            if b.ignore > 0:
                b.ignore -= 1
                continue
            return b, True
        try:
            if eval(b.cond, frame.f_globals, frame.f_locals):
                if b.ignore > 0:
                    b.ignore -= 1
                else:
                    return b, True
        except:
            # A condition that fails stops, so that the user sees it.
            return b, False
    return None, None


class Bdb:
    """A debugger without a face: a subclass has user_call, user_line, user_return and user_exception."""

    def __init__(self, skip=None):
        self.skip = set(skip) if skip else None
        self.breaks, self.fncache = {}, {}
        self.frame_returning = None
        for file, line in Breakpoint.bplist:
            self.breaks.setdefault(file, []).append(line)

    def canonic(self, filename):
        """The one name of a file."""
        if filename == '<' + filename[1:-1] + '>':
            return filename
        found = self.fncache.get(filename)
        if not found:
            found = self.fncache[filename] = os.path.normcase(os.path.abspath(filename))
        return found

    def reset(self):
        """Be ready to step."""
        import linecache
        linecache.checkcache()
        self.botframe = None
        self._set_stopinfo(None, None)

    # --- events ---

    def trace_dispatch(self, frame, event, arg):
        """The trace function."""
        if self.quitting:
            return None
        handler = getattr(self, 'dispatch_' + event, None)
        if event in ('line', 'call', 'return', 'exception'):
            return handler(frame, arg) if event != 'line' else handler(frame)
        return self.trace_dispatch

    def dispatch_line(self, frame):
        if self.stop_here(frame) or self.break_here(frame):
            self.user_line(frame)
            if self.quitting:
                raise BdbQuit
        return self.trace_dispatch

    def dispatch_call(self, frame, arg):
        if self.botframe is None:
            self.botframe = frame.f_back  # the first call
            return self.trace_dispatch
        if not (self.stop_here(frame) or self.break_anywhere(frame)):
            return None
        if self.stopframe and frame.f_code.co_flags & _GENERATOR_FLAGS:
            return self.trace_dispatch  # it goes on, it was not called
        self.user_call(frame, arg)
        if self.quitting:
            raise BdbQuit
        return self.trace_dispatch

    def dispatch_return(self, frame, arg):
        if self.stop_here(frame) or frame == self.returnframe:
            if self.stopframe and frame.f_code.co_flags & _GENERATOR_FLAGS:
                return self.trace_dispatch
            try:
                self.frame_returning = frame
                self.user_return(frame, arg)
            finally:
                self.frame_returning = None
            if self.quitting:
                raise BdbQuit
            if self.stopframe is frame and self.stoplineno != -1:
                self._set_stopinfo(None, None)
        return self.trace_dispatch

    def dispatch_exception(self, frame, arg):
        if self.stop_here(frame):
            # The end of an inner generator is no event for the user.
            if not (frame.f_code.co_flags & _GENERATOR_FLAGS and arg[0] is StopIteration and arg[2] is None):
                self.user_exception(frame, arg)
                if self.quitting:
                    raise BdbQuit
        elif (self.stopframe and frame is not self.stopframe and self.stopframe.f_code.co_flags & _GENERATOR_FLAGS
                and arg[0] in (StopIteration, GeneratorExit)):
            self.user_exception(frame, arg)
            if self.quitting:
                raise BdbQuit
        return self.trace_dispatch

    # --- where to stop ---

    def is_skipped_module(self, module_name):
        """Whether the user does not want to see this module."""
        return module_name is not None and any([fnmatch.fnmatch(module_name, pattern) for pattern in self.skip])

    def stop_here(self, frame):
        """Whether stepping stops in this frame."""
        if self.skip and self.is_skipped_module(frame.f_globals.get('__name__')):
            return False
        if frame is self.stopframe:
            return self.stoplineno != -1 and frame.f_lineno >= self.stoplineno
        return not self.stopframe

    def break_here(self, frame):
        """Whether a breakpoint stops here; a temporary one is deleted."""
        filename = self.canonic(frame.f_code.co_filename)
        if filename not in self.breaks:
            return False
        lineno = frame.f_lineno
        if lineno not in self.breaks[filename]:
            # The line of the def stands for the first of the function.
            lineno = frame.f_code.co_firstlineno
            if lineno not in self.breaks[filename]:
                return False
        b, may_go = effective(filename, lineno, frame)
        if b is None:
            return False
        self.currentbp = b.number
        if may_go and b.temporary:
            self.do_clear(str(b.number))
        return True

    def do_clear(self, arg):
        raise NotImplementedError('subclass of bdb must implement do_clear()')

    def break_anywhere(self, frame):
        """Whether there are breakpoints in the file of a frame."""
        return self.canonic(frame.f_code.co_filename) in self.breaks

    def user_call(self, frame, argument_list):
        """A function is called in which we might stop."""

    def user_line(self, frame):
        """We stop at a line."""

    def user_return(self, frame, return_value):
        """A function returns."""

    def user_exception(self, frame, exc_info):
        """An exception passes."""

    def _set_stopinfo(self, stopframe, returnframe, stoplineno=0):
        self.stopframe, self.returnframe = stopframe, returnframe
        self.quitting = False
        self.stoplineno = stoplineno  # -1: do not stop in stopframe

    def set_until(self, frame, lineno=None):
        """Stop at a line behind this one, or when the frame returns."""
        self._set_stopinfo(frame, frame, frame.f_lineno + 1 if lineno is None else lineno)

    def set_step(self):
        """Stop as soon as possible."""
        if self.frame_returning:
            caller = self.frame_returning.f_back
            if caller and not caller.f_trace:
                caller.f_trace = self.trace_dispatch
        self._set_stopinfo(None, None)

    def set_next(self, frame):
        """Stop at the next line of this frame or one below it."""
        self._set_stopinfo(frame, None)

    def set_return(self, frame):
        """Stop when the frame returns."""
        if frame.f_code.co_flags & _GENERATOR_FLAGS:
            self._set_stopinfo(frame, None, -1)
        else:
            self._set_stopinfo(frame.f_back, frame)

    def set_trace(self, frame=None):
        """Begin to debug at a frame, the caller's if none is given."""
        frame = frame or sys._getframe().f_back
        self.reset()
        while frame:
            frame.f_trace = self.trace_dispatch
            self.botframe = frame
            frame = frame.f_back
        self.set_step()
        sys.settrace(self.trace_dispatch)

    def set_continue(self):
        """Stop at breakpoints alone; without any, the program runs at full speed again."""
        self._set_stopinfo(self.botframe, None, -1)
        if not self.breaks:
            sys.settrace(None)
            frame = sys._getframe().f_back
            while frame and frame is not self.botframe:
                del frame.f_trace
                frame = frame.f_back

    def set_quit(self):
        """Stop the program."""
        self.stopframe, self.returnframe = self.botframe, None
        self.quitting = True
        sys.settrace(None)

    # --- breakpoints: what is wrong is returned as text ---

    def _add_to_breaks(self, filename, lineno):
        lines = self.breaks.setdefault(filename, [])
        if lineno not in lines:
            lines.append(lineno)

    def set_break(self, filename, lineno, temporary=False, cond=None, funcname=None):
        """Set a breakpoint."""
        import linecache
        filename = self.canonic(filename)
        if not linecache.getline(filename, lineno):
            return f'Line {filename}:{lineno} does not exist'
        self._add_to_breaks(filename, lineno)
        Breakpoint(filename, lineno, temporary, cond, funcname)
        return None

    def _prune_breaks(self, filename, lineno):
        if (filename, lineno) not in Breakpoint.bplist:
            self.breaks[filename].remove(lineno)
        if not self.breaks[filename]:
            del self.breaks[filename]

    def clear_break(self, filename, lineno):
        """Delete the breakpoints of a line."""
        filename = self.canonic(filename)
        if filename not in self.breaks:
            return f'There are no breakpoints in {filename}'
        if lineno not in self.breaks[filename]:
            return f'There is no breakpoint at {filename}:{lineno}'
        for b in Breakpoint.bplist[filename, lineno][:]:
            b.deleteMe()
        self._prune_breaks(filename, lineno)
        return None

    def clear_bpbynumber(self, arg):
        """Delete a breakpoint by its number."""
        try:
            b = self.get_bpbynumber(arg)
        except ValueError as error:
            return str(error)
        b.deleteMe()
        self._prune_breaks(b.file, b.line)
        return None

    def clear_all_file_breaks(self, filename):
        """Delete the breakpoints of a file."""
        filename = self.canonic(filename)
        if filename not in self.breaks:
            return f'There are no breakpoints in {filename}'
        for line in self.breaks[filename]:
            for b in Breakpoint.bplist[filename, line][:]:
                b.deleteMe()
        del self.breaks[filename]
        return None

    def clear_all_breaks(self):
        """Delete all breakpoints."""
        if not self.breaks:
            return 'There are no breakpoints'
        for b in Breakpoint.bpbynumber:
            if b:
                b.deleteMe()
        self.breaks = {}
        return None

    def get_bpbynumber(self, arg):
        """A breakpoint by its number; ValueError if there is none."""
        if not arg:
            raise ValueError('Breakpoint number expected')
        try:
            number = int(arg)
        except ValueError:
            raise ValueError(f'Non-numeric breakpoint number {arg}') from None
        try:
            b = Breakpoint.bpbynumber[number]
        except IndexError:
            raise ValueError(f'Breakpoint number {arg} out of range') from None
        if b is None:
            raise ValueError(f'Breakpoint {arg} already deleted')
        return b

    def get_break(self, filename, lineno):
        """Whether there is a breakpoint in this line."""
        return lineno in self.breaks.get(self.canonic(filename), ())

    def get_breaks(self, filename, lineno):
        """The breakpoints of a line."""
        filename = self.canonic(filename)
        return Breakpoint.bplist[filename, lineno] if lineno in self.breaks.get(filename, ()) else []

    def get_file_breaks(self, filename):
        """The lines of a file that have breakpoints."""
        return self.breaks.get(self.canonic(filename), [])

    def get_all_breaks(self):
        """All lines with breakpoints, by file."""
        return self.breaks

    # --- the stack ---

    def get_stack(self, f, t):
        """(pairs of frame and line from the outermost on, the index of `f` in there)"""
        stack = []
        if t and t.tb_frame is f:
            t = t.tb_next
        while f is not None:
            stack.append((f, f.f_lineno))
            if f is self.botframe:
                break
            f = f.f_back
        stack.reverse()
        i = max(0, len(stack) - 1)
        while t is not None:
            stack.append((t.tb_frame, t.tb_lineno))
            t = t.tb_next
        if f is None:
            i = max(0, len(stack) - 1)
        return stack, i

    def format_stack_entry(self, frame_lineno, lprefix=': '):
        """A line about an entry of the stack."""
        import linecache
        import reprlib
        frame, lineno = frame_lineno
        text = f'{self.canonic(frame.f_code.co_filename)}({lineno})'
        text += (frame.f_code.co_name or '<lambda>') + '()'
        if '__return__' in frame.f_locals:
            text += '->' + reprlib.repr(frame.f_locals['__return__'])
        if lineno is not None:
            line = linecache.getline(self.canonic(frame.f_code.co_filename), lineno, frame.f_globals)
            if line:
                text += lprefix + line.strip()
        return text

    # --- running ---

    def run(self, cmd, globals=None, locals=None):
        """Debug a statement."""
        if globals is None:
            import __main__
            globals = __main__.__dict__
        if locals is None:
            locals = globals
        self.reset()
        if isinstance(cmd, str):
            cmd = compile(cmd, '<string>', 'exec')
        sys.settrace(self.trace_dispatch)
        try:
            exec(cmd, globals, locals)
        except BdbQuit:
            pass
        finally:
            self.quitting = True
            sys.settrace(None)

    def runeval(self, expr, globals=None, locals=None):
        """Debug an expression; its value."""
        if globals is None:
            import __main__
            globals = __main__.__dict__
        if locals is None:
            locals = globals
        self.reset()
        sys.settrace(self.trace_dispatch)
        try:
            return eval(expr, globals, locals)
        except BdbQuit:
            return None
        finally:
            self.quitting = True
            sys.settrace(None)

    def runctx(self, cmd, globals, locals):
        """Debug a statement in these namespaces."""
        self.run(cmd, globals, locals)

    def runcall(self, func, /, *args, **kwds):
        """Debug a call; what it returns."""
        self.reset()
        sys.settrace(self.trace_dispatch)
        try:
            return func(*args, **kwds)
        except BdbQuit:
            return None
        finally:
            self.quitting = True
            sys.settrace(None)


def set_trace():
    """Begin to debug at the caller, without a face."""
    Bdb().set_trace(sys._getframe().f_back)
