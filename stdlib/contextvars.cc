// contextvars.cc: the _contextvars module: Context, ContextVar, Token.
//
// A context holds a pointer to a dict that is never changed once it is published: a variable that
// is set makes a new one. So a copy of a context is one pointer, and readers of any thread need no
// lock. The running context is in Thread::context; a thread that has none gets an empty one when it
// asks.
#include "stdlib/contextvars.h"

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/object_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {
namespace {

struct Context : Object {
  PointerSlot<Dict> variables;  // ContextVar -> value
  Slot previous;                // while it runs: the context to go back to
  Atomic<uint8_t> entered;
};
struct ContextVar : Object {
  Slot name;
  Slot fallback;  // unbound: no default
};
struct Token : Object {
  Slot context, variable;
  Slot old;  // unbound: the variable had no value
  Atomic<uint8_t> used;
};

Type* context_type = nullptr;
Type* variable_type = nullptr;
Type* token_type = nullptr;
Value missing = kUnbound;  // Token.MISSING

void TraceContext(Object* object, Marker& marker) {
  marker.Visit(static_cast<Context*>(object)->variables);
  marker.Visit(static_cast<Context*>(object)->previous);
}
void TraceVariable(Object* object, Marker& marker) {
  marker.Visit(static_cast<ContextVar*>(object)->name);
  marker.Visit(static_cast<ContextVar*>(object)->fallback);
}
void TraceToken(Object* object, Marker& marker) {
  marker.Visit(static_cast<Token*>(object)->context);
  marker.Visit(static_cast<Token*>(object)->variable);
  marker.Visit(static_cast<Token*>(object)->old);
}
constexpr KindInfo kContextKind = {"Context", TraceContext, nullptr};
constexpr KindInfo kVariableKind = {"ContextVar", TraceVariable, nullptr};
constexpr KindInfo kTokenKind = {"Token", TraceToken, nullptr};

template <class T>
T* Self(Args args) {
  return args[0].As<T>();
}

Result<Context*> NewContext(Thread& thread, Dict* variables) {
  if (variables == nullptr) {
    GILA_TRY(variables, NewDict(thread));
  }
  GILA_TRY(Object* const object, AllocateInstance(thread, context_type));
  auto* const context = static_cast<Context*>(object);
  context->variables.Store(context, variables);
  context->previous.Store(context, kUnbound);
  return context;
}

Result<Context*> CurrentContext(Thread& thread) {
  if (!thread.context.IsUnbound()) return thread.context.As<Context>();
  GILA_TRY(Context* const context, NewContext(thread, nullptr));
  thread.context = context;
  return context;
}

// The variable's value in the context with `value` in its place (unbound: without it).
Status SetIn(Thread& thread, Context* context, Value variable, Value value) {
  GILA_TRY(Dict* const copy, DictCopy(thread, context->variables.Load()));
  if (value.IsUnbound()) {
    GILA_TRY_VOID(DictPop(thread, copy, variable));
  } else {
    GILA_TRY_VOID(DictSet(thread, copy, variable, value));
  }
  context->variables.Store(context, copy);
  return kOk;
}

// --- Context ---

Result<Value> ContextNew(Thread& thread, Args args) {
  if (!args.rest().empty() || args.Has(1))
    return thread.RaiseTypeError("Context() does not accept any arguments");
  return NewContext(thread, nullptr);
}

Result<Value> ContextRun(Thread& thread, Args args) {
  const auto rest = args.rest();
  if (rest.empty()) return thread.RaiseTypeError("run() missing 1 required positional argument");
  GILA_TRY_VOID(EnterContext(thread, args[0]));
  const Result<Tuple*> arguments = NewTuple(thread, rest.subspan(1));
  const Result<Value> result = arguments.ok()
                                   ? CallWith(thread, rest[0], arguments.value(), args[1])
                                   : Result<Value>(kFailed);
  LeaveContext(thread, args[0]);
  return result;
}

Result<Value> ContextCopy(Thread& thread, Args args) {
  return NewContext(thread, Self<Context>(args)->variables.Load());
}

Status CheckVariable(Thread& thread, Value key) {
  if (TypeOf(key) == variable_type) return kOk;
  GILA_TRY(Str* const text, Repr(thread, key));
  return thread.RaiseTypeError("a ContextVar key was expected, got %s", ToUtf8(text).c_str());
}

Result<Value> ContextGetItem(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckVariable(thread, args[1]));
  GILA_TRY(const Value found, DictGet(thread, Self<Context>(args)->variables.Load(), args[1]));
  if (found.IsUnbound()) return thread.RaiseWith(TypeId::kKeyError, args[1]);
  return found;
}
Result<Value> ContextContains(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckVariable(thread, args[1]));
  GILA_TRY(const Value found, DictGet(thread, Self<Context>(args)->variables.Load(), args[1]));
  return Value::Bool(!found.IsUnbound());
}
Result<Value> ContextGet(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckVariable(thread, args[1]));
  GILA_TRY(const Value found, DictGet(thread, Self<Context>(args)->variables.Load(), args[1]));
  return found.IsUnbound() ? args.Or(2, kNone) : found;
}
Result<Value> ContextLength(Thread&, Args args) {
  return Value::SmallInt(Self<Context>(args)->variables.Load()->size.Load());
}
Result<Value> ContextIter(Thread& thread, Args args) {
  return GetIter(thread, Self<Context>(args)->variables.Load());
}
template <TypeId kView>
Result<Value> ContextView(Thread& thread, Args args) {
  GILA_TRY(const Value view, NewDictView(thread, kView, Self<Context>(args)->variables.Load()));
  return GetIter(thread, view);
}
Result<Value> ContextEqual(Thread& thread, Args args) {
  if (TypeOf(args[1]) != context_type) return kNotImplemented;
  GILA_TRY(const bool equal, DictEqual(thread, Self<Context>(args)->variables.Load(),
                                       args[1].As<Context>()->variables.Load()));
  return Value::Bool(equal);
}

