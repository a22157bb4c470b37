"""The tables of a TOML document, and which of them may still be opened, extended or replaced.

Tables and arrays are plain dicts and lists; what the grammar forbids to do with them is remembered by identity:
`declared` ones had a header or were opened by a dotted key, `frozen` ones were written as a value. Refusals are raised
as Refused; the reader adds the place.
"""


class Refused(Exception):
    """The document may not do this with a table."""


class Tables:
    """All tables of one document."""

    def __init__(self):
        self.root = {}
        self._declared = set()
        self._frozen = set()
        self._opened = []  # by dotted keys since the last header: declared when the next header comes
        self._kept = []  # ids are only as good as their objects live

    def freeze(self, value):
        if isinstance(value, (dict, list)):
            self._frozen.add(id(value))
            self._kept.append(value)

    def _declare(self, container):
        self._declared.add(id(container))

    def _look(self, path):
        """(what stands at the path or None, whether it is part of a frozen value)."""
        here, frozen = self.root, False
        for name in path:
            if isinstance(here, list):
                here = here[-1] if here and not frozen else None
            if not isinstance(here, dict) or name not in here:
                return None, frozen
            here = here[name]
            frozen = frozen or id(here) in self._frozen
        return here, frozen

    def _open(self, path, through_arrays=True):
        """The table at the path, made if need be; an array stands for its last table."""
        here = self.root
        for name in path:
            here = here.setdefault(name, {})
            if through_arrays and isinstance(here, list):
                here = here[-1]
            if not isinstance(here, dict):
                raise Refused('Cannot overwrite a value')
        return here

    def _settle(self):
        for table in self._opened:
            self._declare(table)
        self._opened.clear()

    def header(self, path):
        """[path]"""
        self._settle()
        container, frozen = self._look(path)
        if frozen or id(container) in self._declared:
            raise Refused(f'Cannot declare {path} twice')
        self._declare(self._open(path))

    def array_header(self, path):
        """[[path]]"""
        self._settle()
        array, frozen = self._look(path)
        if frozen:
            raise Refused(f'Cannot mutate immutable namespace {path}')
        if array is None:
            parent = self._open(path[:-1])
            array = parent[path[-1]] = []
            self._declare(array)
        elif not isinstance(array, list):
            raise Refused('Cannot overwrite a value')
        array.append({})

    def assign(self, header, key, value):
        """key = value below the last header."""
        for length in range(1, len(key)):
            path = header + key[:length]
            if id(self._look(path)[0]) in self._declared:
                raise Refused(f'Cannot redefine namespace {path}')
        around = header + key[:-1]
        if self._look(around)[1]:
            raise Refused(f'Cannot mutate immutable namespace {around}')
        table = self._open(around)
        self._opened += [self._look(header + key[:length])[0] for length in range(1, len(key))]
        if key[-1] in table:
            raise Refused('Cannot overwrite a value')
        table[key[-1]] = value
        self.freeze(value)


class InlineTable(Tables):
    """{key = value, ...}: no headers, and arrays cannot be entered."""

    def add(self, key, value):
        if self._look(key)[1]:
            raise Refused(f'Cannot mutate immutable namespace {key}')
        table = self._open(key[:-1], through_arrays=False)
        if key[-1] in table:
            raise Refused(f'Duplicate inline table key {key[-1]!r}')
        table[key[-1]] = value
        self.freeze(value)
