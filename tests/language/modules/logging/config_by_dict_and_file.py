import io
import logging
import logging.config

old = logging.getLogger('old')
logging.config.dictConfig({
    'version': 1,
    'formatters': {'short': {'format': '%(levelname)s|%(message)s'}, 'brace': {'format': '{name}: {message}', 'style': '{'}},
    'filters': {'only': {'name': 'app'}},
    'handlers': {'out': {'class': 'logging.StreamHandler', 'stream': 'ext://sys.stdout', 'formatter': 'short', 'level': 'INFO'},
                 'named': {'class': 'logging.StreamHandler', 'stream': 'ext://sys.stdout', 'formatter': 'brace', 'filters': ['only']},
                 'memory': {'class': 'logging.handlers.MemoryHandler', 'capacity': 9, 'target': 'out'}},
    'loggers': {'app': {'handlers': ['named', 'memory'], 'level': 'DEBUG', 'propagate': False}},
    'root': {'handlers': ['out'], 'level': 'WARNING'}})
logging.getLogger('app').debug('debugging')
logging.getLogger('app.part').error('failing')
logging.getLogger('other').warning('root warns')
logging.getLogger('other').info('silent')
old.warning('disabled')
print(old.disabled)
for bad in ({}, {'version': 2}, {'version': 1, 'handlers': {'x': {'class': 'no.Such'}}},
            {'version': 1, 'root': {'handlers': ['no']}}, {'version': 1, 'loggers': {'a': {'level': 'NO'}}},
            {'version': 1, 'incremental': True, 'handlers': {'gone': {'level': 'INFO'}}}):
    try:
        logging.config.dictConfig(bad)
        print('configured')
    except ValueError as error:
        print(error)
logging.config.fileConfig(io.StringIO('''
[loggers]
keys=root,app
[handlers]
keys=out
[formatters]
keys=plain
[logger_root]
level=INFO
handlers=out
[logger_app]
level=ERROR
qualname=app
handlers=
[handler_out]
class=StreamHandler
args=(__import__('sys').stdout,)
formatter=plain
[formatter_plain]
format=%(name)s %(message)s
'''), disable_existing_loggers=False)
logging.getLogger('app').warning('too low')
logging.getLogger('app').error('from the file')
logging.getLogger('x').info('root')
