// gc.cc: the module gc: a window on the collector (runtime/heap). There are no reference counts, so
// thresholds are remembered for the program's sake only, and a generation is either the young
// objects or all.
#include <string>
#include <utility>
#include <vector>

#include "runtime/call.h"
#include "runtime/heap/collect_now.h"
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "vm/liveness.h"

namespace gila {

namespace {

Value callbacks = kUnbound, garbage = kUnbound;
Atomic<int64_t> thresholds[3];
Atomic<int64_t> debug_flags;
Atomic<int64_t> counted[3];  // what gc.collect() found, by generation

Result<Value> Enable(Thread&, Args) {
  heap::SetEnabled(true);
  return kNone;
}
Result<Value> Disable(Thread&, Args) {
  heap::SetEnabled(false);
  return kNone;
}
Result<Value> IsEnabled(Thread&, Args) { return Value::Bool(heap::IsEnabled()); }

// gc.callbacks: each is told when a collection starts and stops.
Status RunCallbacks(Thread& thread, const char* phase, int64_t generation, int64_t collected) {
  if (!IsList(callbacks) || callbacks.As<List>()->size.Load() == 0) return kOk;
  GILA_TRY(Dict* const info, NewDict(thread));
  const std::pair<const char*, int64_t> rows[] = {
      {"generation", generation}, {"collected", collected}, {"uncollectable", 0}};
  for (const auto& [name, number] : rows)
    GILA_TRY_VOID(DictSet(thread, info, Intern(thread, name), Value::SmallInt(number)));
  return ForEach(thread, callbacks, [&](Value callback) -> Status {
    GILA_TRY_VOID(Call(thread, callback, {Intern(thread, phase), info}));
    return kOk;
  });
}

// Containers: what CPython's collector would know of.
bool IsTracked(const Object* object) {
  switch (object->kind) {
    case kKindList:
    case kKindTuple:
    case kKindDict:
    case kKindSet:
    case kKindFrozenSet:
    case kKindFunction:
    case kKindMethod:
    case kKindModule:
    case kKindType:
    case kKindCell:
    case kKindGenerator:
    case kKindCoroutine:
    case kKindProperty:
    case kKindException:
      return true;
    case kKindObject:
      return ShapeOf(object)->type->Has(kHasDict);
    default:
      return false;
  }
}

bool IsContainer(Value v) { return v.IsPointer() && IsTracked(v.AsObject()); }

// CPython's collector soon forgets tuples and dicts that hold no container.
bool IsCounted(const Object* object) {
  if (object->kind == kKindTuple) {
    const auto* const tuple = static_cast<const Tuple*>(object);
    for (int64_t i = 0; i < tuple->length; ++i) {
      if (IsContainer(tuple->At(i))) return true;
    }
    return false;
  }
  if (object->kind == kKindDict) {
    int64_t position = 0;
    Value key, value;
    while (DictNext(static_cast<const Dict*>(object), &position, &key, &value)) {
      if (IsContainer(key) || IsContainer(value)) return true;
    }
    return false;
  }
  return IsTracked(object);
}

Result<Value> CollectNow(Thread& thread, Args args) {
  int64_t generation = 2;
  if (args.Has(0)) {
    GILA_TRY(generation, ToInt64(thread, args[0]));
    if (generation < 0 || generation > 2) return thread.RaiseValueError("invalid generation");
  }
  GILA_TRY_VOID(RunCallbacks(thread, "start", generation, 0));
  heap::ForgetDeadTemporaries(thread);
  const auto found = static_cast<int64_t>(heap::CollectNow(
      thread, vm::StackOfDirectCall(thread, CollectNow), generation == 2, IsCounted));
  counted[generation].FetchAdd(found);
  heap::RunPendingFinalizers(thread);
  GILA_TRY_VOID(RunCallbacks(thread, "stop", generation, found));
  return Value::SmallInt(found);
}

Result<Value> GetStats(Thread& thread, Args) {
  const heap::Statistics statistics = heap::GetStatistics();
  GILA_TRY(List* const list, NewList(thread));
  const uint64_t collections[] = {statistics.minor_collections, 0, statistics.full_collections};
  for (size_t i = 0; i < 3; ++i) {
    GILA_TRY(Dict* const row, NewDict(thread));
    GILA_TRY(const Value number, NewIntFromUnsigned(thread, collections[i]));
    GILA_TRY_VOID(DictSet(thread, row, Intern(thread, "collections"), number));
    GILA_TRY_VOID(
        DictSet(thread, row, Intern(thread, "collected"), Value::SmallInt(counted[i].Load())));
    GILA_TRY_VOID(DictSet(thread, row, Intern(thread, "uncollectable"), Value::SmallInt(0)));
    GILA_TRY_VOID(ListAppend(thread, list, row));
  }
  return list;
}

Result<Value> GetThreshold(Thread& thread, Args) {
  Value parts[3];
  for (int i = 0; i < 3; ++i) parts[i] = Value::SmallInt(thresholds[i].Load());
  return NewTuple(thread, parts);
}

Result<Value> SetThreshold(Thread& thread, Args args) {
  for (size_t i = 0; i < 3; ++i) {
    if (!args.Has(i)) continue;
    GILA_TRY(const int64_t number, ToInt64(thread, args[i]));
    thresholds[i].Store(number);
  }
  return kNone;
}

Result<Value> GetCount(Thread& thread, Args) {
  const Value parts[] = {Value::SmallInt(0), Value::SmallInt(0), Value::SmallInt(0)};
  return NewTuple(thread, parts);
}

Result<Value> GetDebug(Thread&, Args) { return Value::SmallInt(debug_flags.Load()); }
Result<Value> SetDebug(Thread& thread, Args args) {
  GILA_TRY(const int64_t flags, ToInt64(thread, args[0]));
  debug_flags.Store(flags);
  return kNone;
}

Result<Value> IsTrackedValue(Thread&, Args args) { return Value::Bool(IsContainer(args[0])); }

Result<Value> GetObjects(Thread& thread, Args) {
  // Found first with the world stopped, listed afterwards: a list grows by allocating. The
  // conservative scan does not see the vector, so nothing may be collected in between.
  std::vector<Object*> found;
  {
    StopTheWorld stopped(thread);
    heap::ForEachObject(
        [](Object* object, void* context) {
          if (IsTracked(object)) static_cast<std::vector<Object*>*>(context)->push_back(object);
        },
        &found);
  }
  GILA_TRY(List* const reserved, NewListReserved(thread, static_cast<int64_t>(found.size())));
  for (Object* object : found) GILA_TRY_VOID(ListAppend(thread, reserved, object));
  return reserved;
}

// Reports what an object points to.
Status AddReferents(Thread& thread, List* list, Value v) {
  if (IsList(v) || IsTuple(v) || IsAnySet(v)) {
    return ForEach(thread, v, [&](Value item) { return ListAppend(thread, list, item); });
  }
  if (IsDict(v)) {
    int64_t position = 0;
    Value key, value;
    while (DictNext(v.As<Dict>(), &position, &key, &value)) {
      GILA_TRY_VOID(ListAppend(thread, list, key));
      GILA_TRY_VOID(ListAppend(thread, list, value));
    }
    return kOk;
  }
  if (!v.IsPointer()) return kOk;
  GILA_TRY(const Value dict, GetAttrOrUnbound(thread, v, NameOf(Name::kDict_)));
  if (!dict.IsUnbound()) GILA_TRY_VOID(ListAppend(thread, list, dict));
  return ListAppend(thread, list, TypeOf(v));
}

Result<Value> GetReferents(Thread& thread, Args args) {
  GILA_TRY(List* const list, NewList(thread));
  for (const Value v : args.rest()) GILA_TRY_VOID(AddReferents(thread, list, v));
  return list;
}

Result<Value> GetReferrers(Thread& thread, Args args) {
  GILA_TRY(const Value all, GetObjects(thread, Args(nullptr, 0, 0)));
  GILA_TRY(List* const found, NewList(thread));
  for (int64_t i = 0;; ++i) {
    const Value candidate = ListAt(all.As<List>(), i);
    if (candidate.IsUnbound()) return found;
    if (!IsList(candidate) && !IsTuple(candidate) && !IsDict(candidate) && !IsAnySet(candidate))
      continue;
    GILA_TRY(List* const referents, NewList(thread));
    GILA_TRY_VOID(AddReferents(thread, referents, candidate));
    bool refers = false;
    for (int64_t j = 0; j < referents->size.Load() && !refers; ++j) {
      for (const Value wanted : args.rest()) refers = refers || ListAt(referents, j) == wanted;
    }
    if (refers && candidate != all) GILA_TRY_VOID(ListAppend(thread, found, candidate));
  }
}

Result<Value> IsFinalized(Thread&, Args args) {
  return Value::Bool(args[0].IsPointer() && (args[0].AsObject()->gc.Load() & kGcFinalized) != 0);
}

Result<Value> Nothing(Thread&, Args) { return kNone; }
Result<Value> FreezeCount(Thread&, Args) { return Value::SmallInt(0); }

const NativeDef kFunctions[] = {
    {"enable", Enable, "()", "Enable automatic garbage collection."},
    {"disable", Disable, "()", "Disable automatic garbage collection."},
    {"isenabled", IsEnabled, "()", "Returns true if automatic garbage collection is enabled."},
    {"collect", CollectNow, "(generation=2)", "Run the garbage collector."},
    {"get_stats", GetStats, "()",
     "Return a list of dictionaries containing per-generation statistics."},
    {"get_threshold", GetThreshold, "()", "Return the current collection thresholds."},
    {"set_threshold", SetThreshold, "(threshold0, threshold1=0, threshold2=0, /)",
     "Sets the collection thresholds."},
    {"get_count", GetCount, "()", "Return a three-tuple of the current collection counts."},
    {"get_debug", GetDebug, "()", "Get the garbage collection debugging flags."},
    {"set_debug", SetDebug, "(flags, /)", "Set the garbage collection debugging flags."},
    {"is_tracked", IsTrackedValue, "(obj, /)",
     "Returns true if the object is tracked by the garbage collector."},
    {"is_finalized", IsFinalized, "(obj, /)",
     "Returns true if the object has been already finalized by the GC."},
    {"get_objects", GetObjects, "(generation=None)",
     "Return a list of objects tracked by the collector."},
    {"get_referents", GetReferents, "(*objs)",
     "Return the list of objects that are directly referred to by objs."},
    {"get_referrers", GetReferrers, "(*objs)",
     "Return the list of objects that directly refer to any of objs."},
    {"freeze", Nothing, "()", "Freeze all current tracked objects."},
    {"unfreeze", Nothing, "()", "Unfreeze all objects in the permanent generation."},
    {"get_freeze_count", FreezeCount, "()",
     "Return the number of objects in the permanent generation."},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

Status InitGcModule(Thread& thread, Module* module) GILA_ATTACHED;
Status InitGcModule(Thread& thread, Module* module) {
  thresholds[0].Store(700);
  thresholds[1].Store(10);
  thresholds[2].Store(10);
  for (Value* list : {&callbacks, &garbage}) {
    GILA_TRY(*list, Result<Value>(NewList(thread)));
    heap::AddRoot(list);
  }
  GILA_TRY_VOID(AddValue(thread, module, "callbacks", callbacks));
  GILA_TRY_VOID(AddValue(thread, module, "garbage", garbage));
  const std::pair<const char*, int> flags[] = {{"DEBUG_STATS", 1},
                                               {"DEBUG_COLLECTABLE", 2},
                                               {"DEBUG_UNCOLLECTABLE", 4},
                                               {"DEBUG_SAVEALL", 32},
                                               {"DEBUG_LEAK", 38}};
  for (const auto& [name, flag] : flags) {
    GILA_TRY_VOID(AddValue(thread, module, name, Value::SmallInt(flag)));
  }
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila
