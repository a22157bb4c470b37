"""Configuring logging from a dict or an INI file, or from either through a socket."""
import logging
import logging.handlers
import re
from logging._network import listen, stopListening

DEFAULT_LOGGING_CONFIG_PORT = 9030

__all__ = ['dictConfig', 'fileConfig', 'DictConfigurator', 'dictConfigClass', 'BaseConfigurator', 'listen', 'stopListening']


def _resolve(name):
    """What a dotted name stands for, with imports as needed."""
    parts = name.split('.')
    used = parts.pop(0)
    found = __import__(used)
    for part in parts:
        used += '.' + part
        try:
            found = getattr(found, part)
        except AttributeError:
            __import__(used)
            found = getattr(found, part)
    return found


class BaseConfigurator:
    """Values of a configuration: 'ext://sys.stderr' and 'cfg://handlers.x' stand for something else."""

    def __init__(self, config):
        self.config = config

    def resolve(self, s):
        try:
            return _resolve(s)
        except ImportError as error:
            raise ValueError(f'Cannot resolve {s!r}: {error}') from error

    def cfg_convert(self, value):
        """The part of the configuration that a path such as a.b[0] names."""
        found = self.config
        if not value[:1].isidentifier():
            raise ValueError(f'Unable to convert {value!r}')
        for index, name in re.findall(r'\[(\w*)\]|([^.\[\]]+)', value):
            found = found[int(index) if index.isdecimal() else index or name]
        return self.convert(found)

    def convert(self, value):
        if isinstance(value, str):
            if value.startswith('ext://'):
                return self.resolve(value[6:])
            if value.startswith('cfg://'):
                return self.cfg_convert(value[6:])
        elif isinstance(value, dict):
            return {key: self.convert(one) for key, one in value.items()}
        elif isinstance(value, list):
            return [self.convert(one) for one in value]
        elif isinstance(value, tuple) and not hasattr(value, '_fields'):
            return tuple(self.convert(one) for one in value)
        return value

    def configure_custom(self, config):
        """What the factory '()' makes of the other entries."""
        factory = config['()']
        if not callable(factory):
            factory = self.resolve(factory)
        arguments = {key: self.convert(value) for key, value in config.items() if key not in ('()', '.')}
        made = factory(**arguments)
        for name, value in (config.get('.') or {}).items():
            setattr(made, name, value)
        return made


class DictConfigurator(BaseConfigurator):
    """Does what a dict says."""

    def configure(self):
        config = self.config
        if 'version' not in config:
            raise ValueError("dictionary doesn't specify a version")
        if config['version'] != 1:
            raise ValueError('Unsupported version: %s' % config['version'])
        with logging._lock:
            if config.get('incremental', False):
                self._change(config)
            else:
                self._build(config)

    def _change(self, config):
        for name, entry in (config.get('handlers') or {}).items():
            if name not in logging._handlers:
                raise ValueError('No handler found with name %r' % name)
            if entry.get('level'):
                logging._handlers[name].setLevel(logging._checkLevel(entry['level']))
        for name, entry in (config.get('loggers') or {}).items():
            self._logger(logging.getLogger(name), entry, {}, {}, True, name)
        if config.get('root'):
            self._logger(logging.getLogger(), config['root'], {}, {}, True, 'root')

    def _section(self, name):
        """A part of the configuration; it and its entries may be elsewhere, 'cfg://...'."""
        found = self.config.get(name) or {}
        if isinstance(found, str):
            found = self.convert(found)
        return {key: self.convert(entry) if isinstance(entry, str) else entry for key, entry in found.items()}

    def _build(self, config):
        logging._handlers.clear()
        logging.shutdown(logging._handlerList[:])
        del logging._handlerList[:]
        made = {}
        for kind, make in (('formatters', self.configure_formatter), ('filters', self.configure_filter)):
            made[kind] = {}
            for name, entry in self._section(kind).items():
                try:
                    made[kind][name] = make(entry)
                except Exception as error:
                    raise ValueError(f'Unable to configure {kind[:-1]} {name!r}') from error
        self._formatters, self._filters, self._handlers = made['formatters'], made['filters'], {}
        waiting = self._section('handlers')
        while waiting:
            # A handler may need another (as its target): those that do wait for the next round.
            left = {}
            for name, entry in sorted(waiting.items()):
                target = entry.get('target')
                if isinstance(target, str) and target in waiting and 'MemoryHandler' in str(entry.get('class')) and target != name:
                    left[name] = entry
                    continue
                try:
                    handler = self.configure_handler(entry)
                    handler.name = name
                    self._handlers[name] = handler
                except Exception as error:
                    raise ValueError(f'Unable to configure handler {name!r}') from error
            if len(left) == len(waiting):
                raise ValueError(f'Unable to configure handler {sorted(left)[0]!r}')
            waiting = left
        self._loggers(config)

    def _loggers(self, config):
        root = logging.root
        existing = set(root.manager.loggerDict)
        disable = config.get('disable_existing_loggers', True)
        named = config.get('loggers') or {}
        for name, entry in named.items():
            logger = logging.getLogger(name)
            self._logger(logger, entry, self._handlers, self._filters, False, name)
            logger.disabled = False
        for name in existing - set(named):
            logger = root.manager.loggerDict[name]
            if isinstance(logger, logging.PlaceHolder):
                continue
            if any(name.startswith(other + '.') for other in named):
                # Below a configured one: it takes part in what that does.
                logger.level = logging.NOTSET
                logger.handlers = []
                logger.propagate = True
            else:
                logger.disabled = disable
        if config.get('root'):
            self._logger(root, config['root'], self._handlers, self._filters, False, 'root')

    def configure_formatter(self, entry):
        if '()' in entry:
            try:
                return self.configure_custom(entry)
            except TypeError as error:
                # The parameter of logging.Formatter is called fmt.
                if "'format'" not in str(error):
                    raise
                return self.configure_custom({('fmt' if key == 'format' else key): value
                                              for key, value in entry.items()})
        made = entry.get('class')
        make = logging.Formatter if not made else self.resolve(made)
        arguments = {}
        if 'validate' in entry:
            arguments['validate'] = entry['validate']
        return make(entry.get('format'), entry.get('datefmt'), entry.get('style', '%'), **arguments)

    def configure_filter(self, entry):
        return self.configure_custom(entry) if '()' in entry else logging.Filter(entry.get('name', ''))

    def configure_handler(self, entry):
        entry = dict(entry)
        formatter, level, filters = entry.pop('formatter', None), entry.pop('level', None), entry.pop('filters', None)
        if formatter:
            try:
                formatter = self._formatters[formatter]
            except KeyError as error:
                raise ValueError('Unable to set formatter %r' % formatter) from error
        if '()' in entry:
            handler = self.configure_custom(entry)
        else:
            make = self.resolve(entry.pop('class'))
            if isinstance(make, type) and issubclass(make, logging.handlers.MemoryHandler) and 'target' in entry:
                entry['target'] = self._handlers[entry['target']]
            attributes = entry.pop('.', None) or {}
            for key in entry:
                if not key.isidentifier():
                    raise ValueError(f'Not a valid Python identifier: {key!r}')
            handler = make(**{key: self.convert(value) for key, value in entry.items()})
            for name, value in attributes.items():
                setattr(handler, name, value)
        if formatter:
            handler.setFormatter(formatter)
        if level is not None:
            handler.setLevel(logging._checkLevel(level))
        self._add_filters(handler, filters, self._filters)
        return handler

    def _add_filters(self, target, names, filters):
        for name in names or ():
            try:
                target.addFilter(name if callable(name) or hasattr(name, 'filter') else filters[name])
            except KeyError as error:
                raise ValueError('Unable to add filter %r' % name) from error

    def _logger(self, logger, entry, handlers, filters, incremental, name):
        try:
            if entry.get('level') is not None:
                logger.setLevel(logging._checkLevel(entry['level']))
            if not incremental:
                for handler in logger.handlers[:]:
                    logger.removeHandler(handler)
                for one in entry.get('handlers') or ():
                    try:
                        logger.addHandler(handlers[one])
                    except KeyError as error:
                        raise ValueError('Unable to add handler %r' % one) from error
                self._add_filters(logger, entry.get('filters'), filters)
            if entry.get('propagate') is not None:
                logger.propagate = entry['propagate']
        except Exception as error:
            words = 'root logger' if name == 'root' else f'logger {name!r}'
            raise ValueError(f'Unable to configure {words}') from error


