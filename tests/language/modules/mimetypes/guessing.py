# mimetypes: by ending, with encodings, in both directions; the module's own table alone.
import mimetypes

db = mimetypes.MimeTypes()
for name in ('a.html', 'a.tar.gz', 'b.TGZ', 'c.unknown', 'http://x/y.png', 'data:,x', 'data:image/png;base64,AAA', 'x.mid'):
    print(name, db.guess_type(name), db.guess_type(name, strict=False))
print(db.guess_extension('text/plain'), db.guess_all_extensions('image/jpeg'), db.guess_extension('no/such'))
db.add_type('x-own/type', '.own')
print(db.guess_type('f.own'), db.guess_extension('x-own/type'))
