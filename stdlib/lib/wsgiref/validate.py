"""A layer between a WSGI server and an application that checks whether both keep to the rules of PEP 3333.

validator(application) is an application itself. Broken rules raise AssertionError, doubtful habits warn (WSGIWarning).
"""
import re
import sys
import warnings

__all__ = ['validator']

_HEADER_NAME = re.compile(r'^[a-zA-Z][a-zA-Z0-9\-_]*$')
_BAD_IN_VALUE = re.compile(r'[\000-\037]')
_METHODS = ('GET', 'HEAD', 'POST', 'OPTIONS', 'PATCH', 'PUT', 'DELETE', 'TRACE')
_REQUIRED = ('REQUEST_METHOD', 'SERVER_NAME', 'SERVER_PORT', 'wsgi.version', 'wsgi.input', 'wsgi.errors',
             'wsgi.multithread', 'wsgi.multiprocess', 'wsgi.run_once')
_WITHOUT_BODY = (204, 304)


class WSGIWarning(Warning):
    """Something is allowed, and still a bad idea."""


def assert_(cond, *args):
    """An assertion that stays when Python runs with -O."""
    if not cond:
        raise AssertionError(*args)


def check_string_type(value, title):
    if type(value) is str:
        return value
    raise AssertionError(f'{title} must be of type str (got {value!r})')


def validator(application):
    """The application with checks around it."""

    def checked_application(*args, **kw):
        assert_(len(args) == 2, 'Two arguments required')
        assert_(not kw, 'No keyword arguments allowed')
        environ, start_response = args
        check_environ(environ)
        # What start_response was called with; the iterator looks whether it was called at all.
        started = []

        def checked_start_response(*args, **kw):
            assert_(len(args) in (2, 3), f'Invalid number of arguments: {args}')
            assert_(not kw, 'No keyword arguments allowed')
            status, headers = args[:2]
            check_status(status)
            check_headers(headers)
            check_content_type(status, headers)
            check_exc_info(args[2] if len(args) == 3 else None)
            started.append(None)
            return WriteWrapper(start_response(*args))

        environ['wsgi.input'] = InputWrapper(environ['wsgi.input'])
        environ['wsgi.errors'] = ErrorWrapper(environ['wsgi.errors'])
        answer = application(environ, checked_start_response)
        assert_(answer is not None and answer != False,
                'The application must return an iterator, if only an empty list')
        check_iterator(answer)
        return IteratorWrapper(answer, started)

    return checked_application


class InputWrapper:
    """The body of the request: only the allowed calls, with the allowed arguments."""

    def __init__(self, wsgi_input):
        self.input = wsgi_input

    def read(self, *args):
        assert_(len(args) == 1)
        data = self.input.read(*args)
        assert_(type(data) is bytes)
        return data

    def readline(self, *args):
        assert_(len(args) <= 1)
        line = self.input.readline(*args)
        assert_(type(line) is bytes)
        return line

    def readlines(self, *args):
        assert_(len(args) <= 1)
        lines = self.input.readlines(*args)
        assert_(type(lines) is list)
        for line in lines:
            assert_(type(line) is bytes)
        return lines

    def __iter__(self):
        while line := self.readline():
            yield line

    def close(self):
        assert_(0, 'input.close() must not be called')


class ErrorWrapper:
    """The stream for complaints."""

    def __init__(self, wsgi_errors):
        self.errors = wsgi_errors

    def write(self, s):
        assert_(type(s) is str)
        self.errors.write(s)

    def flush(self):
        self.errors.flush()

    def writelines(self, seq):
        for line in seq:
            self.write(line)

    def close(self):
        assert_(0, 'errors.close() must not be called')


class WriteWrapper:
    """The old way of sending a body."""

    def __init__(self, wsgi_writer):
        self.writer = wsgi_writer

    def __call__(self, s):
        assert_(type(s) is bytes)
        self.writer(s)


class PartialIteratorWrapper:
    """An iterable whose iteration is checked."""

    def __init__(self, wsgi_iterator):
        self.iterator = wsgi_iterator

    def __iter__(self):
        return IteratorWrapper(self.iterator, None)


class IteratorWrapper:
    """The blocks of the body."""

    def __init__(self, wsgi_iterator, check_start_response):
        self.original_iterator = wsgi_iterator
        self.iterator = iter(wsgi_iterator)
        self.closed = False
        self.check_start_response = check_start_response

    def __iter__(self):
        return self

    def __next__(self):
        assert_(not self.closed, 'Iterator read after closed')
        block = next(self.iterator)
        if type(block) is not bytes:
            assert_(False, f'Iterator yielded non-bytestring ({block!r})')
        if self.check_start_response is not None:
            assert_(self.check_start_response,
                    "The application returns and we started iterating over its body, but start_response has not yet been "
                    'called')
            self.check_start_response = None
        return block

    def close(self):
        self.closed = True
        if hasattr(self.original_iterator, 'close'):
            self.original_iterator.close()

    def __del__(self):
        if not self.closed:
            sys.stderr.write('Iterator garbage collected without being closed')
        assert_(self.closed, 'Iterator garbage collected without being closed')


