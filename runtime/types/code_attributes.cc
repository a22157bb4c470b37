// code_attributes.cc: co_* and replace() of code objects.
#include <string>

#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/code.h"
#include "runtime/types/code_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {
namespace {

Code* Self(Value self) { return self.As<Code>(); }

template <Slot Code::* kSlot>
Result<Value> GetSlot(Thread&, Value self) {
  return (Self(self)->*kSlot).Load();
}
template <int32_t CodeData::* kField>
Result<Value> GetNumber(Thread&, Value self) {
  return Value::SmallInt(Self(self)->data->*kField);
}
Result<Value> GetFlags(Thread&, Value self) {
  return Value::SmallInt(Self(self)->code_flags & ~uint32_t{kCodeLeavesNoTrace});
}
Result<Value> GetLocalCount(Thread&, Value self) {
  return Value::SmallInt(static_cast<int64_t>(Self(self)->data->local_names.size()));
}
Result<Value> GetCellNames(Thread& thread, Value self) {
  const auto& names = Self(self)->data->cell_names;
  GILA_TRY(Tuple * tuple, NewTuple(thread, static_cast<int64_t>(names.size())));
  for (size_t i = 0; i < names.size(); ++i) tuple->items[i].Store(tuple, Intern(thread, names[i]));
  return tuple;
}
// The instructions as the compiler made them: caches empty, nothing specialised.
Result<Value> GetBytes(Thread& thread, Value self) {
  const auto& words = Self(self)->data->words;
  return NewBytes(thread, std::string_view(reinterpret_cast<const char*>(words.data()),
                                           words.size() * sizeof(uint64_t)));
}
Result<Value> GetNoBytes(Thread& thread, Value) { return NewBytes(thread, ""); }

Value OrNone(int32_t n) { return n >= 0 ? Value::SmallInt(n) : kNone; }

Result<Value> NewTupleOf(Thread& thread, std::initializer_list<Value> items) {
  return NewTuple(thread, std::span<const Value>(items.begin(), items.size()));
}

// One (line, end_line, column, end_column) for each instruction word.
Result<Value> CodePositions(Thread& thread, Args args) {
  const Code* code = args[0].As<Code>();
  GILA_TRY(List * list, NewList(thread));
  for (uint32_t word = 0; word < code->word_count; ++word) {
    const SourceRange range = RangeAt(code, word);
    GILA_TRY(const Value entry,
             NewTupleOf(thread, {OrNone(range.line), OrNone(range.end_line), OrNone(range.column),
                                 OrNone(range.end_column)}));
    GILA_TRY_VOID(ListAppend(thread, list, entry));
  }
  return GetIter(thread, list);
}

// Triples (start, end, line), neighbours of one line joined; offsets count two to a word, as
// f_lasti does.
Result<Value> CodeLines(Thread& thread, Args args) {
  const Code* code = args[0].As<Code>();
  const auto& lines = code->data->lines;
  GILA_TRY(List * list, NewList(thread));
  for (size_t i = 0; i < lines.size();) {
    const uint32_t start = lines[i].start;
    const int32_t line = lines[i].range.line;
    while (i < lines.size() && lines[i].range.line == line) ++i;
    const uint32_t end = i < lines.size() ? lines[i].start : code->word_count;
    GILA_TRY(const Value entry,
             NewTupleOf(thread, {Value::SmallInt(int64_t{start} * 2),
                                 Value::SmallInt(int64_t{end} * 2), OrNone(line)}));
    GILA_TRY_VOID(ListAppend(thread, list, entry));
  }
  return GetIter(thread, list);
}

// The line table as it was before co_lines(): pairs of bytes, how far the offset and the line move
// on. What does not fit a byte takes several pairs.
Result<Value> GetLnotab(Thread& thread, Value self) {
  const Code* const code = Self(self);
  std::string table;
  uint32_t offset = 0;
  int32_t line = code->data->first_line;
  for (const auto& entry : code->data->lines) {
    if (entry.range.line < 0 || entry.range.line == line) continue;
    uint32_t step = entry.start * 2 - offset;
    int32_t lines = entry.range.line - line;
    for (; step > 255; step -= 255) table += {'\xff', '\0'};
    while (lines < -128 || lines > 127) {
      const int32_t part = lines < 0 ? -128 : 127;
      table += {static_cast<char>(step), static_cast<char>(part)};
      lines -= part;
      step = 0;
    }
    table += {static_cast<char>(step), static_cast<char>(lines)};
    offset = entry.start * 2;
    line = entry.range.line;
  }
  return NewBytes(thread, table);
}

Result<Value> CodeRepr(Thread& thread, Args args) {
  const Code* code = args[0].As<Code>();
  char address[32];
  snprintf(address, sizeof(address), "%p", static_cast<const void*>(code));
  return NewStr(thread, "<code object " + ToUtf8(code->name.Load()) + " at " + address +
                            ", file \"" + ToUtf8(code->filename.Load()) + "\", line " +
                            std::to_string(code->data->first_line) + ">");
}

// What replace() can change: names, numbers, flags and constants; the instructions stay.
Status ReplaceField(Thread& thread, CodeData* data, Value* constants, std::string_view field,
                    Value value) {
  const auto text = [&](std::string* out) -> Status {
    GILA_TRY(Str * s, ToStrArgument(thread, value, "replace() argument"));
    *out = ToUtf8(s);
    return kOk;
  };
  if (field == "co_name") return text(&data->name);
  if (field == "co_qualname") return text(&data->qualname);
  if (field == "co_filename") return text(&data->filename);
  if (field == "co_consts" && IsTuple(value)) {
    *constants = value;
    return kOk;
  }
  if (field != "co_flags" && field != "co_firstlineno")
    return thread.RaiseTypeError("replace() cannot change %s", std::string(field).c_str());
  GILA_TRY(const int64_t number, ToInt64(thread, value));
  if (field == "co_flags")
    data->flags = static_cast<uint32_t>(number);
  else
    data->first_line = static_cast<int32_t>(number);
  return kOk;
}

Result<Value> CodeReplace(Thread& thread, Args args) {
  const Code* code = args[0].As<Code>();
  auto data = std::make_shared<CodeData>(*code->data);
  Value constants = kUnbound;
  if (IsDict(args[1])) {
    int64_t position = 0;
    Value key, value;
    while (DictNext(args[1].As<Dict>(), &position, &key, &value))
      GILA_TRY_VOID(ReplaceField(thread, data.get(), &constants, ToUtf8(key), value));
  }
  GILA_TRY(Code * copy, NewCode(thread, std::move(data)));
  if (copy->data->filename == code->data->filename)
    copy->filename.Store(copy, code->filename.Load());
  if (!constants.IsUnbound() &&
      constants.As<Tuple>()->length >= static_cast<int64_t>(copy->constant_count)) {
    copy->constants_tuple.Store(copy, constants);
    copy->constants = reinterpret_cast<Value*>(constants.As<Tuple>()->items);
  }
  return Value(copy);
}

// Code compares by what it does: name, numbers, instructions and constants.
Result<Value> CodeEqual(Thread& thread, Args args) {
  const Code* a = args[0].As<Code>();
  const Code* b = CastOrNull<Code>(args[1]);
  if (b == nullptr) return kNotImplemented;
  if (a == b) return kTrue;
  const CodeData &x = *a->data, &y = *b->data;
  if (x.name != y.name || x.first_line != y.first_line || x.flags != y.flags ||
      x.words != y.words || x.positional_count != y.positional_count ||
      x.local_names != y.local_names || x.names != y.names)
    return kFalse;
  GILA_TRY(const bool same, Equal(thread, a->constants_tuple.Load(), b->constants_tuple.Load()));
  return Value::Bool(same);
}
Result<Value> CodeHash(Thread& thread, Args args) {
  const Code* code = args[0].As<Code>();
  GILA_TRY(const int64_t hash, Hash(thread, code->name.Load()));
  return NewInt(thread, (hash ^ code->data->first_line * 1000003) / 4);
}

}  // namespace

