"""The classes and functions of a module, found in its source without importing it."""
import ast
import importlib.machinery
import sys

__all__ = ['readmodule', 'readmodule_ex', 'Class', 'Function']

_modules = {}  # what has been read


class _Object:
    """A class or function: where it is, what it is in, and what is in it."""

    def __init__(self, module, name, file, lineno, end_lineno, parent):
        self.module, self.name, self.file = module, name, file
        self.lineno, self.end_lineno = lineno, end_lineno
        self.parent = parent
        self.children = {}
        if parent is not None:
            parent.children[name] = self


class Function(_Object):
    """A function."""

    def __init__(self, module, name, file, lineno, parent=None, is_async=False, *, end_lineno=None):
        super().__init__(module, name, file, lineno, end_lineno, parent)
        self.is_async = is_async
        if isinstance(parent, Class):
            parent.methods[name] = lineno


class Class(_Object):
    """A class; its bases are classes, or their names where they cannot be found."""

    def __init__(self, module, name, super_, file, lineno, parent=None, *, end_lineno=None):
        super().__init__(module, name, file, lineno, end_lineno, parent)
        self.super = super_ or []
        self.methods = {}


def _nest_function(ob, func_name, lineno, end_lineno, is_async=False):
    """A function inside another object."""
    return Function(ob.module, func_name, ob.file, lineno, parent=ob, is_async=is_async, end_lineno=end_lineno)


def _nest_class(ob, class_name, lineno, end_lineno, super=None):
    """A class inside another object."""
    return Class(ob.module, class_name, super, ob.file, lineno, parent=ob, end_lineno=end_lineno)


def readmodule(module, path=None):
    """The classes of a module, by name."""
    return {name: found for name, found in _readmodule(module, path or []).items() if isinstance(found, Class)}


def readmodule_ex(module, path=None):
    """The classes and functions of a module, by name. A package also has __path__."""
    return _readmodule(module, path or [])


def _readmodule(module, path, inpackage=None):
    if not module:
        raise ImportError('no module is named by dots alone')
    full = f'{inpackage}.{module}' if inpackage is not None else module
    if full in _modules:
        return _modules[full]
    tree = {}
    if module in sys.builtin_module_names and inpackage is None:
        _modules[module] = tree
        return tree
    package, dot, last = module.rpartition('.')
    if dot:
        parent = _readmodule(package, path, inpackage)
        if inpackage is not None:
            package = f'{inpackage}.{package}'
        if '__path__' not in parent:
            raise ImportError(f'No package named {package}')
        return _readmodule(last, parent['__path__'], package)
    search = path if inpackage is not None else path + sys.path
    spec = _find_spec(full, search)
    if spec is None:
        raise ModuleNotFoundError(f'no module named {full!r}', name=full)
    _modules[full] = tree
    if spec.submodule_search_locations is not None:
        tree['__path__'] = spec.submodule_search_locations
    try:
        source = spec.loader.get_source(full)
    except (AttributeError, ImportError):
        return tree
    if source is None:
        return tree
    return _create_tree(full, path, spec.loader.get_filename(full), source, tree, inpackage)


def _find_spec(name, path):
    """Where a module is: in the folders of the path, or in this binary."""
    for find in (importlib.machinery.PathFinder.find_spec, importlib.machinery.FrozenImporter.find_spec):
        spec = find(name, path)
        if spec is not None:
            return spec
    return None


class _Builder(ast.NodeVisitor):
    """Takes down what a module defines; what is only imported is there as well, from where it comes."""

    def __init__(self, module, path, file, tree, inpackage):
        self.module, self.path, self.file = module, path, file
        self.tree, self.inpackage = tree, inpackage
        self.around = []

    def _enter(self, node, found):
        if not self.around:
            self.tree[node.name] = found
        self.around.append(found)
        self.generic_visit(node)
        self.around.pop()

    def _parent(self):
        return self.around[-1] if self.around else None

    def visit_ClassDef(self, node):
        bases = []
        for base in node.bases:
            name = ast.unparse(base)
            if name in self.tree:
                bases.append(self.tree[name])
                continue
            owner, dot, attribute = name.rpartition('.')
            known = _modules.get(owner.rpartition('.')[2], {}) if dot else {}
            bases.append(known.get(attribute, name))
        self._enter(node, Class(self.module, node.name, bases, self.file, node.lineno, parent=self._parent(),
                                end_lineno=node.end_lineno))

    def visit_FunctionDef(self, node):
        self._enter(node, Function(self.module, node.name, self.file, node.lineno, self._parent(),
                                   isinstance(node, ast.AsyncFunctionDef), end_lineno=node.end_lineno))

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Import(self, node):
        if node.col_offset != 0:
            return
        for alias in node.names:
            try:
                try:
                    _readmodule(alias.name, self.path, self.inpackage)
                except ImportError:
                    _readmodule(alias.name, [])
            except (ImportError, SyntaxError):  # it may be there when the module runs
                continue

    def visit_ImportFrom(self, node):
        if node.col_offset != 0:
            return
        try:
            module = '.' * node.level + (node.module or '')
            found = _readmodule(module, self.path, self.inpackage)
        except (ImportError, SyntaxError):
            return
        for alias in node.names:
            if alias.name in found:
                self.tree[alias.asname or alias.name] = found[alias.name]
            elif alias.name == '*':
                self.tree.update((name, value) for name, value in found.items() if not name.startswith('_'))


def _create_tree(fullmodule, path, fname, source, tree, inpackage):
    _Builder(fullmodule, path, fname, tree, inpackage).visit(ast.parse(source))
    return tree


def _main():
    """python -m pyclbr module: print what it defines."""
    import os
    name = sys.argv[1] if len(sys.argv) > 1 else __file__
    if os.path.exists(name):
        path = [os.path.dirname(name)]
        name = os.path.basename(name).removesuffix('.py')
    else:
        path = []

    def show(objects, depth):
        for found in sorted(objects, key=lambda one: one.lineno):
            lead = '  ' * depth
            if isinstance(found, Class):
                bases = [base if isinstance(base, str) else base.name for base in found.super]
                print(f'{lead}class {found.name} {bases} {found.lineno}')
            else:
                print(f'{lead}def {found.name} {found.lineno}')
            show(found.children.values(), depth + 1)
    show([found for found in readmodule_ex(name, path).values() if isinstance(found, _Object)], 0)


if __name__ == '__main__':
    _main()
