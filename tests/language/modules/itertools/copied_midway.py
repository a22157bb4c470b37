# Every iterator can be copied and pickled where it stands, and the copy goes on from there.
import copy
import itertools as it
import operator
import pickle

MAKERS = {
    'count': lambda: it.count(3),
    'count by 2': lambda: it.count(3, 2),
    'cycle': lambda: it.cycle('abc'),
    'repeat': lambda: it.repeat('x', 5),
    'accumulate': lambda: it.accumulate([1, 2, 3, 4]),
    'accumulate from': lambda: it.accumulate([1, 2, 3, 4], operator.mul, initial=10),
    'chain': lambda: it.chain('ab', [1, 2], 'cd'),
    'compress': lambda: it.compress('abcdef', [1, 0, 1, 1, 0, 1]),
    'dropwhile': lambda: it.dropwhile(bool, [1, 0, 2, 3, 0]),
    'takewhile': lambda: it.takewhile(bool, [1, 2, 3, 0, 4]),
    'filterfalse': lambda: it.filterfalse(bool, [0, 1, '', 2, ()]),
    'starmap': lambda: it.starmap(pow, [(2, 3), (3, 2), (10, 1)]),
    'islice': lambda: it.islice('abcdefgh', 1, 7, 2),
    'zip_longest': lambda: it.zip_longest('abc', 'x', fillvalue='-'),
    'product': lambda: it.product('ab', [1, 2]),
    'permutations': lambda: it.permutations('abc', 2),
    'combinations': lambda: it.combinations('abcd', 2),
    'with replacement': lambda: it.combinations_with_replacement('abc', 2),
    'tee': lambda: it.tee('abcdef')[1],
}

for name, make in MAKERS.items():
    for steps in (0, 1, 2, 20):
        original = make()
        taken = list(it.islice(original, steps))
        copied, unpickled = copy.copy(make()), pickle.loads(pickle.dumps(original))
        rest = list(it.islice(unpickled, 6))
        print(name, steps, taken[:4], rest, list(it.islice(copied, 2)))

groups = it.groupby('aabbbc')
key, group = next(groups)
again = pickle.loads(pickle.dumps(groups))
print(key, [(k, ''.join(g)) for k, g in again])

# States from outside are checked and brought into range.
pairs = it.product((1, 2), (3,))
pairs.__setstate__((0, 0x1000))
print(next(pairs))
nothing = it.product((1, 2), (), (3,))
nothing.__setstate__((0, 0, 0x1000))
print(list(nothing))
for make, state in ((it.chain, ()), (it.chain, ([],)), (it.chain, []), (lambda: it.cycle('ab'), ('ab', 0)),
                    (lambda: it.cycle('ab'), [['a'], 0]), (lambda: it.cycle('ab'), (['a'], 'x')),
                    (lambda: it.product('ab'), 1), (lambda: it.combinations('ab', 2), (1,))):
    try:
        make().__setstate__(state)
    except (TypeError, ValueError) as error:
        print(type(error).__name__)
first = it.cycle('defg')
first.__setstate__((list('abc'), 0))
print(''.join(it.islice(first, 16)))
first = it.cycle('defg')
first.__setstate__((list('abcdefg'), 1))
print(''.join(it.islice(first, 16)))
