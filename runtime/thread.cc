// thread.cc: raising exceptions on a thread, and the slow path of the eval breaker.
#include "runtime/thread.h"

#include <errno.h>
#include <signal.h>

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/signals.h"
#include "runtime/threads/build.h"
#include "runtime/threads/handover.h"
#include "runtime/type.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

void CheckFailed(const char* condition, const char* file, int line) {
  fprintf(stderr, "gila: internal error: %s does not hold (%s:%d)\n", condition, file, line);
  abort();
}

namespace {

// Takes `exception` out of the chain that begins at `link`, so that it can stand before it. A
// program may have made a cycle in the chain: the second pointer, half as fast, meets the first one
// there.
void BreakContextChain(Value link, Value exception) {
  Value slow = link;
  bool step = false;
  while (IsException(link)) {
    Exception* const current = link.As<Exception>();
    const Value next = current->context.Load();
    if (next == exception) {
      current->context.Store(current, kNone);
      return;
    }
    link = next;
    if (step) slow = slow.As<Exception>()->context.Load();
    step = !step;
    if (link == slow) return;
  }
}

// Sets the exception that waits, with the one being handled as its context.
Failed SetException(Thread& thread, Value exception) {
  const Value handled = thread.handled;
  if (IsException(handled) && handled != exception && IsException(exception)) {
    BreakContextChain(handled, exception);
    exception.As<Exception>()->context.Store(exception.AsObject(), handled);
  }
  thread.exception = exception;
  return kFailed;
}

Failed RaiseText(Thread& thread, TypeId type, std::string_view text) {
  const Result<Str*> message = NewStr(thread, text);
  if (!message.ok()) return kFailed;
  return thread.RaiseWith(type, message.value());
}

Failed RaiseFormatted(Thread& thread, TypeId type, const char* format, va_list arguments) {
  char small[512];
  va_list again;
  va_copy(again, arguments);
  const int needed = vsnprintf(small, sizeof(small), format, arguments);
  std::string large;
  std::string_view text(small, static_cast<size_t>(std::max(needed, 0)));
  if (needed >= static_cast<int>(sizeof(small))) {
    large.resize(static_cast<size_t>(needed) + 1);
    vsnprintf(large.data(), large.size(), format, again);
    large.pop_back();
    text = large;
  }
  va_end(again);
  return RaiseText(thread, type, text);
}

}  // namespace

TypeId OsErrorTypeFor(int error_number) {
  switch (error_number) {
    case EAGAIN:
    case EALREADY:
    case EINPROGRESS:
      return TypeId::kBlockingIOError;
    case EPIPE:
    case ESHUTDOWN:
      return TypeId::kBrokenPipeError;
    case ECHILD:
      return TypeId::kChildProcessError;
    case ECONNABORTED:
      return TypeId::kConnectionAbortedError;
    case ECONNREFUSED:
      return TypeId::kConnectionRefusedError;
    case ECONNRESET:
      return TypeId::kConnectionResetError;
    case EEXIST:
      return TypeId::kFileExistsError;
    case ENOENT:
      return TypeId::kFileNotFoundError;
    case EINTR:
      return TypeId::kInterruptedError;
    case EISDIR:
      return TypeId::kIsADirectoryError;
    case ENOTDIR:
      return TypeId::kNotADirectoryError;
    case EACCES:
    case EPERM:
      return TypeId::kPermissionError;
    case ESRCH:
      return TypeId::kProcessLookupError;
    case ETIMEDOUT:
      return TypeId::kTimeoutError;
    default:
      return TypeId::kOSError;
  }
}

Failed Thread::Raise(TypeId type, std::string_view utf8_message) {
  return RaiseText(*this, type, utf8_message);
}

Failed Thread::RaiseFormat(TypeId type, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  RaiseFormatted(*this, type, format, arguments);
  va_end(arguments);
  return kFailed;
}

Failed Thread::RaiseTypeError(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  RaiseFormatted(*this, TypeId::kTypeError, format, arguments);
  va_end(arguments);
  return kFailed;
}

