// etree_parser.cc: the type XMLParser: libexpat feeding a target. A target that is exactly a
// TreeBuilder is fed by C++ calls and gets the text between two tags as one piece; of any other,
// the methods are looked up once and called. An exception in one of them stops libexpat and comes
// out of feed(). One call at a time: feeding a parser from its own target, or from two threads at
// once, is refused.
#include <expat.h>

#include <algorithm>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/call.h"
#include "runtime/protocols/warn.h"
#include "runtime/text/codecs.h"
#include "runtime/types/bytes.h"
#include "runtime/types/container_support.h"
#include "stdlib/etree_internal.h"
#include "stdlib/expat_internal.h"
#include "stdlib/native_support.h"

namespace gila::etree {

namespace {

// The methods of a target; a TreeBuilder has the first five.
enum Method {
  kStartMethod,
  kEndMethod,
  kDataMethod,
  kCommentMethod,
  kPiMethod,
  kStartNsMethod,
  kEndNsMethod,
  kDoctypeMethod,
  kCloseMethod,
  kMethodCount
};
constexpr const char* kMethodNames[kMethodCount] = {
    "start", "end", "data", "comment", "pi", "start_ns", "end_ns", "doctype", "close"};

// Parsers of libexpat that have read a document to its end, to be used anew: most documents are
// small, and what a parser allocates and initialises is not.
class SpareParsers {
 public:
  // A parser for this encoding (null: what the document says); null when memory has run out.
  XML_Parser Take(const XML_Char* encoding) {
    XML_Parser parser = nullptr;
    {
      const std::lock_guard<std::mutex> guard(lock_);
      if (!spare_.empty()) {
        parser = spare_.back();
        spare_.pop_back();
      }
    }
    if (parser == nullptr) return XML_ParserCreateNS(encoding, '}');
    if (XML_ParserReset(parser, encoding)) return parser;
    XML_ParserFree(parser);
    return XML_ParserCreateNS(encoding, '}');
  }
  void Give(XML_Parser parser) {
    {
      const std::lock_guard<std::mutex> guard(lock_);
      if (spare_.size() < kMost) {
        spare_.push_back(parser);
        return;
      }
    }
    XML_ParserFree(parser);
  }

