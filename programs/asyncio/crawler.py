"""A crawler of a small site, which the program serves itself. ./run.sh programs/asyncio/crawler.py

What to watch: a few workers take addresses from one queue, and every page adds addresses to it. The set of pages seen
keeps the crawl from going round in circles; the semaphore bounds how many requests are under way, whatever the number
of workers. The pages are found in any order, so the report is sorted.
"""
import asyncio
import re

SITE = {
    "/": ["/animals", "/plants", "/about"],
    "/animals": ["/animals/gila", "/animals/snake", "/"],
    "/animals/gila": ["/animals/snake", "/missing"],
    "/animals/snake": ["/animals/gila"],
    "/plants": ["/plants/saguaro", "/animals"],
    "/plants/saguaro": ["/"],
    "/about": [],
}


async def serve(reader, writer):
    request = await reader.readuntil(b"\r\n\r\n")
    path = request.split()[1].decode()
    status, links = ("200 OK", SITE[path]) if path in SITE else ("404 Not Found", [])
    body = "".join(f'<a href="{link}">{link}</a>\n' for link in links).encode()
    writer.write(f"HTTP/1.0 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def fetch(port, path):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.0\r\n\r\n".encode())
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    return int(head.split()[1]), body.decode()


class Crawler:
    def __init__(self, port, at_once):
        self.port = port
        self.slots = asyncio.Semaphore(at_once)
        self.queue = asyncio.Queue()
        self.pages = {}
        self.under_way = self.most_at_once = 0

    def add(self, path):
        if path not in self.pages:
            self.pages[path] = None  # seen, not read yet
            self.queue.put_nowait(path)

    async def visit(self, path):
        async with self.slots:
            self.under_way += 1
            self.most_at_once = max(self.most_at_once, self.under_way)
            status, text = await fetch(self.port, path)
            self.under_way -= 1
        links = re.findall('href="([^"]+)"', text)
        self.pages[path] = status, len(links)
        for link in links:
            self.add(link)

    async def work(self):
        while True:
            path = await self.queue.get()
            await self.visit(path)
            self.queue.task_done()


async def main():
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        crawler = Crawler(server.sockets[0].getsockname()[1], at_once=2)
        crawler.add("/")
        workers = [asyncio.create_task(crawler.work()) for _ in range(4)]
        await asyncio.wait_for(crawler.queue.join(), timeout=60)
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
    for path, (status, links) in sorted(crawler.pages.items()):
        print(f"{status} {path:18} {links} links")
    print("never more than two at once:", crawler.most_at_once <= 2)


asyncio.run(main())
