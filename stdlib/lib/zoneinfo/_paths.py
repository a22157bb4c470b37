"""Where the files of time zones are."""
import os
import warnings

_USUAL = ('/usr/share/zoneinfo', '/usr/lib/zoneinfo', '/usr/share/lib/zoneinfo', '/etc/zoneinfo')
TZPATH = ()


class ZoneInfoNotFoundError(KeyError):
    """There is no such time zone."""


class InvalidTZPathWarning(RuntimeWarning):
    """PYTHONTZPATH holds paths that are not absolute."""


ZoneInfoNotFoundError.__module__ = InvalidTZPathWarning.__module__ = 'zoneinfo'


def _relative(paths):
    wrong = [path for path in paths if not os.path.isabs(path)]
    if not wrong:
        return ''
    return 'Paths should be absolute but found the following relative paths:\n    ' + '\n    '.join(wrong)


def _set(paths, level):
    global TZPATH
    if paths is not None:
        if isinstance(paths, (str, bytes)):
            raise TypeError(f'tzpaths must be a list or tuple, not {type(paths)}: {paths!r}')
        wrong = _relative(paths)
        if wrong:
            raise ValueError(wrong)
        TZPATH = tuple(paths)
        return
    given = os.environ.get('PYTHONTZPATH')
    if given is None:
        TZPATH = _USUAL
        return
    paths = given.split(os.pathsep) if given else ()
    wrong = _relative(paths)
    if wrong:
        warnings.warn('Invalid paths specified in PYTHONTZPATH environment variable. ' + wrong, InvalidTZPathWarning,
                      stacklevel=level)
    TZPATH = tuple(path for path in paths if os.path.isabs(path))


def reset_tzpath(to=None):
    """Searches these folders from now on, or those of the environment and the system."""
    _set(to, 5)


_set(None, 5)


def _check(key):
    """Refuses names that lead out of the folders."""
    if os.path.isabs(key):
        raise ValueError(f'ZoneInfo keys may not be absolute paths, got: {key}')
    clean = os.path.normpath(key)
    if len(clean) != len(key):
        raise ValueError(f'ZoneInfo keys must be normalized relative paths, got: {key}')
    if clean.split('/')[0] == '..':
        raise ValueError(f'ZoneInfo keys must refer to subdirectories of TZPATH, got: {key}')


def open_zone(key):
    """The file of a zone; the package tzdata is asked when the system has none."""
    _check(key)
    for folder in TZPATH:
        try:
            return open(os.path.join(folder, key), 'rb')
        except (OSError, ValueError):
            continue
    package, _, name = ('tzdata.zoneinfo.' + key.replace('/', '.')).rpartition('.')
    try:
        import importlib.resources
        return importlib.resources.files(package).joinpath(name).open('rb')
    except (ImportError, OSError, UnicodeEncodeError, ValueError):
        raise ZoneInfoNotFoundError(f'No time zone found with key {key}') from None


def _is_zone(path):
    try:
        with open(path, 'rb') as file:
            return file.read(4) == b'TZif'
    except OSError:
        return False


def available_timezones():
    """The names of all zones that can be found."""
    found = set()
    try:
        import importlib.resources
        text = importlib.resources.files('tzdata').joinpath('zones').read_text(encoding='utf-8')
        found.update(line.strip() for line in text.splitlines() if line.strip())
    except (ImportError, OSError):
        pass
    for top in TZPATH:
        for folder, folders, files in os.walk(top):
            if folder == top:
                # The same zones again, with leap seconds and without.
                folders[:] = [name for name in folders if name not in ('right', 'posix')]
            for name in files:
                path = os.path.join(folder, name)
                key = os.path.relpath(path, top)
                if key not in found and _is_zone(path):
                    found.add(key)
    found.discard('posixrules')
    return found
