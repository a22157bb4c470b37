# Chains of awaited calls that suspend somewhere inside: what the program sees of the coroutines then, and how they go on.
import contextvars
import gc
import inspect
import sys
import types
import weakref

variable = contextvars.ContextVar("variable", default="unset")


@types.coroutine
def pause(value):
    return (yield value)


def names(frame):
    found = []
    while frame is not None:
        found.append((frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno))
        frame = frame.f_back
    return found


async def inner(log, times):
    local = "inner local"
    log.append(names(sys._getframe()))
    for number in range(times):
        log.append(await pause((local, number)))
    log.append(names(sys._getframe()))
    return local


async def middle(log, times):
    before = len(log)
    value = await inner(log, times)
    return value, before


async def outer(log, times):
    kept = []
    for _ in range(2):
        kept.append(await middle(log, times))
    return kept


def chain(coroutine):
    shown = []
    while coroutine is not None:
        if inspect.iscoroutine(coroutine):
            frame = coroutine.cr_frame
            shown.append((coroutine.__qualname__, inspect.getcoroutinestate(coroutine), coroutine.cr_running,
                          frame.f_lineno - frame.f_code.co_firstlineno, frame.f_back, sorted(frame.f_locals)))
            coroutine = coroutine.cr_await
        else:
            shown.append((coroutine.__qualname__, inspect.getgeneratorstate(coroutine), sorted(coroutine.gi_frame.f_locals)))
            coroutine = coroutine.gi_yieldfrom
    return shown


def drive(coroutine, sent=None):
    while True:
        try:
            print("yielded", coroutine.send(sent))
        except StopIteration as stop:
            return stop.value
        for line in chain(coroutine):
            print("   ", line)
        sent = "sent"


for times in 0, 1, 2, 1:
    log = []
    print(drive(outer(log, times)))
    for line in log:
        print("  log", line)


# --- throw and close go to the innermost ---

async def guarded(log, name, inside):
    try:
        try:
            return await inside(log)
        except ValueError as error:
            log.append((name, "caught", str(error)))
            await pause((name, "in except", str(sys.exc_info()[1])))
            raise KeyError(name)
    finally:
        log.append((name, "finally", repr(sys.exc_info()[1])))


async def leaf(log):
    log.append(repr(sys.exc_info()[1]))
    return await pause("leaf")


async def two_levels(log):
    return await guarded(log, "lower", leaf)


def start():
    log = []
    coroutine = guarded(log, "upper", two_levels)
    print(coroutine.send(None))
    return coroutine, log


coroutine, log = start()
try:
    raise ArithmeticError("what the caller handles")
except ArithmeticError:
    print(coroutine.throw(ValueError("thrown")))
    print(repr(sys.exc_info()[1]))
try:
    coroutine.send(None)
except KeyError as error:
    print("left by", repr(error), repr(error.__context__))
print(log)
coroutine, log = start()
coroutine.close()
print(log, coroutine.cr_frame, coroutine.cr_await)
coroutine, log = start()
try:
    coroutine.throw(SystemError, SystemError("whatever"))
except SystemError as error:
    print(repr(error), log)
coroutine, log = start()
del coroutine
gc.collect()
print(log)


# --- what is being handled ---

async def handles(level, suspend):
    try:
        raise ValueError(level)
    except ValueError:
        if level:
            await handles(level - 1, suspend)
        if suspend:
            await pause(repr(sys.exc_info()[1]))
        await in_plain(suspend)
        try:
            raise
        except ValueError as again:
            shown = repr(again), repr(again.__context__)
    return shown, repr(sys.exc_info()[1])


async def in_plain(suspend):
    seen = [repr(sys.exc_info()[1])]
    try:
        raise KeyError("in plain")
    except KeyError as error:
        seen.append(repr(error.__context__))
        if suspend:
            seen.append(await pause("in plain"))
            seen.append(repr(sys.exc_info()[1]))
    seen.append(repr(sys.exc_info()[1]))
    print("seen", seen)
    try:
        raise
    except Exception as error:
        print("bare raise:", repr(error))


async def begins(suspend):
    shown = []
    for _ in range(2):
        shown.append(await handles(2, suspend))
        shown.append(repr(sys.exc_info()[1]))
    return shown


for suspend in False, True:
    coroutine = begins(suspend)
    resumed = 0
    while True:
        try:
            raise RuntimeError(f"caller {resumed}")
        except RuntimeError:
            try:
                print(coroutine.send("go on"[:suspend and resumed]  or None))
            except StopIteration as stop:
                for line in stop.value:
                    print(line)
                break
        resumed += 1
        print("outside", sys.exc_info())


# --- deep chains ---

async def deep(level, suspend):
    if level:
        return 1 + await deep(level - 1, suspend)
    if suspend:
        print("resumed with", await pause("deep down"))
    return 0


def finish(coroutine):
    try:
        while True:
            print(coroutine.send(None))
    except StopIteration as stop:
        return stop.value


print(finish(deep(300, False)), finish(deep(300, True)))
limit = sys.getrecursionlimit()
sys.setrecursionlimit(200)
try:
    finish(deep(100000, False))
except RecursionError as error:
    print(error)
sys.setrecursionlimit(limit)
print(finish(deep(100, True)))


# --- the collector, contexts, cells ---

class Token:
    pass


async def collects(reference):
    gc.collect()
    return reference() is None


async def collected():
    token = Token()
    reference = weakref.ref(token)
    held = [token, await collects(reference)]
    del token, held
    return await collects(reference), await collects(reference)


print(finish(collected()))


async def sets(value):
    old = variable.get()
    variable.set(value)
    await pause(old)
    return variable.get()


async def with_cells(value):
    def show():
        return value, found

    found = await sets(value)
    return show()


contexts = [contextvars.copy_context() for _ in range(2)]
coroutines = [with_cells(i) for i in range(2)]
for context, coroutine in zip(contexts, coroutines):
    print(context.run(coroutine.send, None))
for context, coroutine in zip(contexts, coroutines):
    print(context.run(finish, coroutine), context[variable])


# --- a coroutine object that somebody else keeps ---

async def keeps():
    coroutine = inner([], 1)
    try:
        return await coroutine
    finally:
        try:
            await coroutine
        except RuntimeError as error:
            print(error)


print(finish(keeps()))


async def fails_to_run_twice():
    global running
    running = itself()
    await running


async def itself():
    await running


try:
    finish(fails_to_run_twice())
except (RuntimeError, ValueError) as error:
    print(type(error).__name__, error)


# --- where they were made ---

async def remembers():
    return await \
        middle([], 1)


sys.set_coroutine_origin_tracking_depth(2)
try:
    coroutine = outermost = remembers()
    coroutine.send(None)
    while inspect.iscoroutine(coroutine):
        print(coroutine.__name__, [(name, line - remembers.__code__.co_firstlineno)
                                   for _, line, name in coroutine.cr_origin if name != "middle"])
        coroutine = coroutine.cr_await
finally:
    sys.set_coroutine_origin_tracking_depth(0)
