// fault_report.cc: see fault_report.h.
#include "stdlib/fault_report.h"

#include <errno.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "runtime/threads/emergency.h"
#include "runtime/types/code.h"
#include "runtime/types/str.h"
#include "vm/frame.h"

namespace gila {
namespace {

// As CPython has them.
constexpr int kMostFrames = 100, kMostThreads = 100;
constexpr int64_t kMostCharacters = 500;

// Copies memory that may not be there; false if it is not.
bool Peek(const void* from, void* to, size_t size) {
  const iovec local{to, size}, remote{const_cast<void*>(from), size};
  const ssize_t count = process_vm_readv(getpid(), &local, 1, &remote, 1, 0);
  if (count >= 0) return count == static_cast<ssize_t>(size);
  if (errno == EFAULT) return false;
  memcpy(to, from, size);  // the system does not let us ask
  return true;
}

// A copy of the object behind a value, when it is an object of that kind.
template <class T>
class Copy {
 public:
  bool Take(Value v) {
    if (!v.IsPointer() || !Peek(v.As<Object>(), memory_, sizeof(T))) return false;
    return object()->Is(T::kKind);
  }
  const T* object() const { return reinterpret_cast<const T*>(memory_); }

 private:
  alignas(T) char memory_[sizeof(T)];
};

class Writer {
 public:
  explicit Writer(int fd) : fd_(fd) {}
  ~Writer() { Flush(); }
  Writer(const Writer&) = delete;

  void Text(std::string_view text) {
    for (const char c : text) Character(c);
  }
  void Decimal(uint64_t number) { Digits(number, 10, 1); }
  void Hexadecimal(uint64_t number, int least) { Digits(number, 16, least); }
  // A str with what is not ASCII as escapes; "???" for anything else.
  void String(Value v) {
    Copy<Str> copy;
    if (!copy.Take(v)) return Text("???");
    const Str* text = copy.object();
    const int64_t shown = std::min(text->length, kMostCharacters);
    for (int64_t i = 0; i < shown; ++i) {
      uint32_t unit = 0;
      const int width = text->width();
      if (!Peek(text->data + i * width, &unit, static_cast<size_t>(width))) return;
      if (unit >= 0x20 && unit < 0x7f)
        Character(static_cast<char>(unit));
      else
        Escape(unit);
    }
    if (shown < text->length) Text("...");
  }

 private:
  void Character(char c) {
    if (used_ == sizeof(buffer_)) Flush();
    buffer_[used_++] = c;
  }
  void Escape(uint32_t unit) {
    Text(unit < 0x100 ? "\\x" : unit < 0x10000 ? "\\u" : "\\U");
    Hexadecimal(unit, unit < 0x100 ? 2 : unit < 0x10000 ? 4 : 8);
  }
  void Digits(uint64_t number, unsigned base, int least) {
    char digits[20];
    int count = 0;
    for (; number != 0 || count < least; number /= base)
      digits[count++] = "0123456789abcdef"[number % base];
    while (count > 0) Character(digits[--count]);
  }
  void Flush() {
    for (size_t done = 0; done < used_;) {
      const ssize_t count = write(fd_, buffer_ + done, used_ - done);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) break;
      done += static_cast<size_t>(count);
    }
    used_ = 0;
  }

  const int fd_;
  size_t used_ = 0;
  char buffer_[1024];
};

// Where the instruction at `pc` comes from; 0: unknown.
int32_t LineOf(const Code* code, const uint64_t* pc) {
  if (pc >= code->words && pc < code->words + code->word_count)
    return std::max(LineAt(code, vm::WordIndex(code, pc)), 0);
  return code->data == nullptr ? 0 : code->data->first_line;
}

void WriteFrames(Writer& out, const Thread& thread) {
  const uint64_t* pc = thread.pc;
  Value* registers = thread.registers;
  if (registers == nullptr) return out.Text("  <no Python frame>\n");
  for (int depth = 0; registers != nullptr; ++depth) {
    if (depth == kMostFrames) return out.Text("  ...\n");
    Value header[4];
    static_assert(vm::kFrameCallable == -4 && vm::kFrameCode == -1);
    Copy<Code> copy;
    if (!Peek(registers - 4, header, sizeof(header)) || !copy.Take(header[4 + vm::kFrameCode]))
      return out.Text("  <invalid frame>\n");
    const Code* code = copy.object();
    out.Text("  File \"");
    out.String(code->filename.Load());
    out.Text("\", line ");
    if (const int32_t line = LineOf(code, pc); line > 0)
      out.Decimal(static_cast<uint64_t>(line));
    else
      out.Text("???");
    out.Text(" in ");
    out.String(code->name.Load());
    out.Text("\n");
    pc = vm::LinkPc(header[4 + vm::kFrameLink].word());
    registers = reinterpret_cast<Value*>(header[4 + vm::kFrameCaller].word());
  }
}

struct Listing {
  Writer& out;
  const Thread* current;
  int count = 0;
};

void WriteThread(Thread* thread, void* context) {
  auto* const listing = static_cast<Listing*>(context);
  if (thread->id == 0) return;  // about to begin
  if (++listing->count > kMostThreads) {
    if (listing->count == kMostThreads + 1) listing->out.Text("...\n");
    return;
  }
  if (listing->count > 1) listing->out.Text("\n");
  listing->out.Text(thread == listing->current ? "Current thread 0x" : "Thread 0x");
  listing->out.Hexadecimal(thread->id, 16);
  listing->out.Text(" (most recent call first):\n");
  WriteFrames(listing->out, *thread);
}

}  // namespace

void WriteFaultText(int fd, std::string_view text) { Writer(fd).Text(text); }

void WriteOwnStack(int fd) {
  Writer out(fd);
  out.Text("Stack (most recent call first):\n");
  if (const Thread* thread = Thread::Current(); thread != nullptr) WriteFrames(out, *thread);
}

void WriteAllStacks(int fd, const Thread* current) {
  Writer out(fd);
  Listing listing{out, current};
  if (TryForEachThread(WriteThread, &listing)) return;
  // The list is in use, by the interrupted thread perhaps: then at least that one.
  if (Thread* const own = Thread::Current(); own != nullptr) WriteThread(own, &listing);
}

}  // namespace gila
