# dis shows Gila's instructions: names, offsets, lines, jumps. Only what any bytecode has is compared.
import dis
import io


def function(n):
    for i in range(n):
        if i:
            print(i)
    return n + 1


instructions = list(dis.get_instructions(function))
first = function.__code__.co_firstlineno
lines = [instruction.starts_line - first for instruction in instructions if instruction.starts_line]
print(set(range(1, 5)) <= set(lines))
print(any(instruction.is_jump_target for instruction in instructions))
print(all(a.offset < b.offset for a, b in zip(instructions, instructions[1:])))
out = io.StringIO()
dis.dis(function, file=out)
print(len(out.getvalue().splitlines()) >= len(instructions) > 5)
print(dis.Bytecode(function).codeobj is function.__code__)
print('Name:              function' in dis.code_info(function))
try:
    dis.dis(5)
except TypeError as error:
    print(error)
