# imp: finding and running sources and packages the old way.
import os
import sys
import tempfile
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    import imp
print(caught[0].category.__name__, caught[0].message)
folder = tempfile.mkdtemp()
os.mkdir(os.path.join(folder, 'pack'))
for name, text in (('one.py', 'value = 1\nprint(__name__, __file__ is not None)\n'), ('pack/__init__.py',
                                                                                      'inside = True\n'),
                   ('bad.py', 'x = = 1\n')):
    with open(os.path.join(folder, name), 'w') as file:
        file.write(text)


def attempt(label, function, *args):
    try:
        print(label, '->', function(*args))
    except Exception as error:
        print(label, '!!', type(error).__name__, str(error).replace(folder, 'folder'))


file, path, facts = imp.find_module('one', [folder])
print(os.path.basename(path), facts, file.mode, file.encoding)
module = imp.load_module('one_loaded', file, path, facts)
print(module.value, file.closed, sys.modules['one_loaded'] is module, module.__name__)
module.value = 5
again = imp.load_source('one_loaded', os.path.join(folder, 'one.py'))
print(again is module, module.value)
import textwrap
print(imp.reload(textwrap) is textwrap)
file, path, facts = imp.find_module('pack', [folder])
print(file, os.path.basename(path), facts)
print(imp.load_module('pack_loaded', file, path, facts).inside)
print(imp.load_package('pack2', os.path.join(folder, 'pack')).__name__)
print(imp.find_module('sys')[2] == ('', '', imp.C_BUILTIN), imp.is_builtin('sys') != 0, imp.is_builtin('json'))
for label, function, *args in (('none', imp.find_module, 'no_such_module'), ('none', imp.find_module, 'one',
                                                                             ['/nowhere']), ('type', imp.find_module,
                                                                                             5),
                               ('path', imp.find_module, 'x', 'y'), ('package', imp.load_package, 'x', folder),
                               ('syntax', imp.load_source, 'bad', os.path.join(folder, 'bad.py')),
                               ('mode', imp.load_module, 'x', None, 'y', ('', 'w', 1)), ('file', imp.load_module, 'x',
                                                                                         None, 'y', ('', 'r', 1)),
                               ('kind', imp.load_module, 'x', None, 'y', ('', '', 99)), ('empty', imp.NullImporter,
                                                                                         ''), ('folder',
                                                                                               imp.NullImporter,
                                                                                               folder)):
    attempt(label, function, *args)
print('bad' in sys.modules, imp.new_module('fresh').__name__, [kind for _, _, kind in imp.get_suffixes()
                                                               if kind != imp.C_EXTENSION],
      imp.NullImporter('/nowhere').find_module('x'), len(imp.get_magic()))
print(imp.source_from_cache(imp.cache_from_source('/a/b.py')))
imp.acquire_lock()
print(imp.lock_held())
imp.release_lock()
print(imp.lock_held())
