# The source of modules, classes and functions of the library can be had, wherever it lies; that of built-in ones cannot.
import heapq
import inspect
import json.decoder
import linecache
import logging
import math
import sys

for thing in heapq, heapq.merge, json, json.decoder, json.decoder.JSONDecoder, json.dumps, logging.Logger, logging.Logger.findCaller:
    lines, first = inspect.getsourcelines(thing)
    text = inspect.getsource(thing)
    print(thing.__name__, len(lines) > 5, (first == 0) == inspect.ismodule(thing), text == ''.join(lines),
          bool(linecache.getline(inspect.getsourcefile(thing), 1)), text.lstrip().startswith(('"""', 'r"""', 'def', 'class', '#')))
for thing in math, sys, int, len, 5:
    try:
        print(inspect.getsource(thing))
    except TypeError as problem:
        print('TypeError', str(problem).replace('(built-in)', '').partition(',')[0].strip())
