"""Which modules a script imports: its source, and that of what it imports, is looked through for import statements."""
import ast
import importlib.machinery
import importlib.util
import io
import os
import sys

__all__ = ['ModuleFinder', 'Module', 'AddPackagePath', 'ReplacePackage']

packagePathMap = {}
replacePackageMap = {}


def AddPackagePath(packagename, path):
    """A package has another folder: some extend __path__ while they run, which cannot be seen in the source."""
    packagePathMap.setdefault(packagename, []).append(path)


def ReplacePackage(oldname, newname):
    """A package puts another one into its place while it runs."""
    replacePackageMap[oldname] = newname


class Module:
    """A module that was found."""

    def __init__(self, name, file=None, path=None):
        self.__name__, self.__file__, self.__path__ = name, file, path
        self.__code__ = None
        self.globalnames, self.starimports = {}, {}  # names that it binds; modules that it imports everything of

    def __repr__(self):
        shown = [repr(part) for part in (self.__name__, self.__file__, self.__path__) if part is not None]
        return f'Module({", ".join(shown)})'


_WITH_OWN_NAMES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp,
                   ast.GeneratorExp)


def _statements(tree, binds=True):
    """What a tree says about names: ('store', name) and imports; names of functions are not the module's."""
    for node in ast.iter_child_nodes(tree):
        if binds:
            for name in _bound_by(node):
                yield 'store', (name,)
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield 'absolute_import', (None, alias.name)
        elif isinstance(node, ast.ImportFrom):
            names = tuple(alias.name for alias in node.names)
            if node.level:
                yield 'relative_import', (node.level, names, node.module or '')
            else:
                yield 'absolute_import', (names, node.module)
        yield from _statements(node, binds and not isinstance(node, _WITH_OWN_NAMES))


