// native_bind.cc: calls of native functions: the check of `self`, the binding of arguments to the
// parameters of the text signature (native.h), and the words of the errors, which differ by the
// kind of function as CPython's do:
//   special methods     "expected 1 argument, got 0"
//   none or one         "len() takes exactly one argument (0 given)"
//   positional only     "pop expected at most 1 argument, got 2"
//   keywords            "sum() takes at most 2 arguments (3 given)", "f() missing required argument
//                       'x' (pos 1)", "'x' is an invalid keyword argument for f()"
#include <absl/container/inlined_vector.h>
#include <absl/strings/str_cat.h>

#include <algorithm>
#include <string>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/native_signature.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

bool IsConstructor(const NativeFunction* function) {
  const std::string_view name(function->def->name);
  return function->owner.Load() != nullptr && (name == "__new__" || name == "__init__");
}

std::string Text(std::string_view view) { return std::string(view); }

}  // namespace

std::string NativeOwnerName(const NativeFunction* function) {
  const Value self = function->self.Load();
  if (self.IsUnbound()) return ToUtf8(function->owner->qualname.Load());
  Type* const type = IsType(self) ? self.As<Type>() : TypeOf(self);
  return ToUtf8(type->qualname.Load());
}

std::string NativeDisplayName(const NativeFunction* function, bool qualified) {
  const Type* owner = function->owner.Load();
  if (IsConstructor(function)) return Text(TypeName(owner));
  std::string name = function->def->name;
  if (!qualified) return name;
  if (owner != nullptr) return NativeOwnerName(function) + "." + name;
  // A function of a module other than builtins carries the module's name.
  const Value module = function->self.Load();
  if (IsStr(module) && module != NameOf(Name::kBuiltinsModule)) return ToUtf8(module) + "." + name;
  return name;
}

// Special methods that CPython keeps as plain methods beside the slot.
bool IsAlsoMethod(const NativeFunction* function) {
  const Type* owner = function->owner.Load();
  const std::string_view name = function->def->name;
  if (name == "__getitem__")
    return owner == GetType(TypeId::kDict) || owner == GetType(TypeId::kList);
  return name == "__contains__" &&
         (owner == GetType(TypeId::kDict) || owner == GetType(TypeId::kSet) ||
          owner == GetType(TypeId::kFrozenSet));
}

namespace {

// One call being bound. `args` holds `count` positional values (self included) and then the values
// of the keyword names.
struct Binding {
  Thread& thread;
  const NativeFunction* function;
  const NativeSignature& signature;
  const Value* args;
  size_t count;
  const Tuple* kwnames;  // null: none
  int self_count;        // 1 when the first argument is not counted in errors
  // CPython reports a missing argument before a wrong keyword, so the latter waits here.
  std::string postponed;

  int64_t given() const { return static_cast<int64_t>(count) - self_count; }
  int64_t keyword_count() const { return kwnames == nullptr ? 0 : kwnames->length; }

  Failed RaiseType(const std::string& text) { return thread.Raise(TypeId::kTypeError, text); }
  std::string Name(bool qualified = false) const { return NativeDisplayName(function, qualified); }

  // What the errors about numbers of arguments call it.
  std::string Called() const { return signature.unnamed ? "function" : Name() + "()"; }

  bool IsWrapper() const {
    return (function->kind == kKindSlotWrapper || function->kind == kKindMethodWrapper) &&
           !IsConstructor(function) && std::string_view(function->def->name) != "__call__" &&
           !IsAlsoMethod(function);
  }

  // CPython unpacks the arguments of these slots under an empty name, and shows a blank for it.
  bool IsUnpackedUnderNoName() const {
    const std::string_view name(function->def->name);
    for (const std::string_view known :
         {"__setattr__", "__setitem__", "__get__", "__set__", "__pow__", "__rpow__", "__ipow__"}) {
      if (name == known) return true;
    }
    const bool repeats = name == "__mul__" || name == "__rmul__" || name == "__imul__";
    return repeats && !LookupSpecial(thread, function->owner.Load(), Special::kLen).IsUnbound();
  }

  Failed RaiseNoKeywords() {
    if (IsWrapper()) {
      return RaiseType(
          absl::StrCat("wrapper ", function->def->name, "() takes no keyword arguments"));
    }
    // CPython names the bare function where it parses a tuple of arguments (of methods, once they
    // are bound).
    const bool bare =
        function->kind == kKindNativeFunction &&
        (signature.parsed || signature.unnamed || (self_count == 1 && signature.rest));
    return RaiseType(absl::StrCat(Name(!bare), "() takes no keyword arguments"));
  }

