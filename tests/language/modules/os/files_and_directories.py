import os
base = os.environ["TMPDIR"]
os.chdir(base)
os.mkdir("d")
os.makedirs("x/y/z")
os.makedirs("x/y", exist_ok=True)
open("d/f.txt", "w").write("12345")
print(sorted(os.listdir(".")), sorted(os.listdir("x")), os.path.isdir("d"), os.path.isfile("d/f.txt"), os.path.getsize("d/f.txt"), os.stat("d/f.txt").st_size)
os.rename("d/f.txt", "d/g.txt")
print(os.listdir("d"), os.path.exists("d/f.txt"), os.access("d/g.txt", os.R_OK), os.getcwd() == os.path.realpath(base))
for root, dirs, files in os.walk("x"):
    print(root, dirs, files)
with os.scandir("d") as it:
    print([(e.name, e.is_file(), e.is_dir(), e.path) for e in it])
os.remove("d/g.txt")
os.rmdir("d")
os.removedirs("x/y/z")
print(os.listdir("."))
for call in (lambda: os.listdir("no"), lambda: os.remove("no"), lambda: os.rmdir("no"), lambda: os.mkdir("."), lambda: os.rename("no", "x"), lambda: os.stat("no"), lambda: os.chdir("no"), lambda: os.listdir(1.5), lambda: os.mkdir("a/b/c")):
    try:
        call()
    except (OSError, TypeError) as e:
        print(type(e).__name__, e)
fd = os.open("raw", os.O_RDWR | os.O_CREAT)
print(os.write(fd, b"hello"), os.lseek(fd, 0, 0), os.read(fd, 3), os.close(fd), os.path.getsize("raw"), os.unlink("raw"))
r, w = os.pipe()
os.write(w, b"through the pipe")
os.close(w)
print(os.read(r, 100), os.read(r, 1), os.close(r))
try:
    os.read(r, 1)
except OSError as e:
    print(type(e).__name__, e)
