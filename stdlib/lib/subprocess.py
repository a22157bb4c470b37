"""Other programs as processes of their own, with pipes to them.

Popen starts a program and stands for its process; run() and the functions around it start one and wait for its end. The
start itself is native (_posixsubprocess): the new process reports through a pipe what went wrong before its program ran.
What goes through the pipes is in _subprocess_streams.
"""
import builtins
import contextlib
import errno
import os
import selectors
import signal
import sys
import threading
import time
import types
import warnings
from _posixsubprocess import fork_exec as _fork_exec
from _subprocess_streams import DEVNULL, PIPE, STDOUT, StandardStreams as _StandardStreams, Talk as _Talk
from time import monotonic as _time

__all__ = ['Popen', 'PIPE', 'STDOUT', 'call', 'check_call', 'getstatusoutput', 'getoutput', 'check_output', 'run',
           'CalledProcessError', 'DEVNULL', 'SubprocessError', 'TimeoutExpired', 'CompletedProcess']

_USE_POSIX_SPAWN = False
_USE_VFORK = True
_PopenSelector = selectors.PollSelector

# Processes whose Popen object went away before their end: they are waited for when the next one starts.
_active = []


class SubprocessError(Exception):
    """What all errors of this module derive from."""


class CalledProcessError(SubprocessError):
    """A program that had to succeed ended with another exit status than 0."""

    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode = returncode
        self.cmd = cmd
        self.output = output
        self.stderr = stderr

    def __str__(self):
        code = self.returncode
        if code and code < 0:
            try:
                return "Command '%s' died with %r." % (self.cmd, signal.Signals(-code))
            except ValueError:
                return "Command '%s' died with unknown signal %d." % (self.cmd, -code)
        return "Command '%s' returned non-zero exit status %d." % (self.cmd, code)

    @property
    def stdout(self):
        """Another name of output."""
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class TimeoutExpired(SubprocessError):
    """A process had not ended when the time was over."""

    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd = cmd
        self.timeout = timeout
        self.output = output
        self.stderr = stderr

    def __str__(self):
        return "Command '%s' timed out after %s seconds" % (self.cmd, self.timeout)

    @property
    def stdout(self):
        """Another name of output."""
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class CompletedProcess:
    """A process that has ended: its arguments, exit status and what it wrote."""

    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args = args
        self.returncode = returncode
        self.stdout = stdout
        self.stderr = stderr

    def __repr__(self):
        parts = [f'args={self.args!r}', f'returncode={self.returncode!r}']
        if self.stdout is not None:
            parts.append(f'stdout={self.stdout!r}')
        if self.stderr is not None:
            parts.append(f'stderr={self.stderr!r}')
        return f'{type(self).__name__}({", ".join(parts)})'

    __class_getitem__ = classmethod(types.GenericAlias)

    def check_returncode(self):
        """Raise CalledProcessError unless the exit status is 0."""
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)


def _cleanup():
    if _active is None:
        return
    for process in _active[:]:
        if process._internal_poll(_deadstate=sys.maxsize) is not None:
            with contextlib.suppress(ValueError):
                _active.remove(process)  # another thread may have done it


def _optim_args_from_interpreter_flags():
    """The -O options of this interpreter."""
    return ['-' + 'O' * sys.flags.optimize] if sys.flags.optimize > 0 else []


def _args_from_interpreter_flags():
    """The options that make another interpreter behave as this one."""
    flags = sys.flags
    args = _optim_args_from_interpreter_flags()
    for attribute, letter in (('dont_write_bytecode', 'B'), ('no_site', 'S'), ('verbose', 'v'), ('bytes_warning', 'b'),
                              ('quiet', 'q')):
        if getattr(flags, attribute, 0) > 0:
            args.append('-' + letter * getattr(flags, attribute))
    if getattr(flags, 'isolated', 0):
        args.append('-I')
    else:
        if flags.ignore_environment:
            args.append('-E')
        if flags.no_user_site:
            args.append('-s')
    args.extend('-W' + option for option in sys.warnoptions)
    for name, value in getattr(sys, '_xoptions', {}).items():
        args += ['-X', name if value is True else f'{name}={value}']
    return args


def _text_encoding():
    return 'UTF-8'