  // Keywords for __new__ of a class that has an __init__ of its own, or the other way round.
  bool AreForTheOther() const {
    if (!IsConstructor(function) || count == 0) return false;
    Type* const owner = function->owner.Load();
    const bool is_new = (function->flags & kNativeNew) != 0;
    if (!is_new && owner != GetType(TypeId::kList)) return false;  // set refuses all the same
    if (is_new && !IsType(args[0])) return false;
    Type* const type = is_new ? args[0].As<Type>() : TypeOf(args[0]);
    const Special other = is_new ? Special::kInit : Special::kNew;
    return type != owner &&
           LookupSpecial(thread, type, other) != LookupSpecial(thread, owner, other);
  }

  // Arity errors of functions without keywords.
  Failed RaisePositionalCount() {
    const int64_t least = signature.required - self_count;
    const int64_t most = signature.positional - self_count;
    const bool fixed = least == most && !signature.rest;
    const bool wrapper = IsWrapper();
    if (!wrapper && fixed && !signature.parsed && !signature.unnamed && !IsConstructor(function)) {
      if (most == 0) {
        return RaiseType(absl::StrCat(Name(true), "() takes no arguments (", given(), " given)"));
      }
      if (most == 1) {
        return RaiseType(
            absl::StrCat(Name(true), "() takes exactly one argument (", given(), " given)"));
      }
    }
    if (fixed && most == 0 && IsConstructor(function)) {
      return RaiseType(absl::StrCat(Name(), "() takes no arguments"));
    }
    const bool few = given() < least;
    const int64_t bound = few ? least : most;
    if (signature.parsed || signature.unnamed) {
      return RaiseType(
          absl::StrCat(Called(), " takes ", fixed ? "exactly " : (few ? "at least " : "at most "),
                       bound, bound == 1 ? " argument (" : " arguments (", given(), " given)"));
    }
    // weakref.ref's parameters are read by its __new__.
    const bool reference =
        IsConstructor(function) && function->owner.Load() == GetType(TypeId::kWeakRef);
    const char* const nameless = IsUnpackedUnderNoName() ? " " : "";
    return RaiseType(absl::StrCat(wrapper ? nameless : (reference ? "__new__" : Name()) + " ",
                                  "expected ", fixed ? "" : (few ? "at least " : "at most "), bound,
                                  bound == 1 ? " argument" : " arguments", ", got ", given()));
  }

  // CPython parses the keywords of most functions with *args by themselves; print is an exception.
  Failed RaiseTooManyKeywords() {
    return RaiseType(absl::StrCat(Name(), "() takes at most ", signature.keyword_only,
                                  " keyword argument", signature.keyword_only == 1 ? "" : "s", " (",
                                  keyword_count(), " given)"));
  }

  // Too many arguments for a function that takes keywords.
  Failed RaiseTooMany() {
    const int64_t most = signature.positional + signature.keyword_only - self_count;
    const int64_t all = given() + keyword_count();
    return RaiseType(absl::StrCat(Called(), " takes at most ", most, given() == 0 ? " keyword" : "",
                                  " argument", most == 1 ? "" : "s", " (", all, " given)"));
  }

  Failed RaisePositionalCountWithKeywords() {
    const int64_t most = signature.positional - self_count;
    if (given() > most) {
      if (most == 0) return RaiseType(absl::StrCat(Name(), "() takes no positional arguments"));
      return RaiseType(absl::StrCat(
          Name(), "() takes ", signature.required < signature.positional ? "at most" : "exactly",
          " ", most, " positional argument", most == 1 ? "" : "s", " (", given(), " given)"));
    }
    const int64_t least = MinPositional() - self_count;
    return RaiseType(absl::StrCat(Name(), "() takes ", least < most ? "at least" : "exactly", " ",
                                  least, " positional argument", least == 1 ? "" : "s", " (",
                                  given(), " given)"));
  }

  // Required parameters that no keyword can reach.
  int64_t MinPositional() const {
    return signature.required < signature.positional_only ? signature.required
                                                          : signature.positional_only;
  }

  std::string NameAt(int64_t parameter) const {
    return ToUtf8(signature.names[static_cast<size_t>(parameter - signature.positional_only)]);
  }

