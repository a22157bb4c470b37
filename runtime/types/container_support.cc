// container_support.cc: see the header.
#include "runtime/types/container_support.h"

#include <algorithm>

#include "runtime/types/dict_internal.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "runtime/types/list_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/set_internal.h"

namespace gila {

void InitContainers(Thread& thread) {
  SetKindInfo(kKindDictTable, {"dict table", TraceDictTable, nullptr});
  SetKindInfo(kKindSetTable, {"set table", TraceSetTable, nullptr});
  Object* const tuple =
      heap::Allocate(thread, sizeof(Tuple), kKindTuple, ShapeIdOf(TypeId::kTuple));
  GILA_CHECK(tuple != nullptr);
  const Result<ValueArray*> store = NewValueArray(thread, 0);
  GILA_CHECK(store.ok());
  empty_tuple = static_cast<Tuple*>(tuple);
  heap::AddRoot(reinterpret_cast<Object**>(&empty_tuple));
  empty_list_store = store.value();
  heap::AddRoot(reinterpret_cast<Object**>(&empty_list_store));
  empty_dict_table = NewEmptyDictTable(thread);
  heap::AddRoot(reinterpret_cast<Object**>(&empty_dict_table));
  empty_set_table = NewEmptySetTable(thread);
  heap::AddRoot(reinterpret_cast<Object**>(&empty_set_table));
}

Failed RaiseStopIteration(Thread& thread) {
  const Result<Value> exception = NewException(thread, TypeId::kStopIteration, {});
  if (!exception.ok()) return kFailed;
  return thread.RaiseObject(exception.value());
}

QuickEqual QuickLess(Value a, Value b) {
  const auto answer = [](bool less) { return less ? QuickEqual::kYes : QuickEqual::kNo; };
  if (BothSmallInts(a, b)) return answer(a.AsSmallInt() < b.AsSmallInt());
  if (a.IsDouble() && b.IsDouble()) return answer(a.AsDouble() < b.AsDouble());
  if (!a.IsPointer() || !b.IsPointer()) return QuickEqual::kAsk;
  if (IsExactly(a, TypeId::kStr) && IsExactly(b, TypeId::kStr))
    return answer(StrCompare(a.As<Str>(), b.As<Str>()) < 0);
  if (!IsExactly(a, TypeId::kTuple) || !IsExactly(b, TypeId::kTuple)) return QuickEqual::kAsk;
  const Tuple* const x = a.As<Tuple>();
  const Tuple* const y = b.As<Tuple>();
  const int64_t shorter = std::min(x->length, y->length);
  for (int64_t i = 0; i < shorter; ++i) {
    const QuickEqual equal = QuickKeyEqual(x->At(i), y->At(i));
    if (equal == QuickEqual::kYes) continue;
    if (equal == QuickEqual::kAsk || IsExactly(x->At(i), TypeId::kTuple)) return QuickEqual::kAsk;
    return QuickLess(x->At(i), y->At(i));
  }
  return answer(x->length < y->length);
}

Result<Value> RepeatCount(Thread& thread, Value count) {
  if (count.IsSmallInt()) return count;
  GILA_TRY(const int64_t number, ToRepeatCount(thread, count));
  return Value::SmallInt(std::clamp(number, Value::kMinSmallInt, Value::kMaxSmallInt));
}

Result<Value> BuiltinFunction(Thread& thread, const char* name) {
  const Value interned = Intern(thread, name);
  if (const Dict* const globals = CurrentGlobals(thread)) {
    const Value builtins = DictGetInterned(globals, NameOf(Name::kBuiltins));
    if (IsKind(builtins, kKindModule)) return GetAttr(thread, builtins, interned);
    if (IsDict(builtins)) {
      const Value found = DictGetInterned(builtins.As<Dict>(), interned);
      if (!found.IsUnbound()) return found;
    }
  }
  return thread.RaiseWith(TypeId::kAttributeError, interned);
}

Result<Value> ReduceIterator(Thread& thread, Value sequence, int64_t index) {
  GILA_TRY(const Value iter, BuiltinFunction(thread, "iter"));
  GILA_TRY(Tuple* const arguments, NewTuple(thread, std::span<const Value>(&sequence, 1)));
  GILA_TRY(const Value position, NewInt(thread, index));
  const Value parts[] = {iter, arguments, position};
  return NewTuple(thread, parts);
}

Result<Value> ReduceExhausted(Thread& thread) {
  GILA_TRY(const Value iter, BuiltinFunction(thread, "iter"));
  const Value nothing = empty_tuple;
  GILA_TRY(Tuple* const arguments, NewTuple(thread, std::span<const Value>(&nothing, 1)));
  const Value parts[] = {iter, arguments};
  return NewTuple(thread, parts);
}

Result<int64_t> ClipIndexArgument(Thread& thread, Value argument, int64_t fallback,
                                  int64_t length) {
  if (argument.IsUnbound()) return fallback;
  if (!argument.IsSmallInt() && !IsInt(argument) &&
      LookupSpecial(thread, TypeOf(argument), Special::kIndex).IsUnbound()) {
    return thread.RaiseTypeError("slice indices must be integers or have an __index__ method");
  }
  GILA_TRY(int64_t index, ToIndexClipped(thread, argument));
  if (index < 0) index = index + length < 0 ? 0 : index + length;
  return index;
}

}  // namespace gila
