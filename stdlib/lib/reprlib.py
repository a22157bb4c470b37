"""repr() with limits on what is shown, and a guard for objects that contain themselves."""
import builtins
from itertools import islice
from _thread import get_ident

__all__ = ['Repr', 'repr', 'recursive_repr']


def recursive_repr(fillvalue='...'):
    """A decorator for a __repr__ method: a call for an object that is being shown already gives `fillvalue`."""
    def decorate(user_function):
        # Objects that are being shown, each with the thread that does it.
        shown_now = set()

        def wrapper(self):
            key = id(self), get_ident()
            if key in shown_now:
                return fillvalue
            shown_now.add(key)
            try:
                return user_function(self)
            finally:
                shown_now.remove(key)

        for name in ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__'):
            setattr(wrapper, name, getattr(user_function, name))
        return wrapper

    return decorate


# How many items, or characters, are shown of each kind; and how deep one goes.
_LIMITS = {'maxlevel': 6, 'maxdict': 4, 'maxarray': 5, 'maxstring': 30, 'maxlong': 40, 'maxother': 30,
           **dict.fromkeys(('maxlist', 'maxtuple', 'maxset', 'maxfrozenset', 'maxdeque'), 6)}


class Repr:
    """Shows values within limits, which are its attributes."""

    def __init__(self):
        vars(self).update(_LIMITS, fillvalue='...')

    def repr(self, x):
        """The text of a value."""
        return self.repr1(x, self.maxlevel)

    def repr1(self, x, level):
        """The text of a value inside others: `level` says how much deeper to go."""
        kind = type(x).__name__.replace(' ', '_')
        show = getattr(self, f'repr_{kind}', self.repr_instance)
        return show(x, level)

    # --- containers ---

    def _repr_iterable(self, x, level, left, right, maxiter, trail=''):
        size = len(x)
        if size and level <= 0:
            return left + self.fillvalue + right
        shown = [self.repr1(item, level - 1) for item in islice(x, maxiter)]
        if size > maxiter:
            shown.append(self.fillvalue)
        return ''.join((left, ', '.join(shown), trail if size == 1 else '', right))

    def repr_list(self, x, level):
        return self._repr_iterable(x, level, '[', ']', self.maxlist)

    def repr_tuple(self, x, level):
        return self._repr_iterable(x, level, '(', ')', self.maxtuple, trail=',')

    def repr_deque(self, x, level):
        return self._repr_iterable(x, level, 'deque([', '])', self.maxdeque)

    def repr_array(self, x, level):
        start = f"array('{x.typecode}'"
        return self._repr_iterable(x, level, f'{start}, [', '])', self.maxarray) if x else f'{start})'

    def repr_set(self, x, level):
        return self._repr_iterable(_in_order(x), level, '{', '}', self.maxset) if x else 'set()'

    def repr_frozenset(self, x, level):
        return self._repr_iterable(_in_order(x), level, 'frozenset({', '})', self.maxfrozenset) if x else 'frozenset()'

    def repr_dict(self, x, level):
        if x and level <= 0:
            return f'{{{self.fillvalue}}}'
        shown = [': '.join((self.repr1(key, level - 1), self.repr1(x[key], level - 1)))
                 for key in islice(_in_order(x), self.maxdict)]
        if len(x) > self.maxdict:
            shown.append(self.fillvalue)
        return f"{{{', '.join(shown)}}}"

    # --- long texts ---

    def _shortened(self, text, limit):
        if len(text) <= limit:
            return text
        head = max(0, (limit - 3) // 2)
        tail = max(0, limit - 3 - head)
        return text[:head] + self.fillvalue + text[len(text) - tail:]

    def repr_str(self, x, level):
        text = builtins.repr(x[:self.maxstring])
        if len(text) > self.maxstring:
            head = max(0, (self.maxstring - 3) // 2)
            tail = max(0, self.maxstring - 3 - head)
            text = builtins.repr(x[:head] + x[len(x) - tail:])
            text = text[:head] + self.fillvalue + text[len(text) - tail:]
        return text

    def repr_int(self, x, level):
        return self._shortened(builtins.repr(x), self.maxlong)

    def repr_instance(self, x, level):
        try:
            text = builtins.repr(x)
        except Exception:
            return '<%s instance at %#x>' % (x.__class__.__name__, id(x))
        return self._shortened(text, self.maxother)


def _in_order(x):
    """Sorted where that is possible: sets then look the same every time."""
    try:
        return sorted(x)
    except Exception:
        return list(x)


aRepr = Repr()
repr = aRepr.repr