 private:
  static constexpr size_t kMost = 4;
  std::mutex lock_;
  std::vector<XML_Parser> spare_;
};
SpareParsers& Spare() {
  static auto* const spare = new SpareParsers;
  return *spare;
}

struct Native {
  ~Native() {
    if (parser != nullptr) XML_ParserFree(parser);
  }
  XML_Parser parser = nullptr;  // null before __init__, and when the document has ended
  bool ended = false;
  int64_t line = 0, column = 0;  // of the end
  std::string text;              // for a builder, until the next tag
};

constexpr int64_t kKnownNames = 64;

struct XmlParser : Object {
  Native* native;
  Atomic<uint32_t> busy;
  Slot target, entity;
  PointerSlot<TreeBuilder> builder;  // the target, when it is exactly a TreeBuilder
  Slot methods[kMethodCount];        // bound methods, or None
  PointerSlot<ValueArray> names;     // strs made of names, each at a place that its bytes choose
};
Type* parser_type = nullptr;
uint8_t parser_kind = 0;

XmlParser* Self(Value v) { return static_cast<XmlParser*>(v.AsObject()); }

void TraceParser(Object* object, Marker& marker) {
  auto* const self = static_cast<XmlParser*>(object);
  marker.Visit(self->target);
  marker.Visit(self->entity);
  marker.Visit(self->builder);
  for (const Slot& method : self->methods) marker.Visit(method);
  marker.Visit(self->names);
}
void FinalizeParser(Object* object) { delete static_cast<XmlParser*>(object)->native; }
constexpr KindInfo kParserKind = {"XMLParser", TraceParser, FinalizeParser};

// --- errors ---

Failed RaiseParseError(Thread& thread, std::string words, int64_t code, int64_t line,
                       int64_t column) GILA_ATTACHED {
  words += ": line " + std::to_string(line) + ", column " + std::to_string(column);
  GILA_TRY(Str* const text, NewStr(thread, words));
  GILA_TRY(const Value error, Call(thread, parse_error, {Value(text)}));
  GILA_TRY(Tuple* const place, NewPair(thread, Value::SmallInt(line), Value::SmallInt(column)));
  GILA_TRY_VOID(SetAttr(thread, error, Intern(thread, "code"), Value::SmallInt(code)));
  GILA_TRY_VOID(SetAttr(thread, error, Intern(thread, "position"), place));
  return thread.RaiseObject(error);
}

Failed RaiseExpat(Thread& thread, XML_Parser parser) GILA_ATTACHED {
  const int code = XML_GetErrorCode(parser);
  const char* const words = XML_ErrorString(static_cast<XML_Error>(code));
  return RaiseParseError(thread, words == nullptr ? "unknown error" : words, code,
                         static_cast<int64_t>(XML_GetErrorLineNumber(parser)),
                         static_cast<int64_t>(XML_GetErrorColumnNumber(parser)));
}

// --- what libexpat gives, as values ---

Result<Value> Text(Thread& thread, const XML_Char* text) GILA_ATTACHED {
  if (text == nullptr) return kNone;
  return NewStr(thread, text);
}

// A name as libexpat has it, "uri}local" or "local", is written with a brace in front of the uri.
Result<Value> Name(Thread& thread, XmlParser* self, const XML_Char* raw) GILA_ATTACHED {
  uint64_t hash = 14695981039346656037u;
  bool qualified = false;
  const XML_Char* end = raw;
  for (; *end != '\0'; ++end) {
    qualified |= *end == '}';
    hash = (hash ^ static_cast<uint8_t>(*end)) * 1099511628211u;
  }
  const std::string_view bytes(raw, static_cast<size_t>(end - raw));
  ValueArray* const names = self->names.Load();
  Slot& place = names->items[(hash ^ (hash >> 32)) % kKnownNames];
  if (const Value known = place.Load(); known.IsPointer()) {
    const std::string_view text = known.As<Str>()->ascii();
    if ((qualified ? text.substr(1) : text) == bytes) return known;
  }
  GILA_TRY(Str* const made,
           qualified ? NewStr(thread, "{" + std::string(bytes)) : NewStr(thread, bytes));
  if (made->IsAscii() && made->length > 0) place.Store(names, made);
  return made;
}

Result<Value> Attributes(Thread& thread, XmlParser* self, const XML_Char** pairs) GILA_ATTACHED {
  if (pairs[0] == nullptr) return kUnbound;
  int64_t count = 0;
  while (pairs[2 * count] != nullptr) ++count;
  GILA_TRY(Dict* const dict, NewDict(thread, count));
  for (int64_t i = 0; i < count; ++i) {
    GILA_TRY(const Value name, Name(thread, self, pairs[2 * i]));
    GILA_TRY(const Value value, Text(thread, pairs[2 * i + 1]));
    GILA_TRY_VOID(DictSet(thread, dict, name, value));
  }
  return dict;
}

// The text that was gathered for a builder goes to it.
Status HandOver(Thread& thread, XmlParser* self) GILA_ATTACHED {
  std::string& text = self->native->text;
  if (text.empty()) return kOk;
  const Result<Str*> made = NewStr(thread, text);
  text.clear();
  if (!made.ok()) return kFailed;
  return BuilderData(thread, self->builder.Load(), made.value());
}

// --- the callbacks ---

// Runs what a callback is for, unless an exception waits already; a new one stops the parser.
template <class Body>
void Handle(void* data, Body body) {
  auto* const self = static_cast<XmlParser*>(data);
  Thread& thread = *Thread::Current();
  if (thread.HasException()) return;
  const auto all = [&]() GILA_ATTACHED -> Status {
    GILA_TRY_VOID(HandOver(thread, self));
    return body(thread, self);
  };
  if (!all().ok()) XML_StopParser(self->native->parser, XML_FALSE);
}

// What a function gives, thrown away.
Status Done(const Result<Value>& result) { return result.ok() ? kOk : Status(kFailed); }

Status CallMethodOf(Thread& thread, XmlParser* self, Method which,
                    std::span<const Value> args) GILA_ATTACHED {
  const Value method = self->methods[which].Load();
  return method.IsNone() ? kOk : Done(Call(thread, method, args));
}

void OnStart(void* data, const XML_Char* name, const XML_Char** pairs) {
  Handle(data, [&](Thread& thread, XmlParser* self) GILA_ATTACHED -> Status {
    GILA_TRY(const Value tag, Name(thread, self, name));
    GILA_TRY(Value attrib, Attributes(thread, self, pairs));
    if (TreeBuilder* const builder = self->builder.Load(); builder != nullptr)
      return Done(BuilderStart(thread, builder, tag, attrib));
    if (attrib.IsUnbound()) {
      GILA_TRY(attrib, NewDict(thread));
    }
    const Value args[] = {tag, attrib};
    return CallMethodOf(thread, self, kStartMethod, args);
  });
}

void OnEnd(void* data, const XML_Char* name) {
  Handle(data, [&](Thread& thread, XmlParser* self) GILA_ATTACHED -> Status {
    if (TreeBuilder* const builder = self->builder.Load(); builder != nullptr)
      return Done(BuilderEnd(thread, builder));
    GILA_TRY(const Value tag, Name(thread, self, name));
    return CallMethodOf(thread, self, kEndMethod, {&tag, 1});
  });
}

void OnText(void* data, const XML_Char* text, int length) {
  auto* const self = static_cast<XmlParser*>(data);
  const std::string_view piece(text, static_cast<size_t>(length));
  if (self->builder.Load() != nullptr) {
    self->native->text += piece;
    return;
  }
  Handle(data, [&](Thread& thread, XmlParser*) GILA_ATTACHED -> Status {
    GILA_TRY(const Value made, NewStr(thread, piece));
    return CallMethodOf(thread, self, kDataMethod, {&made, 1});
  });
}

void OnComment(void* data, const XML_Char* text) {
  Handle(data, [&](Thread& thread, XmlParser* self) GILA_ATTACHED -> Status {
    GILA_TRY(const Value made, Text(thread, text));
    if (TreeBuilder* const builder = self->builder.Load(); builder != nullptr)
      return Done(BuilderComment(thread, builder, made));
    return CallMethodOf(thread, self, kCommentMethod, {&made, 1});
  });
}

void OnInstruction(void* data, const XML_Char* name, const XML_Char* rest) {
  Handle(data, [&](Thread& thread, XmlParser* self) GILA_ATTACHED -> Status {
    GILA_TRY(const Value target, Text(thread, name));
    GILA_TRY(const Value text, Text(thread, rest));
    if (TreeBuilder* const builder = self->builder.Load(); builder != nullptr)
      return Done(BuilderInstruction(thread, builder, target, text));
    const Value args[] = {target, text};
    return CallMethodOf(thread, self, kPiMethod, args);
  });
}

void OnStartNamespace(void* data, const XML_Char* prefix, const XML_Char* uri) {
  Handle(data, [&](Thread& thread, XmlParser* self) GILA_ATTACHED -> Status {
    GILA_TRY(const Value first, Text(thread, prefix == nullptr ? "" : prefix));
    GILA_TRY(const Value second, Text(thread, uri == nullptr ? "" : uri));
    if (TreeBuilder* const builder = self->builder.Load(); builder != nullptr) {
      GILA_TRY(Tuple* const both, NewPair(thread, first, second));
      return BuilderReport(thread, builder, kStartNamespace, both);
    }
    const Value args[] = {first, second};
    return CallMethodOf(thread, self, kStartNsMethod, args);
  });
}

void OnEndNamespace(void* data, const XML_Char* prefix) {
  Handle(data, [&](Thread& thread, XmlParser* self) GILA_ATTACHED -> Status {
    if (TreeBuilder* const builder = self->builder.Load(); builder != nullptr)
      return BuilderReport(thread, builder, kEndNamespace, kNone);
    GILA_TRY(const Value made, Text(thread, prefix == nullptr ? "" : prefix));
    return CallMethodOf(thread, self, kEndNsMethod, {&made, 1});
  });
}

void OnDoctype(void* data, const XML_Char* name, const XML_Char* system, const XML_Char* public_id,
               int) {
  Handle(data, [&](Thread& thread, XmlParser* self) GILA_ATTACHED -> Status {
    if (self->methods[kDoctypeMethod].Load().IsNone()) {
      GILA_TRY(const Value own, GetAttrOrUnbound(thread, self, Intern(thread, "doctype")));
      if (own.IsUnbound()) return kOk;
      return WarnAbout(thread, TypeId::kRuntimeWarning,
                       "The doctype() method of XMLParser is ignored.  "
                       "Define doctype() method on the TreeBuilder target.");
    }
    GILA_TRY(const Value first, Text(thread, name));
    GILA_TRY(const Value second, Text(thread, public_id));
    GILA_TRY(const Value third, Text(thread, system));
    const Value args[] = {first, second, third};
    return CallMethodOf(thread, self, kDoctypeMethod, args);
  });
}

// What no other callback takes; of that, only entities that the document does not declare matter:
// the program may know them.
void OnRest(void* data, const XML_Char* text, int length) {
  if (length < 2 || text[0] != '&') return;
  Handle(data, [&](Thread& thread, XmlParser* self) GILA_ATTACHED -> Status {
    const std::string name(text + 1, static_cast<size_t>(length) - 2);
    GILA_TRY(Str* const key, NewStr(thread, name));
    GILA_TRY(const Value known, DictGet(thread, self->entity.Load().As<Dict>(), key));
    if (!known.IsUnbound()) {
      if (TreeBuilder* const builder = self->builder.Load(); builder != nullptr)
        return BuilderData(thread, builder, known);
      return CallMethodOf(thread, self, kDataMethod, {&known, 1});
    }
    const XML_Parser parser = self->native->parser;
    return RaiseParseError(thread, "undefined entity &" + name + ";", XML_ERROR_UNDEFINED_ENTITY,
                           static_cast<int64_t>(XML_GetErrorLineNumber(parser)),
                           static_cast<int64_t>(XML_GetErrorColumnNumber(parser)));
  });
}

// --- making one ---

void InstallCallbacks(XmlParser* self) {
  const XML_Parser parser = self->native->parser;
  const bool builds = self->builder.Load() != nullptr;
  const auto has = [&](Method which) {
    return builds ? which <= kPiMethod : !self->methods[which].Load().IsNone();
  };
  XML_SetUserData(parser, self);
  XML_SetUnknownEncodingHandler(parser, expat::OnUnknownEncoding, nullptr);
  XML_SetDefaultHandlerExpand(parser, OnRest);
  XML_SetStartDoctypeDeclHandler(parser, OnDoctype);
  if (has(kStartMethod)) XML_SetStartElementHandler(parser, OnStart);
  if (has(kEndMethod)) XML_SetEndElementHandler(parser, OnEnd);
  if (has(kDataMethod)) XML_SetCharacterDataHandler(parser, OnText);
  if (has(kCommentMethod)) XML_SetCommentHandler(parser, OnComment);
  if (has(kPiMethod)) XML_SetProcessingInstructionHandler(parser, OnInstruction);
  if (has(kStartNsMethod)) XML_SetStartNamespaceDeclHandler(parser, OnStartNamespace);
  if (has(kEndNsMethod)) XML_SetEndNamespaceDeclHandler(parser, OnEndNamespace);
}

Result<Value> ParserNew(Thread& thread, Args args) {
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const self = static_cast<XmlParser*>(object);
  self->native = new Native;
  heap::RegisterFinalizer(thread, self);
  self->target.Init(kNone);
  self->entity.Init(kNone);
  for (Slot& method : self->methods) method.Init(kNone);
  GILA_TRY(Dict* const entity, NewDict(thread));
  self->entity.Store(self, entity);
  GILA_TRY(ValueArray* const names, NewValueArray(thread, kKnownNames));
  self->names.Store(self, names);
  return self;
}

Result<Value> ParserInit(Thread& thread, Args args) {
  XmlParser* const self = Self(args[0]);
  Value target = args.Or(1, kNone);
  const Value encoding = args.Or(2, kNone);
  std::string name;
  if (!encoding.IsNone()) {
    if (!IsStr(encoding)) {
      return thread.RaiseTypeError("XMLParser() argument 'encoding' must be str or None, not %s",
                                   TypeNameText(encoding).c_str());
    }
    name = ToUtf8(encoding);
  }
  const SoleUse busy(thread, self->busy, "the parser is being used");
  GILA_TRY_VOID(busy.status());
  if (target.IsNone()) {
    GILA_TRY(target, NewBuilder(thread, builder_type));
  }
  const bool builds = target.IsPointer() && TypeOf(target) == builder_type;
  for (int i = 0; i < kMethodCount; ++i) {
    GILA_TRY(const Value method, GetAttrOrUnbound(thread, target, Intern(thread, kMethodNames[i])));
    self->methods[i].Store(self, method.IsUnbound() ? kNone : method);
  }
  self->target.Store(self, target);
  self->builder.Store(self, builds ? static_cast<TreeBuilder*>(target.AsObject()) : nullptr);
  Native& native = *self->native;
  if (native.parser != nullptr) XML_ParserFree(native.parser);
  native.text.clear();
  native.ended = false;
  native.parser = Spare().Take(encoding.IsNone() ? nullptr : name.c_str());
  if (native.parser == nullptr) return thread.RaiseMemoryError();
  InstallCallbacks(self);
  return kNone;
}

// --- parsing ---

Status Feed(Thread& thread, XmlParser* self, std::string_view data, bool last) GILA_ATTACHED {
  Native& native = *self->native;
  constexpr size_t kPiece = 1 << 20;
  do {
    const size_t size = std::min(data.size(), kPiece);
    const XML_Status status =
        XML_Parse(native.parser, data.data(), static_cast<int>(size), last && size == data.size());
    if (thread.HasException()) {
      native.text.clear();
      return kFailed;
    }
    if (status == XML_STATUS_ERROR) return RaiseExpat(thread, native.parser);
    GILA_TRY_VOID(thread.CheckBreaker());
    data.remove_prefix(size);
  } while (!data.empty());
  return HandOver(thread, self);
}

Status CheckReady(Thread& thread, XmlParser* self) GILA_ATTACHED {
  const Native& native = *self->native;
  if (native.parser != nullptr) return kOk;
  if (native.ended) {
    return RaiseParseError(thread, XML_ErrorString(XML_ERROR_FINISHED), XML_ERROR_FINISHED,
                           native.line, native.column);
  }
  return thread.RaiseValueError("XMLParser.__init__() wasn't called");
}

// A str is parsed as UTF-8, whatever the document says of its encoding.
Status FeedValue(Thread& thread, XmlParser* self, Value data) GILA_ATTACHED {
  if (!IsStr(data)) {
    PinnedSource source;
    GILA_TRY_VOID(source.Read(thread, data));
    return Feed(thread, self, source.view(), false);
  }
  XML_SetEncoding(self->native->parser, "utf-8");
  const Str* const text = data.As<Str>();
  if (text->IsAscii()) return Feed(thread, self, text->ascii(), false);
  GILA_TRY(const Value encoded, CallMethod(thread, data, Intern(thread, "encode")));
  GILA_TRY(const std::string bytes, CopyBuffer(thread, encoded));
  return Feed(thread, self, bytes, false);
}

Result<Value> FeedMethod(Thread& thread, Args args) {
  XmlParser* const self = Self(args[0]);
  const SoleUse busy(thread, self->busy, "the parser is being used");
  GILA_TRY_VOID(busy.status());
  GILA_TRY_VOID(CheckReady(thread, self));
  GILA_TRY_VOID(FeedValue(thread, self, args[1]));
  return kNone;
}

Result<Value> FlushMethod(Thread& thread, Args args) {
  XmlParser* const self = Self(args[0]);
  const SoleUse busy(thread, self->busy, "the parser is being used");
  GILA_TRY_VOID(busy.status());
  GILA_TRY_VOID(CheckReady(thread, self));
  GILA_TRY_VOID(Feed(thread, self, {}, false));
  return kNone;
}

// After the end of the document: the parser is not needed any more.
void LetGo(XmlParser* self) {
  Native& native = *self->native;
  native.ended = true;
  native.line = static_cast<int64_t>(XML_GetErrorLineNumber(native.parser));
  native.column = static_cast<int64_t>(XML_GetErrorColumnNumber(native.parser));
  Spare().Give(native.parser);
  native.parser = nullptr;
}

Result<Value> Finish(Thread& thread, XmlParser* self) GILA_ATTACHED {
  {
    const SoleUse busy(thread, self->busy, "the parser is being used");
    GILA_TRY_VOID(busy.status());
    GILA_TRY_VOID(CheckReady(thread, self));
    GILA_TRY_VOID(Feed(thread, self, {}, true));
    LetGo(self);
  }
  if (const TreeBuilder* const builder = self->builder.Load(); builder != nullptr)
    return builder->root.Load();
  const Value close = self->methods[kCloseMethod].Load();
  if (close.IsNone()) return kNone;
  return Call(thread, close, std::span<const Value>());
}

Result<Value> CloseMethod(Thread& thread, Args args) { return Finish(thread, Self(args[0])); }

Result<Value> ParseWhole(Thread& thread, Args args) {
  XmlParser* const self = Self(args[0]);
  GILA_TRY(const Value read, GetAttr(thread, args[1], Intern(thread, "read")));
  while (true) {
    GILA_TRY(const Value data, Call(thread, read, {Value::SmallInt(65536)}));
    if (IsStr(data) ? data.As<Str>()->length == 0 : !IsBytesLike(data)) break;
    if (!IsStr(data)) {
      GILA_TRY(const int64_t length, Length(thread, data));
      if (length == 0) break;
    }
    const SoleUse busy(thread, self->busy, "the parser is being used");
    GILA_TRY_VOID(busy.status());
    GILA_TRY_VOID(CheckReady(thread, self));
    GILA_TRY_VOID(FeedValue(thread, self, data));
  }
  return Finish(thread, self);
}

// --- events ---

Status WantEvent(Thread& thread, XmlParser* self, Value name) GILA_ATTACHED {
  std::string text;
  if (IsStr(name)) {
    text = ToUtf8(name);
  } else if (IsBytesLike(name)) {
    GILA_TRY(text, CopyBuffer(thread, name));
  } else {
    return thread.RaiseValueError("invalid events sequence");
  }
  int event = 0;
  while (event < kEventCount && text != kEventNames[event]) ++event;
  if (event == kEventCount) return thread.RaiseValueError("unknown event '%s'", text.c_str());
  TreeBuilder* const builder = self->builder.Load();
  builder->events[event].Store(builder, name);
  const XML_Parser parser = self->native->parser;
  if (event == kStartNamespace) XML_SetStartNamespaceDeclHandler(parser, OnStartNamespace);
  if (event == kEndNamespace) XML_SetEndNamespaceDeclHandler(parser, OnEndNamespace);
  return kOk;
}

Result<Value> SetEvents(Thread& thread, Args args) {
  XmlParser* const self = Self(args[0]);
  const SoleUse busy(thread, self->busy, "the parser is being used");
  GILA_TRY_VOID(busy.status());
  GILA_TRY_VOID(CheckReady(thread, self));
  TreeBuilder* const builder = self->builder.Load();
  if (builder == nullptr) {
    return thread.RaiseTypeError(
        "event handling only supported for ElementTree.TreeBuilder targets");
  }
  GILA_TRY(const Value append, GetAttr(thread, args[1], Intern(thread, "append")));
  builder->report.Store(builder, append);
  for (Slot& event : builder->events) event.Store(builder, kNone);
  if (args.Or(2, kNone).IsNone()) {
    builder->events[kEnd].Store(builder, Intern(thread, "end"));
    return kNone;
  }
  const Result<Tuple*> events = ToTuple(thread, args[2]);
  if (!events.ok()) {
    if (!thread.ExceptionMatches(TypeId::kTypeError)) return kFailed;
    thread.ClearException();
    return thread.RaiseTypeError("events must be a sequence");
  }
  for (int64_t i = 0; i < events.value()->length; ++i)
    GILA_TRY_VOID(WantEvent(thread, self, events.value()->At(i)));
  return kNone;
}

// --- the type ---

Result<Value> GetEntity(Thread&, Value self) { return Self(self)->entity.Load(); }
Result<Value> GetTarget(Thread&, Value self) { return Self(self)->target.Load(); }
Result<Value> GetVersion(Thread& thread, Value) {
  return NewStr(thread, "Expat " + std::to_string(XML_MAJOR_VERSION) + "." +
                            std::to_string(XML_MINOR_VERSION) + "." +
                            std::to_string(XML_MICRO_VERSION));
}

constexpr GetSetDef kGetSets[] = {
    {"entity", GetEntity, ReadonlyMember, "A dict of the entities that the program knows."},
    {"target", GetTarget, ReadonlyMember, "What is fed."},
    {"version", GetVersion, ReadonlyMember, "Which parser it is."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr NativeDef kMethods[] = {
    {"__init__", ParserInit, "(self, /, *, target=None, encoding=None)", "A parser for a target."},
    {"_parse_whole", ParseWhole, "(self, file, /)", "Reads a file to its end."},
    {"_setevents", SetEvents, "(self, events_queue, events_to_report=None, /)",
     "Says which events go into a queue."},
    {"close", CloseMethod, "(self, /)", "The end of the text; what the target makes of it."},
    {"feed", FeedMethod, "(self, data, /)", "Takes a piece of text."},
    {"flush", FlushMethod, "(self, /)", "Hands out what was gathered."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kParserSpec = {.new_function = ParserNew,
                                  .new_signature = "(cls, /, *args, **kwargs)",
                                  .methods = kMethods,
                                  .getsets = kGetSets,
                                  .native_size = sizeof(XmlParser),
                                  .kind_info = &kParserKind};

}  // namespace

Status AddParserType(Thread& thread, Module* module) {
  return AddTypeOnce(thread, module, &parser_type, kParserSpec, "xml.etree.ElementTree.XMLParser",
                     &parser_kind, kBasetype);
}

}  // namespace gila::etree

namespace gila {

Status InitElementTreeModule(Thread& thread, Module* module) {
  GILA_TRY_VOID(etree::AddElementTypes(thread, module));
  GILA_TRY_VOID(etree::AddIteratorType(thread, module));
  GILA_TRY_VOID(etree::AddBuilderType(thread, module));
  return etree::AddParserType(thread, module);
}

}  // namespace gila
