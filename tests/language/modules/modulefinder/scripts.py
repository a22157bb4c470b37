# modulefinder: what a script imports, by every kind of import statement, and what cannot be found.
import contextlib
import io
import modulefinder
import os
import tempfile

folder = tempfile.mkdtemp()
FILES = {
    'script.py': 'import sys, alone\nimport pack.sub as renamed\nfrom pack import other, name, missing\n'
                 'from stars import *\n'
                 'def later():\n    import gone.deep\n    from alone import value\ntry:\n    import broken\n'
                 'except ImportError: pass\n',
    'alone.py': 'value = 1\n', 'broken.py': 'x = = 1\n', 'stars.py': 'from alone import *\nfrom nowhere import *\n',
    'pack/__init__.py': 'name = 1\nfrom . import sub\n', 'pack/sub.py': 'from .other import x\nfrom .. import alone\n',
    'pack/other.py': 'from . import lost\nx = 1\n', 'pack/unused.py': '', 'unused.py': '',
}
for name, text in FILES.items():
    os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
    with open(os.path.join(folder, name), 'w') as file:
        file.write(text)
for excludes in [], ['alone', 'pack.sub']:
    finder = modulefinder.ModuleFinder([folder], excludes=excludes)
    finder.run_script(os.path.join(folder, 'script.py'))
    for name, module in sorted(finder.modules.items()):
        print(str(module).replace(folder, 'folder'), sorted(module.globalnames), sorted(module.starimports),
              module.__code__ is not None)
    print({name: sorted(who) for name, who in sorted(finder.badmodules.items())})
    print(finder.any_missing(), finder.any_missing_maybe())
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        finder.report()
    print(out.getvalue().replace(folder, 'folder'))
print(sorted(finder.find_all_submodules(modulefinder.Module('pack', None, [os.path.join(folder, 'pack')]))))
for args in (('nothing', None), ('pack.nothing', None)):
    try:
        finder.import_hook(*args)
    except ImportError as error:
        print(error)
