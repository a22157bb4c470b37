"""Looking into live objects: what they are, what they have, where their source is, how they are called.

Signatures are in _inspect_signature; reading source code (getsource and its relatives) in _inspect_source.
"""
import builtins
import functools
import itertools
import sys
import types
from collections import namedtuple

from _inspect_signature import (BoundArguments, Parameter, Signature, _empty, _from_callable, _KEYWORD_ONLY,
                                _ParameterKind, _POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_KEYWORD, _VAR_POSITIONAL,
                                _void, formatannotation)

__all__ = [
    'ArgInfo', 'Arguments', 'Attribute', 'BlockFinder', 'BoundArguments', 'CORO_CLOSED', 'CORO_CREATED',
    'CORO_RUNNING', 'CORO_SUSPENDED', 'CO_ASYNC_GENERATOR', 'CO_COROUTINE', 'CO_GENERATOR', 'CO_ITERABLE_COROUTINE',
    'CO_NESTED', 'CO_NEWLOCALS', 'CO_NOFREE', 'CO_OPTIMIZED', 'CO_VARARGS', 'CO_VARKEYWORDS', 'ClassFoundException',
    'ClosureVars', 'EndOfBlock', 'FrameInfo', 'FullArgSpec', 'GEN_CLOSED', 'GEN_CREATED', 'GEN_RUNNING', 'GEN_SUSPENDED',
    'Parameter', 'Signature', 'TPFLAGS_IS_ABSTRACT', 'Traceback', 'classify_class_attrs', 'cleandoc', 'currentframe',
    'findsource', 'formatannotation', 'formatannotationrelativeto', 'formatargvalues', 'get_annotations', 'getabsfile',
    'getargs', 'getargvalues', 'getattr_static', 'getblock', 'getcallargs', 'getclasstree', 'getclosurevars',
    'getcomments', 'getcoroutinelocals', 'getcoroutinestate', 'getdoc', 'getfile', 'getframeinfo', 'getfullargspec',
    'getgeneratorlocals', 'getgeneratorstate', 'getinnerframes', 'getlineno', 'getmembers', 'getmembers_static',
    'getmodule', 'getmodulename', 'getmro', 'getouterframes', 'getsource', 'getsourcefile', 'getsourcelines',
    'indentsize', 'isabstract', 'isasyncgen', 'isasyncgenfunction', 'isawaitable', 'isbuiltin', 'isclass', 'iscode',
    'iscoroutine', 'iscoroutinefunction', 'isdatadescriptor', 'isframe', 'isfunction', 'isgenerator',
    'isgeneratorfunction', 'isgetsetdescriptor', 'ismemberdescriptor', 'ismethod', 'ismethoddescriptor',
    'ismethodwrapper', 'ismodule', 'isroutine', 'istraceback', 'signature', 'stack', 'trace', 'unwrap', 'walktree',
]

CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS, CO_NESTED, CO_GENERATOR = 1, 2, 4, 8, 16, 32
CO_NOFREE, CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 64, 128, 256, 512
TPFLAGS_IS_ABSTRACT = 1 << 20

_FROM_SOURCE = frozenset([
    'BlockFinder', 'ClassFoundException', 'EndOfBlock', 'findsource', 'getabsfile', 'getblock', 'getcomments', 'getfile',
    'getmodule', 'getmodulename', 'getsource', 'getsourcefile', 'getsourcelines', 'indentsize', 'modulesbyfile',
    '_filesbymodname'])


def __getattr__(name):
    # Source code is asked for seldom, and needs the tokenizer.
    if name in _FROM_SOURCE:
        import _inspect_source
        return getattr(_inspect_source, name)
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')


def __dir__():
    return sorted({*globals(), *_FROM_SOURCE} - {'_FROM_SOURCE'})


# --- what an object is ---

# The questions that one isinstance answers, and what a yes means.
_TYPES = {
    'ismodule': (types.ModuleType, 'a module'),
    'isclass': (type, 'a class'),
    'ismethod': (types.MethodType, 'a bound method of the program'),
    'isfunction': (types.FunctionType, 'a function of the program'),
    'isbuiltin': (types.BuiltinFunctionType, 'a native function, or a native method of an object'),
    'ismethodwrapper': (types.MethodWrapperType, 'a special method of a native object'),
    'ismemberdescriptor': (types.MemberDescriptorType, 'the descriptor of a slot'),
    'isgetsetdescriptor': (types.GetSetDescriptorType, 'the descriptor of an attribute that the interpreter computes'),
    'isgenerator': (types.GeneratorType, 'a generator'),
    'iscoroutine': (types.CoroutineType, 'a coroutine'),
    'isasyncgen': (types.AsyncGeneratorType, 'an asynchronous generator'),
    'istraceback': (types.TracebackType, 'a traceback'),
    'isframe': (types.FrameType, 'a frame'),
    'iscode': (types.CodeType, 'a code object'),
}


