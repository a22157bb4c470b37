set -m  # else the shell would have the child ignore the signal
$GILA -c 'import time
try:
    print("waiting", flush=True)
    time.sleep(30)
except KeyboardInterrupt:
    print("interrupted")' >"$TMPDIR/out" &
child=$!
while ! grep -q waiting "$TMPDIR/out" 2>/dev/null; do sleep 0.05; done
kill -INT $child
wait $child; echo "status $?"
cat "$TMPDIR/out"
{ $GILA -c 'import os; os.kill(os.getpid(), 15)'; echo "terminated: $?"; } 2>/dev/null
