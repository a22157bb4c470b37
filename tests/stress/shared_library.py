"""Random operations on what a library keeps for all: files, sockets, random numbers, caches, databases, contexts.

    gila tests/stress/shared_library.py [--seed N] [--seconds N] [--threads N] [--share X] [ROUND]...        (_rounds.py)

Each round takes one kind of object, lets all threads loose on it while another one collects garbage, and checks what must
hold however they interleave. The seed decides what a thread does; a failure names its seed, and naming rounds runs those
alone. What the language itself shares is shared_values.py, containers are containers.py.
"""
import collections
import contextvars
import copy
import csv
import decimal
import hashlib
import io
import json
import os
import pickle
import random
import re
import select
import socket
import sqlite3
import struct
import tempfile
import threading
import zlib

from _rounds import Round, Steps, allowed, check, main


class Files(Round):
    """One file that all append lines to, and one that all read."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.log = open(os.path.join(self.folder.name, "log"), "w+")
        self.raw = open(os.path.join(self.folder.name, "raw"), "w+b", buffering=0)
        self.table = open(os.path.join(self.folder.name, "table"), "w+b")
        self.table.write(b"".join(b"%07d\n" % number for number in range(500)))
        self.table.flush()

    def step(self, worker):
        pick = worker.random.randrange(5)
        if pick < 2:
            self.log.write(f"{worker.me} {len(worker.notes)}\n")
            worker.notes.append(None)
        elif pick == 2:
            os.write(self.raw.fileno(), b"x" * 8)
        elif pick == 3:
            self.table.seek(8 * worker.random.randrange(400))
            self.table.read(worker.random.randrange(30))
            self.table.tell()
        else:
            number = worker.random.randrange(500)
            check("another record", os.pread(self.table.fileno(), 7, 8 * number) == b"%07d" % number)

    def close(self, workers):
        self.log.seek(0)
        found = collections.Counter(line for line in self.log)
        given = {f"{worker.me} {number}\n" for worker in workers for number in range(len(worker.notes))}
        check("a line was lost, doubled or torn", set(found) == given and all(n == 1 for n in found.values()))
        check("a write was torn", os.fstat(self.raw.fileno()).st_size % 8 == 0)
        for file in (self.log, self.raw, self.table):
            file.close()
        self.folder.cleanup()


class Memory(Round):
    """StringIO and BytesIO that all write to and read from."""

    def __init__(self):
        self.text, self.bytes = io.StringIO(), io.BytesIO()

    def step(self, worker):
        pick = worker.random.randrange(6)
        if pick == 0:
            self.text.write("abcdefgh")
        elif pick == 1:
            self.bytes.write(b"abcdefgh")
        elif pick == 2:
            check("text of another size", len(self.text.getvalue()) % 8 == 0)
        elif pick == 3:
            check("bytes of another size", len(self.bytes.getvalue()) % 8 == 0)
        elif pick == 4:
            self.text.tell(), self.bytes.tell()
        else:
            try:
                view = self.bytes.getbuffer()
                bytes(view[:8])
                view.release()
            except BufferError as error:
                allowed(error, "Existing exports")
        worker.steps += 1

    def close(self, workers):
        text, data = self.text.getvalue(), self.bytes.getvalue()
        check("a torn write", text == "abcdefgh" * (len(text) // 8) and data == b"abcdefgh" * (len(data) // 8))


class SafeMemory(Memory):
    """As above; a BytesIO with a view out refuses to grow, which is no loss."""

    def step(self, worker):
        try:
            super().step(worker)
        except BufferError as error:
            allowed(error, "Existing exports of data: object cannot be re-sized")


class Sockets(Round):
    """Datagrams through one pair of sockets, from all threads at once."""

    def __init__(self):
        self.left, self.right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.right.setblocking(False)
        self.left.setblocking(False)

    def step(self, worker):
        if worker.random.random() < 0.5:
            try:
                self.left.send(b"%d %d" % (worker.me, worker.steps))
                worker.notes.append(("sent", b"%d %d" % (worker.me, worker.steps)))
            except BlockingIOError:
                pass
            worker.steps += 1
        else:
            select.select([self.right], [], [], 0)
            try:
                worker.notes.append(("got", self.right.recv(100)))
            except BlockingIOError:
                pass

    def close(self, workers):
        notes = [note for worker in workers for note in worker.notes]
        got = [data for kind, data in notes if kind == "got"]
        while True:
            try:
                got.append(self.right.recv(100))
            except BlockingIOError:
                break
        check("a datagram was lost, doubled or torn", sorted(got) == sorted(d for kind, d in notes if kind == "sent"))
        self.left.close()
        self.right.close()


class Randomness(Round):
    """One random.Random: no state is used twice or torn, whoever asks."""

    def __init__(self):
        self.shared = random.Random(5)

    def step(self, worker):
        pick = worker.random.randrange(5)
        if pick == 0:
            check("out of range", 0 <= self.shared.random() < 1)
        elif pick == 1:
            worker.notes.append(self.shared.getrandbits(128))
        elif pick == 2:
            check("out of range", self.shared.randrange(10) in range(10))
        elif pick == 3:
            items = list(range(20))
            self.shared.shuffle(items)
            check("not a permutation", sorted(items) == list(range(20)))
        else:
            state = self.shared.getstate()
            check("a torn state", len(state[1]) == 625 and 0 <= state[1][-1] <= 624)

    def close(self, workers):
        numbers = [number for worker in workers for number in worker.notes]
        check("a number came twice", len(set(numbers)) == len(numbers))


class ReCache(Round):
    """The cache of re, which is purged meanwhile; patterns and matches that are shared."""

    def __init__(self):
        self.shared = re.compile(r"(?P<word>\w+)-(\d+)")
        self.text = " ".join(f"w{number}-{number * 7}" for number in range(30))
        self.scanner = self.shared.finditer(self.text * 200)

    def step(self, worker):
        number, pick = worker.random.randrange(300), worker.random.randrange(6)
        if pick == 0:
            check("another pattern's match", re.match(f"a{{{number}}}b", "a" * number + "b"))
        elif pick == 1:
            found = self.shared.findall(self.text)
            check("another result", found == [(f"w{n}", str(n * 7)) for n in range(30)])
        elif pick == 2:
            words = self.shared.sub(lambda match: match["word"], self.text).split()
            check("another text", words == [f"w{n}" for n in range(30)])
        elif pick == 3:
            re.purge()
        elif pick == 4:
            match = next(self.scanner, None)
            check("a torn match", match is None or int(match[2]) == 7 * int(match["word"][1:]))
        else:
            check("another split", len(re.split(r"[ ]+", self.text)) == 30)


class Codecs(Round):
    """json, pickle, struct, csv, copy of containers that others change meanwhile."""

    WORDS = ("changed size", "mutated during", "changed during")

    def __init__(self):
        self.table = {f"k{n}": [n, n] for n in range(20)}
        self.rows = [[n, str(n)] for n in range(20)]
        self.members = set(range(20))
        self.bytes = bytearray(64)
        self.encoder = json.JSONEncoder(sort_keys=True)
        self.layout = struct.Struct("<IdI")

    def step(self, worker):
        pick, number = worker.random.randrange(11), worker.random.randrange(40)
        try:
            self.perform(pick, number)
        except RuntimeError as error:
            allowed(error, *self.WORDS)
        except ValueError as error:
            allowed(error, "empty", "not in list")

    def perform(self, pick, number):
        if pick == 0:
            self.table[f"k{number}"] = [number, number]
        elif pick == 1:
            self.table.pop(f"k{number}", None)
        elif pick == 2:
            self.check_pairs(json.loads(json.dumps(self.table)))
        elif pick == 3:
            self.check_pairs(pickle.loads(pickle.dumps(self.table)))
        elif pick == 4:
            self.check_pairs(copy.deepcopy(self.table))
        elif pick == 5:
            self.check_pairs(json.loads(self.encoder.encode(self.table)))
        elif pick == 6:
            self.rows.append([number, str(number)])
            del self.rows[:1]
        elif pick == 7:
            out = io.StringIO()
            csv.writer(out).writerows(self.rows)
            check("a torn row", all(int(a) == int(b) for a, b in csv.reader(out.getvalue().splitlines())))
        elif pick == 8:
            self.layout.pack_into(self.bytes, 16 * (number % 4), number, float(number), number)
            self.layout.unpack_from(self.bytes, 16 * (number % 4))
        elif pick == 9:
            self.members.symmetric_difference_update({number})
            check("another set", copy.copy(self.members) <= set(range(40)))
            check("another set", pickle.loads(pickle.dumps(self.members)) <= set(range(40)))
        else:
            check("another list", all(len(row) == 2 for row in pickle.loads(pickle.dumps(self.rows))))

    def check_pairs(self, table):
        check("a key with another's value", all(value == [int(key[1:])] * 2 for key, value in table.items()))


class Database(Round):
    """One sqlite3 connection with a function of the program, used by all."""

    operations = 60

    def __init__(self):
        self.base = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self.base.execute("create table t(me, n, unique(me, n))")
        self.base.create_function("twice", 1, lambda x: x * 2)

    def step(self, worker):
        pick = worker.random.randrange(5)
        if pick < 2:
            self.base.execute("insert into t values(?, ?)", (worker.me, worker.steps))
            worker.steps += 1
        elif pick == 2:
            (count,) = self.base.execute("select count(*) from t where me = ?", (worker.me,)).fetchone()
            check("a row was lost", count == worker.steps)
        elif pick == 3:
            rows = self.base.execute("select twice(n), n from t where me = ?", (worker.me,)).fetchall()
            check("another's answer", all(a == 2 * b for a, b in rows))
        else:
            cursor = self.base.cursor()
            cursor.execute("select me, n from t order by me, n")
            for _ in zip(range(5), cursor):
                pass
            del cursor

    def close(self, workers):
        found = sorted(self.base.execute("select me, n from t"))
        check("a row was lost or doubled", found == sorted((w.me, n) for w in workers for n in range(w.steps)))
        self.base.close()


class Streams(Round):
    """Objects of hashlib and zlib that all feed with the same bytes: their number is all that counts."""

    PIECE = b"0123456789abcdef" * 200

    def __init__(self):
        self.hash, self.lock = hashlib.sha256(), threading.Lock()
        self.pressed, self.pressor = collections.deque(), zlib.compressobj()

    def step(self, worker):
        pick = worker.random.randrange(5)
        if pick == 0:
            self.hash.update(self.PIECE)
            worker.steps += 1
        elif pick == 1:
            check("a digest", len(self.hash.hexdigest()) == 64 and len(self.hash.copy().digest()) == 32)
        elif pick == 2:
            with self.lock:
                self.pressed.append(self.pressor.compress(self.PIECE))
            worker.notes.append(None)
        elif pick == 3:
            check("another text", zlib.decompress(zlib.compress(self.PIECE)) == self.PIECE)
        else:
            check("another hash", hashlib.md5(self.PIECE).digest() == hashlib.md5(self.PIECE).digest())

    def close(self, workers):
        expected = hashlib.sha256(self.PIECE * sum(worker.steps for worker in workers))
        check("a piece was lost", self.hash.digest() == expected.digest())
        text = zlib.decompress(b"".join(self.pressed) + self.pressor.flush())
        check("a piece was lost", text == self.PIECE * sum(len(worker.notes) for worker in workers))


class Contexts(Round):
    """Contexts: of decimal, which is each thread's own, and of contextvars, which only one may be in."""

    def __init__(self):
        self.variable = contextvars.ContextVar("variable", default=None)
        self.shared = contextvars.copy_context()
        self.context = decimal.Context(prec=7)

    def step(self, worker):
        pick = worker.random.randrange(5)
        if pick == 0:
            decimal.getcontext().prec = 10 + worker.me
            check("another's precision", len(str(decimal.Decimal(1) / 3)) == 12 + worker.me)
        elif pick == 1:
            check("a wrong quotient", self.context.divide(1, 3) == decimal.Decimal("0.3333333"))
            self.context.clear_flags()
        elif pick == 2:
            self.variable.set(worker.me)
            check("another's value", self.variable.get() == worker.me)
        elif pick == 3:
            try:
                self.shared.run(self.variable.set, worker.me)
            except RuntimeError as error:
                allowed(error, "cannot enter context")
        else:
            mine = contextvars.copy_context()
            mine.run(self.variable.set, -1)
            check("a copy's value", mine[self.variable] == -1 and self.variable.get() in (None, worker.me))
            check("a value of another", self.shared.get(self.variable, 0) in range(64))


ROUNDS = {
    "files": Files, "memory": SafeMemory, "sockets": Sockets, "random": Randomness, "re": ReCache, "codecs":
    Codecs, "database": Database, "streams": Streams, "contexts": Contexts,
}


main(ROUNDS, Steps, "the shared library stayed whole")
