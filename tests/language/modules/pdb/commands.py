# A debugger that a program feeds with commands: breakpoints, stepping, looking, the stack.
import io
import pdb
import sys


def function(a):
    b = a + 1
    for i in range(2):
        b += i
    return b


commands = io.StringIO('b 10\nn\nn\np b\nc\np i, b\nl\na\ndisable 1\nenable 1\ncondition 1 i == 5\nignore 1 2\nb\ncl 1\n'
                       'whatis function\npp [1]\n!c = 7\np c\nunknown_name\nr\nc\n')
debugger = pdb.Pdb(stdin=commands, stdout=sys.stdout, nosigint=True, readrc=False)
debugger.use_rawinput = 0
debugger.runcall(function, 3)
try:
    [][1]
except IndexError as error:
    debugger = pdb.Pdb(stdin=io.StringIO('p 1 + 1\nq\n'), stdout=sys.stdout, nosigint=True, readrc=False)
    debugger.use_rawinput = 0
    debugger.reset()
    debugger.interaction(None, error.__traceback__)
