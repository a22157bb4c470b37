# A decorated definition is traced from its decorators down to its name, and back to the name when they have been called.
import sys


def define():
    def plain(made):
        return made

    def fabric():
        return plain

    @plain
    @fabric()
    def function():
        pass

    @plain
    class Thing:
        pass
    function()
    return Thing


def trace(frame, event, arg):
    if frame.f_code.co_name == 'define':
        print(event, frame.f_lineno)
    return trace


sys.settrace(trace)
define()
sys.settrace(None)
