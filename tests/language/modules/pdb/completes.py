"""What the debugger's prompt completes."""
import bdb
import io
import os
import pdb
import sys


class Thing:
    inner_value = 'x'
    inner_other = 1


def some_function(argument_one, argument_two):
    thing = Thing()
    debugger = pdb.Pdb(stdin=io.StringIO(), stdout=io.StringIO(), nosigint=True, readrc=False)
    debugger.reset()
    debugger.setup(sys._getframe(), None)

    def complete(command, text, line=None):
        return sorted(getattr(debugger, 'complete_' + command)(text, line or f'{command} {text}', 0, 0))

    print(complete('p', 'argument'), complete('pp', 'thing.inner'), complete('whatis', 'thing.inner_value.upp'),
          complete('print', 'no_such.x'), complete('source', 'some_f'), complete('debug', 'Thi'), complete('display', 'thin'))
    print(complete('break', 'some_f'), complete('b', 'file:', 'b file:'), complete('tbreak', 'x, ', 'tbreak x, '))
    os.chdir(os.environ['TMPDIR'])
    os.mkdir('folder_here')
    for name in ('file_here.py', 'file_here.txt'):
        open(name, 'w').close()
    print(complete('break', 'file_'), complete('clear', 'folder'), complete('cl', 'zz'))
    bdb.Breakpoint.clearBreakpoints()
    bdb.Breakpoint('/a', 1)
    bdb.Breakpoint('/a', 2)
    print(complete('enable', ''), complete('disable', '2'), complete('condition', '3'), complete('ignore', '1'), complete('commands', ''))
    debugger.onecmd('alias pi print(%1)')
    debugger.onecmd('display argument_one')
    print(complete('unalias', 'p'), complete('undisplay', 'arg'), complete('undisplay', 'x'))
    print(debugger.lineinfo('nothing'), debugger.lineinfo("'"), debugger.lineinfo('self'), debugger.lineinfo(''),
          debugger.lineinfo("'some_function'")[0], debugger.commands_resuming)
    debugger.stdout.truncate(0)
    debugger.onecmd('help exec')
    print('statement' in debugger.stdout.getvalue())
    debugger.curframe = None
    print(debugger._complete_expression('a', '', 0, 0))


some_function(1, 2)
