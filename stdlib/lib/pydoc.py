"""Documentation as text: help(thing), `python -m pydoc name`.

The interactive browser and web pages of CPython's pydoc are not there; texts are.
"""
import builtins
import importlib
import inspect
import sys

__all__ = ['help']


class ErrorDuringImport(Exception):
    """A module exists, but importing it failed."""

    def __init__(self, filename, exc_info):
        self.filename = filename
        self.exc, self.value, self.tb = exc_info

    def __str__(self):
        return f'problem in {self.filename} - {self.exc.__name__}: {self.value}'


def getdoc(object):
    """The documentation of an object, or the comment above it."""
    return inspect.getdoc(object) or ''


def splitdoc(doc):
    """(first line, the rest)"""
    lines = doc.strip().split('\n')
    if len(lines) == 1:
        return lines[0], ''
    if len(lines) >= 2 and not lines[1].rstrip():
        return lines[0], '\n'.join(lines[2:])
    return '', '\n'.join(lines)


def plain(text):
    """The text without overstruck letters."""
    import re
    return re.sub('.\b', '', text)


def describe(thing):
    """What kind of thing it is."""
    if inspect.ismodule(thing):
        return ('package ' if hasattr(thing, '__path__') else 'module ') + thing.__name__
    if inspect.isbuiltin(thing):
        return 'built-in function ' + thing.__name__
    if inspect.isclass(thing):
        return 'class ' + thing.__name__
    if inspect.isfunction(thing):
        return 'function ' + thing.__name__
    if inspect.ismethod(thing):
        return 'method ' + thing.__name__
    return type(thing).__name__


def locate(path, forceload=0):
    """The object of a dotted name, or None."""
    parts = [part for part in path.split('.') if part]
    module, at = None, 0
    while at < len(parts):
        try:
            found = importlib.import_module('.'.join(parts[:at + 1]))
        except ImportError as error:
            if error.name and '.'.join(parts[:at + 1]).startswith(error.name):
                break
            raise ErrorDuringImport('.'.join(parts[:at + 1]), sys.exc_info()) from None
        module, at = found, at + 1
    found = module if module is not None else builtins
    for part in parts[at:]:
        try:
            found = getattr(found, part)
        except AttributeError:
            return None
    return found


def resolve(thing, forceload=0):
    """(object, name) for an object or a dotted name."""
    if isinstance(thing, str):
        found = locate(thing, forceload)
        if found is None:
            raise ImportError(f'No Python documentation found for {thing!r}.\nUse help() to get the interactive help '
                              'utility.\nUse help(str) for help on the str class.')
        return found, thing
    name = getattr(thing, '__name__', None)
    return thing, name if isinstance(name, str) else None


class TextDoc:
    """Writes documentation as plain text."""

    def bold(self, text):
        return ''.join([c + '\b' + c for c in text])

    def indent(self, text, prefix='    '):
        """Indent the lines."""
        lines = [prefix + line for line in text.split('\n')]
        lines[-1] = lines[-1].rstrip()
        return '\n'.join(lines)

    def section(self, title, contents):
        """A title with text under it."""
        return f'{self.bold(title)}\n{self.indent(contents).rstrip()}\n\n'

    def document(self, object, name=None, mod=None):
        """The text about any object."""
        if inspect.ismodule(object):
            return self.docmodule(object, name, mod)
        if inspect.isclass(object):
            return self.docclass(object, name, mod)
        if inspect.isroutine(object):
            return self.docroutine(object, name, mod)
        return self.docother(object, name, mod)

    def docmodule(self, object, name=None, mod=None):
        synopsis, rest = splitdoc(getdoc(object))
        text = self.section('NAME', object.__name__ + (f' - {synopsis}' if synopsis else ''))
        if rest:
            text += self.section('DESCRIPTION', rest)
        public = getattr(object, '__all__', None)
        classes, functions, data = [], [], []
        for key, value in inspect.getmembers(object):
            if key.startswith('_') if public is None else key not in public:
                continue
            if inspect.isclass(value):
                if public is not None or (inspect.getmodule(value) or object) is object:
                    classes.append(self.document(value, key, object.__name__))
            elif inspect.isroutine(value):
                if public is not None or inspect.isbuiltin(value) or inspect.getmodule(value) is object:
                    functions.append(self.document(value, key, object.__name__))
            elif not inspect.ismodule(value):
                data.append(self.docother(value, key, object.__name__, maxlen=70))
        for title, parts in (('CLASSES', classes), ('FUNCTIONS', functions), ('DATA', data)):
            if parts:
                text += self.section(title, '\n'.join(parts))
        for title, attribute in (('VERSION', '__version__'), ('AUTHOR', '__author__')):
            if hasattr(object, attribute):
                text += self.section(title, str(getattr(object, attribute)))
        return text + self.section('FILE', getattr(object, '__file__', None) or '(built-in)')

    def docclass(self, object, name=None, mod=None):
        name = name or object.__name__
        bases = [base.__name__ if base.__module__ in (object.__module__, 'builtins')
                 else f'{base.__module__}.{base.__name__}' for base in object.__bases__]
        title = self.bold(f'class {name}') if name == object.__name__ else self.bold(name) + f' = class {object.__name__}'
        if bases:
            title += f'({", ".join(bases)})'
        lines = []
        try:
            signature = str(inspect.signature(object))
        except (ValueError, TypeError):
            signature = None
        if signature and signature != '()':
            lines.append(f'{object.__name__}{signature}\n')
        doc = getdoc(object)
        if doc:
            lines.append(doc + '\n')
        if len(object.__mro__) > 2:
            lines.append('Method resolution order:')
            lines += [f'    {base.__module__}.{base.__qualname__}' if base.__module__ != 'builtins'
                      else f'    {base.__qualname__}' for base in object.__mro__]
            lines.append('')
        lines += self._attributes(object)
        return f'{title}\n{self.indent(chr(10).join(lines), " |  ").rstrip()}\n'

    def _attributes(self, object):
        lines = []
        attributes = [a for a in inspect.classify_class_attrs(object)
                      if not a.name.startswith('_') or a.name.startswith('__') and a.name.endswith('__')
                      and a.defining_class is object and a.name not in (
                          '__module__', '__doc__', '__dict__', '__weakref__', '__qualname__', '__annotations__')]
        for owner in object.__mro__:
            if owner is builtins.object:
                continue
            for kind, title in (('method', 'Methods'), ('class method', 'Class methods'),
                                ('static method', 'Static methods'), ('property', 'Readonly properties'),
                                ('data', 'Data and other attributes')):
                chosen = [a for a in attributes if a.defining_class is owner and a.kind == kind]
                if not chosen:
                    continue
                where = 'defined here' if owner is object else f'inherited from {owner.__name__}'
                lines += ['-' * 70, f'{title} {where}:', '']
                for attribute in sorted(chosen, key=lambda a: a.name):
                    if kind in ('data', 'property'):
                        lines.append(self.docother(getattr(object, attribute.name, attribute.object), attribute.name)
                                     if kind == 'data' else self.bold(attribute.name))
                        if kind == 'property' and getdoc(attribute.object):
                            lines.append(self.indent(getdoc(attribute.object)))
                    else:
                        value = getattr(object, attribute.name, attribute.object)
                        lines.append(self.docroutine(value, attribute.name).rstrip('\n'))
                    lines.append('')
        return lines

    def docroutine(self, object, name=None, mod=None):
        name = name or getattr(object, '__name__', '')
        try:
            signature = str(inspect.signature(object))
        except (ValueError, TypeError):
            signature = '(...)'
        prefix = 'async ' if inspect.iscoroutinefunction(object) or inspect.isasyncgenfunction(object) else ''
        doc = getdoc(object)
        return f'{prefix}{self.bold(name)}{signature}\n' + (self.indent(doc).rstrip() + '\n' if doc else '')

    def docother(self, object, name=None, mod=None, maxlen=None):
        text = repr(object)
        if maxlen and len(text) > maxlen:
            text = text[:maxlen] + '...'
        return f'{self.bold(name)} = {text}' if name else text


