# The first script that gila_startup_order watches: as little as a script can be, and what it costs.
print("hello")
for line in open("/proc/self/status"):
    if line.startswith("VmHWM"):
        print(line.split()[1])
