// pickle_reduce.cc: objects that say themselves how they are pickled (__reduce_ex__, copyreg,
// reducer_override), and those that are pickled as the name that they have in a module: classes and
// functions.
#include <absl/strings/match.h>
#include <absl/strings/str_cat.h>

#include <algorithm>

#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/object_internal.h"
#include "stdlib/import.h"
#include "stdlib/native_support.h"
#include "stdlib/pickle_internal.h"

namespace gila::pickling {

namespace {

std::string Shown(Thread& thread, Value v) {
  const Result<Str*> text = Repr(thread, v);
  if (text.ok()) return ToUtf8(text.value());
  thread.ClearException();
  return "<object>";
}

// The name of a callable, of the two that say how an instance is made.
Result<std::string> CallableName(Thread& thread, Value callable) {
  GILA_TRY(const Value name, GetAttrOrUnbound(thread, callable, Intern(thread, "__name__")));
  return IsStr(name) ? ToUtf8(name) : std::string();
}

Value CopyregTable(Thread& thread, const char* name) {
  const Result<Value> table = ModuleAttribute(thread, "copyreg", name);
  return table.ok() ? table.value() : kUnbound;
}

}  // namespace

Status Saver::SaveType(Value v) {
  for (const Value singleton : {kNone, kNotImplemented, kEllipsis}) {
    if (v != Value(TypeOf(singleton))) continue;
    GILA_TRY(Tuple* const only, NewTuple(thread_, std::span<const Value>(&singleton, 1)));
    GILA_TRY(Tuple* const reduction, NewPair(thread_, GetType(TypeId::kType), only));
    return SaveReduction(reduction, v);
  }
  return SaveGlobal(v, kUnbound);
}

Status Saver::SaveByReduction(Value v) {
  Type* const type = TypeOf(v);
  Value reduction = kNotImplemented;
  if (!reducer_override_.IsUnbound()) {
    GILA_TRY(reduction, Call(thread_, reducer_override_, {v}));
  }
  if (reduction == kNotImplemented) {
    if (type == GetType(TypeId::kType)) return SaveType(v);
    if (type == GetType(TypeId::kFunction)) return SaveGlobal(v, kUnbound);
    Value reducer = kUnbound;
    if (dispatch_table_.IsUnbound()) {
      if (common_table_.IsUnbound()) {
        GILA_TRY(common_table_, ModuleAttribute(thread_, "copyreg", "dispatch_table"));
      }
      if (IsDict(common_table_)) {
        GILA_TRY(reducer, DictGet(thread_, common_table_.As<Dict>(), type));
      }
    } else {
      const Result<Value> found = GetItem(thread_, dispatch_table_, type);
      if (found.ok()) {
        reducer = found.value();
      } else if (thread_.ExceptionMatches(TypeId::kLookupError)) {
        thread_.ClearException();
      } else {
        return kFailed;
      }
    }
    if (!reducer.IsUnbound()) {
      GILA_TRY(reduction, Call(thread_, reducer, {v}));
    } else if (IsType(v)) {
      return SaveGlobal(v, kUnbound);
    } else {
      if (protocol_ >= 2) {
        GILA_TRY(const Value state, PlainInstanceState(thread_, v));
        if (!state.IsUnbound()) return SaveInstance(v, state);
      }
      GILA_TRY(const Value by_protocol,
               GetAttrOrUnbound(thread_, v, Intern(thread_, "__reduce_ex__")));
      if (!by_protocol.IsUnbound()) {
        GILA_TRY(reduction, Call(thread_, by_protocol, {Value::SmallInt(protocol_)}));
      } else {
        GILA_TRY(const Value plain, GetAttrOrUnbound(thread_, v, Intern(thread_, "__reduce__")));
        if (plain.IsUnbound())
          return RaiseOfTypeFormat(thread_, pickling_error, "can't pickle '%s' object: %s",
                                   std::string(TypeName(type)).c_str(), Shown(thread_, v).c_str());
        GILA_TRY(reduction, Call(thread_, plain, {}));
      }
    }
  }
  if (IsStr(reduction)) return SaveGlobal(v, reduction);
  if (!IsTuple(reduction))
    return RaiseOfType(thread_, pickling_error, "__reduce__ must return a string or tuple");
  return SaveReduction(reduction, v);
}

Status Saver::SaveNewObjEx(Value callable, Tuple* args) {
  static_cast<void>(callable);
  if (args->length != 3)
    return RaiseOfTypeFormat(thread_, pickling_error,
                             "length of the NEWOBJ_EX argument tuple must be exactly 3, not %lld",
                             static_cast<long long>(args->length));
  const Value cls = args->At(0), positional = args->At(1), keywords = args->At(2);
  if (!IsTuple(positional))
    return RaiseOfTypeFormat(thread_, pickling_error,
                             "second item from NEWOBJ_EX argument tuple must be a tuple, not %s",
                             std::string(TypeNameOf(positional)).c_str());
  if (!IsDict(keywords))
    return RaiseOfTypeFormat(thread_, pickling_error,
                             "third item from NEWOBJ_EX argument tuple must be a dict, not %s",
                             std::string(TypeNameOf(keywords)).c_str());
  if (protocol_ >= 4) {
    GILA_TRY_VOID(Save(cls));
    GILA_TRY_VOID(Save(positional));
    GILA_TRY_VOID(Save(keywords));
    Put(kNewObjEx);
    return kOk;
  }
  // functools.partial(cls.__new__, cls, *args, **keywords)()
  GILA_TRY(const Value partial, ModuleAttribute(thread_, "functools", "partial"));
  GILA_TRY(const Value make, GetAttr(thread_, cls, Intern(thread_, "__new__")));
  std::vector<Value> all = {make, cls};
  GILA_TRY(List* const rooted, NewList(thread_, all));
  GILA_TRY_VOID(ListExtend(thread_, rooted, positional));
  GILA_TRY(Tuple* const arguments, ListToTuple(thread_, rooted));
  GILA_TRY(const Value bound, CallWith(thread_, partial, arguments, keywords));
  GILA_TRY_VOID(Save(bound));
  GILA_TRY_VOID(Save(empty_tuple));
  Put(kReduce);
  return kOk;
}

Status Saver::SaveNewObj(Tuple* args, Value v, bool has_object) {
  if (args->length == 0) return RaiseOfType(thread_, pickling_error, "__newobj__ arglist is empty");
  const Value cls = args->At(0);
  GILA_TRY(const Value make, GetAttrOrUnbound(thread_, cls, Intern(thread_, "__new__")));
  if (make.IsUnbound())
    return RaiseOfType(thread_, pickling_error, "args[0] from __newobj__ args has no __new__");
  if (has_object) {
    GILA_TRY(const Value own, GetAttr(thread_, v, Intern(thread_, "__class__")));
    if (own != cls)
      return RaiseOfType(thread_, pickling_error,
                         "args[0] from __newobj__ args has the wrong class");
  }
  GILA_TRY_VOID(Save(cls));
  if (args->length == 1) {
    GILA_TRY_VOID(Save(empty_tuple));
  } else {
    GILA_TRY(
        Tuple* const rest,
        NewTuple(thread_, std::span<const Value>(reinterpret_cast<const Value*>(args->items) + 1,
                                                 static_cast<size_t>(args->length) - 1)));
    GILA_TRY_VOID(Save(rest));
  }
  Put(kNewObj);
  return kOk;
}

Status Saver::SaveConstructor(Value callable, Tuple* args, Value v, bool has_object) {
  if (protocol_ >= 2) {
    GILA_TRY(const std::string name, CallableName(thread_, callable));
    if (name == "__newobj_ex__") return SaveNewObjEx(callable, args);
    if (name == "__newobj__") return SaveNewObj(args, v, has_object);
  }
  GILA_TRY_VOID(Save(callable));
  GILA_TRY_VOID(Save(args));
  Put(kReduce);
  return kOk;
}

// What SaveReduction would write of (copyreg.__newobj__, (cls,), state).
Status Saver::SaveInstance(Value v, Value state) {
  GILA_TRY_VOID(Save(TypeOf(v)));
  GILA_TRY_VOID(Save(empty_tuple));
  Put(kNewObj);
  GILA_TRY_VOID(MemoizeMade(v));
  if (state.IsNone()) return kOk;
  GILA_TRY_VOID(Save(state));
  Put(kBuild);
  return kOk;
}

Status Saver::MemoizeMade(Value v) {
  uint32_t index;
  if (!InMemo(v, &index)) return Memoize(v);
  // Its own arguments led back to it.
  Put(kPop);
  return GetMemo(index);
}

Status Saver::SaveReduction(Value reduction, Value v) {
  auto* const parts = reduction.As<Tuple>();
  if (parts->length < 2 || parts->length > 6)
    return RaiseOfType(thread_, pickling_error,
                       "tuple returned by __reduce__ must contain 2 through 6 elements");
  const auto part = [&](int64_t i) { return i < parts->length ? parts->At(i) : kNone; };
  const Value callable = part(0), state = part(2), items = part(3), pairs = part(4),
              setter = part(5);
  if (!IsCallable(callable))
    return RaiseOfType(thread_, pickling_error,
                       "first item of the tuple returned by __reduce__ must be callable");
  if (!IsTuple(part(1)))
    return RaiseOfType(thread_, pickling_error,
                       "second item of the tuple returned by __reduce__ must be a tuple");
  const auto wrong = [&](const char* which, const char* kind, Value given) {
    return RaiseOfTypeFormat(thread_, pickling_error,
                             "%s element of the tuple returned by __reduce__ must be %s, not %s",
                             which, kind, std::string(TypeNameOf(given)).c_str());
  };
  const auto is_iterator = [&](Value given) {
    return !LookupSpecial(thread_, TypeOf(given), Special::kNext).IsUnbound();
  };
  if (!items.IsNone() && !is_iterator(items)) return wrong("fourth", "an iterator", items);
  if (!pairs.IsNone() && !is_iterator(pairs)) return wrong("fifth", "an iterator", pairs);
  if (!setter.IsNone() && !IsCallable(setter)) return wrong("sixth", "a function", setter);
  GILA_TRY_VOID(SaveConstructor(callable, part(1).As<Tuple>(), v, true));
  GILA_TRY_VOID(MemoizeMade(v));
  if (!items.IsNone()) GILA_TRY_VOID(BatchList(items));
  if (!pairs.IsNone()) GILA_TRY_VOID(BatchDict(pairs));
  if (state.IsNone()) return kOk;
  if (setter.IsNone()) {
    GILA_TRY_VOID(Save(state));
    Put(kBuild);
    return kOk;
  }
  GILA_TRY_VOID(Save(setter));
  GILA_TRY_VOID(Save(v));
  GILA_TRY_VOID(Save(state));
  Put(kTuple2);
  Put(kReduce);
  Put(kPop);
  return kOk;
}

// --- by name ---

Result<Value> DottedAttribute(Thread& thread, Value object, Value dotted, Value* parent) {
  const std::string path = ToUtf8(dotted);
  *parent = object;
  for (size_t start = 0;;) {
    const size_t end = path.find('.', start);
    const std::string name = path.substr(start, end == std::string::npos ? end : end - start);
    Result<Value> found = kUnbound;
    if (name != "<locals>") found = GetAttrOrUnbound(thread, object, Intern(thread, name));
    if (!found.ok()) return kFailed;
    if (found.value().IsUnbound())
      return thread.Raise(
          TypeId::kAttributeError,
          name == "<locals>"
              ? "Can't get local attribute '" + path + "' on " + Shown(thread, *parent)
              : "Can't get attribute '" + path + "' on " + Shown(thread, *parent));
    *parent = object;
    object = found.value();
    if (end == std::string::npos) return object;
    start = end + 1;
  }
}

namespace {

Result<Value> WhichModule(Thread& thread, Value v, Value dotted) {
  GILA_TRY(const Value named, GetAttrOrUnbound(thread, v, NameOf(gila::Name::kModule_)));
  if (!named.IsUnbound() && !named.IsNone()) return named;
  GILA_TRY(const Value modules, ModuleAttribute(thread, "sys", "modules"));
  if (IsDict(modules)) {
    // A copy: looking may import.
    GILA_TRY(Dict* const copy, DictCopy(thread, modules.As<Dict>()));
    int64_t position = 0;
    Value name, module, parent;
    while (DictNext(copy, &position, &name, &module)) {
      if (!IsStr(name) || module.IsNone()) continue;
      const std::string text = ToUtf8(name);
      if (text == "__main__" || text == "__mp_main__") continue;
      const Result<Value> found = DottedAttribute(thread, module, dotted, &parent);
      if (!found.ok()) {
        thread.ClearException();
      } else if (found.value() == v) {
        return name;
      }
    }
  }
  return Intern(thread, "__main__");
}

}  // namespace

Result<bool> Saver::SaveExtension(Value module_name, Value name) {
  const Value registry = CopyregTable(thread_, "_extension_registry");
  if (registry.IsUnbound()) return kFailed;
  if (!IsDict(registry) || registry.As<Dict>()->size.Load() == 0) return false;
  GILA_TRY(Tuple* const key, NewPair(thread_, module_name, name));
  GILA_TRY(const Value code, DictGet(thread_, registry.As<Dict>(), key));
  int64_t number;
  if (code.IsUnbound()) return false;
  if (!IsInt(code) || !TryInt64(code, &number) || number <= 0 || number > 0x7fffffff)
    return RaiseOfTypeFormat(thread_, pickling_error,
                             "Can't pickle %s: extension code %s isn't an integer",
                             ToUtf8(name).c_str(), Shown(thread_, code).c_str());
  if (number <= 0xff) {
    PutNumber(kExt1, static_cast<uint64_t>(number), 1);
  } else if (number <= 0xffff) {
    PutNumber(kExt2, static_cast<uint64_t>(number), 2);
  } else {
    PutNumber(kExt4, static_cast<uint64_t>(number), 4);
  }
  return true;
}

Status Saver::SaveGlobal(Value v, Value name) {
  if (name.IsUnbound()) {
    GILA_TRY(name, GetAttrOrUnbound(thread_, v, Intern(thread_, "__qualname__")));
    if (name.IsUnbound()) {
      GILA_TRY(name, GetAttr(thread_, v, Intern(thread_, "__name__")));
    }
  }
  if (!IsStr(name))
    return RaiseOfTypeFormat(thread_, pickling_error, "Can't pickle %s: its name is no str",
                             Shown(thread_, v).c_str());
  if (absl::StrContains(absl::StrCat(".", ToUtf8(name), "."), ".<locals>.")) {
    GILA_TRY(Str* const shown, Repr(thread_, name));
    return thread_.Raise(TypeId::kAttributeError,
                         absl::StrCat("Can't pickle local object ", ToUtf8(shown)));
  }
  GILA_TRY(const Value module_name, WhichModule(thread_, v, name));
  if (!IsStr(module_name))
    return RaiseOfTypeFormat(thread_, pickling_error, "Can't pickle %s: its module is no str",
                             Shown(thread_, v).c_str());
  const std::string module_text = ToUtf8(module_name), name_text = ToUtf8(name);
  GILA_TRY_VOID(ImportAbsolute(thread_, "sys"));
  const Result<Value> module = ImportAbsolute(thread_, module_text);
  if (!module.ok()) {
    if (!thread_.ExceptionMatches(TypeId::kException)) return kFailed;
    thread_.ClearException();
    return RaiseOfTypeFormat(thread_, pickling_error,
                             "Can't pickle %s: import of module '%s' failed",
                             Shown(thread_, v).c_str(), module_text.c_str());
  }
  Value parent;
  const Result<Value> found = DottedAttribute(thread_, module.value(), name, &parent);
  if (!found.ok()) {
    if (!thread_.ExceptionMatches(TypeId::kAttributeError)) return kFailed;
    thread_.ClearException();
    return RaiseOfTypeFormat(thread_, pickling_error,
                             "Can't pickle %s: attribute lookup %s on %s failed",
                             Shown(thread_, v).c_str(), name_text.c_str(), module_text.c_str());
  }
  if (found.value() != v)
    return RaiseOfTypeFormat(thread_, pickling_error,
                             "Can't pickle %s: it's not the same object as %s.%s",
                             Shown(thread_, v).c_str(), module_text.c_str(), name_text.c_str());
  if (protocol_ >= 2) {
    GILA_TRY(const bool done, SaveExtension(module_name, name));
    if (done) return kOk;
  }
  GILA_TRY_VOID(SaveNamed(v, module_name, name, parent, parent != module.value()));
  return Memoize(v);
}

Status Saver::SaveNamed(Value v, Value module_name, Value name, Value parent, bool nested) {
  if (protocol_ >= 4) {
    GILA_TRY_VOID(Save(module_name));
    GILA_TRY_VOID(Save(name));
    Put(kStackGlobal);
    return kOk;
  }
  std::string module_text = ToUtf8(module_name), name_text = ToUtf8(name);
  if (nested) {
    // getattr(parent, last name)
    GILA_TRY(const Value get, ModuleAttribute(thread_, "builtins", "getattr"));
    GILA_TRY_VOID(Save(get));
    GILA_TRY(Tuple* const arguments,
             NewPair(thread_, parent, Intern(thread_, name_text.substr(name_text.rfind('.') + 1))));
    GILA_TRY_VOID(Save(arguments));
    Put(kReduce);
    return kOk;
  }
  // The way may lead back to the module: then the last name is enough.
  name_text = name_text.substr(name_text.rfind('.') + 1);
  GILA_TRY(name, NewStr(thread_, name_text));
  if (fix_imports_) {
    GILA_TRY(const Value names, ModuleAttribute(thread_, "_compat_pickle", "REVERSE_NAME_MAPPING"));
    GILA_TRY(const Value modules,
             ModuleAttribute(thread_, "_compat_pickle", "REVERSE_IMPORT_MAPPING"));
    GILA_TRY(Tuple* const key, NewPair(thread_, module_name, name));
    GILA_TRY(const Value both, DictGet(thread_, names.As<Dict>(), key));
    if (IsTuple(both) && both.As<Tuple>()->length == 2) {
      module_text = ToUtf8(both.As<Tuple>()->At(0));
      name_text = ToUtf8(both.As<Tuple>()->At(1));
    } else {
      GILA_TRY(const Value renamed, DictGet(thread_, modules.As<Dict>(), module_name));
      if (IsStr(renamed)) module_text = ToUtf8(renamed);
    }
  }
  const std::string line = module_text + "\n" + name_text + "\n";
  const bool ascii = std::all_of(line.begin(), line.end(), [](char c) { return (c & 0x80) == 0; });
  if (protocol_ < 3 && !ascii)
    return RaiseOfTypeFormat(thread_, pickling_error,
                             "can't pickle global identifier '%s.%s' using pickle protocol %d",
                             module_text.c_str(), name_text.c_str(), protocol_);
  static_cast<void>(v);
  Put(kGlobal);
  Put(line);
  return kOk;
}

}  // namespace gila::pickling
