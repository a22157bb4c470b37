# Reading and writing CSV: dialects, quoting, errors, dicts, guessing.
import csv, io, time
out=io.StringIO(); w=csv.writer(out)
print(w.writerow(['a',None,1.5,'x"y','a\nb','',3]), w.writerows([[1,2],['']]), repr(out.getvalue()))
print(list(csv.reader(io.StringIO('a,"b ""c""",d\r\n\r\n"x\ny",z,\n1;2, 3\n"a"b,c"d"\n'))))
print(list(csv.reader(['1, "2" ,a'], skipinitialspace=True)), list(csv.reader(["a|'b|c'|d"], delimiter='|', quotechar="'")), list(csv.reader(['1,"2",3.5'], quoting=csv.QUOTE_NONNUMERIC)), list(csv.reader(['a\\,b,c\\\n','d'], escapechar='\\', quoting=csv.QUOTE_NONE)))
for kw in [dict(delimiter=''),dict(delimiter=3),dict(delimiter=None),dict(quotechar='ab'),dict(quotechar=1),dict(quoting=7),dict(quoting='a'),dict(lineterminator=None),dict(lineterminator=3),dict(dialect='nosuch'),dict(skipinitialspace=2),dict(quotechar=None)]:
    try: print(csv.reader([],**kw).dialect.quoting)
    except Exception as e: print(type(e).__name__, e)
for f in [lambda: csv.reader(3), lambda: csv.writer(3), lambda: next(csv.reader([b'x'])), lambda: next(csv.reader(['a\nb'])), lambda: list(csv.reader(['"a'],strict=True)), lambda: list(csv.reader(['"a"b'],strict=True)), lambda: csv.writer(io.StringIO()).writerow(3), lambda: csv.writer(io.StringIO(),quoting=csv.QUOTE_NONE).writerow(['a,b']), lambda: csv.writer(io.StringIO(),quoting=csv.QUOTE_NONE).writerow(['']), lambda: csv.field_size_limit('x'), lambda: csv.get_dialect('zz'), lambda: csv.register_dialect(3), lambda: csv.list_dialects(), lambda: csv.field_size_limit(), lambda: list(csv.reader(['"a'])), lambda: list(csv.reader(['a' * 200000]))]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
rows=list(csv.DictReader(io.StringIO('n,v\na,1\nb\nc,3,4\n'), restval='-')); print(rows)
o=io.StringIO(); d=csv.DictWriter(o,['x','y'],extrasaction='ignore',dialect='unix'); d.writeheader(); d.writerow({'x':1,'y':'q','z':0}); print(repr(o.getvalue()))
print(csv.Sniffer().sniff('a;b;c\n1;2;3\n').delimiter, csv.Sniffer().has_header('name,age\nbob,12\nsue,15\n'))
w=csv.writer(o,escapechar='\\',quoting=csv.QUOTE_NONE); w.writerow(['a,b','c"d','e\\']); w=csv.writer(o,doublequote=False,escapechar='\\'); w.writerow(['a"b','c,d']); csv.writer(o,quoting=csv.QUOTE_NONNUMERIC).writerow([1,'a',2.5,None]); print(repr(o.getvalue()))
