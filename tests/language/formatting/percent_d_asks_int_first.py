# %d, %i and %u take __int__ before __index__; %x and %o want __index__.
class Both:
    def __int__(self):
        print('int', end=' ')
        return 5

    def __index__(self):
        print('index', end=' ')
        return 6


class Raising:
    def __int__(self):
        raise RuntimeError('int')

    def __index__(self):
        raise RuntimeError('index')


class OnlyIndex:
    def __index__(self):
        return 7


class OnlyInt:
    def __int__(self):
        return 8


class Wrong:
    def __int__(self):
        return 'x'


for value in (Both(), Raising(), OnlyIndex(), OnlyInt(), Wrong(), 1.9, 2j, 'a', None, True):
    for text in ('%d', '%i', '%u', '%x', '%o', '%X', b'%d'):
        try:
            print(text % value, end=' ')
        except Exception as error:
            print(type(error).__name__, str(error)[:60], end=' ')
    print()
