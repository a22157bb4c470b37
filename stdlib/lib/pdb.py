"""The debugger: breakpoint(), pdb.run('statement'), pdb.post_mortem(), `python -m pdb script.py`.

At its prompt `help` lists the commands. What is no command is run as a statement in the frame that is looked at. The
commands about breakpoints are in _pdb_breakpoints, those that look at things in _pdb_looking.
"""
import bdb
import cmd
import inspect
import os
import signal
import sys
import traceback
from _pdb_breakpoints import BreakpointCommands, find_function
from _pdb_completion import Completion
from _pdb_looking import LookingCommands, _rstr, getsourcelines

__all__ = ['run', 'pm', 'Pdb', 'runeval', 'runctx', 'runcall', 'set_trace', 'post_mortem', 'help']

line_prefix = '\n-> '


class Restart(Exception):
    """The user wants to run the program again."""


class Pdb(BreakpointCommands, LookingCommands, Completion, bdb.Bdb, cmd.Cmd):
    """The debugger with its prompt."""

    _previous_sigint_handler = None
    # After these nothing that follows in the command list of a breakpoint has a meaning.
    commands_resuming = ['do_continue', 'do_step', 'do_next', 'do_return', 'do_quit', 'do_jump']

    def __init__(self, completekey='tab', stdin=None, stdout=None, skip=None, nosigint=False, readrc=True):
        bdb.Bdb.__init__(self, skip=skip)
        cmd.Cmd.__init__(self, completekey, stdin, stdout)
        if stdout:
            self.use_rawinput = 0
        self.prompt = '(Pdb) '
        self.aliases, self.displaying = {}, {}
        self.mainpyfile, self._wait_for_mainpyfile = '', False
        self.tb_lineno = {}
        self.nosigint = nosigint
        self.commands, self.commands_doprompt, self.commands_silent = {}, {}, {}
        self.commands_defining, self.commands_bnum = False, None
        self.curframe, self.lineno, self.stack, self.curindex = None, None, [], 0
        self.rcLines = []
        if readrc:
            for name in '~/.pdbrc', '.pdbrc':
                try:
                    with open(os.path.expanduser(name), encoding='utf-8') as file:
                        self.rcLines += file.readlines()
                except OSError:
                    pass

    def message(self, msg):
        """Say something."""
        print(msg, file=self.stdout)

    def error(self, msg):
        """Say what is wrong."""
        print('***', msg, file=self.stdout)

    def sigint_handler(self, signum, frame):
        """Ctrl-C while the program runs: stop it."""
        self.message('\nProgram interrupted. (Use \'cont\' to resume).')
        self.set_step()
        self.set_trace(frame)

    def reset(self):
        bdb.Bdb.reset(self)
        self.forget()

    def forget(self):
        """Let go of the frames."""
        self.lineno, self.stack, self.curindex, self.curframe = None, [], 0, None
        self.tb_lineno.clear()

    def setup(self, f, tb):
        self.forget()
        self.stack, self.curindex = self.get_stack(f, tb)
        while tb:
            self.tb_lineno[tb.tb_frame] = tb.tb_lineno
            tb = tb.tb_next
        self.curframe = self.stack[self.curindex][0]
        self.curframe_locals = self.curframe.f_locals
        if self.rcLines:
            lines, self.rcLines = self.rcLines, []
            for line in lines:
                line = line.strip()
                if line and not line.startswith('#') and self.onecmd(line):
                    return True
        return False

    # --- events ---

    def user_call(self, frame, argument_list):
        if self._wait_for_mainpyfile:
            return
        if self.stop_here(frame):
            self.message('--Call--')
            self.interaction(frame, None)

    def user_line(self, frame):
        if self._wait_for_mainpyfile:
            if self.mainpyfile != self.canonic(frame.f_code.co_filename) or frame.f_lineno <= 0:
                return
            self._wait_for_mainpyfile = False
        if self.bp_commands(frame):
            self.interaction(frame, None)

    def bp_commands(self, frame):
        """Run the commands of the breakpoint that has stopped; whether to prompt."""
        if not getattr(self, 'currentbp', False) or self.currentbp not in self.commands:
            return True
        current, self.currentbp = self.currentbp, 0
        lastcmd = self.lastcmd
        self.setup(frame, None)
        for line in self.commands[current]:
            self.onecmd(line)
        self.lastcmd = lastcmd
        if not self.commands_silent[current]:
            self.print_stack_entry(self.stack[self.curindex])
        if self.commands_doprompt[current]:
            self._cmdloop()
        self.forget()
        return False

    def user_return(self, frame, return_value):
        if self._wait_for_mainpyfile:
            return
        frame.f_locals['__return__'] = return_value
        self.message('--Return--')
        self.interaction(frame, None)

    def user_exception(self, frame, exc_info):
        if self._wait_for_mainpyfile:
            return
        kind, value, tb = exc_info
        frame.f_locals['__exception__'] = kind, value
        prefix = 'Internal ' if not tb and kind is StopIteration else ''
        self.message(f'{prefix}{traceback.format_exception_only(kind, value)[-1].strip()}')
        self.interaction(frame, tb)

    def _cmdloop(self):
        while True:
            try:
                self.allow_kbdint = True
                self.cmdloop()
                self.allow_kbdint = False
                break
            except KeyboardInterrupt:
                self.message('--KeyboardInterrupt--')

    def interaction(self, frame, traceback):
        """Prompt until a command lets the program go on."""
        if Pdb._previous_sigint_handler:
            try:
                signal.signal(signal.SIGINT, Pdb._previous_sigint_handler)
            except ValueError:
                pass  # not in the main thread
            else:
                Pdb._previous_sigint_handler = None
        if self.setup(frame, traceback):
            self.forget()
            return
        for expression, old in self.displaying.get(self.curframe, {}).items():
            new = self._getval_except(expression)
            if new is not old and new != old:
                self.displaying[self.curframe][expression] = new
                self.message(f'display {expression}: {new!r}  [old: {old!r}]')
        self.print_stack_entry(self.stack[self.curindex])
        self._cmdloop()
        self.forget()

    def displayhook(self, obj):
        """How values of statements are shown."""
        if obj is not None:
            self.message(repr(obj))

    # --- lines of commands ---

    def default(self, line):
        """A line that is no command: a statement."""
        if line[:1] == '!':
            line = line[1:].strip()
        namespace, local = self.curframe.f_globals, self.curframe_locals
        try:
            compiled = compile(line + '\n', '<stdin>', 'single')
            saved = sys.stdin, sys.stdout, sys.displayhook
            try:
                sys.stdin, sys.stdout, sys.displayhook = self.stdin, self.stdout, self.displayhook
                exec(compiled, namespace, local)
            finally:
                sys.stdin, sys.stdout, sys.displayhook = saved
        except BaseException:
            self._error_exc()

    def _error_exc(self):
        kind, value = sys.exc_info()[:2]
        self.error(traceback.format_exception_only(kind, value)[-1].strip())

    def precmd(self, line):
        """Replace aliases, and keep what is behind ;; for later."""
        if not line.strip():
            return line
        words = line.split()
        while words[0] in self.aliases:
            line = self.aliases[words[0]]
            for number, word in enumerate(words[1:], 1):
                line = line.replace(f'%{number}', word)
            line = line.replace('%*', ' '.join(words[1:]))
            words = line.split()
        if words[0] != 'alias':
            marker = line.find(';;')
            if marker >= 0:
                self.cmdqueue.insert(0, line[marker + 2:].lstrip())
                line = line[:marker].rstrip()
        return line

    def onecmd(self, line):
        if not self.commands_defining:
            return cmd.Cmd.onecmd(self, line)
        return self.handle_command_def(line)

    def handle_command_def(self, line):
        """A line of the command list of a breakpoint; true at its end."""
        command, arg, line = self.parseline(line)
        if not command:
            return None
        if command == 'silent':
            self.commands_silent[self.commands_bnum] = True
            return None
        if command == 'end':
            self.cmdqueue = []
            return 1
        self.commands[self.commands_bnum].append(f'{command} {arg}' if arg else command)
        function = getattr(self, 'do_' + command, self.default)
        if function.__name__ in self.commands_resuming:
            self.commands_doprompt[self.commands_bnum] = False
            self.cmdqueue = []
            return 1
        return None

    def emptyline(self):
        """An empty line repeats the last command."""
        if self.lastcmd:
            self.lastcmd, again = '', self.lastcmd
            result = self.onecmd(again)
            self.lastcmd = again
            return result
        return None

    # --- the stack ---

    def do_where(self, arg):
        """w(here)
        The stack, the newest frame last; an arrow shows the one that is looked at."""
        self.print_stack_trace()

    do_w = do_bt = do_where

    def _select_frame(self, number):
        self.curindex = number
        self.curframe = self.stack[number][0]
        self.curframe_locals = self.curframe.f_locals
        self.print_stack_entry(self.stack[number])
        self.lineno = None

    def _move(self, arg, sign, words):
        try:
            count = int(arg or 1)
        except ValueError:
            self.error(f'Invalid frame count ({arg})')
            return
        limit = 0 if sign < 0 else len(self.stack) - 1
        if self.curindex == limit:
            self.error(words)
            return
        self._select_frame(limit if count < 0 else max(0, min(len(self.stack) - 1, self.curindex + sign * count)))

    def do_up(self, arg):
        """u(p) [count]
        Look at an older frame."""
        self._move(arg, -1, 'Oldest frame')

    do_u = do_up

    def do_down(self, arg):
        """d(own) [count]
        Look at a newer frame."""
        self._move(arg, 1, 'Newest frame')

    do_d = do_down

    def print_stack_trace(self):
        """Show all frames."""
        try:
            for entry in self.stack:
                self.print_stack_entry(entry)
        except KeyboardInterrupt:
            pass

    def print_stack_entry(self, frame_lineno, prompt_prefix=line_prefix):
        frame, _ = frame_lineno
        prefix = '> ' if frame is self.curframe else '  '
        self.message(prefix + self.format_stack_entry(frame_lineno, prompt_prefix))

    # --- going on ---

    def do_step(self, arg):
        """s(tep)
        Run this line, stop as soon as possible."""
        self.set_step()
        return 1

    do_s = do_step

    def do_next(self, arg):
        """n(ext)
        Run until the next line of this function."""
        self.set_next(self.curframe)
        return 1

    do_n = do_next

    def do_until(self, arg):
        """unt(il) [lineno]
        Run until a greater line."""
        lineno = None
        if arg:
            try:
                lineno = int(arg)
            except ValueError:
                self.error(f'Error in argument: {arg!r}')
                return None
            if lineno <= self.curframe.f_lineno:
                self.error('"until" line number is smaller than current line number')
                return None
        self.set_until(self.curframe, lineno)
        return 1

    do_unt = do_until

    def do_return(self, arg):
        """r(eturn)
        Run until this function returns."""
        self.set_return(self.curframe)
        return 1

    do_r = do_return

    def do_continue(self, arg):
        """c(ont(inue))
        Run until a breakpoint."""
        if not self.nosigint:
            try:
                Pdb._previous_sigint_handler = signal.signal(signal.SIGINT, self.sigint_handler)
            except ValueError:
                pass  # not in the main thread
        self.set_continue()
        return 1

    do_c = do_cont = do_continue

    def do_jump(self, arg):
        """j(ump) lineno
        Go on with this line of the newest frame."""
        if self.curindex + 1 != len(self.stack):
            self.error('You can only jump within the bottom frame')
            return
        try:
            lineno = int(arg)
        except ValueError:
            self.error("The 'jump' command requires a line number")
            return
        try:
            self.curframe.f_lineno = lineno
            self.stack[self.curindex] = self.stack[self.curindex][0], lineno
            self.print_stack_entry(self.stack[self.curindex])
        except (ValueError, AttributeError) as error:
            self.error(f'Jump failed: {error}')

    do_j = do_jump

    def do_run(self, arg):
        """run [args...]
        Run the program again, with its breakpoints."""
        if arg:
            import shlex
            argv0 = sys.argv[0:1]
            try:
                sys.argv = shlex.split(arg)
            except ValueError as error:
                self.error(f'Cannot run {arg}: {error}')
                return
            sys.argv[:0] = argv0
        raise Restart

    do_restart = do_run

    def do_debug(self, arg):
        """debug code
        Debug a statement under this debugger."""
        sys.settrace(None)
        inner = Pdb(self.completekey, self.stdin, self.stdout)
        inner.prompt = f'({self.prompt.strip()}) '
        self.message('ENTERING RECURSIVE DEBUGGER')
        try:
            sys.call_tracing(inner.run, (arg, self.curframe.f_globals, self.curframe_locals))
        except Exception:
            self._error_exc()
        self.message('LEAVING RECURSIVE DEBUGGER')
        sys.settrace(self.trace_dispatch)
        self.lastcmd = inner.lastcmd

    def do_quit(self, arg):
        """q(uit)
        Stop the program."""
        self._user_requested_quit = True
        self.set_quit()
        return 1

    do_q = do_exit = do_quit

    def do_EOF(self, arg):
        """EOF
        The end of the input stops the program."""
        self.message('')
        return self.do_quit(arg)

    # --- names for commands, and help ---

    def do_alias(self, arg):
        """alias [name [command]]
        Give a command a name; %1, %2 ... stand for its arguments, %* for all."""
        words = arg.split()
        if not words:
            for name in sorted(self.aliases):
                self.message(f'{name} = {self.aliases[name]}')
        elif len(words) == 1:
            if words[0] in self.aliases:
                self.message(f'{words[0]} = {self.aliases[words[0]]}')
        else:
            self.aliases[words[0]] = ' '.join(words[1:])

    def do_unalias(self, arg):
        """unalias name"""
        words = arg.split()
        if words and words[0] in self.aliases:
            del self.aliases[words[0]]

    def do_help(self, arg):
        """h(elp) [command]
        The commands, or what one of them does."""
        if not arg:
            return cmd.Cmd.do_help(self, arg)
        topic = getattr(self, 'help_' + arg, None)
        if topic is not None:
            return topic()
        command = getattr(self, 'do_' + arg, None)
        if command is None:
            self.error(f'No help for {arg!r}')
        elif not command.__doc__:
            self.error(f'No help for {arg!r}; __doc__ string missing')
        else:
            self.message(inspect.cleandoc(command.__doc__))
        return None

    do_h = do_help

    # --- whole scripts ---

    def _run_file(self, filename, as_module=False):
        """Debug a script, or a module, from its first line."""
        import __main__
        self._wait_for_mainpyfile, self._user_requested_quit = True, False
        if as_module:
            import runpy
            _, spec, made = runpy._get_module_details(filename)
            self.mainpyfile = self.canonic(made.co_filename)
            names = {'__name__': '__main__', '__file__': self.mainpyfile, '__package__': spec.parent,
                     '__loader__': spec.loader, '__spec__': spec, '__builtins__': __builtins__}
        else:
            self.mainpyfile = self.canonic(filename)
            with open(filename, 'rb') as file:
                made = compile(file.read(), self.mainpyfile, 'exec')
            names = {'__name__': '__main__', '__file__': self.mainpyfile, '__builtins__': __builtins__}
        __main__.__dict__.clear()
        __main__.__dict__.update(names)
        self.run(made)


