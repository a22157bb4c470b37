"""Other programs as processes of their own, with pipes to them.

Popen starts a program and stands for its process; run() and the functions around it start one and wait for its end. The
start itself is native (_posixsubprocess): the new process reports through a pipe what went wrong before its program ran.
"""
import builtins
import contextlib
import errno
import io
import os
import select
import selectors
import signal
import sys
import threading
import time
import types
import warnings
from _posixsubprocess import fork_exec as _fork_exec
from time import monotonic as _time

__all__ = ['Popen', 'PIPE', 'STDOUT', 'call', 'check_call', 'getstatusoutput', 'getoutput', 'check_output', 'run',
           'CalledProcessError', 'DEVNULL', 'SubprocessError', 'TimeoutExpired', 'CompletedProcess']

PIPE = -1
STDOUT = -2
DEVNULL = -3

_USE_POSIX_SPAWN = False
_USE_VFORK = True
_PIPE_BUF = getattr(select, 'PIPE_BUF', 512)
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
        text = kwargs.get('universal_newlines') or kwargs.get('text') or kwargs.get('encoding') or kwargs.get('errors')
        kwargs['input'] = '' if text else b''
    return run(*popenargs, stdout=PIPE, timeout=timeout, check=True, **kwargs).stdout


def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    """Run a program and wait for its end: a CompletedProcess."""
    if input is not None:
        if kwargs.get('stdin') is not None:
            raise ValueError('stdin and input arguments may not both be used.')
        kwargs['stdin'] = PIPE
    if capture_output:
        if kwargs.get('stdout') is not None or kwargs.get('stderr') is not None:
            raise ValueError('stdout and stderr arguments may not be used with capture_output.')
        kwargs['stdout'] = kwargs['stderr'] = PIPE
    with Popen(*popenargs, **kwargs) as process:
        try:
            stdout, stderr = process.communicate(input, timeout=timeout)
        except TimeoutExpired:
            process.kill()
            process.wait()
            raise
        except:
            process.kill()
            raise
        code = process.poll()
        if check and code:
            raise CalledProcessError(code, process.args, output=stdout, stderr=stderr)
    return CompletedProcess(process.args, code, stdout, stderr)


def getstatusoutput(cmd, *, encoding=None, errors=None):
    """Exit status and output of a shell command, without the last newline."""
    try:
        data = check_output(cmd, shell=True, text=True, stderr=STDOUT, encoding=encoding, errors=errors)
        status = 0
    except CalledProcessError as problem:
        data = problem.output
        status = problem.returncode
    return status, data.removesuffix('\n')


