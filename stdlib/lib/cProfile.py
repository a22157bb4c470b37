"""profile under the name that CPython gives its native one; here they are the same."""
from profile import Profile, main, run, runctx

__all__ = ['run', 'runctx', 'Profile']


def label(code):
    """The function of a code object, as reports name it."""
    if isinstance(code, str):
        return '~', 0, code
    return code.co_filename, code.co_firstlineno, code.co_name


if __name__ == '__main__':
    main('cProfile')
