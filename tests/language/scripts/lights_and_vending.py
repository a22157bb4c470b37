# A traffic light and a vending machine as state machines, with tables, enums by hand and match.
class StateError(RuntimeError):
    pass


class Machine:
    transitions = {}

    def __init_subclass__(cls, start, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.start = start
        cls.states = sorted({s for s, _ in cls.transitions} | set(cls.transitions.values()))

    def __init__(self):
        self.state, self.trail = self.start, [self.start]

    def fire(self, event):
        try:
            target = self.transitions[self.state, event]
        except KeyError:
            raise StateError(f"{type(self).__name__}: no {event!r} in {self.state!r}") from None
        hook = getattr(self, f"on_{target}", None)
        if hook:
            hook(event)
        self.state = target
        self.trail.append(target)
        return self


class Light(Machine, start="red"):
    transitions = {("red", "go"): "green", ("green", "slow"): "yellow", ("yellow", "stop"): "red"}


class Vending(Machine, start="idle"):
    prices = {"tea": 150, "soup": 220}
    transitions = {("idle", "coin"): "paid", ("paid", "coin"): "paid", ("paid", "choose"): "idle", ("paid", "cancel"): "idle"}

    def __init__(self):
        super().__init__()
        self.credit, self.out = 0, []

    def handle(self, *commands):
        for command in commands:
            match command.split():
                case ["insert", amount] if amount.isdigit():
                    self.credit += int(amount)
                    self.fire("coin")
                case ["choose", ("tea" | "soup") as drink]:
                    if self.credit < self.prices[drink]:
                        self.out.append(f"need {self.prices[drink] - self.credit} more")
                        continue
                    self.fire("choose")
                    self.credit -= self.prices[drink]
                    self.out.append(drink)
                case ["choose", other]:
                    self.out.append(f"no {other}")
                case ["cancel", *_]:
                    self.fire("cancel")
                    self.out.append(f"back {self.credit}")
                    self.credit = 0
                case []:
                    self.out.append("nothing")
                case [word, *rest]:
                    self.out.append(f"what is {word} {len(rest)}?")
        return self.out


light = Light()
print(light.fire("go").fire("slow").fire("stop").trail, Light.states, Light.start)
try:
    light.fire("slow")
except StateError as error:
    print(error, error.__suppress_context__)
v = Vending()
print(v.handle("insert 100", "choose tea", "insert 100", "choose tea", "", "dance with me", "insert x"), v.credit)
try:
    v.handle("insert 300", "choose cola", "choose soup", "cancel")
except StateError as error:
    print(error, v.out, v.trail)
