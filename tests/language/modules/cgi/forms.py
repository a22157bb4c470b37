# cgi: fields of queries and of multipart forms, files, limits, headers.
import io
import os
import sys
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    import cgi
print(caught[0].message)
sys.argv[1:] = []


def attempt(label, function, *args, **keywords):
    try:
        print(label, '->', repr(function(*args, **keywords)))
    except Exception as error:
        print(label, '!!', type(error).__name__, error)


for line in ('text/plain', 'text/html; charset=utf-8; q=1', 'form-data; name="a;b"; filename="x\\"y\\\\z"', 'a; b',
             'a; =c', ''):
    print(repr(line), cgi.parse_header(line))
form = cgi.FieldStorage(environ={'QUERY_STRING': 'a=1&b=2&a=3&c=&d=%C3%A9+x'})
print(sorted(form.keys()), form.getvalue('a'), form.getfirst('a'), form.getlist('a'), form.getvalue('d'), 'c' in form,
      len(form), bool(form), form['b'], form.getvalue('q', 'none'), repr(form))
attempt('missing', form.__getitem__, 'q')
attempt('attribute', lambda: form.nothing)
form = cgi.FieldStorage(environ={'QUERY_STRING': 'a=1;c='}, keep_blank_values=1, separator=';')
print([(field.name, field.value) for field in form.list])
attempt('strict', cgi.FieldStorage, environ={'QUERY_STRING': 'x'}, strict_parsing=1)
attempt('many', cgi.FieldStorage, environ={'QUERY_STRING': 'a=1&b=2'}, max_num_fields=1)

BODY = (b'preamble\r\n--xyz\r\nContent-Disposition: form-data; name="title"\r\n\r\nTwo\r\nlines \xc3\xa9\r\n--xyz\r\n'
        b'Content-Disposition: form-data; name="file"; filename="a.bin"\r\nContent-Type: application/x\r\n'
        b'Content-Length: 99\r\n\r\n\x00\xff\r\n--xy\r\n' + b'z' * 2000 + b'\r\n--xyz\r\n'
        b'Content-Disposition: form-data; name="title"\r\n\r\nagain\r\n--xyz--\r\nepilogue')


def posted(body, kind, **keywords):
    return cgi.FieldStorage(fp=io.BytesIO(body), environ={'REQUEST_METHOD': 'POST', 'CONTENT_TYPE': kind,
                                                          'CONTENT_LENGTH': str(len(body)), 'QUERY_STRING': 'q=1'},
                                                          **keywords)


form = posted(BODY, 'multipart/form-data; boundary=xyz')
print([(field.name, field.value if len(field.value) < 99 else (field.value[:12], len(field.value)), field.filename,
        field.type)
       for field in form.list])
print(form['file'].file.read(2), form['file'].disposition_options, form['file'].headers['content-type'],
      form.getlist('title'))
form = posted(b'a=1&b=%20', 'application/x-www-form-urlencoded', keep_blank_values=1)
print([(field.name, field.value) for field in form.list])
field = posted(BODY, 'multipart/form-data; boundary=xyz')['file']
attempt('index', lambda: field['a'])
attempt('truth', bool, field)
attempt('boundary', posted, b'', 'multipart/form-data')
attempt('fields', posted, BODY, 'multipart/form-data; boundary=xyz', max_num_fields=2)
attempt('file', cgi.FieldStorage, fp=5, environ={'REQUEST_METHOD': 'POST'})
attempt('headers', cgi.FieldStorage, headers=5, environ={'REQUEST_METHOD': 'PUT'})
print(sorted((name, [len(value) for value in values]) for name, values in
      cgi.parse_multipart(io.BytesIO(BODY), {'boundary': b'xyz', 'CONTENT-LENGTH': str(len(BODY))}).items()))
print(cgi.parse(io.BytesIO(b'a=1'), {'REQUEST_METHOD': 'POST', 'CONTENT_TYPE': 'application/x-www-form-urlencoded',
                                     'CONTENT_LENGTH': '3', 'QUERY_STRING': 'b=2'}))
cgi.maxlen = 2
attempt('long', posted, b'a=1', 'application/x-www-form-urlencoded')
print(cgi.MiniFieldStorage('a', 'b'))
