# Daemon threads do not keep the program, in whatever they are; other threads do.
for body in 'while True: x.append(1); x.pop()' 'time.sleep(100)' 'lock.acquire(); lock.acquire()' 'threading.Event().wait()' 'while True: print("", end="")' 'socket.create_server(("127.0.0.1", 0)).accept()' 'while True: {i: i for i in range(100)}'; do
  timeout 20 $GILA -c "import threading, time, socket
x = []
lock = threading.Lock()
def work():
    $body
for _ in range(3):
    threading.Thread(target=work, daemon=True).start()
time.sleep(0.05)
print('main ends')"
  echo "status $?"
done
timeout 20 $GILA -c 'import threading, time
def slow():
    time.sleep(0.2)
    print("finished after main")
threading.Thread(target=slow).start()
print("main ends")'
echo "status $?"
timeout 20 $GILA -c 'import threading, time, sys
def slow():
    time.sleep(0.1)
    print("still finishes")
threading.Thread(target=slow).start()
sys.exit(3)'
echo "status $?"
