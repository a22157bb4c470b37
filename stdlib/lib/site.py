"""Where packages are installed: the folders for all users and for this one, and the .pth files in them.

Gila imports this module by itself only in a virtual environment, whose folder of packages is on sys.path then.
Otherwise no such folder is at first: programs, and main(), put them there.
"""
import builtins
import io
import os
import sys

PREFIXES = list(dict.fromkeys([sys.prefix, sys.exec_prefix]))
ENABLE_USER_SITE = None
USER_SITE = None
USER_BASE = None


def _trace(message):
    if sys.flags.verbose:
        print(message, file=sys.stderr)


def makepath(*paths):
    """(a path of several pieces, made absolute; the same for comparing)."""
    folder = os.path.join(*paths)
    try:
        folder = os.path.abspath(folder)
    except OSError:
        pass
    return folder, os.path.normcase(folder)


def abs_paths():
    """Make the __file__ of all modules absolute."""
    for module in set(sys.modules.values()):
        if getattr(getattr(module, '__loader__', None), '__module__', None) not in ('_frozen_importlib',
                                                                                    '_frozen_importlib_external'):
            continue
        for name in ('__file__', '__cached__'):
            try:
                setattr(module, name, os.path.abspath(getattr(module, name)))
            except (AttributeError, OSError, TypeError):
                pass


def removeduppaths():
    """Leave every folder on sys.path once, made absolute. The set of them."""
    kept, known = [], set()
    for folder in sys.path:
        folder, key = makepath(folder)
        if key not in known:
            kept.append(folder)
            known.add(key)
    sys.path[:] = kept
    return known


def _init_pathinfo():
    """The folders of sys.path, for comparing."""
    known = set()
    for folder in sys.path:
        try:
            if os.path.exists(folder):
                known.add(makepath(folder)[1])
        except TypeError:
            continue
    return known


def addpackage(sitedir, name, known_paths):
    """Read a .pth file: its lines are folders for sys.path, or imports to run. The known folders, or None if they were."""
    own = known_paths is None
    if own:
        known_paths = _init_pathinfo()
    fullname = os.path.join(sitedir, name)
    _trace(f'Processing .pth file: {fullname!r}')
    try:
        with io.TextIOWrapper(io.open_code(fullname), encoding='utf-8') as file:
            lines = file.read().splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    for number, line in enumerate(lines, 1):
        if line.startswith('#') or not line.strip():
            continue
        try:
            if line.startswith(('import ', 'import\t')):
                exec(line)
                continue
            folder, key = makepath(sitedir, line.rstrip())
            if key not in known_paths and os.path.exists(folder):
                sys.path.append(folder)
                known_paths.add(key)
        except Exception as error:
            print(f'Error processing line {number:d} of {fullname}:\n', file=sys.stderr)
            import traceback
            for text in traceback.format_exception(error):
                for shown in text.splitlines():
                    print('  ' + shown, file=sys.stderr)
            print('\nRemainder of file ignored', file=sys.stderr)
            break
    return None if own else known_paths


def addsitedir(sitedir, known_paths=None):
    """Put a folder on sys.path, and what its .pth files name."""
    _trace(f'Adding directory: {sitedir!r}')
    own = known_paths is None
    if own:
        known_paths = _init_pathinfo()
    sitedir, key = makepath(sitedir)
    if key not in known_paths:
        sys.path.append(sitedir)
        known_paths.add(key)
    try:
        names = sorted(os.listdir(sitedir))
    except OSError:
        return None
    for name in names:
        if name.endswith('.pth') and not name.startswith('.'):
            addpackage(sitedir, name, known_paths)
    return None if own else known_paths


def check_enableusersite():
    """Whether the user's own folder may be used: False if it was switched off, None if that is not safe."""
    if sys.flags.no_user_site:
        return False
    if os.getuid() != os.geteuid() or os.getgid() != os.getegid():
        return None
    return True


def _getuserbase():
    return os.environ.get('PYTHONUSERBASE') or os.path.join(os.path.expanduser('~'), '.local')


def _get_path(userbase):
    return f'{userbase}/lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages'


def getuserbase():
    """The folder under which a user installs packages."""
    global USER_BASE
    if USER_BASE is None:
        USER_BASE = _getuserbase()
    return USER_BASE


def getusersitepackages():
    """The user's folder of packages."""
    global USER_SITE, ENABLE_USER_SITE
    base = getuserbase()
    if USER_SITE is None:
        if base is None:
            ENABLE_USER_SITE = False
        else:
            USER_SITE = _get_path(base)
    return USER_SITE


def addusersitepackages(known_paths):
    """Put the user's folder on sys.path, if it is there and may be used."""
    folder = getusersitepackages()
    if ENABLE_USER_SITE and os.path.isdir(folder):
        addsitedir(folder, known_paths)
    return known_paths


def getsitepackages(prefixes=None):
    """The folders of packages for all users."""
    found = []
    for prefix in dict.fromkeys(PREFIXES if prefixes is None else prefixes):
        if not prefix:
            continue
        for library in dict.fromkeys([getattr(sys, 'platlibdir', 'lib'), 'lib']):
            found.append(os.path.join(prefix, library, f'python{sys.version_info[0]}.{sys.version_info[1]}',
                                      'site-packages'))
    return found


