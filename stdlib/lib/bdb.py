"""The basis of debuggers: stepping, and breakpoints, on top of sys.settrace.

Bdb decides where a program stops: in which frame (stopframe, or any), from which line on (stoplineno), at whose return
(returnframe), and at breakpoints, which belong to the class Breakpoint and not to a debugger. A subclass is told of it.
"""
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

    # All of them: by place, a list each, and by number; those that are deleted leave a None.
    next, bplist, bpbynumber = 1, {}, [None]

    def __init__(self, file, line, temporary=False, cond=None, funcname=None):
        self.file, self.line, self.temporary, self.cond = file, line, temporary, cond
        self.funcname, self.func_first_executable_line = funcname, None
        self.enabled, self.ignore, self.hits = True, 0, 0
        kind = Breakpoint
        self.number, kind.next = kind.next, kind.next + 1
        kind.bpbynumber += [self]
        kind.bplist.setdefault((file, line), []).append(self)

    @staticmethod
    def clearBreakpoints():
        """Forget all breakpoints."""
        Breakpoint.next, Breakpoint.bplist, Breakpoint.bpbynumber = 1, {}, [None]

    def deleteMe(self):
        """Forget this one; its number is not used again."""
        place = self.file, self.line
        others = self.bplist[place]
        others.remove(self)
        if not others:
            del self.bplist[place]
        self.bpbynumber[self.number] = None

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
    """Whether a breakpoint that may belong to a function is meant here: at the first line that it comes to."""
    line = frame.f_lineno
    if not b.funcname:
        return line == b.line
    if b.funcname != frame.f_code.co_name:
        return False
    b.func_first_executable_line = b.func_first_executable_line or line
    return line == b.func_first_executable_line


def effective(file, line, frame):
    """(the breakpoint that stops here, whether it may go if it is temporary), or (None, None)."""
    for b in Breakpoint.bplist.get((file, line), ()):
        if not b.enabled or not checkfuncname(b, frame):
            continue
        b.hits += 1
        try:
            wanted = not b.cond or eval(b.cond, frame.f_globals, frame.f_locals)
        except:
            return b, False  # so that the user sees that the condition fails
        if wanted and b.ignore <= 0:
            return b, True
        b.ignore -= bool(wanted)
    return None, None