# --- starting and waiting in one call ---

def call(*popenargs, timeout=None, **kwargs):
    """Run a program, wait for its end and return its exit status."""
    with Popen(*popenargs, **kwargs) as process:
        try:
            return process.wait(timeout=timeout)
        except:
            process.kill()  # leaving the block waits for it
            raise


def check_call(*popenargs, **kwargs):
    """As call(); CalledProcessError when the exit status is not 0."""
    code = call(*popenargs, **kwargs)
    if code:
        command = kwargs.get('args')
        raise CalledProcessError(code, popenargs[0] if command is None else command)
    return 0


def check_output(*popenargs, timeout=None, **kwargs):
    """What a program writes to its stdout; CalledProcessError when its exit status is not 0."""
    for name in ('stdout', 'check'):
        if name in kwargs:
            raise ValueError(f'{name} argument not allowed, it will be overridden.')
    if 'input' in kwargs and kwargs['input'] is None:
        # No input, and not the parent's stdin either.
        as_text = any(map(kwargs.get, ('text', 'universal_newlines', 'encoding', 'errors')))
        kwargs['input'] = '' if as_text else b''
    return run(*popenargs, stdout=PIPE, timeout=timeout, check=True, **kwargs).stdout


def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    """Run a program and wait for its end: a CompletedProcess."""
    def reserve(message, *streams):
        # The streams become pipes, unless the caller has another wish for one of them.
        if any(kwargs.get(stream) is not None for stream in streams):
            raise ValueError(message)
        kwargs.update(dict.fromkeys(streams, PIPE))

    if input is not None:
        reserve('stdin and input arguments may not both be used.', 'stdin')
    if capture_output:
        reserve('stdout and stderr arguments may not be used with capture_output.', 'stdout', 'stderr')
    with Popen(*popenargs, **kwargs) as process:
        try:
            stdout, stderr = process.communicate(input, timeout=timeout)
        except BaseException as problem:
            process.kill()  # leaving the block waits for it
            if isinstance(problem, TimeoutExpired):
                process.wait()
            raise
    done = CompletedProcess(process.args, process.poll(), stdout, stderr)
    if check:
        done.check_returncode()
    return done


def getstatusoutput(cmd, *, encoding=None, errors=None):
    """Exit status and output of a shell command, without the last newline."""
    done = run(cmd, shell=True, text=True, stdout=PIPE, stderr=STDOUT, encoding=encoding, errors=errors)
    return done.returncode, done.stdout.removesuffix('\n')


def getoutput(cmd, *, encoding=None, errors=None):
    """The output of a shell command, without the last newline."""
    _status, output = getstatusoutput(cmd, errors=errors, encoding=encoding)
    return output


def list2cmdline(seq):
    """Arguments as one line in the manner of the Microsoft C runtime."""
    words = []
    for argument in map(os.fsdecode, seq):
        quoted = not argument or ' ' in argument or '\t' in argument
        text = ''
        backslashes = 0
        for character in argument:
            if character == '\\':
                backslashes += 1
                continue
            if character == '"':
                text += '\\' * (2 * backslashes) + '\\"'
            else:
                text += '\\' * backslashes + character
            backslashes = 0
        text += '\\' * (2 * backslashes if quoted else backslashes)
        words.append(f'"{text}"' if quoted else text)
    return ' '.join(words)


