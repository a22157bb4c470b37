// pickle_pickler.cc: the type Pickler: one file, many dumps, one memo; and the view of that memo.
#include "runtime/protocols.h"
#include "stdlib/native_support.h"
#include "stdlib/pickle_internal.h"

namespace gila::pickling {

Type* pickler_type = nullptr;
uint8_t pickler_kind = 0;

namespace {

Type* memo_type = nullptr;
struct MemoProxy : Object {
  PointerSlot<Object> pickler;
};

PicklerObject* Self(Value v) { return v.As<PicklerObject>(); }

Result<Value> PicklerNew(Thread& thread, Args args) {
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const self = static_cast<PicklerObject*>(object);
  for (Slot* const slot :
       {&self->write, &self->buffer_callback, &self->dispatch_table, &self->persistent_id})
    slot->Store(self, kUnbound);
  return object;
}

Failed RaiseNotReady(Thread& thread) {
  return RaiseOfType(thread, pickling_error, "Pickler.__init__() was not called by a subclass");
}
Failed RaiseBusy(Thread& thread) {
  return thread.Raise(TypeId::kRuntimeError, "another thread uses this Pickler");
}

Result<Value> PicklerInit(Thread& thread, Args args) {
  PicklerObject* const self = Self(args[0]);
  const InUse<PicklerObject> use(thread, self);
  if (!use.ok()) return RaiseBusy(thread);
  GILA_TRY(const int protocol, ReadProtocol(thread, args.Or(2, kNone)));
  GILA_TRY(const bool fix_imports, Truth(thread, args.Or(3, kTrue)));
  const Value callback = args.Or(4, kNone);
  if (!callback.IsNone() && protocol < 5)
    return thread.RaiseValueError("buffer_callback needs protocol >= 5");
  GILA_TRY(const Value write, GetAttrOrUnbound(thread, args[1], Intern(thread, "write")));
  if (write.IsUnbound()) return thread.RaiseTypeError("file must have a 'write' attribute");
  GILA_TRY(List* const kept, NewList(thread));
  self->write.Store(self, write);
  self->buffer_callback.Store(self, callback);
  self->kept.Store(self, kept);
  self->protocol = static_cast<uint8_t>(protocol);
  self->fix_imports = fix_imports ? 1 : 0;
  self->fast.Store(0);
  if (self->memo == nullptr) {
    self->memo = new MemoTable();
    heap::RegisterFinalizer(thread, self);
  }
  self->memo->Clear();
  return kNone;
}

Result<Value> PicklerDump(Thread& thread, Args args) {
  PicklerObject* const self = Self(args[0]);
  if (self->memo == nullptr) {
    const std::string name(TypeOf(args[0]) == pickler_type ? "_pickle.Pickler"
                                                           : TypeNameOf(args[0]));
    return RaiseOfTypeFormat(thread, pickling_error,
                             "Pickler.__init__() was not called by %s.__init__()", name.c_str());
  }
  const InUse<PicklerObject> use(thread, self);
  if (!use.ok()) return RaiseBusy(thread);
  Saver saver(thread, self->protocol, self->fix_imports != 0, self->memo, self->kept.Load());
  GILA_TRY_VOID(saver.Adopt(self));
  GILA_TRY_VOID(saver.Dump(args[1]));
  return kNone;
}

Status ClearMemoOf(Thread& thread, PicklerObject* self) {
  if (self->memo == nullptr) return RaiseNotReady(thread);
  const InUse<PicklerObject> use(thread, self);
  if (!use.ok()) return RaiseBusy(thread);
  self->memo->Clear();
  GILA_TRY(List* const kept, NewList(thread));
  self->kept.Store(self, kept);
  return kOk;
}
Result<Value> PicklerClearMemo(Thread& thread, Args args) {
  GILA_TRY_VOID(ClearMemoOf(thread, Self(args[0])));
  return kNone;
}

// --- attributes ---

Result<Value> GetMemoProxy(Thread& thread, Value self) {
  GILA_TRY(Object* const object, AllocateInstance(thread, memo_type));
  static_cast<MemoProxy*>(object)->pickler.Store(object, self.AsObject());
  return object;
}

// {id: (index, object)}, from a memo of another pickler or a dict.
Status SetMemo(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.RaiseTypeError("attribute deletion is not supported");
  Value contents = value;
  if (value.IsPointer() && TypeOf(value) == memo_type) {
    GILA_TRY(contents, CallMethod(thread, value, Intern(thread, "copy")));
  }
  if (!IsDict(contents))
    return thread.RaiseTypeError(
        "'memo' attribute must be a PicklerMemoProxy object or dict, not %s",
        std::string(TypeNameOf(value)).c_str());
  GILA_TRY_VOID(ClearMemoOf(thread, Self(self)));
  int64_t position = 0;
  Value key, entry;
  while (DictNext(contents.As<Dict>(), &position, &key, &entry)) {
    int64_t index;
    if (!IsTuple(entry) || entry.As<Tuple>()->length != 2)
      return thread.RaiseTypeError("'memo' values must be 2-item tuples");
    const Value object = entry.As<Tuple>()->At(1);
    if (!IsInt(entry.As<Tuple>()->At(0)) || !TryInt64(entry.As<Tuple>()->At(0), &index) ||
        index < 0 || index > UINT32_MAX)
      return thread.RaiseTypeError("'memo' values must be 2-item tuples");
    GILA_TRY_VOID(ListAppend(thread, Self(self)->kept.Load(), object));
    Self(self)->memo->Add(object, static_cast<uint32_t>(index));
  }
  return kOk;
}

Result<Value> MemoCopy(Thread& thread, Args args) {
  auto* const pickler = static_cast<PicklerObject*>(args[0].As<MemoProxy>()->pickler.Load());
  GILA_TRY(Dict* const dict, NewDict(thread));
  if (pickler->memo == nullptr) return dict;
  const InUse<PicklerObject> use(thread, pickler);
  if (!use.ok()) return RaiseBusy(thread);
  for (size_t i = 0; i < pickler->memo->entries().size(); ++i) {
    const MemoTable::Entry entry = pickler->memo->entries()[i];
    if (entry.word == 0) continue;
    const Value object(entry.word);
    GILA_TRY(Tuple* const pair, NewPair(thread, Value::SmallInt(entry.index), object));
    GILA_TRY(const Value key,
             NewInt(thread, static_cast<int64_t>(reinterpret_cast<uintptr_t>(object.AsObject()))));
    GILA_TRY_VOID(DictSet(thread, dict, key, pair));
  }
  return dict;
}
Result<Value> MemoClear(Thread& thread, Args args) {
  GILA_TRY_VOID(
      ClearMemoOf(thread, static_cast<PicklerObject*>(args[0].As<MemoProxy>()->pickler.Load())));
  return kNone;
}
Result<Value> MemoReduce(Thread& thread, Args args) {
  GILA_TRY(const Value contents, MemoCopy(thread, args));
  GILA_TRY(Tuple* const arguments, NewTuple(thread, std::span<const Value>(&contents, 1)));
  return NewPair(thread, GetType(TypeId::kDict), arguments);
}

template <Slot PicklerObject::* slot>
Result<Value> GetSlot(Thread& thread, Value self) {
  const Value value = (Self(self)->*slot).Load();
  if (value.IsUnbound()) {
    constexpr bool kTable = slot == &PicklerObject::dispatch_table;
    return thread.Raise(TypeId::kAttributeError, kTable ? "dispatch_table" : "persistent_id");
  }
  return value;
}
template <Slot PicklerObject::* slot>
Status SetSlot(Thread& thread, Value self, Value value) {
  constexpr bool kTable = slot == &PicklerObject::dispatch_table;
  if (value.IsUnbound() && !kTable)
    return thread.RaiseTypeError("attribute deletion is not supported");
  if (!kTable && !IsCallable(value))
    return thread.RaiseTypeError("persistent_id must be a callable taking one argument");
  (Self(self)->*slot).Store(Self(self), value);
  return kOk;
}
Result<Value> GetFast(Thread&, Value self) { return Value::SmallInt(Self(self)->fast.Load()); }
Status SetFast(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.RaiseTypeError("can't delete numeric/char attribute");
  GILA_TRY(const bool on, Truth(thread, value));
  Self(self)->fast.Store(on ? 1 : 0);
  return kOk;
}
Result<Value> GetBin(Thread&, Value self) {
  return Value::SmallInt(Self(self)->protocol > 0 ? 1 : 0);
}

void Trace(Object* object, Marker& marker) {
  auto* const self = static_cast<PicklerObject*>(object);
  for (const Slot* const slot :
       {&self->write, &self->buffer_callback, &self->dispatch_table, &self->persistent_id})
    marker.Visit(*slot);
  marker.Visit(self->kept);
}
void Finalize(Object* object) { delete static_cast<PicklerObject*>(object)->memo; }
void TraceMemo(Object* object, Marker& marker) {
  marker.Visit(static_cast<MemoProxy*>(object)->pickler);
}

constexpr KindInfo kKind = {"Pickler", Trace, Finalize};
constexpr KindInfo kMemoKind = {"PicklerMemoProxy", TraceMemo, nullptr};
constexpr NativeDef kMethods[] = {
    {"__init__", PicklerInit, "(self, file, protocol=None, fix_imports=True, buffer_callback=None)",
     nullptr},
    {"dump", PicklerDump, "(self, obj, /)", "Write the object to the file."},
    {"clear_memo", PicklerClearMemo, "(self, /)",
     "Forget what was written: the next dump refers to nothing before it."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr GetSetDef kFields[] = {{"memo", GetMemoProxy, SetMemo, nullptr},
                                 {"persistent_id", GetSlot<&PicklerObject::persistent_id>,
                                  SetSlot<&PicklerObject::persistent_id>, nullptr},
                                 {"dispatch_table", GetSlot<&PicklerObject::dispatch_table>,
                                  SetSlot<&PicklerObject::dispatch_table>, nullptr},
                                 {"fast", GetFast, SetFast, nullptr},
                                 {"bin", GetBin, ReadonlyMember, nullptr},
                                 {nullptr, nullptr, nullptr, nullptr}};
constexpr NativeDef kMemoMethods[] = {
    {"clear", MemoClear, "(self, /)", "Forget all."},
    {"copy", MemoCopy, "(self, /)", "A dict from ids to numbers and objects."},
    {"__reduce__", MemoReduce, "(self, /)", nullptr},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kSpec = {.doc = "Writes objects to a binary file.",
                            .new_function = PicklerNew,
                            .new_signature = "(cls, *args, **kwargs)",
                            .methods = kMethods,
                            .getsets = kFields,
                            .native_size = sizeof(PicklerObject),
                            .kind_info = &kKind};
constexpr TypeSpec kMemoSpec = {
    .methods = kMemoMethods, .native_size = sizeof(MemoProxy), .kind_info = &kMemoKind};

}  // namespace

Status AddPickler(Thread& thread, Module* module) {
  pickler_kind = RegisterKind(kKind);
  GILA_TRY(pickler_type, AddType(thread, module, kSpec, "_pickle.Pickler", pickler_kind,
                                 sizeof(PicklerObject), kBasetype));
  GILA_TRY(memo_type, AddType(thread, module, kMemoSpec, "_pickle.PicklerMemoProxy",
                              RegisterKind(kMemoKind), sizeof(MemoProxy), kNoInstantiate));
  heap::AddRoot(reinterpret_cast<Object**>(&pickler_type));
  heap::AddRoot(reinterpret_cast<Object**>(&memo_type));
  return kOk;
}

}  // namespace gila::pickling
