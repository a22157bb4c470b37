// iteration.cc: len(), subscripts, iter(), next(), and tuple() and list() of anything. Exact
// built-in types take a switch over their kind; everything else its special methods.
#include <algorithm>

#include "runtime/native_stack.h"
#include "runtime/protocols.h"
#include "runtime/protocols/native_iterator.h"
#include "runtime/protocols/special_call.h"
#include "runtime/type.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_iterators.h"
#include "runtime/types/container_support.h"
#include "runtime/types/dict.h"
#include "runtime/types/dict_internal.h"
#include "runtime/types/exception.h"
#include "runtime/types/generator.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"

namespace gila {
namespace {

// The built-in type of which `object` is an exact instance, as its number; kCount for others.
TypeId ExactType(const Object* object) {
  const uint32_t shape = object->shape_id.LoadRelaxed();
  return shape <= static_cast<uint32_t>(TypeId::kCount) && shape > 0
             ? static_cast<TypeId>(shape - 1)
             : TypeId::kCount;
}

Failed NotSubscriptable(Thread& thread, Value object, const char* what) {
  return thread.RaiseTypeError("'%s' object %s", TypeNameText(object).c_str(), what);
}

// The result of __len__ as a number.
Result<int64_t> CheckedLength(Thread& thread, Value result) {
  int64_t length;
  if (!IsInt(result)) {
    GILA_TRY(result, Index(thread, result));
  }
  if (!TryInt64(result, &length)) {
    if (IntSign(result) < 0) return thread.RaiseValueError("__len__() should return >= 0");
    return thread.Raise(TypeId::kOverflowError,
                        "cannot fit '" + TypeNameText(result) + "' into an index-sized integer");
  }
  if (length < 0) return thread.RaiseValueError("__len__() should return >= 0");
  return length;
}

// The length of an exact built-in; -1: none of those.
int64_t QuickLength(Value v) {
  if (!v.IsPointer()) return -1;
  switch (ExactType(v.AsObject())) {
    case TypeId::kList:
      return v.As<List>()->size.Load();
    case TypeId::kTuple:
      return v.As<Tuple>()->length;
    case TypeId::kDict:
      return v.As<Dict>()->size.Load();
    case TypeId::kSet:
    case TypeId::kFrozenSet:
      return v.As<Set>()->size.Load();
    case TypeId::kStr:
      return v.As<Str>()->length;
    case TypeId::kBytes:
      return v.As<Bytes>()->size;
    case TypeId::kByteArray:
      return v.As<ByteArray>()->size.Load();
    default:
      return -1;
  }
}

}  // namespace

Result<int64_t> Length(Thread& thread, Value v) {
  const int64_t quick = QuickLength(v);
  if (GILA_LIKELY(quick >= 0)) return quick;
  GILA_TRY(const Value result, CallSpecial(thread, v, Special::kLen));
  if (result.IsUnbound())
    return thread.RaiseTypeError("object of type '%s' has no len()", TypeNameText(v).c_str());
  return CheckedLength(thread, result);
}

Result<int64_t> LengthHint(Thread& thread, Value v, int64_t fallback) {
  const int64_t quick = QuickLength(v);
  if (quick >= 0) return quick;
  const auto forgive = [&thread, fallback]() -> Result<int64_t> {
    if (!thread.ExceptionMatches(TypeId::kTypeError)) return kFailed;
    thread.ClearException();
    return fallback;
  };
  if (!LookupSpecial(thread, TypeOf(v), Special::kLen).IsUnbound()) {
    const Result<int64_t> length = Length(thread, v);
    if (length.ok()) return length;
    GILA_TRY_VOID(forgive());
  }
  const Result<Value> called = CallSpecial(thread, v, Special::kLengthHint);
  if (!called.ok()) return forgive();
  const Value hint = called.value();
  if (hint.IsUnbound() || hint == kNotImplemented) return fallback;
  if (!IsInt(hint)) {
    return thread.RaiseTypeError("__length_hint__ must be an integer, not %s",
                                 TypeNameText(hint).c_str());
  }
  int64_t length;
  if (!TryInt64(hint, &length)) {
    return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C ssize_t");
  }
  if (length < 0) return thread.RaiseValueError("__length_hint__() should return >= 0");
  return length;
}

// --- subscripts ---

namespace {

Result<Value> ListItemAt(Thread& thread, const List* list, int64_t index) {
  if (index < 0) index += list->size.Load();
  const Value item = ListAt(list, index);
  if (GILA_LIKELY(!item.IsUnbound())) return item;
  return thread.Raise(TypeId::kIndexError, "list index out of range");
}

// Items of exact built-ins at a small int; NotImplemented: not one of those.
Result<Value> QuickItem(Thread& thread, Object* object, int64_t index) {
  switch (ExactType(object)) {
    case TypeId::kList:
      return ListItemAt(thread, static_cast<List*>(object), index);
    case TypeId::kTuple: {
      const auto* const tuple = static_cast<Tuple*>(object);
      if (index < 0) index += tuple->length;
      if (GILA_LIKELY(static_cast<uint64_t>(index) < static_cast<uint64_t>(tuple->length)))
        return tuple->At(index);
      return thread.Raise(TypeId::kIndexError, "tuple index out of range");
    }
    case TypeId::kStr: {
      const auto* const text = static_cast<Str*>(object);
      if (index < 0) index += text->length;
      if (static_cast<uint64_t>(index) >= static_cast<uint64_t>(text->length))
        return thread.Raise(TypeId::kIndexError, "string index out of range");
      Str* const character = StrItem(thread, text, index);
      return character == nullptr ? Result<Value>(kFailed) : Result<Value>(character);
    }
    case TypeId::kBytes: {
      const auto* const bytes = static_cast<Bytes*>(object);
      if (index < 0) index += bytes->size;
      if (static_cast<uint64_t>(index) >= static_cast<uint64_t>(bytes->size))
        return thread.Raise(TypeId::kIndexError, "index out of range");
      return Value::SmallInt(bytes->data[index]);
    }
    case TypeId::kByteArray: {
      const auto* const array = static_cast<ByteArray*>(object);
      if (index < 0) index += array->size.Load();
      const Value byte = ByteArrayAt(array, index);
      if (byte.IsUnbound())
        return thread.Raise(TypeId::kIndexError, "bytearray index out of range");
      return byte;
    }
    default:
      return kNotImplemented;
  }
}

// type[key]: __class_getitem__, found like an ordinary attribute.
Result<Value> ClassItem(Thread& thread, Value object, Value key) {
  if (object == Value(GetType(TypeId::kType)))
    return Call(thread, GetType(TypeId::kGenericAlias), {object, key});
  GILA_TRY(const Value method, GetAttrOrUnbound(thread, object, NameOf(Special::kClassGetItem)));
  if (!method.IsUnbound() && !method.IsNone()) return Call(thread, method, {key});
  return thread.RaiseTypeError("type '%s' is not subscriptable",
                               std::string(TypeName(object.As<Type>())).c_str());
}

}  // namespace

Result<Value> GetItem(Thread& thread, Value object, Value key) {
  if (GILA_LIKELY(object.IsPointer())) {
    if (key.IsSmallInt()) {
      const Result<Value> item = QuickItem(thread, object.AsObject(), key.AsSmallInt());
      if (item.raw() != kNotImplemented) return item;
    }
    if (object.AsObject()->IsExactly(TypeId::kDict))
      return DictSubscript(thread, object.As<Dict>(), key);
  }
  GILA_TRY(const Value item,
           CallSpecial(thread, object, Special::kGetItem, std::span<const Value>(&key, 1)));
  if (GILA_LIKELY(!item.IsUnbound())) return item;
  if (IsKind(object, kKindType)) return ClassItem(thread, object, key);
  return NotSubscriptable(thread, object, "is not subscriptable");
}

Status SetItem(Thread& thread, Value object, Value key, Value value) {
  if (GILA_LIKELY(object.IsPointer())) {
    if (object.AsObject()->IsExactly(TypeId::kDict))
      return DictSet(thread, object.As<Dict>(), key, value);
    if (key.IsSmallInt() && object.AsObject()->IsExactly(TypeId::kList))
      return ListStore(thread, object.As<List>(), key.AsSmallInt(), value);
    if (BothSmallInts(key, value) && object.AsObject()->IsExactly(TypeId::kByteArray) &&
        value.AsSmallInt() >= 0 && value.AsSmallInt() < 256 && key.AsSmallInt() >= 0 &&
        ByteArrayPut(object.As<ByteArray>(), key.AsSmallInt(),
                     static_cast<uint8_t>(value.AsSmallInt())))
      return kOk;
  }
  const Value pair[] = {key, value};
  GILA_TRY(const Value done, CallSpecial(thread, object, Special::kSetItem, pair));
  if (GILA_LIKELY(!done.IsUnbound())) return kOk;
  return NotSubscriptable(thread, object, "does not support item assignment");
}

Status DelItem(Thread& thread, Value object, Value key) {
  if (IsExactly(object, TypeId::kDict)) {
    GILA_TRY(const int64_t hash, KeyHash(thread, key));
    GILA_TRY(const Value removed, DictPopHashed(thread, object.As<Dict>(), key, hash));
    if (!removed.IsUnbound()) return kOk;
    return thread.RaiseWith(TypeId::kKeyError, key);
  }
  GILA_TRY(const Value done,
           CallSpecial(thread, object, Special::kDelItem, std::span<const Value>(&key, 1)));
  if (GILA_LIKELY(!done.IsUnbound())) return kOk;
  // CPython has other words for a position in what looks like a sequence to it.
  Type* const type = TypeOf(object);
  const bool sequence = type->Has(kHeapType) ||
                        !LookupSpecial(thread, type, Special::kContains).IsUnbound() ||
                        !LookupSpecial(thread, type, Special::kLen).IsUnbound();
  const bool position =
      IsInt(key) || !LookupSpecial(thread, TypeOf(key), Special::kIndex).IsUnbound();
  return NotSubscriptable(
      thread, object,
      sequence && position ? "doesn't support item deletion" : "does not support item deletion");
}

// --- iter() and next() ---

namespace {

// iter() of an exact built-in; NotImplemented: not one of those.
Result<Value> QuickIter(Thread& thread, Value iterable) {
  Object* const object = iterable.AsObject();
  switch (ExactType(object)) {
    case TypeId::kList:
      return NewSequenceIterator(thread, TypeId::kListIterator, iterable);
    case TypeId::kTuple:
      return NewSequenceIterator(thread, TypeId::kTupleIterator, iterable);
    case TypeId::kStr:
      return NewSequenceIterator(thread, TypeId::kStrIterator, iterable);
    case TypeId::kRange:
      return NewRangeIterator(thread, static_cast<Range*>(object));
    case TypeId::kDict:
      return NewDictIterator(thread, TypeId::kDictKeyIterator, static_cast<Dict*>(object));
    case TypeId::kDictKeys:
    case TypeId::kDictValues:
    case TypeId::kDictItems: {
      const auto* const view = static_cast<DictView*>(object);
      return NewDictIterator(thread, DictIteratorType(view), view->dict.Load());
    }
    case TypeId::kSet:
    case TypeId::kFrozenSet:
      return NewSetIterator(thread, static_cast<Set*>(object));
    case TypeId::kGenerator:
    case TypeId::kListIterator:
    case TypeId::kListReverseIterator:
    case TypeId::kTupleIterator:
    case TypeId::kStrIterator:
    case TypeId::kRangeIterator:
    case TypeId::kLongRangeIterator:
    case TypeId::kDictKeyIterator:
    case TypeId::kDictValueIterator:
    case TypeId::kDictItemIterator:
    case TypeId::kSetIterator:
    case TypeId::kEnumerate:
    case TypeId::kZip:
    case TypeId::kMap:
    case TypeId::kFilter:
    case TypeId::kReversed:
      return iterable;
    default:
      return kNotImplemented;
  }
}

Failed NotIterable(Thread& thread, Value v) {
  return thread.RaiseTypeError("'%s' object is not iterable", TypeNameText(v).c_str());
}

// What a step of a native iterator gave. A StopIteration from a function of the user's that the
// step called ends the iteration as one from __next__ does.
Result<Value> StepResult(Thread& thread, Result<Value> item) {
  if (GILA_LIKELY(item.ok())) return item;
  if (!thread.ExceptionMatches(TypeId::kStopIteration)) return kFailed;
  thread.ClearException();
  return kUnbound;
}

// By kind: the shape whose objects are known to be stepped natively, that of the type itself. No
// program can change such a type, so what was found out once about its __next__ holds for good.
Atomic<uint32_t> native_step_shapes[256];

// next() through __next__, and of native iterators outside the core.
Result<Value> NextByMethod(Thread& thread, Value iterator) {
  Type* const type = TypeOf(iterator);
  const NativeFunction* const native = NativeMethod(LookupSpecial(thread, type, Special::kNext));
  if (native != nullptr && native->function == NativeIteratorNext && iterator.IsPointer()) {
    Object* const object = iterator.AsObject();
    const IteratorStep step = native_iterator_steps[object->kind];
    if (GILA_LIKELY(step != nullptr)) {
      if (!type->Has(kHeapType))
        native_step_shapes[object->kind].StoreRelaxed(object->shape_id.LoadRelaxed());
      return StepResult(thread, step(thread, object));
    }
  }
  const Result<Value> item = CallSpecial(thread, iterator, Special::kNext);
  if (GILA_LIKELY(item.ok())) {
    if (GILA_LIKELY(!item.value().IsUnbound())) return item;
    return thread.RaiseTypeError("'%s' object is not an iterator", TypeNameText(iterator).c_str());
  }
  return StepResult(thread, item);
}

// next() of what may step another iterator, and that one a next: a program can nest them as deep as
// it likes, so this looks at the native stack.
Result<Value> NextNested(Thread& thread, Value iterator) {
  GILA_TRY_VOID(CheckNativeStack(thread, ""));
  if (GILA_UNLIKELY(!iterator.IsPointer())) return NextByMethod(thread, iterator);
  Object* const object = iterator.AsObject();
  if (object->shape_id.LoadRelaxed() == native_step_shapes[object->kind].LoadRelaxed())
    return StepResult(thread, native_iterator_steps[object->kind](thread, object));
  switch (ExactType(object)) {
    case TypeId::kEnumerate:
      return EnumerateStep(thread, static_cast<Enumerate*>(object));
    case TypeId::kZip:
      return ZipStep(thread, static_cast<Zip*>(object));
    case TypeId::kMap:
      return StepResult(thread, MapStep(thread, static_cast<Map*>(object)));
    case TypeId::kFilter:
      return StepResult(thread, FilterStep(thread, static_cast<Filter*>(object)));
    case TypeId::kReversed:
      return ReversedStep(thread, static_cast<Reversed*>(object));
    default:
      return NextByMethod(thread, iterator);
  }
}

Result<Value> GeneratorStep(Thread& thread, Generator* generator) {
  Value item;
  switch (GeneratorSend(thread, generator, kNone, &item)) {
    case SendResult::kYielded:
      return item;
    case SendResult::kReturned:
      return kUnbound;
    case SendResult::kFailed:
      break;
  }
  return kFailed;
}

}  // namespace

Result<Value> GetIter(Thread& thread, Value iterable) {
  if (iterable.IsPointer()) {
    const Result<Value> quick = QuickIter(thread, iterable);
    if (quick.raw() != kNotImplemented) return quick;
  }
  Type* const type = TypeOf(iterable);
  const Value method = LookupSpecial(thread, type, Special::kIter);
  if (method.IsNone()) return NotIterable(thread, iterable);
  if (method.IsUnbound()) {
    // Dicts have __iter__; whatever else takes subscripts is walked by position.
    if (LookupSpecial(thread, type, Special::kGetItem).IsUnbound())
      return NotIterable(thread, iterable);
    return NewSequenceIterator(thread, TypeId::kSequenceIterator, iterable);
  }
  GILA_TRY(const Value iterator, CallSpecial(thread, iterable, Special::kIter));
  if (LookupSpecial(thread, TypeOf(iterator), Special::kNext).IsUnbound()) {
    return thread.RaiseTypeError("iter() returned non-iterator of type '%s'",
                                 TypeNameText(iterator).c_str());
  }
  return iterator;
}

Result<Value> Next(Thread& thread, Value iterator) {
  if (GILA_UNLIKELY(!iterator.IsPointer())) return NextNested(thread, iterator);
  Object* const object = iterator.AsObject();
  switch (ExactType(object)) {
    case TypeId::kListIterator:
      return ListIteratorStep(static_cast<ListIterator*>(object));
    case TypeId::kTupleIterator:
      return TupleIteratorStep(static_cast<ListIterator*>(object));
    case TypeId::kRangeIterator:
      return RangeIteratorStep(static_cast<RangeIterator*>(object));
    case TypeId::kGenerator:
      return GeneratorStep(thread, static_cast<Generator*>(object));
    case TypeId::kStrIterator:
      return StrIteratorStep(thread, static_cast<ListIterator*>(object));
    case TypeId::kBytesIterator:
    case TypeId::kByteArrayIterator:
    case TypeId::kMemoryIterator:
      return BytesIteratorStep(thread, static_cast<ListIterator*>(object));
    case TypeId::kListReverseIterator:
      return ListReverseIteratorStep(static_cast<ListIterator*>(object));
    case TypeId::kSequenceIterator:
      return SequenceIteratorStep(thread, static_cast<ListIterator*>(object));
    case TypeId::kLongRangeIterator:
      return LongRangeIteratorStep(thread, static_cast<LongRangeIterator*>(object));
    case TypeId::kDictKeyIterator:
    case TypeId::kDictValueIterator:
    case TypeId::kDictItemIterator:
    case TypeId::kDictReverseKeyIterator:
    case TypeId::kDictReverseValueIterator:
    case TypeId::kDictReverseItemIterator:
      return DictIteratorStep(thread, static_cast<DictIterator*>(object));
    case TypeId::kSetIterator:
      return SetIteratorStep(thread, static_cast<SetIterator*>(object));
    case TypeId::kCallableIterator:
      return CallableIteratorStep(thread, static_cast<CallableIterator*>(object));
    default:
      return NextNested(thread, iterator);
  }
}

// --- all of it ---

Result<List*> ToList(Thread& thread, Value iterable) {
  GILA_TRY(List* const list, NewListReserved(thread, 0));
  GILA_TRY_VOID(ListExtend(thread, list, iterable));
  return list;
}

Result<Tuple*> ToTuple(Thread& thread, Value iterable) {
  if (IsExactly(iterable, TypeId::kTuple)) return iterable.As<Tuple>();
  if (IsExactly(iterable, TypeId::kList)) return ListToTuple(thread, iterable.As<List>());
  GILA_TRY(List* const list, ToList(thread, iterable));
  return ListToTuple(thread, list);
}

}  // namespace gila