  Failed RaiseMissing(int64_t parameter) {
    std::string text =
        absl::StrCat(Called(), " missing required argument '", NameAt(parameter), "'");
    if (!signature.parsed) absl::StrAppend(&text, " (pos ", parameter + 1 - self_count, ")");
    return RaiseType(text);
  }

  // The index of `name` among signature.names, or -1.
  int64_t FindName(Value name) const {
    for (size_t i = 0; i < signature.names.size(); ++i) {
      if (signature.names[i] == name) return static_cast<int64_t>(i);
    }
    if (!IsStr(name) || name.As<Str>()->IsInterned()) return -1;
    for (size_t i = 0; i < signature.names.size(); ++i) {
      if (StrEqual(signature.names[i].As<Str>(), name.As<Str>())) return static_cast<int64_t>(i);
    }
    return -1;
  }

  Result<Value> Run() {
    if (!signature.TakesKeywords()) {
      if (keyword_count() > 0 && !AreForTheOther()) return RaiseNoKeywords();
      return RunPositional();
    }
    return RunWithKeywords();
  }

  Result<Value> RunPositional() {
    const size_t positional = signature.positional;
    if (count < signature.required || (count > positional && !signature.rest)) {
      return RaisePositionalCount();
    }
    if (count >= positional) {
      return function->function(
          thread, Args(args, static_cast<uint32_t>(count), static_cast<uint32_t>(positional)));
    }
    absl::InlinedVector<Value, 12> bound(positional, kUnbound);
    std::copy(args, args + count, bound.begin());
    return function->function(thread, Args(bound.data(), static_cast<uint32_t>(positional),
                                           static_cast<uint32_t>(positional)));
  }

  Result<Value> RunWithKeywords() {
    const int64_t positional = signature.positional;
    const int64_t total = positional + signature.keyword_only;
    const int64_t in_place = std::min<int64_t>(static_cast<int64_t>(count), positional);
    if (!signature.rest) {
      if (!signature.keywords && static_cast<int64_t>(count) + keyword_count() > total) {
        return RaiseTooMany();
      }
      if (static_cast<int64_t>(count) > positional) return RaisePositionalCountWithKeywords();
    }
    if (signature.rest && !signature.keywords && keyword_count() > signature.keyword_only &&
        std::string_view(function->def->name) != "print") {
      return RaiseTooManyKeywords();
    }
    if (static_cast<int64_t>(count) < MinPositional()) return RaisePositionalCountWithKeywords();
    const size_t surplus = count - static_cast<size_t>(in_place);
    absl::InlinedVector<Value, 12> bound(signature.parameters() + surplus, kUnbound);
    std::copy(args, args + in_place, bound.begin());
    std::copy(args + in_place, args + count, bound.end() - static_cast<int64_t>(surplus));
    Value extra_keywords = kUnbound;  // a local: the collector does not see a large `bound`
    if (keyword_count() > 0) {
      GILA_TRY_VOID(PlaceKeywords(bound.data(), in_place, &extra_keywords));
    }
    for (int64_t i = in_place; i < total; ++i) {
      const bool needed = i < signature.required ||
                          (i >= positional && i < positional + signature.required_keyword_only);
      if (needed && bound[static_cast<size_t>(i)].IsUnbound()) return RaiseMissing(i);
    }
    GILA_TRY_VOID(RaisePostponed());
    if (signature.keywords) bound[static_cast<size_t>(total)] = extra_keywords;
    return function->function(
        thread, Args(bound.data(), static_cast<uint32_t>(bound.size()), signature.parameters()));
  }

  Status RaisePostponed() {
    if (postponed.empty()) return kOk;
    return RaiseType(postponed);
  }

  Status PlaceKeywords(Value* bound, int64_t in_place, Value* extra_keywords) {
    for (int64_t i = 0; i < keyword_count(); ++i) {
      const Value name = kwnames->At(i);
      const Value value = args[count + static_cast<size_t>(i)];
      const int64_t index = FindName(name);
      if (index < 0) {
        GILA_TRY_VOID(UnknownKeyword(name, value, extra_keywords));
        continue;
      }
      const int64_t parameter = signature.positional_only + index;
      if (parameter < in_place) {
        postponed = absl::StrCat("argument for ", Name(), "() given by name ('", NameAt(parameter),
                                 "') and position (", parameter + 1 - self_count, ")");
      } else {
        bound[parameter] = value;
      }
    }
    return kOk;
  }

