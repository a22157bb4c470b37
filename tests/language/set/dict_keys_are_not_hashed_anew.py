# A set made from a dict, or updated with one, takes the hashes that the dict has; so does a dict made from a dict.
class Counted:
    def __init__(self, number):
        self.number, self.hashed = number, 0

    def __hash__(self):
        self.hashed += 1
        return self.number

    def __eq__(self, other):
        return self.number == other.number


keys = [Counted(n) for n in range(20)]
table = dict.fromkeys(keys)
print(sum(key.hashed for key in keys))
found = set(table)
more = {100, 200}
more.update(table)
shown = {**table, 'a': 1}
print(len(found), len(frozenset(table)), len(more), len(dict(table)), len(shown), sum(key.hashed for key in keys))
