$GILA -c 'def f():
    raise ValueError("in a command")
f()'; echo "status $?"
echo 'x = 1
y = x / 0' | $GILA; echo "status $?"
echo 'if' | $GILA; echo "status $?"
$GILA -c 'x = (1,'; echo "status $?"
$GILA -c 'raise KeyError("k")'; echo "status $?"
$GILA -c 'raise BaseException("b")'; echo "status $?"
$GILA -c 'raise GeneratorExit'; echo "status $?"
$GILA -c 'import threading
threading.excepthook = lambda a: print("hook", a.exc_type.__name__, a.exc_value)
t = threading.Thread(target=lambda: 1 / 0)
t.start(); t.join()
print("main goes on")'; echo "status $?"
