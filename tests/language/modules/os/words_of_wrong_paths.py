# What is no path is refused in the words of the function and the argument. So are wrong numbers of arguments, by functions
# that take their arguments apart themselves.
import datetime
import decimal
import os
import time


class Plain:
    pass


def show(name, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except Exception as error:
        print(name, type(error).__name__, error)
    else:
        print(name, 'worked')


REST = {'chmod': [1], 'truncate': [1], 'access': [1], 'open': [1], 'chown': [1, 1], 'lchown': [1, 1], 'getxattr': ['x'],
        'removexattr': ['x'], 'setxattr': ['x', b'']}
for path in 1.5, None, Plain(), [1]:
    for name in ('mkdir', 'rmdir', 'unlink', 'remove', 'stat', 'lstat', 'chmod', 'utime', 'access', 'readlink', 'truncate', 'mkfifo',
                 'statvfs', 'getxattr', 'setxattr', 'removexattr', 'chown', 'lchown', 'open', 'mknod', 'chroot'):
        show(name, getattr(os, name), path, *REST.get(name, []))
    for name in 'rename', 'replace', 'link', 'symlink':
        show(name, getattr(os, name), path, 'x')
        show(name, getattr(os, name), 'x', path)
show('chdir', os.chdir, 1.5)
show('listxattr', os.listxattr, 1.5)

context = decimal.Context()
for name in 'add', 'compare', 'logical_or', 'quantize', 'fma':
    method = getattr(context, name)
    for args in (), (1,), (1, 2, 3, 4):
        show(name, method, *args)
    show(name, method, 1, x=2)
number = decimal.Decimal('1.5')
show('Decimal.fma', number.fma)
show('Decimal.fma', number.fma, 1)
show('Decimal.fma', number.fma, 1, 2, 3, 4)
print(number.fma(2, third=3), context.add(1, 2), context.fma(2, 3, 4))
for args in (), ('x',), ('x', 'y', 'z'):
    show('strptime', datetime.datetime.strptime, *args)
show('strptime', datetime.datetime.strptime, 'x', y=1)
print(datetime.datetime.strptime('2001', '%Y'))
show('clock_settime', time.clock_settime, 1)
