// convert.cc: arguments that should be numbers or strings, with CPython's words when they are not.
#include <climits>

#include "absl/strings/str_cat.h"
#include "runtime/protocols.h"
#include "runtime/protocols/special_call.h"
#include "runtime/protocols/warn.h"
#include "runtime/thread.h"
#include "runtime/type.h"
#include "runtime/type_internal.h"
#include "runtime/types/container_support.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

Failed RaiseNotIndexSized(Thread& thread, TypeId error, Value v) {
  return thread.Raise(
      error, absl::StrCat("cannot fit '", TypeNameText(v), "' into an index-sized integer"));
}

}  // namespace

Result<Value> Index(Thread& thread, Value v) {
  if (IsInt(v)) return PlainInt(v);
  const Value method = LookupSpecial(thread, TypeOf(v), Special::kIndex);
  if (method.IsUnbound()) {
    return thread.Raise(
        TypeId::kTypeError,
        absl::StrCat("'", TypeNameText(v), "' object cannot be interpreted as an integer"));
  }
  GILA_TRY(const Value result, CallUnbound1(thread, method, v));
  if (IsExactInt(result)) return result;
  if (IsInt(result)) {
    GILA_TRY_VOID(WarnOfSubclass(thread, "__index__", result, "int"));
    return PlainInt(result);
  }
  return thread.Raise(TypeId::kTypeError,
                      absl::StrCat("__index__ returned non-int (type ", TypeNameText(result), ")"));
}

Result<int64_t> ToInt64(Thread& thread, Value v) {
  if (v.IsSmallInt()) return v.AsSmallInt();
  GILA_TRY(const Value index, Index(thread, v));
  int64_t number;
  if (!TryInt64(index, &number))
    return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C ssize_t");
  return number;
}

Result<int64_t> ToIndexClipped(Thread& thread, Value v) {
  if (v.IsSmallInt()) return v.AsSmallInt();
  GILA_TRY(const Value index, Index(thread, v));
  int64_t number;
  if (!TryInt64(index, &number)) return IntSign(index) < 0 ? INT64_MIN : INT64_MAX;
  return number;
}

Result<int64_t> ToSubscript(Thread& thread, Value v) {
  if (v.IsSmallInt()) return v.AsSmallInt();
  GILA_TRY(const Value index, Index(thread, v));
  int64_t number;
  if (!TryInt64(index, &number)) return RaiseNotIndexSized(thread, TypeId::kIndexError, v);
  return number;
}

Result<int64_t> ToRepeatCount(Thread& thread, Value v) {
  if (v.IsSmallInt()) return v.AsSmallInt();
  GILA_TRY(const Value index, Index(thread, v));
  int64_t number;
  if (!TryInt64(index, &number)) return RaiseNotIndexSized(thread, TypeId::kOverflowError, v);
  return number;
}

Result<double> ToDouble(Thread& thread, Value v) {
  if (v.IsDouble()) return v.AsDouble();
  if (v.IsSmallInt()) return static_cast<double>(v.AsSmallInt());
  if (IsFloat(v)) return FloatValue(v);
  const Value method = LookupSpecial(thread, TypeOf(v), Special::kFloat);
  if (!method.IsUnbound()) {
    GILA_TRY(const Value result, CallUnbound1(thread, method, v));
    if (result.IsDouble() || IsExactly(result, TypeId::kFloat)) return FloatValue(result);
    if (IsFloat(result)) {
      GILA_TRY_VOID(WarnOfSubclass(thread, TypeNameText(v) + ".__float__", result, "float"));
      return FloatValue(result);
    }
    return thread.Raise(TypeId::kTypeError,
                        absl::StrCat(TypeNameText(v), ".__float__ returned non-float (type ",
                                     TypeNameText(result), ")"));
  }
  if (LookupSpecial(thread, TypeOf(v), Special::kIndex).IsUnbound()) {
    return thread.Raise(TypeId::kTypeError,
                        absl::StrCat("must be real number, not ", TypeNameText(v)));
  }
  GILA_TRY(const Value index, Index(thread, v));
  return IntToDouble(thread, index);
}

Result<Str*> ToStrArgument(Thread& thread, Value v, const char* what) {
  if (IsStr(v)) return v.As<Str>();
  return thread.Raise(TypeId::kTypeError,
                      absl::StrCat(what, " must be str, not ", ArgumentKind(v)));
}

}  // namespace gila
