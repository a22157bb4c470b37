# A key whose __eq__ uses the OrderedDict that is being searched: the search comes to an end, since
# moving a key to where it already is changes nothing.
from collections import OrderedDict
from collections.abc import MutableMapping


class Key:
    def __init__(self, order, last):
        self.order, self.last = order, last

    def __hash__(self):
        return 1

    def __eq__(self, other):
        if isinstance(other, Key):
            self.order.move_to_end(self.order_key, last=self.last)
        return True


for last in True, False:
    order = OrderedDict()
    key = Key(order, last)
    key.order_key = key
    for name in "abc":
        order[name] = name
    order[key] = "key"
    order.move_to_end(Key(order, last), last=last)
    print(last, ["key" if isinstance(k, Key) else k for k in order])

order = OrderedDict.fromkeys("abcde")
for name in "aab":
    order.move_to_end(name, last=False)
del order["b"], order["a"]
order.move_to_end("c", last=False)
print(list(order))


class Empty(MutableMapping):
    __getitem__ = __setitem__ = __delitem__ = None

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0


try:
    Empty().popitem()
except KeyError as error:
    print(repr(error), error.__cause__, error.__suppress_context__)
