// decimal_type.cc: the type Decimal: making one, the operators, comparing with the other numbers,
// hash and text. The named methods are in decimal_methods.cc.
#include "runtime/protocols.h"
#include "runtime/types/float.h"
#include "runtime/types/int_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/decimal_internal.h"
#include "stdlib/decimal_short.h"

namespace gila {

using namespace decimal;  // NOLINT: the operations

Type* decimal_type = nullptr;
uint8_t decimal_kind = 0;
Value rational_class;

namespace {

Result<Value> DecimalNew(Thread& thread, Args args) {
  Type* const type = args[0].As<Type>();
  const Value value = args.Or(1, Value::SmallInt(0));
  DecimalContext* context = nullptr;
  if (!args.Or(2, kNone).IsNone() && !IsDecimalContext(args[2]))
    return thread.RaiseTypeError("optional argument must be a context");
  // The common ones need no context.
  if (value.IsSmallInt()) return NewDecimalOfType(thread, type, NumberOfInt(value));
  if (IsDecimal(value)) {
    if (type == decimal_type && TypeOf(value) == decimal_type) return value;
    return NewDecimalOfType(thread, type, NumberOf(value));
  }
  GILA_TRY(context, ContextArgument(thread, args, 2));
  GILA_TRY(const Number number, ReadValue(thread, value, context, true));
  return NewDecimalOfType(thread, type, number);
}

// --- operators ---

template <UnaryFn Operation>
Result<Value> OfOne(Thread& thread, Args args) {
  GILA_TRY(DecimalContext* const context, CurrentDecimalContext(thread));
  uint32_t conditions = 0;
  const Number result = Operation(NumberOf(args[0]), context->Load(), &conditions);
  if (conditions != 0) GILA_TRY_VOID(Report(thread, context, conditions));
  return NewDecimal(thread, result);
}

Result<Value> NewShortDecimal(Thread& thread, const Short& number) {
  GILA_TRY(Object* const object, AllocateInstance(thread, decimal_type));
  auto* const self = static_cast<DecimalObject*>(object);
  self->flags = number.negative ? 1 : 0;
  self->exponent = number.exponent;
  self->low = static_cast<uint64_t>(number.digits);
  self->high = static_cast<uint64_t>(number.digits >> 64);
  return object;
}

template <BinaryFn Operation, bool reflected>
Result<Value> OfTwo(Thread& thread, Args args) {
  Short x, y, z;
  if constexpr (Operation == Add || Operation == Subtract || Operation == Multiply) {
    if (ReadShort(args[reflected ? 1 : 0], &x) && ReadShort(args[reflected ? 0 : 1], &y) &&
        OfShort<Operation>(x, y, &z)) {
      GILA_TRY(DecimalContext* const context, CurrentDecimalContext(thread));
      if (FitsAsItIs(z, context)) return NewShortDecimal(thread, z);
    }
  }
  Number a, b;
  if (!ReadOperand(args[reflected ? 1 : 0], &a) || !ReadOperand(args[reflected ? 0 : 1], &b))
    return kNotImplemented;
  GILA_TRY(DecimalContext* const context, CurrentDecimalContext(thread));
  uint32_t conditions = 0;
  const Number result = Operation(a, b, context->Load(), &conditions);
  if (conditions != 0) GILA_TRY_VOID(Report(thread, context, conditions));
  return NewDecimal(thread, result);
}

template <bool reflected>
Result<Value> DecimalDivMod(Thread& thread, Args args) {
  Number a, b, quotient, rest;
  if (!ReadOperand(args[reflected ? 1 : 0], &a) || !ReadOperand(args[reflected ? 0 : 1], &b))
    return kNotImplemented;
  GILA_TRY(DecimalContext* const context, CurrentDecimalContext(thread));
  uint32_t conditions = 0;
  DivMod(a, b, context->Load(), &quotient, &rest, &conditions);
  GILA_TRY_VOID(Report(thread, context, conditions));
  GILA_TRY(const Value first, NewDecimal(thread, quotient));
  GILA_TRY(const Value second, NewDecimal(thread, rest));
  return NewPair(thread, first, second);
}

template <bool reflected>
Result<Value> DecimalPower(Thread& thread, Args args) {
  Number a, b, modulus;
  if (!ReadOperand(args[reflected ? 1 : 0], &a) || !ReadOperand(args[reflected ? 0 : 1], &b))
    return kNotImplemented;
  const bool modular = !args.Or(2, kNone).IsNone();
  if (modular && !ReadOperand(args[2], &modulus)) return kNotImplemented;
  GILA_TRY(DecimalContext* const context, CurrentDecimalContext(thread));
  uint32_t conditions = 0;
  const Settings s = context->Load();
  const Number result =
      modular ? PowerModulo(a, b, modulus, s, &conditions) : Power(a, b, s, &conditions);
  GILA_TRY_VOID(Report(thread, context, conditions));
  return NewDecimal(thread, result);
}

Result<Value> DecimalBool(Thread&, Args args) { return Value::Bool(!NumberOf(args[0]).IsZero()); }

// --- comparing ---

// self * denominator and the numerator of a fraction, so that they compare as self and the fraction
// do.
Status ReadRational(Thread& thread, Value fraction, Number* self, Number* other) {
  GILA_TRY(const Value denominator, GetAttr(thread, fraction, Intern(thread, "denominator")));
  GILA_TRY(const Value numerator, GetAttr(thread, fraction, Intern(thread, "numerator")));
  if (!IsInt(denominator) || !IsInt(numerator))
    return thread.RaiseTypeError("numerator and denominator must be ints");
  uint32_t conditions = 0;
  // Copies: the ints may go.
  if (self->IsFinite()) *self = Multiply(*self, NumberOfInt(denominator), kExact, &conditions);
  *other = NumberOfInt(numerator);
  other->coefficient = Coefficient(other->coefficient);
  if (conditions & kOutOfMemory) return thread.RaiseMemoryError();
  return kOk;
}

// The other side of a comparison. *known: false when it is none of ours.
Status ReadCompared(Thread& thread, Value v, bool equality, Number* self, Number* other,
                    bool* known) {
  *known = true;
  if (ReadOperand(v, other)) return kOk;
  Value number = v;
  if (equality && IsComplex(v) && ComplexValue(v).imag == 0) {
    GILA_TRY(number, NewFloat(thread, ComplexValue(v).real));
  }
  if (IsFloat(number)) {
    GILA_TRY(DecimalContext* const context, CurrentDecimalContext(thread));
    if (equality) {
      context->flags_word.FetchOr(kFloatOperation);
    } else {
      GILA_TRY_VOID(Report(thread, context, kFloatOperation));
    }
    *other = NumberOfDouble(FloatValue(number));
    return kOk;
  }
  if (!v.IsPointer()) {
    *known = false;
    return kOk;
  }
  GILA_TRY(*known, IsInstance(thread, v, rational_class));
  return *known ? ReadRational(thread, v, self, other) : kOk;
}

// `a op b` of numbers whose order is known.
template <CompareOp op>
Value OfOrder(int order) {
  switch (op) {
    case CompareOp::kLt:
      return Value::Bool(order < 0);
    case CompareOp::kLe:
      return Value::Bool(order <= 0);
    case CompareOp::kEq:
      return Value::Bool(order == 0);
    case CompareOp::kNe:
      return Value::Bool(order != 0);
    case CompareOp::kGt:
      return Value::Bool(order > 0);
    default:
      return Value::Bool(order >= 0);
  }
}

template <CompareOp op>
Result<Value> DecimalCompare(Thread& thread, Args args) {
  constexpr bool kEquality = op == CompareOp::kEq || op == CompareOp::kNe;
  Short x, y;
  if (int order; ReadShort(args[0], &x) && ReadShort(args[1], &y) && ShortOrder(x, y, &order))
    return OfOrder<op>(order);
  Number a = NumberOf(args[0]), b;
  bool known;
  GILA_TRY_VOID(ReadCompared(thread, args[1], kEquality, &a, &b, &known));
  if (!known) return kNotImplemented;
  if (a.IsNan() || b.IsNan()) {
    if (!kEquality || a.IsSignaling() || b.IsSignaling()) {
      GILA_TRY(DecimalContext* const context, CurrentDecimalContext(thread));
      GILA_TRY_VOID(Report(thread, context, kInvalidOperation));
    }
    return Value::Bool(op == CompareOp::kNe);
  }
  return OfOrder<op>(Order(a, b));
}

Result<Value> DecimalHash(Thread& thread, Args args) {
  auto* const self = args[0].As<DecimalObject>();
  const int64_t remembered = self->hash.LoadRelaxed();
  if (remembered != 0) return NewInt(thread, remembered);
  const Number number = NumberOf(self);
  if (number.IsSignaling()) return thread.RaiseTypeError("Cannot hash a signaling NaN value");
  // No two NaNs are equal: each has the hash of its identity.
  if (number.IsNan())
    return NewInt(thread, static_cast<int64_t>(reinterpret_cast<uintptr_t>(self) >> 4));
  const int64_t hash = HashOf(number);
  self->hash.StoreRelaxed(hash);
  return NewInt(thread, hash);
}

// --- text ---

Result<Value> DecimalStr(Thread& thread, Args args) {
  GILA_TRY(const DecimalContext* const context, CurrentDecimalContext(thread));
  return NewStrLatin1(thread, ToText(NumberOf(args[0]), false, context->Load().capitals));
}
Result<Value> DecimalRepr(Thread& thread, Args args) {
  GILA_TRY(const DecimalContext* const context, CurrentDecimalContext(thread));
  return NewStrLatin1(
      thread, "Decimal('" + ToText(NumberOf(args[0]), false, context->Load().capitals) + "')");
}

Result<Value> GetReal(Thread&, Value self) { return self; }
Result<Value> GetImag(Thread& thread, Value) { return NewDecimal(thread, Number()); }

#define BINARY(name, function)                                             \
  {"__" name "__", OfTwo<function, false>, "(self, value, /)", nullptr}, { \
    "__r" name "__", OfTwo<function, true>, "(self, value, /)", nullptr    \
  }

constexpr NativeDef kOperators[] = {
    BINARY("add", Add),
    BINARY("sub", Subtract),
    BINARY("mul", Multiply),
    BINARY("truediv", Divide),
    BINARY("floordiv", DivideInt),
    BINARY("mod", Remainder),
    {"__divmod__", DecimalDivMod<false>, "(self, value, /)", "Return divmod(self, value)."},
    {"__rdivmod__", DecimalDivMod<true>, "(self, value, /)", "Return divmod(value, self)."},
    {"__pow__", DecimalPower<false>, "(self, value, mod=None, /)", "Return pow(self, value, mod)."},
    {"__rpow__", DecimalPower<true>, "(self, value, mod=None, /)", "Return pow(value, self, mod)."},
    {"__neg__", OfOne<Minus>, "(self, /)", "-self"},
    {"__pos__", OfOne<Plus>, "(self, /)", "+self"},
    {"__abs__", OfOne<Absolute>, "(self, /)", "abs(self)"},
    {"__bool__", DecimalBool, "(self, /)", "True if self else False"},
    {"__lt__", DecimalCompare<CompareOp::kLt>, "(self, value, /)", "Return self<value."},
    {"__le__", DecimalCompare<CompareOp::kLe>, "(self, value, /)", "Return self<=value."},
    {"__eq__", DecimalCompare<CompareOp::kEq>, "(self, value, /)", "Return self==value."},
    {"__ne__", DecimalCompare<CompareOp::kNe>, "(self, value, /)", "Return self!=value."},
    {"__gt__", DecimalCompare<CompareOp::kGt>, "(self, value, /)", "Return self>value."},
    {"__ge__", DecimalCompare<CompareOp::kGe>, "(self, value, /)", "Return self>=value."},
    {"__hash__", DecimalHash, "(self, /)", "Return hash(self)."},
    {"__str__", DecimalStr, "(self, /)", "Return str(self)."},
    {"__repr__", DecimalRepr, "(self, /)", "Return repr(self)."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr GetSetDef kFields[] = {{"real", GetReal, nullptr, nullptr},
                                 {"imag", GetImag, nullptr, nullptr},
                                 {nullptr, nullptr, nullptr, nullptr}};
void TraceDecimal(Object* object, Marker& marker) {
  marker.Visit(static_cast<DecimalObject*>(object)->big);
}
constexpr KindInfo kKind = {"decimal.Decimal", TraceDecimal, nullptr};
constexpr TypeSpec kSpec = {
    .doc = "A decimal number: digits, an exponent and a sign; or an infinity or NaN.",
    .new_function = DecimalNew,
    .new_signature = "(cls, value='0', context=None)",
    .methods = kOperators,
    .getsets = kFields,
    .native_size = sizeof(DecimalObject),
    .kind_info = &kKind};

}  // namespace

Status AddDecimalType(Thread& thread, Module* module) {
  decimal_kind = RegisterKind(kKind);
  GILA_TRY(decimal_type, AddType(thread, module, kSpec, "decimal.Decimal", decimal_kind,
                                 sizeof(DecimalObject), kBasetype));
  heap::AddRoot(reinterpret_cast<Object**>(&decimal_type));
  for (const NativeDef* method = kDecimalMethods; method->name != nullptr; ++method) {
    GILA_TRY(const Value descriptor, NewNativeMethod(thread, method, decimal_type));
    GILA_TRY_VOID(SetTypeAttribute(thread, decimal_type, Intern(thread, method->name), descriptor));
  }
  return kOk;
}

}  // namespace gila
