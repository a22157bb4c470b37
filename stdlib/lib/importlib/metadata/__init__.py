"""What is known of installed distributions: version('requests'), entry_points(), files(), requires()."""
import collections
import contextlib
import email
import email.message
import os
import re
import sys
import textwrap

__all__ = ['Distribution', 'DistributionFinder', 'PackageMetadata', 'PackageNotFoundError', 'distribution',
           'distributions', 'entry_points', 'files', 'metadata', 'packages_distributions', 'requires', 'version']


class PackageNotFoundError(ModuleNotFoundError):
    """No distribution of this name is installed."""

    def __str__(self):
        return f'No package metadata was found for {self.name}'

    @property
    def name(self):
        return self.args[0]


class EntryPoint:
    """A name that a distribution offers: group, name, and value, 'module:object [extras]'."""

    _PATTERN = re.compile(r'(?P<module>[\w.]+)\s*(:\s*(?P<attr>[\w.]+)\s*)?((?P<extras>\[.*\])\s*)?$')

    def __init__(self, name, value, group):
        self.__dict__.update(name=name, value=value, group=group, dist=None)

    def __setattr__(self, name, value):
        raise AttributeError('EntryPoint objects are immutable.')

    def _match(self):
        return self._PATTERN.match(self.value)

    def load(self):
        """Import the object."""
        import functools
        import importlib
        match = self._match()
        module = importlib.import_module(match.group('module'))
        return functools.reduce(getattr, filter(None, (match.group('attr') or '').split('.')), module)

    @property
    def module(self):
        return self._match().group('module')

    @property
    def attr(self):
        return self._match().group('attr')

    @property
    def extras(self):
        return re.findall(r'\w+', self._match().group('extras') or '')

    def _for(self, dist):
        self.__dict__['dist'] = dist
        return self

    def __iter__(self):
        """Deprecated: lets dict() make a mapping by name of entry points."""
        _outdated('Construction of dict of EntryPoints is deprecated in favor of EntryPoints.')
        return iter((self.name, self))

    def matches(self, **params):
        """Whether attributes have these values."""
        return all([getattr(self, key) == value for key, value in params.items()])

    def _key(self):
        return self.name, self.value, self.group

    def __eq__(self, other):
        return isinstance(other, EntryPoint) and self._key() == other._key()

    def __lt__(self, other):
        return self._key() < other._key()

    def __hash__(self):
        return hash(self._key())

    def __repr__(self):
        return f'EntryPoint(name={self.name!r}, value={self.value!r}, group={self.group!r})'


def _outdated(message):
    import warnings
    warnings.warn(message, DeprecationWarning, stacklevel=3)


class EntryPoints(tuple):
    """Entry points, which can be chosen from."""

    __slots__ = ()

    def __getitem__(self, name):
        if isinstance(name, int):
            _outdated('Accessing entry points by index is deprecated. Cast to tuple if needed.')
            return super().__getitem__(name)
        try:
            return next(iter(self.select(name=name)))
        except StopIteration:
            raise KeyError(name)

    def select(self, **params):
        """Those whose attributes have these values."""
        return EntryPoints([entry for entry in self if entry.matches(**params)])

    @property
    def names(self):
        return {entry.name for entry in self}

    @property
    def groups(self):
        return {entry.group for entry in self}

    def __repr__(self):
        return f'{self.__class__.__name__}({tuple(self)!r})'


class SelectableGroups(dict):
    """Deprecated: what entry_points() gives, a dict of groups that can be chosen from as well."""

    @classmethod
    def load(cls, entries):
        groups = {}
        for entry in sorted(entries, key=lambda entry: entry.group):
            groups.setdefault(entry.group, []).append(entry)
        return cls((group, EntryPoints(members)) for group, members in groups.items())

    @property
    def _all(self):
        return EntryPoints([entry for entries in super().values() for entry in entries])

    @property
    def groups(self):
        return self._all.groups

    @property
    def names(self):
        """The names of all entry points."""
        return self._all.names

    def select(self, **params):
        """Those whose attributes have these values; itself without any."""
        return self._all.select(**params) if params else self

    def __getitem__(self, name):
        _outdated('SelectableGroups dict interface is deprecated. Use select.')
        return super().__getitem__(name)

    def get(self, name, default=None):
        _outdated('SelectableGroups dict interface is deprecated. Use select.')
        return super().get(name, default)

    def __iter__(self):
        _outdated('SelectableGroups dict interface is deprecated. Use select.')
        return super().__iter__()

    def __contains__(self, name):
        _outdated('SelectableGroups dict interface is deprecated. Use select.')
        return super().__contains__(name)

    def keys(self):
        _outdated('SelectableGroups dict interface is deprecated. Use select.')
        return super().keys()

    def values(self):
        _outdated('SelectableGroups dict interface is deprecated. Use select.')
        return super().values()


