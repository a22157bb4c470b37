// text.cc: repr(), str(), ascii() and format() of any value, and the memory of what repr is busy
// with. Exact built-in scalars take a short way; everything else is its special method.
#include <absl/strings/str_cat.h>

#include <charconv>
#include <string>
#include <vector>

#include "runtime/protocols.h"
#include "runtime/protocols/warn.h"
#include "runtime/text/float_text.h"
#include "runtime/text/format_spec.h"
#include "runtime/text/repr.h"
#include "runtime/text/unicode.h"
#include "runtime/type.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

Result<Str*> SmallIntText(Thread& thread, int64_t i) {
  if (i >= 0 && i < 10) return latin1_strings['0' + i].As<Str>();
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof(buffer), i);
  const auto length = static_cast<int64_t>(end.ptr - buffer);
  GILA_TRY(Str* const s, NewStrUninitialized(thread, length, 0, true));
  std::memcpy(s->data, buffer, static_cast<size_t>(length));
  return s;
}

// The text of what needs no look-up; null with nothing raised for everything else.
Str* ImmediateText(Thread& thread, Value v) {
  if (v.IsSmallInt()) return SmallIntText(thread, v.AsSmallInt()).value();
  if (v.IsDouble()) {
    char text[kFloatReprMax];
    return NewStrLatin1(thread, {text, WriteFloatRepr(v.AsDouble(), text)}).value();
  }
  if (v.IsNone()) return NameOf(Name::kNoneText).As<Str>();
  if (v.IsBool()) return NameOf(v.IsTrue() ? Name::kTrueText : Name::kFalseText).As<Str>();
  return nullptr;
}

Result<Str*> CallText(Thread& thread, Value v, Special special, const char* returned) {
  GILA_TRY(const Value text, CallSpecial(thread, v, special));
  if (GILA_LIKELY(IsStr(text))) return text.As<Str>();
  if (text.IsUnbound()) {
    const std::string_view name = TypeNameOf(v);
    return thread.RaiseTypeError("'%.*s' object has no text form", static_cast<int>(name.size()),
                                 name.data());
  }
  const std::string_view name = TypeNameOf(text);
  return thread.RaiseTypeError("%s returned non-string (type %.*s)", returned,
                               static_cast<int>(name.size()), name.data());
}

}  // namespace

Result<Str*> Repr(Thread& thread, Value v) {
  if (!v.IsPointer()) {
    if (Str* const text = ImmediateText(thread, v)) return text;
    if (thread.HasException()) return kFailed;
  } else if (v.AsObject()->IsExactly(TypeId::kStr)) {
    return StrRepr(thread, v.As<Str>());
  }
  RecursionScope scope(thread, " while getting the repr of an object");
  GILA_TRY_VOID(scope.status());
  return CallText(thread, v, Special::kRepr, "__repr__");
}

Result<Str*> ToStr(Thread& thread, Value v) {
  if (!v.IsPointer()) {
    if (Str* const text = ImmediateText(thread, v)) return text;
    if (thread.HasException()) return kFailed;
  } else if (v.AsObject()->IsExactly(TypeId::kStr)) {
    return v.As<Str>();
  }
  if (bytes_warning_level > 0 && (IsExactly(v, TypeId::kBytes) || IsExactly(v, TypeId::kByteArray)))
    GILA_TRY_VOID(WarnAbout(thread, TypeId::kBytesWarning,
                            absl::StrCat("str() on a ", std::string(TypeNameOf(v)), " instance")));
  RecursionScope scope(thread, " while getting the str of an object");
  GILA_TRY_VOID(scope.status());
  return CallText(thread, v, Special::kStr, "__str__");
}

Result<Str*> Ascii(Thread& thread, Value v) {
  GILA_TRY(Str* const text, Repr(thread, v));
  if (text->IsAscii()) return text;
  StrBuilder out(thread);
  for (int64_t i = 0; i < text->length; ++i) {
    const uint32_t c = text->At(i);
    if (c < 128) {
      out.Append(c);
    } else {
      AppendEscape(out, c);
    }
  }
  return out.Finish();
}

Result<Value> Format(Thread& thread, Value v, Value spec) {
  if (spec.As<Str>()->length == 0) {
    if (v.IsSmallInt() || v.IsDouble() || IsExactly(v, TypeId::kStr)) return ToStr(thread, v);
  } else if (v.IsSmallInt()) {
    return FormatInt(thread, v, spec.As<Str>());
  } else if (v.IsDouble()) {
    return FormatFloat(thread, v.AsDouble(), v, spec.As<Str>());
  } else if (IsExactly(v, TypeId::kStr)) {
    return FormatStr(thread, v.As<Str>(), spec.As<Str>());
  }
  GILA_TRY(const Value text, CallSpecial(thread, v, Special::kFormat, std::span(&spec, 1)));
  if (GILA_LIKELY(IsStr(text))) return text;
  if (text.IsUnbound()) {
    const std::string_view name = TypeNameOf(v);
    return thread.RaiseTypeError("Type %.*s doesn't define __format__",
                                 static_cast<int>(name.size()), name.data());
  }
  const std::string_view name = TypeNameOf(text);
  return thread.RaiseTypeError("__format__ must return a str, not %.*s",
                               static_cast<int>(name.size()), name.data());
}

namespace {

// The values themselves are held by whoever called repr.
thread_local std::vector<Value> being_shown;

}  // namespace

bool ReprEnter(Thread&, Value v) {
  for (const Value other : being_shown) {
    if (other == v) return true;
  }
  being_shown.push_back(v);
  return false;
}

void ReprLeave(Thread&, Value v) {
  for (size_t i = being_shown.size(); i-- > 0;) {
    if (being_shown[i] == v) {
      being_shown.erase(being_shown.begin() + static_cast<std::ptrdiff_t>(i));
      return;
    }
  }
}

}  // namespace gila
