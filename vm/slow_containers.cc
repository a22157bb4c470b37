// slow_containers.cc: building containers and strings, and taking sequences apart.
#include <algorithm>

#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "vm/calls.h"
#include "vm/slow.h"

namespace gila::vm {
namespace {

std::span<const Value> Window(const Slow& slow) { return {&slow.B(), slow.in.c()}; }

bool IsIterableType(Thread& thread, Value v) {
  Type* type = TypeOf(v);
  return !LookupSpecial(thread, type, Special::kIter).IsUnbound() ||
         !LookupSpecial(thread, type, Special::kGetItem).IsUnbound();
}

// The TypeError for something that is not iterable, with the words of the place; keeps any other
// exception.
Step FailToIterate(const Slow& slow, Value v, const char* format) {
  if (slow.thread.ExceptionMatches(TypeId::kTypeError) && !IsIterableType(slow.thread, v)) {
    slow.thread.ClearException();
    const std::string type(TypeNameOf(v));
    slow.thread.RaiseFormat(TypeId::kTypeError, format, type.c_str());
  }
  return slow.Fail();
}

// The items of an iterable, above the frame, where the collector sees them: at least `minimum` of
// them, at most `maximum` (negative: any number).
struct Collected {
  Value* items;
  int64_t count;
  bool ok;
};
Collected CollectItems(const Slow& slow, Value iterable, int64_t maximum) {
  Thread& thread = slow.thread;
  Collected collected{thread.stack_top, 0, false};
  const Result<Value> iterator = GetIter(thread, iterable);
  if (!iterator.ok()) return collected;
  while (maximum < 0 || collected.count < maximum) {
    const Result<Value> item = Next(thread, iterator.value());
    if (!item.ok() || !CheckStack(thread, thread.stack_top, 16).ok()) return collected;
    if (item.value().IsUnbound()) break;
    *thread.stack_top++ = item.value();
    ++collected.count;
  }
  collected.ok = true;
  return collected;
}

constexpr const char* kNotIterable = "cannot unpack non-iterable %.200s object";

}  // namespace

Step UnpackSequenceSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value source = slow.B();
  const int64_t wanted = slow.in.c();
  Value* out = &slow.A();
  if (IsExactly(source, TypeId::kTuple) && source.As<Tuple>()->length == wanted) {
    const Tuple* tuple = source.As<Tuple>();
    for (int64_t i = 0; i < wanted; ++i) out[i] = tuple->At(i);
    return slow.Next();
  }
  if (IsExactly(source, TypeId::kList) && source.As<List>()->size.Load() == wanted) {
    // Taken up first: the targets may be what holds the list, and another thread may shorten it.
    Value* const items = thread.stack_top;
    int64_t count = 0;
    while (count < wanted && !(items[count] = ListAt(source.As<List>(), count)).IsUnbound())
      ++count;
    if (count == wanted) {
      std::copy(items, items + wanted, out);
      return slow.Next();
    }
  }
  const Collected got = CollectItems(slow, source, wanted + 1);
  if (!got.ok) return FailToIterate(slow, source, kNotIterable);
  if (got.count == wanted) {
    std::copy(got.items, got.items + wanted, out);
    return slow.Next();
  }
  if (got.count > wanted)
    thread.RaiseValueError("too many values to unpack (expected %lld)",
                           static_cast<long long>(wanted));
  else
    thread.RaiseValueError("not enough values to unpack (expected %lld, got %lld)",
                           static_cast<long long>(wanted), static_cast<long long>(got.count));
  return slow.Fail();
}

Step UnpackExSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const int64_t before = slow.in.c() & 255, after = slow.in.c() >> 8;
  const Result<List*> all = ToList(thread, slow.B());
  if (!all.ok()) return FailToIterate(slow, slow.B(), kNotIterable);
  const List* list = all.value();
  const int64_t size = list->size.Load();
  if (size < before + after) {
    thread.RaiseValueError("not enough values to unpack (expected at least %lld, got %lld)",
                           static_cast<long long>(before + after), static_cast<long long>(size));
    return slow.Fail();
  }
  const Result<List*> middle = NewListReserved(thread, size - before - after);
  if (!middle.ok()) return slow.Fail();
  for (int64_t i = before; i < size - after; ++i) {
    if (!ListAppend(thread, middle.value(), ListAt(list, i)).ok()) return slow.Fail();
  }
  Value* out = &slow.A();
  for (int64_t i = 0; i < before; ++i) out[i] = ListAt(list, i);
  out[before] = Value(middle.value());
  for (int64_t i = 0; i < after; ++i) out[before + 1 + i] = ListAt(list, size - after + i);
  return slow.Next();
}

Step NewTupleSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.Store(NewTuple(thread, Window(slow)));
}
Step NewListSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.Store(NewList(thread, Window(slow)));
}
Step NewSetSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Result<Set*> set = NewSet(thread, TypeId::kSet);
  if (!set.ok()) return slow.Fail();
  for (const Value item : Window(slow)) {
    if (!SetAdd(thread, set.value(), item).ok()) return slow.Fail();
  }
  return slow.Store(Value(set.value()));
}
Step NewDictSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Result<Dict*> dict = NewDict(thread, slow.in.c());
  if (!dict.ok()) return slow.Fail();
  const Value* pairs = &slow.B();
  for (int i = 0; i < slow.in.c(); ++i) {
    if (!DictSetOwn(thread, dict.value(), pairs[2 * i], pairs[2 * i + 1]).ok()) return slow.Fail();
  }
  return slow.Store(Value(dict.value()));
}

