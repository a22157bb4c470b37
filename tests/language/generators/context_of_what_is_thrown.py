# What is thrown into a generator has the exception that the generator handles as its context, not its caller's.
def handles():
    try:
        raise KeyError('inside')
    except KeyError:
        try:
            yield
        except ValueError as error:
            print('seen inside', repr(error), repr(error.__context__))
            yield
        yield


def delegates():
    try:
        raise KeyError('outer')
    except KeyError:
        yield from plain()


def plain():
    yield


for make in handles, delegates, plain:
    for outside in False, True:
        generator = make()
        next(generator)
        try:
            if outside:
                try:
                    raise OSError('outside')
                except OSError:
                    generator.throw(ValueError('thrown'))
            else:
                generator.throw(ValueError('thrown'))
        except ValueError as error:
            print(make.__name__, outside, repr(error.__context__))
