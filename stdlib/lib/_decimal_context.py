"""Signals, roundings and contexts of decimal arithmetic."""
import contextvars

ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_HALF_DOWN, ROUND_05UP = (
    'ROUND_DOWN', 'ROUND_HALF_UP', 'ROUND_HALF_EVEN', 'ROUND_CEILING', 'ROUND_FLOOR', 'ROUND_UP',
    'ROUND_HALF_DOWN', 'ROUND_05UP')
ROUNDINGS = (ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,
             ROUND_05UP)
MAX_PREC = MAX_EMAX = 999999999999999999
MIN_EMIN = -999999999999999999
MIN_ETINY = MIN_EMIN - (MAX_PREC - 1)
HAVE_THREADS = HAVE_CONTEXTVAR = True


class DecimalException(ArithmeticError):
    """What signals have in common."""


class Clamped(DecimalException):
    """The exponent was changed to fit."""


class InvalidOperation(DecimalException):
    """No result makes sense."""


class ConversionSyntax(InvalidOperation):
    """The text is no number."""


class DivisionByZero(DecimalException, ZeroDivisionError):
    """A number other than zero was divided by zero."""


class DivisionImpossible(InvalidOperation):
    """The integer quotient has too many digits."""


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    """Zero was divided by zero."""


class Inexact(DecimalException):
    """The result is rounded, and digits other than zero went."""


class InvalidContext(InvalidOperation):
    """The context is unusable."""


class Rounded(DecimalException):
    """Digits went, maybe zeros."""


class Subnormal(DecimalException):
    """The exponent is below Emin."""


class Overflow(Inexact, Rounded):
    """The exponent is above Emax."""


class Underflow(Inexact, Rounded, Subnormal):
    """The result is subnormal and inexact."""


class FloatOperation(DecimalException, TypeError):
    """Floats and Decimals were mixed."""


SIGNALS = (InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Inexact, Rounded, Clamped)
for _class in SIGNALS + (DecimalException, ConversionSyntax, DivisionImpossible, DivisionUndefined, InvalidContext):
    _class.__module__ = 'decimal'
_SHOWN = (InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Inexact, Rounded, Clamped)


class SignalDict(dict):
    """Flags or traps: a bool for every signal, and nothing else."""

    def __setitem__(self, key, value):
        if key not in SIGNALS:
            raise KeyError('invalid signal dict key')
        super().__setitem__(key, bool(value))

    def __delitem__(self, key):
        raise ValueError('signal keys cannot be deleted')

    def __repr__(self):
        return '{' + ', '.join(f'{key!r}:{value!r}' for key, value in self.items()) + '}'

    def copy(self):
        return dict(self)


def _signal_dict(given, on_error):
    made = SignalDict.fromkeys(SIGNALS, False)
    result = SignalDict()
    for signal in SIGNALS:
        dict.__setitem__(result, signal, False)
    if given is None:
        return result
    if isinstance(given, dict):
        if set(given) != set(SIGNALS):
            raise KeyError('invalid signal dict') if on_error else ValueError('invalid signal dict')
        for signal in SIGNALS:
            result[signal] = given[signal]
        return result
    for signal in given:
        if signal not in SIGNALS:
            raise TypeError('valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n'
                            '   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]')
        result[signal] = True
    return result


def _integer(name, value, low, high):
    if not isinstance(value, int):
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer"
                        if not hasattr(value, '__index__') else 'an integer is required')
    if not low <= value <= high:
        limit = {'prec': '[1, MAX_PREC]', 'Emin': '[MIN_EMIN, 0]', 'Emax': '[0, MAX_EMAX]', 'clamp': '0 or 1',
                 'capitals': '0 or 1'}[name]
        if name in ('clamp', 'capitals'):
            raise ValueError(f'valid values for {name} are {limit}')
        raise ValueError(f'valid range for {name} is {limit}')
    return value


