"""What pathlib's glob patterns are made of: one selector for each part of a pattern."""
import functools
import re


@functools.lru_cache(maxsize=256)
def make_selector(parts):
    """The selector of the first part, which holds that of the rest."""
    first, rest = parts[0], parts[1:]
    if not first and not rest:
        return _Nothing()
    if first == '**':
        return _Recursive(rest)
    if first == '..':
        return _Parent(rest)
    if '**' in first:
        raise ValueError("Invalid pattern: '**' can only be an entire path component")
    if any(c in first for c in '*?['):
        return _Wildcard(first, rest)
    return _Exact(first, rest)


class _Nothing:
    """Behind the last part."""

    folders_only = True

    def select_from(self, path):
        return self.select(path)

    def select(self, path):
        yield path


class _Selector:
    def __init__(self, rest):
        self.next = make_selector(rest) if rest else _Nothing()
        self.folders_only = bool(rest)

    def select_from(self, path):
        """What matches, below a folder."""
        if not path.is_dir():
            return iter(())
        return self.select(path)


class _Parent(_Selector):
    def select(self, path):
        yield from self.next.select(path._make_child_relpath('..'))


class _Exact(_Selector):
    def __init__(self, name, rest):
        super().__init__(rest)
        self.name = name

    def select(self, path):
        try:
            child = path._make_child_relpath(self.name)
            if child.is_dir() if self.folders_only else child.exists():
                yield from self.next.select(child)
        except PermissionError:
            return


def _entries(path):
    with path._scandir() as found:
        return list(found)


class _Wildcard(_Selector):
    def __init__(self, pattern, rest):
        super().__init__(rest)
        import fnmatch
        self.match = re.compile(fnmatch.translate(pattern)).fullmatch

    def select(self, path):
        try:
            for entry in _entries(path):
                if self.folders_only:
                    try:
                        if not entry.is_dir():
                            continue
                    except OSError:
                        continue
                if self.match(entry.name):
                    yield from self.next.select(path._make_child_relpath(entry.name))
        except PermissionError:
            return


class _Recursive(_Selector):
    def folders(self, path):
        """The folder and all below it; links are not followed."""
        yield path
        try:
            for entry in _entries(path):
                try:
                    if not entry.is_dir() or entry.is_symlink():
                        continue
                except OSError:
                    continue
                yield from self.folders(path._make_child_relpath(entry.name))
        except PermissionError:
            return

    def select(self, path):
        seen = set()
        try:
            for folder in self.folders(path):
                for found in self.next.select(folder):
                    if found not in seen:
                        yield found
                        seen.add(found)
        except PermissionError:
            return
