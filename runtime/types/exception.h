// exception.h: exception instances and tracebacks.
#ifndef GILA_RUNTIME_TYPES_EXCEPTION_H_
#define GILA_RUNTIME_TYPES_EXCEPTION_H_

#include <span>
#include <string>

#include "runtime/heap/heap.h"
#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

struct Code;
struct Dict;
struct Frame;
struct Function;

// One layout for all built-in exceptions: `extra` holds the fields that only some have, by
// position:
//   StopIteration: value. SystemExit: code. OSError: errno, strerror, filename, filename2 (and, in
//   extra[4], characters_written). ImportError: msg, name, path. NameError: name. AttributeError:
//   name, obj. SyntaxError: msg, filename, lineno, offset, text, end_lineno, end_offset
//   (print_file_and_line is an attribute). UnicodeError: encoding, object, start, end, reason.
//   Groups: message, exceptions.
inline constexpr int kExceptionExtras = 7;
struct Exception : Object {
  static constexpr Kind kKind = kKindException;
  Slot args;            // tuple
  Slot cause, context;  // exception or None
  Slot traceback;       // Traceback or None
  Atomic<uint8_t> suppress_context;
  Slot extra[kExceptionExtras];
  Slot attributes;  // overflow word; inline slots of subclass instances follow
};

struct Traceback : Object {
  static constexpr Kind kKind = kKindTraceback;
  PointerSlot<Traceback> next;  // towards where it was raised
  PointerSlot<Code> code;
  PointerSlot<Function> function;  // null when a program made the entry itself
  Slot frame;                      // Frame, made when asked for; else unbound
  // Where the frame had its registers, and its caller's. They are addresses to compare, not to
  // read. `activation` (0: left) tells one run of a function from the next at the same place.
  const Value* registers;
  const Value* caller;
  uint32_t activation;
  uint32_t word;   // code word of the instruction
  int32_t line;    // when a program made the entry itself; else 0
  uint32_t count;  // of `values`
  Slot values[];   // what the variables' registers held when the exception left the frame
};

// type(*args), built directly for built-in exception classes.
Result<Value> NewException(Thread& thread, TypeId type, std::span<const Value> args) GILA_ATTACHED;
// The subclass of OSError for an errno (OSError itself for most).
TypeId OsErrorTypeFor(int error_number);
// The one MemoryError that needs no memory.
Value PreallocatedMemoryError();
inline bool IsException(Value v) { return IsKind(v, kKindException); }
// An entry of no traceback yet.
Result<Traceback*> NewTraceback(Thread& thread, Code* code, uint32_t word,
                                std::span<const Value> values) GILA_ATTACHED;
// Prepends an entry for a frame, with copies of `values`, to the exception's traceback (called
// while unwinding). Null, and the exception waits as before, when it keeps no traceback or there is
// no memory.
Traceback* AddTraceback(Thread& thread, Value exception, Code* code, uint32_t word,
                        std::span<const Value> values) GILA_ATTACHED;
// The global variables of the entry's frame; null when they are no dict.
Dict* GlobalsOf(const Traceback* entry);
// What the interpreter prints for an uncaught exception: the whole text as CPython 3.11's traceback
// module words it.
Result<std::string> FormatException(Thread& thread, Value exception, bool colour) GILA_ATTACHED;
// To sys.stderr through sys.excepthook's default; never raises.
void PrintException(Thread& thread, Value exception) GILA_ATTACHED;
// sys.unraisablehook: "Exception ignored in: ...". Takes the exception that waits on the thread.
void WriteUnraisable(Thread& thread, Value object, const char* what = nullptr) GILA_ATTACHED;
// Where they write and what they ask first; set by the library, which knows sys.stderr and
// sys.unraisablehook.
extern void (*write_to_stderr)(Thread& thread, std::string_view text);
extern bool (*unraisable_hook)(Thread& thread, Value exception, Value object, const char* what);

}  // namespace gila
namespace gila::compiler {
struct SyntaxError;
}
namespace gila {
Failed RaiseSyntaxError(Thread& thread, const compiler::SyntaxError& error) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_EXCEPTION_H_
