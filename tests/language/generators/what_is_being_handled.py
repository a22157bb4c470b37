# sys.exc_info, implicit contexts and bare raises in generators, coroutines and async generators that handle what their
# callers handle, across yields.
import sys
def what(): return repr(sys.exc_info()[1])
def gen():
    print('g0', what())
    yield 1
    try:
        raise
    except ValueError as e:
        print('g1', what())
        yield 2
        print('g2', what())
        try:
            raise KeyError('in')
        except KeyError as k:
            print('g3', what(), repr(k.__context__))
            yield 3
            print('g4', what())
        print('g5', what())
        yield 4
    print('g6', what())
    yield 5
    try: raise TypeError("q")
    except TypeError as t: print(repr(t.__context__))
try: raise ValueError('a')
except ValueError:
    g = gen()
    next(g); next(g); print('c', what())
print('c', what())
try: next(g)
except Exception as e: print(repr(e))
try: raise OSError('b')
except OSError:
    next(g); print('c', what())
    next(g)
    try: next(g)
    except StopIteration: print('done', what())
def thrower():
    try: yield
    except ValueError as e:
        print(what(), repr(e.__context__))
        yield
    try: yield
    finally: print('fin', what())
g = thrower(); next(g)
try: raise OSError('b')
except OSError:
    v = ValueError('t'); g.throw(v); print(repr(v.__context__))
    next(g)
    v = KeyError('t')
    try: g.throw(v)
    except KeyError: print(repr(v.__context__), what())
# same exception thrown in
def same():
    try: yield
    except ValueError:
        yield what()
        print(what())
        yield what()
try: raise ValueError('s')
except ValueError as e:
    g = same(); next(g); print(g.throw(e))
print(next(g))
def inner():
    try:
        yield
    except ValueError: yield what()
    print('inner end', what())
def outer():
    try: raise
    except ValueError:
        yield from inner()
        yield what()
    print(what())
try: raise ValueError('x')
except ValueError as e:
    g = outer(); next(g); print(g.throw(e)); 
print(next(g)); print(list(g))
import asyncio
async def leaf(n):
    try: raise
    except ValueError:
        await asyncio.sleep(0)
        print('leaf', n, what())
    print('leaf out', n, what())
async def direct():
    try: raise
    except ValueError: pass
    return what()
async def mid(n):
    try: raise ValueError(n)
    except ValueError:
        await leaf(n)
        print('mid', n, what(), await direct())
        try:
            try: raise KeyError(n)
            except KeyError as k:
                await asyncio.sleep(0)
                raise
        except KeyError as k:
            print(repr(k.__context__), what())
    print('mid out', what())
async def main():
    await asyncio.gather(mid(1), mid(2))
asyncio.run(main())
async def agen():
    try: raise
    except ValueError:
        yield what()
        await asyncio.sleep(0)
        yield what()
    yield what()
async def m():
    try: raise ValueError('ag')
    except ValueError:
        g = agen()
        print(await g.__anext__())
    print(what(), await g.__anext__(), what(), await g.__anext__())
asyncio.run(m())
import contextlib
@contextlib.contextmanager
def cm():
    try: yield
    except ValueError as e:
        print('cm', what())
        raise KeyError from e
try:
    with cm(): raise ValueError('z')
except KeyError as k: print(repr(k.__cause__), repr(k.__context__), what())
print(what())
