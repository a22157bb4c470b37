// pickle_unpickler.cc: the type Unpickler: one file, many loads, one memo; and the view of that
// memo.
#include "runtime/protocols.h"
#include "runtime/types/int.h"
#include "stdlib/native_support.h"
#include "stdlib/pickle_internal.h"

namespace gila::pickling {

Type* unpickler_type = nullptr;
uint8_t unpickler_kind = 0;

namespace {

Type* memo_type = nullptr;
struct MemoProxy : Object {
  PointerSlot<Object> unpickler;
};

UnpicklerObject* Self(Value v) { return v.As<UnpicklerObject>(); }

template <class Visit>
void EachSlot(UnpicklerObject* self, Visit visit) {
  for (Slot* const slot : {&self->read, &self->readline, &self->peek, &self->readinto,
                           &self->buffers, &self->encoding, &self->errors, &self->persistent_load})
    visit(*slot);
}

Result<Value> UnpicklerNew(Thread& thread, Args args) {
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const self = static_cast<UnpicklerObject*>(object);
  EachSlot(self, [&](Slot& slot) { slot.Store(self, kUnbound); });
  return object;
}

Failed RaiseBusy(Thread& thread) {
  return thread.Raise(TypeId::kRuntimeError, "another thread uses this Unpickler");
}

Result<Value> UnpicklerInit(Thread& thread, Args args) {
  UnpicklerObject* const self = Self(args[0]);
  const InUse<UnpicklerObject> use(thread, self);
  if (!use.ok()) return RaiseBusy(thread);
  GILA_TRY(const Value read, GetAttrOrUnbound(thread, args[1], Intern(thread, "read")));
  GILA_TRY(const Value readline, GetAttrOrUnbound(thread, args[1], Intern(thread, "readline")));
  GILA_TRY(const Value peek, GetAttrOrUnbound(thread, args[1], Intern(thread, "peek")));
  if (read.IsUnbound() || readline.IsUnbound())
    return thread.RaiseTypeError("file must have 'read' and 'readline' attributes");
  GILA_TRY(const bool fix_imports, Truth(thread, args.Or(2, kTrue)));
  const Value encoding = args.Or(3, Intern(thread, "ASCII")),
              errors = args.Or(4, Intern(thread, "strict"));
  if (!IsStr(encoding) || !IsStr(errors))
    return thread.RaiseTypeError("encoding and errors must be str");
  Value buffers = args.Or(5, gila::kNone);
  if (!buffers.IsNone()) {
    GILA_TRY(buffers, GetIter(thread, buffers));
  }
  self->read.Store(self, read);
  self->readline.Store(self, readline);
  self->peek.Store(self, peek);
  self->buffers.Store(self, buffers);
  self->encoding.Store(self, encoding);
  self->errors.Store(self, errors);
  self->fix_imports = fix_imports ? 1 : 0;
  self->memo.Store(self, nullptr);
  self->sparse_memo.Store(self, nullptr);
  self->memo_size.Store(0);
  self->ready = 1;
  return gila::kNone;
}

Result<Value> UnpicklerLoad(Thread& thread, Args args) {
  UnpicklerObject* const self = Self(args[0]);
  if (self->ready == 0) {
    const std::string name(TypeOf(args[0]) == unpickler_type ? "_pickle.Unpickler"
                                                             : TypeNameOf(args[0]));
    return RaiseOfTypeFormat(thread, unpickling_error,
                             "Unpickler.__init__() was not called by %s.__init__()", name.c_str());
  }
  const InUse<UnpicklerObject> use(thread, self);
  if (!use.ok()) return RaiseBusy(thread);
  Source source(thread);
  source.UseFile(self);
  Loader loader(thread, source, self);
  loader.fix_imports = self->fix_imports != 0;
  loader.encoding = self->encoding.Load();
  loader.errors = self->errors.Load();
  loader.buffers = self->buffers.Load();
  return loader.Load();
}

Result<Value> FindClassMethod(Thread& thread, Args args) {
  const UnpicklerObject* const self = Self(args[0]);
  return FindClassDefault(thread, self->protocol.Load(), self->fix_imports != 0, args[1], args[2]);
}

// --- attributes ---

Result<Value> GetMemo(Thread& thread, Value self) {
  GILA_TRY(Object* const object, AllocateInstance(thread, memo_type));
  static_cast<MemoProxy*>(object)->unpickler.Store(object, self.AsObject());
  return object;
}

Result<Value> MemoCopy(Thread& thread, Args args) {
  auto* const unpickler = static_cast<UnpicklerObject*>(args[0].As<MemoProxy>()->unpickler.Load());
  Dict* dict = unpickler->sparse_memo.Load();
  if (dict == nullptr) {
    GILA_TRY(dict, NewDict(thread));
  } else {
    GILA_TRY(dict, DictCopy(thread, dict));
  }
  auto* const memo = static_cast<ValueArray*>(unpickler->memo.Load());
  for (int64_t i = 0; memo != nullptr && i < memo->length; ++i) {
    const Value value = memo->items[i].Load();
    if (!value.IsUnbound()) GILA_TRY_VOID(DictSet(thread, dict, Value::SmallInt(i), value));
  }
  return dict;
}

void ClearMemo(UnpicklerObject* self) {
  self->memo.Store(self, nullptr);
  self->sparse_memo.Store(self, nullptr);
  self->memo_size.Store(0);
}
Result<Value> MemoClear(Thread&, Args args) {
  ClearMemo(static_cast<UnpicklerObject*>(args[0].As<MemoProxy>()->unpickler.Load()));
  return gila::kNone;
}
Result<Value> MemoReduce(Thread& thread, Args args) {
  GILA_TRY(const Value contents, MemoCopy(thread, args));
  GILA_TRY(Tuple* const arguments, NewTuple(thread, std::span<const Value>(&contents, 1)));
  return NewPair(thread, GetType(TypeId::kDict), arguments);
}

// {index: object}
Status SetMemo(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.RaiseTypeError("attribute deletion is not supported");
  Value contents = value;
  if (value.IsPointer() && TypeOf(value) == memo_type) {
    GILA_TRY(contents, CallMethod(thread, value, Intern(thread, "copy")));
  }
  if (!IsDict(contents))
    return thread.RaiseTypeError(
        "'memo' attribute must be an UnpicklerMemoProxy object or dict, not %.200s",
        std::string(TypeNameOf(value)).c_str());
  constexpr int64_t kFar = 65536;
  int64_t position = 0, length = 32;
  Value key, entry;
  GILA_TRY(Dict* const sparse, NewDict(thread));
  while (DictNext(contents.As<Dict>(), &position, &key, &entry)) {
    int64_t index;
    if (!IsInt(key)) return thread.RaiseTypeError("memo key must be integers");
    if (!TryInt64(key, &index) || index < 0)
      return thread.RaiseValueError("memo key must be positive integers.");
    if (index < kFar) {
      length = std::max(length, index + 1);
    } else {
      GILA_TRY_VOID(DictSet(thread, sparse, key, entry));
    }
  }
  GILA_TRY(ValueArray* const memo, NewValueArray(thread, length));
  for (int64_t i = 0; i < length; ++i) memo->items[i].Store(memo, kUnbound);
  for (position = 0; DictNext(contents.As<Dict>(), &position, &key, &entry);) {
    int64_t index;
    if (TryInt64(key, &index) && index >= 0 && index < length)
      memo->items[index].Store(memo, entry);
  }
  const InUse<UnpicklerObject> use(thread, Self(self));
  if (!use.ok()) return RaiseBusy(thread);
  Self(self)->memo.Store(Self(self), memo);
  Self(self)->sparse_memo.Store(Self(self), sparse);
  Self(self)->memo_size.Store(length);
  return kOk;
}

Result<Value> GetPersistentLoad(Thread& thread, Value self) {
  const Value hook = Self(self)->persistent_load.Load();
  if (hook.IsUnbound()) return thread.Raise(TypeId::kAttributeError, "persistent_load");
  return hook;
}
Status SetPersistentLoad(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.RaiseTypeError("attribute deletion is not supported");
  if (!IsCallable(value))
    return thread.RaiseTypeError("persistent_load must be a callable taking one argument");
  Self(self)->persistent_load.Store(Self(self), value);
  return kOk;
}

void Trace(Object* object, Marker& marker) {
  auto* const self = static_cast<UnpicklerObject*>(object);
  EachSlot(self, [&](Slot& slot) { marker.Visit(slot); });
  marker.Visit(self->memo);
  marker.Visit(self->sparse_memo);
}
void TraceMemo(Object* object, Marker& marker) {
  marker.Visit(static_cast<MemoProxy*>(object)->unpickler);
}
constexpr KindInfo kKind = {"Unpickler", Trace, nullptr};
constexpr KindInfo kMemoKind = {"UnpicklerMemoProxy", TraceMemo, nullptr};
constexpr NativeDef kMethods[] = {
    {"__init__", UnpicklerInit,
     "(self, file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())", nullptr},
    {"load", UnpicklerLoad, "(self, /)", "The next object of the file."},
    {"find_class", FindClassMethod, "(self, module_name, global_name, /)",
     "The class or function of that name; the module is imported."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr GetSetDef kFields[] = {{"memo", GetMemo, SetMemo, nullptr},
                                 {"persistent_load", GetPersistentLoad, SetPersistentLoad, nullptr},
                                 {nullptr, nullptr, nullptr, nullptr}};
constexpr NativeDef kMemoMethods[] = {
    {"clear", MemoClear, "(self, /)", "Forget all."},
    {"copy", MemoCopy, "(self, /)", "A dict from numbers to objects."},
    {"__reduce__", MemoReduce, "(self, /)", nullptr},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kSpec = {.doc = "Reads objects from a binary file.",
                            .new_function = UnpicklerNew,
                            .new_signature = "(cls, *args, **kwargs)",
                            .methods = kMethods,
                            .getsets = kFields,
                            .native_size = sizeof(UnpicklerObject),
                            .kind_info = &kKind};
constexpr TypeSpec kMemoSpec = {
    .methods = kMemoMethods, .native_size = sizeof(MemoProxy), .kind_info = &kMemoKind};

}  // namespace

Status AddUnpickler(Thread& thread, Module* module) {
  unpickler_kind = RegisterKind(kKind);
  GILA_TRY(unpickler_type, AddType(thread, module, kSpec, "_pickle.Unpickler", unpickler_kind,
                                   sizeof(UnpicklerObject), kBasetype));
  GILA_TRY(memo_type, AddType(thread, module, kMemoSpec, "_pickle.UnpicklerMemoProxy",
                              RegisterKind(kMemoKind), sizeof(MemoProxy), kNoInstantiate));
  heap::AddRoot(reinterpret_cast<Object**>(&unpickler_type));
  heap::AddRoot(reinterpret_cast<Object**>(&memo_type));
  return kOk;
}

}  // namespace gila::pickling
