"""More handlers: files that are replaced when they are large or old, memory, queues, datagrams, streams, syslog, mail, HTTP."""
import copy
import io
import logging
import os
import pickle
import queue
import re
import socket
import struct
import threading
import time
from logging._network import SMTPHandler, SysLogHandler

DEFAULT_TCP_LOGGING_PORT = 9020
DEFAULT_UDP_LOGGING_PORT = 9021
DEFAULT_HTTP_LOGGING_PORT = 9022
DEFAULT_SOAP_LOGGING_PORT = 9023
SYSLOG_UDP_PORT = SYSLOG_TCP_PORT = 514

_MIDNIGHT = 24 * 60 * 60


class BaseRotatingHandler(logging.FileHandler):
    """A file that is put aside now and then for a new one."""

    namer = None
    rotator = None

    def __init__(self, filename, mode, encoding=None, delay=False, errors=None):
        super().__init__(filename, mode=mode, encoding=encoding, delay=delay, errors=errors)

    def emit(self, record):
        try:
            if self.shouldRollover(record):
                self.doRollover()
            logging.FileHandler.emit(self, record)
        except Exception:
            self.handleError(record)

    def rotation_filename(self, default_name):
        return self.namer(default_name) if callable(self.namer) else default_name

    def rotate(self, source, dest):
        if callable(self.rotator):
            self.rotator(source, dest)
        elif os.path.exists(source):
            os.rename(source, dest)

    def _close_stream(self):
        if self.stream:
            self.stream.close()
            self.stream = None


class RotatingFileHandler(BaseRotatingHandler):
    """A new file when the present one would exceed maxBytes; the old ones are name.1, name.2, ..."""

    def __init__(self, filename, mode='a', maxBytes=0, backupCount=0, encoding=None, delay=False, errors=None):
        if maxBytes > 0:
            mode = 'a'
        if 'b' not in mode:
            encoding = io.text_encoding(encoding)
        super().__init__(filename, mode, encoding=encoding, delay=delay, errors=errors)
        self.maxBytes = maxBytes
        self.backupCount = backupCount

    def doRollover(self):
        self._close_stream()
        if self.backupCount > 0:
            for number in range(self.backupCount - 1, 0, -1):
                source = self.rotation_filename(f'{self.baseFilename}.{number}')
                target = self.rotation_filename(f'{self.baseFilename}.{number + 1}')
                if os.path.exists(source):
                    if os.path.exists(target):
                        os.remove(target)
                    os.rename(source, target)
            target = self.rotation_filename(self.baseFilename + '.1')
            if os.path.exists(target):
                os.remove(target)
            self.rotate(self.baseFilename, target)
        if not self.delay:
            self.stream = self._open()

    def shouldRollover(self, record):
        if os.path.exists(self.baseFilename) and not os.path.isfile(self.baseFilename):
            return False
        if self.stream is None:
            self.stream = self._open()
        if self.maxBytes > 0:
            text = f'{self.format(record)}\n'
            self.stream.seek(0, 2)
            if self.stream.tell() + len(text) >= self.maxBytes:
                return True
        return False


