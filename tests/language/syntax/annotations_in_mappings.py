# Annotations of a module whose namespace is a mapping that knows nothing but subscription.
class Namespace:
    def __init__(self, **given):
        self.given = given

    def __getitem__(self, name):
        print('get', name)
        return self.given[name.lower() if name != 'int' else name]

    def __setitem__(self, name, value):
        print('set', name)
        self.given[name.lower()] = value


for source in ('X: int', 'X: int = 1'):
    for given in ({}, {'__annotations__': {}}, {'int': 'own'}):
        namespace = Namespace(**given)
        exec(source, {}, namespace)
        print(namespace.given)


class Broken(Namespace):
    def __getitem__(self, name):
        raise IndexError(name)


try:
    exec('X: int', {}, Broken())
except IndexError as error:
    print(repr(error))
