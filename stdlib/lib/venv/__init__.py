"""Virtual environments: a folder with its own packages, and a link to Gila that finds them.

The interpreter is told by a file pyvenv.cfg beside the folder of the link; what is on sys.path then is site's affair.
"""
import importlib.util
import logging
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import types

CORE_VENV_DEPS = ('pip', 'setuptools')
logger = logging.getLogger(__name__)

_VERSION = f'{sys.version_info[0]}.{sys.version_info[1]}'


class EnvBuilder:
    """Makes environments; a subclass takes part in the steps that create() goes through."""

    def __init__(self, system_site_packages=False, clear=False, symlinks=False, upgrade=False, with_pip=False,
                 prompt=None, upgrade_deps=False):
        self.system_site_packages, self.clear, self.symlinks = system_site_packages, clear, symlinks
        self.upgrade, self.with_pip, self.upgrade_deps = upgrade, with_pip, upgrade_deps
        self.orig_prompt = prompt
        self.prompt = os.path.basename(os.getcwd()) if prompt == '.' else prompt

    def create(self, env_dir):
        """Make an environment in a folder."""
        env_dir = os.path.abspath(env_dir)
        context = self.ensure_directories(env_dir)
        # pip is to go into the environment alone, whatever it sees besides later.
        wanted, self.system_site_packages = self.system_site_packages, False
        self.create_configuration(context)
        self.setup_python(context)
        if self.with_pip:
            self._setup_pip(context)
        if not self.upgrade:
            self.setup_scripts(context)
            self.post_setup(context)
        if wanted:
            self.system_site_packages = True
            self.create_configuration(context)
        if self.upgrade_deps:
            self.upgrade_dependencies(context)

    def clear_directory(self, path):
        """Remove what is in a folder."""
        for name in os.listdir(path):
            inside = os.path.join(path, name)
            if os.path.isdir(inside) and not os.path.islink(inside):
                shutil.rmtree(inside)
            else:
                os.remove(inside)

    def ensure_directories(self, env_dir):
        """Make the folders of an environment; a namespace with its paths."""
        if os.pathsep in os.fspath(env_dir):
            raise ValueError(f'Refusing to create a venv in {env_dir} because it contains the PATH '
                             f'separator {os.pathsep}.')
        if os.path.exists(env_dir) and self.clear:
            self.clear_directory(env_dir)
        executable = sys._base_executable
        if not executable:
            raise ValueError('Unable to determine path to the running Python interpreter. Provide an explicit path or '
                             'check that your PATH environment variable is correctly set.')
        context = types.SimpleNamespace(env_dir=env_dir, env_name=os.path.basename(env_dir))
        context.prompt = f'({context.env_name if self.prompt is None else self.prompt}) '
        context.executable = executable
        context.python_dir, context.python_exe = os.path.split(executable)
        where = {'base': env_dir, 'platbase': env_dir, 'installed_base': env_dir, 'installed_platbase': env_dir}
        context.inc_path = sysconfig.get_path('include', scheme='venv', vars=where)
        library = sysconfig.get_path('purelib', scheme='venv', vars=where)
        context.bin_path = sysconfig.get_path('scripts', scheme='venv', vars=where)
        context.bin_name = os.path.relpath(context.bin_path, env_dir)
        context.env_exe = os.path.join(context.bin_path, context.python_exe)
        context.env_exec_cmd = context.env_exe
        context.cfg_path = ''
        for folder in env_dir, context.inc_path, library, context.bin_path:
            self._make_folder(folder)
        link = os.path.join(env_dir, 'lib64')
        if not os.path.lexists(link):
            os.symlink('lib', link)
        return context

    @staticmethod
    def _make_folder(path):
        if os.path.islink(path) or os.path.isfile(path):
            raise ValueError(f'Unable to create directory {path!r}')
        os.makedirs(path, exist_ok=True)

    def create_configuration(self, context):
        """Write pyvenv.cfg, which makes an environment of the folder."""
        context.cfg_path = os.path.join(context.env_dir, 'pyvenv.cfg')
        known = {'home': context.python_dir,
                 'include-system-site-packages': 'true' if self.system_site_packages else 'false',
                 'version': '.'.join(map(str, sys.version_info[:3]))}
        if self.prompt is not None:
            known['prompt'] = repr(self.prompt)
        known['executable'] = os.path.realpath(context.executable)
        known['command'] = ' '.join([context.executable, '-m venv', *self._options(), context.env_dir])
        with open(context.cfg_path, 'w', encoding='utf-8') as file:
            file.writelines(f'{key} = {value}\n' for key, value in known.items())

    def _options(self):
        for option, given in (('--copies', not self.symlinks), ('--without-pip', not self.with_pip),
                              ('--system-site-packages', self.system_site_packages), ('--clear', self.clear),
                              ('--upgrade', self.upgrade), ('--upgrade-deps', self.upgrade_deps)):
            if given:
                yield option
        if self.orig_prompt is not None:
            yield f'--prompt="{self.orig_prompt}"'

    def symlink_or_copy(self, src, dst, relative_symlinks_ok=False):
        """Put a program into the environment: a link if links are wanted and possible, else a copy."""
        if self.symlinks:
            near = relative_symlinks_ok and os.path.dirname(src) == os.path.dirname(dst)
            try:
                if not os.path.islink(dst):
                    os.symlink(os.path.basename(src) if near else src, dst)
                return
            except OSError:
                logger.warning('Unable to symlink %r to %r', src, dst)
        shutil.copyfile(src, dst)

    def setup_python(self, context):
        """The interpreter, by all the names that programs call it."""
        self._put(context, context.executable, context.env_exe)
        for name in 'python', 'python3', f'python{_VERSION}':
            self._put(context, context.env_exe, os.path.join(context.bin_path, name), near=True)

    def _put(self, context, source, path, near=False):
        if os.path.lexists(path):  # of an earlier time, or the interpreter itself has this name
            if not self.upgrade or os.path.exists(path):
                return
            os.remove(path)  # a link to an interpreter that is gone
        if near:
            os.symlink(os.path.basename(source), path)
            return
        self.symlink_or_copy(source, path)
        if not os.path.islink(path):
            os.chmod(path, 0o755)

    def _setup_pip(self, context):
        """Let ensurepip put pip into the environment."""
        self._call_new_python(context, '-m', 'ensurepip', '--upgrade', '--default-pip', stderr=subprocess.STDOUT)

    def _call_new_python(self, context, *args, **options):
        environment = {**os.environ, 'VIRTUAL_ENV': context.env_dir}
        environment.pop('PYTHONHOME', None)
        environment.pop('PYTHONPATH', None)
        subprocess.check_output([context.env_exec_cmd, *args], env=environment, cwd=context.env_dir, **options)

    def setup_scripts(self, context):
        """The files that switch a shell over."""
        from venv._scripts import FILES
        for name, text in FILES.items():
            path = os.path.join(context.bin_path, name)
            with open(path, 'w', encoding='utf-8') as file:
                file.write(self._filled_in(text, context, quote=_for_fish if name.endswith('.fish') else shlex.quote))

    def post_setup(self, context):
        """For subclasses: the environment is there."""

    def replace_variables(self, text, context):
        """The text of a script with the paths of the environment in it."""
        return self._filled_in(text, context, quote=str)

    @staticmethod
    def _filled_in(text, context, quote):
        for name, value in (('__VENV_DIR__', quote(context.env_dir)), ('__VENV_NAME__', quote(context.env_name)),
                            ('__VENV_PROMPT__', quote(context.prompt)), ('__VENV_BIN_NAME__', context.bin_name),
                            ('__VENV_PYTHON__', quote(context.env_exe))):
            text = text.replace(name, value)
        return text

    def install_scripts(self, context, path):
        """Fill in and copy scripts of a folder, from its parts "common" and one named like os.name."""
        for part in 'common', os.name:
            top = os.path.join(path, part)
            for folder, _, names in os.walk(top):
                to = os.path.join(context.bin_path, os.path.relpath(folder, top)) if folder != top else context.bin_path
                os.makedirs(to, exist_ok=True)
                for name in names:
                    self._install_script(context, os.path.join(folder, name), os.path.join(to, name))

    def _install_script(self, context, source, target):
        with open(source, 'rb') as file:
            data = file.read()
        if not source.endswith('.exe'):
            try:
                data = self.replace_variables(data.decode('utf-8'), context).encode('utf-8')
            except UnicodeError as error:
                logger.warning('unable to copy script %r, may be binary: %s', source, error)
                return
        with open(target, 'wb') as file:
            file.write(data)
        shutil.copymode(source, target)

    def upgrade_dependencies(self, context):
        """Let the environment's pip fetch itself and setuptools anew."""
        logger.debug('Upgrading %s packages in %s', CORE_VENV_DEPS, context.bin_path)
        self._call_new_python(context, '-m', 'pip', 'install', '--upgrade', *CORE_VENV_DEPS)


