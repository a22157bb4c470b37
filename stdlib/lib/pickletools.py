"""Looking into pickles without loading them: pickletools.dis(pickle) lists the opcodes, optimize(pickle) drops what nobody needs.

The table of opcodes is _pickle_opcodes.
"""
import codecs
import io
import re

from _pickle_opcodes import *
from _pickle_opcodes import TAKEN_FROM_ARGUMENT1, TAKEN_FROM_ARGUMENT4, TAKEN_FROM_ARGUMENT4U, TAKEN_FROM_ARGUMENT8U, UP_TO_NEWLINE

__all__ = ['dis', 'genops', 'optimize']

_FRAME_TARGET, _FRAME_MIN = 64 * 1024, 4


def _operations(data):
    """(opcode, argument, start, end) of every opcode; positions are None when the source cannot tell them."""
    if isinstance(data, (bytes, bytearray)):
        data = io.BytesIO(data)
    tell = getattr(data, 'tell', lambda: None)
    while True:
        start = tell()
        code = data.read(1)
        opcode = code2op.get(code.decode('latin-1'))
        if opcode is None:
            if code == b'':
                raise ValueError('pickle exhausted before seeing STOP')
            where = '<unknown>' if start is None else start
            raise ValueError(f'at position {where}, opcode {code!r} unknown')
        argument = None if opcode.arg is None else opcode.arg.reader(data)
        yield opcode, argument, start, tell()
        if code == b'.':
            return


def genops(pickle):
    """(opcode, argument, position) of every opcode in the pickle, bytes or a binary file."""
    for opcode, argument, start, _ in _operations(pickle):
        yield opcode, argument, start


# --- smaller pickles ---


def _memo_opcode(name, number):
    """The shortest opcode that puts into the memo, or gets from it."""
    if number < 256:
        return (b'q' if name == 'put' else b'h') + bytes([number])
    return (b'r' if name == 'put' else b'j') + number.to_bytes(4, 'little')


def _framed(pieces):
    """The pieces in frames, cut where one is large enough."""
    out, frame = [], b''

    def close():
        if len(frame) >= _FRAME_MIN:
            out.append(b'\x95' + len(frame).to_bytes(8, 'little'))
        out.append(frame)

    for piece in pieces:
        if len(piece) >= _FRAME_TARGET:
            close()
            out.append(piece)
            frame = b''
            continue
        frame += piece
        if len(frame) >= _FRAME_TARGET:
            close()
            frame = b''
    close()
    return b''.join(out)


def optimize(p):
    """The pickle without the memo entries that it never comes back to."""
    wanted, stored, steps, protocol, header = set(), 0, [], 0, b''
    seen = set()
    for opcode, argument, start, end in _operations(p):
        if opcode.name == 'MEMOIZE' or 'PUT' in opcode.name:
            number = len(seen) if argument is None else argument
            seen.add(number)
            steps.append(('put', number))
        elif opcode.name == 'FRAME':
            continue
        elif 'GET' in opcode.name:
            wanted.add(argument)
            protocol = max(protocol, opcode.proto)
            steps.append(('get', argument))
        elif opcode.name == 'PROTO':
            protocol = max(protocol, argument)
            if start == 0:
                header = p[start:end]
            else:
                steps.append((None, p[start:end]))
        else:
            steps.append((None, p[start:end]))
    numbers, pieces = {}, []
    for kind, what in steps:
        if kind is None:
            pieces.append(what)
        elif kind == 'get':
            pieces.append(f'g{numbers[what]}\n'.encode() if protocol == 0 else _memo_opcode('get', numbers[what]))
        elif what in wanted:
            numbers[what] = stored
            if protocol >= 4:
                pieces.append(b'\x94')
            else:
                pieces.append(f'p{stored}\n'.encode() if protocol == 0 else _memo_opcode('put', stored))
            stored += 1
    return header + (_framed(pieces) if protocol >= 4 else b''.join(pieces))


# --- listing ---


