# select, poll, epoll and the selectors over pipes and sockets.
import os
import select
import selectors
import socket

reader, writer = os.pipe()
print(select.select([reader], [writer], [], 0) == ([], [writer], []))
os.write(writer, b'x')
with open(reader, 'rb', 0, closefd=False) as file:
    print(select.select([file], [], [])[0] == [file])

poll = select.poll()
poll.register(reader, select.POLLIN)
poll.register(writer, select.POLLOUT)
print(sorted(poll.poll()) == [(reader, select.POLLIN), (writer, select.POLLOUT)])
poll.modify(writer, select.POLLERR)
poll.unregister(reader)
print(poll.poll(10), poll.poll(0))

with select.epoll() as epoll:
    epoll.register(reader, select.EPOLLIN)
    print(epoll.poll(1) == [(reader, select.EPOLLIN)], epoll.closed, epoll.fileno() > 2)
    epoll.modify(reader, 0)
    print(epoll.poll(0.01))
    epoll.unregister(reader)
print(epoll.closed)


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as problem:
        print(type(problem).__name__, problem)


attempt(select.select, [], [], [], -1)
attempt(select.select, 5, [], [])
attempt(select.select, [-1], [], [], 0)
attempt(select.select, ['x'], [], [], 0)
attempt(select.select, [], [], [], 'soon')
attempt(poll.unregister, 12345)
attempt(poll.modify, 12345, 1)
attempt(epoll.poll)
print(select.error is OSError)

for kind in selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector:
    a, b = socket.socketpair()
    with a, b, kind() as selector:
        key = selector.register(a, selectors.EVENT_READ, data='left')
        print(kind.__name__, key.data, key.fd == a.fileno(), len(selector.get_map()), selector.select(0))
        selector.register(b, selectors.EVENT_READ | selectors.EVENT_WRITE, 'right')
        b.send(b'hello')
        print(sorted((key.data, events) for key, events in selector.select(1)))
        selector.modify(b, selectors.EVENT_READ, 'other')
        print([(key.data, events) for key, events in selector.select(1)], selector.get_key(b).data)
        for bad in (lambda: selector.register(a, 0), lambda: selector.register('x', 1), lambda: selector.register(-1, 1)):
            attempt(bad)
        print(selector.unregister(a).data, list(selector.get_map()) == [b.fileno()])
        try:
            selector.unregister(a)
        except KeyError:
            print('not there')
    print(selector.get_map())
    attempt(selector.get_key, 1)
