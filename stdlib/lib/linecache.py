"""Lines of source files, remembered, as tracebacks and debuggers want them."""
import os
import sys

__all__ = ['getline', 'clearcache', 'checkcache', 'lazycache']

# By file name: (size, mtime, lines, full name), or a tuple with one function that gives the source when it is wanted.
cache = {}


def clearcache():
    """Forget every file."""
    cache.clear()


def getline(filename, lineno, module_globals=None):
    """One line with its newline; an empty string when there is none, whatever the reason."""
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if 1 <= lineno <= len(lines) else ''


def getlines(filename, module_globals=None):
    """All lines of a file; an empty list when it cannot be read."""
    entry = cache.get(filename)
    if entry is not None and len(entry) != 1:
        return entry[2]
    try:
        return updatecache(filename, module_globals)
    except MemoryError:
        clearcache()
        return []


def _is_made_up(filename):
    return not filename or filename.startswith('<') and filename.endswith('>')


def checkcache(filename=None):
    """Forget the files (or this one) that have changed or are gone."""
    names = list(cache) if filename is None else [filename] if filename in cache else []
    for name in names:
        entry = cache.get(name)
        if entry is None or len(entry) == 1:
            continue
        size, mtime, _, fullname = entry
        if mtime is None:
            continue  # it came from a loader, not from a file
        try:
            info = os.stat(fullname)
        except OSError:
            cache.pop(name, None)
            continue
        if (size, mtime) != (info.st_size, info.st_mtime):
            cache.pop(name, None)


def _from_loader(filename):
    """Resolve an entry that lazycache has made; the lines, or None."""
    try:
        source = cache[filename][0]()
    except (ImportError, OSError):
        return None
    if source is None:
        return []
    entry = (len(source), None, [line + '\n' for line in source.splitlines()], filename)
    cache[filename] = entry
    return entry[2]


def _find(filename):
    """The path and stat of a file that may be relative to an entry of sys.path."""
    try:
        return filename, os.stat(filename)
    except OSError:
        pass
    if os.path.isabs(filename):
        return None
    for folder in sys.path:
        try:
            path = os.path.join(folder, filename)
            return path, os.stat(path)
        except (TypeError, AttributeError, OSError):
            continue
    return None


def _read(path):
    try:
        from tokenize import open as open_source
    except ImportError:
        def open_source(name):
            return open(name, encoding='utf-8')
    with open_source(path) as file:
        return file.readlines()


def updatecache(filename, module_globals=None):
    """Read a file again; its lines, or an empty list."""
    entry = cache.get(filename)
    if entry is not None and len(entry) != 1:
        cache.pop(filename, None)
    if _is_made_up(filename) and not (module_globals or entry):
        return []
    try:
        found = (filename, os.stat(filename))
    except OSError:
        found = None
        if entry is not None and len(entry) == 1 or lazycache(filename, module_globals):
            lines = _from_loader(filename)
            if lines is not None:
                return lines
        found = None if _is_made_up(filename) else _find(filename)
    if found is None:
        return []
    path, info = found
    try:
        lines = _read(path)
    except (OSError, UnicodeDecodeError, SyntaxError):
        return []
    if lines and not lines[-1].endswith('\n'):
        lines[-1] += '\n'
    cache[filename] = (info.st_size, info.st_mtime, lines, path)
    return lines


def lazycache(filename, module_globals):
    """Remember how a module's loader gives its source, without asking yet; whether there is such a loader."""
    entry = cache.get(filename)
    if entry is not None:
        return len(entry) == 1
    if _is_made_up(filename):
        return False
    if not module_globals or '__name__' not in module_globals:
        return False
    name = module_globals['__name__']
    loader = module_globals.get('__loader__')
    if loader is None:
        loader = getattr(module_globals.get('__spec__'), 'loader', None)
    get_source = getattr(loader, 'get_source', None)
    if not name or get_source is None:
        return False
    cache[filename] = (lambda: get_source(name),)
    return True
