// datetime_delta.cc: datetime.timedelta: a number of microseconds, kept as days, seconds and
// microseconds. Sums and products are exact; what does not divide is rounded to the nearest, ties
// to even.
#include <cmath>
#include <cstdio>

#include "runtime/protocols.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/int_internal.h"
#include "runtime/types/sequence.h"
#include "stdlib/datetime_internal.h"

namespace gila {

namespace {

Delta* Self(Args args) { return args[0].As<Delta>(); }

constexpr int64_t kMaxDays = 999999999;

Result<Value> DeltaOfType(Thread& thread, Type* type, __int128 total) {
  __int128 days;
  int64_t rest;
  if (const auto small = static_cast<int64_t>(total); small == total) {
    // Two words are divided by a function, one is not.
    days = small / kDayMicros;
    rest = small % kDayMicros;
  } else {
    days = total / kDayMicros;
    rest = static_cast<int64_t>(total % kDayMicros);
  }
  if (rest < 0) {
    rest += kDayMicros;
    --days;
  }
  if (days > INT32_MAX || days < INT32_MIN)
    return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C int");
  if (days > kMaxDays || days < -kMaxDays)
    return thread.RaiseFormat(TypeId::kOverflowError, "days=%d; must have magnitude <= 999999999",
                              static_cast<int>(days));
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  auto* const self = static_cast<Delta*>(object);
  self->days = static_cast<int32_t>(days);
  self->seconds = static_cast<int32_t>(rest / kMicros);
  self->microseconds = static_cast<int32_t>(rest % kMicros);
  return self;
}

// The value of an integer of at most `bits` bits (under 128).
bool TryInt128(const mpz_t z, size_t bits, __int128* value) {
  if (mpz_sizeinbase(z, 2) > bits) return false;
  ScopedMpz high;
  mpz_tdiv_q_2exp(high.z, z, 64);
  const auto magnitude = static_cast<__int128>(
      static_cast<unsigned __int128>(mpz_get_ui(high.z)) << 64 | mpz_get_ui(z));
  *value = mpz_sgn(z) < 0 ? -magnitude : magnitude;
  return true;
}

// Parts are taken up to this many bits, so that the sum of all of them, in microseconds, is exact;
// beyond it nothing in range can come of them, even with other parts of the opposite sign.
constexpr int kPartBits = 80;

// Adds value * unit; the part below a microsecond goes to *leftover.
Status Accumulate(Thread& thread, Value v, const char* name, int64_t unit, __int128* total,
                  double* leftover) {
  if (v.IsUnbound()) return kOk;
  if (IsInt(v)) {
    const MpzView given(PlainInt(v));
    __int128 number;
    if (!TryInt128(given.z, kPartBits, &number))
      return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C int");
    *total += number * unit;
    return kOk;
  }
  if (!IsFloat(v)) {
    const std::string type(TypeNameOf(v));
    return thread.RaiseTypeError("unsupported type for timedelta %s component: %s", name,
                                 type.c_str());
  }
  const double number = FloatValue(v);
  if (std::isnan(number)) return thread.RaiseValueError("cannot convert float NaN to integer");
  if (std::isinf(number))
    return thread.Raise(TypeId::kOverflowError, "cannot convert float infinity to integer");
  double whole;
  double fraction = std::modf(number, &whole);
  if (std::fabs(whole) > std::ldexp(1.0, kPartBits))
    return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C int");
  *total += static_cast<__int128>(whole) * unit;
  if (fraction == 0) return kOk;
  fraction = std::modf(fraction * static_cast<double>(unit), &whole);
  *total += static_cast<__int128>(whole);
  *leftover += fraction;
  return kOk;
}

Result<Value> DeltaNew(Thread& thread, Args args) {
  static constexpr struct {
    const char* name;
    int64_t unit;
  } kParts[] = {{"days", kDayMicros},     {"seconds", kMicros},      {"microseconds", 1},
                {"milliseconds", 1000},   {"minutes", 60 * kMicros}, {"hours", 3600 * kMicros},
                {"weeks", 7 * kDayMicros}};
  __int128 total = 0;
  double leftover = 0;
  for (size_t i = 0; i < 7; ++i)
    GILA_TRY_VOID(
        Accumulate(thread, args[1 + i], kParts[i].name, kParts[i].unit, &total, &leftover));
  if (leftover != 0) {
    double whole = std::round(leftover);
    if (std::fabs(whole - leftover) == 0.5) {
      const double odd = total % 2 != 0 ? 1 : 0;
      whole = 2.0 * std::round((leftover + odd) * 0.5) - odd;
    }
    total += static_cast<__int128>(whole);
  }
  return DeltaOfType(thread, args[0].As<Type>(), total);
}

// --- arithmetic ---

template <int sign>
Result<Value> Sum(Thread& thread, Args args) {
  if (!IsDelta(args[0]) || !IsDelta(args[1])) return kNotImplemented;
  return NewDelta(thread, Self(args)->Total() + sign * args[1].As<Delta>()->Total());
}
Result<Value> ReverseDifference(Thread& thread, Args args) {
  if (!IsDelta(args[1])) return kNotImplemented;
  return NewDelta(thread, args[1].As<Delta>()->Total() - Self(args)->Total());
}
Result<Value> Negative(Thread& thread, Args args) { return NewDelta(thread, -Self(args)->Total()); }
Result<Value> Positive(Thread& thread, Args args) { return NewDelta(thread, Self(args)->Total()); }
Result<Value> Absolute(Thread& thread, Args args) {
  const __int128 total = Self(args)->Total();
  return NewDelta(thread, total < 0 ? -total : total);
}

void SetInt128(mpz_t z, __int128 i) {
  const bool negative = i < 0;
  const auto magnitude = static_cast<unsigned __int128>(negative ? -i : i);
  mpz_set_ui(z, static_cast<uint64_t>(magnitude >> 64));
  mpz_mul_2exp(z, z, 64);
  mpz_add_ui(z, z, static_cast<uint64_t>(magnitude));
  if (negative) mpz_neg(z, z);
}

Result<Value> FromMpz(Thread& thread, const mpz_t z) {
  __int128 total;
  if (!TryInt128(z, 100, &total))
    return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C int");
  return NewDelta(thread, total);
}

// The nearest integer to a / b, ties to even.
void DivideNearest(mpz_t quotient, const mpz_t a, const mpz_t b) {
  ScopedMpz rest, twice;
  mpz_fdiv_qr(quotient, rest.z, a, b);
  mpz_mul_2exp(twice.z, rest.z, 1);
  const int order = mpz_cmpabs(twice.z, b);
  if (order > 0 || (order == 0 && mpz_odd_p(quotient))) mpz_add_ui(quotient, quotient, 1);
}

// A finite double as a quotient of integers.
Status Ratio(Thread& thread, double d, mpz_t numerator, mpz_t denominator) {
  if (std::isnan(d)) return thread.RaiseValueError("cannot convert NaN to integer ratio");
  if (std::isinf(d))
    return thread.Raise(TypeId::kOverflowError, "cannot convert Infinity to integer ratio");
  int exponent;
  const double mantissa = std::frexp(d, &exponent);
  mpz_set_d(numerator, std::ldexp(mantissa, 53));
  exponent -= 53;
  mpz_set_ui(denominator, 1);
  if (exponent > 0) mpz_mul_2exp(numerator, numerator, static_cast<mp_bitcnt_t>(exponent));
  if (exponent < 0) mpz_mul_2exp(denominator, denominator, static_cast<mp_bitcnt_t>(-exponent));
  return kOk;
}

Result<Value> Multiply(Thread& thread, Args args) {
  ScopedMpz total;
  SetInt128(total.z, Self(args)->Total());
  if (IsInt(args[1])) {
    const MpzView factor(PlainInt(args[1]));
    mpz_mul(total.z, total.z, factor.z);
    return FromMpz(thread, total.z);
  }
  if (!IsFloat(args[1])) return kNotImplemented;
  ScopedMpz numerator, denominator, quotient;
  GILA_TRY_VOID(Ratio(thread, FloatValue(args[1]), numerator.z, denominator.z));
  mpz_mul(total.z, total.z, numerator.z);
  DivideNearest(quotient.z, total.z, denominator.z);
  return FromMpz(thread, quotient.z);
}

Failed RaiseZeroDivision(Thread& thread) {
  return thread.Raise(TypeId::kZeroDivisionError, "integer division or modulo by zero");
}

Result<Value> TrueDivide(Thread& thread, Args args) {
  ScopedMpz total, quotient;
  SetInt128(total.z, Self(args)->Total());
  if (IsDelta(args[1])) {
    ScopedMpz other;
    SetInt128(other.z, args[1].As<Delta>()->Total());
    GILA_TRY(const Value a, NewIntFromMpz(thread, total.z));
    GILA_TRY(const Value b, NewIntFromMpz(thread, other.z));
    return IntTrueDivide(thread, a, b);
  }
  if (IsInt(args[1])) {
    if (IntSign(args[1]) == 0) return RaiseZeroDivision(thread);
    const MpzView divisor(PlainInt(args[1]));
    DivideNearest(quotient.z, total.z, divisor.z);
    return FromMpz(thread, quotient.z);
  }
  if (!IsFloat(args[1])) return kNotImplemented;
  ScopedMpz numerator, denominator;
  GILA_TRY_VOID(Ratio(thread, FloatValue(args[1]), numerator.z, denominator.z));
  if (mpz_sgn(numerator.z) == 0) return RaiseZeroDivision(thread);
  mpz_mul(total.z, total.z, denominator.z);
  DivideNearest(quotient.z, total.z, numerator.z);
  return FromMpz(thread, quotient.z);
}

Result<Value> FloorDivide(Thread& thread, Args args) {
  ScopedMpz a, b, quotient;
  SetInt128(a.z, Self(args)->Total());
  if (IsDelta(args[1])) {
    SetInt128(b.z, args[1].As<Delta>()->Total());
  } else if (IsInt(args[1])) {
    const MpzView divisor(PlainInt(args[1]));
    mpz_set(b.z, divisor.z);
  } else {
    return kNotImplemented;
  }
  if (mpz_sgn(b.z) == 0) return RaiseZeroDivision(thread);
  mpz_fdiv_q(quotient.z, a.z, b.z);
  if (IsDelta(args[1])) return NewIntFromMpz(thread, quotient.z);
  return FromMpz(thread, quotient.z);
}

Result<Value> Modulo(Thread& thread, Args args) {
  if (!IsDelta(args[1])) return kNotImplemented;
  const __int128 a = Self(args)->Total(), b = args[1].As<Delta>()->Total();
  if (b == 0) return RaiseZeroDivision(thread);
  __int128 rest = a % b;
  if (rest != 0 && (rest < 0) != (b < 0)) rest += b;
  return NewDelta(thread, rest);
}

Result<Value> DivMod(Thread& thread, Args args) {
  if (!IsDelta(args[1])) return kNotImplemented;
  GILA_TRY(const Value quotient, FloorDivide(thread, args));
  GILA_TRY(const Value rest, Modulo(thread, args));
  const Value both[] = {quotient, rest};
  return NewTuple(thread, both);
}

template <CompareOp op>
Result<Value> DeltaCompare(Thread&, Args args) {
  if (!IsDelta(args[1])) return kNotImplemented;
  const __int128 a = Self(args)->Total(), b = args[1].As<Delta>()->Total();
  switch (op) {
    case CompareOp::kLt:
      return Value::Bool(a < b);
    case CompareOp::kLe:
      return Value::Bool(a <= b);
    case CompareOp::kEq:
      return Value::Bool(a == b);
    case CompareOp::kNe:
      return Value::Bool(a != b);
    case CompareOp::kGt:
      return Value::Bool(a > b);
    default:
      return Value::Bool(a >= b);
  }
}

Result<Tuple*> State(Thread& thread, const Delta* self) {
  const Value parts[] = {Value::SmallInt(self->days), Value::SmallInt(self->seconds),
                         Value::SmallInt(self->microseconds)};
  return NewTuple(thread, parts);
}

Result<Value> DeltaHash(Thread& thread, Args args) {
  GILA_TRY(Tuple* const state, State(thread, Self(args)));
  GILA_TRY(const int64_t hash, TupleHash(thread, state));
  return NewInt(thread, hash);
}
Result<Value> DeltaReduce(Thread& thread, Args args) {
  GILA_TRY(Tuple* const state, State(thread, Self(args)));
  const Value parts[] = {TypeOf(args[0]), state};
  return NewTuple(thread, parts);
}
Result<Value> DeltaBool(Thread&, Args args) { return Value::Bool(Self(args)->Total() != 0); }

Result<Value> TotalSeconds(Thread& thread, Args args) {
  ScopedMpz total;
  SetInt128(total.z, Self(args)->Total());
  GILA_TRY(const Value micros, NewIntFromMpz(thread, total.z));
  return IntTrueDivide(thread, micros, Value::SmallInt(kMicros));
}

Result<Value> DeltaRepr(Thread& thread, Args args) {
  const Delta* const self = Self(args);
  std::string inside;
  const auto add = [&](const char* name, int value) {
    if (value == 0) return;
    if (!inside.empty()) inside += ", ";
    inside += std::string(name) + "=" + std::to_string(value);
  };
  add("days", self->days);
  add("seconds", self->seconds);
  add("microseconds", self->microseconds);
  if (inside.empty()) inside = "0";
  GILA_TRY(const Value module, GetAttr(thread, TypeOf(args[0]), NameOf(gila::Name::kModule_)));
  std::string text;
  if (IsStr(module) && !TypeOf(args[0])->Has(kHeapType)) text = ToUtf8(module) + ".";
  text += TypeName(TypeOf(args[0]));
  return NewStr(thread, text + "(" + inside + ")");
}

Result<Value> DeltaStr(Thread& thread, Args args) {
  const Delta* const self = Self(args);
  char text[80];
  int size = 0;
  if (self->days != 0)
    size = std::snprintf(text, sizeof text, "%d day%s, ", self->days,
                         self->days == 1 || self->days == -1 ? "" : "s");
  std::string out(text, static_cast<size_t>(size));
  size = std::snprintf(text, sizeof text, "%d:%02d:%02d", self->seconds / 3600,
                       self->seconds / 60 % 60, self->seconds % 60);
  out.append(text, static_cast<size_t>(size));
  if (self->microseconds != 0) {
    size = std::snprintf(text, sizeof text, ".%06d", self->microseconds);
    out.append(text, static_cast<size_t>(size));
  }
  return NewStr(thread, out);
}

constexpr NativeDef kMethods[] = {
    {"__add__", Sum<1>, "(self, value, /)", "Return self+value."},
    {"__radd__", Sum<1>, "(self, value, /)", "Return value+self."},
    {"__sub__", Sum<-1>, "(self, value, /)", "Return self-value."},
    {"__rsub__", ReverseDifference, "(self, value, /)", "Return value-self."},
    {"__mul__", Multiply, "(self, value, /)", "Return self*value."},
    {"__rmul__", Multiply, "(self, value, /)", "Return value*self."},
    {"__truediv__", TrueDivide, "(self, value, /)", "Return self/value."},
    {"__floordiv__", FloorDivide, "(self, value, /)", "Return self//value."},
    {"__mod__", Modulo, "(self, value, /)", "Return self%value."},
    {"__divmod__", DivMod, "(self, value, /)", "Return divmod(self, value)."},
    {"__neg__", Negative, "(self, /)", "-self"},
    {"__pos__", Positive, "(self, /)", "+self"},
    {"__abs__", Absolute, "(self, /)", "abs(self)"},
    {"__bool__", DeltaBool, "(self, /)", "True if self else False"},
    {"__lt__", DeltaCompare<CompareOp::kLt>, "(self, value, /)", "Return self<value."},
    {"__le__", DeltaCompare<CompareOp::kLe>, "(self, value, /)", "Return self<=value."},
    {"__eq__", DeltaCompare<CompareOp::kEq>, "(self, value, /)", "Return self==value."},
    {"__ne__", DeltaCompare<CompareOp::kNe>, "(self, value, /)", "Return self!=value."},
    {"__gt__", DeltaCompare<CompareOp::kGt>, "(self, value, /)", "Return self>value."},
    {"__ge__", DeltaCompare<CompareOp::kGe>, "(self, value, /)", "Return self>=value."},
    {"__hash__", DeltaHash, "(self, /)", "Return hash(self)."},
    {"__repr__", DeltaRepr, "(self, /)", "Return repr(self)."},
    {"__str__", DeltaStr, "(self, /)", "Return str(self)."},
    {"__reduce__", DeltaReduce, "(self, /)", "__reduce__() -> (cls, state)"},
    {"total_seconds", TotalSeconds, "(self, /)", "Total seconds in the duration."},
    {nullptr, nullptr, nullptr, nullptr}};

Result<Value> GetDays(Thread&, Value self) { return Value::SmallInt(self.As<Delta>()->days); }
Result<Value> GetSeconds(Thread&, Value self) { return Value::SmallInt(self.As<Delta>()->seconds); }
Result<Value> GetMicros(Thread&, Value self) {
  return Value::SmallInt(self.As<Delta>()->microseconds);
}
constexpr GetSetDef kGetSets[] = {
    {"days", GetDays, ReadonlyMember, "Number of days."},
    {"seconds", GetSeconds, ReadonlyMember, "Number of seconds (>= 0 and less than 1 day)."},
    {"microseconds", GetMicros, ReadonlyMember,
     "Number of microseconds (>= 0 and less than 1 second)."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr KindInfo kKind = {"timedelta", nullptr, nullptr};
constexpr TypeSpec kSpec = {
    .doc = "Difference between two datetime values.",
    .new_function = DeltaNew,
    .new_signature =
        "(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)",
    .methods = kMethods,
    .getsets = kGetSets,
    .native_size = sizeof(Delta),
    .kind_info = &kKind};

}  // namespace

Result<Value> NewDelta(Thread& thread, __int128 microseconds) {
  return DeltaOfType(thread, delta_type, microseconds);
}

Status AddDeltaType(Thread& thread, Module* module) {
  delta_kind = RegisterKind(kKind);
  GILA_TRY(delta_type, AddType(thread, module, kSpec, "datetime.timedelta", delta_kind,
                               sizeof(Delta), kBasetype));
  const auto set = [&](const char* name, __int128 total) -> Status {
    GILA_TRY(const Value value, NewDelta(thread, total));
    return SetTypeAttribute(thread, delta_type, Intern(thread, name), value);
  };
  GILA_TRY_VOID(set("min", -static_cast<__int128>(kMaxDays) * kDayMicros));
  GILA_TRY_VOID(set("max", (static_cast<__int128>(kMaxDays) + 1) * kDayMicros - 1));
  return set("resolution", 1);
}

}  // namespace gila
