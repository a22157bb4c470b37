# Child processes: communicate, streams line by line, signals, return codes.
import asyncio
import asyncio.subprocess
import signal

PIPE = asyncio.subprocess.PIPE


async def main():
    p = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    print(await p.communicate(b"over and back"), p.returncode)
    p = await asyncio.create_subprocess_shell(
        "echo out; echo err >&2; exit 3", stdout=PIPE, stderr=PIPE)
    print(await p.communicate(), p.returncode, await p.wait())
    p = await asyncio.create_subprocess_exec(
        "sh", "-c", "for i in 1 2 3; do echo line $i; done", stdout=PIPE)
    async for line in p.stdout:
        print(line)
    print(await p.wait(), p.stdin, p.stderr)
    p = await asyncio.create_subprocess_exec("sleep", "30")
    p.terminate()
    print(await p.wait() == -signal.SIGTERM)
    try:
        p.kill()
    except ProcessLookupError as e:
        print(repr(e))
    p = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    for word in b"one\n", b"two\n":
        p.stdin.write(word)
        await p.stdin.drain()
        print(await p.stdout.readline())
    p.stdin.close()
    await p.stdin.wait_closed()
    print(await p.stdout.read(), await p.wait())
    big = b"x" * 1_000_000
    p = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    out, _ = await p.communicate(big)
    print(out == big)
    outs = await asyncio.gather(*(one(i) for i in range(4)))
    print(outs)
    try:
        await asyncio.create_subprocess_exec("/no/such/program")
    except FileNotFoundError as e:
        print(e)
    try:
        p = await asyncio.create_subprocess_exec("true", text=True)
    except ValueError as e:
        print(e)


async def one(i):
    p = await asyncio.create_subprocess_exec("echo", str(i), stdout=PIPE)
    return (await p.communicate())[0]


asyncio.run(main())
