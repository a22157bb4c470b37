# run_path and run_module give the names of what they ran; what they put into sys is gone afterwards.
import os
import runpy
import sys
import pkgutil

folder = os.path.join(os.environ.get('TMPDIR', '/tmp'), 'runpy_test')
os.makedirs(os.path.join(folder, 'pack'), exist_ok=True)
for name, text in (('script.py', 'import sys\nx = 5\nprint(__name__, __package__, sys.argv[0] == __file__)\n'),
                   ('__main__.py', 'y = 6\nprint("folder", __name__)\n'),
                   ('pack/__init__.py', 'z = 1\n'), ('pack/__main__.py', 'print("package", __name__, __package__)\n'),
                   ('pack/inner.py', 'w = 2\nprint(__name__, __spec__.name)\n')):
    with open(os.path.join(folder, name), 'w') as file:
        file.write(text)
print(runpy.run_path(os.path.join(folder, 'script.py'), {'given': 1}, 'renamed')['x'])
print(runpy.run_path(folder)['y'])
sys.path.insert(0, folder)
print(runpy.run_module('pack.inner')['w'])
runpy.run_module('pack', run_name='__main__', alter_sys=True)
for wrong in 'no_such_module', '.relative', 'pack.__main__.x':
    try:
        runpy.run_module(wrong)
    except ImportError as error:
        print(type(error).__name__, error)
print([(info.name, info.ispkg) for info in pkgutil.iter_modules([folder])])
print([info.name for info in pkgutil.walk_packages([folder])])
print(pkgutil.get_data('pack', 'inner.py').decode().splitlines()[0])
print(pkgutil.resolve_name('os.path:join') is os.path.join, pkgutil.resolve_name('os.path.join') is os.path.join)
for wrong in 'os.path:no', '1x', 'os:':
    try:
        print(pkgutil.resolve_name(wrong).__name__)
    except (ValueError, AttributeError) as error:
        print(type(error).__name__, error)
