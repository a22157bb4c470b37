# cgitb: reports of exceptions as text and as a page tell the error, its place, variables and the plain traceback.
import io
import os
import sys
import tempfile
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    import cgitb
print(caught[0].message)
print(cgitb.small('a'), cgitb.strong('b'), cgitb.grey('c'), repr(cgitb.grey('')))


class Holder:
    attribute = 'held <value>'


def fails(argument, *rest):
    holder = Holder()
    return holder.attribute, argument / rest[0], len(sys.argv)


try:
    fails(5, 0)
except ZeroDivisionError:
    info = sys.exc_info()
for make, wanted in ((cgitb.text, ['ZeroDivisionError', 'in fails', 'argument=5', 'holder.attribute = ',
                                   'argument = 5', 'rest = (0,)',
                                   'division by zero', 'Traceback (most recent call last)', 'return holder.attribute']),
                     (cgitb.html, ['ZeroDivisionError', '<strong>fails</strong>', 'argument', 'held &lt;value&gt;',
                                   '<p>', '-->',
                                   'Traceback (most recent call last)', 'division by zero'])):
    report = make(info, 3)
    print(make.__name__, [text for text in wanted if text not in report])
frame = info[2].tb_next.tb_frame
print(cgitb.lookup('argument', frame, frame.f_locals), cgitb.lookup('len', frame, {})[0], cgitb.lookup('fails', frame,
                                                                                                       {})[0],
      cgitb.lookup('nothing', frame, {}))
lines = iter(['x = holder.attribute + argument\n'])
print([(name, where, value if isinstance(value, (int, str)) else None)
       for name, where, value in cgitb.scanvars(lambda: next(lines, ''), frame, frame.f_locals)])
with tempfile.TemporaryDirectory() as folder:
    for format in 'html', 'text':
        file = io.StringIO()
        cgitb.Hook(display=0, logdir=folder, file=file, format=format)(*info)
        print(format, 'A problem occurred' in file.getvalue(), 'contains the description' in file.getvalue(),
              'in fails' in file.getvalue())
    kept = sorted(os.listdir(folder), key=os.path.splitext)
    print(sorted(os.path.splitext(name)[1] for name in kept))
cgitb.enable(format='text')
print(type(sys.excepthook).__name__, sys.excepthook.format)
sys.excepthook = sys.__excepthook__
