# Processes by hand: fork and its hooks, exec, spawn, waiting, statuses, sessions, pipes, files in memory.
import os
import signal
import sys
import threading

calls = []
os.register_at_fork(before=lambda: calls.append('before'), after_in_parent=lambda: calls.append('parent'),
                    after_in_child=lambda: calls.append('child'))
os.register_at_fork(before=lambda: calls.append('first'))
reader, writer = os.pipe()
pid = os.fork()
if pid == 0:
    os.write(writer, repr(calls).encode())
    os._exit(7)
pid_waited, status = os.waitpid(pid, 0)
print(pid_waited == pid, os.WIFEXITED(status), os.WEXITSTATUS(status), os.waitstatus_to_exitcode(status))
print(os.read(reader, 100).decode(), calls)

pid = os.fork()
if pid == 0:
    signal.pause()
os.kill(pid, signal.SIGKILL)
_, status = os.waitpid(pid, 0)
print(os.WIFSIGNALED(status), os.WTERMSIG(status), os.waitstatus_to_exitcode(status), os.WCOREDUMP(status))

sys.stdout.flush()
print(os.spawnlp(os.P_WAIT, 'true', 'true'), os.spawnvp(os.P_WAIT, 'sh', ['sh', '-c', 'exit 4']),
      os.spawnle(os.P_WAIT, '/bin/sh', 'sh', '-c', 'exit $CODE', {'CODE': '6'}))
pid = os.posix_spawn('/bin/sh', ['sh', '-c', 'exit 5'], os.environ, file_actions=[(os.POSIX_SPAWN_CLOSE, 0)])
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
pid = os.fork()
if pid == 0:
    os.execlp('sh', 'sh', '-c', 'exit 8')
answer = os.wait4(pid, 0)
print(answer[0] == pid, answer[1] >> 8, type(answer[2]).__name__)
pid = os.spawnlp(os.P_NOWAIT, 'sh', 'sh', '-c', 'exit 9')
info = os.waitid(os.P_PID, pid, os.WEXITED)
print(info.si_pid == pid, info.si_status, info.si_code == os.CLD_EXITED)


def attempt(function, *arguments, **keywords):
    try:
        print(function(*arguments, **keywords))
    except Exception as problem:
        print(type(problem).__name__, problem)


attempt(os.waitpid, -1, os.WNOHANG)
attempt(os.execv, '/no/such', ['x'])
attempt(os.execv, '/bin/true', [])
attempt(os.kill, 2**22 + 5, 0)
attempt(os.register_at_fork)
attempt(os.register_at_fork, before=3)
attempt(os.posix_spawn, '/no/such', ['x'], {})
attempt(os.waitstatus_to_exitcode, 0xff7f)
attempt(os.sysconf, 'SC_NOTHING')

# A thread that runs while another one forks: the child has one thread and works.
stop = threading.Event()
thread = threading.Thread(target=stop.wait)
thread.start()
pid = os.fork()
if pid == 0:
    done = []
    inner = threading.Thread(target=lambda: done.append(threading.active_count()))
    inner.start()
    inner.join()
    os.write(writer, f'{threading.active_count()} {done} {threading.current_thread().name}'.encode())
    os._exit(0)
os.waitpid(pid, 0)
stop.set()
thread.join()
print(os.read(reader, 100).decode())

fd = os.memfd_create('memory')
print(os.write(fd, b'0123456789'), os.pread(fd, 4, 3), os.pwrite(fd, b'xx', 5), os.pread(fd, 10, 0))
first, second = bytearray(3), bytearray(4)
print(os.preadv(fd, [first, second], 1), first, second, os.writev(fd, [b'a', b'bc']), os.fstat(fd).st_size)
print(os.sendfile(writer, fd, 0, 5), os.read(reader, 10))
# A group or session that began outside of the process's own namespace has the number 0.
print(os.getpgid(os.getpid()) == os.getpgid(0), os.getsid(os.getpid()) == os.getsid(0), os.sched_getscheduler(0) == os.SCHED_OTHER)
print(os.sysconf('SC_PAGESIZE') == 4096, os.cpu_count() >= 1, len(os.getloadavg()), os.umask(os.umask(0o022)) == 0o022)
event = os.eventfd(3)
os.eventfd_write(event, 4)
print(os.eventfd_read(event), len(os.getrandom(7)), len(os.urandom(5)))
master, slave = os.openpty()
print(os.isatty(slave), os.ttyname(slave).startswith('/dev/pts/'), os.write(slave, b'tty'), os.read(master, 10))
os.environ['GILA_TEST'] = 'é'
print(os.environb[b'GILA_TEST'], os.getenvb(b'GILA_TEST'), os.environ | {} == dict(os.environ))
del os.environ['GILA_TEST']
print('GILA_TEST' in os.environ)
