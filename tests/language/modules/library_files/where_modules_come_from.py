# What modules of the library say about their files, and everything that goes by it.
import asyncio
import importlib
import importlib.resources
import importlib.util
import inspect
import json
import json.decoder
import linecache
import logging
import os
import pkgutil
import shelve
import subprocess
import sys
import tempfile
import textwrap
import traceback

library = os.path.dirname(os.path.abspath(os.__file__))


def shown(path):
    return os.path.relpath(path, library)


for module in json, json.decoder, textwrap, logging, asyncio, shelve:
    print(module.__name__, shown(module.__file__), os.path.isfile(module.__file__), inspect.getfile(module) == module.__file__,
          inspect.getsourcefile(module) == module.__file__, repr(module.__file__) in repr(module) or module.__spec__.origin)
for module in sys, __import__('itertools'):
    print(module.__name__, hasattr(module, '__file__'), module.__spec__.origin)

print(sys._stdlib_dir == library)

spec = importlib.util.find_spec('json.tool')
print(shown(spec.origin), spec.has_location, spec.submodule_search_locations, spec.parent, spec.loader.is_package('json.tool'))
print([shown(path) for path in json.__path__], json.__spec__.submodule_search_locations == json.__path__)
print(json.__spec__.loader.get_filename('json') == json.__file__, json.__spec__.loader.path == json.__file__)
print(importlib.reload(json) is json, json.__file__ == inspect.getfile(json))

# Functions, classes, methods.
for thing in textwrap.dedent, textwrap.TextWrapper, textwrap.TextWrapper.fill, shelve.open, shelve.DbfilenameShelf:
    lines, first = inspect.getsourcelines(thing)
    print(thing.__qualname__, shown(inspect.getsourcefile(thing)), lines[0].strip(),
          linecache.getline(inspect.getfile(thing), first) == lines[0])
print(textwrap.dedent.__code__.co_filename == textwrap.__file__,
      textwrap.dedent.__code__.replace(co_name='x').co_filename == textwrap.__file__)
print(inspect.getmodule(textwrap.dedent.__code__) is textwrap, inspect.getmodulename(textwrap.__file__))

# Data beside the files.
print(importlib.resources.files('json').joinpath('tool.py').is_file(),
      pkgutil.get_data('json', '__init__.py') == open(json.__file__, 'rb').read())
print({'decoder', 'encoder', 'scanner', 'tool'} <= {info.name for info in pkgutil.iter_modules(json.__path__)})
print({('asyncio.events', False)} <= {(info.name, info.ispkg) for info in pkgutil.walk_packages(asyncio.__path__, 'asyncio.')})

# A traceback.
try:
    textwrap.indent(1, 2)
except Exception as error:
    frame = traceback.extract_tb(error.__traceback__)[1]
    print(type(error).__name__, shown(frame.filename), frame.line == linecache.getline(textwrap.__file__, frame.lineno).strip() != '')

# A module of the program that goes by the library's folder.
with tempfile.TemporaryDirectory() as folder:
    os.mkdir(f'{folder}/mine')
    with open(f'{folder}/mine/__init__.py', 'w') as file:
        file.write('import json\n__path__.extend(json.__path__)\n')
    sys.path.insert(0, folder)
    import mine.tool
    print(mine.tool.__name__, shown(mine.tool.__file__), mine.tool is not importlib.import_module('json.tool'))
    with open(f'{folder}/json.py', 'w') as file:
        file.write('here = __file__\n')
    run = subprocess.run([sys.executable, '-c', 'import json; print(json.here, json.__spec__.loader.get_source("json"))'],
                         cwd=folder, capture_output=True, text=True)
    print(run.stdout.replace(os.path.realpath(folder), 'FOLDER'), run.stderr, sep='')

# The library's folder on the path changes nothing.
run = subprocess.run([sys.executable, '-c', 'import heapq, textwrap; print(textwrap.dedent.__module__, heapq.__file__)'],
                     env={**os.environ, 'PYTHONPATH': library}, capture_output=True, text=True)
print(run.stdout.replace(library, 'LIBRARY'), run.stderr, sep='')