# --- from programs ---

def run(statement, globals=None, locals=None):
    """Debug a statement."""
    Pdb().run(statement, globals, locals)


def runeval(expression, globals=None, locals=None):
    """Debug an expression; its value."""
    return Pdb().runeval(expression, globals, locals)


def runctx(statement, globals, locals):
    """Debug a statement in these namespaces."""
    run(statement, globals, locals)


def runcall(*args, **kwds):
    """Debug a call; what it returns."""
    return Pdb().runcall(*args, **kwds)


def set_trace(*, header=None):
    """Stop here."""
    debugger = Pdb()
    if header is not None:
        debugger.message(header)
    debugger.set_trace(sys._getframe().f_back)


def post_mortem(t=None):
    """Look at where an exception was raised, the one that is being handled if none is given."""
    if t is None:
        t = sys.exc_info()[2]
    if t is None:
        raise ValueError('A valid traceback must be passed if no exception is being handled')
    debugger = Pdb()
    debugger.reset()
    debugger.interaction(None, t)


def pm():
    """Look at where the last exception at the prompt was raised."""
    post_mortem(sys.last_traceback)


def help():
    """Show what this module is for."""
    print(inspect.cleandoc(sys.modules[__name__].__doc__))


_usage = '''\
usage: pdb.py [-c command] ... [-m module | pyfile] [arg] ...

Debug the Python program given by pyfile. Alternatively,
an executable module or package to debug can be specified using
the -m switch.'''


