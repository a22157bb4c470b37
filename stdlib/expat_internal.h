// expat_internal.h: the parser of pyexpat: libexpat's parser, the program's handlers, and the text
// that is gathered. A parser is worked on by one call at a time: handlers run inside of Parse, so a
// second call, from a handler or from another thread, is refused instead of waited for.
#ifndef GILA_STDLIB_EXPAT_INTERNAL_H_
#define GILA_STDLIB_EXPAT_INTERNAL_H_

#include <expat.h>

#include <atomic>
#include <memory>
#include <string>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"

namespace gila::expat {

// The handlers, in the order of the slots.
enum Handler {
  kStartElement,
  kEndElement,
  kInstruction,
  kCharacterData,
  kUnparsedEntity,
  kNotation,
  kStartNamespace,
  kEndNamespace,
  kComment,
  kStartCdata,
  kEndCdata,
  kDefault,
  kDefaultExpand,
  kNotStandalone,
  kExternalEntity,
  kStartDoctype,
  kEndDoctype,
  kEntity,
  kXmlDecl,
  kElementDecl,
  kAttlistDecl,
  kSkippedEntity,
  kHandlerCount
};

// A parser for an external entity works in the tables of the one that it was made from, which must
// live longer.
struct Native {
  ~Native() {
    if (parser != nullptr) XML_ParserFree(parser);
  }
  XML_Parser parser = nullptr;
  std::shared_ptr<Native> parent;
  std::string text;    // gathered character data
  size_t room = 8192;  // how much is gathered
  bool gather = false, ordered = false, specified = false, prefixes = false;
};

struct Parser : Object {
  std::shared_ptr<Native>* native;
  Atomic<uint32_t> busy;
  Slot handlers[kHandlerCount];  // None or a callable
  Slot intern;
};

// Tells libexpat about a handler, or that there is none.
void Install(Parser* self, Handler which, bool on);
// Gives the gathered text to its handler.
Status Flush(Thread& thread, Parser* self) GILA_ATTACHED;
int OnUnknownEncoding(void* data, const XML_Char* name, XML_Encoding* info);

}  // namespace gila::expat

#endif  // GILA_STDLIB_EXPAT_INTERNAL_H_
