// expat_module.cc: the native half of pyexpat (module _expat): the type of parsers. Handlers are
// expat_handlers.cc.
#include <algorithm>
#include <climits>

#include "runtime/call.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/expat_internal.h"
#include "stdlib/native_support.h"

namespace gila {

namespace expat {

namespace {

Type* parser_type = nullptr;
Type* error_type = nullptr;

void TraceParser(Object* object, Marker& marker) {
  auto* const self = static_cast<Parser*>(object);
  for (const Slot& handler : self->handlers) marker.Visit(handler);
  marker.Visit(self->intern);
}
void FinalizeParser(Object* object) { delete static_cast<Parser*>(object)->native; }
constexpr KindInfo kParserKind = {"xmlparser", TraceParser, FinalizeParser};

Native& Of(Value self) { return **self.As<Parser>()->native; }

Result<Parser*> NewParser(Thread& thread, XML_Parser made,
                          std::shared_ptr<Native> parent) GILA_ATTACHED {
  if (made == nullptr) return thread.Raise(TypeId::kRuntimeError, "XML_ParserCreate failed");
  auto native = std::make_shared<Native>();
  native->parser = made;
  native->parent = std::move(parent);
  GILA_TRY(Object* const object, AllocateInstance(thread, parser_type));
  auto* const self = static_cast<Parser*>(object);
  for (Slot& handler : self->handlers) handler.Init(kNone);
  self->intern.Init(kNone);
  self->native = new std::shared_ptr<Native>(std::move(native));
  heap::RegisterFinalizer(thread, self);
  XML_SetUserData(made, self);
  XML_SetUnknownEncodingHandler(made, OnUnknownEncoding, nullptr);
  return self;
}

Result<std::string> OptionalText(Thread& thread, Value value, const char* what) GILA_ATTACHED {
  if (value.IsNone()) return std::string();
  GILA_TRY(Str* const text, ToStrArgument(thread, value, what));
  return ToUtf8(text);
}

Result<Value> ParserCreate(Thread& thread, Args args) {
  const Value encoding = args.Or(0, kNone), separator = args.Or(1, kNone);
  if (!encoding.IsNone() && !IsStr(encoding))
    return thread.RaiseTypeError("ParserCreate() argument 'encoding' must be str or None, not %s",
                                 std::string(TypeNameOf(encoding)).c_str());
  if (!separator.IsNone() && !IsStr(separator))
    return thread.RaiseTypeError(
        "ParserCreate() argument 'namespace_separator' must be str or None, not %s",
        std::string(TypeNameOf(separator)).c_str());
  GILA_TRY(const std::string name, OptionalText(thread, encoding, "encoding"));
  GILA_TRY(const std::string between, OptionalText(thread, separator, "namespace_separator"));
  if (between.size() > 1)
    return thread.RaiseValueError(
        "namespace_separator must be at most one character, omitted, or None");
  const char* const chosen = encoding.IsNone() ? nullptr : name.c_str();
  const XML_Parser made = separator.IsNone()
                              ? XML_ParserCreate(chosen)
                              : XML_ParserCreateNS(chosen, between.empty() ? '\0' : between[0]);
  GILA_TRY(Parser* const self, NewParser(thread, made, nullptr));
  Value intern = args.Or(2, kNone);
  if (!args.Has(2)) {
    GILA_TRY(intern, NewDict(thread));
  } else if (!intern.IsNone() && !IsDict(intern)) {
    return thread.RaiseTypeError("intern must be a dictionary");
  }
  self->intern.Store(self, intern);
  return self;
}

// --- parsing ---

Failed RaiseExpat(Thread& thread, const Native& native) GILA_ATTACHED {
  const XML_Parser parser = native.parser;
  const int code = XML_GetErrorCode(parser);
  const auto line = static_cast<int64_t>(XML_GetErrorLineNumber(parser));
  const auto column = static_cast<int64_t>(XML_GetErrorColumnNumber(parser));
  const char* const words = XML_ErrorString(static_cast<XML_Error>(code));
  GILA_TRY(Str* const text,
           NewStr(thread, std::string(words == nullptr ? "unknown error" : words) + ": line " +
                              std::to_string(line) + ", column " + std::to_string(column)));
  GILA_TRY(const Value error, Call(thread, error_type, {Value(text)}));
  GILA_TRY_VOID(SetAttr(thread, error, Intern(thread, "code"), Value::SmallInt(code)));
  GILA_TRY_VOID(SetAttr(thread, error, Intern(thread, "offset"), Value::SmallInt(column)));
  GILA_TRY_VOID(SetAttr(thread, error, Intern(thread, "lineno"), Value::SmallInt(line)));
  return thread.RaiseObject(error);
}

Status Feed(Thread& thread, Parser* self, std::string_view data, bool last) GILA_ATTACHED {
  Native& native = **self->native;
  constexpr size_t kPiece = 1 << 20;
  do {
    const size_t size = std::min(data.size(), kPiece);
    const bool final_piece = last && size == data.size();
    const XML_Status status =
        XML_Parse(native.parser, data.data(), static_cast<int>(size), final_piece);
    if (thread.HasException()) {
      native.text.clear();
      return kFailed;
    }
    if (status == XML_STATUS_ERROR) return RaiseExpat(thread, native);
    GILA_TRY_VOID(thread.CheckBreaker());
    data.remove_prefix(size);
  } while (!data.empty());
  return Flush(thread, self);
}

Result<Value> Parse(Thread& thread, Args args) {
  auto* const self = args[0].As<Parser>();
  GILA_TRY(const bool last, args.Has(2) ? Truth(thread, args[2]) : Result<bool>(false));
  SoleUse busy(thread, self->busy, "the parser is being used");
  GILA_TRY_VOID(busy.status());
  if (IsStr(args[1])) {
    const std::string text = ToUtf8(args[1]);
    XML_SetEncoding(Of(self).parser, "utf-8");
    GILA_TRY_VOID(Feed(thread, self, text, last));
    return Value::SmallInt(1);
  }
  PinnedSource data;
  GILA_TRY_VOID(data.Read(thread, args[1]));
  GILA_TRY_VOID(Feed(thread, self, data.view(), last));
  return Value::SmallInt(1);
}

Result<Value> ParseFile(Thread& thread, Args args) {
  auto* const self = args[0].As<Parser>();
  const Result<Value> read = GetAttr(thread, args[1], Intern(thread, "read"));
  if (!read.ok()) {
    if (!thread.ExceptionMatches(TypeId::kAttributeError)) return kFailed;
    thread.ClearException();
    return thread.RaiseTypeError("argument must have 'read' attribute");
  }
  SoleUse busy(thread, self->busy, "the parser is being used");
  GILA_TRY_VOID(busy.status());
  while (true) {
    GILA_TRY(const Value piece, Call(thread, read.value(), {Value::SmallInt(65536)}));
    if (!IsBytesLike(piece))
      return thread.RaiseTypeError("read() did not return a bytes object (type=%s)",
                                   std::string(TypeNameOf(piece)).c_str());
    GILA_TRY(const std::string data, CopyBuffer(thread, piece));
    GILA_TRY_VOID(Feed(thread, self, data, data.empty()));
    if (data.empty()) return Value::SmallInt(1);
  }
}

// --- settings ---

Result<Value> SetBase(Thread& thread, Args args) {
  GILA_TRY(const std::string base, OptionalText(thread, args[1], "SetBase() argument"));
  if (!XML_SetBase(Of(args[0]).parser, base.c_str())) return thread.RaiseMemoryError();
  return kNone;
}
Result<Value> GetBase(Thread& thread, Args args) {
  const XML_Char* const base = XML_GetBase(Of(args[0]).parser);
  if (base == nullptr) return kNone;
  return NewStr(thread, base);
}
Result<Value> GetInputContext(Thread& thread, Args args) {
  if (args[0].As<Parser>()->busy.Load() == 0) return kNone;
  int offset = 0, size = 0;
  const char* const text = XML_GetInputContext(Of(args[0]).parser, &offset, &size);
  if (text == nullptr) return kNone;
  return NewBytes(thread, {text + offset, static_cast<size_t>(size - offset)});
}
Result<Value> SetParamEntityParsing(Thread& thread, Args args) {
  GILA_TRY(const int64_t flag, ToInt64(thread, args[1]));
  return Value::SmallInt(
      XML_SetParamEntityParsing(Of(args[0]).parser, static_cast<XML_ParamEntityParsing>(flag)));
}
Result<Value> UseForeignDtd(Thread& thread, Args args) {
  GILA_TRY(const bool flag, args.Has(1) ? Truth(thread, args[1]) : Result<bool>(true));
  if (XML_UseForeignDTD(Of(args[0]).parser, flag) != XML_ERROR_NONE)
    return RaiseExpat(thread, Of(args[0]));
  return kNone;
}

Result<Value> ExternalEntityParserCreate(Thread& thread, Args args) {
  auto* const self = args[0].As<Parser>();
  GILA_TRY(const std::string context,
           OptionalText(thread, args[1], "ExternalEntityParserCreate() argument 1"));
  GILA_TRY(const std::string encoding,
           OptionalText(thread, args.Or(2, kNone), "ExternalEntityParserCreate() argument 2"));
  const bool encoded = args.Has(2) && !args[2].IsNone();
  const XML_Parser made = XML_ExternalEntityParserCreate(
      Of(args[0]).parser, args[1].IsNone() ? nullptr : context.c_str(),
      encoded ? encoding.c_str() : nullptr);
  GILA_TRY(Parser* const child, NewParser(thread, made, *self->native));
  Native &to = **child->native, &from = Of(args[0]);
  to.gather = from.gather, to.ordered = from.ordered, to.specified = from.specified,
  to.prefixes = from.prefixes;
  to.room = from.room;
  child->intern.Store(child, self->intern.Load());
  for (int i = 0; i < kHandlerCount; ++i) {
    child->handlers[i].Store(child, self->handlers[i].Load());
    Install(child, static_cast<Handler>(i), !child->handlers[i].Load().IsNone());
  }
  return child;
}

// --- attributes ---

template <int kWhich>
Result<Value> GetHandler(Thread&, Value self) {
  return self.As<Parser>()->handlers[kWhich].Load();
}
template <int kWhich>
Status SetHandler(Thread& thread, Value self, Value value) {
  auto* const parser = self.As<Parser>();
  if (value.IsUnbound()) return thread.Raise(TypeId::kRuntimeError, "Cannot delete attribute");
  // Text that was gathered belongs to the handler of that time.
  if (kWhich == kCharacterData) GILA_TRY_VOID(Flush(thread, parser));
  parser->handlers[kWhich].Store(parser, value);
  Install(parser, static_cast<Handler>(kWhich), !value.IsNone());
  return kOk;
}

template <bool Native::* kField>
Result<Value> GetFlag(Thread&, Value self) {
  return Value::Bool(Of(self).*kField);
}
template <bool Native::* kField>
Status SetFlag(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.Raise(TypeId::kRuntimeError, "Cannot delete attribute");
  GILA_TRY(const bool on, Truth(thread, value));
  if (kField == &Native::gather && !on) GILA_TRY_VOID(Flush(thread, self.As<Parser>()));
  Of(self).*kField = on;
  if (kField == &Native::prefixes) XML_SetReturnNSTriplet(Of(self).parser, on);
  return kOk;
}

template <class Number, Number (*kAsk)(XML_Parser)>
Result<Value> GetNumber(Thread& thread, Value self) {
  return NewInt(thread, static_cast<int64_t>(kAsk(Of(self).parser)));
}
Result<Value> GetBufferSize(Thread& thread, Value self) {
  return NewInt(thread, static_cast<int64_t>(Of(self).room));
}
Status SetBufferSize(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.Raise(TypeId::kRuntimeError, "Cannot delete attribute");
  if (!IsInt(value)) return thread.RaiseTypeError("buffer_size must be an integer");
  int64_t size = 0;
  if (!TryInt64(value, &size) || size <= 0)
    return thread.RaiseValueError("buffer_size must be greater than zero");
  if (size > INT_MAX)
    return thread.RaiseValueError("buffer_size must not be greater than %i", INT_MAX);
  GILA_TRY_VOID(Flush(thread, self.As<Parser>()));
  Of(self).room = static_cast<size_t>(size);
  return kOk;
}
Result<Value> GetBufferUsed(Thread& thread, Value self) {
  return NewInt(thread, static_cast<int64_t>(Of(self).text.size()));
}
Result<Value> GetIntern(Thread&, Value self) { return self.As<Parser>()->intern.Load(); }

#define GILA_HANDLER(name, which) \
  {name, GetHandler<which>, SetHandler<which>, "Called by the parser."}
#define GILA_FLAG(name, field, doc) {name, GetFlag<&Native::field>, SetFlag<&Native::field>, doc}
#define GILA_NUMBER(name, type, ask) \
  {name, GetNumber<type, ask>, ReadonlyMember, "A place in the input."}
constexpr GetSetDef kGetSets[] = {
    GILA_HANDLER("StartElementHandler", kStartElement),
    GILA_HANDLER("EndElementHandler", kEndElement),
    GILA_HANDLER("ProcessingInstructionHandler", kInstruction),
    GILA_HANDLER("CharacterDataHandler", kCharacterData),
    GILA_HANDLER("UnparsedEntityDeclHandler", kUnparsedEntity),
    GILA_HANDLER("NotationDeclHandler", kNotation),
    GILA_HANDLER("StartNamespaceDeclHandler", kStartNamespace),
    GILA_HANDLER("EndNamespaceDeclHandler", kEndNamespace),
    GILA_HANDLER("CommentHandler", kComment),
    GILA_HANDLER("StartCdataSectionHandler", kStartCdata),
    GILA_HANDLER("EndCdataSectionHandler", kEndCdata),
    GILA_HANDLER("DefaultHandler", kDefault),
    GILA_HANDLER("DefaultHandlerExpand", kDefaultExpand),
    GILA_HANDLER("NotStandaloneHandler", kNotStandalone),
    GILA_HANDLER("ExternalEntityRefHandler", kExternalEntity),
    GILA_HANDLER("StartDoctypeDeclHandler", kStartDoctype),
    GILA_HANDLER("EndDoctypeDeclHandler", kEndDoctype),
    GILA_HANDLER("EntityDeclHandler", kEntity),
    GILA_HANDLER("XmlDeclHandler", kXmlDecl),
    GILA_HANDLER("ElementDeclHandler", kElementDecl),
    GILA_HANDLER("AttlistDeclHandler", kAttlistDecl),
    GILA_HANDLER("SkippedEntityHandler", kSkippedEntity),
    GILA_FLAG("buffer_text", gather, "Is text gathered before it is handed out?"),
    GILA_FLAG("ordered_attributes", ordered, "Are attributes a list of names and values?"),
    GILA_FLAG("specified_attributes", specified, "Are attributes from the document type left out?"),
    GILA_FLAG("namespace_prefixes", prefixes, "Do names carry their prefix?"),
    {"buffer_size", GetBufferSize, SetBufferSize, "How many bytes of text are gathered."},
    {"buffer_used", GetBufferUsed, ReadonlyMember, "How many bytes are gathered now."},
    {"intern", GetIntern, ReadonlyMember, "The dict that was given."},
    GILA_NUMBER("ErrorCode", XML_Error, XML_GetErrorCode),
    GILA_NUMBER("ErrorLineNumber", XML_Size, XML_GetCurrentLineNumber),
    GILA_NUMBER("ErrorColumnNumber", XML_Size, XML_GetCurrentColumnNumber),
    GILA_NUMBER("ErrorByteIndex", XML_Index, XML_GetCurrentByteIndex),
    GILA_NUMBER("CurrentLineNumber", XML_Size, XML_GetCurrentLineNumber),
    GILA_NUMBER("CurrentColumnNumber", XML_Size, XML_GetCurrentColumnNumber),
    GILA_NUMBER("CurrentByteIndex", XML_Index, XML_GetCurrentByteIndex),
    {nullptr, nullptr, nullptr, nullptr}};
#undef GILA_HANDLER
#undef GILA_FLAG
#undef GILA_NUMBER

constexpr NativeDef kMethods[] = {
    {"Parse", Parse, "(self, data, isfinal=False, /)",
     "Reads a part of a document; the last with isfinal."},
    {"ParseFile", ParseFile, "(self, file, /)", "Reads a document from a file."},
    {"SetBase", SetBase, "(self, base, /)", "Sets what relative names are relative to."},
    {"GetBase", GetBase, "(self, /)", "What relative names are relative to."},
    {"GetInputContext", GetInputContext, "(self, /)", "The input from the present place on."},
    {"ExternalEntityParserCreate", ExternalEntityParserCreate, "(self, context, encoding=None, /)",
     "A parser for an external entity."},
    {"SetParamEntityParsing", SetParamEntityParsing, "(self, flag, /)",
     "Says whether parameter entities are read."},
    {"UseForeignDTD", UseForeignDtd, "(self, flag=True, /)",
     "Lets the program give a document type."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kSpec = {.doc = "XML parser",
                            .methods = kMethods,
                            .getsets = kGetSets,
                            .native_size = sizeof(Parser),
                            .kind_info = &kParserKind};

Result<Value> ErrorString(Thread& thread, Args args) {
  GILA_TRY(const int64_t code, ToInt64(thread, args[0]));
  const char* const words = XML_ErrorString(static_cast<XML_Error>(code));
  if (words == nullptr) return kNone;
  return NewStr(thread, words);
}

constexpr NativeDef kFunctions[] = {
    {"ParserCreate", ParserCreate, "(encoding=None, namespace_separator=None, intern=None)",
     "A new parser."},
    {"ErrorString", ErrorString, "(code, /)", "What an error's number means."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

}  // namespace expat

Status InitExpatModule(Thread& thread, Module* module) {
  GILA_TRY(expat::error_type, AddExceptionClass(thread, module, "xml.parsers.expat", "ExpatError",
                                                GetType(TypeId::kException)));
  GILA_TRY(expat::parser_type,
           AddType(thread, module, expat::kSpec, "pyexpat.xmlparser",
                   RegisterKind(expat::kParserKind), sizeof(expat::Parser), kPlain));
  heap::AddRoot(reinterpret_cast<Object**>(&expat::parser_type));
  GILA_TRY(Str* const version, NewStr(thread, XML_ExpatVersion()));
  GILA_TRY_VOID(AddValue(thread, module, "EXPAT_VERSION", version));
  return AddFunctions(thread, module, expat::kFunctions);
}

}  // namespace gila
