# asyncore, asynchat and smtpd: a mail server in a loop of its own, and a client that speaks to it by hand.
import socket
import threading
import warnings

warnings.simplefilter('ignore')
import asyncore
import smtpd


class Server(smtpd.SMTPServer):
    def process_message(self, peer, mailfrom, rcpttos, data, **options):
        print(mailfrom, rcpttos, data, options)


channels = {}
server = Server(('127.0.0.1', 0), None, map=channels)
port = server.socket.getsockname()[1]
done = threading.Event()


def run():
    while not done.is_set():
        asyncore.loop(timeout=0.05, map=channels, count=1)


thread = threading.Thread(target=run)
thread.start()
with socket.create_connection(('127.0.0.1', port)) as client, client.makefile('rwb') as file:
    print(file.readline()[:3])
    for line in ('EHLO me', 'MAIL FROM:<a@b.c> SIZE=10', 'RCPT TO:<d@e.f>', 'NONSENSE', 'DATA', 'Subject: x\r\n\r\n..dot\r\n.', 'QUIT'):
        file.write(line.encode() + b'\r\n')
        file.flush()
        answer = file.readline()
        while answer[3:4] == b'-':
            answer = file.readline()
        print(answer)
done.set()
thread.join()
asyncore.close_all(channels)
print(channels)
