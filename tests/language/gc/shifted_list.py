"""A large old list whose young items move to other places within it keeps them: deleting at the front, inserting, popping."""
import gc

queue = [[i] for i in range(5000)]
gc.collect()
count = len(queue)
for turn in range(400):
    for j in range(60):
        queue.append([count])
        count += 1
    queue.insert(turn, ['inserted'])
    del queue[turn]
    if turn % 2:
        queue[100:110] = [[count + k] for k in range(10)]
        queue[100:110] = []
        count += 10
    for _ in range(20):
        queue.pop(0)
    if len(queue) > 6000:
        del queue[:1000]
    garbage = [[None] for _ in range(2000)]
    if turn % 20 == 0:
        assert all(type(item) is list and len(item) == 1 and type(item[0]) is int for item in queue)
print(len(queue), queue[0], queue[-1], sum(item[0] for item in queue))