// --- ContextVar ---

Result<Value> VariableNew(Thread& thread, Args args) {
  if (!IsStr(args[1])) return thread.RaiseTypeError("context variable name must be a str");
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const variable = static_cast<ContextVar*>(object);
  variable->name.Store(variable, args[1]);
  variable->fallback.Store(variable, args[2]);
  return object;
}

Result<Value> VariableGet(Thread& thread, Args args) {
  if (!thread.context.IsUnbound()) {
    Dict* const variables = thread.context.As<Context>()->variables.Load();
    GILA_TRY(const Value found, DictGet(thread, variables, args[0]));
    if (!found.IsUnbound()) return found;
  }
  if (args.Has(1)) return args[1];
  const Value fallback = Self<ContextVar>(args)->fallback.Load();
  if (!fallback.IsUnbound()) return fallback;
  return thread.RaiseWith(TypeId::kLookupError, args[0]);
}

Result<Value> VariableSet(Thread& thread, Args args) {
  GILA_TRY(Context* const context, CurrentContext(thread));
  GILA_TRY(const Value old, DictGet(thread, context->variables.Load(), args[0]));
  GILA_TRY(Object* const object, AllocateInstance(thread, token_type));
  auto* const token = static_cast<Token*>(object);
  token->context.Store(token, context);
  token->variable.Store(token, args[0]);
  token->old.Store(token, old);
  GILA_TRY_VOID(SetIn(thread, context, args[0], args[1]));
  return object;
}

Failed RaiseAbout(Thread& thread, TypeId type, Value token, const char* format) {
  GILA_TRY(Str* const text, Repr(thread, token));
  return thread.RaiseFormat(type, "%s %s", ToUtf8(text).c_str(), format);
}

Result<Value> VariableReset(Thread& thread, Args args) {
  if (TypeOf(args[1]) != token_type) {
    GILA_TRY(Str* const text, Repr(thread, args[1]));
    return thread.RaiseTypeError("expected an instance of Token, got %s", ToUtf8(text).c_str());
  }
  Token* const token = args[1].As<Token>();
  if (token->used.Load() != 0)
    return RaiseAbout(thread, TypeId::kRuntimeError, args[1], "has already been used once");
  if (token->variable.Load() != args[0])
    return RaiseAbout(thread, TypeId::kValueError, args[1],
                      "was created by a different ContextVar");
  GILA_TRY(Context* const context, CurrentContext(thread));
  if (token->context.Load() != Value(context))
    return RaiseAbout(thread, TypeId::kValueError, args[1], "was created in a different Context");
  token->used.Store(1);
  GILA_TRY_VOID(SetIn(thread, context, args[0], token->old.Load()));
  return kNone;
}

