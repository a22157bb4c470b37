"""ZoneInfo: a time zone as a tzinfo, one object for each name."""
import bisect
import collections
import datetime
import threading
import weakref

from zoneinfo import _paths, _tzfile

_EPOCH = datetime.date(1970, 1, 1).toordinal()
_KEPT = 8       # zones that were asked for last stay alive
_lock = threading.Lock()


class ZoneInfo(datetime.tzinfo):
    """A zone by its name in the database of IANA."""

    def __init_subclass__(cls):
        cls._weak = weakref.WeakValueDictionary()
        cls._recent = collections.OrderedDict()

    def __new__(cls, key):
        zone = cls._weak.get(key)
        if zone is None:
            made = cls._make(key)
            made._cached = True
            with _lock:
                zone = cls._weak.setdefault(key, made)
        with _lock:
            cls._recent[key] = zone
            cls._recent.move_to_end(key)
            while len(cls._recent) > _KEPT:
                cls._recent.popitem(last=False)
        return zone

    @classmethod
    def _make(cls, key):
        self = datetime.tzinfo.__new__(cls)
        self._key, self._shown, self._cached = key, None, False
        with _paths.open_zone(key) as file:
            self._load(file)
        return self

    @classmethod
    def no_cache(cls, key):
        """A new object for a zone."""
        return cls._make(key)

    @classmethod
    def from_file(cls, fobj, /, key=None):
        """The zone in an open file."""
        self = datetime.tzinfo.__new__(cls)
        self._key, self._shown, self._cached = key, repr(fobj), None
        self._load(fobj)
        return self

    @classmethod
    def clear_cache(cls, *, only_keys=None):
        """Forgets all zones, or those named."""
        with _lock:
            if only_keys is None:
                cls._weak.clear()
                cls._recent.clear()
            else:
                for key in only_keys:
                    cls._weak.pop(key, None)
                    cls._recent.pop(key, None)

    @property
    def key(self):
        """The name."""
        return self._key

    # --- what the file says ---

    def _load(self, file):
        moments, indices, described, rule = _tzfile.read_file(file)
        kinds = _tzfile.make_kinds(indices, described)
        self._moments = moments
        self._kinds = [kinds[index] for index in indices]
        standard = [kind for kind, (_, summer, _) in zip(kinds, described) if not summer]
        self._before = (standard or kinds or [None])[0]
        if rule:
            self._after = _tzfile.parse_rule(rule)
        elif self._kinds or kinds:
            self._after = self._kinds[-1] if self._kinds else kinds[0]
        else:
            raise ValueError('No time zone information found.')
        # Local seconds from which each kind holds: as the later (fold 0) and the earlier (fold 1) clock shows them.
        earlier = [kinds[0].seconds, *(kind.seconds for kind in self._kinds)] if kinds else []
        pairs = list(zip(moments, earlier, earlier[1:]))
        self._local = ([moment + max(old, new) for moment, old, new in pairs],
                       [moment + min(old, new) for moment, old, new in pairs])
        after = self._after
        self._fixed = isinstance(after, _tzfile.Kind) and len(kinds) <= 1 and all(
            (kind.seconds, kind.dstoff, kind.name) == (after.seconds, after.dstoff, after.name) for kind in kinds)

    def _find(self, dt):
        if dt is None:
            return self._after if self._fixed else None
        if self._fixed:
            return self._after
        second = _local_second(dt)
        local = self._local[dt.fold]
        place = bisect.bisect_right(local, second)
        if place >= len(local):
            after = self._after
            return after if isinstance(after, _tzfile.Kind) else after.find(second, dt.year, dt.fold)
        return self._kinds[place - 1] if place else self._before

    def utcoffset(self, dt, /):
        """How far the zone is from UTC then."""
        kind = self._find(dt)
        return None if kind is None else kind.utcoff

    def dst(self, dt, /):
        """How much of that is summer time."""
        kind = self._find(dt)
        return None if kind is None else kind.dstoff

    def tzname(self, dt, /):
        """What the time is called then."""
        kind = self._find(dt)
        return None if kind is None else kind.name

    def fromutc(self, dt, /):
        """A moment of UTC as the clocks of the zone show it."""
        if not isinstance(dt, datetime.datetime):
            raise TypeError('fromutc: argument must be a datetime')
        if dt.tzinfo is not self:
            raise ValueError('fromutc: dt.tzinfo is not self')
        second = _local_second(dt)
        place = bisect.bisect_right(self._moments, second)
        fold = 0
        if place >= len(self._moments) and isinstance(self._after, _tzfile.Rule):
            kind, fold = self._after.find_utc(second, dt.year)
        elif self._fixed or not self._moments:
            kind = self._after
        elif place == 0:
            kind = self._before
        else:
            kind = self._kinds[place - 1]
            if place >= len(self._moments) and isinstance(self._after, _tzfile.Kind):
                kind = self._after
            # The clock was put back: what it shows it has shown before.
            earlier = self._kinds[place - 2] if place >= 2 else self._before
            fold = int(second - self._moments[place - 1] < earlier.seconds - kind.seconds)
        return (dt + kind.utcoff).replace(fold=fold)

    # --- text and pickles ---

    def __str__(self):
        return repr(self) if self._key is None else self._key

    def __repr__(self):
        name = f'{type(self).__module__}.{type(self).__qualname__}'
        if self._key is not None:
            return f'{name}(key={self._key!r})'
        return f'{name}.from_file({self._shown})'

    @classmethod
    def _unpickle(cls, key, from_cache, /):
        return cls(key) if from_cache else cls._make(key)

    def __reduce__(self):
        if self._cached is None:
            import pickle
            raise pickle.PicklingError('Cannot pickle a ZoneInfo file from a file stream.')
        return type(self)._unpickle, (self._key, int(self._cached))


def _local_second(dt):
    return (dt.toordinal() - _EPOCH) * 86400 + dt.hour * 3600 + dt.minute * 60 + dt.second


ZoneInfo.__init_subclass__.__func__(ZoneInfo)
ZoneInfo.__module__ = 'zoneinfo'
