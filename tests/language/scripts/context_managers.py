# Context managers: by class, by generator, nested, suppressing, and ones that fail.
from contextlib import ExitStack, contextmanager, suppress, redirect_stdout, closing
import io

log = []


class Resource:
    open_count = 0

    def __init__(self, name, fail_on=None):
        self.name, self.fail_on = name, fail_on

    def __enter__(self):
        if self.fail_on == "enter":
            raise OSError(f"cannot open {self.name}")
        Resource.open_count += 1
        log.append(f"+{self.name}")
        return self

    def __exit__(self, kind, value, traceback):
        Resource.open_count -= 1
        log.append(f"-{self.name}({kind.__name__ if kind else None})")
        if self.fail_on == "exit":
            raise RuntimeError(f"cannot close {self.name}") from value
        return self.fail_on == "swallow"

    def close(self):
        log.append(f"close {self.name}")


@contextmanager
def tag(name, out):
    out.append(f"<{name}>")
    try:
        yield out
    except ValueError as error:
        out.append(f"<!--{error}-->")
    else:
        out.append("<!--fine-->")
    finally:
        out.append(f"</{name}>")


def scenario(title, function):
    log.clear()
    try:
        result = function()
    except Exception as error:
        chain = []
        while error is not None:
            chain.append(f"{type(error).__name__}({error})")
            error = error.__cause__ or error.__context__
        result = " <- ".join(chain)
    print(f"{title:12}", result, log, Resource.open_count)


def plain():
    with Resource("a") as a, Resource("b") as b:
        return a.name + b.name


def second_fails():
    with (
        Resource("a"),
        Resource("b", "enter"),
    ):
        return "unreachable"


def swallowing():
    with Resource("a", "swallow"):
        1 / 0
    return "went on"


def exit_fails():
    with Resource("outer"):
        with Resource("inner", "exit"):
            raise KeyError("first")


def stack():
    with ExitStack() as stack:
        names = [stack.enter_context(Resource(n)).name for n in "xyz"]
        stack.callback(log.append, "callback")
        stack.push(lambda *details: log.append(details[0]))
        return "".join(names)


def loop_with_break():
    for n in range(5):
        with Resource(str(n)):
            if n == 1:
                continue
            if n == 2:
                break
    return n


def others():
    with suppress(KeyError, IndexError):
        [][3]
    buffer = io.StringIO()
    with redirect_stdout(buffer):
        print("captured", end="!")
    with closing(Resource("c")):
        pass
    return buffer.getvalue()


for function in (plain, second_fails, swallowing, exit_fails, stack, loop_with_break, others):
    scenario(function.__name__, function)
out = []
with tag("b", out):
    out.append("text")
with tag("i", out):
    raise ValueError("oops")
print("".join(out))
try:
    with tag("u", out):
        raise KeyError("through")
except KeyError as error:
    print("".join(out[-2:]), error)


@tag("deco", out)
def decorated():
    return 5


print(decorated(), out[-3:])