def _is_generator(frame):
    return frame.f_code.co_flags & _GENERATOR_FLAGS


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
        if event == 'line':
            return self.dispatch_line(frame)
        if event in ('call', 'return', 'exception'):
            return getattr(self, f'dispatch_{event}')(frame, arg)
        return self.trace_dispatch  # calls of native functions, and what else there may be

    def _tell(self, method, *args):
        """Have the subclass talk to the user, who may want to end it all."""
        method(*args)
        if self.quitting:
            raise BdbQuit

    def dispatch_line(self, frame):
        if self.stop_here(frame) or self.break_here(frame):
            self._tell(self.user_line, frame)
        return self.trace_dispatch

    def dispatch_call(self, frame, arg):
        if self.botframe is None:
            self.botframe = frame.f_back  # the first call
        elif not self.stop_here(frame) and not self.break_anywhere(frame):
            return None
        elif not (self.stopframe and _is_generator(frame)):  # that one goes on, it was not called
            self._tell(self.user_call, frame, arg)
        return self.trace_dispatch

    def dispatch_return(self, frame, arg):
        concerns_us = frame == self.returnframe or self.stop_here(frame)
        if concerns_us and not (self.stopframe and _is_generator(frame)):
            self.frame_returning = frame
            try:
                self.user_return(frame, arg)
            finally:
                self.frame_returning = None
            if self.quitting:
                raise BdbQuit
            if frame is self.stopframe and self.stoplineno != -1:
                self.set_step()  # "until" and "next" end with their frame
        return self.trace_dispatch

    def dispatch_exception(self, frame, arg):
        kind, _, traceback = arg
        inside = self.stopframe
        if self.stop_here(frame):
            # The end of an inner generator is no event for the user.
            shown = not (_is_generator(frame) and kind is StopIteration and traceback is None)
        else:
            # It passes through what a generator that is stepped through has called.
            shown = (inside and inside is not frame and _is_generator(inside)
                     and kind in (StopIteration, GeneratorExit))
        if shown:
            self._tell(self.user_exception, frame, arg)
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
        file = self.canonic(frame.f_code.co_filename)
        lines = self.breaks.get(file, ())
        # The line of the def stands for the first of the function.
        line = next((line for line in (frame.f_lineno, frame.f_code.co_firstlineno) if line in lines), None)
        found, may_go = (None, None) if line is None else effective(file, line, frame)
        if found is None:
            return False
        self.currentbp = found.number
        if found.temporary and may_go:
            self.do_clear(str(found.number))
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
        target = (frame, None, -1) if _is_generator(frame) else (frame.f_back, frame)
        self._set_stopinfo(*target)

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

    def set_break(self, filename, lineno, temporary=False, cond=None, funcname=None):
        """Set a breakpoint."""
        import linecache
        filename = self.canonic(filename)
        if not linecache.getline(filename, lineno):
            return f'Line {filename}:{lineno} does not exist'
        lines = self.breaks.setdefault(filename, [])
        if lineno not in lines:
            lines += [lineno]
        Breakpoint(filename, lineno, temporary, cond, funcname)

    def _delete(self, breakpoints):
        """Delete these, and forget the lines that have none any more."""
        for b in list(breakpoints):
            b.deleteMe()
            lines = self.breaks.get(b.file, [])
            if (b.file, b.line) not in Breakpoint.bplist and b.line in lines:
                lines.remove(b.line)
            if not lines:
                self.breaks.pop(b.file, None)

    def clear_break(self, filename, lineno):
        """Delete the breakpoints of a line."""
        filename = self.canonic(filename)
        lines = self.breaks.get(filename)
        if lines is None:
            return f'There are no breakpoints in {filename}'
        if lineno not in lines:
            return f'There is no breakpoint at {filename}:{lineno}'
        self._delete(Breakpoint.bplist[filename, lineno])

    def clear_bpbynumber(self, arg):
        """Delete a breakpoint by its number."""
        try:
            found = self.get_bpbynumber(arg)
        except ValueError as mistake:
            return str(mistake)
        self._delete([found])

    def clear_all_file_breaks(self, filename):
        """Delete the breakpoints of a file."""
        filename = self.canonic(filename)
        lines = self.breaks.get(filename)
        if lines is None:
            return f'There are no breakpoints in {filename}'
        self._delete([b for line in lines for b in Breakpoint.bplist[filename, line]])

    def clear_all_breaks(self):
        """Delete all breakpoints."""
        if not self.breaks:
            return 'There are no breakpoints'
        self._delete(filter(None, Breakpoint.bpbynumber))
        self.breaks = {}

    def get_bpbynumber(self, arg):
        """A breakpoint by its number; ValueError if there is none."""
        if not arg:
            raise ValueError('Breakpoint number expected')
        try:
            found = Breakpoint.bpbynumber[int(arg)]
        except ValueError:
            raise ValueError(f'Non-numeric breakpoint number {arg}') from None
        except IndexError:
            raise ValueError(f'Breakpoint number {arg} out of range') from None
        if found is None:
            raise ValueError(f'Breakpoint {arg} already deleted')
        return found

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
        above, frame = [], f
        while frame is not None:
            above.append((frame, frame.f_lineno))
            if frame is self.botframe:
                break
            frame = frame.f_back
        below, traceback = [], t.tb_next if t and t.tb_frame is f else t
        while traceback is not None:
            below.append((traceback.tb_frame, traceback.tb_lineno))
            traceback = traceback.tb_next
        stack = above[::-1] + below
        # Without an end to the walk (botframe was not met) the exception's frame is the one to look at.
        chosen = len(stack if frame is None else above) - 1
        return stack, max(0, chosen)

    def format_stack_entry(self, frame_lineno, lprefix=': '):
        """A line about an entry of the stack."""
        import linecache
        import reprlib
        (frame, lineno), code = frame_lineno, frame_lineno[0].f_code
        file, result = self.canonic(code.co_filename), ''
        if '__return__' in frame.f_locals:
            result = f'->{reprlib.repr(frame.f_locals["__return__"])}'
        source = '' if lineno is None else linecache.getline(file, lineno, frame.f_globals)
        return f'{file}({lineno}){code.co_name or "<lambda>"}(){result}' + (source and lprefix + source.strip())

    # --- running ---

    def _traced(self, function, *args, **kwds):
        """Call a function under the debugger; what it returns, None if the user ends it."""
        self.reset()
        sys.settrace(self.trace_dispatch)
        try:
            return function(*args, **kwds)
        except BdbQuit:
            return None
        finally:
            self.quitting = True
            sys.settrace(None)

    @staticmethod
    def _namespaces(globals, locals):
        if globals is None:
            import __main__
            globals = vars(__main__)
        return globals, globals if locals is None else locals

    def run(self, cmd, globals=None, locals=None):
        """Debug a statement."""
        code = compile(cmd, '<string>', 'exec') if isinstance(cmd, str) else cmd
        self._traced(exec, code, *self._namespaces(globals, locals))

    def runeval(self, expr, globals=None, locals=None):
        """Debug an expression; its value."""
        return self._traced(eval, expr, *self._namespaces(globals, locals))

    def runctx(self, cmd, globals, locals):
        """Debug a statement in these namespaces."""
        self.run(cmd, globals, locals)

    def runcall(self, func, /, *args, **kwds):
        """Debug a call; what it returns."""
        return self._traced(func, *args, **kwds)


def set_trace():
    """Begin to debug at the caller, without a face."""
    Bdb().set_trace(sys._getframe().f_back)