class _Listing:
    """What dis() knows on its way: the kinds of objects on the stack, where the marks are, the memo."""

    def __init__(self, memo):
        self.stack, self.marks, self.memo = [], [], {} if memo is None else memo
        self.protocol = -1

    def pop_mark(self, opcode):
        """(how many values below the mark are popped too, what is said of it, an error or None)."""
        if not self.marks:
            return 0, 'no MARK exists on stack', 'no MARK exists on stack'
        place = self.marks.pop()
        while self.stack.pop() is not markobject:
            pass
        before = opcode.stack_before
        below = before.index(markobject) if markobject in before else 0
        return below, '(MARK at unknown opcode offset)' if place is None else f'(MARK at {place})', None

    def store(self, opcode, argument):
        """(what is said of it, an error or None)"""
        number, said = argument, None
        if opcode.name == 'MEMOIZE':
            number = len(self.memo)
            said = f'(as {number})'
        if number in self.memo:
            return said, f'memo key {argument!r} already defined'
        if not self.stack:
            return said, "stack is empty -- can't store into memo"
        if self.stack[-1] is markobject:
            return said, "can't store markobject in the memo"
        self.memo[number] = self.stack[-1]
        return said, None


def dis(pickle, out=None, memo=None, indentlevel=4, annotate=0):
    """Lists the opcodes of a pickle, and checks that the stack and the memo are used as they may be.

    memo is a dict to go on with, when pickles of one Pickler follow each other. annotate is a column at which a line of
    explanation begins.
    """
    state = _Listing(memo)
    column = annotate
    for opcode, argument, place in genops(pickle):
        if place is not None:
            print(f'{place:5d}:', end=' ', file=out)
        line = f'{repr(opcode.code)[1:-1]:<4} {" " * indentlevel * len(state.marks)}{opcode.name}'
        state.protocol = max(state.protocol, opcode.proto)
        popped, after = len(opcode.stack_before), opcode.stack_after
        said = error = None
        if markobject in opcode.stack_before or (opcode.name == 'POP' and state.stack and state.stack[-1] is markobject):
            popped, said, error = state.pop_mark(opcode)
        if opcode.name in ('PUT', 'BINPUT', 'LONG_BINPUT', 'MEMOIZE'):
            said, error = state.store(opcode, argument)
        elif opcode.name in ('GET', 'BINGET', 'LONG_BINGET'):
            if argument in state.memo:
                after = [state.memo[argument]]
            else:
                error = f'memo key {argument!r} has never been stored into'
        if argument is not None or said:
            line += ' ' * (10 - len(opcode.name))
            if argument is not None:
                line += f' {argument!r}'
            if said:
                line += f' {said}'
        if annotate:
            line += ' ' * (column - len(line))
            column = min(max(len(line), column), 50)
            line += ' ' + opcode.doc.partition('\n')[0]
        print(line, file=out)
        if error:
            raise ValueError(error)
        if len(state.stack) < popped:
            raise ValueError(f'tries to pop {popped} items from stack with only {len(state.stack)} items')
        if popped:
            del state.stack[-popped:]
        if markobject in after:
            state.marks.append(place)
        state.stack.extend(after)
    print('highest protocol among opcodes =', state.protocol, file=out)
    if state.stack:
        raise ValueError(f'stack not empty after STOP: {state.stack!r}')


def _main():
    import argparse
    import sys
    parser = argparse.ArgumentParser(description='disassemble one or more pickle files')
    parser.add_argument('pickle_file', nargs='*', help='the pickle files; "-" is standard input')
    parser.add_argument('-o', '--output', help='where the listing goes')
    parser.add_argument('-m', '--memo', action='store_true', help='keep the memo from one pickle to the next')
    parser.add_argument('-l', '--indentlevel', default=4, type=int, help='blanks for each open MARK')
    parser.add_argument('-a', '--annotate', action='store_true', help='explain every opcode')
    parser.add_argument('-p', '--preamble', default='==> {name} <==', help='a line before each pickle, if there are several')
    options = parser.parse_args()
    output = open(options.output, 'w') if options.output else sys.stdout
    memo = {} if options.memo else None
    for name in options.pickle_file:
        data = sys.stdin.buffer.read() if name == '-' else open(name, 'rb').read()
        if len(options.pickle_file) > 1:
            print(options.preamble.format(name=name), file=output)
        dis(data, output, memo, options.indentlevel, 30 if options.annotate else 0)


if __name__ == '__main__':
    _main()
