"""pickle: nested data and instances, there and back."""
import pickle


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


data = [{'id': i, 'name': f'item {i}', 'tags': ['a', 'b', str(i)], 'point': Point(i, i / 2), 'pair': (i, None)} for i in range(3000)]
size = 0
for _ in range(3):
    packed = pickle.dumps(data)
    size += len(packed)
    data = pickle.loads(packed)
print(size, data[17]['name'], data[17]['point'].y)
