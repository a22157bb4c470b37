"""Completion of names and attributes, for readline."""
import builtins
import keyword
import re

__all__ = ['Completer']

_ATTRIBUTE = re.compile(r'(\w+(?:\.\w+)*)\.(\w*)$')
_WITH_SPACE = {'not', 'await', 'lambda', 'def', 'class', 'del', 'from', 'global', 'import', 'nonlocal', 'return',
               'while', 'with', 'for', 'if', 'elif', 'in', 'is', 'as', 'and', 'or', 'assert', 'raise', 'yield', 'async',
               'except'}
_WITH_COLON = {'try', 'finally', 'else'}
_ALONE = {'False', 'None', 'True', 'break', 'continue', 'pass'}


class Completer:
    """complete(text, state) over a namespace, or __main__'s."""

    def __init__(self, namespace=None):
        if namespace and not isinstance(namespace, dict):
            raise TypeError('namespace must be a dictionary')
        self.use_main_ns = namespace is None
        self.namespace = namespace
        self.matches = []

    def complete(self, text, state):
        """The state-th completion, or None."""
        if self.use_main_ns:
            import __main__
            self.namespace = __main__.__dict__
        if not text.strip():
            return '\t' if state == 0 else None
        if state == 0:
            self.matches = self.attr_matches(text) if '.' in text else self.global_matches(text)
        return self.matches[state] if state < len(self.matches) else None

    def _callable_postfix(self, val, word):
        if not callable(val):
            return word
        word += '('
        import inspect
        try:
            if not inspect.signature(val).parameters:
                word += ')'
        except ValueError:
            pass
        return word

    def global_matches(self, text):
        """Keywords, names of the namespace and of builtins that begin so."""
        found = {}
        for word in keyword.kwlist + keyword.softkwlist:
            if word.startswith(text):
                found[word] = word + (':' if word in _WITH_COLON else '' if word in _ALONE or word == '_' else ' ')
        for names in (self.namespace, builtins.__dict__):
            for word, value in names.items():
                if word.startswith(text) and word not in found:
                    found[word] = self._callable_postfix(value, word)
        return list(found.values())

    def attr_matches(self, text):
        """Attributes of what stands before the last dot; names with underscores only when asked for."""
        match = _ATTRIBUTE.match(text)
        if not match:
            return []
        path, start = match.groups()
        try:
            thing = eval(path, self.namespace)
        except Exception:
            return []
        names = set(dir(thing)) - {'__builtins__'}
        if hasattr(thing, '__class__'):
            names.add('__class__')
            names.update(_class_members(thing.__class__))
        matches = sorted(self._attribute(thing, path, name) for name in names if name.startswith(start))
        if start == '':
            matches = [match for match in matches if not match[len(path) + 1:].startswith('_')] or matches
        return matches

    def _attribute(self, thing, path, name):
        whole = f'{path}.{name}'
        # A property is not run for its name.
        if isinstance(getattr(type(thing), name, None), property):
            return whole
        value = getattr(thing, name, None)
        return self._callable_postfix(value, whole) if value is not None else whole


def _class_members(cls):
    names = set(dir(cls))
    for base in getattr(cls, '__bases__', ()):
        names |= _class_members(base)
    return names


get_class_members = _class_members

try:
    import readline
except ImportError:
    pass
else:
    readline.set_completer(Completer().complete)