extern const NativeDef kCodeMethods[] = {{"co_positions", CodePositions, "(self, /)", nullptr},
                                         {"co_lines", CodeLines, "(self, /)", nullptr},
                                         {"replace", CodeReplace, "(self, /, **kwargs)", nullptr},
                                         {"__repr__", CodeRepr, "(self, /)", nullptr},
                                         {"__eq__", CodeEqual, "(self, value, /)", nullptr},
                                         {"__hash__", CodeHash, "(self, /)", nullptr},
                                         {}};

extern const GetSetDef kCodeGetSets[] = {
    {"co_name", GetSlot<&Code::name>, nullptr, nullptr},
    {"co_qualname", GetSlot<&Code::qualname>, nullptr, nullptr},
    {"co_filename", GetSlot<&Code::filename>, nullptr, nullptr},
    {"co_varnames", GetSlot<&Code::local_names>, nullptr, nullptr},
    {"co_freevars", GetSlot<&Code::free_names>, nullptr, nullptr},
    {"co_consts", GetSlot<&Code::constants_tuple>, nullptr, nullptr},
    {"co_names", GetSlot<&Code::names_tuple>, nullptr, nullptr},
    {"co_cellvars", GetCellNames, nullptr, nullptr},
    {"co_firstlineno", GetNumber<&CodeData::first_line>, nullptr, nullptr},
    {"co_argcount", GetNumber<&CodeData::positional_count>, nullptr, nullptr},
    {"co_posonlyargcount", GetNumber<&CodeData::positional_only_count>, nullptr, nullptr},
    {"co_kwonlyargcount", GetNumber<&CodeData::keyword_only_count>, nullptr, nullptr},
    {"co_stacksize", GetNumber<&CodeData::register_count>, nullptr, nullptr},
    {"co_nlocals", GetLocalCount, nullptr, nullptr},
    {"co_flags", GetFlags, nullptr, nullptr},
    {"co_code", GetBytes, nullptr, nullptr},
    {"co_lnotab", GetLnotab, nullptr, nullptr},
    {"co_linetable", GetNoBytes, nullptr, nullptr},
    {"co_exceptiontable", GetNoBytes, nullptr, nullptr},
    {}};

}  // namespace gila
