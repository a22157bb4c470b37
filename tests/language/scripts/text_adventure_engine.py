"""A turn-based dungeon with seeded random: fights, items, levels; the log is what must agree."""
import random


class Dice:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def roll(self, text):
        count, _, rest = text.partition("d")
        sides, _, bonus = rest.partition("+")
        return sum(self.random.randint(1, int(sides)) for _ in range(int(count))) + int(bonus or 0)


class Creature:
    def __init__(self, name, hp, attack, armour):
        self.name, self.hp, self.max_hp, self.attack, self.armour = name, hp, hp, attack, armour

    @property
    def alive(self):
        return self.hp > 0

    def strike(self, other, dice):
        if dice.roll("1d20") + 2 < other.armour:
            return f"{self.name} misses"
        damage = dice.roll(self.attack)
        other.hp -= damage
        return f"{self.name} hits {other.name} for {damage}" + ("" if other.alive else f"; {other.name} falls")


class Hero(Creature):
    def __init__(self, name):
        super().__init__(name, 30, "1d8+2", 12)
        self.level, self.points, self.bag = 1, 0, []

    def gain(self, points):
        self.points += points
        while self.points >= self.level * 20:
            self.level += 1
            self.max_hp += 8
            self.hp = self.max_hp
            yield f"{self.name} reaches level {self.level}"

    def drink(self):
        if "potion" in self.bag and self.hp < self.max_hp // 2:
            self.bag.remove("potion")
            self.hp = min(self.max_hp, self.hp + 15)
            return f"{self.name} drinks and has {self.hp} points"
        return None


MONSTERS = {"rat": (5, "1d3", 8, 3), "goblin": (9, "1d6", 11, 8), "ogre": (25, "2d6+1", 10, 30)}


def play(seed, rooms=12):
    dice, hero = Dice(seed), Hero("Ida")
    for room in range(1, rooms + 1):
        kind = dice.random.choices(["monster", "treasure", "trap", "nothing"], weights=[6, 2, 1, 1])[0]
        yield f"-- room {room}: {kind}"
        if kind == "treasure":
            item = dice.random.choice(["potion", "gold", "gem"])
            hero.bag.append(item)
            yield f"found a {item}"
        elif kind == "trap":
            hero.hp -= dice.roll("1d6")
            yield f"{hero.hp} points left"
        elif kind == "monster":
            name = dice.random.choice(list(MONSTERS))
            hp, attack, armour, worth = MONSTERS[name]
            enemy = Creature(name, hp, attack, armour)
            first, second = (hero, enemy) if dice.roll("1d2") == 1 else (enemy, hero)
            while hero.alive and enemy.alive:
                yield first.strike(second, dice)
                first, second = second, first
                if hero.alive and (message := hero.drink()):
                    yield message
            if hero.alive:
                yield from hero.gain(worth)
        if not hero.alive:
            yield f"{hero.name} died in room {room}"
            return
    yield f"{hero.name} got out: level {hero.level}, {hero.hp}/{hero.max_hp}, bag {sorted(hero.bag)}"


for seed in (1, 7, 42):
    log = list(play(seed))
    print(f"seed {seed}: {len(log)} lines")
    print("\n".join(log[:12]))
    print("...", log[-1])