def main():
    """The command line."""
    import getopt
    options, args = getopt.getopt(sys.argv[1:], 'mhc:', ['help', 'command='])
    if not args or any([option in ('-h', '--help') for option, _ in options]):
        print(_usage)
        sys.exit(2 if not args else 0)
    commands = [value for option, value in options if option in ('-c', '--command')]
    as_module = any([option == '-m' for option, _ in options])
    target = args[0]
    if not as_module and not os.path.exists(target):
        print('Error:', target, 'does not exist')
        sys.exit(1)
    sys.argv[:] = args
    if not as_module:
        target = os.path.realpath(target)
        sys.path[0] = os.path.dirname(target)
    debugger = Pdb()
    debugger.rcLines += commands
    while True:
        try:
            debugger._run_file(target, as_module)
            if debugger._user_requested_quit:
                break
            print('The program finished and will be restarted')
        except Restart:
            print('Restarting', target, 'with arguments:')
            print('\t' + ' '.join(sys.argv[1:]))
        except SystemExit as error:
            print(f'The program exited via sys.exit(). Exit status: {error}')
        except SyntaxError:
            traceback.print_exc()
            sys.exit(1)
        except BaseException:
            traceback.print_exc()
            print("Uncaught exception. Entering post mortem debugging")
            print("Running 'cont' or 'step' will restart the program")
            debugger.interaction(None, sys.exc_info()[2])
            print(f'Post mortem debugger finished. The {target} will be restarted')
        if debugger._user_requested_quit:
            break


if __name__ == '__main__':
    import pdb
    pdb.main()