class Popen:
    """A program that was started, in a process of its own."""

    _child_created = False

    def __init__(self, args, bufsize=-1, executable=None, stdin=None, stdout=None, stderr=None, preexec_fn=None,
                 close_fds=True, shell=False, cwd=None, env=None, universal_newlines=None, startupinfo=None,
                 creationflags=0, restore_signals=True, start_new_session=False, pass_fds=(), *, user=None, group=None,
                 extra_groups=None, encoding=None, errors=None, text=None, umask=-1, pipesize=-1, process_group=None):
        _cleanup()
        bufsize = _whole_number('bufsize', bufsize)
        pipesize = _whole_number('pipesize', pipesize)
        if pass_fds and not close_fds:
            warnings.warn('pass_fds overriding close_fds.', RuntimeWarning)
            close_fds = True
        for name, value in ('startupinfo', startupinfo), ('creationflags', creationflags or None):
            if value is not None:
                raise ValueError(f'{name} is only supported on Windows platforms')
        if None not in (text, universal_newlines) and bool(text) != bool(universal_newlines):
            raise SubprocessError('Cannot disambiguate when both text and universal_newlines are supplied but different. '
                                  'Pass one or the other.')
        self.args = args
        self.pid = self.returncode = self.stdin = self.stdout = self.stderr = None
        self.text_mode = encoding or errors or text or universal_newlines
        self.encoding = _text_encoding() if self.text_mode and encoding is None else encoding
        self.errors, self.pipesize = errors, pipesize
        self._waitpid_lock = threading.Lock()
        self._talk = None
        self._sigint_wait_secs = 0.25

        ids = _numeric_ids(user, group, extra_groups)
        streams = _StandardStreams((stdin, stdout, stderr), pipesize)
        try:
            if bufsize == 1 and not self.text_mode:
                warnings.warn("line buffering (buffering=1) isn't supported in binary mode, "
                              'the default buffer size will be used', RuntimeWarning, stacklevel=2)
            wrapping = {'encoding': self.encoding, 'errors': errors} if self.text_mode else None
            self.stdin, self.stdout, self.stderr = streams.open_files(bufsize, wrapping)
            self._execute_child(args, executable, preexec_fn, close_fds, tuple(pass_fds), cwd, env, shell, streams,
                                restore_signals, ids, umask, start_new_session,
                                -1 if process_group is None else process_group)
        except BaseException:
            for stream in filter(None, (self.stdin, self.stdout, self.stderr)):
                with contextlib.suppress(OSError):
                    stream.close()
            with contextlib.suppress(OSError):
                streams.close_childs()
                streams.close_ours()
            raise

    def __repr__(self):
        shown = f'<{type(self).__name__}: returncode: {self.returncode} args: {self.args!r}>'
        return shown[:76] + '...>' if len(shown) > 80 else shown

    __class_getitem__ = classmethod(types.GenericAlias)

    @property
    def universal_newlines(self):
        """Another name of text_mode."""
        return self.text_mode

    @universal_newlines.setter
    def universal_newlines(self, wanted):
        self.text_mode = bool(wanted)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        try:
            for stream in (self.stdout, self.stderr, self.stdin):
                if stream:
                    stream.close()
        finally:
            if exc_type is KeyboardInterrupt:
                if self._sigint_wait_secs > 0:
                    self._let_end_by_itself()
            else:
                self.wait()

    # What __del__ needs is kept: at the end of the interpreter the module may have lost it.
    def __del__(self, _maxsize=sys.maxsize, _warn=warnings.warn):
        if self._child_created and self.returncode is None:
            _warn(f'subprocess {self.pid} is still running', ResourceWarning, source=self)
            if self._internal_poll(_deadstate=_maxsize) is None and _active is not None:
                _active.append(self)

    # --- the start ---

    def _execute_child(self, args, executable, preexec_fn, close_fds, pass_fds, cwd, env, shell, streams, restore_signals,
                       ids, umask, start_new_session, process_group):
        if isinstance(args, (str, bytes)) or (isinstance(args, os.PathLike) and not shell):
            args = [args]
        elif isinstance(args, os.PathLike):
            raise TypeError('path-like args is not allowed when shell is true')
        else:
            args = list(args)
        if shell:
            args = [executable or '/bin/sh', '-c', *args]
        executable = args[0] if executable is None else executable
        sys.audit('subprocess.Popen', executable, args, cwd, env)
        original = executable
        if env is None:
            settings = None
        else:
            settings = []
            for name, value in env.items():
                name = os.fsencode(name)
                if b'=' in name:
                    raise ValueError('illegal environment variable name')
                settings.append(name + b'=' + os.fsencode(value))
        executable = os.fsencode(executable)
        if os.path.dirname(executable):
            candidates = (executable,)
        else:
            candidates = tuple(os.path.join(os.fsencode(directory), executable) for directory in os.get_exec_path(env))
        report_read, report_write = os.pipe()
        # Below 3 it would be in the way of the standard descriptors.
        too_low = []
        while report_write < 3:
            too_low.append(report_write)
            report_write = os.dup(report_write)
        for fd in too_low:
            os.close(fd)
        try:
            try:
                keep = set(pass_fds)
                keep.add(report_write)
                self.pid = _fork_exec(args, candidates, close_fds, tuple(sorted(map(int, keep))), cwd, settings,
                                      *streams.in_pairs(), report_read, report_write, restore_signals,
                                      start_new_session, process_group, *ids, umask, preexec_fn, _USE_VFORK)
            finally:
                os.close(report_write)
            self._child_created = True
            streams.close_childs()
            report = bytearray()
            while True:
                part = os.read(report_read, 50000)
                report += part
                if not part or len(report) > 50000:
                    break
        finally:
            os.close(report_read)
        if report:
            self._raise_report(bytes(report), original, cwd)

    def _raise_report(self, report, program, cwd):
        # The child did not get as far as its program.
        try:
            pid, status = os.waitpid(self.pid, 0)
            if pid == self.pid:
                self._handle_exitstatus(status)
            else:
                self.returncode = sys.maxsize
        except ChildProcessError:
            pass
        try:
            name, number, where = report.split(b':', 2)
            where = where.decode()
        except ValueError:
            name, number = b'SubprocessError', b'0'
            where = 'Bad exception data from child: {!r}'.format(report)
        kind = getattr(builtins, name.decode('ascii'), SubprocessError)
        if issubclass(kind, OSError) and number:
            number = int(number, 16)
            if where == 'noexec:chdir':
                program = cwd
                where = ''
            elif where == 'noexec':
                program = None
                where = ''
            message = os.strerror(number) if number else where
            if program is not None:
                raise kind(number, message, program)
            raise kind(number, message)
        raise kind(where)

    # --- the end ---

    # What is called when the interpreter ends is kept in the defaults, like that of __del__.

    def _handle_exitstatus(self, status, _exit_code=os.waitstatus_to_exitcode, _stopped=os.WIFSTOPPED,
                           _stop_signal=os.WSTOPSIG):
        self.returncode = -_stop_signal(status) if _stopped(status) else _exit_code(status)

    def _internal_poll(self, _deadstate=None, _waitpid=os.waitpid, _dont_wait=os.WNOHANG, _no_child=errno.ECHILD):
        # Another thread that has the lock is about to know.
        if self.returncode is None and self._waitpid_lock.acquire(False):
            try:
                if self.returncode is None:
                    pid, status = _waitpid(self.pid, _dont_wait)
                    if pid == self.pid:
                        self._handle_exitstatus(status)
            except OSError as problem:
                if _deadstate is not None:
                    self.returncode = _deadstate
                elif problem.errno == _no_child:
                    # Somebody else has waited for it: how it ended is not known.
                    self.returncode = 0
            finally:
                self._waitpid_lock.release()
        return self.returncode

    def poll(self):
        """The exit status, None while the process runs."""
        return self._internal_poll()

    def _try_wait(self, wait_flags):
        try:
            return os.waitpid(self.pid, wait_flags)
        except ChildProcessError:
            return self.pid, 0

    def _learn_end(self, wait_flags):
        # Called with the lock: one thread waits, the others find the answer.
        if self.returncode is None:
            pid, status = self._try_wait(wait_flags)
            if pid == self.pid:
                self._handle_exitstatus(status)

    def _wait(self, timeout):
        if timeout is None:
            while self.returncode is None:
                with self._waitpid_lock:
                    self._learn_end(0)
            return self.returncode
        deadline = _time() + timeout
        # There is no waiting with a limit: looks again and again, ever more seldom.
        pause = 0.001
        while self.returncode is None:
            if self._waitpid_lock.acquire(False):
                try:
                    self._learn_end(os.WNOHANG)
                finally:
                    self._waitpid_lock.release()
            if self.returncode is None:
                left = deadline - _time()
                if left <= 0:
                    raise TimeoutExpired(self.args, timeout)
                time.sleep(min(pause, left))
                pause = min(2 * pause, 0.05)
        return self.returncode

    def wait(self, timeout=None):
        """Wait for the end of the process and return its exit status; TimeoutExpired when it did not come in time."""
        deadline = None if timeout is None else _time() + timeout
        try:
            return self._wait(timeout=timeout)
        except KeyboardInterrupt:
            self._let_end_by_itself(deadline)
            raise

    def _let_end_by_itself(self, deadline=None):
        """After a Ctrl-C, which the child got as well: it has a moment to end, but only once."""
        seconds, self._sigint_wait_secs = self._sigint_wait_secs, 0
        if deadline is not None:
            seconds = min(seconds, max(0, deadline - _time()))
        with contextlib.suppress(TimeoutExpired):
            self._wait(timeout=seconds)

    def send_signal(self, sig):
        """Send a signal to the process, unless it is known to have ended."""
        self.poll()
        if self.returncode is not None:
            return  # its id may be that of another process by now
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, sig)

    def terminate(self):
        """Ask the process to end (SIGTERM)."""
        self.send_signal(signal.SIGTERM)

    def kill(self):
        """End the process (SIGKILL)."""
        self.send_signal(signal.SIGKILL)

    # --- input and output ---

    def communicate(self, input=None, timeout=None):
        """Write the input to the process, read what it writes, wait for its end: (stdout, stderr)."""
        if self._talk and input:
            raise ValueError('Cannot send input after starting communication')
        if timeout is None and not self._talk and [self.stdin, self.stdout, self.stderr].count(None) >= 2:
            return self._communicate_with_one(input)
        deadline = None if timeout is None else _time() + timeout
        try:
            return self._communicate(input, deadline, timeout)
        except KeyboardInterrupt:
            self._let_end_by_itself(deadline)
            raise

    def _communicate_with_one(self, input):
        # At most one pipe: nothing can block another.
        if self.stdin:
            self._stdin_write(input)
        outputs = []
        for stream in self.stdout, self.stderr:
            outputs.append(stream.read() if stream else None)
            if stream:
                stream.close()
        self.wait()
        return tuple(outputs)

    def _stdin_write(self, input):
        with contextlib.suppress(BrokenPipeError):  # the process does not want it
            if input:
                self.stdin.write(input)
        with contextlib.suppress(BrokenPipeError):
            self.stdin.close()

    def _communicate(self, input, deadline, timeout):
        if not self._talk:
            # Kept: after a timeout communicate() may be called again.
            self._talk = _Talk(self.stdin, (self.stdout, self.stderr), input)
        self._talk.take_input(input)
        if not self._talk.run(_PopenSelector, deadline):
            stdout, stderr = self._talk.so_far()
            raise TimeoutExpired(self.args, timeout, output=stdout, stderr=stderr)
        self.wait(timeout=None if deadline is None else max(deadline - _time(), 0))
        return tuple(self._talk.results())


