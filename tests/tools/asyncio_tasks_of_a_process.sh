# -m asyncio ps and pstree: the tasks of a process that was started with -X inspect, and of no other.
cat >"$TMPDIR/live.py" <<'P'
import asyncio


async def leaf(event):
    await event.wait()


async def group(event):
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(leaf(event), name="one")
        tasks.create_task(leaf(event), name="two")


async def main():
    event = asyncio.Event()
    waiting = asyncio.gather(group(event), leaf(event))
    for _ in range(5):
        await asyncio.sleep(0)
    print("ready", flush=True)
    await waiting


asyncio.run(main())
P
tidy() { sed -E 's/0x[0-9a-f]+/ID/g; s/[^ ]*\/live.py/live.py/; s#[^ ]*lib/(asyncio/[a-z]+.py):[0-9]+#\1#; s/ +$//; s/ID +/ID /g'; }
coproc LIVE { exec $GILA -X inspect "$TMPDIR/live.py"; }
pid=$LIVE_PID
read -r line <&"${LIVE[0]}"
echo "$line"
timeout 30 $GILA -m asyncio pstree "$pid" | tidy
timeout 30 $GILA -m asyncio ps "$pid" | tidy | sed -E 's/^[0-9]+ +/N /; s/ +/ /g; s/-+/-/'
kill "$pid"
wait "$pid" 2>/dev/null
coproc PLAIN { exec $GILA "$TMPDIR/live.py"; }
pid=$PLAIN_PID
read -r line <&"${PLAIN[0]}"
timeout 30 $GILA -m asyncio ps "$pid" 2>&1 | sed "s/$pid/PID/"
kill "$pid"
wait "$pid" 2>/dev/null
printf 'await asyncio.sleep(0, 7)\nx = 3\nx\n' | timeout 30 $GILA -m asyncio 2>/dev/null
echo