dictConfigClass = DictConfigurator


def dictConfig(config):
    """Configures logging by a dict (version 1)."""
    dictConfigClass(config).configure()


def fileConfig(fname, defaults=None, disable_existing_loggers=True, encoding=None):
    """Configures logging by an INI file with the sections loggers, handlers and formatters."""
    import configparser
    if isinstance(fname, configparser.RawConfigParser):
        parser = fname
    else:
        parser = configparser.ConfigParser(defaults)
        if hasattr(fname, 'readline'):
            parser.read_file(fname)
        else:
            parser.read(fname, encoding=encoding)

    def names(section):
        return [name.strip() for name in parser[section]['keys'].split(',') if name.strip()]

    def literal(text):
        return eval(text, vars(logging))

    formatters = {}
    for name in names('formatters'):
        section = parser[f'formatter_{name}']
        make = _resolve(section['class']) if section.get('class') else logging.Formatter
        formatters[name] = make(section.get('format', raw=True), section.get('datefmt', raw=True),
                                section.get('style', '%', raw=True))
    with logging._lock:
        logging._handlers.clear()
        logging.shutdown(logging._handlerList[:])
        del logging._handlerList[:]
        handlers, targets = {}, {}
        for name in names('handlers'):
            section = parser[f'handler_{name}']
            try:
                make = eval(section['class'], vars(logging))
            except (AttributeError, NameError):
                make = _resolve(section['class'])
            handler = make(*literal(section.get('args', '()')), **literal(section.get('kwargs', '{}')))
            handler.name = name
            if 'level' in section:
                handler.setLevel(section['level'])
            if section.get('formatter'):
                handler.setFormatter(formatters[section['formatter']])
            if isinstance(handler, logging.handlers.MemoryHandler) and section.get('target'):
                targets[handler] = section['target']
            handlers[name] = handler
        for handler, target in targets.items():
            handler.setTarget(handlers[target])
        existing = set(logging.root.manager.loggerDict)
        configured = set()
        for name in names('loggers'):
            section = parser[f'logger_{name}']
            logger = logging.root
            if name != 'root':
                logger = logging.getLogger(section['qualname'])
                configured.add(section['qualname'])
                logger.propagate = section.getint('propagate', fallback=1)
                logger.disabled = False
            if 'level' in section:
                logger.setLevel(section['level'])
            for handler in logger.handlers[:]:
                logger.removeHandler(handler)
            for one in section.get('handlers', '').split(','):
                if one.strip():
                    logger.addHandler(handlers[one.strip()])
        for name in existing - configured:
            logger = logging.root.manager.loggerDict[name]
            if not isinstance(logger, logging.PlaceHolder) and not any(
                    name.startswith(other + '.') for other in configured):
                logger.disabled = disable_existing_loggers