def getoutput(cmd, *, encoding=None, errors=None):
    """The output of a shell command, without the last newline."""
    return getstatusoutput(cmd, encoding=encoding, errors=errors)[1]


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
        self._waitpid_lock = threading.Lock()
        self._input = None
        self._communication_started = False
        if bufsize is None:
            bufsize = -1
        if not isinstance(bufsize, int):
            raise TypeError('bufsize must be an integer')
        if pipesize is None:
            pipesize = -1
        if not isinstance(pipesize, int):
            raise TypeError('pipesize must be an integer')
        if pass_fds and not close_fds:
            warnings.warn('pass_fds overriding close_fds.', RuntimeWarning)
            close_fds = True
        if startupinfo is not None:
            raise ValueError('startupinfo is only supported on Windows platforms')
        if creationflags != 0:
            raise ValueError('creationflags is only supported on Windows platforms')
        if text is not None and universal_newlines is not None and bool(universal_newlines) != bool(text):
            raise SubprocessError('Cannot disambiguate when both text and universal_newlines are supplied but different. '
                                  'Pass one or the other.')
        if process_group is None:
            process_group = -1
        self.args = args
        self.stdin = self.stdout = self.stderr = None
        self.pid = None
        self.returncode = None
        self.encoding = encoding
        self.errors = errors
        self.pipesize = pipesize
        self.text_mode = encoding or errors or text or universal_newlines
        if self.text_mode and encoding is None:
            self.encoding = encoding = _text_encoding()
        self._sigint_wait_secs = 0.25
        self._closed_child_pipe_fds = False

        ids = _numeric_ids(user, group, extra_groups)
        # Ends of pipes: what the child reads is even, what it writes is odd.
        pipes = self._get_handles(stdin, stdout, stderr)
        p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite = pipes
        try:
            self._make_streams(p2cwrite, c2pread, errread, bufsize)
            self._execute_child(args, executable, preexec_fn, close_fds, tuple(pass_fds), cwd, env, shell, pipes,
                                restore_signals, ids, umask, start_new_session, process_group)
        except:
            for stream in filter(None, (self.stdin, self.stdout, self.stderr)):
                with contextlib.suppress(OSError):
                    stream.close()
            if not self._closed_child_pipe_fds:
                to_close = []
                if stdin == PIPE:
                    to_close.append(p2cread)
                if stdout == PIPE:
                    to_close.append(c2pwrite)
                if stderr == PIPE:
                    to_close.append(errwrite)
                if hasattr(self, '_devnull'):
                    to_close.append(self._devnull)
                for fd in to_close:
                    with contextlib.suppress(OSError):
                        os.close(fd)
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
    def universal_newlines(self, value):
        self.text_mode = bool(value)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, value, traceback):
        if self.stdout:
            self.stdout.close()
        if self.stderr:
            self.stderr.close()
        try:
            if self.stdin:
                self.stdin.close()
        finally:
            if exc_type == KeyboardInterrupt:
                # The child got the Ctrl-C as well: a moment to end by itself.
                if self._sigint_wait_secs > 0:
                    with contextlib.suppress(TimeoutExpired):
                        self._wait(timeout=self._sigint_wait_secs)
                self._sigint_wait_secs = 0
                return
            self.wait()

    def __del__(self, _maxsize=sys.maxsize, _warn=warnings.warn):
        if not self._child_created:
            return
        if self.returncode is None:
            _warn('subprocess %s is still running' % self.pid, ResourceWarning, source=self)
        self._internal_poll(_deadstate=_maxsize)
        if self.returncode is None and _active is not None:
            _active.append(self)

    # --- descriptors ---

    def _get_devnull(self):
        if not hasattr(self, '_devnull'):
            self._devnull = os.open(os.devnull, os.O_RDWR)
        return self._devnull

    def _make_pipe(self):
        read, write = os.pipe()
        if self.pipesize > 0:
            import fcntl
            fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, self.pipesize)
        return read, write

    def _get_handles(self, stdin, stdout, stderr):
        p2cread = p2cwrite = c2pread = c2pwrite = errread = errwrite = -1
        opened = []
        try:
            if stdin == PIPE:
                p2cread, p2cwrite = self._make_pipe()
                opened += p2cread, p2cwrite
            elif stdin is not None:
                p2cread = self._child_end(stdin)
            if stdout == PIPE:
                c2pread, c2pwrite = self._make_pipe()
                opened += c2pread, c2pwrite
            elif stdout is not None:
                c2pwrite = self._child_end(stdout)
            if stderr == PIPE:
                errread, errwrite = self._make_pipe()
                opened += errread, errwrite
            elif stderr == STDOUT:
                errwrite = c2pwrite if c2pwrite != -1 else sys.__stdout__.fileno()
            elif stderr is not None:
                errwrite = self._child_end(stderr)
        except:
            for fd in opened:
                os.close(fd)
            raise
        return p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite

    def _child_end(self, target):
        if target == DEVNULL:
            return self._get_devnull()
        if isinstance(target, int):
            return target
        return target.fileno()

    def _make_streams(self, p2cwrite, c2pread, errread, bufsize):
        line_buffering = False
        if bufsize == 1:
            if self.text_mode:
                line_buffering = True
            else:
                warnings.warn("line buffering (buffering=1) isn't supported in binary mode, "
                              'the default buffer size will be used', RuntimeWarning, stacklevel=3)
            bufsize = -1
        if p2cwrite != -1:
            self.stdin = io.open(p2cwrite, 'wb', bufsize)
            if self.text_mode:
                self.stdin = io.TextIOWrapper(self.stdin, write_through=True, line_buffering=line_buffering,
                                              encoding=self.encoding, errors=self.errors)
        if c2pread != -1:
            self.stdout = io.open(c2pread, 'rb', bufsize)
            if self.text_mode:
                self.stdout = io.TextIOWrapper(self.stdout, encoding=self.encoding, errors=self.errors)
        if errread != -1:
            self.stderr = io.open(errread, 'rb', bufsize)
            if self.text_mode:
                self.stderr = io.TextIOWrapper(self.stderr, encoding=self.encoding, errors=self.errors)

    def _close_pipe_fds(self, pipes):
        # What belongs to the child. A descriptor that was given to us stays open.
        p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite = pipes
        devnull = getattr(self, '_devnull', None)
        with contextlib.ExitStack() as stack:
            if p2cread != -1 and p2cwrite != -1 and p2cread != devnull:
                stack.callback(os.close, p2cread)
            if c2pwrite != -1 and c2pread != -1 and c2pwrite != devnull:
                stack.callback(os.close, c2pwrite)
            if errwrite != -1 and errread != -1 and errwrite != devnull:
                stack.callback(os.close, errwrite)
            if devnull is not None:
                stack.callback(os.close, devnull)
        self._closed_child_pipe_fds = True

    # --- the start ---

    def _execute_child(self, args, executable, preexec_fn, close_fds, pass_fds, cwd, env, shell, pipes, restore_signals,
                       ids, umask, start_new_session, process_group):
        if isinstance(args, (str, bytes)) or (isinstance(args, os.PathLike) and not shell):
            args = [args]
        elif isinstance(args, os.PathLike):
            raise TypeError('path-like args is not allowed when shell is true')
        else:
            args = list(args)
        if shell:
            args = ['/bin/sh', '-c'] + args
            if executable:
                args[0] = executable
        if executable is None:
            executable = args[0]
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
                gid, gids, uid = ids
                self.pid = _fork_exec(args, candidates, close_fds, tuple(sorted(map(int, keep))), cwd, settings, *pipes,
                                      report_read, report_write, restore_signals, start_new_session, process_group, gid,
                                      gids, uid, umask, preexec_fn, _USE_VFORK)
                self._child_created = True
            finally:
                os.close(report_write)
            self._close_pipe_fds(pipes)
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

    def _handle_exitstatus(self, sts, _waitstatus_to_exitcode=os.waitstatus_to_exitcode, _WIFSTOPPED=os.WIFSTOPPED,
                           _WSTOPSIG=os.WSTOPSIG):
        if _WIFSTOPPED(sts):
            self.returncode = -_WSTOPSIG(sts)
        else:
            self.returncode = _waitstatus_to_exitcode(sts)

    def _internal_poll(self, _deadstate=None, _waitpid=os.waitpid, _WNOHANG=os.WNOHANG, _ECHILD=errno.ECHILD):
        if self.returncode is None:
            if not self._waitpid_lock.acquire(False):
                return None  # another thread is about to know
            try:
                if self.returncode is not None:
                    return self.returncode
                pid, status = _waitpid(self.pid, _WNOHANG)
                if pid == self.pid:
                    self._handle_exitstatus(status)
            except OSError as problem:
                if _deadstate is not None:
                    self.returncode = _deadstate
                elif problem.errno == _ECHILD:
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

    def _wait(self, timeout):
        if self.returncode is not None:
            return self.returncode
        if timeout is None:
            while self.returncode is None:
                with self._waitpid_lock:
                    if self.returncode is not None:
                        break
                    pid, status = self._try_wait(0)
                    if pid == self.pid:
                        self._handle_exitstatus(status)
            return self.returncode
        deadline = _time() + timeout
        delay = 0.0005
        while True:
            if self._waitpid_lock.acquire(False):
                try:
                    if self.returncode is not None:
                        break
                    pid, status = self._try_wait(os.WNOHANG)
                    if pid == self.pid:
                        self._handle_exitstatus(status)
                        break
                finally:
                    self._waitpid_lock.release()
            rest = deadline - _time()
            if rest <= 0:
                raise TimeoutExpired(self.args, timeout)
            delay = min(delay * 2, rest, 0.05)
            time.sleep(delay)
        return self.returncode

    def wait(self, timeout=None):
        """Wait for the end of the process and return its exit status; TimeoutExpired when it did not come in time."""
        end = None if timeout is None else _time() + timeout
        try:
            return self._wait(timeout=timeout)
        except KeyboardInterrupt:
            if timeout is not None:
                self._sigint_wait_secs = min(self._sigint_wait_secs, max(0, end - _time()))
            wait_for, self._sigint_wait_secs = self._sigint_wait_secs, 0
            with contextlib.suppress(TimeoutExpired):
                self._wait(timeout=wait_for)
            raise

    def send_signal(self, sig):
        """Send a signal to the process, unless it is known to have ended."""
        self.poll()
        if self.returncode is not None:
            return  # its id may be that of another process by now
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, sig)

    def terminate(self):
        """Send SIGTERM to the process."""
        self.send_signal(signal.SIGTERM)

    def kill(self):
        """Send SIGKILL to the process."""
        self.send_signal(signal.SIGKILL)

    # --- input and output ---

    def communicate(self, input=None, timeout=None):
        """Write the input to the process, read what it writes, wait for its end: (stdout, stderr)."""
        if self._communication_started and input:
            raise ValueError('Cannot send input after starting communication')
        streams = [self.stdin, self.stdout, self.stderr]
        if timeout is None and not self._communication_started and streams.count(None) >= 2:
            return self._communicate_with_one(input)
        end = None if timeout is None else _time() + timeout
        try:
            stdout, stderr = self._communicate(input, end, timeout)
        except KeyboardInterrupt:
            if timeout is not None:
                self._sigint_wait_secs = min(self._sigint_wait_secs, max(0, end - _time()))
            wait_for, self._sigint_wait_secs = self._sigint_wait_secs, 0
            with contextlib.suppress(TimeoutExpired):
                self._wait(timeout=wait_for)
            raise
        finally:
            self._communication_started = True
        self.wait(timeout=None if end is None else end - _time())
        return stdout, stderr

    def _communicate_with_one(self, input):
        # At most one pipe: nothing can block another.
        stdout = stderr = None
        if self.stdin:
            self._stdin_write(input)
        elif self.stdout:
            stdout = self.stdout.read()
            self.stdout.close()
        elif self.stderr:
            stderr = self.stderr.read()
            self.stderr.close()
        self.wait()
        return stdout, stderr

    def _stdin_write(self, input):
        if input:
            with contextlib.suppress(BrokenPipeError):  # the process does not want it
                self.stdin.write(input)
        try:
            self.stdin.close()
        except BrokenPipeError:
            pass

    def _save_input(self, input):
        if self.stdin and self._input is None:
            self._input_offset = 0
            self._input = input
            if input is not None and self.text_mode:
                self._input = input.encode(self.stdin.encoding, self.stdin.errors)

    def _translate_newlines(self, data, encoding, errors):
        return data.decode(encoding, errors).replace('\r\n', '\n').replace('\r', '\n')

    def _check_timeout(self, end, timeout, stdout_parts, stderr_parts):
        if end is not None and _time() > end:
            raise TimeoutExpired(self.args, timeout, output=b''.join(stdout_parts) if stdout_parts else None,
                                 stderr=b''.join(stderr_parts) if stderr_parts else None)

    def _communicate(self, input, end, timeout):
        if self.stdin and not self._communication_started:
            with contextlib.suppress(BrokenPipeError):
                self.stdin.flush()
            if not input:
                with contextlib.suppress(BrokenPipeError):
                    self.stdin.close()
        if not self._communication_started:
            # What was read is kept: after a timeout communicate() may be called again.
            self._fileobj2output = {stream: [] for stream in (self.stdout, self.stderr) if stream}
        stdout = self._fileobj2output[self.stdout] if self.stdout else None
        stderr = self._fileobj2output[self.stderr] if self.stderr else None
        self._save_input(input)
        with _PopenSelector() as selector:
            if self.stdin and not self.stdin.closed and self._input:
                selector.register(self.stdin, selectors.EVENT_WRITE)
            for stream in (self.stdout, self.stderr):
                if stream and not stream.closed:
                    selector.register(stream, selectors.EVENT_READ)
            while selector.get_map():
                rest = None if end is None else end - _time()
                if rest is not None and rest < 0:
                    self._check_timeout(end, timeout, stdout, stderr)
                ready = selector.select(rest)
                self._check_timeout(end, timeout, stdout, stderr)
                for key, _ in ready:
                    if key.fileobj is self.stdin:
                        self._feed(selector)
                    else:
                        data = os.read(key.fd, 32768)
                        if not data:
                            selector.unregister(key.fileobj)
                            key.fileobj.close()
                        self._fileobj2output[key.fileobj].append(data)
        self.wait(timeout=None if end is None else max(end - _time(), 0))
        if stdout is not None:
            stdout = b''.join(stdout)
        if stderr is not None:
            stderr = b''.join(stderr)
        if self.text_mode:
            if stdout is not None:
                stdout = self._translate_newlines(stdout, self.stdout.encoding, self.stdout.errors)
            if stderr is not None:
                stderr = self._translate_newlines(stderr, self.stderr.encoding, self.stderr.errors)
        return stdout, stderr

    def _feed(self, selector):
        # One part of the input, as much as a pipe takes without waiting.
        part = self._input[self._input_offset:self._input_offset + _PIPE_BUF]
        try:
            self._input_offset += os.write(self.stdin.fileno(), part)
        except BrokenPipeError:
            selector.unregister(self.stdin)
            self.stdin.close()
        else:
            if self._input_offset >= len(self._input):
                selector.unregister(self.stdin)
                self.stdin.close()