  Status UnknownKeyword(Value name, Value value, Value* extra_keywords) {
    if (!signature.keywords) {
      if (!IsStr(name)) return RaiseType("keywords must be strings");
      if (postponed.empty()) {
        postponed =
            absl::StrCat("'", ToUtf8(name), "' is an invalid keyword argument for ", Name(), "()");
      }
      return kOk;
    }
    if (extra_keywords->IsUnbound()) {
      GILA_TRY(Dict* const dict, NewDict(thread));
      *extra_keywords = dict;
    }
    return DictSet(thread, extra_keywords->As<Dict>(), name, value);
  }
};

// --- the check of self ---

Failed RaiseBadSelf(Thread& thread, const NativeFunction* function, const Value* args,
                    size_t count) {
  const std::string type_name(FullTypeName(function->owner.Load()));
  const char* name = function->def->name;
  const bool plain = function->kind == kKindMethodDescriptor;
  if (count == 0) {
    if (plain) {
      return thread.RaiseTypeError("unbound method %s.%s() needs an argument", type_name.c_str(),
                                   name);
    }
    return thread.RaiseTypeError("descriptor '%s' of '%s' object needs an argument", name,
                                 type_name.c_str());
  }
  const std::string given = Text(TypeNameOf(args[0]));
  if (plain || IsAlsoMethod(function)) {
    return thread.RaiseTypeError("descriptor '%s' for '%s' objects doesn't apply to a '%s' object",
                                 name, type_name.c_str(), given.c_str());
  }
  return thread.RaiseTypeError("descriptor '%s' requires a '%s' object but received a '%s'", name,
                               type_name.c_str(), given.c_str());
}

Status CheckSelf(Thread& thread, const NativeFunction* function, const Value* args, size_t count) {
  if (GILA_LIKELY(count > 0 && IsSubtype(TypeOf(args[0]), function->owner.Load()))) return kOk;
  return RaiseBadSelf(thread, function, args, count);
}

Status CheckClass(Thread& thread, const NativeFunction* function, const Value* args, size_t count) {
  if (count > 0 && IsType(args[0]) && IsSubtype(args[0].As<Type>(), function->owner.Load())) {
    return kOk;
  }
  const std::string type_name = Text(FullTypeName(function->owner.Load()));
  const char* name = function->def->name;
  if (count == 0) {
    return thread.RaiseTypeError("descriptor '%s' of '%s' object needs an argument", name,
                                 type_name.c_str());
  }
  if (!IsType(args[0])) {
    const std::string given = Text(TypeNameOf(args[0]));
    return thread.RaiseTypeError("descriptor '%s' for type '%s' needs a type, not a '%s' as arg 2",
                                 name, type_name.c_str(), given.c_str());
  }
  const std::string given = Text(FullTypeName(args[0].As<Type>()));
  return thread.RaiseTypeError("descriptor '%s' requires a subtype of '%s' but received '%s'", name,
                               type_name.c_str(), given.c_str());
}

// The native __new__ that makes the layout of `type`: that of the nearest built-in base.
const NativeFunction* LayoutNew(Thread& thread, Type* type, Type** native) {
  *native = type;
  while ((*native)->Has(kHeapType)) *native = (*native)->base.Load();
  const Value found = LookupSpecial(thread, *native, Special::kNew);
  return IsKind(found, kKindNativeFunction) ? found.As<NativeFunction>() : nullptr;
}

// T.__new__(X, ...): is X a type for which T's layout is right?
Status CheckNew(Thread& thread, const NativeFunction* function, const Value* args, size_t count) {
  const Type* owner = function->owner.Load();
  Type* native = nullptr;
  if (GILA_LIKELY(count > 0 && IsType(args[0]) && IsSubtype(args[0].As<Type>(), owner))) {
    if (GILA_LIKELY(args[0] == Value(owner))) return kOk;
    const NativeFunction* expected = LayoutNew(thread, args[0].As<Type>(), &native);
    // A type without a __new__ of its own that nobody may call fills its instances itself.
    const bool is_hollow = native != owner && native->Has(kNoInstantiate);
    if (!is_hollow && (expected == nullptr || expected->function == function->function)) return kOk;
  }
  const std::string name = Text(FullTypeName(owner));
  if (count == 0) {
    return thread.RaiseTypeError("%s.__new__(): not enough arguments", name.c_str());
  }
  if (!IsType(args[0])) {
    const std::string given = Text(TypeNameOf(args[0]));
    return thread.RaiseTypeError("%s.__new__(X): X is not a type object (%s)", name.c_str(),
                                 given.c_str());
  }
  const std::string given = Text(FullTypeName(args[0].As<Type>()));
  if (native == nullptr) {
    return thread.RaiseTypeError("%s.__new__(%s): %s is not a subtype of %s", name.c_str(),
                                 given.c_str(), given.c_str(), name.c_str());
  }
  const std::string safe = Text(FullTypeName(native));
  return thread.RaiseTypeError("%s.__new__(%s) is not safe, use %s.__new__()", name.c_str(),
                               given.c_str(), safe.c_str());
}

}  // namespace

