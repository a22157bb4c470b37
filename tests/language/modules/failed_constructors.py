# Objects whose construction failed are dropped without a word.
import gc
import sys


def attempt(function):
    try:
        function()
    except Exception as error:
        print(type(error).__name__, str(error)[:70])


def build():
    import asyncio, fileinput, socket, tarfile, wave, zipfile, gzip, bz2, lzma, subprocess
    import concurrent.futures, multiprocessing, multiprocessing.pool, multiprocessing.connection
    from multiprocessing import shared_memory
    missing = '/nonexistent/file'
    attempt(lambda: wave.open(missing))
    attempt(lambda: wave.open(__file__))
    attempt(lambda: wave.open(__file__, 'x'))
    attempt(lambda: zipfile.ZipFile(missing))
    attempt(lambda: zipfile.ZipFile(__file__))
    attempt(lambda: zipfile.ZipFile(__file__, 'q'))
    attempt(lambda: zipfile.ZipFile())
    attempt(lambda: tarfile.open(missing))
    attempt(lambda: gzip.open(missing))
    attempt(lambda: bz2.BZ2File(missing))
    attempt(lambda: lzma.LZMAFile(missing))
    attempt(lambda: gzip.GzipFile(mode='q'))
    attempt(lambda: open(missing))
    attempt(lambda: open(__file__, 'q'))
    attempt(lambda: fileinput.FileInput(mode='q'))
    attempt(lambda: fileinput.FileInput(inplace=True, openhook=5))
    attempt(lambda: shelve.open(missing))
    attempt(lambda: socket.socket(family=5000))
    attempt(lambda: socket.socket(fileno=-5))
    attempt(lambda: socket.socket('x'))
    attempt(lambda: subprocess.Popen([missing]))
    attempt(lambda: subprocess.Popen())
    attempt(lambda: concurrent.futures.ThreadPoolExecutor(0))
    attempt(lambda: concurrent.futures.ProcessPoolExecutor(0))
    attempt(lambda: multiprocessing.Pool(0))
    attempt(lambda: multiprocessing.Pool(1, initializer=5))
    attempt(lambda: multiprocessing.connection.Connection(-1))
    attempt(lambda: multiprocessing.connection.Connection('x'))
    attempt(lambda: shared_memory.SharedMemory('nothing_of_that_name'))
    attempt(lambda: shared_memory.SharedMemory(create=True, size=-1))
    attempt(lambda: dbm.dumb.open(missing))
    attempt(lambda: asyncio.Task(5))


import warnings
warnings.simplefilter('ignore', DeprecationWarning)
build()
sys.stderr = sys.stdout
gc.collect()
print('the end')
