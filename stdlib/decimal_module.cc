// decimal_module.cc: the native module _decimal, all of `decimal`: makes its types in order.
#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/decimal_internal.h"
#include "stdlib/import.h"

namespace gila {

Value decimal_tuple_class;

namespace {

Result<Value> Attribute(Thread& thread, const char* module, const char* name) {
  GILA_TRY(const Value imported, ImportAbsolute(thread, module));
  return GetAttr(thread, imported, Intern(thread, name));
}

// DecimalTuple, and Decimal's place among the numbers.
Status AddRelations(Thread& thread, Module* module) {
  GILA_TRY(const Value namedtuple, Attribute(thread, "collections", "namedtuple"));
  GILA_TRY(Str* const fields, NewStr(thread, "sign digits exponent"));
  GILA_TRY(decimal_tuple_class, Call(thread, namedtuple, {Intern(thread, "DecimalTuple"), fields}));
  heap::AddRoot(&decimal_tuple_class);
  GILA_TRY_VOID(SetAttr(thread, decimal_tuple_class, NameOf(gila::Name::kModule_),
                        Intern(thread, "decimal")));
  GILA_TRY_VOID(AddValue(thread, module, "DecimalTuple", decimal_tuple_class));
  GILA_TRY(const Value number, Attribute(thread, "numbers", "Number"));
  GILA_TRY_VOID(CallMethod(thread, number, Intern(thread, "register"), {decimal_type}));
  GILA_TRY(rational_class, Attribute(thread, "numbers", "Rational"));
  heap::AddRoot(&rational_class);
  return kOk;
}

Status AddConstants(Thread& thread, Module* module) {
  static constexpr struct {
    const char* name;
    int64_t value;
  } kLimits[] = {{"MAX_PREC", decimal::kMaxPrec},
                 {"MAX_EMAX", decimal::kMaxEmax},
                 {"MIN_EMIN", decimal::kMinEmin},
                 {"MIN_ETINY", decimal::kMinEtiny}};
  for (const auto& [name, value] : kLimits) {
    GILA_TRY(const Value limit, NewInt(thread, value));
    GILA_TRY_VOID(AddValue(thread, module, name, limit));
  }
  GILA_TRY_VOID(AddValue(thread, module, "HAVE_THREADS", kTrue));
  GILA_TRY_VOID(AddValue(thread, module, "HAVE_CONTEXTVAR", kTrue));
  // What programs look at to know which rules hold.
  GILA_TRY_VOID(AddValue(thread, module, "__version__", Intern(thread, "1.70")));
  return AddValue(thread, module, "__libmpdec_version__", Intern(thread, "2.5.1"));
}

}  // namespace

Status InitDecimalModule(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddDecimalSignals(thread, module));
  GILA_TRY_VOID(AddDecimalType(thread, module));
  GILA_TRY_VOID(AddDecimalContext(thread, module));
  GILA_TRY_VOID(AddRelations(thread, module));
  return AddConstants(thread, module);
}

}  // namespace gila