namespace {

// More parameters, or more surplus arguments, than this are bound the long way.
constexpr size_t kFewParameters = 8, kFewSurplus = 4;

// Only positional arguments, of a number that fits: what is missing is unbound and there is nothing
// to check.
bool FitsDirectly(const NativeSignature& signature, size_t positional) {
  return positional >= signature.required &&
         (positional <= signature.positional ||
          (signature.rest && positional <= signature.positional + kFewSurplus)) &&
         signature.required_keyword_only == 0 && signature.parameters() <= kFewParameters;
}

Result<Value> CallDirectly(Thread& thread, const NativeFunction* function, const Value* first,
                           const Value* args, size_t count) {
  const uint32_t parameters = function->signature->parameters();
  const size_t positional = function->signature->positional;
  Value values[kFewParameters + kFewSurplus];
  size_t filled = 0, taken = 0;
  if (first != nullptr) values[filled++] = *first;
  while (taken < count && filled < positional) values[filled++] = args[taken++];
  while (filled < parameters) values[filled++] = kUnbound;
  while (taken < count) values[filled++] = args[taken++];
  return function->function(thread, Args(values, static_cast<uint32_t>(filled), parameters));
}

}  // namespace

Result<Value> CallNativeWithFirst(Thread& thread, const NativeFunction* function, Value first,
                                  const Value* args, size_t count) {
  if (!FitsDirectly(*function->signature, count + 1)) return kUnbound;
  return CallDirectly(thread, function, &first, args, count);
}

Result<Value> CallNative(Thread& thread, NativeFunction* function, const Value* args, size_t count,
                         Value kwnames) {
  const Tuple* names = kwnames.IsUnbound() ? nullptr : kwnames.As<Tuple>();
  const size_t keyword_count = names == nullptr ? 0 : static_cast<size_t>(names->length);
  if (keyword_count == 0) names = nullptr;
  const size_t positional = count - keyword_count;
  const NativeSignature& signature = *function->signature;
  absl::InlinedVector<Value, 12> with_self;
  int self_count = function->owner.Load() != nullptr ? 1 : 0;
  switch (function->kind) {
    case kKindMethodDescriptor:
    case kKindSlotWrapper:
      GILA_TRY_VOID(CheckSelf(thread, function, args, positional));
      break;
    case kKindClassMethodDescriptor:
      GILA_TRY_VOID(CheckClass(thread, function, args, positional));
      break;
    default:
      if (self_count == 0) break;
      if (function->flags & kNativeStatic) {
        self_count = 0;
      } else if (function->flags & kNativeNew) {
        GILA_TRY_VOID(CheckNew(thread, function, args, positional));
      } else {
        if (names == nullptr && FitsDirectly(signature, positional + 1)) {
          const Value self = function->self.Load();
          return CallDirectly(thread, function, &self, args, positional);
        }
        with_self.reserve(count + 1);
        with_self.push_back(function->self.Load());
        with_self.insert(with_self.end(), args, args + count);
        return Binding{thread, function, signature, with_self.data(), positional + 1, names, 1, {}}
            .Run();
      }
      break;
  }
  if (GILA_LIKELY(names == nullptr && function->fixed_arity == static_cast<int>(positional))) {
    return function->function(
        thread, Args(args, static_cast<uint32_t>(positional), static_cast<uint32_t>(positional)));
  }
  if (names == nullptr && FitsDirectly(signature, positional))
    return CallDirectly(thread, function, nullptr, args, positional);
  return Binding{thread, function, signature, args, positional, names, self_count, {}}.Run();
}

}  // namespace gila
