// csv_module.cc: the module _csv: dialects and their registry. Reading is in csv_reader.cc, writing
// in csv_writer.cc.
#include "runtime/types/int.h"
#include "stdlib/csv_internal.h"

namespace gila::csv {

Value error_class = kUnbound;
Atomic<int64_t> field_limit;

Failed RaiseError(Thread& thread, const std::string& message) {
  auto text = NewStr(thread, message);
  if (!text.ok()) return kFailed;
  auto error = Call(thread, error_class, {Value(text.value())});
  if (!error.ok()) return kFailed;
  return thread.RaiseObject(error.value());
}

namespace {

Type* dialect_type = nullptr;
Value registry = kUnbound;  // dict: name -> Dialect

void TraceDialect(Object* object, Marker& marker) {
  marker.Visit(static_cast<Dialect*>(object)->line_terminator);
}
constexpr KindInfo kDialectKind = {"Dialect", TraceDialect, nullptr};

enum Parameter {
  kDialect = 1,
  kDelimiter,
  kDoubleQuote,
  kEscapeChar,
  kLineTerminator,
  kQuoteChar,
  kQuotingMode,
  kSkipSpace,
  kStrict
};

// One character, or none when None is allowed.
Result<int64_t> CharOf(Thread& thread, const char* name, Value v, bool may_be_none,
                       int64_t fallback) {
  if (v.IsUnbound()) return fallback;
  if (may_be_none && v.IsNone()) return kNoChar;
  if (!IsStr(v)) {
    return thread.RaiseTypeError("\"%s\" must be string%s, not %s", name,
                                 may_be_none ? " or None" : "", std::string(TypeNameOf(v)).c_str());
  }
  const Str* const text = v.As<Str>();
  if (text->length != 1) return thread.RaiseTypeError("\"%s\" must be a 1-character string", name);
  return text->At(0);
}
Result<bool> FlagOf(Thread& thread, Value v, bool fallback) {
  if (v.IsUnbound()) return fallback;
  return Truth(thread, v);
}

Result<Value> LookUp(Thread& thread, Value name) {
  GILA_TRY(const Value found, DictGet(thread, registry.As<Dict>(), name));
  if (found.IsUnbound()) return RaiseError(thread, "unknown dialect");
  return found;
}

// The parameters that were not given come from the dialect, whatever kind of object that is.
Status FillFrom(Thread& thread, Value dialect, Value* given) {
  constexpr const char* kNames[] = {"delimiter",        "doublequote", "escapechar",
                                    "lineterminator",   "quotechar",   "quoting",
                                    "skipinitialspace", "strict"};
  for (int i = kDelimiter; i <= kStrict; ++i) {
    if (!given[i].IsUnbound()) continue;
    GILA_TRY(given[i], GetAttrOrUnbound(thread, dialect, Intern(thread, kNames[i - kDelimiter])));
  }
  return kOk;
}

Status FillIn(Thread& thread, Dialect* self, const Value* given) {
  GILA_TRY(self->delimiter, CharOf(thread, "delimiter", given[kDelimiter], false, ','));
  GILA_TRY(self->double_quote, FlagOf(thread, given[kDoubleQuote], true));
  GILA_TRY(self->escape, CharOf(thread, "escapechar", given[kEscapeChar], true, kNoChar));
  const Value terminator = given[kLineTerminator];
  if (terminator.IsUnbound()) {
    GILA_TRY(Str * newline, NewStr(thread, "\r\n"));
    self->line_terminator.Store(self, newline);
  } else if (terminator.IsNone()) {
    return thread.RaiseTypeError("lineterminator must be set");
  } else if (!IsStr(terminator)) {
    return thread.RaiseTypeError("\"lineterminator\" must be a string");
  } else {
    self->line_terminator.Store(self, terminator);
  }
  GILA_TRY(self->quote, CharOf(thread, "quotechar", given[kQuoteChar], true, '"'));
  const Value quoting = given[kQuotingMode];
  self->quoting = kQuoteMinimal;
  if (quoting.IsUnbound()) {
    if (self->quote == kNoChar) self->quoting = kQuoteNone;
  } else if (!IsInt(quoting)) {
    return thread.RaiseTypeError("\"quoting\" must be an integer");
  } else {
    GILA_TRY(self->quoting, ToInt64(thread, quoting));
  }
  GILA_TRY(self->skip_initial_space, FlagOf(thread, given[kSkipSpace], false));
  GILA_TRY(self->strict, FlagOf(thread, given[kStrict], false));
  if (self->quoting < kQuoteMinimal || self->quoting > kQuoteNone)
    return thread.RaiseTypeError("bad \"quoting\" value");
  if (self->quoting != kQuoteNone && self->quote == kNoChar)
    return thread.RaiseTypeError("quotechar must be set if quoting enabled");
  return kOk;
}

Result<Value> DialectNew(Thread& thread, Args args) {
  Value given[kStrict + 1];
  bool any = false;
  for (int i = kDialect; i <= kStrict; ++i) {
    given[i] = args[static_cast<size_t>(i)];
    any = any || (i > kDialect && !given[i].IsUnbound());
  }
  Value dialect = given[kDialect];
  if (!dialect.IsUnbound() && !dialect.IsNone()) {
    if (IsStr(dialect)) {
      GILA_TRY(dialect, LookUp(thread, dialect));
    }
    if (!any && TypeOf(dialect) == dialect_type) return dialect;
    GILA_TRY_VOID(FillFrom(thread, dialect, given));
  }
  GILA_TRY(Object * object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const self = static_cast<Dialect*>(object);
  self->line_terminator.Store(self, kNone);
  GILA_TRY_VOID(FillIn(thread, self, given));
  return self;
}

Result<Value> CharValue(Thread& thread, int64_t c) {
  if (c == kNoChar) return kNone;
  return Result<Value>(StrFromChar(thread, static_cast<uint32_t>(c)));
}
Result<Value> GetDelimiter(Thread& thread, Value v) {
  return CharValue(thread, v.As<Dialect>()->delimiter);
}
Result<Value> GetEscape(Thread& thread, Value v) {
  return CharValue(thread, v.As<Dialect>()->escape);
}
Result<Value> GetQuote(Thread& thread, Value v) {
  return CharValue(thread, v.As<Dialect>()->quote);
}
Result<Value> GetQuoting(Thread&, Value v) { return Value::SmallInt(v.As<Dialect>()->quoting); }
Result<Value> GetLineTerminator(Thread&, Value v) {
  return v.As<Dialect>()->line_terminator.Load();
}
Result<Value> GetDoubleQuote(Thread&, Value v) {
  return Value::Bool(v.As<Dialect>()->double_quote);
}
Result<Value> GetSkipSpace(Thread&, Value v) {
  return Value::Bool(v.As<Dialect>()->skip_initial_space);
}
Result<Value> GetStrict(Thread&, Value v) { return Value::Bool(v.As<Dialect>()->strict); }

constexpr GetSetDef kDialectGetSets[] = {{"delimiter", GetDelimiter, nullptr, nullptr},
                                         {"doublequote", GetDoubleQuote, nullptr, nullptr},
                                         {"escapechar", GetEscape, nullptr, nullptr},
                                         {"lineterminator", GetLineTerminator, nullptr, nullptr},
                                         {"quotechar", GetQuote, nullptr, nullptr},
                                         {"quoting", GetQuoting, nullptr, nullptr},
                                         {"skipinitialspace", GetSkipSpace, nullptr, nullptr},
                                         {"strict", GetStrict, nullptr, nullptr},
                                         {}};
constexpr TypeSpec kDialectType = {
    .doc = "The parameters of a CSV dialect.",
    .new_function = DialectNew,
    .new_signature =
        "(cls, dialect=None, delimiter=',', doublequote=True, escapechar=None, "
        "lineterminator='\\r\\n', "
        "quotechar='\"', quoting=0, skipinitialspace=False, strict=False)",
    .getsets = kDialectGetSets};

Result<Value> RegisterDialect(Thread& thread, Args args) {
  const std::span<const Value> rest = args.rest();
  if (rest.empty())
    return thread.RaiseTypeError("register_dialect expected at least 1 argument, got 0");
  if (!IsStr(rest[0])) return thread.RaiseTypeError("dialect name must be a string");
  GILA_TRY(Dialect * dialect, DialectOf(thread, rest.subspan(1), args[0]));
  GILA_TRY_VOID(DictSet(thread, registry.As<Dict>(), rest[0], dialect));
  return kNone;
}
Result<Value> UnregisterDialect(Thread& thread, Args args) {
  GILA_TRY(const Value removed, DictPop(thread, registry.As<Dict>(), args[0]));
  if (removed.IsUnbound()) return RaiseError(thread, "unknown dialect");
  return kNone;
}
Result<Value> GetDialect(Thread& thread, Args args) { return LookUp(thread, args[0]); }
Result<Value> ListDialects(Thread& thread, Args) { return Result<Value>(ToList(thread, registry)); }

Result<Value> FieldSizeLimit(Thread& thread, Args args) {
  const int64_t old = field_limit.Load();
  if (args.Has(0)) {
    if (!IsInt(args[0])) return thread.RaiseTypeError("limit must be an integer");
    GILA_TRY(const int64_t limit, ToInt64(thread, args[0]));
    field_limit.Store(limit);
  }
  return NewInt(thread, old);
}

constexpr NativeDef kFunctions[] = {
    {"register_dialect", RegisterDialect, "(*args, **kwargs)",
     "register_dialect(name, dialect=None, **parameters): gives a dialect a name."},
    {"unregister_dialect", UnregisterDialect, "(name)", "Forgets the dialect of that name."},
    {"get_dialect", GetDialect, "(name)", "The dialect of that name."},
    {"list_dialects", ListDialects, "()", "The list of all names of dialects."},
    {"field_size_limit", FieldSizeLimit, "(new_limit=None, /)",
     "The most characters a field may have; with an argument, the limit from now on."},
    {}};

}  // namespace

Result<Dialect*> DialectOf(Thread& thread, std::span<const Value> args, Value kwargs) {
  GILA_TRY(Tuple * positional, NewTuple(thread, args));
  GILA_TRY(const Value dialect, CallWith(thread, dialect_type, positional, kwargs));
  return dialect.As<Dialect>();
}

Status AddDialect(Thread& thread, Module* module) {
  GILA_TRY(dialect_type, AddType(thread, module, kDialectType, "_csv.Dialect",
                                 RegisterKind(kDialectKind), sizeof(Dialect), kBasetype));
  heap::AddRoot(reinterpret_cast<Object**>(&dialect_type));
  GILA_TRY(registry, Result<Value>(NewDict(thread)));
  heap::AddRoot(&registry);
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila::csv

namespace gila {

Status InitCsvModule(Thread& thread, Module* module) {
  using namespace csv;  // NOLINT
  field_limit.Store(128 * 1024);
  GILA_TRY(Tuple * bases,
           NewTuple(thread, std::initializer_list<Value>{GetType(TypeId::kException)}));
  GILA_TRY(Dict * names, NewDict(thread));
  GILA_TRY_VOID(DictSet(thread, names, NameOf(Name::kModule_), Intern(thread, "_csv")));
  GILA_TRY(error_class,
           Call(thread, GetType(TypeId::kType), {Intern(thread, "Error"), bases, names}));
  heap::AddRoot(&error_class);
  GILA_TRY_VOID(AddValue(thread, module, "Error", error_class));
  constexpr const char* kQuotings[] = {"QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC",
                                       "QUOTE_NONE"};
  for (int64_t i = kQuoteMinimal; i <= kQuoteNone; ++i)
    GILA_TRY_VOID(AddValue(thread, module, kQuotings[i], Value::SmallInt(i)));
  GILA_TRY_VOID(AddDialect(thread, module));
  GILA_TRY_VOID(AddReader(thread, module));
  return AddWriter(thread, module);
}

}  // namespace gila
