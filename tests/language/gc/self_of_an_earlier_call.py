"""The object of the method call before gc.collect() is gone, if nothing else holds it."""
import gc
import weakref


class Thing:
    def method(self, *args):
        return self

    def other(self):
        return 1


def by_method():
    thing = Thing()
    reference = weakref.ref(thing)
    thing.method()
    thing = None
    gc.collect()
    return reference() is None


def by_two():
    first, second = Thing(), Thing()
    references = weakref.ref(first), weakref.ref(second)
    first.method(1, 2)
    second.other()
    del first, second
    gc.collect()
    return [r() is None for r in references]


def by_chain():
    thing = Thing()
    reference = weakref.ref(thing)
    thing.method().other()
    del thing
    gc.collect()
    return reference() is None


print(by_method(), by_two(), by_chain())
