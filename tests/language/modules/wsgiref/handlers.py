# wsgiref: an application run once by a handler, checked by the validator; headers; paths.
import io
from wsgiref.handlers import SimpleHandler
from wsgiref.headers import Headers
from wsgiref.util import request_uri, setup_testing_defaults, shift_path_info
from wsgiref.validate import validator


def application(environ, start_response):
    body = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}".encode()
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Date', 'now')])
    return [body]


def failing(environ, start_response):
    raise RuntimeError('no')


def run(app):
    environ = {'SCRIPT_NAME': '', 'PATH_INFO': '/x', 'QUERY_STRING': 'q=1', 'wsgi.url_scheme': 'http'}
    setup_testing_defaults(environ)
    out, err = io.BytesIO(), io.StringIO()
    SimpleHandler(io.BytesIO(), out, err, environ).run(app)
    print(out.getvalue().splitlines()[0], out.getvalue().splitlines()[-1], err.getvalue().splitlines()[-1:])
    return environ


print(request_uri(run(validator(application))))
run(failing)
environ = {'SCRIPT_NAME': '/a', 'PATH_INFO': '/b/./c/'}
print(shift_path_info(environ), environ, shift_path_info(environ), environ, shift_path_info(environ), environ)
headers = Headers([('A', '1'), ('b', '2'), ('a', '3')])
headers.add_header('Content-Disposition', 'attachment', filename='a b.txt')
print(headers.get_all('a'), headers['B'], bytes(headers))
