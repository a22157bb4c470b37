// io_internal.h: the layouts of the io module's objects, shared by the io_*.cc files.
//
//   FileIO          a descriptor                                          io_file.cc
//   Buffered        BufferedReader, BufferedWriter, BufferedRandom        io_buffered.cc
//   TextIO          TextIOWrapper                                         io_text.cc,
//   io_text_read.cc BytesIO, StringIO io_memory.cc
//
// A layer over the usual one below it (TextIO over Buffered over FileIO) calls C++ directly; over
// anything else it calls methods. Buffered and TextIO each have a lock, because the GIL is let go
// (or is not there) while a descriptor blocks; a thread that comes back to an object it is inside
// of gets CPython's RuntimeError "reentrant call".
#ifndef GILA_STDLIB_IO_INTERNAL_H_
#define GILA_STDLIB_IO_INTERNAL_H_

#include "runtime/native.h"
#include "runtime/text/codecs.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"
#include "stdlib/library.h"
#include "stdlib/thread_locks.h"

namespace gila::io {

inline constexpr int64_t kDefaultBufferSize = 8192;

struct FileIO : Object {
  Atomic<int32_t> fd;  // -1: closed
  bool readable, writable, appending, created, close_fd;
  Atomic<bool> wrapped;     // a Buffered owns it: it closes the file
  Atomic<int8_t> seekable;  // -1: not asked yet
  Slot name;
  Slot attributes;
};

struct IoLock {
  FutexLock mutex;
  Atomic<uint64_t> owner;
};

struct Buffered : Object {
  Slot raw;  // None: detached
  IoLock io_lock;
  PointerSlot<Blob> read_buffer;
  int64_t read_start, read_end;  // unread bytes
  PointerSlot<Blob> write_buffer;
  int64_t write_size;  // pending bytes
  int64_t buffer_size;
  bool can_read, can_write;
  bool ready;            // __init__ has succeeded
  Atomic<bool> wrapped;  // a TextIO owns it
  Atomic<bool> listed;   // on the list of dirty writers
  Slot attributes;
};

enum class Newline : uint8_t {
  kUniversal,
  kUntranslated,
  kLf,
  kCr,
  kCrLf
};  // None, '', '\n', '\r', '\r\n'

struct TextIO : Object {
  Slot buffer;       // None: detached
  IoLock io_lock;    // of writing
  IoLock read_lock;  // of reading: a reader that waits for input does not keep others from writing
  Slot encoding, errors;  // str
  Encoding codec;
  Encoding read_codec;  // what is decoded with: the codec, until a byte order mark has said more
  Newline newline;
  bool line_buffering, write_through;
  bool plain_utf8;  // utf-8, strict or surrogateescape: an ASCII string is its own encoding
  bool held_cr;     // the last chunk ended in a '\r' that is not decided yet
  bool at_start;    // utf-16 and the like: the byte order mark is still to be written
  PointerSlot<Blob> pending;  // encoded, not yet written to the buffer
  int64_t pending_size;
  Slot decoded;  // str read ahead, or unbound
  int64_t decoded_pos;
  Slot leftover;                  // bytes that are no whole character yet
  bool telling;                   // no iteration under way
  bool ready;                     // __init__ has succeeded
  Atomic<uint8_t> newlines_seen;  // 1: '\r', 2: '\n', 4: '\r\n'
  int64_t chunk_size;             // how much is read at once
  Atomic<bool> listed;
  // Only when `codec` is kUnknown (io_text_codec.cc): the incremental coders, None where the buffer
  // cannot be read or written; and what tell() needs: the last chunk and the decoder's state before
  // it, and how much of `decoded` is older.
  Slot encoder, decoder;
  Slot snapshot, snapshot_flags;  // bytes or None, int
  int64_t snapshot_prefix;
  bool snapshot_held_cr;
  Slot attributes;
};

struct BytesIO : Object {
  PointerSlot<Blob> store;
  int64_t size, position;
  bool closed;
  Atomic<int64_t> exports;  // views of the memory that are alive: they pin the size
  Slot attributes;
};

struct StringIO : Object {
  PointerSlot<Blob> store;  // 32-bit code points
  int64_t size, position;
  Newline newline;
  bool closed;
  Slot attributes;
};

extern Type* file_type;
extern Type* reader_type;
extern Type* writer_type;
extern Type* random_type;
extern Type* text_type;
extern Type* io_base_type;
extern Type* raw_base_type;
extern Type* buffered_base_type;
extern Type* text_base_type;
extern Type* unsupported_operation;
extern uint8_t file_kind, buffered_kind, text_kind, bytes_io_kind, string_io_kind;

// Held while a Buffered or TextIO works. Not taken once the interpreter ends (a parked daemon
// thread may hold it for ever).
class IoGuard {
 public:
  IoGuard(Thread& thread, IoLock& lock, Value object);
  ~IoGuard();
  Status status() const { return failed_ ? Status(kFailed) : kOk; }