def _numeric_ids(user, group, extra_groups):
    # Group, further groups and user as numbers; None where none was given.
    gid = gids = uid = None
    if group is not None:
        gid = _group_id(group, 'group')
        if gid < 0:
            raise ValueError(f'Group ID cannot be negative, got {gid}')
    if extra_groups is not None:
        if isinstance(extra_groups, str):
            raise TypeError('Groups must be a list, not a string')
        gids = [_group_id(item, 'extra_groups') for item in extra_groups]
        for item in gids:
            if item < 0:
                raise ValueError(f'Group ID cannot be negative, got {item}')
    if user is not None:
        if isinstance(user, str):
            import pwd
            uid = pwd.getpwnam(user).pw_uid
        elif isinstance(user, int):
            uid = user
        else:
            raise TypeError('User must be a string or an integer')
        if uid < 0:
            raise ValueError(f'User ID cannot be negative, got {uid}')
    for number in (gid, uid):
        if number is not None and number > 0xffffffff:
            raise OverflowError('Python int too large to convert to C long')
    for number in gids or ():
        if number > 0xffffffff:
            raise ValueError('invalid group id')
    return gid, gids, uid


def _group_id(group, what):
    if isinstance(group, str):
        import grp
        return grp.getgrnam(group).gr_gid
    if isinstance(group, int):
        return group
    if what == 'group':
        raise TypeError('Group must be a string or an integer, not {}'.format(type(group)))
    raise TypeError('Items in extra_groups must be a string or integer, not {}'.format(type(group)))
