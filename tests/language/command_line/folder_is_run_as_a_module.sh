# A folder (or archive) that is run is its __main__ as a module: it has a spec, and a spawned child does not run it again.
mkdir "$TMPDIR/program"
cat >"$TMPDIR/program/__main__.py" <<'P'
import multiprocessing
import sys

import helper

print(__name__, __spec__.name, repr(__package__), __file__.endswith("program/__main__.py"), sys.argv[1:],
      sys.argv[0].endswith("program"), sys.path[0].endswith("program"))
if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[1])
    child = multiprocessing.Process(target=helper.work, args=(3,))
    child.start()
    child.join()
    print(child.exitcode)
P
echo 'def work(n): print("worked", n, flush=True)' >"$TMPDIR/program/helper.py"
for method in fork spawn forkserver; do
  $GILA -u "$TMPDIR/program" "$method" more
  echo "status $?"
done
echo 'raise SystemExit(7)' >"$TMPDIR/program/__main__.py"
$GILA "$TMPDIR/program"
echo "status $?"
rm "$TMPDIR/program/__main__.py"
$GILA "$TMPDIR/program" 2>&1 | sed "s|.*: can't|can't|; s|$TMPDIR/||"
