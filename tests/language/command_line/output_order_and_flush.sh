$GILA -c 'import sys
print("out 1")
print("err 1", file=sys.stderr)
sys.stdout.flush()
print("no newline", end="")
sys.exit("leaving")' 2>/dev/null
echo
$GILA -c 'import os, sys
sys.stdout.write("buffered ")
sys.stdout.flush()
os.write(1, b"direct\n")
open(os.environ["TMPDIR"] + "/left_open.txt", "w").write("flushed at exit")'
cat "$TMPDIR/left_open.txt"; echo
$GILA -c 'import os
f = open(os.environ["TMPDIR"] + "/unflushed", "w")
f.write("seen")
print(open(os.environ["TMPDIR"] + "/unflushed").read() in ("seen", ""))
raise SystemExit(0)'
cat "$TMPDIR/unflushed"; echo
