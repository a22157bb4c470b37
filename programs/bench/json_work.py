"""json.dumps and json.loads of nested data."""
import json

data = [
    {"id": i, "name": f"item {i}", "price": i * 1.25, "tags": ["a", "b", str(i)], "nested": {"ok": True, "none": None, "text": "é\n\"q\""}}
    for i in range(2500)
]
text = ""
for _ in range(30):
    text = json.dumps(data)
    data = json.loads(text)
print(len(text), data[17]["nested"], len(json.dumps(data, indent=2, sort_keys=True)))
