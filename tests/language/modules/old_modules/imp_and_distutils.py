# imp, and what scripts still take from distutils.
import warnings; warnings.simplefilter('ignore')
from distutils.version import LooseVersion, StrictVersion
print(LooseVersion('1.10') > LooseVersion('1.9'), LooseVersion('1.0a').version, StrictVersion('1.2b1') < StrictVersion('1.2'), repr(StrictVersion('1.0.0')), LooseVersion('2') == '2', sorted(map(StrictVersion, ['1.1', '1.0.4', '1.0b2', '1.0a3'])))
try: StrictVersion('1.2.x')
except ValueError as e: print(e)
try: print(LooseVersion('1') < 5)
except TypeError as e: print(e)
from distutils.util import strtobool, convert_path, change_root, subst_vars, split_quoted, rfc822_escape
print(strtobool('Yes'), strtobool('off'), change_root('/r', '/a/b'), subst_vars('x $a y', {'a': 3}), split_quoted('a "b c" d\\ e'), repr(rfc822_escape('a\nb')))
try: strtobool('maybe')
except ValueError as e: print(e)
from distutils.spawn import find_executable
print(find_executable('sh') is not None, find_executable('no-such-program'))
import tempfile, os
from distutils.dir_util import copy_tree, mkpath, remove_tree
from distutils.file_util import copy_file, write_file, move_file
from distutils import dep_util, errors, log
with tempfile.TemporaryDirectory() as d:
    print(len(mkpath(d + '/a/b/c'))); write_file(d + '/a/b/f', ['x', 'y'])
    print(sorted(os.path.relpath(p, d) for p in copy_tree(d + '/a', d + '/z')), open(d + '/z/b/f').read())
    print(copy_file(d + '/a/b/f', d + '/g')[1], dep_util.newer(d + '/g', d + '/none'), os.path.basename(move_file(d + '/g', d + '/h')))
    try: copy_tree(d + '/none', d + '/q')
    except errors.DistutilsFileError as e: print(str(e).replace(d, 'D'))
    remove_tree(d + '/z'); print(os.listdir(d + '/a'))
import imp, sys
m = imp.new_module('mm'); print(m, imp.is_builtin('time'), imp.PY_SOURCE)
with tempfile.TemporaryDirectory() as d:
    open(d + '/some.py', 'w').write('v = 7\n')
    f, p, k = imp.find_module('some', [d]); print(os.path.basename(p), k); mod = imp.load_module('some', f, p, k); f.close(); print(mod.v, imp.load_source('other', d + '/some.py').v)
    try: imp.find_module('nothing_here', [d])
    except ImportError as e: print(e)
