// number_methods.h: rows of the method tables of numbers: an operator and its reflection, and the
// six comparisons, made from one function template each.
//
//   template <BinaryOp op> Result<Value> Forward(Thread&, Args);    // self op value
//   template <BinaryOp op> Result<Value> Reflected(Thread&, Args);  // value op self
//   template <CompareOp op> Result<Value> Rich(Thread&, Args);
#ifndef GILA_RUNTIME_TYPES_NUMBER_METHODS_H_
#define GILA_RUNTIME_TYPES_NUMBER_METHODS_H_

#include "runtime/native.h"
#include "runtime/protocols.h"

#define GILA_BINARY_METHODS(name, op, symbol)                                                 \
  {"__" name "__", Forward<BinaryOp::op>, "(self, value, /)", "Return self" symbol "value."}, \
      {"__r" name "__", Reflected<BinaryOp::op>, "(self, value, /)",                          \
       "Return value" symbol "self."}

#define GILA_DIVMOD_METHODS                                                                      \
  {"__divmod__", Forward<BinaryOp::kDivMod>, "(self, value, /)", "Return divmod(self, value)."}, \
      {"__rdivmod__", Reflected<BinaryOp::kDivMod>, "(self, value, /)",                          \
       "Return divmod(value, self)."}

#define GILA_COMPARE_METHODS                                                       \
  {"__lt__", Rich<CompareOp::kLt>, "(self, value, /)", "Return self<value."},      \
      {"__le__", Rich<CompareOp::kLe>, "(self, value, /)", "Return self<=value."}, \
      {"__eq__", Rich<CompareOp::kEq>, "(self, value, /)", "Return self==value."}, \
      {"__ne__", Rich<CompareOp::kNe>, "(self, value, /)", "Return self!=value."}, \
      {"__gt__", Rich<CompareOp::kGt>, "(self, value, /)", "Return self>value."},  \
      {"__ge__", Rich<CompareOp::kGe>, "(self, value, /)", "Return self>=value."}

#endif  // GILA_RUNTIME_TYPES_NUMBER_METHODS_H_