def _parse_entry_points(text, dist):
    group, found = None, []
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith('#'):
            continue
        if line.startswith('[') and line.endswith(']'):
            group = line[1:-1].strip()
        elif '=' in line and group is not None:
            name, _, value = line.partition('=')
            found.append(EntryPoint(name.strip(), value.strip(), group)._for(dist))
    return found


class PackageMetadata(email.message.Message):
    """The headers of a METADATA file, as a message: a mapping that may have a name several times."""

    _SEVERAL = frozenset(('classifier', 'requires_dist', 'requires_external', 'project_url', 'provides_extra',
                          'provides_dist', 'platform', 'supported_platform', 'obsoletes_dist', 'dynamic'))

    def __init__(self, text):
        vars(self).update(vars(email.message_from_string(text)))
        self._headers = [(name, self._without_indent(value)) for name, value in self._headers]
        if body := self.get_payload():
            # What follows the headers is the longest of them.
            self._headers.append(('Description', body))

    @staticmethod
    def _without_indent(value):
        # The lines after the first are indented as the header's continuation.
        if not value or '\n' not in value:
            return value
        return textwrap.dedent(' ' * 8 + value)

    def __iter__(self):
        return iter([name for name, _ in self._headers])

    @property
    def json(self):
        """The headers as CPython's metadata gives them for JSON."""
        result = {}
        for name in self:
            key = name.lower().replace('-', '_')
            result[key] = self.get_all(name) if key in self._SEVERAL else self[name]
            if key == 'keywords':
                result[key] = re.split(r'\s+', result[key])
        return result


class FileHash:
    """The hash of a file in RECORD."""

    def __init__(self, spec):
        self.mode, _, self.value = spec.partition('=')

    def __repr__(self):
        return f'<FileHash mode: {self.mode} value: {self.value}>'


def _package_path(path, dist, hash=None, size=None):
    import pathlib

    class PackagePath(pathlib.PurePosixPath):
        """A file of a distribution, relative to where that is installed."""

        def read_text(self, encoding='utf-8'):
            with self.locate().open(encoding=encoding) as stream:
                return stream.read()

        def read_binary(self):
            with self.locate().open('rb') as stream:
                return stream.read()

        def locate(self):
            return self.dist.locate_file(self)

    made = PackagePath(path)
    made.dist, made.hash, made.size = dist, FileHash(hash) if hash else None, int(size) if size else None
    return made


class Distribution:
    """One installed distribution; a subclass says how its files are read."""

    def read_text(self, filename):
        """The text of a file of its metadata, or None."""
        raise NotImplementedError

    def locate_file(self, path):
        """A file of the distribution as a path."""
        raise NotImplementedError

    @classmethod
    def from_name(cls, name):
        """The distribution of this name."""
        if not name:
            raise ValueError('A distribution name is required.')
        try:
            return next(iter(cls.discover(name=name)))
        except StopIteration:
            raise PackageNotFoundError(name)

    @classmethod
    def discover(cls, **kwargs):
        """All distributions, or those of a name."""
        context = kwargs.pop('context', None)
        if context and kwargs:
            raise ValueError('cannot accept context and kwargs')
        context = context or DistributionFinder.Context(**kwargs)
        for finder in sys.meta_path:
            find = getattr(finder, 'find_distributions', None)
            if find is not None:
                yield from find(context)
        yield from MetadataPathFinder.find_distributions(context)

    @staticmethod
    def at(path):
        """The distribution whose metadata is in this folder."""
        import pathlib
        return PathDistribution(pathlib.Path(path))

    @property
    def metadata(self):
        text = self.read_text('METADATA') or self.read_text('PKG-INFO') or self.read_text('')
        return PackageMetadata(text or '')

    @property
    def name(self):
        return self.metadata['Name']

    @property
    def version(self):
        return self.metadata['Version']

    @property
    def entry_points(self):
        return EntryPoints(_parse_entry_points(self.read_text('entry_points.txt') or '', self))

    @property
    def files(self):
        """The files of the distribution, or None if nobody has noted them."""
        record = self.read_text('RECORD')
        if record is not None:
            import csv
            return [_package_path(row[0], self, *row[1:3]) for row in csv.reader(record.splitlines()) if row]
        listed = self.read_text('SOURCES.txt')
        return None if listed is None else [_package_path(line, self) for line in listed.splitlines() if line]

    @property
    def requires(self):
        found = self.metadata.get_all('Requires-Dist')
        if found is not None:
            return list(found)
        text = self.read_text('requires.txt')
        return None if text is None else list(self._deps_from_requires_text(text))

    @staticmethod
    def _deps_from_requires_text(text):
        """The lines of a requires.txt as Requires-Dist has them: its sections, [extra:condition], become conditions."""
        section = ''
        for line in filter(None, map(str.strip, text.splitlines())):
            if line.startswith('[') and line.endswith(']'):
                section = line[1:-1]
                continue
            extra, _, condition = section.partition(':')
            if extra and condition:
                condition = f'({condition})'
            conditions = filter(None, (condition, extra and f'extra == "{extra}"'))
            marker = ' and '.join(conditions)
            # A URL must not run into the semicolon.
            yield line + (' ' * ('@' in line) + '; ' + marker if marker else '')


