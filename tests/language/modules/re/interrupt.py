# A pattern that blows up can be interrupted.
import _thread
import re
import threading

for pattern, text in [("(a+)+$", "a" * 60 + "b"), ("(?:a|a)*[bc]", "a" * 60), ("(x+x+)+[yz]", "x" * 5000)]:
    timer = threading.Timer(0.2, _thread.interrupt_main)
    timer.start()
    try:
        print(re.search(pattern, text))
    except KeyboardInterrupt:
        print("interrupted")
    timer.join()
print(re.search("b", "ab"))
