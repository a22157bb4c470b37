# uu and quopri: files encoded and decoded, and what is no such file.
import io
import quopri
import warnings

warnings.simplefilter('ignore')
import uu

data = bytes(range(120))
out = io.BytesIO()
uu.encode(io.BytesIO(data), out, 'name', 0o644)
print(out.getvalue())
back = io.BytesIO()
uu.decode(io.BytesIO(out.getvalue()), back)
print(back.getvalue() == data)
for bad in (b'nothing', b'begin 644 x\n#86)C\n'):
    try:
        uu.decode(io.BytesIO(bad), io.BytesIO())
    except uu.Error as error:
        print(error)
print(quopri.encodestring(b'a=b \xe9\n'), quopri.decodestring(b'a=3Db=20=E9=\n!'), quopri.encodestring(b'a b', header=True))