class DistributionFinder:
    """For sys.meta_path: has find_distributions(context)."""

    class Context:
        """What is looked for: a name or None for all, and the folders to look in."""

        name = None

        def __init__(self, **kwargs):
            self.__dict__.update(kwargs)

        @property
        def path(self):
            return self.__dict__.get('path', sys.path)


def _normalized(name):
    return re.sub(r'[-_.]+', '-', name).lower().replace('-', '_')


class PathDistribution(Distribution):
    """A distribution with a folder .dist-info or .egg-info."""

    def __init__(self, path):
        self._path = path

    def read_text(self, filename):
        try:
            return self._path.joinpath(filename).read_text(encoding='utf-8')
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError, KeyError):
            return None

    def locate_file(self, path):
        return self._path.parent / path

    @property
    def _normalized_name(self):
        stem, kind = os.path.splitext(os.path.basename(str(self._path)))
        if kind.lower() not in ('.dist-info', '.egg-info'):
            return _normalized(self.name)
        return _normalized(stem.partition('-')[0])


class MetadataPathFinder(DistributionFinder):
    """Finds distributions in the folders of sys.path."""

    @classmethod
    def find_distributions(cls, context=DistributionFinder.Context()):
        import pathlib
        wanted = None if context.name is None else _normalized(context.name)
        for folder in context.path:
            for path in cls._metadata_in(pathlib.Path(folder or '.')):
                made = PathDistribution(path)
                if wanted is None or made._normalized_name == wanted:
                    yield made

    @staticmethod
    def _metadata_in(root):
        """The folders with metadata in a folder or an archive; an egg has one inside."""
        with contextlib.suppress(OSError):
            for name in sorted(os.listdir(root)):
                if name.lower().endswith(('.dist-info', '.egg-info')):
                    yield root / name
                elif name.lower() == 'egg-info' and root.name.lower().endswith('.egg'):
                    yield root / name
            return
        if root.is_file():
            import zipfile
            with contextlib.suppress(OSError, zipfile.BadZipFile):
                for entry in zipfile.Path(root).iterdir():
                    is_egg = entry.name.lower() == 'egg-info' and root.name.lower().endswith('.egg')
                    if is_egg or entry.name.lower().endswith(('.dist-info', '.egg-info')):
                        yield entry

    def invalidate_caches(cls):
        """Nothing is kept."""


def distribution(distribution_name):
    """The distribution of this name."""
    return Distribution.from_name(distribution_name)


def distributions(**kwargs):
    """All distributions."""
    return Distribution.discover(**kwargs)


def metadata(distribution_name):
    """The metadata of a distribution."""
    return Distribution.from_name(distribution_name).metadata


def version(distribution_name):
    """The version of a distribution."""
    return distribution(distribution_name).version


def entry_points(**params):
    """The entry points of all distributions, or those whose attributes have these values."""
    found = [entry for dist in _unique(distributions()) for entry in dist.entry_points]
    return SelectableGroups.load(found).select(**params)


def _unique(dists):
    """Without those that others of the same name, earlier on the path, hide."""
    seen = set()
    for dist in dists:
        name = dist._normalized_name if hasattr(dist, '_normalized_name') else _normalized(dist.name)
        if name not in seen:
            seen.add(name)
            yield dist


def files(distribution_name):
    """The files of a distribution."""
    return distribution(distribution_name).files


def requires(distribution_name):
    """What a distribution needs."""
    return distribution(distribution_name).requires


def packages_distributions():
    """By name of a top-level package, the distributions that have it."""
    found = collections.defaultdict(list)
    for dist in distributions():
        names = (dist.read_text('top_level.txt') or '').split()
        if not names:
            names = {os.path.splitext(file.parts[0])[0] if len(file.parts) == 1 else file.parts[0]
                     for file in dist.files or () if file.suffix == '.py'}
        for name in names:
            found[name].append(dist.metadata['Name'])
    return dict(found)