def addsitepackages(known_paths, prefixes=None):
    """Put the folders for all users on sys.path, those that are there."""
    for folder in getsitepackages(prefixes):
        if os.path.isdir(folder):
            addsitedir(folder, known_paths)
    return known_paths


# What Gila puts into builtins by itself, so that the functions below can put it back.
_OF_BUILTINS = {name: getattr(builtins, name) for name in ('quit', 'exit', 'copyright', 'credits', 'license', 'help')
                if hasattr(builtins, name)}


def _put_back(*names):
    for name in names:
        if name in _OF_BUILTINS:
            setattr(builtins, name, _OF_BUILTINS[name])


def setquit():
    """quit() and exit() in builtins."""
    _put_back('quit', 'exit')


def setcopyright():
    """copyright, credits and license in builtins."""
    _put_back('copyright', 'credits', 'license')


def sethelper():
    """help() in builtins."""
    _put_back('help')


def enablerlcompleter():
    """Completion and a file of what was typed for the prompt: a function in sys.__interactivehook__ sees to both."""
    def register_readline():
        import atexit
        try:
            import readline
            import rlcompleter
        except ImportError:
            return
        readline.parse_and_bind('tab: complete')
        try:
            readline.read_init_file()
        except OSError:
            pass  # there is none
        if readline.get_current_history_length() == 0:
            history = os.path.join(os.path.expanduser('~'), '.python_history')
            try:
                readline.read_history_file(history)
            except OSError:
                pass
            atexit.register(_write_history, readline, history)

    sys.__interactivehook__ = register_readline


def _write_history(readline, path):
    try:
        readline.write_history_file(path)
    except OSError:
        pass  # a home that cannot be written to


def execsitecustomize():
    """Run sitecustomize, if there is one."""
    _import_quietly('sitecustomize')


def execusercustomize():
    """Run usercustomize, if there is one."""
    _import_quietly('usercustomize')


def _import_quietly(name):
    try:
        __import__(name)
    except ImportError as error:
        if error.name != name:
            raise
    except Exception as error:
        if sys.flags.verbose:
            sys.excepthook(*sys.exc_info())
        else:
            sys.stderr.write(f'Error in {name}; set PYTHONVERBOSE for traceback:\n{error.__class__.__name__}: {error}\n')


def _sees_system_packages(file):
    """What pyvenv.cfg says of include-system-site-packages; true without a word."""
    answer = 'true'
    with open(file, encoding='utf-8') as lines:
        for line in lines:
            key, sign, value = line.partition('=')
            if sign and key.strip().lower() == 'include-system-site-packages':
                answer = value.strip().lower()
    return answer == 'true'


def venv(known_paths):
    """In a virtual environment put its folder of packages on sys.path."""
    global PREFIXES, ENABLE_USER_SITE
    settings = os.path.join(sys.prefix, 'pyvenv.cfg')
    if sys.prefix != sys.base_prefix and os.path.isfile(settings):
        addsitepackages(known_paths, [sys.prefix])
        if _sees_system_packages(settings):
            PREFIXES = list(dict.fromkeys([sys.prefix, sys.base_prefix, sys.base_exec_prefix]))
        else:
            PREFIXES, ENABLE_USER_SITE = [sys.prefix], False
    return known_paths


def _enter_environment():
    """main() of an interpreter that starts in a virtual environment; the script's folder stays as it is written."""
    known = venv(_init_pathinfo())
    if ENABLE_USER_SITE:
        addusersitepackages(known)
    addsitepackages(known, PREFIXES[1:])
    execsitecustomize()
    if ENABLE_USER_SITE:
        execusercustomize()


def main():
    """Put all the folders on sys.path."""
    global ENABLE_USER_SITE
    known = venv(removeduppaths())
    if ENABLE_USER_SITE is None:
        ENABLE_USER_SITE = check_enableusersite()
    known = addusersitepackages(known)
    addsitepackages(known)
    execsitecustomize()
    if ENABLE_USER_SITE:
        execusercustomize()


ENABLE_USER_SITE = check_enableusersite()
getusersitepackages()


def _script():
    """python -m site: what is known; --user-base, --user-site: that alone."""
    args = sys.argv[1:]
    if not args:
        print('sys.path = [')
        for folder in sys.path:
            print(f'    {folder!r},')
        print(']')
        for label, folder in (('USER_BASE', getuserbase()), ('USER_SITE', getusersitepackages())):
            there = '' if folder is None else ' (exists)' if os.path.isdir(folder) else " (doesn't exist)"
            print(f'{label}: {folder!r}{there}')
        print(f'ENABLE_USER_SITE: {ENABLE_USER_SITE!r}')
        sys.exit(0)
    shown = [{'--user-base': getuserbase, '--user-site': getusersitepackages}[arg]()
             for arg in args if arg in ('--user-base', '--user-site')]
    if not shown:
        print(f'{sys.argv[0]} [--user-base] [--user-site]\n\nWithout arguments print some useful information\n'
              "With arguments print the value of USER_BASE and/or USER_SITE separated\nby ':'.\n\n"
              'Exit codes with --user-base or --user-site:\n  0 - user site directory is enabled\n'
              '  1 - user site directory is disabled by user\n  2 - user site directory is disabled by super user\n'
              '      or for security reasons\n >2 - unknown error')
        sys.exit(10)
    print(os.pathsep.join(shown))
    sys.exit(0 if ENABLE_USER_SITE else 1 if ENABLE_USER_SITE is False else 2)


if __name__ == '__main__':
    _script()
