"""A manager of shared memory is a process that removes what was made through it; managers can speak XML."""
import multiprocessing
import os
import queue
import signal
from multiprocessing import managers, shared_memory

work = queue.Queue()


def get_work():
    return work


class Owner(managers.BaseManager):
    pass


class User(managers.BaseManager):
    pass


Owner.register('work', callable=get_work)
User.register('work')


def fill(address, key):
    user = User(address=address, authkey=key, serializer='xmlrpclib')
    user.connect()
    queue = user.work()
    queue.put(['text', None, True, 2.5, 'caf\u00e9', {'a': [1, 2]}])
    queue.put((1, 2))


def exists(name):
    try:
        shared_memory.SharedMemory(name).close()
        return True
    except FileNotFoundError:
        return False


def segments():
    manager = managers.SharedMemoryManager()
    try:
        manager.SharedMemory(9)
    except ValueError:
        print('not started')
    manager.start()
    print(manager.address is not None, manager._process.pid != os.getpid())
    numbers, block = manager.ShareableList(range(5)), manager.SharedMemory(size=100)
    print(list(numbers), block.size >= 100, exists(block.name))
    os.kill(manager._process.pid, signal.SIGINT)
    more = manager.ShareableList(['a', b'b', 1.5, None, True])
    print(list(more), more.format)
    names = [numbers.shm.name, block.name, more.shm.name]
    manager.shutdown()
    print([exists(name) for name in names])
    for again in (manager.start, manager.get_server):
        try:
            again()
        except multiprocessing.ProcessError as error:
            print(type(error).__name__)

    with managers.SharedMemoryManager() as manager:
        held = manager.ShareableList('howdy')
        name = held.shm.name
        print(held.count('o'), held.index('d'), exists(name))
    print(exists(name))


def formats():
    for items in (['encod\u00e9s', b'HoWdY'], ['12345678'], [''], [True, None, 2**40, -1.5]):
        made = shared_memory.ShareableList(items)
        copy = shared_memory.ShareableList(made, name=f'gila_test_{os.getpid()}')
        print(made.format, copy.format == made.format, list(copy) == items)
        for one in (made, copy):
            one.shm.close()
            one.shm.unlink()


def xml():
    key = b'a key'
    owner = Owner(address=('localhost', 0), authkey=key, serializer='xmlrpclib')
    owner.start()
    child = multiprocessing.Process(target=fill, args=(owner.address, key))
    child.start()
    user = User(address=owner.address, authkey=key, serializer='xmlrpclib')
    user.connect()
    work = user.work()
    print(work.get(), work.get())
    child.join()
    try:
        work.put(len)
    except Exception as error:
        print(type(error).__name__)
    print(child.exitcode, work.qsize())
    del work
    owner.shutdown()


if __name__ == '__main__':
    segments()
    formats()
    xml()
