# What is built in leaves no frames in a traceback, whatever language it is written in.
import codecs
import io
import marshal
import os
import pickle
import sqlite3
import traceback
import warnings
import xml.etree.ElementTree as ElementTree

warnings.simplefilter('error')
CALLS = [
    lambda: os.stat('/no/such'),
    lambda: os.listdir('/no/such'),
    lambda: os.scandir('/no/such'),
    lambda: os.fspath(5),
    lambda: warnings.warn('watch out'),
    lambda: warnings.warn('x', 5),
    lambda: codecs.lookup('no-such'),
    lambda: codecs.decode(b'\xff', 'ascii'),
    lambda: codecs.encode('\xff', 'ascii'),
    lambda: marshal.loads(b''),
    lambda: sqlite3.connect(':memory:').execute('bad'),
    lambda: sqlite3.connect(':memory:').execute('select ?', ()),
    lambda: ElementTree.Element('a').remove(ElementTree.Element('b')),
    lambda: ElementTree.XMLParser().feed('<a></b>'),
    lambda: pickle.dumps(lambda: 1),
    lambda: os.makedirs('/proc/no/such'),
]


for number, call in enumerate(CALLS):
    try:
        call()
    except Exception as error:
        names = [entry.name for entry in traceback.extract_tb(error.__traceback__)]
        print(number, type(error).__name__, names[2:], error)


class Fails:
    def __fspath__(self):
        return self.missing


try:
    os.listdir(Fails())
except AttributeError as error:
    print([entry.name for entry in traceback.extract_tb(error.__traceback__)])
    print(traceback.format_exc().splitlines()[-1])

import copy
import threading
for thing in threading.Lock(), io.StringIO, os, (x for x in ()), print.__self__:
    try:
        copy.deepcopy(thing)
        print('copied')
    except TypeError as error:
        print(error)
try:
    with open(os.devnull) as file:
        copy.copy(file)
except TypeError as error:
    print(error)
