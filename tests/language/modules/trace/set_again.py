# A trace function that is set again below a frame that was traced before tells every line, as breakpoint() does under pdb.
import sys
def loc(f,e,a):
    if f.f_code.co_filename=='x': print(e,f.f_lineno)
    return loc
def setit():
    fr=sys._getframe(1)
    while fr: fr.f_trace=loc; fr=fr.f_back
    sys.settrace(loc)
code=compile('''
x=1
setit()
y=2
''','x','exec')
def t0(f,e,a):
    global started
    if f.f_code.co_filename=='x':
        sys.settrace(None)
        fr=f
        while fr: 
            del fr.f_trace
            fr=fr.f_back
        return
    return t0
sys.settrace(t0)
exec(code)
sys.settrace(None)


import io
import pdb

program = compile('''
a = 1
breakpoint()
b = 2
c = 3
''', '<program>', 'exec')


class Debugger(pdb.Pdb):
    pass


commands = iter(['continue', 'p a', 'next', 'p b', 'continue'])
sys.breakpointhook = lambda: Debugger(stdin=io.StringIO('p a\nnext\np b\ncontinue\n')).set_trace(sys._getframe(1))
Debugger(stdin=io.StringIO('continue\n')).run(program, {'breakpoint': breakpoint})
