"""A small text adventure: ./run.sh programs/adventure.py [--demo]

What to watch: rooms and things are instances, commands are methods found by name with getattr, and the
whole state lives in one object. With --demo it plays a game of its own; else it reads commands from stdin.
"""
import sys


class Thing:
    def __init__(self, name, about, heavy=False):
        self.name, self.about, self.heavy = name, about, heavy


class Room:
    def __init__(self, name, about):
        self.name, self.about = name, about
        self.exits, self.things = {}, {}

    def put(self, thing):
        self.things[thing.name] = thing
        return self

    def connect(self, direction, other, back):
        self.exits[direction] = other
        other.exits[back] = self


class Game:
    def __init__(self):
        hall = Room("Hall", "A cold stone hall. Dust dances in the light.")
        cellar = Room("Cellar", "It is dark and smells of apples.")
        garden = Room("Garden", "A wild garden with a locked gate.")
        tower = Room("Tower", "From here you see the whole valley.")
        hall.connect("down", cellar, "up")
        hall.connect("south", garden, "north")
        hall.connect("up", tower, "down")
        cellar.put(Thing("key", "A rusty key.")).put(Thing("barrel", "A barrel as big as you.", heavy=True))
        tower.put(Thing("lamp", "A brass lamp, still warm."))
        self.gate_room, self.dark_room = garden, cellar
        self.here, self.carried, self.over, self.moves = hall, {}, False, 0

    def look(self, *_):
        """look around"""
        if self.here is self.dark_room and "lamp" not in self.carried:
            return f"[{self.here.name}] It is too dark to see anything."
        lines = [f"[{self.here.name}] {self.here.about}"]
        if self.here.things:
            lines.append("You see: " + ", ".join(sorted(self.here.things)) + ".")
        lines.append("Exits: " + ", ".join(self.here.exits) + ".")
        return "\n".join(lines)

    def go(self, direction="", *_):
        """go DIRECTION"""
        if direction not in self.here.exits:
            return "You cannot go there."
        self.here = self.here.exits[direction]
        return self.look()

    def take(self, name="", *_):
        """take THING"""
        if self.here is self.dark_room and "lamp" not in self.carried:
            return "You grope about and find nothing."
        thing = self.here.things.get(name)
        if thing is None:
            return f"There is no {name or 'such thing'} here."
        if thing.heavy:
            return f"The {name} is too heavy."
        self.carried[name] = self.here.things.pop(name)
        return f"Taken: {thing.about}"

    def drop(self, name="", *_):
        """drop THING"""
        if name not in self.carried:
            return "You do not have that."
        self.here.put(self.carried.pop(name))
        return "Dropped."

    def bag(self, *_):
        """bag: what you carry"""
        return "You carry: " + (", ".join(sorted(self.carried)) or "nothing") + "."

    def open(self, what="", *_):
        """open THING"""
        if what == "gate" and self.here is self.gate_room:
            if "key" in self.carried:
                self.over = True
                return f"The gate swings open. You are free, after {self.moves} moves!"
            return "It is locked."
        return "You cannot open that."

    def help(self, *_):
        """help"""
        names = (n for n in vars(Game) if not n.startswith("_") and n != "do")
        return "; ".join(sorted(getattr(Game, n).__doc__ for n in names))

    def do(self, line):
        verb, *rest = line.lower().split() or ["look"]
        self.moves += 1
        command = getattr(self, verb, None)
        if verb == "do" or verb.startswith("_") or not callable(command):
            return f"I do not know how to {verb}."
        return command(*rest)


DEMO = ["look", "go down", "take key", "dance", "go up", "go up", "take lamp", "go down", "go down", "take barrel",
        "take key", "bag", "go up", "go south", "open gate", "drop nothing"]


def main(arguments):
    game = Game()
    source = DEMO if "--demo" in arguments else sys.stdin
    echo = "--demo" in arguments or not sys.stdin.isatty()
    print("You wake up in an old house. (help lists the commands)")
    print("> ", end="", flush=True)
    for line in source:
        line = line.strip()
        if echo:
            print(line)
        print(game.do(line))
        if game.over:
            return 0
        print("> ", end="", flush=True)
    print("\nYou fall asleep again.")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
