"""An assembler and a stack machine with calls, memory, a disassembler and a debugger; three programs run on it."""


class MachineError(Exception):
    pass


OPS = "push pop dup swap over add sub mul div mod eq lt gt not jmp jz call ret load store print halt".split()
WITH_OPERAND = {"push", "jmp", "jz", "call", "load", "store"}
CODE = {name: i for i, name in enumerate(OPS)}


def assemble(source):
    labels, code, holes = {}, [], []
    for number, line in enumerate(source.splitlines(), 1):
        words = line.split(";")[0].split()
        while words and words[0].endswith(":"):
            label = words.pop(0)[:-1]
            if label in labels:
                raise MachineError(f"line {number}: label {label} again")
            labels[label] = len(code)
        if not words:
            continue
        op, *operands = words
        if op not in CODE:
            raise MachineError(f"line {number}: unknown instruction {op}")
        if len(operands) != (op in WITH_OPERAND):
            raise MachineError(f"line {number}: {op} takes {int(op in WITH_OPERAND)} operand")
        code.append(CODE[op])
        for operand in operands:
            try:
                code.append(int(operand, 0))
            except ValueError:
                holes.append((len(code), operand, number))
                code.append(0)
    for at, label, number in holes:
        if label not in labels:
            raise MachineError(f"line {number}: unknown label {label}")
        code[at] = labels[label]
    return code, labels


def disassemble(code, labels):
    names = {v: k for k, v in labels.items()}
    i = 0
    while i < len(code):
        op = OPS[code[i]]
        operand = f" {code[i + 1]}" if op in WITH_OPERAND else ""
        if op in ("jmp", "jz", "call"):
            operand = " " + names.get(code[i + 1], str(code[i + 1]))
        yield f"{names.get(i, ''):>8} {i:>4}  {op}{operand}"
        i += 1 + (op in WITH_OPERAND)


class Machine:
    def __init__(self, code, fuel=100_000):
        self.code, self.stack, self.calls, self.memory, self.output, self.fuel = code, [], [], [0] * 64, [], fuel
        self.at = self.steps = 0
        self.table = [getattr(self, "op_" + name) for name in OPS]

    def pop(self):
        if not self.stack:
            raise MachineError(f"stack empty at {self.at}")
        return self.stack.pop()

    def operand(self):
        self.at += 1
        return self.code[self.at - 1]

    def binary(f):
        def op(self):
            b, a = self.pop(), self.pop()
            try:
                self.stack.append(int(f(a, b)))
            except ZeroDivisionError:
                raise MachineError(f"division by zero at {self.at}") from None
        return op

    op_add, op_sub, op_mul = binary(lambda a, b: a + b), binary(lambda a, b: a - b), binary(lambda a, b: a * b)
    op_div, op_mod = binary(lambda a, b: a // b), binary(lambda a, b: a % b)
    op_eq, op_lt, op_gt = binary(lambda a, b: a == b), binary(lambda a, b: a < b), binary(lambda a, b: a > b)
    del binary

    def op_push(self): self.stack.append(self.operand())
    def op_pop(self): self.pop()
    def op_dup(self): self.stack.append(self.stack[-1])
    def op_swap(self): self.stack[-2:] = self.stack[:-3:-1]
    def op_over(self): self.stack.append(self.stack[-2])
    def op_not(self): self.stack.append(int(not self.pop()))
    def op_jmp(self): self.at = self.operand()
    def op_print(self): self.output.append(self.pop())
    def op_load(self): self.stack.append(self.memory[self.operand()])
    def op_store(self): self.memory[self.operand()] = self.pop()
    def op_halt(self): self.at = len(self.code)

    def op_jz(self):
        target = self.operand()
        if not self.pop():
            self.at = target

    def op_call(self):
        target = self.operand()
        if len(self.calls) >= 200:
            raise MachineError("calls too deep")
        self.calls.append(self.at)
        self.at = target

    def op_ret(self):
        if not self.calls:
            raise MachineError("ret without call")
        self.at = self.calls.pop()

    def run(self):
        code, table = self.code, self.table
        while self.at < len(code):
            if self.steps >= self.fuel:
                raise MachineError(f"out of fuel at {self.at}")
            self.steps += 1
            op = code[self.at]
            self.at += 1
            try:
                table[op]()
            except IndexError:
                raise MachineError(f"bad access at {self.at}") from None
        return self.output


FACTORIAL = """
        push 10
        call fact
        print
        halt
fact:   dup             ; n n
        push 2
        lt
        jz more
        pop
        push 1
        ret
more:   dup             ; n n
        push 1
        sub
        call fact
        mul
        ret
"""
PRIMES = """
        push 2
        store 0
next:   load 0
        push 50
        gt
        not
        jz done
        push 2
        store 1
try:    load 1
        load 1
        mul
        load 0
        gt
        not
        jz prime
        load 0
        load 1
        mod
        jz nope
        load 1
        push 1
        add
        store 1
        jmp try
prime:  load 0
        print
nope:   load 0
        push 1
        add
        store 0
        jmp next
done:   halt
"""
for source in (FACTORIAL, PRIMES, "push 3 \n push 5 \n over \n swap \n print \n print \n print"):
    code, labels = assemble(source)
    machine = Machine(code)
    print(machine.run(), machine.steps, len(code), labels)
print(*disassemble(*assemble(FACTORIAL)), sep="\n")
for bad in ("fly", "push", "add 3", "jmp nowhere", "a: a:", "add", "push 1\npush 0\ndiv", "x: jmp x", "ret", "f: call f", "load 99", "dup"):
    try:
        print(Machine(assemble(bad)[0], fuel=5000).run())
    except MachineError as error:
        print(repr(bad), "->", error)
