import io
import logging
import logging.handlers
import queue
import sys

logging.basicConfig(stream=sys.stdout, level=logging.DEBUG, format='%(levelname)s %(name)s %(funcName)s:%(lineno)d %(message)s')
logging.info('hello %s', 'world')
log = logging.getLogger('a.b.c')
log.warning('%(x)d things', {'x': 3})


def inner():
    log.error('from inner', stack_info=False)
    log.debug('level above', stacklevel=2)


inner()
print(log, log.parent, logging.getLogger('a'), log.parent, log.getEffectiveLevel(), log.hasHandlers())
try:
    1 / 0
except ZeroDivisionError:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    log.addHandler(handler)
    log.propagate = False
    log.exception('failed')
    print(stream.getvalue())
log.setLevel('ERROR')
print(log.isEnabledFor(logging.INFO), logging.getLevelName(35), logging.getLevelName('INFO'))
logging.addLevelName(35, 'LOUD')
root = logging.getLogger()
root.log(35, 'loud')
logging.getLogger('quiet').addFilter(lambda record: 'no' not in record.msg)
logging.getLogger('quiet').info('no way')
logging.getLogger('quiet').info('a way')
for style, form in (('{', '{levelname:<8}|{message}'), ('$', '$levelname - $message'), ('%', '%(levelname)-8s|%(message)s')):
    record = logging.makeLogRecord({'levelname': 'INFO', 'msg': 'm %d', 'args': (3,)})
    print(logging.Formatter(form, style=style).format(record))
for bad in (lambda: logging.Formatter('x'), lambda: logging.Formatter('{x', style='{'), lambda: log.setLevel('NO'),
            lambda: logging.getLogger(3), lambda: log.log('x', 'y'),
            lambda: logging.basicConfig(force=True, nonsense=1), lambda: log.error('x', extra={'message': 1})):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
adapter = logging.LoggerAdapter(root, {'user': 'me'})
logging.basicConfig(force=True, stream=sys.stdout, format='%(user)s %(message)s')
adapter.warning('adapted')
q = queue.Queue()
out = logging.StreamHandler(sys.stdout)
listener = logging.handlers.QueueListener(q, out)
listener.start()
other = logging.getLogger('queued')
other.propagate = False
other.addHandler(logging.handlers.QueueHandler(q))
other.warning('through %s', 'a queue')
listener.stop()
memory = logging.handlers.MemoryHandler(10, target=out)
other.handlers[:] = [memory]
other.warning('kept')
print('before')
other.error('flushes')
logging.disable(logging.ERROR)
other.error('not shown')
