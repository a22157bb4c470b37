# Files found by patterns.
import glob
import os

top = os.path.join(os.environ.get("TMPDIR", "/tmp"), "glob-%d" % os.getpid())
for path in ["a/x.py", "a/y.txt", "a/b/z.py", "c/.hidden", "c/w.py"]:
    os.makedirs(os.path.join(top, os.path.dirname(path)), exist_ok=True)
    open(os.path.join(top, path), "w").close()
for pattern in ["*", "*/*.py", "**/*.py", "a/?.*", "a/x.py", "nothing", "c/*", "c/.*", "**", "*/"]:
    print(pattern, sorted(glob.glob(pattern, root_dir=top, recursive=True)))
print(sorted(os.path.relpath(path, top) for path in glob.glob(top + "/**/", recursive=True)), glob.glob("c/*", root_dir=top, include_hidden=True) != [], glob.escape("a[b]*?"))
for path in ["a/x.py", "a/y.txt", "a/b/z.py", "c/.hidden", "c/w.py"]:
    os.remove(os.path.join(top, path))
for path in ["a/b", "a", "c", ""]:
    os.rmdir(os.path.join(top, path))
