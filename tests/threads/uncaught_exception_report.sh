$GILA -c 'import threading
def f():
    raise ValueError("in a thread")
t = threading.Thread(target=f, name="worker-7")
t.start()
t.join()
print("main ends")' 2>"$TMPDIR/err"
echo "status $?"
head -n 1 "$TMPDIR/err"
tail -n 1 "$TMPDIR/err"