Step ListAppendSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  for (const Value item : Window(slow)) {
    if (!ListAppend(thread, slow.A().As<List>(), item).ok()) return slow.Fail();
  }
  return slow.Next();
}
Step SetAddSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  for (const Value item : Window(slow)) {
    if (!SetAdd(thread, slow.A().As<Set>(), item).ok()) return slow.Fail();
  }
  return slow.Next();
}
Step DictSetSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.Done(DictSetOwn(thread, slow.A().As<Dict>(), slow.B(), slow.C()));
}
Step ListExtendSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  if (ListExtend(thread, slow.A().As<List>(), slow.B()).ok()) return slow.Next();
  return FailToIterate(slow, slow.B(), "Value after * must be an iterable, not %.200s");
}
Step SetUpdateSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.Done(SetUpdate(thread, slow.A().As<Set>(), slow.B()));
}
Step ListToTupleSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.Store(ListToTuple(thread, slow.B().As<List>()));
}

namespace {

// keys() and a subscript make a mapping; dictionaries are walked directly.
template <class Body>
Status ForEachPair(Thread& thread, Value mapping, Body body) {
  if (IsExactly(mapping, TypeId::kDict)) {
    int64_t position = 0;
    Value key, value;
    while (DictNext(mapping.As<Dict>(), &position, &key, &value)) GILA_TRY_VOID(body(key, value));
    return kOk;
  }
  GILA_TRY(const Value keys, CallMethod(thread, mapping, NameOf(Name::kKeys)));
  return ForEach(thread, keys, [&](Value key) -> Status {
    GILA_TRY(const Value value, GetItem(thread, mapping, key));
    return body(key, value);
  });
}

bool HasKeysMethod(Thread& thread, Value v) {
  const Result<Value> keys = GetAttrOrUnbound(thread, v, NameOf(Name::kKeys));
  if (keys.ok()) return !keys.value().IsUnbound();
  thread.ClearException();
  return true;
}

}  // namespace

Step DictUpdateSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value mapping = slow.B();
  if (!IsDict(mapping) && !HasKeysMethod(thread, mapping)) {
    const std::string type(TypeNameOf(mapping));
    thread.RaiseTypeError("'%.200s' object is not a mapping", type.c_str());
    return slow.Fail();
  }
  return slow.Done(DictUpdate(thread, slow.A().As<Dict>(), mapping));
}

Step DictMergeSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value mapping = slow.B(), callable = slow.C();
  if (!IsDict(mapping) && !HasKeysMethod(thread, mapping)) {
    const std::string type(TypeNameOf(mapping));
    thread.RaiseTypeError("%s argument after ** must be a mapping, not %.200s",
                          DescribeCallable(thread, callable).c_str(), type.c_str());
    return slow.Fail();
  }
  Dict* dict = slow.A().As<Dict>();
  // The only one of the call, which takes the values out itself: no copy is needed.
  if (IsExactly(mapping, TypeId::kDict) && dict->size.Load() == 0 &&
      Instruction(LoadWord(pc + WordsOf(kOpDictMerge))).opcode() == kOpCallEx) {
    slow.A() = mapping;
    return slow.Next();
  }
  return slow.Done(ForEachPair(thread, mapping, [&](Value key, Value value) -> Status {
    GILA_TRY(const Value there, DictGet(thread, dict, key));
    if (there.IsUnbound()) return DictSetOwn(thread, dict, key, value);
    GILA_TRY(Str* const shown, ToStr(thread, key));
    return thread.RaiseTypeError("%s got multiple values for keyword argument '%s'",
                                 DescribeCallable(thread, callable).c_str(), ToUtf8(shown).c_str());
  }));
}

namespace {

Result<Value> Convert(Thread& thread, Value v, int conversion) {
  switch (conversion) {
    case 1:
      return ToStr(thread, v);
    case 2:
      return Repr(thread, v);
    case 3:
      return Ascii(thread, v);
    default:
      return v;
  }
}

}  // namespace

Step FormatValueSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Result<Value> converted = Convert(thread, slow.B(), slow.in.c() & 3);
  if (!converted.ok()) return slow.Fail();
  const Value v = converted.value();
  if ((slow.in.c() & 4) != 0) {
    const Value spec = (&slow.B())[1];
    if (IsStr(spec)) return slow.Store(Format(thread, v, spec));
    // Only a tree that a program made has such a specification.
    thread.RaiseTypeError("Format specifier must be a string, not %s",
                          std::string(TypeNameOf(spec)).c_str());
    return slow.Fail();
  }
  if (IsExactly(v, TypeId::kStr)) return slow.Store(v);
  return slow.Store(Format(thread, v, NameOf(Name::kEmpty)));
}

Step BuildStringSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  StrBuilder builder(thread);
  int index = 0;
  for (const Value piece : Window(slow)) {
    if (GILA_UNLIKELY(!IsStr(piece))) {  // in a tree that a program made
      thread.RaiseTypeError("sequence item %d: expected str instance, %.80s found", index,
                            std::string(TypeNameOf(piece)).c_str());
      return slow.Fail();
    }
    builder.Append(piece.As<Str>());
    ++index;
  }
  return slow.Store(builder.Finish());
}

}  // namespace gila::vm