def _whole_number(name, value):
    if value is None:
        return -1
    if not isinstance(value, int):
        raise TypeError(f'{name} must be an integer')
    return value


def _numeric_ids(user, group, extra_groups):
    # Group, further groups and user as numbers; None where none was given.
    gid = gids = uid = None
    if group is not None:
        gid = _checked_id('Group', _group_id(group, 'group'))
    if extra_groups is not None:
        if isinstance(extra_groups, str):
            raise TypeError('Groups must be a list, not a string')
        gids = [_checked_id('Group', _group_id(item, 'extra_groups')) for item in extra_groups]
    if user is not None:
        uid = _checked_id('User', _user_id(user))
    if any(number is not None and number > 0xffffffff for number in (gid, uid)):
        raise OverflowError('Python int too large to convert to C long')
    if any(number > 0xffffffff for number in gids or ()):
        raise ValueError('invalid group id')
    return gid, gids, uid


def _checked_id(what, number):
    if number < 0:
        raise ValueError(f'{what} ID cannot be negative, got {number}')
    return number


def _user_id(user):
    if isinstance(user, int):
        return user
    if isinstance(user, str):
        import pwd
        return pwd.getpwnam(user).pw_uid
    raise TypeError('User must be a string or an integer')


def _group_id(group, what):
    if isinstance(group, str):
        import grp
        return grp.getgrnam(group).gr_gid
    if isinstance(group, int):
        return group
    if what == 'group':
        raise TypeError('Group must be a string or an integer, not {}'.format(type(group)))
    raise TypeError('Items in extra_groups must be a string or integer, not {}'.format(type(group)))
