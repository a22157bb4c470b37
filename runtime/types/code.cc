// code.cc: code objects: made from what the compiler hands over (NewCode), asked by programs
// (co_*).
//
// A specialised instruction may name a LookupCell in its cache word, by a 32-bit compressed
// pointer; tracing a code object marks those. The layout of cache words is known to the vm, which
// registers the function that finds them.
#include "runtime/types/code.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "bytecode/bytecode.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/code_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

void (*trace_inline_caches)(Code* code, Marker& marker) = nullptr;

namespace {

void TraceCode(Object* object, Marker& marker) {
  Code* code = static_cast<Code*>(object);
  for (const Slot* slot : {&code->name, &code->qualname, &code->filename, &code->local_names,
                           &code->free_names, &code->constants_tuple, &code->names_tuple})
    marker.Visit(*slot);
  if (code->words != nullptr && trace_inline_caches != nullptr) trace_inline_caches(code, marker);
}
void FinalizeCode(Object* object) {
  Code* code = static_cast<Code*>(object);
  free(code->words);
  code->words = nullptr;
  delete static_cast<std::shared_ptr<const CodeData>*>(code->data_owner);
}
constexpr KindInfo kCodeKind = {"code", TraceCode, FinalizeCode};

bool LooksLikeName(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

Result<Value> MakeConstant(Thread& thread, const ConstData& data);

Result<Tuple*> MakeItems(Thread& thread, const std::vector<ConstData>& items) {
  GILA_TRY(Tuple * tuple, NewTuple(thread, static_cast<int64_t>(items.size())));
  for (size_t i = 0; i < items.size(); ++i) {
    GILA_TRY(const Value item, MakeConstant(thread, items[i]));
    tuple->items[i].Store(tuple, item);
  }
  return tuple;
}

Result<Value> MakeFrozenSet(Thread& thread, const std::vector<ConstData>& items) {
  GILA_TRY(Set * set, NewSet(thread, TypeId::kFrozenSet));
  for (const ConstData& data : items) {
    GILA_TRY(const Value item, MakeConstant(thread, data));
    GILA_TRY(const bool is_new, SetAdd(thread, set, item));
    static_cast<void>(is_new);
  }
  // CPython's compiler copies such a constant member by member when it merges equal constants, and
  // the copy is what a program sees: the order of a set display depends on it.
  GILA_TRY(Set * copy, NewSet(thread, TypeId::kFrozenSet));
  int64_t position = 0;
  Value member;
  while (SetNext(set, &position, &member)) {
    GILA_TRY(const bool is_new, SetAdd(thread, copy, member));
    static_cast<void>(is_new);
  }
  return Value(copy);
}

Result<Value> MakeConstant(Thread& thread, const ConstData& data) {
  using Kind = ConstData::Kind;
  switch (data.kind) {
    case Kind::kNone:
      return kNone;
    case Kind::kTrue:
      return kTrue;
    case Kind::kFalse:
      return kFalse;
    case Kind::kEllipsis:
      return kEllipsis;
    case Kind::kInt:
      return NewInt(thread, data.integer);
    case Kind::kBigInt:
      return IntFromDigits(thread, data.text, 16);
    case Kind::kFloat:
      return NewFloat(thread, data.real);
    case Kind::kComplex:
      return NewComplex(thread, data.real, data.imag);
    case Kind::kStr:
      if (LooksLikeName(data.text)) return Intern(thread, data.text);
      return NewStr(thread, data.text);
    case Kind::kBytes:
      return NewBytes(thread, data.text);
    case Kind::kTuple:
      return MakeItems(thread, data.items);
    case Kind::kFrozenSet:
      return MakeFrozenSet(thread, data.items);
    case Kind::kCode:
      return NewCode(thread, data.code);
  }
  return kNone;
}

Result<Tuple*> InternAll(Thread& thread, const std::vector<std::string>& names) {
  GILA_TRY(Tuple * tuple, NewTuple(thread, static_cast<int64_t>(names.size())));
  for (size_t i = 0; i < names.size(); ++i) tuple->items[i].Store(tuple, Intern(thread, names[i]));
  return tuple;
}

// The registers that must start unbound: locals, cells, and the namespace of code without fast
// locals.
uint32_t CountLocals(const CodeData& data) {
  size_t count = data.local_names.size();
  for (const uint16_t reg : data.cell_registers) count = std::max(count, size_t{reg} + 1);
  if ((data.flags & kCodeOptimized) == 0) count = std::max(count, size_t{1});
  return static_cast<uint32_t>(count);
}

// A Yield directly after a Send delegates: its c is set, so that nobody has to tell an instruction
// from a cache word when looking backwards.
void MarkDelegatingYields(uint64_t* words, size_t count) {
  bool after_send = false;
  for (size_t i = 0; i < count;) {
    const Instruction in(words[i]);
    const auto opcode = static_cast<Opcode>(in.opcode());
    if (after_send && opcode == Opcode::kYield) words[i] = in.word() | uint64_t{1} << 48;
    after_send = opcode == Opcode::kSend;
    i += 1 + kOpcodeInfo[in.opcode()].caches;
  }
}

// What CPython has in C leaves no frames in its tracebacks, and so it is here where such functions
// are in Gila's own language: the modules, and what of them it is ("": everything; else the
// function or the class).
struct Traceless {
  std::string_view module, name;
};
constexpr Traceless kTraceless[] = {
    {"posix", ""},
    {"marshal", ""},
    {"warnings", ""},
    {"_codecs_errors", ""},
    {"_codecs_functions", ""},
    {"codecs", "register"},
    {"codecs", "unregister"},
    {"codecs", "lookup"},
    {"codecs", "encode"},
    {"codecs", "decode"},
    {"codecs", "_search"},
    {"codecs", "_told_by"},
    {"codecs", "_run"},
    {"codecs", "_run_text_codec"},
    {"sqlite3._connection", ""},
    {"sqlite3._cursor", ""},
    {"sqlite3._rows", ""},
    {"sqlite3._adapters", ""},
    {"xml.etree._elements", "Element"},
    {"xml.etree._elements", "SubElement"},
    {"xml.etree._elements", "_check_child"},
    {"xml.etree._elements", "_walk"},
    {"xml.etree._parsing", "XMLParser"},
    {"xml.etree._parsing", "TreeBuilder"},
    {"zoneinfo._zone", ""},
    {"pyexpat", ""},
};

bool LeavesNoTrace(const CodeData& data) {
  constexpr std::string_view kFrozen = "<frozen ";
  std::string_view module = data.filename;
  if (!module.starts_with(kFrozen) || module.back() != '>') return false;
  module = module.substr(kFrozen.size(), module.size() - kFrozen.size() - 1);
  const std::string_view name = std::string_view(data.qualname).substr(0, data.qualname.find('.'));
  return std::any_of(std::begin(kTraceless), std::end(kTraceless), [&](const Traceless& entry) {
    return entry.module == module &&
           (entry.name.empty() ? data.name != "<module>" : entry.name == name);
  });
}

Status FillWords(Thread& thread, Code* code, const CodeData& data) {
  const size_t bytes = std::max<size_t>(data.words.size(), 1) * sizeof(uint64_t);
  code->words = static_cast<uint64_t*>(malloc(bytes));
  if (code->words == nullptr) return thread.RaiseMemoryError();
  std::copy(data.words.begin(), data.words.end(), code->words);
  code->word_count = static_cast<uint32_t>(data.words.size());
  MarkDelegatingYields(code->words, data.words.size());
  return kOk;
}

void FillCounts(Code* code, const CodeData& data) {
  code->register_count = static_cast<uint32_t>(data.register_count);
  code->code_flags = data.flags | (LeavesNoTrace(data) ? kCodeLeavesNoTrace : 0u);
  code->positional_count = static_cast<uint16_t>(data.positional_count);
  code->keyword_only_count = static_cast<uint16_t>(data.keyword_only_count);
  code->parameter_count = static_cast<uint16_t>(data.positional_count + data.keyword_only_count +
                                                ((data.flags & kCodeVarArgs) != 0) +
                                                ((data.flags & kCodeVarKeywords) != 0));
  code->local_count = static_cast<uint16_t>(CountLocals(data));
  code->register_count = std::max<uint32_t>(code->register_count, code->local_count);
  const uint32_t maker = data.flags & (kCodeGenerator | kCodeCoroutine | kCodeAsyncGenerator);
  const bool positional =
      data.keyword_only_count == 0 && (data.flags & (kCodeVarArgs | kCodeVarKeywords)) == 0;
  code->simple_arity = positional && maker == 0 ? code->positional_count : 0xFFFF;
  code->awaited_arity = positional && maker == kCodeCoroutine ? code->positional_count : 0xFFFF;
}

}  // namespace

Result<Code*> NewCode(Thread& thread, std::shared_ptr<const CodeData> shared) {
  const CodeData& data = *shared;
  GILA_TRY(Code * code, Allocate<Code>(thread, TypeId::kCode));
  for (Slot* slot : {&code->name, &code->qualname, &code->filename, &code->local_names,
                     &code->free_names, &code->constants_tuple, &code->names_tuple})
    slot->Init(kNone);
  code->data = &data;
  code->data_owner = new std::shared_ptr<const CodeData>(std::move(shared));
  heap::RegisterFinalizer(thread, code);
  FillCounts(code, data);
  GILA_TRY_VOID(FillWords(thread, code, data));
  code->name.Store(code, Intern(thread, data.name));
  code->qualname.Store(code, Intern(thread, data.qualname));
  code->filename.Store(code, Intern(thread, data.filename));
  GILA_TRY(Tuple * locals, InternAll(thread, data.local_names));
  code->local_names.Store(code, locals);
  GILA_TRY(Tuple * free_names, InternAll(thread, data.free_names));
  code->free_names.Store(code, free_names);
  GILA_TRY(Tuple * names, InternAll(thread, data.names));
  code->names_tuple.Store(code, names);
  GILA_TRY(Tuple * constants, MakeItems(thread, data.constants));
  code->constants_tuple.Store(code, constants);
  // The tuples never change, so their items serve as the arrays.
  code->names = reinterpret_cast<Value*>(names->items);
  code->name_count = static_cast<uint32_t>(names->length);
  code->constants = reinterpret_cast<Value*>(constants->items);
  code->constant_count = static_cast<uint32_t>(constants->length);
  return code;
}

SourceRange RangeAt(const Code* code, uint32_t word) {
  if (word >= code->word_count) return {};  // before the first instruction
  const auto& lines = code->data->lines;
  const auto after = std::upper_bound(lines.begin(), lines.end(), word,
                                      [](uint32_t w, const LineEntry& e) { return w < e.start; });
  return after == lines.begin() ? SourceRange{} : (after - 1)->range;
}

int32_t LineAt(const Code* code, uint32_t word) {
  const auto& lines = code->data->lines;
  if (word >= code->word_count) return code->data->first_line;
  auto at = std::upper_bound(lines.begin(), lines.end(), word,
                             [](uint32_t w, const LineEntry& e) { return w < e.start; });
  while (at != lines.begin())
    if (const int32_t line = (--at)->range.line; line > 0) return line;
  return code->data->first_line;
}

extern const TypeSpec kCodeSpec;
const TypeSpec kCodeSpec = {.methods = kCodeMethods,
                            .getsets = kCodeGetSets,
                            .native_size = sizeof(Code),
                            .kind_info = &kCodeKind};

}  // namespace gila
