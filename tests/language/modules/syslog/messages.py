# syslog: masks, constants, what messages may be. Where they go is the system's business, but for LOG_PERROR.
import os
import sys
import syslog


def attempt(label, function, *args, **keywords):
    try:
        print(label, '->', function(*args, **keywords))
    except Exception as error:
        print(label, '!!', type(error).__name__, error)


print({name: value for name, value in sorted(vars(syslog).items()) if name.startswith('LOG_') and isinstance(value, int)})
for args in ((), ('message',), (1,), (1, 2), (syslog.LOG_ERR, 'message'), (1, 'a', 2), ('a\0b',), ('100 %s %n',)):
    attempt(args, syslog.syslog, *args)
attempt('mask', syslog.LOG_MASK, syslog.LOG_ERR)
attempt('up to', syslog.LOG_UPTO, syslog.LOG_ERR)
attempt('open', syslog.openlog, 5)
attempt('open', syslog.openlog, 'name', 'b')
print(syslog.setlogmask(syslog.LOG_UPTO(syslog.LOG_ERR)), syslog.setlogmask(0))
reader, writer = os.pipe()
kept = os.dup(2)
os.dup2(writer, 2)
syslog.openlog('own name', logoption=syslog.LOG_PERROR, facility=syslog.LOG_LOCAL0)
syslog.syslog('shown %s \xe9')
syslog.syslog(syslog.LOG_DEBUG, 'hidden')
syslog.closelog()
syslog.closelog()
os.dup2(kept, 2)
os.close(writer)
print(os.read(reader, 1000))
