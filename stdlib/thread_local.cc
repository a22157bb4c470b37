// thread_local.cc: _thread._local (threading.local): an object whose attributes every thread has
// for itself. The object holds a dict from thread serial to that thread's attribute dict; a serial
// is never used twice, and those of ended threads are dropped when a new thread first touches the
// object.
#include <vector>

#include "runtime/call.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/thread_locks.h"

namespace gila {
namespace {

struct LocalObject : Object {
  PointerSlot<Dict> dicts;  // serial -> dict
  Slot args, kwargs;        // for __init__ in each further thread
};

void TraceLocal(Object* object, Marker& marker) {
  auto* local = static_cast<LocalObject*>(object);
  marker.Visit(local->dicts);
  marker.Visit(local->args);
  marker.Visit(local->kwargs);
}

Value SerialOf(const Thread& thread) {
  return Value::SmallInt(static_cast<int64_t>(thread.serial));
}

Status DropEnded(Thread& thread, LocalObject* local) {
  struct Live {
    std::vector<uint64_t> serials;
  } live;
  ForEachThread(
      [](Thread* t, void* context) { static_cast<Live*>(context)->serials.push_back(t->serial); },
      &live);
  Dict* dicts = local->dicts.Load();
  GILA_TRY(List * ended, NewList(thread));
  int64_t position = 0;
  Value key, value;
  while (DictNext(dicts, &position, &key, &value)) {
    bool lives = false;
    for (uint64_t serial : live.serials) lives |= static_cast<int64_t>(serial) == key.AsSmallInt();
    if (!lives) GILA_TRY_VOID(ListAppend(thread, ended, key));
  }
  for (int64_t i = 0; i < ended->size.Load(); ++i) {
    GILA_TRY([[maybe_unused]] const Value dropped, DictPop(thread, dicts, ListAt(ended, i)));
  }
  return kOk;
}

// The running thread's attributes; made, and __init__ called again, when this thread sees the
// object for the first time.
Result<Dict*> AttributesOf(Thread& thread, LocalObject* local) {
  GILA_TRY(const Value known, DictGet(thread, local->dicts.Load(), SerialOf(thread)));
  if (!known.IsUnbound()) return known.As<Dict>();
  GILA_TRY_VOID(DropEnded(thread, local));
  GILA_TRY(Dict * fresh, NewDict(thread));
  GILA_TRY_VOID(DictSet(thread, local->dicts.Load(), SerialOf(thread), fresh));
  const Value init = LookupSpecial(thread, TypeOf(Value(local)), Special::kInit);
  if (init != LookupSpecial(thread, GetType(TypeId::kObject), Special::kInit)) {
    GILA_TRY(const Value bound, BindDescriptor(thread, init, local, TypeOf(Value(local))));
    const Result<Value> done = CallWith(thread, bound, local->args.Load(), local->kwargs.Load());
    if (!done.ok()) {
      const Value raised = thread.TakeException();
      GILA_TRY([[maybe_unused]] const Value dropped,
               DictPop(thread, local->dicts.Load(), SerialOf(thread)));
      thread.exception = raised;
      return kFailed;
    }
  }
  return fresh;
}

Result<Value> LocalNew(Thread& thread, Args args) {
  Type* type = args[0].As<Type>();
  const bool has_arguments =
      !args.rest().empty() || (args.Has(1) && args[1].As<Dict>()->size.Load() != 0);
  if (has_arguments && LookupSpecial(thread, type, Special::kInit) ==
                           LookupSpecial(thread, GetType(TypeId::kObject), Special::kInit)) {
    return thread.RaiseTypeError("Initialization arguments are not supported");
  }
  GILA_TRY(Tuple * arguments, NewTuple(thread, args.rest()));
  GILA_TRY(Dict * dicts, NewDict(thread));
  GILA_TRY(Dict * mine, NewDict(thread));
  GILA_TRY(Object * object, AllocateInstance(thread, type));
  auto* local = static_cast<LocalObject*>(object);
  local->dicts.Store(local, dicts);
  local->args.Store(local, arguments);
  local->kwargs.Store(local, args[1]);
  // The creating thread's __init__ is called by the class as usual.
  GILA_TRY_VOID(DictSet(thread, dicts, SerialOf(thread), mine));
  return object;
}

Result<Value> LocalGetAttribute(Thread& thread, Args args) {
  GILA_TRY(Str * given, ToStrArgument(thread, args[1], "attribute name"));
  const Value name = InternStr(thread, given);
  GILA_TRY(Dict * attributes, AttributesOf(thread, args[0].As<LocalObject>()));
  if (name == NameOf(Name::kDict_)) return attributes;
  const Value on_type = LookupOnType(thread, TypeOf(args[0]), name);
  if (on_type.IsUnbound() || !IsDataDescriptor(thread, on_type)) {
    const Value own = DictGetInterned(attributes, name);
    if (!own.IsUnbound()) return own;
  }
  return GenericGetAttr(thread, args[0], name);
}

Status LocalStore(Thread& thread, Value self, Value name_value, Value value) {
  GILA_TRY(Str * given, ToStrArgument(thread, name_value, "attribute name"));
  const Value name = InternStr(thread, given);
  const std::string type_name(TypeNameOf(self));
  if (name == NameOf(Name::kDict_)) {
    return thread.RaiseFormat(TypeId::kAttributeError,
                              "'%s' object attribute '__dict__' is read-only", type_name.c_str());
  }
  GILA_TRY(Dict * attributes, AttributesOf(thread, self.As<LocalObject>()));
  const Value on_type = LookupOnType(thread, TypeOf(self), name);
  if (!on_type.IsUnbound() && IsDataDescriptor(thread, on_type)) {
    return GenericSetAttr(thread, self, name, value);
  }
  if (!value.IsUnbound()) return DictSet(thread, attributes, name, value);
  GILA_TRY(const Value old, DictPop(thread, attributes, name));
  if (old.IsUnbound()) {
    const std::string text = ToUtf8(name);
    return thread.RaiseFormat(TypeId::kAttributeError, "'%s' object has no attribute '%s'",
                              type_name.c_str(), text.c_str());
  }
  return kOk;
}

Result<Value> LocalSetAttr(Thread& thread, Args args) {
  GILA_TRY_VOID(LocalStore(thread, args[0], args[1], args[2]));
  return kNone;
}
Result<Value> LocalDelAttr(Thread& thread, Args args) {
  GILA_TRY_VOID(LocalStore(thread, args[0], args[1], kUnbound));
  return kNone;
}

const NativeDef kMethods[] = {
    {"__getattribute__", LocalGetAttribute, "(self, name, /)", "Return getattr(self, name)."},
    {"__setattr__", LocalSetAttr, "(self, name, value, /)",
     "Implement setattr(self, name, value)."},
    {"__delattr__", LocalDelAttr, "(self, name, /)", "Implement delattr(self, name)."},
    {nullptr, nullptr, nullptr, nullptr},
};
const KindInfo kLocalKind = {"_local", TraceLocal, nullptr};
const TypeSpec kLocalSpec = {
    .doc = "Thread-local data",
    .new_function = LocalNew,
    .new_signature = "(cls, *args, **kwargs)",
    .methods = kMethods,
    .native_size = sizeof(LocalObject),
    .kind_info = &kLocalKind,
};

}  // namespace

Status AddLocalType(Thread& thread, Module* module) {
  GILA_TRY([[maybe_unused]] Type * type,
           AddType(thread, module, kLocalSpec, "_thread._local", RegisterKind(kLocalKind),
                   sizeof(LocalObject),
                   kBasetype | kHasWeakref | kCustomGetAttribute | kCustomSetAttribute));
  return kOk;
}

}  // namespace gila