Result<Value> VariableRepr(Thread& thread, Args args) {
  const ContextVar* const variable = Self<ContextVar>(args);
  GILA_TRY(Str* const name, Repr(thread, variable->name.Load()));
  std::string text = "<ContextVar name=" + ToUtf8(name);
  const Value fallback = variable->fallback.Load();
  if (!fallback.IsUnbound()) {
    GILA_TRY(Str* const shown, Repr(thread, fallback));
    text += " default=" + ToUtf8(shown);
  }
  char address[40];
  snprintf(address, sizeof(address), " at %p>", static_cast<const void*>(variable));
  return NewStr(thread, text + address);
}

Result<Value> VariableName(Thread&, Value self) { return self.As<ContextVar>()->name.Load(); }

// --- Token ---

Result<Value> TokenNew(Thread& thread, Args) {
  return thread.Raise(TypeId::kRuntimeError, "Tokens can only be created by ContextVars");
}

Result<Value> TokenRepr(Thread& thread, Args args) {
  const Token* const token = Self<Token>(args);
  GILA_TRY(Str* const variable, Repr(thread, token->variable.Load()));
  char address[40];
  snprintf(address, sizeof(address), " at %p>", static_cast<const void*>(token));
  return NewStr(thread, std::string("<Token") + (token->used.Load() != 0 ? " used" : "") +
                            " var=" + ToUtf8(variable) + address);
}
Result<Value> TokenVariable(Thread&, Value self) { return self.As<Token>()->variable.Load(); }
Result<Value> TokenOldValue(Thread&, Value self) {
  const Value old = self.As<Token>()->old.Load();
  return old.IsUnbound() ? missing : old;
}

Result<Value> CopyContext(Thread& thread, Args) { return CopyCurrentContext(thread); }

Result<Value> MissingRepr(Thread& thread, Args) { return NewStr(thread, "<Token.MISSING>"); }

#define END {nullptr, nullptr, nullptr, nullptr}
constexpr NativeDef kContextMethods[] = {
    {"run", ContextRun, "(self, *args, **kwargs)",
     "Call callable(*args, **kwargs) in the context."},
    {"copy", ContextCopy, "(self, /)", "A copy of the context."},
    {"get", ContextGet, "(self, key, default=None, /)", "The variable's value, or the default."},
    {"items", ContextView<TypeId::kDictItems>, "(self, /)", "Variables and their values."},
    {"keys", ContextView<TypeId::kDictKeys>, "(self, /)", "The variables that have a value."},
    {"values", ContextView<TypeId::kDictValues>, "(self, /)", "The values of the variables."},
    {"__getitem__", ContextGetItem, "(self, key, /)", "Return self[key]."},
    {"__contains__", ContextContains, "(self, key, /)", "Return key in self."},
    {"__len__", ContextLength, "(self, /)", "Return len(self)."},
    {"__iter__", ContextIter, "(self, /)", "Implement iter(self)."},
    {"__eq__", ContextEqual, "(self, value, /)", "Return self==value."},
    END};
constexpr NativeDef kVariableMethods[] = {
    {"get", VariableGet, "(self, default=<unrepresentable>, /)",
     "The value in the running context, or the default given, or that of the variable."},
    {"set", VariableSet, "(self, value, /)",
     "Set the value in the running context; a token to undo it."},
    {"reset", VariableReset, "(self, token, /)", "Undo the set() that gave the token."},
    {"__repr__", VariableRepr, "(self, /)", "Return repr(self)."},
    {"__class_getitem__", ClassGetItem, "@classmethod(cls, object, /)", "See PEP 585"},
    END};
constexpr GetSetDef kVariableFields[] = {{"name", VariableName, ReadonlyMember, nullptr}, END};
constexpr NativeDef kTokenMethods[] = {
    {"__repr__", TokenRepr, "(self, /)", "Return repr(self)."},
    {"__class_getitem__", ClassGetItem, "@classmethod(cls, object, /)", "See PEP 585"},
    END};
constexpr GetSetDef kTokenFields[] = {
    {"var", TokenVariable, nullptr, nullptr}, {"old_value", TokenOldValue, nullptr, nullptr}, END};
