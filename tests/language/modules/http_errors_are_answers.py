"""An HTTPError is an answer, too: its body can be read and iterated over, with headers or without."""
import http.server
import io
import threading
import urllib.error
import urllib.request

e = urllib.error.HTTPError('http://x/',404,'Not Found',{'a':'b'},io.BytesIO(b'one\ntwo\nthree'))
print(e, repr(e), e.reason, e.code, e.status, e.url, e.headers, e.geturl(), e.info(), e.getcode())
print(e.readline(), list(e), e.closed)
e.close()
print(e.closed)
try: e.read()
except ValueError as x: print(x)
e.headers = {'c': 1}
print(e.hdrs)
print(isinstance(e, OSError), isinstance(e, urllib.response.addinfourl), e.filename, e.args)
e = urllib.error.HTTPError('http://x/',500,'Oops',None,None)
print(e, e.headers, e.fp.read(), e.filename)
try: print(e.read())
except Exception as x: print(type(x), x)
class H(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(404); self.end_headers(); self.wfile.write(b'a\nb\n')
    def log_message(self,*a): pass
s=http.server.HTTPServer(('127.0.0.1',0),H)
t=threading.Thread(target=s.handle_request); t.start()
try: urllib.request.urlopen('http://127.0.0.1:%d/'%s.server_port)
except urllib.error.HTTPError as e:
    with e: print(e.code, e.reason, e.readlines())
t.join(); s.server_close()