class Context:
    """Precision, rounding, limits of exponents, and what happened so far (flags) and what is an error (traps)."""

    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None,
                 traps=None):
        base = globals().get('DefaultContext')
        self.prec = (28 if base is None else base.prec) if prec is None else prec
        self.rounding = (ROUND_HALF_EVEN if base is None else base.rounding) if rounding is None else rounding
        self.Emin = (-999999 if base is None else base.Emin) if Emin is None else Emin
        self.Emax = (999999 if base is None else base.Emax) if Emax is None else Emax
        self.capitals = (1 if base is None else base.capitals) if capitals is None else capitals
        self.clamp = (0 if base is None else base.clamp) if clamp is None else clamp
        self.flags = flags
        if traps is None and base is not None:
            traps = dict(base.traps)
        self.traps = traps

    def __setattr__(self, name, value):
        if name in ('flags', 'traps'):
            value = value if isinstance(value, SignalDict) and len(value) == len(SIGNALS) else _signal_dict(value, True)
        elif name == 'prec':
            _integer(name, value, 1, MAX_PREC)
        elif name == 'Emin':
            _integer(name, value, MIN_EMIN, 0)
        elif name == 'Emax':
            _integer(name, value, 0, MAX_EMAX)
        elif name in ('capitals', 'clamp'):
            _integer(name, value, 0, 1)
        elif name == 'rounding':
            if value not in ROUNDINGS:
                raise TypeError('valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n'
                                '   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]')
        else:
            raise AttributeError(f"'decimal.Context' object has no attribute '{name}'")
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        raise AttributeError(f'{name} cannot be deleted')

    def __repr__(self):
        flags = ', '.join(s.__name__ for s in _SHOWN if self.flags[s])
        traps = ', '.join(s.__name__ for s in _SHOWN if self.traps[s])
        return (f'Context(prec={self.prec}, rounding={self.rounding}, Emin={self.Emin}, Emax={self.Emax}, '
                f'capitals={self.capitals}, clamp={self.clamp}, flags=[{flags}], traps=[{traps}])')

    def __reduce__(self):
        return (self.__class__, (self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp,
                                 [s for s in SIGNALS if self.flags[s]], [s for s in SIGNALS if self.traps[s]]))

    def copy(self):
        """The same settings and flags in a new context."""
        made = Context.__new__(self.__class__)
        for name in ('prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp'):
            object.__setattr__(made, name, getattr(self, name))
        for name in ('flags', 'traps'):
            one = SignalDict()
            dict.update(one, getattr(self, name))
            object.__setattr__(made, name, one)
        return made

    __copy__ = copy

    def _quiet(self):
        """A copy whose signals raise nothing."""
        made = self.copy()
        made.clear_flags()
        made.clear_traps()
        return made

    def clear_flags(self):
        for signal in SIGNALS:
            dict.__setitem__(self.flags, signal, False)

    def clear_traps(self):
        for signal in SIGNALS:
            dict.__setitem__(self.traps, signal, False)

    def Etiny(self):
        """The smallest exponent of a subnormal number."""
        return self.Emin - self.prec + 1

    def Etop(self):
        """The largest exponent of a number with all digits."""
        return self.Emax - self.prec + 1

    def radix(self):
        from _pydecimal import Decimal
        return Decimal(10)

    def signal(self, *conditions):
        """Sets the flags; raises the first whose trap is set."""
        shown = []
        for condition in conditions:
            signal = condition if condition in SIGNALS else InvalidOperation
            dict.__setitem__(self.flags, signal, True)
            if self.traps[signal]:
                shown.append(condition)
        if shown:
            first = shown[0] if shown[0] in SIGNALS else InvalidOperation
            raise first(shown)

    def create_decimal(self, num='0'):
        """A Decimal rounded to this context."""
        from _pydecimal import Decimal
        made = Decimal._read(num, self, exact=False)
        return made._fixed(self) if not made._special else made._fixed_nan(self)

    def create_decimal_from_float(self, f):
        from _pydecimal import Decimal
        return Decimal.from_float(f)._fixed(self)

    def __hash__(self):
        return object.__hash__(self)


DefaultContext = Context(prec=28, rounding=ROUND_HALF_EVEN, traps=[DivisionByZero, Overflow, InvalidOperation],
                         flags=[], Emax=999999, Emin=-999999, capitals=1, clamp=0)
BasicContext = Context(prec=9, rounding=ROUND_HALF_UP, flags=[],
                       traps=[DivisionByZero, Overflow, InvalidOperation, Clamped, Underflow])
ExtendedContext = Context(prec=9, rounding=ROUND_HALF_EVEN, traps=[], flags=[])
for _class in (Context,):
    _class.__module__ = 'decimal'

_current = contextvars.ContextVar('decimal_context')


def getcontext():
    """The context of this thread (or task)."""
    try:
        return _current.get()
    except LookupError:
        made = DefaultContext.copy()
        made.clear_flags()
        _current.set(made)
        return made


def setcontext(context):
    """Makes it the context of this thread (or task)."""
    if not isinstance(context, Context):
        raise TypeError('optional argument must be a context')
    if context in (DefaultContext, BasicContext, ExtendedContext):
        context = context.copy()
        context.clear_flags()
    _current.set(context)


class _ContextManager:
    def __init__(self, context):
        self.new_context = context.copy()

    def __enter__(self):
        self.saved_context = getcontext()
        setcontext(self.new_context)
        return self.new_context

    def __exit__(self, kind, value, traceback):
        setcontext(self.saved_context)


def localcontext(ctx=None, **kwargs):
    """A with block with a context of its own."""
    if ctx is None:
        ctx = getcontext()
    elif not isinstance(ctx, Context):
        raise TypeError('optional argument must be a context')
    manager = _ContextManager(ctx)
    for name, value in kwargs.items():
        if name not in ('prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp', 'flags', 'traps'):
            raise TypeError(f"'{name}' is an invalid keyword argument for this function")
        setattr(manager.new_context, name, value)
    return manager
