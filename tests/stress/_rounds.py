"""What the stress programs share: rounds, in each of which many threads work on one thing while another collects garbage.

    gila tests/stress/NAME.py [--seed N] [--seconds N] [--threads N] [--share X] [--trace] [ROUND]...

The seed decides what a thread does; how the threads interleave is up to the machine. A failure names its round and seed.
"""
import argparse
import gc
import random
import sys
import threading
import time


def check(what, condition):
    if not condition:
        raise AssertionError(what)


class Worker:
    """One thread's name and its random numbers."""

    def __init__(self, me, seed):
        self.me = me
        self.random = random.Random(seed * 1000 + me)


class Steps(Worker):
    """A thread that counts its steps, and notes what it has done."""

    def __init__(self, me, seed):
        super().__init__(me, seed)
        self.steps, self.notes = 0, []


def allowed(error, *words):
    """An error that a race may bring, by its words: any other is a defect."""
    check(f"another error: {error!r}", any(word in str(error) for word in words))


class Round:
    """One thing under fire: `step` is one random operation of a thread, `close` what must hold when all have ended."""

    operations = 150  # steps of a thread, unless --share says less

    def step(self, worker):
        raise NotImplementedError

    def close(self, workers):
        pass


def run_round(subject, workers, share):
    failures = []
    ready, over = threading.Barrier(len(workers)), threading.Event()

    def attack(worker):
        ready.wait()
        try:
            for _ in range(int(subject.operations * share)):
                subject.step(worker)
        except BaseException as error:
            failures.append(error)

    def collect():
        while not over.wait(0.01):
            gc.collect()

    collector = threading.Thread(target=collect)
    attackers = [threading.Thread(target=attack, args=(worker,)) for worker in workers]
    for thread in [collector, *attackers]:
        thread.start()
    for thread in attackers:
        thread.join()
    over.set()
    collector.join()
    for error in failures:
        raise error
    subject.close(workers)


def main(rounds, make_worker, last_words):
    """Rounds of all kinds (name -> what makes one), again and again until the time is over, but each once."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--share", type=float, default=1, help="of the steps of a round: 0.2 for a slow build")
    parser.add_argument("--trace", action="store_true", help="where a failure came from")
    parser.add_argument("names", nargs="*", metavar="ROUND")
    options = parser.parse_args()
    sys.setswitchinterval(0.0002)
    end, seed, done = time.monotonic() + options.seconds, options.seed, 0
    while not done or time.monotonic() < end:
        for name in options.names or rounds:
            try:
                run_round(rounds[name](), [make_worker(me, seed) for me in range(options.threads)], options.share)
            except BaseException as error:
                if options.trace:
                    raise
                sys.exit(f"{name}, seed {seed}: {type(error).__name__}: {error}")
            done += 1
        seed += 1
    print(last_words)
    print(f"{done} rounds", file=sys.stderr)
