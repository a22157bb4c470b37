"""Numbers of versions that can be compared: StrictVersion for '1.2b3', LooseVersion for whatever people write."""
import re
import warnings


class Version:
    """The base: a subclass says how to parse and how to compare (_cmp: -1, 0 or 1)."""

    def __init__(self, vstring=None):
        warnings.warn('distutils Version classes are deprecated. Use packaging.version instead.', DeprecationWarning,
                      stacklevel=2)
        if vstring:
            self.parse(vstring)

    def __repr__(self):
        return f"{self.__class__.__name__} ('{self}')"

    def _ask(self, other, good):
        order = self._cmp(other)
        return order if order is NotImplemented else good(order)

    def __eq__(self, other):
        return self._ask(other, lambda order: order == 0)

    def __lt__(self, other):
        return self._ask(other, lambda order: order < 0)

    def __le__(self, other):
        return self._ask(other, lambda order: order <= 0)

    def __gt__(self, other):
        return self._ask(other, lambda order: order > 0)

    def __ge__(self, other):
        return self._ask(other, lambda order: order >= 0)


def _order(left, right):
    return (left > right) - (left < right)


class StrictVersion(Version):
    """major.minor[.patch][a|b number]; a version before its release is older than the release."""

    version_re = re.compile(r'^(\d+)\.(\d+)(?:\.(\d+))?(?:([ab])(\d+))?$', re.ASCII)

    def parse(self, vstring):
        found = self.version_re.match(vstring)
        if not found:
            raise ValueError(f"invalid version number '{vstring}'")
        major, minor, patch, letter, number = found.groups()
        self.version = int(major), int(minor), int(patch or 0)
        self.prerelease = (letter, int(number)) if letter else None

    def __str__(self):
        shown = self.version[:2] if self.version[2] == 0 else self.version
        early = f'{self.prerelease[0]}{self.prerelease[1]}' if self.prerelease else ''
        return '.'.join(map(str, shown)) + early

    def _cmp(self, other):
        if isinstance(other, str):
            other = StrictVersion(other)
        elif not isinstance(other, StrictVersion):
            return NotImplemented
        # 'z' sorts behind every letter of an early version.
        return _order((self.version, self.prerelease or ('z',)), (other.version, other.prerelease or ('z',)))


class LooseVersion(Version):
    """Numbers and words in turn: '1.5.1', '3.10a', '11g'."""

    component_re = re.compile(r'(\d+ | [a-z]+ | \.)', re.VERBOSE)

    def parse(self, vstring):
        self.vstring = vstring
        pieces = (piece for piece in self.component_re.split(vstring) if piece and piece != '.')
        self.version = [int(piece) if piece.isdigit() else piece for piece in pieces]

    def __str__(self):
        return self.vstring

    def __repr__(self):
        return f"LooseVersion ('{self}')"

    def _cmp(self, other):
        if isinstance(other, str):
            other = LooseVersion(other)
        elif not isinstance(other, LooseVersion):
            return NotImplemented
        return _order(self.version, other.version)
