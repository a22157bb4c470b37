class C:
    slot = 1
    def method(self): pass


def f(): pass


for source in ("None.x", "(5).x", "'s'.x", "[].x", "{}.x", "().x", "C.x", "C().x", "f.x", "len.x", "C().method.x", "int.x", "(1.5).x", "b''.x", "range(1).x", "object().x", "type.x", "(lambda: 0).x", "iter([]).x", "slice(1).x", "super(C, C()).x", "Exception().x", "__builtins__.x", "...  .x", "True.x", "C.method.x", "property().x"):
    try:
        eval(source)
    except AttributeError as e:
        print(source, "->", e, "|", e.name, type(e.obj).__name__)
for source in ("None.x = 1", "(5).x = 1", "'s'.x = 1", "[].x = 1", "len.x = 1", "int.x = 1", "C().method.x = 1", "object().x = 1", "del C().zz", "del (5).x", "del None.x", "range(1).start = 5", "(1).real = 3", "del [].append", "[].append = 3", "C.__dict__ = {}", "f.__closure__ = 1", "del C.zz", "del f.zz", "(1j).imag = 2", "Exception().args = 5", "slice(1).start = 3"):
    try:
        exec(source)
    except (AttributeError, TypeError) as e:
        print(source, "->", type(e).__name__, e)