class TimedRotatingFileHandler(BaseRotatingHandler):
    """A new file at set times: when='S', 'M', 'H', 'D', 'W0' to 'W6' or 'midnight'."""

    def __init__(self, filename, when='h', interval=1, backupCount=0, encoding=None, delay=False, utc=False,
                 atTime=None, errors=None):
        super().__init__(filename, 'a', encoding=io.text_encoding(encoding), delay=delay, errors=errors)
        self.when = when.upper()
        self.backupCount = backupCount
        self.utc = utc
        self.atTime = atTime
        units = {'S': (1, '%Y-%m-%d_%H-%M-%S'), 'M': (60, '%Y-%m-%d_%H-%M'), 'H': (3600, '%Y-%m-%d_%H'),
                 'D': (_MIDNIGHT, '%Y-%m-%d'), 'MIDNIGHT': (_MIDNIGHT, '%Y-%m-%d')}
        if self.when in units:
            self.interval, self.suffix = units[self.when]
        elif self.when.startswith('W'):
            self.interval, self.suffix = _MIDNIGHT * 7, '%Y-%m-%d'
            if len(self.when) != 2:
                raise ValueError('You must specify a day for weekly rollover from 0 to 6 (0 is Monday): %s' % self.when)
            if not '0' <= self.when[1] <= '6':
                raise ValueError('Invalid day specified for weekly rollover: %s' % self.when)
            self.dayOfWeek = int(self.when[1])
        else:
            raise ValueError('Invalid rollover interval specified: %s' % self.when)
        digits = re.sub('%.', r'\\d\\d', self.suffix.replace('%Y', '%y%m'))
        self.extMatch = re.compile(rf'{digits}(\.\w+)?', re.ASCII)
        self.interval *= interval
        filename = self.baseFilename
        begin = int(os.stat(filename).st_mtime if os.path.exists(filename) else time.time())
        self.rolloverAt = self.computeRollover(begin)

    def computeRollover(self, currentTime):
        """When the next change is due, after the given time."""
        if self.when != 'MIDNIGHT' and not self.when.startswith('W'):
            return currentTime + self.interval
        fields = time.gmtime(currentTime) if self.utc else time.localtime(currentTime)
        due = _MIDNIGHT
        if self.atTime is not None:
            due = (self.atTime.hour * 60 + self.atTime.minute) * 60 + self.atTime.second
        left = due - ((fields.tm_hour * 60 + fields.tm_min) * 60 + fields.tm_sec)
        weekday = fields.tm_wday
        if left < 0:
            left += _MIDNIGHT
            weekday = (weekday + 1) % 7
        result = currentTime + left
        if self.when.startswith('W'):
            if weekday != self.dayOfWeek:
                result += ((self.dayOfWeek - weekday) % 7) * _MIDNIGHT
        else:
            result += self.interval - _MIDNIGHT
        if not self.utc and time.localtime(result)[-1] != fields[-1]:
            # The clock changes between now and then.
            result += -3600 if not fields[-1] else 3600
        return result

    def shouldRollover(self, record):
        if int(time.time()) < self.rolloverAt:
            return False
        if os.path.exists(self.baseFilename) and not os.path.isfile(self.baseFilename):
            self.rolloverAt = self.computeRollover(int(time.time()))
            return False
        return True

    def _was_named(self, folder, base, name):
        """Whether `namer` gives this name for some time that is in it."""
        for time_in_name in self.extMatch.finditer(name):
            time_alone = time_in_name[0].partition('.')[0]
            made = self.namer(os.path.join(folder, f'{base}.{time_alone}'))
            if os.path.basename(made) == name:
                return True
        return False

    def getFilesToDelete(self):
        """The oldest ones beyond backupCount."""
        folder, base = os.path.split(self.baseFilename)
        found = []
        for name in os.listdir(folder):
            if self.namer is None and not name.startswith(base + '.'):
                continue
            if self.namer is None:
                matches = self.extMatch.fullmatch(name, len(base) + 1) is not None
            else:
                matches = self._was_named(folder, base, name)
            if matches:
                found.append(os.path.join(folder, name))
        if len(found) < self.backupCount:
            return []
        found.sort()
        return found[:len(found) - self.backupCount]

    def doRollover(self):
        self._close_stream()
        now = int(time.time())
        begin = self.rolloverAt - self.interval
        fields = time.gmtime(begin) if self.utc else time.localtime(begin)
        target = self.rotation_filename(self.baseFilename + '.' + time.strftime(self.suffix, fields))
        if os.path.exists(target):
            os.remove(target)
        self.rotate(self.baseFilename, target)
        if self.backupCount > 0:
            for path in self.getFilesToDelete():
                os.remove(path)
        if not self.delay:
            self.stream = self._open()
        due = self.computeRollover(now)
        while due <= now:
            due += self.interval
        self.rolloverAt = due