def check_environ(environ):
    assert_(type(environ) is dict,
            f'Environment is not of the right type: {type(environ)!r} (environment: {environ!r})')
    for key in _REQUIRED:
        assert_(key in environ, f'Environment missing required key: {key!r}')
    for key in ('HTTP_CONTENT_TYPE', 'HTTP_CONTENT_LENGTH'):
        assert_(key not in environ,
                f'Environment should not have the key: {key} (use {key[5:]} instead)')
    if 'QUERY_STRING' not in environ:
        warnings.warn('QUERY_STRING is not in the WSGI environment; the cgi module will use sys.argv when this variable '
                      'is missing, so application errors are more likely', WSGIWarning)
    for key, value in environ.items():
        if '.' not in key:
            assert_(type(value) is str,
                    f'Environmental variable {key} is not a string: {type(value)!r} (value: {value!r})')
    assert_(type(environ['wsgi.version']) is tuple, f"wsgi.version should be a tuple ({environ['wsgi.version']!r})")
    assert_(environ['wsgi.url_scheme'] in ('http', 'https'),
            f"wsgi.url_scheme unknown: {environ['wsgi.url_scheme']!r}")
    check_input(environ['wsgi.input'])
    check_errors(environ['wsgi.errors'])
    if environ['REQUEST_METHOD'] not in _METHODS:
        warnings.warn(f"Unknown REQUEST_METHOD: {environ['REQUEST_METHOD']!r}", WSGIWarning)
    script, path = environ.get('SCRIPT_NAME'), environ.get('PATH_INFO')
    assert_(not script or script.startswith('/'), f"SCRIPT_NAME doesn't start with /: {script!r}")
    assert_(not path or path.startswith('/'), f"PATH_INFO doesn't start with /: {path!r}")
    if environ.get('CONTENT_LENGTH'):
        assert_(int(environ['CONTENT_LENGTH']) >= 0, f"Invalid CONTENT_LENGTH: {environ['CONTENT_LENGTH']!r}")
    if not script:
        assert_('PATH_INFO' in environ,
                "One of SCRIPT_NAME or PATH_INFO are required (PATH_INFO should at least be '/' if SCRIPT_NAME is empty)")
    assert_(script != '/', "SCRIPT_NAME cannot be '/'; it should instead be '', and PATH_INFO should be '/'")


def check_input(wsgi_input):
    for name in ('read', 'readline', 'readlines', '__iter__'):
        assert_(hasattr(wsgi_input, name), f"wsgi.input ({wsgi_input!r}) doesn't have the attribute {name}")


def check_errors(wsgi_errors):
    for name in ('flush', 'write', 'writelines'):
        assert_(hasattr(wsgi_errors, name), f"wsgi.errors ({wsgi_errors!r}) doesn't have the attribute {name}")


def check_status(status):
    status = check_string_type(status, 'Status')
    code = status.split(None, 1)[0]
    assert_(len(code) == 3, f'Status codes must be three characters: {code!r}')
    number = int(code)
    assert_(number >= 100, f'Status code is invalid: {number!r}')
    if len(status) < 4 or status[3] != ' ':
        warnings.warn(f'The status string ({status!r}) should be a three-digit integer followed by a single space and a '
                      'status explanation', WSGIWarning)


def check_headers(headers):
    assert_(type(headers) is list, f'Headers ({headers!r}) must be of type list: {type(headers)!r}')
    for item in headers:
        assert_(type(item) is tuple, f'Individual headers ({item!r}) must be of type tuple: {type(item)!r}')
        assert_(len(item) == 2)
        name, value = item
        name = check_string_type(name, 'Header name')
        value = check_string_type(value, 'Header value')
        assert_(name.lower() != 'status',
                f'The Status header cannot be used; it conflicts with CGI script, and HTTP status is not given through '
                f'headers (value: {value!r}).')
        assert_('\n' not in name and ':' not in name, f"Header names may not contain ':' or '\\n': {name!r}")
        assert_(_HEADER_NAME.search(name), f'Bad header name: {name!r}')
        assert_(not name.endswith('-') and not name.endswith('_'), f"Names may not end in '-' or '_': {name!r}")
        bad = _BAD_IN_VALUE.search(value)
        if bad:
            assert_(0, f'Bad header value: {value!r} (bad char: {bad.group(0)!r})')


def check_content_type(status, headers):
    status = check_string_type(status, 'Status')
    code = int(status.split(None, 1)[0])
    for name, value in headers:
        name = check_string_type(name, 'Header name')
        if name.lower() == 'content-type':
            if code not in _WITHOUT_BODY:
                return
            assert_(0, f'Content-Type header found in a {code} response, which must not return content.')
    if code not in _WITHOUT_BODY:
        assert_(0, f'No Content-Type header found in headers ({headers})')


def check_exc_info(exc_info):
    assert_(exc_info is None or type(exc_info) is tuple, f'exc_info ({exc_info!r}) is not a tuple: {type(exc_info)!r}')


def check_iterator(iterator):
    # A string would be sent character by character.
    assert_(not isinstance(iterator, (str, bytes)),
            'You should not return a string as your application iterator, instead return a single-item list containing a '
            'bytestring.')