def _question(name, kind, what):
    def ask(object):
        return isinstance(object, kind)
    ask.__name__ = ask.__qualname__ = name
    ask.__doc__ = f'Is it {what}?'
    return ask


for _name, _answer in _TYPES.items():
    globals()[_name] = _question(_name, *_answer)


def _may_be_descriptor(object):
    return not isinstance(object, (type, types.MethodType, types.FunctionType))


def ismethoddescriptor(object):
    """Has it __get__ and no __set__, without being a method, function or class?"""
    cls = type(object)
    return _may_be_descriptor(object) and hasattr(cls, '__get__') and not hasattr(cls, '__set__')


def isdatadescriptor(object):
    """Has it __set__ or __delete__?"""
    cls = type(object)
    return _may_be_descriptor(object) and (hasattr(cls, '__set__') or hasattr(cls, '__delete__'))


def _has_code_flag(function, flag):
    while True:
        if ismethod(function):
            function = function.__func__
        elif isinstance(function, functools.partial):
            function = function.func
        else:
            break
    import _inspect_signature
    if not (isfunction(function) or _inspect_signature._is_functionlike(function)):
        return False
    return bool(function.__code__.co_flags & flag)


def isgeneratorfunction(obj):
    """Does calling it give a generator?"""
    return _has_code_flag(obj, CO_GENERATOR)


def iscoroutinefunction(obj):
    """Is it a function defined by async def, without yield?"""
    return _has_code_flag(obj, CO_COROUTINE)


def isasyncgenfunction(obj):
    """Does calling it give an asynchronous generator?"""
    return _has_code_flag(obj, CO_ASYNC_GENERATOR)


def isawaitable(object):
    """Can it be awaited?"""
    import _collections_abc
    return (isinstance(object, types.CoroutineType)
            or isinstance(object, types.GeneratorType) and bool(object.gi_code.co_flags & CO_ITERABLE_COROUTINE)
            or isinstance(object, _collections_abc.Awaitable))


def isroutine(object):
    """Is it any kind of function or method?"""
    return (isbuiltin(object) or isfunction(object) or ismethod(object) or ismethoddescriptor(object)
            or ismethodwrapper(object))


def isabstract(object):
    """Is it a class with abstract methods?"""
    if not isinstance(object, type):
        return False
    if object.__flags__ & TPFLAGS_IS_ABSTRACT or getattr(object, '__abstractmethods__', None):
        return True
    import abc
    if not issubclass(type(object), abc.ABCMeta) or hasattr(object, '__abstractmethods__'):
        return False
    # In __init_subclass__ the class is not complete yet.
    names = [name for name, value in object.__dict__.items() if getattr(value, '__isabstractmethod__', False)]
    names += [name for base in object.__bases__ for name in getattr(base, '__abstractmethods__', ())
              if getattr(getattr(object, name, None), '__isabstractmethod__', False)]
    return bool(names)


# --- what an object has ---

def _members(object, predicate, get):
    results, done = [], set()
    names = dir(object)
    mro = getmro(object) if isclass(object) else ()
    if isclass(object):
        # Attributes that get out of the way of the class's own are not in dir().
        for base in object.__bases__:
            names += [name for name, value in base.__dict__.items() if isinstance(value, types.DynamicClassAttribute)]
    for name in names:
        try:
            value = get(object, name)
            if name in done:
                raise AttributeError
        except AttributeError:
            for base in mro:
                if name in base.__dict__:
                    value = base.__dict__[name]
                    break
            else:
                continue  # dir() said what is not so, or it is a slot without a value
        if not predicate or predicate(value):
            results.append((name, value))
        done.add(name)
    results.sort(key=lambda pair: pair[0])
    return results


def getmembers(object, predicate=None):
    """Pairs of name and value of all attributes (of which predicate(value) is true), sorted by name."""
    return _members(object, predicate, getattr)


