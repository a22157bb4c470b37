$GILA -c 'import os, time, threading
threading.Thread(target=lambda: (time.sleep(0.1), os.kill(os.getpid(), 2)), daemon=True).start()
try:
    time.sleep(30)
finally:
    print("finally")' 2>"$TMPDIR/err"
echo "status $?"
tail -n 1 "$TMPDIR/err"
