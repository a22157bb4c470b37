# wait() lets the loop turn once even when all its tasks are done: what waits for their callbacks goes on.
import asyncio


async def nothing(n):
    return n


async def main():
    members = set()

    def spawn(n):
        task = asyncio.create_task(nothing(n))
        members.add(task)
        task.add_done_callback(members.discard)

    for n in range(3):
        spawn(n)
    rounds = 0
    while members:
        rounds += 1
        done, pending = await asyncio.wait(members)
        print(sorted(task.result() for task in done), len(pending))
    print('rounds', rounds)
    finished = asyncio.get_running_loop().create_future()
    finished.set_result('already')
    order = []
    asyncio.get_running_loop().call_soon(order.append, 'callback')
    for when in (asyncio.FIRST_COMPLETED, asyncio.ALL_COMPLETED, asyncio.FIRST_EXCEPTION):
        done, pending = await asyncio.wait({finished}, return_when=when)
        order.append(when)
    print(order, len(done), len(pending))
    print(await asyncio.wait_for(finished, 1), await asyncio.gather(finished, nothing(4)))


asyncio.run(main())