def getmembers_static(object, predicate=None):
    """The same without running any code of the object."""
    return _members(object, predicate, getattr_static)


Attribute = namedtuple('Attribute', 'name kind defining_class object')


def _kind_of(value):
    if isinstance(value, (staticmethod, types.BuiltinMethodType)):
        return 'static method'
    if isinstance(value, (classmethod, types.ClassMethodDescriptorType)):
        return 'class method'
    if isinstance(value, property):
        return 'property'
    return 'method' if isroutine(value) else 'data'


def classify_class_attrs(cls):
    """What each attribute of a class is and which class defines it: a list of Attribute."""
    mro = getmro(cls)
    metamro = tuple([each for each in getmro(type(cls)) if each not in (type, object)])
    names = dir(cls)
    for base in mro:
        names += [name for name, value in base.__dict__.items()
                  if isinstance(value, types.DynamicClassAttribute) and value.fget is not None]
    results, done = [], set()
    for name in names:
        homecls = got = from_dict = None
        if name not in done:
            try:
                if name == '__dict__':
                    raise AttributeError("__dict__ is special, don't want the proxy")
                got = getattr(cls, name)
            except Exception:
                pass
            else:
                homecls = _home_of(name, got, mro, metamro, cls)
        for base in (*mro, *metamro):
            if name in base.__dict__:
                from_dict = base.__dict__[name]
                if homecls not in metamro:
                    homecls = base
                break
        if homecls is None:
            continue  # it cannot be had
        value = got if got is not None else from_dict
        kind = _kind_of(from_dict)
        if kind in ('static method', 'class method', 'property'):
            value = from_dict
        elif not isroutine(value):
            kind = 'data'
        results.append(Attribute(name, kind, homecls, value))
        done.add(name)
    return results


def _home_of(name, got, mro, metamro, cls):
    """The class that an attribute which was found comes from."""
    home = getattr(got, '__objclass__', None)
    if home in mro:
        return home
    last = None
    for base in mro:
        if got is not None and getattr(base, name, None) is got:
            last = base
    for meta in metamro:
        try:
            if meta.__getattr__(cls, name) == got:
                last = meta
        except AttributeError:
            pass
    return last


def getmro(cls):
    """The class and its bases, in the order in which they are searched."""
    return cls.__mro__


def unwrap(func, *, stop=None):
    """What is inside all wrappers (`__wrapped__`), or the first for which stop(f) is true."""
    original, seen = func, {id(func): func}
    limit = sys.getrecursionlimit()
    while not isinstance(func, type) and hasattr(func, '__wrapped__') and not (stop is not None and stop(func)):
        func = func.__wrapped__
        if id(func) in seen or len(seen) >= limit:
            raise ValueError(f'wrapper loop when unwrapping {original!r}')
        seen[id(func)] = func
    return func


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    """The annotations of a function, class or module, a new dict; with eval_str texts are evaluated."""
    if isinstance(obj, type):
        annotations = obj.__dict__.get('__annotations__', None)
        if isinstance(annotations, types.GetSetDescriptorType):
            annotations = None
        found_globals = getattr(sys.modules.get(obj.__module__, None), '__dict__', None)
        found_locals, inner = dict(vars(obj)), obj
    elif isinstance(obj, types.ModuleType):
        annotations = getattr(obj, '__annotations__', None)
        found_globals, found_locals, inner = obj.__dict__, None, None
    elif callable(obj):
        annotations = getattr(obj, '__annotations__', None)
        found_globals, found_locals, inner = getattr(obj, '__globals__', None), None, obj
    else:
        raise TypeError(f'{obj!r} is not a module, class, or callable.')
    if annotations is None:
        return {}
    if not isinstance(annotations, dict):
        raise ValueError(f'{obj!r}.__annotations__ is neither a dict nor None')
    if not annotations or not eval_str:
        return dict(annotations)
    while inner is not None:
        if hasattr(inner, '__wrapped__'):
            inner = inner.__wrapped__
        elif isinstance(inner, functools.partial):
            inner = inner.func
        else:
            found_globals = getattr(inner, '__globals__', found_globals)
            break
    globals = found_globals if globals is None else globals
    locals = found_locals if locals is None else locals
    return {key: eval(value, globals, locals) if isinstance(value, str) else value for key, value in annotations.items()}