class WatchedFileHandler(logging.FileHandler):
    """Opens its file anew when somebody else has moved it away."""

    def __init__(self, filename, mode='a', encoding=None, delay=False, errors=None):
        if 'b' not in mode:
            encoding = io.text_encoding(encoding)
        super().__init__(filename, mode=mode, encoding=encoding, delay=delay, errors=errors)
        self.dev, self.ino = -1, -1
        self._statstream()

    def _statstream(self):
        if self.stream:
            status = os.fstat(self.stream.fileno())
            self.dev, self.ino = status.st_dev, status.st_ino

    def reopenIfNeeded(self):
        try:
            status = os.stat(self.baseFilename)
        except FileNotFoundError:
            status = None
        if (not status or status.st_dev != self.dev or status.st_ino != self.ino) and self.stream is not None:
            self.stream.flush()
            self.stream.close()
            self.stream = None
            self.stream = self._open()
            self._statstream()

    def emit(self, record):
        self.reopenIfNeeded()
        logging.FileHandler.emit(self, record)


class BufferingHandler(logging.Handler):
    """Keeps records until there are `capacity` of them."""

    def __init__(self, capacity):
        super().__init__()
        self.capacity, self.buffer = capacity, []

    def emit(self, record):
        self.buffer += [record]
        if self.shouldFlush(record):
            self.flush()

    def shouldFlush(self, record):
        return self.capacity <= len(self.buffer)

    def flush(self):
        with self.lock:
            self.buffer.clear()

    def close(self):
        try:
            self.flush()
        finally:
            super().close()


class MemoryHandler(BufferingHandler):
    """Keeps records until there are many, or one is important; then the target gets them."""

    def __init__(self, capacity, flushLevel=logging.ERROR, target=None, flushOnClose=True):
        super().__init__(capacity)
        # Without a target nothing is let go of.
        self.target, self.flushLevel, self.flushOnClose = target, flushLevel, flushOnClose

    def setTarget(self, target):
        with self.lock:
            self.target = target

    def shouldFlush(self, record):
        important = record.levelno >= self.flushLevel
        return important or super().shouldFlush(record)

    def flush(self):
        with self.lock:
            if self.target:
                for kept in self.buffer:
                    self.target.handle(kept)
                super().flush()

    def close(self):
        try:
            if self.flushOnClose:
                self.flush()
        finally:
            self.setTarget(None)
            super().close()


class QueueHandler(logging.Handler):
    """Puts records into a queue; a QueueListener takes them out."""

    def __init__(self, queue):
        super().__init__()
        self.queue = queue

    def emit(self, record):
        try:
            ready = self.prepare(record)
            self.enqueue(ready)
        except Exception:
            self.handleError(record)

    def prepare(self, record):
        """The record as it goes into the queue: formatted, and without what cannot be pickled."""
        text = self.format(record)
        twin = copy.copy(record)
        twin.msg = twin.message = text
        twin.args = twin.exc_info = twin.exc_text = twin.stack_info = None
        return twin

    def enqueue(self, record):
        self.queue.put_nowait(record)


class QueueListener:
    """Takes records out of a queue, in a thread of its own, and gives them to handlers."""

    # What comes last.
    _sentinel = None

    def __init__(self, queue, *handlers, respect_handler_level=False):
        self.queue, self.handlers, self._thread = queue, handlers, None
        self.respect_handler_level = respect_handler_level

    def start(self):
        self._thread = thread = threading.Thread(target=self._monitor, daemon=True)
        thread.start()

    def stop(self):
        """Wait until all has been handled."""
        self.enqueue_sentinel()
        thread, self._thread = self._thread, None
        thread.join()

    def enqueue_sentinel(self):
        self.queue.put_nowait(self._sentinel)

    def dequeue(self, block):
        return self.queue.get(block)

    def _monitor(self):
        # Queues of processes do not count tasks.
        done = getattr(self.queue, 'task_done', lambda: None)
        last = False
        while not last:
            try:
                record = self.dequeue(True)
                last = record is self._sentinel
                if not last:
                    self.handle(record)
                done()
            except queue.Empty:
                break

    def prepare(self, record):
        return record

    def handle(self, record):
        ready = self.prepare(record)
        for each in self.handlers:
            if ready.levelno >= each.level or not self.respect_handler_level:
                each.handle(ready)


# --- other machines ---

