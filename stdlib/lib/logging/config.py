"""Configuring logging from a dict or an INI file, or from either through a socket."""
import logging
import logging.handlers
from logging._convert import (IDENTIFIER, BaseConfigurator, ConvertingDict, ConvertingList, ConvertingMixin,
                              ConvertingTuple, valid_ident)
from logging._network import listen, stopListening

DEFAULT_LOGGING_CONFIG_PORT = 9030

__all__ = ['dictConfig', 'fileConfig', 'DictConfigurator', 'dictConfigClass', 'BaseConfigurator', 'listen',
           'stopListening']


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


class _Waits(Exception):
    """A handler needs another one that is not made yet."""


class DictConfigurator(BaseConfigurator):
    """Does what a dict says.

    The sections of the configuration are changed on the way: the entry of a handler, formatter or filter becomes the
    object that was made of it, so that 'cfg://handlers.x' finds it.
    """

    def configure(self):
        """Do it."""
        config = self.config
        if 'version' not in config:
            raise ValueError("dictionary doesn't specify a version")
        if config['version'] != 1:
            raise ValueError('Unsupported version: %s' % config['version'])
        with logging._lock:
            if config.pop('incremental', False):
                self._change(config)
            else:
                self._build(config)

    def _change(self, config):
        """Only levels, and whether loggers propagate."""
        handlers = config.get('handlers', {})
        for name in handlers:
            if name not in logging._handlers:
                raise ValueError('No handler found with name %r' % name)
            with _failing(f'Unable to configure handler {name!r}'):
                level = handlers[name].get('level', None)
                if level:
                    logging._handlers[name].setLevel(logging._checkLevel(level))
        loggers = config.get('loggers', {})
        for name in loggers:
            with _failing(f'Unable to configure logger {name!r}'):
                self.configure_logger(name, loggers[name], True)
        root = config.get('root', None)
        if root:
            with _failing('Unable to configure root logger'):
                self.configure_root(root, True)

    def _build(self, config):
        disable_existing = config.pop('disable_existing_loggers', True)
        logging._handlers.clear()
        logging.shutdown(logging._handlerList[:])
        del logging._handlerList[:]
        for section, kind, make in (('formatters', 'formatter', self.configure_formatter),
                                    ('filters', 'filter', self.configure_filter)):
            entries = config.get(section, {})
            for name in entries:
                with _failing(f'Unable to configure {kind} {name!r}'):
                    entries[name] = make(entries[name])
        self._build_handlers(config.get('handlers', {}))
        self._build_loggers(config.get('loggers', {}), disable_existing)
        root = config.get('root', None)
        if root:
            with _failing('Unable to configure root logger'):
                self.configure_root(root)

    def _build_handlers(self, handlers):
        """Those that wait for another handler get a second turn."""
        waiting = []
        for name in sorted(handlers):
            try:
                self._build_handler(handlers, name)
            except ValueError as error:
                if not isinstance(error.__cause__, _Waits) and not isinstance(
                        getattr(error.__cause__, '__cause__', None), _Waits):
                    raise
                waiting.append(name)
        for name in waiting:
            self._build_handler(handlers, name)

    def _build_handler(self, handlers, name):
        with _failing(f'Unable to configure handler {name!r}'):
            handler = self.configure_handler(handlers[name])
            handler.name = name
            handlers[name] = handler

    def _build_loggers(self, loggers, disable_existing):
        manager = logging.root.manager
        existing = set(manager.loggerDict)
        for name in loggers:
            with _failing(f'Unable to configure logger {name!r}'):
                self.configure_logger(name, loggers[name])
        for name in existing - set(loggers):
            logger = manager.loggerDict[name]
            if isinstance(logger, logging.PlaceHolder):
                continue
            if any(name.startswith(other + '.') for other in loggers):
                # Below a configured one: it takes part in what that does.
                logger.setLevel(logging.NOTSET)
                logger.handlers = []
                logger.propagate = True
            else:
                logger.disabled = disable_existing

    def configure_formatter(self, config):
        """A formatter of its entry."""
        if '()' in config:
            factory = config['()']  # configure_custom() takes it out
            try:
                return self.configure_custom(config)
            except TypeError as error:
                # The parameter of logging.Formatter is called fmt.
                if "'format'" not in str(error):
                    raise
                config['fmt'] = config.pop('format')
                config['()'] = factory
                return self.configure_custom(config)
        made = config.get('class', None)
        make = self.resolve(made) if made else logging.Formatter
        arguments = {'validate': config['validate']} if 'validate' in config else {}
        return make(config.get('format', None), config.get('datefmt', None), config.get('style', '%'), **arguments)

    def configure_filter(self, config):
        """A filter of its entry."""
        return self.configure_custom(config) if '()' in config else logging.Filter(config.get('name', ''))

    def add_filters(self, filterer, filters):
        """Give a logger or handler filters, by name or as they are."""
        for one in filters:
            with _failing('Unable to add filter %r' % one):
                ready = callable(one) or callable(getattr(one, 'filter', None))
                filterer.addFilter(one if ready else self.config['filters'][one])

    def configure_handler(self, config):
        """A handler of its entry."""
        kept = dict(config)  # the entry has to be whole if another turn is needed
        formatter = config.pop('formatter', None)
        if formatter:
            with _failing('Unable to set formatter %r' % formatter):
                formatter = self.config['formatters'][formatter]
        level, filters = config.pop('level', None), config.pop('filters', None)
        if '()' in config:
            factory = config.pop('()')
            factory = factory if callable(factory) else self.resolve(factory)
        else:
            factory = self._handler_class(config, kept)
        attributes = config.pop('.', None)
        arguments = {key: config[key] for key in config if valid_ident(key)}
        try:
            handler = factory(**arguments)
        except TypeError as error:
            # The parameter of StreamHandler was once called strm.
            if "'stream'" not in str(error):
                raise
            arguments['strm'] = arguments.pop('stream')
            handler = factory(**arguments)
        if formatter:
            handler.setFormatter(formatter)
        if level is not None:
            handler.setLevel(logging._checkLevel(level))
        if filters:
            self.add_filters(handler, filters)
        for name, value in (attributes or {}).items():
            setattr(handler, name, value)
        return handler

    def _handler_class(self, config, kept):
        """The class of a handler. Some have arguments that need work: targets are other handlers, addresses tuples."""
        name = config.pop('class')
        kind = name if callable(name) else self.resolve(name)
        if not isinstance(kind, type):
            return kind
        if issubclass(kind, logging.handlers.MemoryHandler) and config.get('target'):
            with _failing('Unable to set target handler %r' % config['target']):
                target = self.config['handlers'][config['target']]
                if not isinstance(target, logging.Handler):
                    config.update(kept)
                    raise _Waits('target not configured yet')
                config['target'] = target
        elif issubclass(kind, logging.handlers.SMTPHandler) and 'mailhost' in config:
            config['mailhost'] = self.as_tuple(config['mailhost'])
        elif issubclass(kind, logging.handlers.SysLogHandler) and 'address' in config:
            config['address'] = self.as_tuple(config['address'])
        return kind

    def add_handlers(self, logger, handlers):
        """Give a logger handlers by name."""
        for one in handlers:
            with _failing('Unable to add handler %r' % one):
                logger.addHandler(self.config['handlers'][one])

    def common_logger_config(self, logger, config, incremental=False):
        """What all loggers have: a level, and unless only that is to change, handlers and filters."""
        level = config.get('level', None)
        if level is not None:
            logger.setLevel(logging._checkLevel(level))
        if incremental:
            return
        for handler in logger.handlers[:]:
            logger.removeHandler(handler)
        handlers, filters = config.get('handlers', None), config.get('filters', None)
        if handlers:
            self.add_handlers(logger, handlers)
        if filters:
            self.add_filters(logger, filters)

    def configure_logger(self, name, config, incremental=False):
        """Configure a logger that is not the root."""
        logger = logging.getLogger(name)
        self.common_logger_config(logger, config, incremental)
        logger.disabled = False
        propagate = config.get('propagate', None)
        if propagate is not None:
            logger.propagate = propagate

    def configure_root(self, config, incremental=False):
        """Configure the root logger."""
        self.common_logger_config(logging.getLogger(), config, incremental)


class _failing:
    """Errors become a ValueError that says what could not be done."""

    def __init__(self, words):
        self.words = words

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if isinstance(error, Exception):
            raise ValueError(self.words) from error


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
