# An environment: what is made, what its interpreter knows of itself, where it finds packages.
import contextlib
import io
import os
import subprocess
import sys
import tempfile
import venv

folder = os.path.realpath(tempfile.mkdtemp())
home = os.path.join(folder, 'env')
venv.create(home, symlinks=True)


def shown(text):
    return text.replace(folder, 'FOLDER')


print(sorted(set(os.listdir(os.path.join(home, 'bin'))) & {'activate', 'activate.csh', 'activate.fish', 'python', 'python3'}))
print(os.path.islink(os.path.join(home, 'bin', 'python')), os.readlink(os.path.join(home, 'lib64')),
      os.path.samefile(os.path.join(home, 'bin', 'python3'), sys.executable))
with open(os.path.join(home, 'pyvenv.cfg')) as file:
    settings = dict(line.rstrip('\n').split(' = ', 1) for line in file)
print(list(settings), settings['include-system-site-packages'], os.path.samefile(settings['executable'], sys.executable),
      settings['version'] == '.'.join(map(str, sys.version_info[:3])), shown(settings['command']).split()[1:])

packages = os.path.join(home, 'lib', 'python3.11', 'site-packages')
os.makedirs(os.path.join(folder, 'more'))
for path, text in ((os.path.join(packages, 'polly.py'), 'says = "cracker"\n'), (os.path.join(folder, 'more', 'far.py'), 'off = 1\n'),
                   (os.path.join(packages, 'more.pth'), os.path.join(folder, 'more') + '\nimport sys; sys.seen = 1\n'),
                   (os.path.join(folder, 'script.py'), 'import sys, polly\nprint(sys.path[0], polly.says)\n')):
    with open(path, 'w') as file:
        file.write(text)

FACTS = '''
import sys, sysconfig
print(sys.prefix, sys.exec_prefix == sys.prefix, sys.base_prefix != sys.prefix, sys.executable)
print(sysconfig.get_path('purelib'), sysconfig.get_preferred_scheme('prefix'))
import polly, far
print(polly.__file__, far.__file__, sys.seen)
import site
print(site.PREFIXES, site.ENABLE_USER_SITE, 'prefix of packages', site.getsitepackages()[0])
'''


def run(*command, **options):
    environment = {name: value for name, value in os.environ.items() if name != 'PYTHONPATH'}
    result = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, **options)
    lines = result.stderr.splitlines()
    print(shown(result.stdout), end='')
    print(result.returncode, shown(lines[-1]) if lines else '')


print('--- its interpreter')
python = os.path.join(home, 'bin', 'python')
run(python, '-c', FACTS)
run('env/bin/python3', 'script.py')
run(python, '-I', '-c', 'import polly; print(polly.says)')
run(python, '-S', '-c', 'import sys; print(sys.prefix == sys.base_prefix); import polly')
run('sh', '-c', 'PATH=$1/env/bin:$PATH; python -c "import sys; print(sys.prefix)"', 'sh', folder)
run(python, '-c', 'import subprocess, sys; sys.stdout.flush(); subprocess.run([sys.executable, "-c", "import polly; print(polly.says)"])')

print('--- switching a shell over')
run('sh', '-c', '''cd env; PS1="$ "; . bin/activate; python -c "import polly; print(polly.says)"; echo "$VIRTUAL_ENV|$VIRTUAL_ENV_PROMPT|$PS1"
before=$PATH; deactivate; echo "${VIRTUAL_ENV-none}|$PS1"; test "$before" != "$PATH"''')

print('--- builders')


class Builder(venv.EnvBuilder):
    def post_setup(self, context):
        print(sorted(set(vars(context)) & {'env_dir', 'env_name', 'prompt', 'executable', 'python_dir', 'python_exe', 'inc_path',
                                          'lib_path', 'bin_path', 'bin_name', 'env_exe', 'env_exec_cmd', 'cfg_path'}))
        print(context.env_name, repr(context.prompt), context.bin_name, os.path.samefile(context.env_exe, sys.executable), shown(context.cfg_path))
        print(self.replace_variables('__VENV_NAME__ in __VENV_DIR__, __VENV_BIN_NAME__', context).replace(folder, 'FOLDER'))


Builder(system_site_packages=True, symlinks=True, prompt='parrots').create(os.path.join(folder, 'second'))
with open(os.path.join(folder, 'second', 'pyvenv.cfg')) as file:
    print([line.rstrip() for line in file if line.startswith(('incl', 'prompt'))])
leftover = os.path.join(folder, 'second', 'leftover')
open(leftover, 'w').close()
venv.EnvBuilder(symlinks=True).create(os.path.join(folder, 'second'))
print(os.path.exists(leftover))
venv.EnvBuilder(clear=True, symlinks=True).create(os.path.join(folder, 'second'))
print(os.path.exists(leftover))
for path in os.path.join(folder, 'a:b'), os.path.join(folder, 'script.py'):
    try:
        venv.create(path)
    except Exception as error:
        print(type(error).__name__, shown(str(error)))
run(sys.executable, '-m', 'venv', '--without-pip', 'one', 'two')
print(os.path.exists(os.path.join(folder, 'two', 'bin', 'activate')))
run(sys.executable, '-m', 'venv', '--without-pip', '--clear', '--upgrade', 'one')
