# Context variables: defaults, tokens, contexts that are copied and entered.
import contextvars
import threading
from contextvars import Context, ContextVar, Token, copy_context

color = ContextVar('color')
size = ContextVar('size', default=10)


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as problem:
        print(type(problem).__name__, str(problem).partition(' at 0x')[0].partition('<Token')[0])


attempt(color.get)
print(color.get('none'), size.get(), size.name)
token = color.set('red')
print(color.get(), token.var is color, token.old_value is Token.MISSING, Token.MISSING)
second = color.set('blue')
print(second.old_value)
color.reset(second)
print(color.get())
attempt(color.reset, second)
attempt(size.reset, token)
attempt(color.reset, 5)
color.reset(token)
attempt(color.get)

context = copy_context()
print(len(context), color in context)


def inside():
    color.set('green')
    size.set(20)
    return color.get(), size.get()


print(context.run(inside), color.get('unset'), size.get())
print(context[color], context.get(size), context.get(ContextVar('other'), 'no'), len(context))
print(sorted(v.name for v in context), sorted(map(str, context.values())), sorted((k.name, v) for k, v in context.items()))
other = context.copy()
print(other == context, other is context)
other.run(color.set, 'white')
print(other == context, context[color], other[color])
attempt(context.run, context.run, print)
attempt(context.run)
attempt(Context, 1)
attempt(lambda: context['color'])
attempt(ContextVar, 5)
attempt(Token)
print(Context.__hash__)
outer = color.set('outer')
attempt(context.run, color.reset, outer)


def raising():
    size.set(99)
    raise KeyError('left')


attempt(context.run, raising)
print(context[size], size.get())

# A thread begins with a context of its own.
seen = []
thread = threading.Thread(target=lambda: seen.append((color.get('nothing'), size.get())))
thread.start()
thread.join()
print(seen)
many = [ContextVar(str(n)) for n in range(300)]
for n, variable in enumerate(many):
    variable.set(n)
print(sum(variable.get() for variable in many))
print(contextvars.ContextVar[int], repr(size).startswith("<ContextVar name='size' default=10 at 0x"))
