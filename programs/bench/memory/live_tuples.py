"""Three million tuples and as many strings, alive at once."""
kept = [(i, str(i)) for i in range(3_000_000)]
print(len(kept), kept[1_000_000])