# --- documentation ---

def cleandoc(doc):
    """The text of a doc string with the indentation taken away that it has because of the code."""
    lines = doc.expandtabs().split('\n')
    margin = min([len(line) - len(line.lstrip()) for line in lines[1:] if line.lstrip()], default=None)
    lines[0] = lines[0].lstrip()
    if margin is not None:
        lines[1:] = [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return '\n'.join(lines)


def getdoc(object):
    """The documentation of an object, cleaned; a method may have that of the method it overrides."""
    try:
        doc = object.__doc__
    except AttributeError:
        return None
    if doc is None:
        try:
            doc = _find_doc(object)
        except (AttributeError, TypeError):
            return None
    return cleandoc(doc) if isinstance(doc, str) else None


def _class_of(func):
    """The class whose method a function is, by its qualified name."""
    found = sys.modules.get(func.__module__)
    if found is None:
        return None
    for name in func.__qualname__.split('.')[:-1]:
        found = getattr(found, name)
    return found if isclass(found) else None


def _find_doc(obj):
    if isclass(obj):
        for base in obj.__mro__:
            if base is not object and base.__doc__ is not None:
                return base.__doc__
        return None
    if ismethod(obj):
        name, cls = obj.__func__.__name__, obj.__self__
        if not (isclass(cls) and getattr(getattr(cls, name, None), '__func__') is obj.__func__):
            cls = cls.__class__
    elif isfunction(obj):
        name, cls = obj.__name__, _class_of(obj)
        if cls is None or getattr(cls, name) is not obj:
            return None
    elif isbuiltin(obj):
        name, owner = obj.__name__, obj.__self__
        cls = owner if isclass(owner) and owner.__qualname__ + '.' + name == obj.__qualname__ else owner.__class__
    elif isinstance(obj, property):
        name, cls = obj.fget.__name__, _class_of(obj.fget)
        if cls is None or getattr(cls, name) is not obj:
            return None
    elif ismethoddescriptor(obj) or isdatadescriptor(obj):
        name, cls = obj.__name__, obj.__objclass__
        if getattr(cls, name) is not obj:
            return None
        if ismemberdescriptor(obj) and isinstance(slots := getattr(cls, '__slots__', None), dict) and name in slots:
            return slots[name]
    else:
        return None
    for base in cls.__mro__:
        try:
            doc = getattr(base, name).__doc__
        except AttributeError:
            continue
        if doc is not None:
            return doc
    return None


# --- classes ---

def walktree(classes, children, parent):
    """The inside of getclasstree."""
    results = []
    classes.sort(key=lambda cls: (cls.__module__, cls.__name__))
    for cls in classes:
        results.append((cls, cls.__bases__))
        if cls in children:
            results.append(walktree(children[cls], children, cls))
    return results


def getclasstree(classes, unique=False):
    """Classes as nested lists: behind a class stands the list of those derived from it."""
    children, roots = {}, []
    for cls in classes:
        if not cls.__bases__:
            if cls not in roots:
                roots.append(cls)
            continue
        for parent in cls.__bases__:
            below = children.setdefault(parent, [])
            if cls not in below:
                below.append(cls)
            if unique and parent in classes:
                break
    roots += [parent for parent in children if parent not in classes]
    return walktree(roots, children, None)


# --- how it is called ---

def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    """The Signature of anything that can be called; ValueError or TypeError if it has none."""
    return Signature.from_callable(obj, follow_wrapped=follow_wrapped, globals=globals, locals=locals, eval_str=eval_str)


Arguments = namedtuple('Arguments', 'args, varargs, varkw')
FullArgSpec = namedtuple('FullArgSpec', 'args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations')
ArgInfo = namedtuple('ArgInfo', 'args varargs keywords locals')
ClosureVars = namedtuple('ClosureVars', 'nonlocals globals builtins unbound')


def getargs(co):
    """The parameters of a code object."""
    if not iscode(co):
        raise TypeError(f'{co!r} is not a code object')
    names, at = co.co_varnames, co.co_argcount + co.co_kwonlyargcount
    varargs = varkw = None
    if co.co_flags & CO_VARARGS:
        varargs = names[at]
        at += 1
    if co.co_flags & CO_VARKEYWORDS:
        varkw = names[at]
    return Arguments(list(names[:co.co_argcount + co.co_kwonlyargcount]), varargs, varkw)


def getfullargspec(func):
    """The parameters of a callable as a FullArgSpec."""
    try:
        found = _from_callable(func, Signature, follow_wrapped=False, skip_bound_arg=False)
    except Exception as error:
        raise TypeError('unsupported callable') from error
    args, positional_only, kwonly, defaults, kwdefaults, annotations = [], [], [], (), {}, {}
    varargs = varkw = None
    if found.return_annotation is not _empty:
        annotations['return'] = found.return_annotation
    for param in found.parameters.values():
        kind, name = param.kind, param.name
        if kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
            (positional_only if kind is _POSITIONAL_ONLY else args).append(name)
            if param.default is not _empty:
                defaults += (param.default,)
        elif kind is _VAR_POSITIONAL:
            varargs = name
        elif kind is _KEYWORD_ONLY:
            kwonly.append(name)
            if param.default is not _empty:
                kwdefaults[name] = param.default
        else:
            varkw = name
        if param.annotation is not _empty:
            annotations[name] = param.annotation
    return FullArgSpec(positional_only + args, varargs, varkw, defaults or None, kwonly, kwdefaults or None, annotations)


def getargvalues(frame):
    """The parameters of the function of a frame, and all its variables."""
    return ArgInfo(*getargs(frame.f_code), frame.f_locals)


def formatannotationrelativeto(object):
    """A function that formats annotations as the module of the object would write them."""
    module = getattr(object, '__module__', None)
    return lambda annotation: formatannotation(annotation, module)


def formatargvalues(args, varargs, varkw, locals, formatarg=str, formatvarargs=lambda name: '*' + name,
                    formatvarkw=lambda name: '**' + name, formatvalue=lambda value: '=' + repr(value)):
    """The text of what getargvalues returned."""
    parts = [formatarg(name) + formatvalue(locals[name]) for name in args]
    if varargs:
        parts.append(formatvarargs(varargs) + formatvalue(locals[varargs]))
    if varkw:
        parts.append(formatvarkw(varkw) + formatvalue(locals[varkw]))
    return f'({", ".join(parts)})'


def _missing(f_name, names, positional):
    quoted = [repr(name) for name in names]
    count = len(quoted)
    if count == 1:
        text = quoted[0]
    elif count == 2:
        text = ' and '.join(quoted)
    else:
        text = f'{", ".join(quoted[:-2])}, {quoted[-2]} and {quoted[-1]}'
    kind = 'positional' if positional else 'keyword-only'
    raise TypeError(f'{f_name}() missing {count} required {kind} argument{"" if count == 1 else "s"}: {text}')


def _too_many(f_name, args, kwonly, varargs, defcount, given, values):
    least = len(args) - defcount
    with_keywords = len([name for name in kwonly if name in values])
    if varargs:
        plural, text = least != 1, f'at least {least}'
    elif defcount:
        plural, text = True, f'from {least} to {len(args)}'
    else:
        plural, text = len(args) != 1, str(len(args))
    keywords = ''
    if with_keywords:
        keywords = f' positional argument{"s" if given != 1 else ""} (and {with_keywords} keyword-only argument' \
            f'{"s" if with_keywords != 1 else ""})'
    raise TypeError(f'{f_name}() takes {text} positional argument{"s" if plural else ""} but {given}{keywords} '
                    f'{"was" if given == 1 and not with_keywords else "were"} given')


def getcallargs(func, /, *positional, **named):
    """The parameters and what a call with these arguments would give them."""
    args, varargs, varkw, defaults, kwonly, kwdefaults, _ = getfullargspec(func)
    f_name, values = func.__name__, {}
    if ismethod(func) and func.__self__ is not None:
        positional = (func.__self__, *positional)
    given, wanted = len(positional), len(args)
    defcount = len(defaults) if defaults else 0
    values.update(zip(args, positional))
    if varargs:
        values[varargs] = tuple(positional[wanted:])
    possible = set(args + kwonly)
    if varkw:
        values[varkw] = {}
    for name, value in named.items():
        if name not in possible:
            if not varkw:
                raise TypeError(f'{f_name}() got an unexpected keyword argument {name!r}')
            values[varkw][name] = value
            continue
        if name in values:
            raise TypeError(f'{f_name}() got multiple values for argument {name!r}')
        values[name] = value
    if given > wanted and not varargs:
        _too_many(f_name, args, kwonly, varargs, defcount, given, values)
    if given < wanted:
        required = args[:wanted - defcount]
        if any([name not in values for name in required]):
            _missing(f_name, [name for name in required if name not in values], True)
        for i, name in enumerate(args[wanted - defcount:]):
            values.setdefault(name, defaults[i])
    missing = []
    for name in kwonly:
        if name not in values:
            if kwdefaults and name in kwdefaults:
                values[name] = kwdefaults[name]
            else:
                missing.append(name)
    if missing:
        _missing(f_name, missing, False)
    return values


def getclosurevars(func):
    """The names that a function uses and their present values, by where they come from."""
    if ismethod(func):
        func = func.__func__
    if not isfunction(func):
        raise TypeError(f'{func!r} is not a Python function')
    code = func.__code__
    nonlocals = {} if func.__closure__ is None else {
        name: cell.cell_contents for name, cell in zip(code.co_freevars, func.__closure__)}
    namespace = func.__globals__
    builtin = namespace.get('__builtins__', builtins.__dict__)
    if ismodule(builtin):
        builtin = builtin.__dict__
    global_vars, builtin_vars, unbound = {}, {}, set()
    for name in code.co_names:
        if name in ('None', 'True', 'False'):
            continue
        if name in namespace:
            global_vars[name] = namespace[name]
        elif name in builtin:
            builtin_vars[name] = builtin[name]
        else:
            unbound.add(name)
    return ClosureVars(nonlocals, global_vars, builtin_vars, unbound)


# --- frames ---

_Traceback = namedtuple('_Traceback', 'filename lineno function code_context index')
_FrameInfo = namedtuple('_FrameInfo', ('frame',) + _Traceback._fields)


class Traceback(_Traceback):
    """Where a frame is: file, line, function, lines around, which of them it is; and positions."""

    def __new__(cls, filename, lineno, function, code_context, index, *, positions=None):
        made = super().__new__(cls, filename, lineno, function, code_context, index)
        made.positions = positions
        return made

    def __repr__(self):
        return (f'Traceback(filename={self.filename!r}, lineno={self.lineno!r}, function={self.function!r}, '
                f'code_context={self.code_context!r}, index={self.index!r}, positions={self.positions!r})')


class FrameInfo(_FrameInfo):
    """A frame, and where it is."""

    def __new__(cls, frame, filename, lineno, function, code_context, index, *, positions=None):
        made = super().__new__(cls, frame, filename, lineno, function, code_context, index)
        made.positions = positions
        return made

    def __repr__(self):
        return (f'FrameInfo(frame={self.frame!r}, filename={self.filename!r}, lineno={self.lineno!r}, '
                f'function={self.function!r}, code_context={self.code_context!r}, index={self.index!r}, '
                f'positions={self.positions!r})')


_Positions = namedtuple('Positions', ('lineno', 'end_lineno', 'col_offset', 'end_col_offset'), defaults=(None,) * 4)
_Positions.__module__ = 'dis'


def getframeinfo(frame, context=1):
    """A Traceback for a frame or traceback, with so many lines of context."""
    if istraceback(frame):
        lineno, instruction = frame.tb_lineno, frame.tb_lasti
        frame = frame.tb_frame
    else:
        lineno, instruction = frame.f_lineno, frame.f_lasti
    if not isframe(frame):
        raise TypeError(f'{frame!r} is not a frame or traceback object')
    positions = (None,) * 4
    if instruction >= 0:
        positions = next(itertools.islice(frame.f_code.co_positions(), instruction // 2, None), positions)
    if positions[0] is None:
        positions = (lineno, *positions[1:])
    import _inspect_source
    filename = _inspect_source.getsourcefile(frame) or _inspect_source.getfile(frame)
    lines = index = None
    if context > 0:
        start = lineno - 1 - context // 2
        try:
            all_lines, _ = _inspect_source.findsource(frame)
        except OSError:
            pass
        else:
            start = max(0, min(start, len(all_lines) - context))
            lines, index = all_lines[start:start + context], lineno - 1 - start
    return Traceback(filename, lineno, frame.f_code.co_name, lines, index, positions=_Positions(*positions))


def getlineno(frame):
    """The line where a frame is."""
    return frame.f_lineno


def _frame_infos(frames, context):
    infos = []
    for frame, where in frames:
        info = getframeinfo(where, context)
        infos.append(FrameInfo(frame, *info, positions=info.positions))
    return infos


def getouterframes(frame, context=1):
    """FrameInfos of a frame and those that called it."""
    frames = []
    while frame:
        frames.append((frame, frame))
        frame = frame.f_back
    return _frame_infos(frames, context)


def getinnerframes(tb, context=1):
    """FrameInfos of the frames of a traceback."""
    frames = []
    while tb:
        frames.append((tb.tb_frame, tb))
        tb = tb.tb_next
    return _frame_infos(frames, context)


def currentframe():
    """The frame of the caller."""
    return sys._getframe(1)


def stack(context=1):
    """FrameInfos of the caller and those that called it."""
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    """FrameInfos between here and where the exception was raised that is being handled."""
    exc = sys.exc_info()[1]
    return getinnerframes(exc and exc.__traceback__, context)


# --- attributes without running code ---

_sentinel = object()
_type_mro = type.__dict__['__mro__'].__get__


def _dict_of_class(cls):
    return type.__dict__['__dict__'].__get__(cls)


def _check_class(cls, attr):
    for base in _type_mro(cls):
        if _shadowed_dict(type(base)) is _sentinel and attr in _dict_of_class(base):
            return _dict_of_class(base)[attr]
    return _sentinel


def _shadowed_dict(cls):
    """The `__dict__` that a class of the program defines itself, which may be anything."""
    for base in _type_mro(cls):
        own = _dict_of_class(base).get('__dict__', _sentinel)
        if own is not _sentinel and not (type(own) is types.GetSetDescriptorType and own.__name__ == '__dict__'
                                         and own.__objclass__ is base):
            return own
    return _sentinel


def getattr_static(obj, attr, default=_sentinel):
    """An attribute as it is stored: no descriptor, __getattr__ or __getattribute__ is called."""
    instance_result = _sentinel
    if not issubclass(type(obj), type):  # isinstance would ask __class__
        cls = type(obj)
        shadow = _shadowed_dict(cls)
        if shadow is _sentinel or type(shadow) is types.MemberDescriptorType:
            try:
                own = object.__getattribute__(obj, '__dict__')
            except AttributeError:
                own = {}
            instance_result = dict.get(own, attr, _sentinel)
    else:
        cls = obj
    class_result = _check_class(cls, attr)
    if instance_result is not _sentinel and class_result is not _sentinel:
        kind = type(class_result)
        if _check_class(kind, '__get__') is not _sentinel and (
                _check_class(kind, '__set__') is not _sentinel or _check_class(kind, '__delete__') is not _sentinel):
            return class_result
    if instance_result is not _sentinel:
        return instance_result
    if class_result is not _sentinel:
        return class_result
    if obj is cls:
        for base in _type_mro(type(cls)):
            if _shadowed_dict(type(base)) is _sentinel and attr in _dict_of_class(base):
                return _dict_of_class(base)[attr]
    if default is not _sentinel:
        return default
    raise AttributeError(attr)


# --- generators and coroutines ---

GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = _GENERATOR_STATES = [
    'GEN_CREATED', 'GEN_RUNNING', 'GEN_SUSPENDED', 'GEN_CLOSED']
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = _COROUTINE_STATES = [
    'CORO_CREATED', 'CORO_RUNNING', 'CORO_SUSPENDED', 'CORO_CLOSED']


def _state(states, running, suspended, frame):
    created, runs, waits, closed = states
    return runs if running else waits if suspended else closed if frame is None else created


def getgeneratorstate(generator):
    """GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED or GEN_CLOSED."""
    return _state(_GENERATOR_STATES, generator.gi_running, generator.gi_suspended, generator.gi_frame)


def getcoroutinestate(coroutine):
    """CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED or CORO_CLOSED."""
    return _state(_COROUTINE_STATES, coroutine.cr_running, coroutine.cr_suspended, coroutine.cr_frame)


def _locals_of(object, frame_name):
    frame = getattr(object, frame_name, None)
    return {} if frame is None else frame.f_locals


def getgeneratorlocals(generator):
    """The variables of a generator."""
    if not isgenerator(generator):
        raise TypeError(f'{generator!r} is not a Python generator')
    return _locals_of(generator, 'gi_frame')


def getcoroutinelocals(coroutine):
    """The variables of a coroutine."""
    return _locals_of(coroutine, 'cr_frame')
