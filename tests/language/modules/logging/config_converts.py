"""dictConfig: values that stand for others, containers that convert when asked, configurators of one's own, and errors."""
import io
import logging
import logging.config
import sys

stream = io.StringIO()
CONFIG = {
    'version': 1,
    'formatters': {'short': {'format': '%(name)s:%(message)s'}, 'made': {'()': 'logging.Formatter', 'format': '%(levelname)s'}},
    'filters': {'only': {'name': 'app'}, 'made': {'()': lambda **k: (lambda record: record.getMessage() != k['text']),
                                                  'text': 'cfg://words[0]'}},
    'handlers': {
        'a_memory': {'class': 'logging.handlers.MemoryHandler', 'capacity': 2, 'target': 'out'},
        'out': {'class': 'logging.StreamHandler', 'stream': 'ext://__main__.stream', 'formatter': 'short',
                'filters': ['only', 'made'], '.': {'mark': 'cfg://words[1].deep'}},
        'own': {'()': 'cfg://factory', 'level': 'ERROR'},
    },
    'loggers': {'app': {'level': 'DEBUG', 'handlers': ['out'], 'propagate': False}, 'mem': {'handlers': ['a_memory']}},
    'root': {'level': 'INFO', 'handlers': ['own']},
    'words': ['hidden', {'deep': 'found'}], 'factory': logging.NullHandler,
}
before = logging.getLogger('other')
below = logging.getLogger('app.below')
logging.config.dictConfig(CONFIG)
logging.getLogger('app').info('shown')
logging.getLogger('app').info('hidden')
below.warning('from below')
handler = logging.getLogger('app').handlers[0]
print(stream.getvalue().split('\n'), handler.mark, handler.name, before.disabled, below.disabled, below.propagate)
memory = logging.getLogger('mem').handlers[0]
print(type(memory).__name__, memory.target is handler, logging.root.handlers, logging.root.level)
logging.config.dictConfig({'version': 1, 'incremental': True, 'handlers': {'out': {'level': 'ERROR'}},
                           'loggers': {'app': {'level': 'WARNING'}}, 'root': {'level': 'DEBUG'}})
print(handler.level, logging.getLogger('app').level, logging.root.level)


class Own(logging.config.DictConfigurator):
    value_converters = {**logging.config.DictConfigurator.value_converters, 'upper': 'upper_convert'}

    def upper_convert(self, value):
        return value.upper()

    def configure_root(self, config, incremental=False):
        print('root:', config['word'], dict.__getitem__(config, 'word'), type(config).__name__, config.get('list')[1],
              config['pair'][0], config.pop('gone'), 'gone' in config, config['list'].pop())


base = {'word': 'upper://abc', 'list': [1, 'upper://x', 'upper://last'], 'pair': ('upper://y',), 'gone': 'upper://z'}
logging.config.dictConfigClass = Own
logging.config.dictConfig({'version': 1, 'root': base, 'disable_existing_loggers': False})
logging.config.dictConfigClass = logging.config.DictConfigurator

configurator = logging.config.BaseConfigurator({'a': {'b': [{'c d': 5}, ['x']], '1': 'one'}, 'n': 'cfg://a.b[1][0]'})
for path in ('a.b[0][c d]', 'a.b[1]', 'a.1', 'a[1]', 'n', '!', 'a.b!', 'a.zz', 'a.b[9]'):
    try:
        print(path, configurator.cfg_convert(path))
    except Exception as error:
        print(path, type(error).__name__, error)
print(configurator.convert('ext://sys.maxsize') == sys.maxsize, configurator.convert('ftp://x'),
      configurator.as_tuple([1]), type(configurator.convert([1])).__name__, configurator.config['a'].parent is configurator.config,
      configurator.config['a'].key)
for name in ('ext://no_such_module.x', 'ext://sys.no_such'):
    try:
        configurator.convert(name)
    except Exception as error:
        print(type(error).__name__, error)

for broken in ({}, {'version': 2}, {'version': 1, 'handlers': {'h': {'class': 'logging.NoSuch'}}},
               {'version': 1, 'handlers': {'h': {'class': 'logging.StreamHandler', 'formatter': 'none'}}},
               {'version': 1, 'loggers': {'l': {'handlers': ['none']}}}, {'version': 1, 'root': {'level': 'LOUD'}},
               {'version': 1, 'loggers': {'l': {'filters': ['none']}}},
               {'version': 1, 'handlers': {'h': {'class': 'logging.StreamHandler', 'not valid': 1}}},
               {'version': 1, 'formatters': {'f': {'()': 'no.such'}}}, {'version': 1, 'filters': {'f': {'()': 'nothing'}}},
               {'version': 1, 'handlers': {'m': {'class': 'logging.handlers.MemoryHandler', 'capacity': 1, 'target': 'z'}}},
               {'version': 1, 'incremental': True, 'handlers': {'gone': {'level': 'INFO'}}}):
    try:
        logging.config.dictConfig(broken)
    except Exception as error:
        chain = []
        while error is not None:
            chain.append(f'{type(error).__name__}: {error}')
            error = error.__cause__
        print(' <- '.join(chain))
