// result.h: how a function fails. A Gila exception is no C++ exception: it waits on the thread
// (Thread::exception), and the function returns a Result that says so. A Result<Value> is one word
// (the value kError), a Result<T*> one (null), and Result<void>, named Status here, is a bool.
//
//   Result<Value> Halve(Thread& thread, Value v) {
//     GILA_TRY(const int64_t number, ToInt64(thread, v));   // returns kFailed when ToInt64 failed
//     GILA_TRY_VOID(CheckEven(thread, number));
//     return Value::SmallInt(number / 2);
//   }
#ifndef GILA_RUNTIME_RESULT_H_
#define GILA_RUNTIME_RESULT_H_

#include <type_traits>
#include <utility>

#include "runtime/value.h"

namespace gila {

// Converts to the failed state of every Result: `return kFailed;` after raising.
struct Failed {};
inline constexpr Failed kFailed{};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)), ok_(true) {}  // NOLINT
  Result(Failed) : value_(), ok_(false) {}                  // NOLINT
  bool ok() const { return ok_; }
  T& value() { return value_; }
  const T& value() const { return value_; }
  T&& Take() { return std::move(value_); }

 private:
  T value_;
  bool ok_;
};

template <>
class [[nodiscard]] Result<Value> {
 public:
  constexpr Result(Value value) : value_(value) {}  // NOLINT
  constexpr Result(Failed) : value_(kError) {}      // NOLINT
  Result(Object* object) : value_(object) {}        // NOLINT
  template <class T>
    requires std::is_pointer_v<T>
  Result(Result<T> other) : value_(other.ok() ? Value(other.value()) : kError) {}  // NOLINT
  constexpr bool ok() const { return !value_.IsError(); }
  constexpr Value value() const { return value_; }
  constexpr Value Take() const { return value_; }
  // The word as the interpreter keeps it: kError for a failure.
  constexpr Value raw() const { return value_; }

 private:
  Value value_;
};

template <class T>
class [[nodiscard]] Result<T*> {
 public:
  constexpr Result(T* value) : value_(value) {}  // NOLINT
  constexpr Result(Failed) : value_(nullptr) {}  // NOLINT
  constexpr bool ok() const { return value_ != nullptr; }
  constexpr T* value() const { return value_; }
  constexpr T* Take() const { return value_; }

 private:
  T* value_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  constexpr Result() : ok_(true) {}         // NOLINT
  constexpr Result(Failed) : ok_(false) {}  // NOLINT
  constexpr bool ok() const { return ok_; }

 private:
  bool ok_;
};

using Status = Result<void>;
inline constexpr Status kOk{};

#define GILA_CONCAT_INNER(a, b) a##b
#define GILA_CONCAT(a, b) GILA_CONCAT_INNER(a, b)
// GILA_TRY(declaration, expression): declares what `expression` yields, or returns kFailed.
#define GILA_TRY(declaration, ...) \
  GILA_TRY_AS(GILA_CONCAT(gila_result_, __COUNTER__), declaration, __VA_ARGS__)
#define GILA_TRY_AS(result, declaration, ...)              \
  auto result = (__VA_ARGS__);                             \
  if (GILA_UNLIKELY(!result.ok())) return ::gila::kFailed; \
  declaration = result.Take()
#define GILA_TRY_VOID(...)                                          \
  do {                                                              \
    if (GILA_UNLIKELY(!(__VA_ARGS__).ok())) return ::gila::kFailed; \
  } while (false)

// An impossible state: say where and abort. Never for anything a program or its input can cause.
[[noreturn]] void CheckFailed(const char* condition, const char* file, int line);
#define GILA_CHECK(condition)                                                             \
  do {                                                                                    \
    if (GILA_UNLIKELY(!(condition))) ::gila::CheckFailed(#condition, __FILE__, __LINE__); \
  } while (false)
#ifdef NDEBUG
#define GILA_DCHECK(condition) static_cast<void>(sizeof(condition))
#else
#define GILA_DCHECK(condition) GILA_CHECK(condition)
#endif

}  // namespace gila

#endif  // GILA_RUNTIME_RESULT_H_
