// pickle_build.cc: the opcodes that make objects: a class by its name, an instance of it, its
// state.
#include "runtime/instances.h"
#include "runtime/protocols.h"
#include "runtime/text/codecs.h"
#include "runtime/types/int.h"
#include "stdlib/import.h"
#include "stdlib/native_support.h"
#include "stdlib/object_state.h"
#include "stdlib/pickle_internal.h"

namespace gila::pickling {

Result<Value> ModuleAttribute(Thread& thread, const char* module, const char* name) {
  GILA_TRY(const Value imported, ImportAbsolute(thread, module));
  return GetAttr(thread, imported, Intern(thread, name));
}

Result<Value> FindClassDefault(Thread& thread, int64_t protocol, bool fix_imports,
                               Value module_name, Value name) {
  if (protocol < 3 && fix_imports) {
    GILA_TRY(const Value names, ModuleAttribute(thread, "_compat_pickle", "NAME_MAPPING"));
    GILA_TRY(const Value modules, ModuleAttribute(thread, "_compat_pickle", "IMPORT_MAPPING"));
    GILA_TRY(Tuple* const key, NewPair(thread, module_name, name));
    GILA_TRY(const Value both, DictGet(thread, names.As<Dict>(), key));
    if (IsTuple(both) && both.As<Tuple>()->length == 2) {
      module_name = both.As<Tuple>()->At(0);
      name = both.As<Tuple>()->At(1);
    } else {
      GILA_TRY(const Value renamed, DictGet(thread, modules.As<Dict>(), module_name));
      if (IsStr(renamed)) module_name = renamed;
    }
  }
  if (!IsStr(module_name) || !IsStr(name))
    return thread.RaiseTypeError("module and name must be str");
  GILA_TRY(const Value module, ImportAbsolute(thread, ToUtf8(module_name)));
  Value parent;
  if (protocol >= 4) return DottedAttribute(thread, module, name, &parent);
  GILA_TRY(const Value found, GetAttrOrUnbound(thread, module, InternStr(thread, name.As<Str>())));
  if (!found.IsUnbound()) return found;
  GILA_TRY(Str* const shown, Repr(thread, module));
  return thread.Raise(TypeId::kAttributeError,
                      "Can't get attribute '" + ToUtf8(name) + "' on " + ToUtf8(shown));
}

Result<Value> Loader::FindClass(Value module_name, Value name) {
  if (!custom_checked_) {
    custom_checked_ = true;
    custom_find_ = unpickler_ != nullptr && TypeOf(unpickler_) != unpickler_type &&
                   LookupOnType(thread_, TypeOf(unpickler_), Intern(thread_, "find_class")) !=
                       LookupOnType(thread_, unpickler_type, Intern(thread_, "find_class"));
  }
  if (custom_find_)
    return CallMethod(thread_, unpickler_, Intern(thread_, "find_class"), {module_name, name});
  return FindClassDefault(thread_, protocol_, fix_imports, module_name, name);
}

Status Loader::LoadGlobalLine() {
  GILA_TRY(const std::string_view module_line, source_.ReadLine());
  GILA_TRY(Str* const module_name, DecodeBytes(thread_, module_line, "utf-8", "strict"));
  GILA_TRY(const std::string_view name_line, source_.ReadLine());
  GILA_TRY(Str* const name, DecodeBytes(thread_, name_line, "utf-8", "strict"));
  GILA_TRY(const Value found, FindClass(module_name, name));
  return Push(found);
}

Status Loader::LoadStackGlobal() {
  GILA_TRY(const Value name, Pop());
  GILA_TRY(const Value module_name, Pop());
  if (!IsStr(name) || !IsStr(module_name)) return Raise("STACK_GLOBAL requires str");
  GILA_TRY(const Value found, FindClass(module_name, name));
  return Push(found);
}

Status Loader::LoadExtension(int64_t code) {
  if (code <= 0) return Raise("EXT specifies code <= 0");
  GILA_TRY(const Value cache, ModuleAttribute(thread_, "copyreg", "_extension_cache"));
  if (!IsDict(cache))
    return Raise("unregistered extension code %lld", static_cast<long long>(code));
  GILA_TRY(const Value known, DictGet(thread_, cache.As<Dict>(), Value::SmallInt(code)));
  if (!known.IsUnbound()) return Push(known);
  GILA_TRY(const Value inverted, ModuleAttribute(thread_, "copyreg", "_inverted_registry"));
  if (!IsDict(inverted))
    return Raise("unregistered extension code %lld", static_cast<long long>(code));
  GILA_TRY(const Value pair, DictGet(thread_, inverted.As<Dict>(), Value::SmallInt(code)));
  if (pair.IsUnbound())
    return thread_.RaiseValueError("unregistered extension code %lld",
                                   static_cast<long long>(code));
  if (!IsTuple(pair) || pair.As<Tuple>()->length != 2 || !IsStr(pair.As<Tuple>()->At(0)) ||
      !IsStr(pair.As<Tuple>()->At(1)))
    return thread_.RaiseValueError("_inverted_registry[%lld] isn't a 2-tuple of strings",
                                   static_cast<long long>(code));
  GILA_TRY(const Value found, FindClass(pair.As<Tuple>()->At(0), pair.As<Tuple>()->At(1)));
  GILA_TRY_VOID(DictSet(thread_, cache.As<Dict>(), Value::SmallInt(code), found));
  return Push(found);
}

Status Loader::LoadReduce() {
  GILA_TRY(const Value arguments, Pop());
  GILA_TRY(const Value callable, Top());
  if (!IsTuple(arguments)) return thread_.RaiseTypeError("argument list must be a tuple");
  GILA_TRY(const Value made, CallWith(thread_, callable, arguments, kUnbound));
  stack_->items[height_ - 1].Store(stack_, made);
  return kOk;
}

namespace {

// cls.__new__(cls) when that is object's and nothing stands against it: without a call.
Result<Value> NewPlain(Thread& thread, Value cls) {
  Type* const type = cls.As<Type>();
  static const Value name = Intern(thread, "__new__");
  if (type->instance_kind != kKindInstance || !type->Has(kHeapType) ||
      type->Has(kAbstract | kHasDel))
    return kUnbound;
  if (LookupOnType(thread, type, name) != LookupOnType(thread, GetType(TypeId::kObject), name))
    return kUnbound;
  return AllocateInstance(thread, type);
}

}  // namespace

Status Loader::LoadNewObj(bool keywords) {
  const char* const opcode = keywords ? "NEWOBJ_EX" : "NEWOBJ";
  Value named = kUnbound;
  if (keywords) {
    GILA_TRY(named, Pop());
  }
  GILA_TRY(const Value arguments, Pop());
  GILA_TRY(const Value cls, Top());
  if (!IsType(cls))
    return Raise("%s class argument must be a type, not %.200s", opcode,
                 std::string(TypeNameOf(cls)).c_str());
  if (!IsTuple(arguments))
    return Raise(keywords ? "NEWOBJ_EX args argument must be a tuple, not %.200s"
                          : "NEWOBJ expected an arg tuple, got %.200s",
                 std::string(TypeNameOf(arguments)).c_str());
  if (keywords && !IsDict(named))
    return Raise("NEWOBJ_EX kwargs argument must be a dict, not %.200s",
                 std::string(TypeNameOf(named)).c_str());
  Value made = kUnbound;
  if (arguments.As<Tuple>()->length == 0 && !keywords) {
    GILA_TRY(made, NewPlain(thread_, cls));
  }
  if (made.IsUnbound()) {
    GILA_TRY(const Value make, GetAttrOrUnbound(thread_, cls, Intern(thread_, "__new__")));
    if (make.IsUnbound()) return Raise("%s class argument has NULL tp_new", opcode);
    GILA_TRY(List* const all, NewList(thread_));
    GILA_TRY_VOID(ListAppend(thread_, all, cls));
    GILA_TRY_VOID(ListExtend(thread_, all, arguments));
    GILA_TRY(Tuple* const whole, ListToTuple(thread_, all));
    GILA_TRY(made, CallWith(thread_, make, whole, named));
  }
  stack_->items[height_ - 1].Store(stack_, made);
  return kOk;
}

Status Loader::LoadBuild() {
  GILA_TRY(Value state, Pop());
  GILA_TRY(const Value instance, Top());
  static const Value setter_name = Intern(thread_, "__setstate__");
  GILA_TRY(const Value setter, GetAttrOrUnbound(thread_, instance, setter_name));
  if (!setter.IsUnbound())
    return Status(Call(thread_, setter, {state}).ok() ? kOk : Status(kFailed));
  Value slots = gila::kNone;
  if (IsTuple(state) && state.As<Tuple>()->length == 2) {
    slots = state.As<Tuple>()->At(1);
    state = state.As<Tuple>()->At(0);
  }
  if (!state.IsNone()) {
    if (!IsDict(state)) return Raise("state is not a dictionary");
    GILA_TRY_VOID(UpdateAttributes(thread_, instance, state.As<Dict>()));
  }
  if (slots.IsNone()) return kOk;
  if (!IsDict(slots)) return Raise("slot state is not a dictionary");
  GILA_TRY(Dict* const copy, DictCopy(thread_, slots.As<Dict>()));
  int64_t position = 0;
  Value key, value;
  while (DictNext(copy, &position, &key, &value)) {
    if (!IsStr(key))
      return thread_.RaiseTypeError("attribute name must be string, not '%s'",
                                    std::string(TypeNameOf(key)).c_str());
    GILA_TRY_VOID(SetAttr(thread_, instance, InternStr(thread_, key.As<Str>()), value));
  }
  return kOk;
}

// cls(*args), or without a call for old classes without arguments.
Result<Value> Loader::Instantiate(Value cls, Tuple* args) {
  if (args->length == 0 && IsType(cls)) {
    GILA_TRY(const Value initial,
             GetAttrOrUnbound(thread_, cls, Intern(thread_, "__getinitargs__")));
    if (initial.IsUnbound()) {
      GILA_TRY(const Value make, GetAttr(thread_, cls, Intern(thread_, "__new__")));
      return Call(thread_, make, {cls});
    }
  }
  return CallWith(thread_, cls, args, kUnbound);
}

Status Loader::LoadInst() {
  GILA_TRY(const int64_t mark, PopToMark());
  GILA_TRY(Tuple* const arguments, TupleFrom(mark));
  GILA_TRY_VOID(LoadGlobalLine());
  GILA_TRY(const Value cls, Pop());
  GILA_TRY(const Value made, Instantiate(cls, arguments));
  return Push(made);
}

Status Loader::LoadObj() {
  GILA_TRY(const int64_t mark, PopToMark());
  if (height_ - mark < 1) return Underflow();
  const Value cls = At(mark);
  GILA_TRY(Tuple* const arguments, TupleFrom(mark + 1));
  Drop(mark);
  GILA_TRY(const Value made, Instantiate(cls, arguments));
  return Push(made);
}

Status Loader::LoadPersistent(Value id) {
  Value hook = kUnbound;
  if (unpickler_ != nullptr) {
    GILA_TRY(hook, GetAttrOrUnbound(thread_, unpickler_, Intern(thread_, "persistent_load")));
  }
  if (hook.IsUnbound())
    return Raise(
        "A load persistent id instruction was encountered,\nbut no persistent_load function was "
        "specified.");
  if (id.IsUnbound()) {
    GILA_TRY(id, Pop());
  }
  GILA_TRY(const Value loaded, Call(thread_, hook, {id}));
  return Push(loaded);
}

}  // namespace gila::pickling
