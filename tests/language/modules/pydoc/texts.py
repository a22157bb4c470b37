# The text about functions and classes, as help() shows it.
import pydoc


def function(a, b=2, *, c):
    """Does something.

    At length.
    """


print(pydoc.render_doc(function, renderer=pydoc.plaintext))
print(pydoc.splitdoc('One.\n\nTwo.'), pydoc.plain('b\bbo\bo'))
print(pydoc.locate('os.path.join').__name__, pydoc.locate('no.such.thing'), pydoc.describe(pydoc.locate('str')))
try:
    pydoc.resolve('no_such_thing')
except ImportError as error:
    print(str(error).splitlines()[0])