class SocketHandler(logging.Handler):
    """Sends records, pickled, over a stream."""

    def __init__(self, host, port):
        super().__init__()
        self.host = host
        self.port = port
        self.address = host if port is None else (host, port)
        self.sock = None
        self.closeOnError = False
        self.retryTime = None
        self.retryStart, self.retryMax, self.retryFactor = 1.0, 30.0, 2.0

    def makeSocket(self, timeout=1):
        if self.port is not None:
            return socket.create_connection(self.address, timeout=timeout)
        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        made.settimeout(timeout)
        try:
            made.connect(self.address)
        except OSError:
            made.close()
            raise
        return made

    def createSocket(self):
        """Connects, unless a try failed a short while ago."""
        now = time.time()
        if self.retryTime is not None and now < self.retryTime:
            return
        try:
            self.sock = self.makeSocket()
            self.retryTime = None
        except OSError:
            if self.retryTime is None:
                self.retryPeriod = self.retryStart
            else:
                self.retryPeriod = min(self.retryPeriod * self.retryFactor, self.retryMax)
            self.retryTime = now + self.retryPeriod

    def send(self, s):
        if self.sock is None:
            self.createSocket()
        if self.sock:
            try:
                self.sock.sendall(s)
            except OSError:
                self.sock.close()
                self.sock = None

    def makePickle(self, record):
        """Four bytes of length, and the attributes of the record pickled."""
        if record.exc_info:
            self.format(record)
        fields = dict(record.__dict__)
        fields['msg'] = record.getMessage()
        fields['args'] = None
        fields['exc_info'] = None
        fields.pop('message', None)
        data = pickle.dumps(fields, 1)
        return struct.pack('>L', len(data)) + data

    def handleError(self, record):
        if self.closeOnError and self.sock:
            self.sock.close()
            self.sock = None
        else:
            logging.Handler.handleError(self, record)

    def emit(self, record):
        try:
            self.send(self.makePickle(record))
        except Exception:
            self.handleError(record)

    def close(self):
        self.acquire()
        try:
            if self.sock:
                sock, self.sock = self.sock, None
                sock.close()
            logging.Handler.close(self)
        finally:
            self.release()


class DatagramHandler(SocketHandler):
    """Sends records, pickled, as datagrams."""

    def __init__(self, host, port):
        super().__init__(host, port)
        self.closeOnError = False

    def makeSocket(self):
        return socket.socket(socket.AF_UNIX if self.port is None else socket.AF_INET, socket.SOCK_DGRAM)

    def send(self, s):
        if self.sock is None:
            self.createSocket()
        self.sock.sendto(s, self.address)


class HTTPHandler(logging.Handler):
    """Sends records to a web server, as GET or POST."""

    def __init__(self, host, url, method='GET', secure=False, credentials=None, context=None):
        super().__init__()
        method = method.upper()
        if method not in ('GET', 'POST'):
            raise ValueError('method must be GET or POST')
        if not secure and context is not None:
            raise ValueError('context parameter only makes sense with secure=True')
        self.host, self.url, self.method = host, url, method
        self.secure, self.credentials, self.context = secure, credentials, context

    def mapLogRecord(self, record):
        return record.__dict__

    def getConnection(self, host, secure):
        import http.client
        if secure:
            return http.client.HTTPSConnection(host, context=self.context)
        return http.client.HTTPConnection(host)

    def emit(self, record):
        try:
            from urllib.parse import urlencode
            connection = self.getConnection(self.host, self.secure)
            url = self.url
            data = urlencode(self.mapLogRecord(record))
            if self.method == 'GET':
                url += ('&' if '?' in url else '?') + data
            connection.putrequest(self.method, url)
            if self.method == 'POST':
                connection.putheader('Content-type', 'application/x-www-form-urlencoded')
                connection.putheader('Content-length', str(len(data)))
            if self.credentials:
                import base64
                text = base64.b64encode(('%s:%s' % self.credentials).encode()).decode('ascii')
                connection.putheader('Authorization', 'Basic ' + text)
            connection.endheaders()
            if self.method == 'POST':
                connection.send(data.encode())
            connection.getresponse()
        except Exception:
            self.handleError(record)
