// decimal_internal.h: what the files of the native module _decimal share: the objects, and the ways
// between them and the numbers of decimal_number.h.
//
//   decimal_value.cc    numbers from and to int, float, str and tuple; which operands an operator
//   takes decimal_signals.cc  exceptions, signals, the dicts `flags` and `traps` decimal_context.cc
//   Context: its settings, and which one is current; decimal_context_methods.cc: arithmetic by it
//   decimal_type.cc     Decimal: operators and protocols; decimal_methods.cc: its named methods;
//   decimal_format.cc
#ifndef GILA_STDLIB_DECIMAL_INTERNAL_H_
#define GILA_STDLIB_DECIMAL_INTERNAL_H_

#include <string>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/types/int.h"
#include "stdlib/decimal_number.h"

namespace gila {

// Object::flags of a Decimal: bit 0 the sign, bits 1 and 2 the class. Never changes once it is
// made.
struct DecimalObject : Object {
  int64_t exponent;
  uint64_t low, high;    // the digits when they fit
  PointerSlot<Int> big;  // else
  Atomic<int64_t> hash;  // 0: not computed yet
};

// Settings are words of their own: a context that two threads share may be changed while it is
// used.
struct DecimalContext : Object {
  Atomic<int64_t> prec, emax, emin;
  Atomic<uint8_t> rounding, clamp, capitals;
  Atomic<uint32_t> flags_word, traps_word;
  Slot flags_dict, traps_dict;  // SignalDict, made when asked for
  decimal::Settings Load() const {
    return {.prec = prec.LoadRelaxed(),
            .emax = emax.LoadRelaxed(),
            .emin = emin.LoadRelaxed(),
            .rounding = static_cast<decimal::Rounding>(rounding.LoadRelaxed()),
            .clamp = clamp.LoadRelaxed() != 0,
            .capitals = capitals.LoadRelaxed() != 0};
  }
};

extern Type *decimal_type, *decimal_context_type;
extern uint8_t decimal_kind, decimal_context_kind;
extern Value rational_class;  // numbers.Rational

inline bool IsDecimal(Value v) { return v.IsPointer() && v.AsObject()->kind == decimal_kind; }
inline bool IsDecimalContext(Value v) {
  return v.IsPointer() && v.AsObject()->kind == decimal_context_kind;
}

// --- decimal_value.cc ---
// The number of a Decimal, its digits read in place.
decimal::Number NumberOf(const DecimalObject* object);
inline decimal::Number NumberOf(Value v) { return NumberOf(v.As<DecimalObject>()); }
decimal::Number NumberOfInt(Value v);  // IsInt(v); read in place
Result<Value> NewDecimalOfType(Thread& thread, Type* type,
                               const decimal::Number& number) GILA_ATTACHED;
inline Result<Value> NewDecimal(Thread& thread, const decimal::Number& number) GILA_ATTACHED {
  return NewDecimalOfType(thread, decimal_type, number);
}
// A Decimal or an int as a number: false for anything else.
bool ReadOperand(Value v, decimal::Number* out);
// The same, with the TypeError "conversion from x to Decimal is not supported".
Status ReadArgument(Thread& thread, Value v, decimal::Number* out) GILA_ATTACHED;
// What Decimal(value) takes: exact when `exact`, else fitted to the context.
Result<decimal::Number> ReadValue(Thread& thread, Value v, DecimalContext* context,
                                  bool exact) GILA_ATTACHED;
decimal::Number NumberOfDouble(double d);
Result<Value> ToInt(Thread& thread, const decimal::Number& number,
                    decimal::Rounding rounding) GILA_ATTACHED;
Result<Value> AsTuple(Thread& thread, const decimal::Number& number) GILA_ATTACHED;
Result<Value> AsIntegerRatio(Thread& thread, const decimal::Number& number) GILA_ATTACHED;
int64_t HashOf(
    const decimal::Number& number);  // of a finite or infinite one: that of an equal int or float
Result<Value> NewIntFromCoefficient(Thread& thread, const decimal::Coefficient& c,
                                    bool negative) GILA_ATTACHED;

// --- decimal_signals.cc ---
// Marks the conditions in the context, and raises what is trapped there.
Status Report(Thread& thread, DecimalContext* context, uint32_t conditions) GILA_ATTACHED;
// The bits of a signal class; KeyError for anything else.
Result<uint32_t> SignalBits(Thread& thread, Value signal) GILA_ATTACHED;
// Conditions from a list of signals or a dict of all of them.
Result<uint32_t> ReadSignals(Thread& thread, Value v) GILA_ATTACHED;
Result<Value> NewSignalDict(Thread& thread, DecimalContext* context, bool traps) GILA_ATTACHED;
Result<Value> SignalList(Thread& thread, uint32_t conditions) GILA_ATTACHED;
std::string SignalNames(uint32_t conditions);  // "InvalidOperation, Overflow"
Status AddDecimalSignals(Thread& thread, Module* module) GILA_ATTACHED;

// --- decimal_context.cc ---
// That of the running context of contextvars; made from DefaultContext when there is none.
Result<DecimalContext*> CurrentDecimalContext(Thread& thread) GILA_ATTACHED;
Status SetCurrentDecimalContext(Thread& thread, Value context) GILA_ATTACHED;
// An argument `context=None`.
Result<DecimalContext*> ContextArgument(Thread& thread, Args args, size_t index) GILA_ATTACHED;
Result<DecimalContext*> CopyDecimalContext(Thread& thread,
                                           const DecimalContext* context) GILA_ATTACHED;
// The name of a rounding as its number; TypeError "valid values for rounding are: ...".
Result<decimal::Rounding> ReadRounding(Thread& thread, Value v) GILA_ATTACHED;
// Takes the settings that are given (unbound: not), by the names of the attributes.
Status SetContextAttribute(Thread& thread, Value context, const char* name,
                           Value value) GILA_ATTACHED;
Status AddDecimalContext(Thread& thread, Module* module) GILA_ATTACHED;
extern const NativeDef kDecimalContextMethods[];

// --- decimal_type.cc, decimal_methods.cc, decimal_format.cc ---
Status AddDecimalType(Thread& thread, Module* module) GILA_ATTACHED;
Result<Value> DecimalFormat(Thread& thread, Args args) GILA_ATTACHED;
extern const NativeDef kDecimalMethods[];

}  // namespace gila

#endif  // GILA_STDLIB_DECIMAL_INTERNAL_H_
