"""A chat server and three people who talk through it. ./run.sh programs/asyncio/chat_server.py

What to watch: every connection is one task, and what somebody says is written to all the others. A person who leaves
(or whose connection breaks) is taken out in `finally`, so the server forgets nobody's writer. The guests wait for what
they expect to read and never sleep, so the talk comes out the same every time.
"""
import asyncio


class Room:
    def __init__(self):
        self.writers = {}

    def tell(self, text, but=None):
        for name, writer in self.writers.items():
            if name != but:
                writer.write(f"{text}\n".encode())

    async def talk(self, reader, writer):
        name = (await reader.readline()).decode().strip()
        self.tell(f"* {name} comes in")
        self.writers[name] = writer
        writer.write(f"* hello {name}, {len(self.writers)} here\n".encode())
        try:
            async for line in reader:
                self.tell(f"{name}: {line.decode().strip()}", but=name)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            del self.writers[name]
            self.tell(f"* {name} leaves")
            writer.close()


class Guest:
    def __init__(self, name):
        self.name = name

    async def come(self, port):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port)
        self.say(self.name)
        await self.expect("hello")

    def say(self, text):
        self.writer.write(f"{text}\n".encode())

    async def expect(self, words):
        line = (await self.reader.readline()).decode().strip()
        print(f"{self.name:>6} reads  {line}")
        assert words in line, (words, line)

    async def leave(self):
        self.writer.close()
        await self.writer.wait_closed()


async def main():
    room = Room()
    server = await asyncio.start_server(room.talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    ada, bob, eve = Guest("Ada"), Guest("Bob"), Guest("Eve")
    await ada.come(port)
    await bob.come(port)
    await ada.expect("Bob comes in")
    await eve.come(port)
    for guest in ada, bob:
        await guest.expect("Eve comes in")
    ada.say("who has seen the lizard?")
    for guest in bob, eve:
        await guest.expect("lizard")
    eve.say("it sleeps under the stone")
    for guest in ada, bob:
        await guest.expect("under the stone")
    bob.writer.transport.abort()  # no farewell
    for guest in ada, eve:
        await guest.expect("Bob leaves")
    await ada.leave()
    await eve.expect("Ada leaves")
    await eve.leave()
    server.close()
    while room.writers:
        await asyncio.sleep(0)
    print("the room is empty")


asyncio.run(asyncio.wait_for(main(), 60))
