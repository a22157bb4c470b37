// termios_module.cc: the module termios: how a terminal treats what is typed and shown.
#include <sys/ioctl.h>
#include <termios.h>

#include <cerrno>
#include <cstring>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/native_support.h"

namespace gila {

namespace {

Type* termios_error = nullptr;

Failed RaiseErrno(Thread& thread, int number) GILA_ATTACHED {
  GILA_TRY(Str* const words, NewStr(thread, std::strerror(number)));
  GILA_TRY(const Value error, Call(thread, termios_error, {Value::SmallInt(number), Value(words)}));
  return thread.RaiseObject(error);
}

// A descriptor, or an object with fileno().
Result<int> Descriptor(Thread& thread, Value value) GILA_ATTACHED {
  if (!IsInt(value)) {
    const Result<Value> method = GetAttr(thread, value, Intern(thread, "fileno"));
    if (!method.ok()) {
      thread.ClearException();
      return thread.RaiseTypeError("argument must be an int, or have a fileno() method.");
    }
    GILA_TRY(value, Call(thread, method.value(), {}));
    if (!IsInt(value)) return thread.RaiseTypeError("fileno() returned a non-integer");
  }
  GILA_TRY(const int64_t fd, ToInt64(thread, value));
  if (fd < 0)
    return thread.RaiseValueError("file descriptor cannot be a negative integer (%d)",
                                  static_cast<int>(fd));
  return static_cast<int>(fd);
}

template <class Work>
Result<Value> Do(Thread& thread, Work work) GILA_ATTACHED {
  int result, error;
  {
    AllowThreads detached(thread, Blocked::kOther);
    result = work();
    error = errno;
  }
  if (result < 0) return RaiseErrno(thread, error);
  return kNone;
}

Result<Value> GetAttributes(Thread& thread, Args args) {
  GILA_TRY(const int fd, Descriptor(thread, args[0]));
  termios mode;
  GILA_TRY_VOID(Do(thread, [&] { return tcgetattr(fd, &mode); }));
  GILA_TRY(List* const characters, NewList(thread));
  for (int i = 0; i < NCCS; ++i) {
    // Without lines, two of them are numbers.
    Value entry = Value::SmallInt(mode.c_cc[i]);
    if ((mode.c_lflag & ICANON) != 0 || (i != VMIN && i != VTIME)) {
      const char byte = static_cast<char>(mode.c_cc[i]);
      GILA_TRY(entry, NewBytes(thread, {&byte, 1}));
    }
    GILA_TRY_VOID(ListAppend(thread, characters, entry));
  }
  const Value all[] = {Value::SmallInt(mode.c_iflag),
                       Value::SmallInt(mode.c_oflag),
                       Value::SmallInt(mode.c_cflag),
                       Value::SmallInt(mode.c_lflag),
                       Value::SmallInt(cfgetispeed(&mode)),
                       Value::SmallInt(cfgetospeed(&mode)),
                       characters};
  GILA_TRY(List* const list, NewList(thread, all));
  return list;
}

Status ReadMode(Thread& thread, Value given, termios* mode) GILA_ATTACHED {
  if (!IsList(given)) return thread.RaiseTypeError("tcsetattr, arg 3: must be 7 element list");
  GILA_TRY(Tuple* const all, ToTuple(thread, given));
  if (all->length != 7) return thread.RaiseTypeError("tcsetattr, arg 3: must be 7 element list");
  int64_t numbers[6];
  for (int i = 0; i < 6; ++i) {
    GILA_TRY(numbers[i], ToInt64(thread, all->items[i].Load()));
  }
  const Value characters = all->items[6].Load();
  if (!IsList(characters))
    return thread.RaiseTypeError("tcsetattr: attributes[6] must be %d element list", NCCS);
  GILA_TRY(Tuple* const bytes, ToTuple(thread, characters));
  if (bytes->length != NCCS)
    return thread.RaiseTypeError("tcsetattr: attributes[6] must be %d element list", NCCS);
  mode->c_iflag = static_cast<tcflag_t>(numbers[0]);
  mode->c_oflag = static_cast<tcflag_t>(numbers[1]);
  mode->c_cflag = static_cast<tcflag_t>(numbers[2]);
  mode->c_lflag = static_cast<tcflag_t>(numbers[3]);
  for (int i = 0; i < NCCS; ++i) {
    const Value entry = bytes->items[i].Load();
    if (IsBytes(entry) && entry.As<Bytes>()->size == 1) {
      mode->c_cc[i] = entry.As<Bytes>()->data[0];
    } else if (IsInt(entry)) {
      GILA_TRY(const int64_t number, ToInt64(thread, entry));
      mode->c_cc[i] = static_cast<cc_t>(number);
    } else {
      return thread.RaiseTypeError(
          "tcsetattr: elements of attributes must be characters or integers");
    }
  }
  if (cfsetispeed(mode, static_cast<speed_t>(numbers[4])) != 0 ||
      cfsetospeed(mode, static_cast<speed_t>(numbers[5])) != 0)
    return RaiseErrno(thread, errno);
  return kOk;
}

Result<Value> SetAttributes(Thread& thread, Args args) {
  GILA_TRY(const int fd, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t when, ToInt64(thread, args[1]));
  termios mode;
  GILA_TRY_VOID(Do(thread, [&] { return tcgetattr(fd, &mode); }));
  GILA_TRY_VOID(ReadMode(thread, args[2], &mode));
  return Do(thread, [&] { return tcsetattr(fd, static_cast<int>(when), &mode); });
}

template <int (*kCall)(int, int)>
Result<Value> WithNumber(Thread& thread, Args args) {
  GILA_TRY(const int fd, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t number, ToInt64(thread, args[1]));
  return Do(thread, [&] { return kCall(fd, static_cast<int>(number)); });
}
Result<Value> Drain(Thread& thread, Args args) {
  GILA_TRY(const int fd, Descriptor(thread, args[0]));
  return Do(thread, [&] { return tcdrain(fd); });
}

Result<Value> GetSize(Thread& thread, Args args) {
  GILA_TRY(const int fd, Descriptor(thread, args[0]));
  winsize size;
  GILA_TRY_VOID(Do(thread, [&] { return ioctl(fd, TIOCGWINSZ, &size); }));
  const Value pair[] = {Value::SmallInt(size.ws_row), Value::SmallInt(size.ws_col)};
  GILA_TRY(Tuple* const tuple, NewTuple(thread, pair));
  return tuple;
}
Result<Value> SetSize(Thread& thread, Args args) {
  GILA_TRY(const int fd, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t count, Length(thread, args[1]));
  if (count != 2) return thread.RaiseTypeError("tcsetwinsize, arg 2: must be a two-item sequence");
  int64_t sides[2];
  for (int i = 0; i < 2; ++i) {
    GILA_TRY(const Value side, GetItem(thread, args[1], Value::SmallInt(i)));
    GILA_TRY(sides[i], ToInt64(thread, side));
    if (sides[i] < 0 || sides[i] > 0xffff)
      return thread.Raise(TypeId::kOverflowError, "winsize value(s) out of range.");
  }
  winsize size;
  GILA_TRY_VOID(Do(thread, [&] { return ioctl(fd, TIOCGWINSZ, &size); }));
  size.ws_row = static_cast<uint16_t>(sides[0]);
  size.ws_col = static_cast<uint16_t>(sides[1]);
  return Do(thread, [&] { return ioctl(fd, TIOCSWINSZ, &size); });
}

constexpr NativeDef kFunctions[] = {
    {"tcgetattr", GetAttributes, "(fd, /)",
     "[iflag, oflag, cflag, lflag, ispeed, ospeed, cc] of a terminal."},
    {"tcsetattr", SetAttributes, "(fd, when, attributes, /)", "Sets these."},
    {"tcsendbreak", WithNumber<tcsendbreak>, "(fd, duration, /)", "Sends a break."},
    {"tcdrain", Drain, "(fd, /)", "Waits until all is written."},
    {"tcflush", WithNumber<tcflush>, "(fd, queue, /)", "Drops what waits in a queue."},
    {"tcflow", WithNumber<tcflow>, "(fd, action, /)", "Stops or goes on."},
    {"tcgetwinsize", GetSize, "(fd, /)", "(rows, columns) of a terminal."},
    {"tcsetwinsize", SetSize, "(fd, winsize, /)", "Sets (rows, columns)."},
    {nullptr, nullptr, nullptr, nullptr}};

constexpr struct {
  const char* name;
  int64_t value;
} kConstants[] = {
#define T(name) {#name, name},
#include "stdlib/termios_constants.def"
#undef T
};

}  // namespace

Status InitTermiosModule(Thread& thread, Module* module) {
  GILA_TRY(termios_error,
           AddExceptionClass(thread, module, "termios", "error", GetType(TypeId::kException)));
  for (const auto& constant : kConstants)
    GILA_TRY_VOID(AddValue(thread, module, constant.name, Value::SmallInt(constant.value)));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila
