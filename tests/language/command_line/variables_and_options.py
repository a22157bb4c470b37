# Options and variables of the environment, one process each: what they print and how they end.
import os
import subprocess
import sys
import tempfile

folder = tempfile.mkdtemp()
os.chdir(folder)


def write(name, text):
    os.makedirs(os.path.dirname(name) or '.', exist_ok=True)
    with open(name, 'w') as file:
        file.write(text)


write('show.py', 'import sys\nprint(sys.argv, __name__)\n')
write('fails.py', '1/0\n')
write('warns.py', 'import warnings\nwarnings.warn("w1")\nwarnings.warn("dep", DeprecationWarning)\nassert 0, "as"\n')
write('literal.py', 'x = 1\nif x is 1: print("\\d")\n')
write('marked.py', 'this is no Python at all\nimport sys\n1/0\n')
write('pkg/__main__.py', 'import sys\nprint("main", sys.argv[1:], __name__, repr(__package__), __spec__.name)\n')


def run(*words, text=None, **variables):
    environment = {'PATH': os.environ['PATH'], 'LC_ALL': 'C.UTF-8', **variables}
    done = subprocess.run([sys.executable, *words], input=text, capture_output=True, env=environment, timeout=60)
    print(*words, variables or '', '->', done.returncode)
    for stream in done.stdout, done.stderr:
        if stream:
            print('   ', ascii(stream.decode('utf-8', 'backslashreplace').replace(folder, '')))


print('--- encodings of the streams')
NAMES = 'import sys; print(sys.stdin.encoding, sys.stdout.encoding, sys.stdout.errors, sys.stderr.errors)'
run('-c', NAMES)
run('-c', NAMES, LC_ALL='', LANG='')
run('-c', NAMES, LC_ALL='C')
run('-c', NAMES, PYTHONIOENCODING='latin-1')
run('-c', NAMES, PYTHONIOENCODING='latin-1:replace')
run('-c', NAMES, PYTHONIOENCODING=':ignore')
run('-c', NAMES, LC_ALL='C', PYTHONUTF8='0', PYTHONCOERCECLOCALE='0')
run('-c', 'print(chr(233), chr(0xDC80))')
run('-c', 'print(chr(233))', PYTHONIOENCODING='ascii')
run('-c', 'print(chr(233))', PYTHONIOENCODING='cp437')
run('-X', 'utf8', '-c', 'import sys; print(sys.flags.utf8_mode)')
run('-X', 'utf8=0', '-c', 'import sys; print(sys.flags.utf8_mode)', PYTHONUTF8='1')
run('-X', 'utf8=5', '-c', '1')
run('-c', '1', PYTHONUTF8='yes')

print('--- warnings')
run('-O', 'warns.py')
run('-W', 'error', 'warns.py')
run('-W', 'ignore', 'warns.py')
run('-W', 'error::DeprecationWarning', 'warns.py')
run('warns.py', PYTHONWARNINGS='ignore', PYTHONOPTIMIZE='1')
run('-W', 'error', 'literal.py')
run('-W', 'ignore', 'literal.py')
run('-X', 'dev', '-c', 'import sys; print(sys.warnoptions, sys.flags.dev_mode)')
run('-b', '-c', 'print(str(b"x"), b"x" == "x", b"x" != 1, bytearray(b"x") == "x")')
run('-bb', '-c', 'print(b"x" == "x")')
run('-bb', '-c', '"%s" % b"x"')
run('-bb', '-c', 'print({b"a": 1, "b": 2}, "a" in [b"a"])')

print('--- limits and places')
run('-X', 'int_max_str_digits=640', '-c', 'print(len(str(10**639))); print(str(10**700))')
run('-c', 'import sys; print(sys.flags.int_max_str_digits, len(str(10**5000)))', PYTHONINTMAXSTRDIGITS='0')
run('-X', 'int_max_str_digits=5', '-c', '1')
run('-c', '1', PYTHONINTMAXSTRDIGITS='x')
run('-X', 'no_debug_ranges', 'fails.py')
run('fails.py', PYTHONNODEBUGRANGES='1')
run('fails.py')
run('-x', 'marked.py')
run('-P', '-c', 'import sys; print("" in sys.path, sys.flags.safe_path)')
run('-c', 'import sys; print("" in sys.path, sys.flags.safe_path)', PYTHONSAFEPATH='1')
run('-I', '-c', 'import sys; print("" in sys.path, sys.flags.isolated, sys.flags.no_user_site)')
run('-s', '-S', '-c', 'import sys; print(sys.flags.no_user_site, sys.flags.no_site)')
run('-c', 'import sys; print(sys.pycache_prefix)', PYTHONPYCACHEPREFIX='/somewhere')
run('pkg', 'a')
run('-I', 'pkg', 'a')

print('--- the prompt afterwards')
run('-i', '-c', 'x = 5', text=b'print(x)\nimport sys\nsys.exit(4)\n')
run('-i', 'fails.py', text=b'print(1)\n')
run('-c', 'x = 5', text=b'print(x)\n', PYTHONINSPECT='1')

print('--- breakpoint()')
run('-c', 'print(breakpoint())', PYTHONBREAKPOINT='0')
run('-c', 'print(breakpoint())', PYTHONBREAKPOINT='no.such')
run('-c', 'print(breakpoint())', PYTHONBREAKPOINT='os.no_such')
run('-c', 'print(breakpoint(1, end="!"))', PYTHONBREAKPOINT='builtins.print')
run('-c', '1', PYTHONHASHSEED='many')
