# A thread may wait for the end of the main one: that comes when the script has ended. Also in the child of a fork.
import os
import sys
import threading


def wait_for(main):
    main.join()
    print('the script has ended', main.is_alive())
    sys.stdout.flush()


def refuse():
    try:
        threading._register_atexit(print)
    except RuntimeError as problem:
        print(problem)


child = os.fork()
if child:
    print(os.waitpid(child, 0)[1])
threading._register_atexit(refuse)
threading.Thread(target=wait_for, args=(threading.current_thread(),)).start()
print('end of the script')
sys.stdout.flush()
