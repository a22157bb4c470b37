// runtime_fixture.h: a runtime for tests that touch values: brought up once, by the first test.
#ifndef GILA_TESTS_UNIT_RUNTIME_RUNTIME_FIXTURE_H_
#define GILA_TESTS_UNIT_RUNTIME_RUNTIME_FIXTURE_H_

#include <catch2/catch.hpp>
#include <string>

#include "runtime/init.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/exception.h"
#include "runtime/types/str.h"

namespace gila {

inline Thread& TestThread() {
  static Thread& thread = InitRuntime();
  return thread;
}

inline Str* MakeStr(std::string_view utf8) {
  Str* const s = NewStr(TestThread(), utf8).value();
  REQUIRE(s != nullptr);
  return s;
}

// The text of a result, or "Type: message" of the exception it left, which is taken.
inline std::string TextOf(Result<Value> result) {
  Thread& thread = TestThread();
  if (result.ok()) {
    const Result<Str*> text = ToStr(thread, result.value());
    return text.ok() ? ToUtf8(text.value()) : "no text";
  }
  const Value exception = thread.TakeException();
  const Result<Str*> message = ToStr(thread, exception);
  return std::string(TypeNameOf(exception)) + ": " + ToUtf8(message.value());
}
inline std::string TextOf(Result<Str*> result) { return TextOf(Result<Value>(result)); }

}  // namespace gila

#endif  // GILA_TESTS_UNIT_RUNTIME_RUNTIME_FIXTURE_H_
