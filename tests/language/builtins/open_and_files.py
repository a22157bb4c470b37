import os
path = os.path.join(os.environ["TMPDIR"], "file.txt")
with open(path, "w") as f:
    print(f.write("line one\nline two\n"), f.name == path, f.mode, f.closed, f.writable(), f.readable())
    print("line three", file=f)
    f.writelines(["four\n", "é日\n"])
print(f.closed)
with open(path) as f:
    print(f.read(4), repr(f.readline()), f.readlines())
print(open(path).read().count("\n"), [line.rstrip() for line in open(path)], len(open(path, encoding="utf-8").read()))
with open(path, "a") as f:
    f.write("appended")
with open(path, "rb") as f:
    data = f.read()
    print(len(data), data[-8:], f.seek(0), f.read(3), f.tell())
with open(path, "r+") as f:
    f.seek(0)
    f.write("LINE")
print(open(path).readline())
with open(path, "wb") as f:
    f.write(b"\x00\xff\r\n")
print(open(path, "rb").read(), open(path, encoding="latin-1").read() == "\x00ÿ\n", repr(open(path, encoding="latin-1", newline="").read()))
for call in (lambda: open(path + ".missing"), lambda: open(path, "x"), lambda: open(path, "q"), lambda: open(path).write("x"), lambda: open(path, "w").read(), lambda: open(path, "rb", encoding="utf-8"), lambda: open("/"), lambda: open(path, "rw"), lambda: open(path, "wb").write("text"), lambda: open(path, "w").write(b"bytes"), lambda: open(""), lambda: open("a\0b")):
    try:
        call()
    except (OSError, ValueError, TypeError) as e:
        print(type(e).__name__, str(e).replace(os.environ["TMPDIR"], "TMP"))
try:
    f.read()
except ValueError as e:
    print(e)
print(os.path.exists(path), os.remove(path), os.path.exists(path))
