// builtins_output.cc: print, input and format. print writes straight into the text layer of
// sys.stdout as long as that is the ordinary file; anything else gets its write method called.
#include <string>

#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "stdlib/builtins.h"
#include "stdlib/io_internal.h"

namespace gila {

namespace {

Status WriteTo(Thread& thread, Value file, Str* text) {
  GILA_TRY(const bool done, WriteTextDirectly(thread, file, text));
  if (!done) GILA_TRY_VOID(CallMethod(thread, file, NameOf(Name::kWrite), {text}));
  return kOk;
}

// A separator or end: None and missing mean the usual one.
Result<Str*> Piece(Thread& thread, Value given, const char* name, const char* usual) {
  if (given.IsUnbound() || given.IsNone()) return Intern(thread, usual).As<Str>();
  if (IsStr(given)) return given.As<Str>();
  const std::string type_name(TypeNameOf(given));
  return thread.RaiseTypeError("%s must be None or a string, not %s", name, type_name.c_str());
}

// One write for the whole line, where nothing but the ordinary file can see the difference.
Status PrintLine(Thread& thread, std::span<const Value> values, Value file, const Str* separator,
                 const Str* end) {
  StrBuilder line(thread);
  for (size_t i = 0; i < values.size(); ++i) {
    if (i > 0) line.Append(separator);
    if (IsStr(values[i]) && IsExactly(values[i], TypeId::kStr)) {
      line.Append(values[i].As<Str>());
    } else {
      GILA_TRY(Str* const text, ToStr(thread, values[i]));
      line.Append(text);
    }
  }
  line.Append(end);
  GILA_TRY(Str* const text, line.Finish());
  return WriteTo(thread, file, text);
}

Status PrintPieces(Thread& thread, std::span<const Value> values, Value file, Str* separator,
                   Str* end) {
  for (size_t i = 0; i < values.size(); ++i) {
    if (i > 0) GILA_TRY_VOID(WriteTo(thread, file, separator));
    GILA_TRY(Str* const text, ToStr(thread, values[i]));
    GILA_TRY_VOID(WriteTo(thread, file, text));
  }
  return WriteTo(thread, file, end);
}

Result<Value> Print(Thread& thread, Args args) {
  Value file = args.Or(2, kNone);
  if (file.IsNone()) {
    file = SysAttribute(thread, NameOf(Name::kStdout));
    if (file.IsUnbound()) return thread.Raise(TypeId::kRuntimeError, "lost sys.stdout");
    if (file.IsNone()) return kNone;
  }
  GILA_TRY(Str* const separator, Piece(thread, args.Or(0, kUnbound), "sep", " "));
  GILA_TRY(Str* const end, Piece(thread, args.Or(1, kUnbound), "end", "\n"));
  // An empty write asks whether the file is the ordinary one (and takes it).
  GILA_TRY(const bool ordinary, WriteTextDirectly(thread, file, empty_str));
  if (ordinary) {
    GILA_TRY_VOID(PrintLine(thread, args.rest(), file, separator, end));
  } else {
    GILA_TRY_VOID(PrintPieces(thread, args.rest(), file, separator, end));
  }
  if (args.Has(3)) {
    GILA_TRY(const bool flush, Truth(thread, args[3]));
    if (flush) GILA_TRY_VOID(CallMethod(thread, file, NameOf(Name::kFlush)));
  }
  return kNone;
}

Result<Value> Stream(Thread& thread, Name name, const char* text) {
  const Value stream = SysAttribute(thread, NameOf(name));
  if (stream.IsUnbound() || stream.IsNone()) {
    return thread.RaiseFormat(TypeId::kRuntimeError, "input(): lost sys.%s", text);
  }
  return stream;
}

Result<Value> Input(Thread& thread, Args args) {
  GILA_TRY(const Value errors, Stream(thread, Name::kStderr, "stderr"));
  GILA_TRY(const Value in, Stream(thread, Name::kStdin, "stdin"));
  GILA_TRY(const Value out, Stream(thread, Name::kStdout, "stdout"));
  GILA_TRY_VOID(CallMethod(thread, errors, NameOf(Name::kFlush)));
  if (args.Has(0)) {
    GILA_TRY(Str* const prompt, ToStr(thread, args[0]));
    GILA_TRY_VOID(WriteTo(thread, out, prompt));
  }
  GILA_TRY_VOID(CallMethod(thread, out, NameOf(Name::kFlush)));
  GILA_TRY(const Value line, CallMethod(thread, in, Intern(thread, "readline")));
  if (!IsStr(line)) return thread.RaiseTypeError("object.readline() returned non-string");
  Str* const text = line.As<Str>();
  if (text->length == 0) return thread.Raise(TypeId::kEOFError, "EOF when reading a line");
  if (text->At(text->length - 1) != '\n') return line;
  return StrSlice(thread, text, 0, text->length - 1);
}

Result<Value> FormatOf(Thread& thread, Args args) {
  if (args.Has(1)) GILA_TRY_VOID(ToStrArgument(thread, args[1], "format() argument 2"));
  return Format(thread, args[0], args.Or(1, NameOf(Name::kEmpty)));
}

Result<Value> Open(Thread& thread, Args args) {
  int64_t buffering = -1;
  if (args.Has(2)) {
    GILA_TRY(buffering, ToInt64(thread, args[2]));
  }
  bool close_fd = true;
  if (args.Has(6)) {
    GILA_TRY(close_fd, Truth(thread, args[6]));
  }
  std::string mode = "r";
  if (args.Has(1)) {
    GILA_TRY(Str* const text, ToStrArgument(thread, args[1], "open() argument 'mode'"));
    mode = ToUtf8(text);
  }
  return IoOpen(thread, args[0], mode, buffering, args.Or(3, kNone), args.Or(4, kNone),
                args.Or(5, kNone), close_fd, args.Or(7, kNone));
}

}  // namespace

const NativeDef kOutputBuiltins[] = {
    {"print", Print, "(*args, sep=' ', end='\\n', file=None, flush=False)",
     "Prints the values to a stream, or to sys.stdout by default."},
    {"input", Input, "(prompt='', /)",
     "Read a string from standard input.  The trailing newline is stripped."},
    {"format", FormatOf, "(value, format_spec='', /)",
     "Return type(value).__format__(value, format_spec)"},
    {"open", Open,
     "(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, "
     "opener=None)",
     "Open file and return a stream.  Raise OSError upon failure."},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace gila