class _PlainTextDoc(TextDoc):
    def bold(self, text):
        return text


text, plaintext = TextDoc(), _PlainTextDoc()


def render_doc(thing, title='Python Library Documentation: %s', forceload=0, renderer=None):
    """The text about an object or a dotted name."""
    renderer = text if renderer is None else renderer
    object, name = resolve(thing, forceload)
    described = describe(object)
    module = inspect.getmodule(object)
    if name and '.' in name:
        described += ' in ' + name[:name.rfind('.')]
    elif module and module is not object:
        described += ' in module ' + module.__name__
    if not (inspect.ismodule(object) or inspect.isclass(object) or inspect.isroutine(object)
            or inspect.isdatadescriptor(object) or getdoc(object) and not hasattr(builtins, type(object).__name__)):
        # An instance: what its class says.
        object = type(object)
        described += ' object'
    return title % described + '\n\n' + renderer.document(object, name)


def doc(thing, title='Python Library Documentation: %s', forceload=0, output=None):
    """Show the text about an object or a dotted name."""
    try:
        if output is None:
            pager(render_doc(thing, title, forceload))
        else:
            output.write(render_doc(thing, title, forceload, plaintext))
    except (ImportError, ErrorDuringImport) as value:
        print(value)


def pager(text):
    """Print a text."""
    sys.stdout.write(plain(text))
    sys.stdout.write('\n' if not text.endswith('\n') else '')


class Helper:
    """help(): help(thing) for a text, help() for a prompt."""

    def __init__(self, input=None, output=None):
        self._input, self._output = input, output

    @property
    def input(self):
        return self._input or sys.stdin

    @property
    def output(self):
        return self._output or sys.stdout

    def __repr__(self):
        return '<%s.%s instance>' % (self.__class__.__module__, self.__class__.__qualname__)

    _GoInteractive = object()

    def __call__(self, request=_GoInteractive):
        if request is self._GoInteractive:
            self.interact()
        else:
            self.help(request)

    def interact(self):
        """A prompt for names."""
        self.output.write('\nThe name of a module, class or function shows its documentation; "quit" leaves.\n\n')
        while True:
            self.output.write('help> ')
            self.output.flush()
            request = self.input.readline().strip().replace('"', '').replace("'", '')
            if not request or request.lower() in ('q', 'quit', 'exit'):
                break
            self.help(request)

    def help(self, request):
        """Show the text about an object or a name."""
        if isinstance(request, str) and request in ('True', 'False', 'None'):
            request = eval(request)
        doc(request, 'Help on %s:', output=self._output)
        self.output.write('\n')


help = Helper()


def cli():
    """The command line: names of things."""
    if len(sys.argv) < 2 or sys.argv[1] in ('-h', '--help'):
        print('usage: pydoc <name> ...\n    Show text documentation on something: a module, or what is in one.')
        return
    for name in sys.argv[1:]:
        try:
            pager(render_doc(name))
        except (ImportError, ErrorDuringImport) as value:
            print(value)
            sys.exit(1)


if __name__ == '__main__':
    cli()
