// expat_handlers.cc: from the callbacks of libexpat to the handlers of the program. An exception in
// a handler stops the parser; it comes out of Parse.
#include <initializer_list>

#include "runtime/call.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/expat_internal.h"

namespace gila::expat {

namespace {

Parser* Self(void* data) { return static_cast<Parser*>(data); }
Native& Of(Parser* self) { return **self->native; }

Result<Value> Text(Thread& thread, const XML_Char* text) GILA_ATTACHED {
  if (text == nullptr) return kNone;
  return NewStr(thread, text);
}
Result<Value> Name(Thread& thread, const XML_Char* text) GILA_ATTACHED {
  if (text == nullptr) return kNone;
  return Intern(thread, text);
}

void Stop(Parser* self) { XML_StopParser(Of(self).parser, XML_FALSE); }

// Flushes the text, makes the arguments and calls: the handler's answer, or unbound after an error.
template <class Make>
Value Report(Parser* self, Handler which, Make make) {
  Thread& thread = *Thread::Current();
  if (thread.HasException()) return kUnbound;
  const auto call = [&]() GILA_ATTACHED -> Result<Value> {
    GILA_TRY_VOID(Flush(thread, self));
    const Value handler = self->handlers[which].Load();
    if (handler.IsNone()) return kNone;
    GILA_TRY(List* const arguments, NewList(thread));
    GILA_TRY_VOID(make(thread, arguments));
    GILA_TRY(Tuple* const tuple, ListToTuple(thread, arguments));
    return CallWith(thread, handler, tuple, kUnbound);
  };
  const Result<Value> answer = call();
  if (answer.ok()) return answer.value();
  Stop(self);
  return kUnbound;
}

// Handlers whose arguments are texts (null: None).
Value ReportTexts(void* data, Handler which, std::initializer_list<const XML_Char*> texts) {
  return Report(Self(data), which, [&](Thread& thread, List* arguments) GILA_ATTACHED -> Status {
    for (const XML_Char* text : texts) {
      GILA_TRY(const Value value, Name(thread, text));
      GILA_TRY_VOID(ListAppend(thread, arguments, value));
    }
    return kOk;
  });
}

Result<Value> Attributes(Thread& thread, Parser* self, const XML_Char** attributes) GILA_ATTACHED {
  Native& native = Of(self);
  int count = 0;
  while (attributes[count] != nullptr) ++count;
  if (native.specified) count = XML_GetSpecifiedAttributeCount(native.parser);
  GILA_TRY(List* const list, NewList(thread));
  GILA_TRY(Dict* const dict, NewDict(thread));
  for (int i = 0; i < count; i += 2) {
    GILA_TRY(const Value name, Name(thread, attributes[i]));
    GILA_TRY(const Value value, Text(thread, attributes[i + 1]));
    if (native.ordered) {
      GILA_TRY_VOID(ListAppend(thread, list, name));
      GILA_TRY_VOID(ListAppend(thread, list, value));
    } else {
      GILA_TRY_VOID(DictSet(thread, dict, name, value));
    }
  }
  return native.ordered ? Value(list) : Value(dict);
}

void OnStart(void* data, const XML_Char* name, const XML_Char** attributes) {
  Report(Self(data), kStartElement, [&](Thread& thread, List* arguments) GILA_ATTACHED -> Status {
    GILA_TRY(const Value tag, Name(thread, name));
    GILA_TRY(const Value all, Attributes(thread, Self(data), attributes));
    GILA_TRY_VOID(ListAppend(thread, arguments, tag));
    return ListAppend(thread, arguments, all);
  });
}
void OnEnd(void* data, const XML_Char* name) { ReportTexts(data, kEndElement, {name}); }
void OnInstruction(void* data, const XML_Char* target, const XML_Char* rest) {
  ReportTexts(data, kInstruction, {target, rest});
}

void OnText(void* data, const XML_Char* text, int length) {
  Parser* const self = Self(data);
  Native& native = Of(self);
  const std::string_view piece(text, static_cast<size_t>(length));
  Thread& thread = *Thread::Current();
  if (thread.HasException()) return;
  if (native.gather && native.text.size() + piece.size() <= native.room) {
    native.text += piece;
    return;
  }
  Status done = Flush(thread, self);
  if (done.ok()) {
    native.text = piece;
    if (!native.gather || piece.size() > native.room) done = Flush(thread, self);
  }
  if (!done.ok()) Stop(self);
}

void OnUnparsedEntity(void* data, const XML_Char* name, const XML_Char* base,
                      const XML_Char* system, const XML_Char* public_id, const XML_Char* notation) {
  ReportTexts(data, kUnparsedEntity, {name, base, system, public_id, notation});
}
void OnNotation(void* data, const XML_Char* name, const XML_Char* base, const XML_Char* system,
                const XML_Char* public_id) {
  ReportTexts(data, kNotation, {name, base, system, public_id});
}
void OnStartNamespace(void* data, const XML_Char* prefix, const XML_Char* uri) {
  ReportTexts(data, kStartNamespace, {prefix, uri});
}
void OnEndNamespace(void* data, const XML_Char* prefix) {
  ReportTexts(data, kEndNamespace, {prefix});
}
void OnComment(void* data, const XML_Char* text) { ReportTexts(data, kComment, {text}); }
void OnStartCdata(void* data) { ReportTexts(data, kStartCdata, {}); }
void OnEndCdata(void* data) { ReportTexts(data, kEndCdata, {}); }
void OnEndDoctype(void* data) { ReportTexts(data, kEndDoctype, {}); }

template <Handler kWhich>
void OnRest(void* data, const XML_Char* text, int length) {
  Report(Self(data), kWhich, [&](Thread& thread, List* arguments) GILA_ATTACHED -> Status {
    GILA_TRY(Str* const all, NewStr(thread, {text, static_cast<size_t>(length)}));
    return ListAppend(thread, arguments, all);
  });
}

// What handlers answer with: a number, 0 for an error.
int Number(Parser* self, Value answer) {
  if (answer.IsUnbound()) return 0;
  Thread& thread = *Thread::Current();
  const Result<int64_t> number = ToInt64(thread, answer);
  if (number.ok()) return number.value() != 0;
  Stop(self);
  return 0;
}

int OnNotStandalone(void* data) {
  Parser* const self = Self(data);
  return Number(self, ReportTexts(data, kNotStandalone, {}));
}

int OnExternalEntity(XML_Parser parser, const XML_Char* context, const XML_Char* base,
                     const XML_Char* system, const XML_Char* public_id) {
  void* const data = XML_GetUserData(parser);
  return Number(Self(data), ReportTexts(data, kExternalEntity, {context, base, system, public_id}));
}

void OnStartDoctype(void* data, const XML_Char* name, const XML_Char* system,
                    const XML_Char* public_id, int internal) {
  Report(Self(data), kStartDoctype, [&](Thread& thread, List* arguments) GILA_ATTACHED -> Status {
    for (const XML_Char* text : {name, system, public_id}) {
      GILA_TRY(const Value value, Name(thread, text));
      GILA_TRY_VOID(ListAppend(thread, arguments, value));
    }
    return ListAppend(thread, arguments, Value::SmallInt(internal));
  });
}

void OnEntity(void* data, const XML_Char* name, int parameter, const XML_Char* text, int length,
              const XML_Char* base, const XML_Char* system, const XML_Char* public_id,
              const XML_Char* notation) {
  Report(Self(data), kEntity, [&](Thread& thread, List* arguments) GILA_ATTACHED -> Status {
    GILA_TRY(const Value first, Name(thread, name));
    Value contents = kNone;
    if (text != nullptr) {
      GILA_TRY(contents, NewStr(thread, {text, static_cast<size_t>(length)}));
    }
    for (const Value value : {first, Value::SmallInt(parameter), contents})
      GILA_TRY_VOID(ListAppend(thread, arguments, value));
    for (const XML_Char* rest : {base, system, public_id, notation}) {
      GILA_TRY(const Value value, Name(thread, rest));
      GILA_TRY_VOID(ListAppend(thread, arguments, value));
    }
    return kOk;
  });
}

void OnXmlDecl(void* data, const XML_Char* version, const XML_Char* encoding, int standalone) {
  Report(Self(data), kXmlDecl, [&](Thread& thread, List* arguments) GILA_ATTACHED -> Status {
    for (const XML_Char* text : {version, encoding}) {
      GILA_TRY(const Value value, Text(thread, text));
      GILA_TRY_VOID(ListAppend(thread, arguments, value));
    }
    return ListAppend(thread, arguments, Value::SmallInt(standalone));
  });
}

// (type, quantifier, name, children) of a content model.
Result<Value> Model(Thread& thread, const XML_Content& model) GILA_ATTACHED {
  RecursionScope scope(thread, "");
  GILA_TRY_VOID(scope.status());
  GILA_TRY(const Value name, Name(thread, model.name));
  GILA_TRY(List* const list, NewList(thread));
  for (unsigned i = 0; i < model.numchildren; ++i) {
    GILA_TRY(const Value child, Model(thread, model.children[i]));
    GILA_TRY_VOID(ListAppend(thread, list, child));
  }
  GILA_TRY(Tuple* const children, ListToTuple(thread, list));
  const Value parts[] = {Value::SmallInt(model.type), Value::SmallInt(model.quant), name, children};
  GILA_TRY(Tuple* const tuple, NewTuple(thread, parts));
  return tuple;
}

void OnElementDecl(void* data, const XML_Char* name, XML_Content* model) {
  Report(Self(data), kElementDecl, [&](Thread& thread, List* arguments) GILA_ATTACHED -> Status {
    GILA_TRY(const Value first, Name(thread, name));
    GILA_TRY(const Value described, Model(thread, *model));
    GILA_TRY_VOID(ListAppend(thread, arguments, first));
    return ListAppend(thread, arguments, described);
  });
  XML_FreeContentModel(Of(Self(data)).parser, model);
}

void OnAttlistDecl(void* data, const XML_Char* element, const XML_Char* attribute,
                   const XML_Char* type, const XML_Char* fallback, int required) {
  Report(Self(data), kAttlistDecl, [&](Thread& thread, List* arguments) GILA_ATTACHED -> Status {
    for (const XML_Char* text : {element, attribute, type, fallback}) {
      GILA_TRY(const Value value, Name(thread, text));
      GILA_TRY_VOID(ListAppend(thread, arguments, value));
    }
    return ListAppend(thread, arguments, Value::SmallInt(required));
  });
}

void OnSkippedEntity(void* data, const XML_Char* name, int parameter) {
  Report(Self(data), kSkippedEntity, [&](Thread& thread, List* arguments) GILA_ATTACHED -> Status {
    GILA_TRY(const Value first, Name(thread, name));
    GILA_TRY_VOID(ListAppend(thread, arguments, first));
    return ListAppend(thread, arguments, Value::SmallInt(parameter));
  });
}

}  // namespace

Status Flush(Thread& thread, Parser* self) {
  Native& native = Of(self);
  if (native.text.empty()) return kOk;
  std::string text;
  text.swap(native.text);
  const Value handler = self->handlers[kCharacterData].Load();
  if (handler.IsNone()) return kOk;
  GILA_TRY(Str* const all, NewStr(thread, text));
  GILA_TRY_VOID(Call(thread, handler, {Value(all)}));
  return kOk;
}

void Install(Parser* self, Handler which, bool on) {
  const XML_Parser parser = Of(self).parser;
  switch (which) {
    case kStartElement:
      return XML_SetStartElementHandler(parser, on ? OnStart : nullptr);
    case kEndElement:
      return XML_SetEndElementHandler(parser, on ? OnEnd : nullptr);
    case kInstruction:
      return XML_SetProcessingInstructionHandler(parser, on ? OnInstruction : nullptr);
    case kCharacterData:
      return XML_SetCharacterDataHandler(parser, on ? OnText : nullptr);
    case kUnparsedEntity:
      return XML_SetUnparsedEntityDeclHandler(parser, on ? OnUnparsedEntity : nullptr);
    case kNotation:
      return XML_SetNotationDeclHandler(parser, on ? OnNotation : nullptr);
    case kStartNamespace:
      return XML_SetStartNamespaceDeclHandler(parser, on ? OnStartNamespace : nullptr);
    case kEndNamespace:
      return XML_SetEndNamespaceDeclHandler(parser, on ? OnEndNamespace : nullptr);
    case kComment:
      return XML_SetCommentHandler(parser, on ? OnComment : nullptr);
    case kStartCdata:
      return XML_SetStartCdataSectionHandler(parser, on ? OnStartCdata : nullptr);
    case kEndCdata:
      return XML_SetEndCdataSectionHandler(parser, on ? OnEndCdata : nullptr);
    case kDefault:
      return XML_SetDefaultHandler(parser, on ? OnRest<kDefault> : nullptr);
    case kDefaultExpand:
      return XML_SetDefaultHandlerExpand(parser, on ? OnRest<kDefaultExpand> : nullptr);
    case kNotStandalone:
      return XML_SetNotStandaloneHandler(parser, on ? OnNotStandalone : nullptr);
    case kExternalEntity:
      return XML_SetExternalEntityRefHandler(parser, on ? OnExternalEntity : nullptr);
    case kStartDoctype:
      return XML_SetStartDoctypeDeclHandler(parser, on ? OnStartDoctype : nullptr);
    case kEndDoctype:
      return XML_SetEndDoctypeDeclHandler(parser, on ? OnEndDoctype : nullptr);
    case kEntity:
      return XML_SetEntityDeclHandler(parser, on ? OnEntity : nullptr);
    case kXmlDecl:
      return XML_SetXmlDeclHandler(parser, on ? OnXmlDecl : nullptr);
    case kElementDecl:
      return XML_SetElementDeclHandler(parser, on ? OnElementDecl : nullptr);
    case kAttlistDecl:
      return XML_SetAttlistDeclHandler(parser, on ? OnAttlistDecl : nullptr);
    case kSkippedEntity:
      return XML_SetSkippedEntityHandler(parser, on ? OnSkippedEntity : nullptr);
    default:
      return;
  }
}

// An encoding of one byte a character is told to libexpat as a table.
int OnUnknownEncoding(void*, const XML_Char* name, XML_Encoding* info) {
  Thread& thread = *Thread::Current();
  if (thread.HasException()) return XML_STATUS_ERROR;
  const auto fill = [&]() GILA_ATTACHED -> Status {
    std::string bytes(256, '\0');
    for (size_t i = 0; i < 256; ++i) bytes[i] = static_cast<char>(i);
    GILA_TRY(const Value all, NewBytes(thread, bytes));
    GILA_TRY(Str* const encoding, NewStr(thread, name));
    GILA_TRY(const Value text, CallMethod(thread, all, Intern(thread, "decode"),
                                          {Value(encoding), Intern(thread, "replace")}));
    GILA_TRY(const int64_t length, Length(thread, text));
    if (length != 256) return thread.RaiseValueError("multi-byte encodings are not supported");
    for (int i = 0; i < 256; ++i) {
      GILA_TRY(const Value c, GetItem(thread, text, Value::SmallInt(i)));
      const uint32_t code = static_cast<uint32_t>(c.As<Str>()->At(0));
      info->map[i] = code == 0xfffd ? -1 : static_cast<int>(code);
    }
    return kOk;
  };
  return fill().ok() ? XML_STATUS_OK : XML_STATUS_ERROR;
}

}  // namespace gila::expat
