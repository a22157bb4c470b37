# Objects of a manager may hold each other by proxies.
import gc
import multiprocessing

if __name__ == '__main__':
    with multiprocessing.Manager() as manager:
        inner = manager.list([1, 2])
        outer = manager.list([inner, 'x'])
        inner.append(3)
        print(len(outer), outer[0], outer[1])
        outer[0].append(4)
        del inner
        gc.collect()
        print(outer[0], outer[0][-1], [len(item) for item in outer])

        folder = manager.dict(a=manager.dict(b=1), q=manager.Queue())
        folder['a']['c'] = 2
        folder['q'].put('mail')
        print(sorted(folder['a'].items()), folder['q'].get(), sorted(folder))

        space = manager.Namespace(x=manager.list('ab'), _hidden=1)
        print(space.x[1], space.x)
        value = manager.Value('i', 7)
        value.value += 1
        print(value.value, value, manager.Array('i', [1, 2])[1])
        with manager.Pool(processes=2) as pool:
            print(pool.map(abs, [-1, 2, -3]), pool.apply_async(divmod, (7, 2)).get(), list(pool.imap(str, range(3))))
        try:
            outer.nothing()
        except AttributeError as problem:
            print(problem)
        try:
            folder['missing']
        except KeyError as problem:
            print('KeyError', problem)
    print('shut down')
