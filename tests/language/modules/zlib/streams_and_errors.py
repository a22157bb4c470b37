import zlib


def show(function, *args, **kwargs):
    """Prints what a call gives, or how it fails."""
    try:
        print(function.__name__, args, kwargs, function(*args, **kwargs))
    except Exception as error:
        print(function.__name__, args, kwargs, type(error).__name__, error)


show(zlib.compress,'a')
show(zlib.compress,b'',level=99)
show(zlib.decompress,b'abc')
show(zlib.decompress,b'')
show(zlib.decompress,zlib.compress(b'abc')[:-2])
show(zlib.decompress,b'x\x9cab')
show(zlib.compressobj,99)
show(zlib.decompressobj,99)
show(zlib.decompressobj,zdict=3)
show(zlib.decompress,zlib.compress(b'abc'),bufsize=0)
show(zlib.decompress,zlib.compress(b'abc'),bufsize=-1)
c=zlib.compressobj()
print(type(c),[x for x in dir(c) if x[0]!='_'])
show(c.flush,99)
c.flush()
show(c.compress,b'a')
show(c.flush)
show(c.copy)
d=zlib.decompressobj()
print(type(d),[x for x in dir(d) if x[0]!='_'])
show(d.decompress,b'abc',-1)
show(d.decompress,b'abc')
show(d.flush,0)
d=zlib.decompressobj()
print(d.decompress(zlib.compress(b'abc'*100)+b'xx',10),d.unconsumed_tail[:5],d.unused_data,d.eof,d.flush(),d.eof,d.unused_data)
show(d.decompress,b'abc')
show(zlib.adler32,b'abc')
show(zlib.crc32,b'abc',-1)
show(zlib.decompress,b'abc',wbits=77)
show(zlib.compressobj,1,2)
show(zlib.compressobj,zdict='a')
