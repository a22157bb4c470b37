def check(items):
    assert len(items) == 3, f"expected 3 items, got {len(items)}"
    return True


check([1, 2, 3])
check([1])
