"""The commands of pdb that look at things: arguments, values, source, and what is shown at each stop."""
import code
import inspect
import linecache
import pprint
import sys
import traceback


def getsourcelines(obj):
    """The lines of a function or module frame, and the number of the first."""
    lines, lineno = inspect.findsource(obj)
    if inspect.isframe(obj) and obj.f_globals is obj.f_locals:
        return lines, 1  # a module: all of it
    if inspect.ismodule(obj):
        return lines, 1
    return inspect.getblock(lines[lineno:]), lineno + 1


class _rstr(str):
    """A text that is shown without quotes."""

    def __repr__(self):
        return self


class LookingCommands:
    """Mixed into Pdb: args, retval, p, pp, whatis, list, longlist, source, display, undisplay and interact."""

    def do_args(self, arg):
        """a(rgs)
        The arguments of this function."""
        made_from = self.curframe.f_code
        count = made_from.co_argcount + made_from.co_kwonlyargcount
        count += bool(made_from.co_flags & inspect.CO_VARARGS) + bool(made_from.co_flags & inspect.CO_VARKEYWORDS)
        for name in made_from.co_varnames[:count]:
            if name in self.curframe_locals:
                self.message(f'{name} = {self.curframe_locals[name]!r}')
            else:
                self.message(f'{name} = *** undefined ***')

    do_a = do_args

    def do_retval(self, arg):
        """retval
        What the function returns."""
        if '__return__' in self.curframe_locals:
            self.message(repr(self.curframe_locals['__return__']))
        else:
            self.error('Not yet returned!')

    do_rv = do_retval

    def _getval(self, arg):
        try:
            return eval(arg, self.curframe.f_globals, self.curframe_locals)
        except BaseException:
            self._error_exc()
            raise

    def _getval_except(self, arg, frame=None):
        try:
            if frame is None:
                return eval(arg, self.curframe.f_globals, self.curframe_locals)
            return eval(arg, frame.f_globals, frame.f_locals)
        except BaseException:
            return _rstr(f'** raised {traceback.format_exception_only(*sys.exc_info()[:2])[-1].strip()} **')

    def _show(self, arg, shape):
        """The value in a shape; what goes wrong on the way is told."""
        try:
            value = self._getval(arg)
        except BaseException:
            return
        try:
            self.message(shape(value))
        except BaseException:
            self._error_exc()

    def do_p(self, arg):
        """p expression
        The value."""
        self._show(arg, repr)

    def do_pp(self, arg):
        """pp expression
        The value, laid out."""
        self._show(arg, pprint.pformat)

    def do_whatis(self, arg):
        """whatis expression
        The kind of the value."""
        try:
            value = self._getval(arg)
        except BaseException:
            return
        made_from = getattr(getattr(value, '__func__', value), '__code__', None)
        if inspect.ismethod(value):
            self.message(f'Method {made_from.co_name}' if made_from else 'Method')
        elif inspect.isfunction(value):
            self.message(f'Function {made_from.co_name}')
        elif inspect.isclass(value):
            self.message(f'Class {value.__module__}.{value.__qualname__}')
        else:
            self.message(type(value))

    def do_list(self, arg):
        """l(ist) [first [, last] | .]
        Lines around this one, or further ones."""
        self.lastcmd = 'list'
        last = None
        if arg and arg != '.':
            try:
                if ',' in arg:
                    first, last = [int(word.strip()) for word in arg.split(',')]
                    if last < first:
                        last = first + last
                else:
                    first = max(1, int(arg.strip()) - 5)
            except ValueError:
                self.error(f'Error in argument: {arg!r}')
                return
        elif self.lineno is None or arg == '.':
            first = max(1, self.curframe.f_lineno - 5)
        else:
            first = self.lineno + 1
        if last is None:
            last = first + 10
        filename = self.curframe.f_code.co_filename
        lines = linecache.getlines(filename, self.curframe.f_globals)
        self._print_lines(lines[first - 1:last], first, self.get_file_breaks(filename), self.curframe)
        self.lineno = min(last, len(lines))
        if len(lines) < last:
            self.message('[EOF]')

    do_l = do_list

    def do_longlist(self, arg):
        """longlist | ll
        The whole function."""
        try:
            lines, lineno = getsourcelines(self.curframe)
        except OSError as error:
            self.error(error)
            return
        self._print_lines(lines, lineno, self.get_file_breaks(self.curframe.f_code.co_filename), self.curframe)

    do_ll = do_longlist

    def do_source(self, arg):
        """source expression
        The source of an object."""
        try:
            obj = self._getval(arg)
        except BaseException:
            return
        try:
            lines, lineno = getsourcelines(obj)
        except (OSError, TypeError) as error:
            self.error(error)
            return
        self._print_lines(lines, lineno)

    def _print_lines(self, lines, start, breaks=(), frame=None):
        current = self.curframe.f_lineno if frame else -1
        where = self.tb_lineno.get(frame, -1) if frame else -1
        for lineno, line in enumerate(lines, start):
            text = str(lineno).rjust(3)
            if len(text) < 4:
                text += ' '
            text += 'B' if lineno in breaks else ' '
            if lineno == current:
                text += '->'
            elif lineno == where:
                text += '>>'
            self.message(f'{text}\t{line.rstrip()}')

    def do_display(self, arg):
        """display [expression]
        Show the value whenever the program stops here and it has changed."""
        if not arg:
            self.message('Currently displaying:')
            for item in self.displaying.get(self.curframe, {}).items():
                self.message('%s: %r' % item)
            return
        value = self._getval_except(arg)
        self.displaying.setdefault(self.curframe, {})[arg] = value
        self.message(f'display {arg}: {value!r}')

    def do_undisplay(self, arg):
        """undisplay [expression]
        Do so no longer."""
        if not arg:
            self.displaying.pop(self.curframe, None)
            return
        try:
            del self.displaying.get(self.curframe, {})[arg]
        except KeyError:
            self.error(f'not displaying {arg}')

    def do_interact(self, arg):
        """interact
        A prompt with the names of this frame."""
        code.interact('*interactive*', local={**self.curframe.f_globals, **self.curframe_locals})
