# The lines of several files, and changing them in place.
import fileinput
import os

top = os.path.join(os.environ.get("TMPDIR", "/tmp"), "fileinput-%d" % os.getpid())
os.mkdir(top)
os.chdir(top)
for name in "ab":
    with open(name, "w") as file:
        file.write("".join(f"{name}{i}\n" for i in range(3)))
for line in fileinput.input(["a", "b"], encoding="utf-8"):
    print(line.rstrip(), fileinput.filename(), fileinput.lineno(), fileinput.filelineno(), fileinput.isfirstline(), fileinput.isstdin())
    if line == "a1\n":
        fileinput.nextfile()
fileinput.close()
with fileinput.FileInput("a", inplace=True, backup=".old") as lines:
    for line in lines:
        print(line.upper(), end="")
print(open("a").read(), sorted(os.listdir(".")), list(fileinput.input(["b"], mode="rb")))
fileinput.close()
try:
    fileinput.filename()
except RuntimeError as error:
    print(error)
for name in os.listdir("."):
    os.remove(name)
os.chdir("/")
os.rmdir(top)
