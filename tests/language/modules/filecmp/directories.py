# Files and directories compared.
import filecmp
import os

top = os.path.join(os.environ.get("TMPDIR", "/tmp"), "filecmp-%d" % os.getpid())
files = {"l/same": "x", "r/same": "x", "l/other": "1", "r/other": "22", "l/only": "", "r/sub/a": "", "l/sub/a": "", "r/kind/x": "", "l/kind": ""}
for name, text in files.items():
    os.makedirs(os.path.join(top, os.path.dirname(name)), exist_ok=True)
    with open(os.path.join(top, name), "w") as file:
        file.write(text)
os.chdir(top)
print(filecmp.cmp("l/same", "r/same", shallow=False), filecmp.cmp("l/other", "r/other"), filecmp.cmpfiles("l", "r", ["same", "other", "none"]))
d = filecmp.dircmp("l", "r")
print(d.left_only, d.right_only, d.common_dirs, d.common_funny, d.same_files, d.diff_files, list(d.subdirs), d.subdirs["sub"].same_files)
d.report_full_closure()
for name in files:
    os.remove(name)
for name in ("l/sub", "r/sub", "r/kind", "l", "r"):
    os.rmdir(name)
os.chdir("/")
os.rmdir(top)
