"""All solutions of the n queens by backtracking with sets and with bit masks."""


def with_sets(n):
    columns, up, down = set(), set(), set()

    def place(row):
        if row == n:
            return 1
        found = 0
        for column in range(n):
            if column not in columns and row + column not in up and row - column not in down:
                columns.add(column)
                up.add(row + column)
                down.add(row - column)
                found += place(row + 1)
                columns.remove(column)
                up.remove(row + column)
                down.remove(row - column)
        return found

    return place(0)


def with_bits(full, columns=0, up=0, down=0):
    if columns == full:
        return 1
    found = 0
    free = full & ~(columns | up | down)
    while free:
        bit = free & -free
        free ^= bit
        found += with_bits(full, columns | bit, (up | bit) << 1, (down | bit) >> 1)
    return found


print(with_sets(9), with_bits((1 << 12) - 1))