def _for_fish(text):
    return "'" + text.replace('\\', '\\\\').replace("'", "\\'") + "'"


def create(env_dir, system_site_packages=False, clear=False, symlinks=False, with_pip=False, prompt=None,
           upgrade_deps=False):
    """Make an environment in a folder."""
    EnvBuilder(system_site_packages=system_site_packages, clear=clear, symlinks=symlinks, with_pip=with_pip,
               prompt=prompt, upgrade_deps=upgrade_deps).create(env_dir)


def _parser():
    import argparse
    parser = argparse.ArgumentParser(
        prog='venv', description='Creates virtual Python environments in one or more target directories.',
        epilog='An environment is entered by reading the file "activate" in its folder bin.')
    parser.add_argument('dirs', metavar='ENV_DIR', nargs='+', help='a folder for an environment')
    parser.add_argument('--system-site-packages', action='store_true', dest='system_site',
                        help="let it see the packages of the system's folder, too")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument('--symlinks', action='store_true', default=True, help='link the interpreter (as without options)')
    kind.add_argument('--copies', action='store_false', dest='symlinks', help='copy the interpreter')
    parser.add_argument('--clear', action='store_true', help='remove what is in the folder first')
    parser.add_argument('--upgrade', action='store_true', help='make it one of this version of the interpreter')
    parser.add_argument('--without-pip', action='store_false', dest='with_pip', help='do not install pip')
    parser.add_argument('--prompt', help='what the prompt of the shell shows')
    parser.add_argument('--upgrade-deps', action='store_true', help='fetch pip and setuptools anew')
    return parser


def main(args=None):
    """python -m venv"""
    parser = _parser()
    options = parser.parse_args(args)
    if options.upgrade and options.clear:
        raise ValueError('you cannot supply --upgrade and --clear together.')
    if options.with_pip and importlib.util.find_spec('ensurepip') is None:
        options.with_pip = False
        print('venv: there is no ensurepip, so pip is not installed', file=sys.stderr)
    builder = EnvBuilder(system_site_packages=options.system_site, clear=options.clear, symlinks=options.symlinks,
                         upgrade=options.upgrade, with_pip=options.with_pip, prompt=options.prompt,
                         upgrade_deps=options.upgrade_deps)
    for folder in options.dirs:
        builder.create(folder)