Failed Thread::RaiseValueError(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  RaiseFormatted(*this, TypeId::kValueError, format, arguments);
  va_end(arguments);
  return kFailed;
}

Failed Thread::RaiseWith(TypeId type, Value argument) {
  const Value arguments[] = {argument};
  const Result<Value> made = NewException(*this, type, arguments);
  if (!made.ok()) return kFailed;
  return SetException(*this, made.value());
}

Failed Thread::RaiseObject(Value v) {
  if (IsKind(v, kKindType) && IsSubtype(v.As<Type>(), GetType(TypeId::kBaseException))) {
    const Result<Value> made = Call(*this, v, {});
    if (!made.ok()) return kFailed;
    if (!IsException(made.value())) {
      const Result<Str*> wanted = Repr(*this, v);
      const Result<Str*> got = Repr(*this, reinterpret_cast<Object*>(TypeOf(made.value())));
      if (!wanted.ok() || !got.ok()) return kFailed;
      return RaiseTypeError("calling %s should have returned an instance of BaseException, not %s",
                            ToUtf8(wanted.value()).c_str(), ToUtf8(got.value()).c_str());
    }
    return SetException(*this, made.value());
  }
  if (!IsException(v)) return RaiseTypeError("exceptions must derive from BaseException");
  return SetException(*this, v);
}

Failed Thread::RaiseOsError(int error_number, Value filename, Value filename2) {
  const Result<Str*> text = NewStr(*this, strerror(error_number));
  if (!text.ok()) return kFailed;
  Value arguments[5] = {Value::SmallInt(error_number), text.value(), filename, kNone, filename2};
  const size_t count = !filename2.IsUnbound() ? 5 : filename.IsUnbound() ? 2 : 3;
  const Result<Value> made =
      NewException(*this, OsErrorTypeFor(error_number), std::span<const Value>(arguments, count));
  if (!made.ok()) return kFailed;
  return SetException(*this, made.value());
}

Failed Thread::RaiseMemoryError() {
  // One huge request fails while small ones succeed: then the exception is an ordinary one, with a
  // traceback of its own.
  static thread_local bool trying = false;
  Result<Value> made = kFailed;
  if (!trying) {
    trying = true;
    made = NewException(*this, TypeId::kMemoryError, {});
    trying = false;
  }
  exception = made.ok() ? made.value() : PreallocatedMemoryError();
  return kFailed;
}

Failed Thread::RaiseRecursionError(const char* where) {
  // Building the exception needs a few frames itself: it is made beyond the limit.
  const int32_t limit = depth_limit;
  const uintptr_t native = native_limit;
  depth_limit += 50;
  native_limit = 0;
  RaiseFormat(TypeId::kRecursionError, "maximum recursion depth exceeded%s", where);
  depth_limit = limit;
  native_limit = native;
  return kFailed;
}

bool Thread::ExceptionMatches(TypeId type) const {
  return HasException() && IsSubtype(TypeOf(exception), GetType(type));
}

Status Thread::HandleBreaker() {
  const uint32_t bits = breaker.Load();
  if (bits & (kBreakDropRequest | kBreakStopTheWorld)) YieldInBuild(*this, bits);
  if (bits & kBreakLateWakes) WakeKeptWhenDue(*this);
  if (bits & kBreakCollect) {
    breaker.FetchAnd(~uint32_t{kBreakCollect});
    heap::Collect(*this, heap::Collection::kMinor);
  }
  if (bits & kBreakFinalizers) {
    breaker.FetchAnd(~uint32_t{kBreakFinalizers});
    heap::RunPendingFinalizers(*this);
  }
  if (bits & kBreakSignals) GILA_TRY_VOID(RunSignalHandlers());
  if (bits & kBreakAsyncException) {
    breaker.FetchAnd(~uint32_t{kBreakAsyncException});
    const Value raised = async_exception;
    async_exception = kUnbound;
    if (!raised.IsUnbound()) return RaiseObject(raised);
  }
  return kOk;
}

}  // namespace gila
