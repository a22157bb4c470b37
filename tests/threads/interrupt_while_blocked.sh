# Ctrl-C arrives as KeyboardInterrupt in the main thread, also out of a call that blocks.
for body in 'time.sleep(60)' 'lock.acquire()' 'lock.acquire(timeout=60)' 'threading.Event().wait()' 'threading.Event().wait(60)' 'server.accept()' 'a.recv(1)' 'thread.join()' 'condition.wait()' 'threading.Semaphore(0).acquire()' 'os.read(pipe, 1)' 'input()' 'count_forever()' 'build_forever()' 'sorted(range(10 ** 7), key=lambda v: time.sleep(0.001))'; do
  exec 3< <(sleep 20)
  timeout 30 $GILA -c "import os, socket, sys, threading, time
lock = threading.Lock(); lock.acquire()
condition = threading.Condition(); condition.acquire()
server = socket.create_server(('127.0.0.1', 0))
a, b = socket.socketpair()
pipe, other_end = os.pipe()
release = threading.Event()
thread = threading.Thread(target=release.wait, daemon=True); thread.start()
def count_forever():
    i = 0
    while True:
        i += 1
def build_forever():
    while True:
        x = [str(i) for i in range(100)]
def poke():
    time.sleep(0.15)
    os.kill(os.getpid(), 2)
threading.Thread(target=poke, daemon=True).start()
try:
    $body
except KeyboardInterrupt:
    print('interrupted', flush=True)
os._exit(0)" <&3
  echo "$body: $?"
done