 private:
  IoLock& lock_;
  bool failed_ = false, held_ = false;
};
extern std::atomic<bool> ending;

Failed RaiseUnsupported(Thread& thread, const char* message);
// What both a flush and a close that follows it have come to: the second error has the first one as
// its context.
Status EndOfClose(Thread& thread, Value first, Status second) GILA_ATTACHED;
// What __del__ of files does: warns of a file that nobody closed, and closes it. What goes wrong is
// nobody's concern any more.
Result<Value> CloseForgotten(Thread& thread, Value file, Value raw) GILA_ATTACHED;
Failed RaiseNoBuffer(Thread& thread, const TextIO* self);  // detached, or not there yet
Failed RaiseClosed(Thread& thread);  // ValueError "I/O operation on closed file."
// The `size=-1` argument: None and missing are -1.
Result<int64_t> SizeArgument(Thread& thread, Value v);
Result<bool> IsClosed(Thread& thread, Value file);

// --- FileIO (io_file.cc) ---
Result<Value> OpenFile(Thread& thread, Type* type, Value path_or_fd, const char* mode,
                       bool close_fd, Value opener);
// Bytes read, 0 at the end, -1 when a non-blocking descriptor has none.
Result<int64_t> FileRead(Thread& thread, FileIO* file, uint8_t* into, int64_t size);
Result<int64_t> FileWrite(Thread& thread, FileIO* file, const uint8_t* bytes, int64_t size);
Result<Value> FileReadAll(Thread& thread, FileIO* file);
Result<int64_t> FileSeek(Thread& thread, FileIO* file, int64_t offset, int whence);
Result<bool> FileSeekable(Thread& thread, FileIO* file);
Status FileClose(Thread& thread, FileIO* file);

// --- Buffered (io_buffered.cc) ---
Result<Value> MakeBuffered(Thread& thread, Type* type, Value raw, int64_t buffer_size,
                           bool can_read, bool can_write);
Status BufferedWrite(Thread& thread, Buffered* self, const uint8_t* bytes, int64_t size);
Status BufferedFlush(Thread& thread, Buffered* self);
// At least one byte unless at the end: what is buffered, else one read of the raw stream. Empty:
// the end; unbound: would block.
Result<Value> BufferedReadChunk(Thread& thread, Buffered* self, int64_t size);
Result<Value> BufferedReadAll(Thread& thread, Buffered* self);

// --- TextIO (io_text.cc) ---
struct TextOptions {
  Value encoding = kNone, errors = kNone, newline = kNone;
  bool line_buffering = false, write_through = false;
};
Result<Value> MakeText(Thread& thread, Type* type, Value buffer, const TextOptions& options);
Status InitText(Thread& thread, TextIO* self, Value buffer, const TextOptions& options);
Status TextWrite(Thread& thread, TextIO* self, Str* s);
Status TextFlush(Thread& thread, TextIO* self);
// io_text_read.cc
Result<Value> TextRead(Thread& thread, Args args);
Result<Value> TextReadLine(Thread& thread, Args args);
// The next line; unbound at the end.
Result<Value> TextStep(Thread& thread, Object* file);
Result<Value> TextTell(Thread& thread, Args args);
Result<Value> TextSeek(Thread& thread, Args args);
Result<Value> TextTruncate(Thread& thread, Args args);
Result<Str*> TranslateInput(Thread& thread, TextIO* self, Str* text, bool final);
// io_text_codec.cc: codecs by their incremental coders. `whole`: tell() need not look into it.
inline bool HasCoders(const TextIO* self) { return self->codec == Encoding::kUnknown; }
Status SetCoders(Thread& thread, TextIO* self, Value buffer, const std::string& name, Value errors);
Status RestartEncoder(Thread& thread, TextIO* self, bool at_start);
Status RestartDecoder(Thread& thread, TextIO* self);
Result<Value> EncodeByObject(Thread& thread, TextIO* self, Str* text);
Result<Str*> DecodeByObject(Thread& thread, TextIO* self, std::string_view bytes, bool final,
                            bool whole);
Result<Value> TellByObject(Thread& thread, TextIO* self, int64_t position);
Status SeekByObject(Thread& thread, TextIO* self, Value number);
// The buffer when it is one of ours: used without method calls. Else null.
Buffered* PlainBuffer(const TextIO* self);
Result<Newline> ParseNewline(Thread& thread, Value newline);
// End of the line that begins at `from` (one past its newline), or -1 when there is no whole one.
int64_t FindLineEnd(const Str* text, int64_t from, Newline newline);
// What was decoded and not yet read is dropped, as CPython does when a stream is written to after
// reading.
void ForgetReadAhead(TextIO* self);

// Writers with pending bytes: flushed before a path is opened or looked at, and at the end.
void ListDirty(Object* writer);
void UnlistDirty(Object* writer);

Status AddBaseTypes(Thread& thread, Module* module);
Status AddFileType(Thread& thread, Module* module);
Status AddBufferedTypes(Thread& thread, Module* module);
Status AddTextType(Thread& thread, Module* module);
Status AddMemoryTypes(Thread& thread, Module* module);
Status AddBytesIOBufferType(Thread& thread, Module* module);
// A memoryview of the contents (io_memory_view.cc).
Result<Value> ViewOfBytesIO(Thread& thread, BytesIO* file) GILA_ATTACHED;

}  // namespace gila::io

namespace gila {

// io.open, for open() and the interpreter itself.
Result<Value> IoOpen(Thread& thread, Value file, std::string_view mode, int64_t buffering,
                     Value encoding, Value errors, Value newline, bool close_fd,
                     Value opener) GILA_ATTACHED;
// Before a path is opened, stat'ed or listed: what was written to regular files is really there.
void FlushDirtyWriters(Thread& thread) GILA_ATTACHED;
// From here on the locks of streams are not waited for: nobody else runs.
void StopWaitingForStreams();
// At the end of the process: everything that is open, errors ignored; no lock is waited for.
void FlushAllAtExit(Thread& thread) GILA_ATTACHED;
// sys.stdin, stdout, stderr (fd 0, 1, 2); None when the descriptor is not open.
Result<Value> MakeStandardStream(Thread& thread, int fd,
                                 const LibraryOptions& library) GILA_ATTACHED;
// -X warn_default_encoding.
extern bool warns_of_default_encoding;
// print's way: writes to `file` when it is exactly a TextIOWrapper; false: call its write method
// instead.
Result<bool> WriteTextDirectly(Thread& thread, Value file, Str* s) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_IO_INTERNAL_H_
