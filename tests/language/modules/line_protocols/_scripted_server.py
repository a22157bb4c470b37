"""A server of lines for tests: it says what a table tells it to and remembers what it was told."""
import socket
import threading


class Server:
    """`answers` maps the beginning of a line (bytes, longest first) to bytes, or to a function of the line."""

    def __init__(self, greeting, answers, end=b'QUIT'):
        self.heard = []
        self.answers = sorted(answers.items(), key=lambda item: -len(item[0]))
        self.greeting, self.end = greeting, end
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def serve(self):
        connection, _ = self.listener.accept()
        self.listener.close()
        with connection, connection.makefile('rb') as file:
            self.connection, self.file = connection, file
            connection.sendall(self.greeting)
            for line in file:
                self.heard.append(line.rstrip(b'\r\n'))
                answer = next((answer for start, answer in self.answers if line.upper().startswith(start)),
                              b'500 what?\r\n')
                answer = answer(line) if callable(answer) else answer
                if answer:
                    connection.sendall(answer)
                if self.end in line.upper():
                    break

    def finish(self):
        self.thread.join()
        for line in self.heard:
            print('heard', line)


def attempt(label, function, *args, **keywords):
    try:
        print(label, '->', repr(function(*args, **keywords)))
    except Exception as error:
        print(label, '!!', type(error).__name__, error)
