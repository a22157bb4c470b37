# What must come first comes first; cycles are found; groups can be done in parallel.
import graphlib

sorter = graphlib.TopologicalSorter({'D': ['B', 'C'], 'C': ['A'], 'B': ['A']})
print(list(sorter.static_order()))
sorter = graphlib.TopologicalSorter()
sorter.add(3, 1, 2)
sorter.add(4, 3)
sorter.prepare()
while sorter.is_active():
    ready = sorter.get_ready()
    print(ready)
    sorter.done(*ready)
try:
    graphlib.TopologicalSorter({1: [2], 2: [3], 3: [1]}).prepare()
except graphlib.CycleError as error:
    print(error.args)
for wrong in (lambda: sorter.add(5), lambda: sorter.done(3), lambda: sorter.done(9), lambda: sorter.prepare(),
              lambda: graphlib.TopologicalSorter().get_ready()):
    try:
        wrong()
    except ValueError as error:
        print(error)
