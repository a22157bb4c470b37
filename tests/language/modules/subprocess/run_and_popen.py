# Running programs: output, input, errors, time limits, environment, folder, descriptors, text.
import os
import signal
import subprocess
from subprocess import DEVNULL, PIPE, STDOUT, Popen, run

print(run(['echo', 'hello'], capture_output=True))
print(run(['cat'], input='text\nlines\r\n', text=True, capture_output=True).stdout.split('\n'))
print(run('echo out; echo err >&2; exit 3', shell=True, stdout=PIPE, stderr=PIPE))
print(run('echo out; echo err >&2', shell=True, stdout=PIPE, stderr=STDOUT, text=True).stdout.split())
print(run(['true']).returncode, subprocess.call(['false']), subprocess.check_call(['true'], stdout=DEVNULL))
print(subprocess.check_output(['printf', 'a%s', 'b']), subprocess.getoutput('echo x; echo y'),
      subprocess.getstatusoutput('exit 2'))


def attempt(function, *arguments, **keywords):
    try:
        print(function(*arguments, **keywords))
    except Exception as problem:
        print(type(problem).__name__, problem)


attempt(run, ['false'], check=True)
attempt(subprocess.check_output, 'echo partial; exit 9', shell=True)
attempt(run, ['sleep', '30'], timeout=0.05, stdin=PIPE, stdout=PIPE)
attempt(run, ['no such program'])
attempt(run, ['./no/such'])
attempt(run, ['echo'], cwd='/no/such/folder')
attempt(run, ['/etc/passwd'])
attempt(run, ['echo'], bufsize='x')
attempt(run, ['cat'], input=b'', stdin=PIPE)
attempt(subprocess.check_output, ['echo'], stdout=PIPE)
attempt(run, ['echo'], capture_output=True, stdout=PIPE)
attempt(Popen, ['echo'], text=False, universal_newlines=True)
attempt(Popen, ['echo', 'a\0b'])

print(run(['pwd'], cwd='/', capture_output=True).stdout, run(['env'], env={'A': '1', 'B': 'é'}, capture_output=True).stdout)
print(run('kill -TERM $$', shell=True).returncode, subprocess.CalledProcessError(-15, 'x'), subprocess.CalledProcessError(-99, 'x'))

with Popen(['cat'], stdin=PIPE, stdout=PIPE) as process:
    process.stdin.write(b'through a pipe')
    process.stdin.close()
    print(process.stdout.read(), process.wait(), process.poll(), process.pid > 0)
print(process)

process = Popen(['sleep', '30'])
print(process.poll())
attempt(process.wait, timeout=0.01)
process.terminate()
print(process.wait() == -signal.SIGTERM, process.send_signal(9))
process = Popen(['sleep', '30'], start_new_session=True)
process.kill()
print(process.wait())

big = b'x' * 300_000
process = Popen(['cat'], stdin=PIPE, stdout=PIPE, stderr=PIPE)
out, err = process.communicate(big)
print(out == big, err, process.returncode)
process = Popen('sleep 0.2; echo done', shell=True, stdout=PIPE, text=True)
try:
    process.communicate(timeout=0.01)
except subprocess.TimeoutExpired as problem:
    print(problem)
print(process.communicate())

reader, writer = os.pipe()
print(run(f'echo passed >&{writer}', shell=True, pass_fds=[writer]).returncode, os.read(reader, 20))
print(run(f'echo closed >&{writer}', shell=True, stderr=DEVNULL).returncode != 0)
print(run(['sh', '-c', 'umask'], umask=0o077, capture_output=True).stdout)
os.write(writer, b'from preexec: ')
print(run(['true'], preexec_fn=lambda: os.write(writer, b'ran'), pass_fds=[writer]).returncode, os.read(reader, 50))
attempt(run, ['true'], preexec_fn=lambda: 1 / 0)
with os.popen('echo popen') as stream:
    print(stream.read(), end='')
print(os.popen('exit 3').close() == 3 << 8, subprocess.list2cmdline(['a b', 'c"d', '', 'e\\']))
before = len(os.listdir('/proc/self/fd'))
for _ in range(20):
    run(['true'], capture_output=True)
print(len(os.listdir('/proc/self/fd')) - before)