def _bound_by(node):
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return [node.id]
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, ast.Import):
        return [alias.asname or alias.name.partition('.')[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [alias.asname or alias.name for alias in node.names if alias.name != '*']
    return []


class ModuleFinder:
    """Finds modules; those that were found are in modules, those that were not in badmodules, with who wants them."""

    def __init__(self, path=None, debug=0, excludes=None, replace_paths=None):
        self.path = sys.path if path is None else path
        self.modules, self.badmodules = {}, {}
        self.debug, self.indent = debug, 0
        self.excludes = [] if excludes is None else excludes
        self.replace_paths = [] if replace_paths is None else replace_paths
        self.processed_paths = []

    def msg(self, level, str, *args):
        if level <= self.debug:
            print('   ' * self.indent, str, *map(repr, args))

    def run_script(self, pathname):
        """Look through a script."""
        with io.open_code(pathname) as file:
            self.load_module('__main__', file, pathname, ('', 'rb', 1))

    def load_file(self, pathname):
        """Look through a file as a module."""
        name, ext = os.path.splitext(os.path.basename(pathname))
        with io.open_code(pathname) as file:
            self.load_module(name, file, pathname, (ext, 'rb', 1))

    def import_hook(self, name, caller=None, fromlist=None, level=-1):
        """What an import statement finds."""
        self.msg(3, 'import_hook', name, caller, fromlist, level)
        parent = self.determine_parent(caller, level=level)
        head, tail = self.find_head_package(parent, name)
        module = self.load_tail(head, tail)
        if not fromlist:
            return head
        if module.__path__:
            self.ensure_fromlist(module, fromlist)
        return None

    def determine_parent(self, caller, level=-1):
        """The package that a relative import begins at; None for an absolute one."""
        if not caller or level == 0:
            return None
        name = caller.__name__
        if level >= 1:
            up = level - 1 if caller.__path__ else level
            if up:
                if name.count('.') < up:
                    raise ImportError('relative importpath too deep')
                name = '.'.join(name.split('.')[:-up])
            return self.modules[name]
        if caller.__path__:
            return self.modules[name]
        package = name.rpartition('.')[0]
        return self.modules.get(package) if package else None

    def find_head_package(self, parent, name):
        head, _, tail = name.partition('.')
        qualified = f'{parent.__name__}.{head}' if parent else head
        module = self.import_module(head, qualified, parent)
        if module is None and parent:  # what is not in the package may be anywhere
            qualified, parent = head, None
            module = self.import_module(head, qualified, parent)
        if module is None:
            raise ImportError('No module named ' + qualified)
        return module, tail

    def load_tail(self, q, tail):
        module = q
        while tail:
            head, _, tail = tail.partition('.')
            name = f'{module.__name__}.{head}'
            module = self.import_module(head, name, module)
            if not module:
                raise ImportError('No module named ' + name)
        return module

    def ensure_fromlist(self, m, fromlist, recursive=0):
        """Load the modules of a package that are imported by name."""
        for name in fromlist:
            if name == '*':
                if not recursive:
                    everything = self.find_all_submodules(m)
                    if everything:
                        self.ensure_fromlist(m, everything, 1)
            elif not hasattr(m, name):
                full = f'{m.__name__}.{name}'
                if not self.import_module(name, full, m):
                    raise ImportError('No module named ' + full)

    def find_all_submodules(self, m):
        """The names of the modules of a package."""
        suffixes = importlib.machinery.all_suffixes()
        found = {}
        for folder in m.__path__ or ():
            try:
                names = os.listdir(folder)
            except OSError:
                self.msg(2, "can't list directory", folder)
                continue
            for name in names:
                for suffix in suffixes:
                    if name.endswith(suffix) and name != '__init__' + suffix:
                        found[name.removesuffix(suffix)] = None
                        break
        return list(found)

    def import_module(self, partname, fqname, parent):
        if fqname in self.modules:
            return self.modules[fqname]
        if fqname in self.badmodules:
            return None
        if parent and parent.__path__ is None:
            return None
        try:
            file, pathname, facts = self.find_module(partname, parent and parent.__path__, parent)
        except ImportError:
            return None
        try:
            module = self.load_module(fqname, file, pathname, facts)
        finally:
            if file:
                file.close()
        if parent:
            setattr(parent, partname, module)
        return module

    def load_module(self, fqname, fp, pathname, file_info):
        suffix, mode, kind = file_info
        if kind == _PACKAGE:
            return self.load_package(fqname, pathname)
        if kind == _SOURCE:
            source = fp.read()
            code = compile(source, self._shown(pathname), 'exec', dont_inherit=True)
        module = self.add_module(fqname)
        module.__file__ = pathname
        if kind == _SOURCE:
            module.__code__ = code
            self.scan_code(ast.parse(source), module)
        return module

    def _shown(self, pathname):
        """The name of a file after replace_paths."""
        shown = next((new + pathname[len(old):] for old, new in self.replace_paths if pathname.startswith(old)),
                     pathname)
        if self.debug and self.replace_paths and pathname not in self.processed_paths:
            self.processed_paths.append(pathname)
            self.msg(2, f'co_filename {pathname!r} ' +
                     ('remains unchanged' if shown == pathname else f'changed to {shown!r}'))
        return shown

    def _add_badmodule(self, name, caller):
        self.badmodules.setdefault(name, {})[caller.__name__ if caller else '-'] = 1

    def _safe_import_hook(self, name, caller, fromlist, level=-1):
        if name in self.badmodules:
            self._add_badmodule(name, caller)
            return
        try:
            self.import_hook(name, caller, level=level)
        except (ImportError, SyntaxError) as problem:
            self.msg(2, 'ImportError:', str(problem))
            self._add_badmodule(name, caller)
            return
        for part in fromlist or ():
            full = f'{name}.{part}' if name and not name.endswith('.') else name + part
            if full in self.badmodules:
                self._add_badmodule(full, caller)
                continue
            try:
                self.import_hook(name, caller, [part], level=level)
            except ImportError as problem:
                self.msg(2, 'ImportError:', str(problem))
                self._add_badmodule(full, caller)

    def scan_code(self, tree, m):
        """Follow the import statements of a tree."""
        for what, args in _statements(tree):
            if what == 'store':
                m.globalnames[args[0]] = 1
            elif what == 'absolute_import':
                names, name = args
                self._from(m, name, names, 0)
            else:
                level, names, name = args
                if name:
                    self._from(m, name, names, level)
                else:
                    parent = self.determine_parent(m, level=level)
                    self._safe_import_hook(parent.__name__, None, [one for one in names if one != '*'], level=0)

    def _from(self, m, name, names, level):
        has_star = names is not None and '*' in names
        self._safe_import_hook(name, m, [one for one in names or () if one != '*'], level=level)
        if not has_star:
            return
        # What a module has by a star is known only if the other one has been found.
        other = None
        if m.__path__:
            other = self.modules.get(f'{m.__name__}.{name}')
        other = other or self.modules.get(name)
        if other is None:
            m.starimports[name] = 1
            return
        m.globalnames.update(other.globalnames)
        m.starimports.update(other.starimports)
        if other.__code__ is None:
            m.starimports[name] = 1

    def load_package(self, fqname, pathname):
        fqname = replacePackageMap.get(fqname, fqname)
        module = self.add_module(fqname)
        module.__file__ = pathname
        module.__path__ = [pathname, *packagePathMap.get(fqname, [])]
        file, found, facts = self.find_module('__init__', module.__path__)
        try:
            self.load_module(fqname, file, found, facts)
            return module
        finally:
            if file:
                file.close()

    def add_module(self, fqname):
        return self.modules.setdefault(fqname, Module(fqname))

    def find_module(self, name, path, parent=None):
        """(an open file or None, its name, (suffix, mode, kind)) of a module. Raises ImportError."""
        full = f'{parent.__name__}.{name}' if parent is not None else name
        if full in self.excludes:
            raise ImportError(name)
        if path is None:
            if name in sys.builtin_module_names:
                return None, None, ('', '', _BUILTIN)
            path = self.path
        importlib.machinery.PathFinder.invalidate_caches()
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is None:
            if parent is None and importlib.machinery.FrozenImporter.find_spec(name) is not None:
                return None, None, ('', '', _BUILTIN)
            raise ImportError(f'No module named {name!r}', name=name)
        if spec.loader is None:
            raise ImportError(f'No module named {name!r}', name=name)
        if spec.loader.is_package(name):
            return None, os.path.dirname(spec.origin), ('', '', _PACKAGE)
        return io.open_code(spec.origin), spec.origin, (os.path.splitext(spec.origin)[-1], 'rb', _SOURCE)

    # Reports

    def report(self):
        """Print what was found and what was not."""
        print()
        print('  %-25s %s' % ('Name', 'File'))
        print('  %-25s %s' % ('----', '----'))
        for name in sorted(self.modules):
            module = self.modules[name]
            print('P' if module.__path__ else 'm', '%-25s' % name, module.__file__ or '')
        missing, maybe = self.any_missing_maybe()
        if missing:
            print()
            print('Missing modules:')
            for name in missing:
                print('?', name, 'imported from', ', '.join(sorted(self.badmodules[name])))
        if maybe:
            print()
            print('Submodules that appear to be missing, but could also be', end=' ')
            print('global names in the parent package:')
            for name in maybe:
                print('?', name, 'imported from', ', '.join(sorted(self.badmodules[name])))

    def any_missing(self):
        """The modules that were not found."""
        missing, maybe = self.any_missing_maybe()
        return missing + maybe

    def any_missing_maybe(self):
        """(modules that were not found, names that may be a package's own and no modules)."""
        missing, maybe = [], []
        for name in self.badmodules:
            if name in self.excludes:
                continue
            package, dot, part = name.rpartition('.')
            module = self.modules.get(package) if dot else None
            if module is None:
                missing.append(name)
            elif part in module.globalnames:  # the package binds the name
                continue
            elif module.starimports:
                maybe.append(name)
            else:
                missing.append(name)
        return sorted(missing), sorted(maybe)


_SOURCE, _PACKAGE, _BUILTIN = 1, 5, 6


def test():
    """python -m modulefinder [-d] [-m] [-p path] [-q] [-x name] script ...: report what a script imports."""
    import getopt
    try:
        options, args = getopt.getopt(sys.argv[1:], 'dmp:qx:')
    except getopt.error as problem:
        print(problem)
        return None
    debug, as_modules, more, excludes = 1, False, [], []
    for option, value in options:
        if option == '-d':
            debug += 1
        elif option == '-m':
            as_modules = True
        elif option == '-p':
            more += value.split(os.pathsep)
        elif option == '-q':
            debug = 0
        elif option == '-x':
            excludes.append(value)
    script = args[0] if args else 'hello.py'
    finder = ModuleFinder([*more, os.path.dirname(script), *sys.path[1:]], debug, excludes)
    for arg in args[1:]:
        if arg == '-m':
            as_modules = True
        elif as_modules:
            name = arg.removesuffix('.*')
            finder.import_hook(name, None, ['*'] if name != arg else None)
        else:
            finder.load_file(arg)
    finder.run_script(script)
    finder.report()
    return finder


if __name__ == '__main__':
    test()
