// exception_report.cc: exceptions that leave the program: printed on sys.stderr; those nobody can
// catch (in __del__, callbacks) are reported and dropped; and the compiler's errors become
// exceptions here.
#include <unistd.h>

#include "compiler/syntax_error.h"
#include "runtime/protocols.h"
#include "runtime/text/colour.h"
#include "runtime/types/exception.h"
#include "runtime/types/exception_internal.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

void (*write_to_stderr)(Thread& thread, std::string_view text) = [](Thread&,
                                                                    std::string_view text) {
  [[maybe_unused]] const ssize_t written = ::write(2, text.data(), text.size());
};
bool (*unraisable_hook)(Thread& thread, Value exception, Value object, const char* what) = nullptr;

void PrintException(Thread& thread, Value exception) {
  const bool colour = stderr_takes_colour != nullptr && stderr_takes_colour(thread);
  const Result<std::string> text = FormatException(thread, exception, colour);
  if (text.ok()) {
    write_to_stderr(thread, text.value());
  } else {
    thread.ClearException();
  }
}

void WriteUnraisable(Thread& thread, Value object, const char* what) {
  const Value exception = thread.TakeException();
  if (exception.IsUnbound()) return;
  if (unraisable_hook != nullptr && unraisable_hook(thread, exception, object, what)) return;
  std::string head = what == nullptr ? "Exception ignored in: " : std::string(what) + ": ";
  const Result<Str*> shown = Repr(thread, object);
  head += shown.ok() ? ToUtf8(shown.value()) : "<object repr() failed>";
  thread.ClearException();
  const bool colour = stderr_takes_colour != nullptr && stderr_takes_colour(thread);
  write_to_stderr(thread, head + "\n" + FormatUnraisable(thread, exception, colour));
}

namespace {

TypeId TypeOfError(compiler::SyntaxErrorType type) {
  switch (type) {
    case compiler::SyntaxErrorType::kSyntaxError:
      return TypeId::kSyntaxError;
    case compiler::SyntaxErrorType::kIndentationError:
      return TypeId::kIndentationError;
    case compiler::SyntaxErrorType::kTabError:
      return TypeId::kTabError;
    case compiler::SyntaxErrorType::kMemoryError:
      return TypeId::kMemoryError;
    case compiler::SyntaxErrorType::kRecursionError:
      return TypeId::kRecursionError;
    case compiler::SyntaxErrorType::kValueError:
      return TypeId::kValueError;
  }
  return TypeId::kSyntaxError;
}

}  // namespace

Failed RaiseSyntaxError(Thread& thread, const compiler::SyntaxError& error) {
  const TypeId type = TypeOfError(error.type);
  if (type == TypeId::kMemoryError) return thread.RaiseMemoryError();
  if (!error.has_location) return thread.Raise(type, error.message);
  const auto raise = [&]() -> Status {
    GILA_TRY(Str * message, NewStr(thread, error.message));
    GILA_TRY(Str * filename, NewStr(thread, error.filename));
    Value text = kNone;
    if (error.has_text) {
      GILA_TRY(text, NewStr(thread, error.text));
    }
    // The compiler's own errors may have no end.
    const Value end_offset =
        error.end_offset < 0 && !error.has_text ? kNone : Value::SmallInt(error.end_offset);
    const Value details[] = {
        filename, Value::SmallInt(error.line),     Value::SmallInt(error.offset),
        text,     Value::SmallInt(error.end_line), end_offset};
    GILA_TRY(Tuple * place, NewTuple(thread, details));
    const Value args[] = {message, place};
    GILA_TRY(const Value exception, NewException(thread, type, args));
    return thread.RaiseObject(exception);
  };
  static_cast<void>(raise().ok());
  return kFailed;
}

}  // namespace gila