constexpr NativeDef kMissingMethods[] = {
    {"__repr__", MissingRepr, "(self, /)", "Return repr(self)."}, END};
constexpr NativeDef kFunctions[] = {
    {"copy_context", CopyContext, "()", "A copy of the running context."}, END};
#undef END

constexpr TypeSpec kContextSpec = {.doc = "The values of context variables.",
                                   .new_function = ContextNew,
                                   .new_signature = "(cls, *args, **kwargs)",
                                   .methods = kContextMethods,
                                   .native_size = sizeof(Context),
                                   .kind_info = &kContextKind};
constexpr TypeSpec kVariableSpec = {.doc = "A variable whose value belongs to a context.",
                                    .new_function = VariableNew,
                                    .new_signature = "(cls, name, /, *, default=<unrepresentable>)",
                                    .methods = kVariableMethods,
                                    .getsets = kVariableFields,
                                    .native_size = sizeof(ContextVar),
                                    .kind_info = &kVariableKind};
constexpr TypeSpec kTokenSpec = {.doc = "What ContextVar.set() gives, for reset().",
                                 .new_function = TokenNew,
                                 .new_signature = "(cls, *args, **kwargs)",
                                 .methods = kTokenMethods,
                                 .getsets = kTokenFields,
                                 .native_size = sizeof(Token),
                                 .kind_info = &kTokenKind};
constexpr TypeSpec kMissingSpec = {.methods = kMissingMethods};

}  // namespace

Result<Value> CopyCurrentContext(Thread& thread) {
  GILA_TRY(Context* const current, CurrentContext(thread));
  return NewContext(thread, current->variables.Load());
}

bool IsContext(Value v) { return v.IsPointer() && TypeOf(v) == context_type; }

Status EnterContext(Thread& thread, Value context_value) {
  auto* const context = context_value.As<Context>();
  if (context->entered.Exchange(1) != 0) {
    GILA_TRY(Str* const text, Repr(thread, context_value));
    return thread.RaiseFormat(TypeId::kRuntimeError, "cannot enter context: %s is already entered",
                              ToUtf8(text).c_str());
  }
  context->previous.Store(context, thread.context);
  thread.context = context_value;
  return kOk;
}

void LeaveContext(Thread& thread, Value context_value) {
  auto* const context = context_value.As<Context>();
  thread.context = context->previous.Load();
  context->previous.Store(context, kUnbound);
  context->entered.Store(0);
}

Result<Value> ContextVariableGet(Thread& thread, Value variable) {
  if (thread.context.IsUnbound()) return kUnbound;
  // A variable is hashed by its identity.
  return DictGetHashed(thread, thread.context.As<Context>()->variables.Load(), variable,
                       IdentityHash(variable));
}

Status ContextVariableSet(Thread& thread, Value variable, Value value) {
  GILA_TRY(Context* const context, CurrentContext(thread));
  return SetIn(thread, context, variable, value);
}

Status InitContextvarsModule(Thread& thread, Module* module) {
  GILA_TRY(context_type, AddType(thread, module, kContextSpec, "_contextvars.Context",
                                 RegisterKind(kContextKind), sizeof(Context), kHasWeakref));
  GILA_TRY(variable_type, AddType(thread, module, kVariableSpec, "_contextvars.ContextVar",
                                  RegisterKind(kVariableKind), sizeof(ContextVar), kPlain));
  GILA_TRY(token_type, AddType(thread, module, kTokenSpec, "_contextvars.Token",
                               RegisterKind(kTokenKind), sizeof(Token), kPlain));
  for (Type** const type : {&context_type, &variable_type, &token_type})
    heap::AddRoot(reinterpret_cast<Object**>(type));
  GILA_TRY(
      Type* const missing_type,
      NewNativeType(thread, kMissingSpec, "_contextvars.Token.MISSING", GetType(TypeId::kObject),
                    static_cast<Kind>(RegisterKind({"MISSING", nullptr, nullptr})), sizeof(Object),
                    kNoInstantiate));
  GILA_TRY(missing, Result<Value>(AllocateInstance(thread, missing_type)));
  heap::AddRoot(&missing);
  GILA_TRY_VOID(SetTypeAttribute(thread, context_type, Intern(thread, "__hash__"), kNone));
  GILA_TRY_VOID(SetTypeAttribute(thread, token_type, Intern(thread, "MISSING"), missing));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila
