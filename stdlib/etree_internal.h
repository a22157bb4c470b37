// etree_internal.h: the native core of xml.etree.ElementTree (module _elementtree): elements, the
// builder of trees, the parser over libexpat.
//
// The children of an element are a list object of its own, and its attributes a dict, so that they
// are as safe between threads as lists and dicts are; both are made when they are first needed. The
// other fields are single words. Nothing that iterates trusts what it finds in a list of children:
// programs can get hold of it.
#ifndef GILA_STDLIB_ETREE_INTERNAL_H_
#define GILA_STDLIB_ETREE_INTERNAL_H_

#include <string>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila::etree {

struct Element : Object {
  Slot tag, text, tail;        // any values
  Slot attrib;                 // Dict; unbound: empty so far
  PointerSlot<List> children;  // null: none so far
};

// What a builder tells an event queue of. The order is that of kEventNames.
enum Event {
  kStart,
  kEnd,
  kStartNamespace,
  kEndNamespace,
  kCommentEvent,
  kInstruction,
  kEventCount
};
inline constexpr const char* kEventNames[kEventCount] = {"start",  "end",     "start-ns",
                                                         "end-ns", "comment", "pi"};

struct TreeBuilder : Object {
  Slot root;               // None before the first element
  Slot current;            // the innermost open element, or None
  Slot last;               // where text goes: into it, or behind it
  Slot text_is_tail;       // False or True
  Slot pieces;             // text so far: unbound, a str, or a list of pieces
  PointerSlot<List> open;  // the elements around `current`
  Slot element_factory, comment_factory, pi_factory;  // None: the usual
  Slot insert_comments, insert_pis;                   // False or True
  Slot report;                                        // append() of the event queue, or None
  Slot events[kEventCount];                           // what each is called there, or None
};

extern Type* element_type;
extern Type* builder_type;
extern Type* parse_error;
extern uint8_t element_kind;

inline bool IsElement(Value v) { return IsKind(v, static_cast<Kind>(element_kind)); }
inline bool IsExactElement(Value v) { return v.IsPointer() && TypeOf(v) == element_type; }
inline Element* AsElement(Value v) { return static_cast<Element*>(v.AsObject()); }

// --- elements (etree_element.cc) ---

// An element without attributes; the attributes are taken over, not copied.
Result<Element*> NewElement(Thread& thread, Type* type, Value tag) GILA_ATTACHED;
Result<Element*> NewElementWith(Thread& thread, Value tag, Value attrib_or_unbound) GILA_ATTACHED;
Result<Dict*> AttributesOf(Thread& thread, Element* element) GILA_ATTACHED;
Result<List*> ChildrenOf(Thread& thread, Element* element) GILA_ATTACHED;
Status AppendChild(Thread& thread, Element* element, Value child) GILA_ATTACHED;
inline int64_t ChildCount(const Element* element) {
  const List* const children = element->children.Load();
  return children == nullptr ? 0 : children->size.Load();
}
// Child `index`, or unbound when there is none.
inline Value ChildAt(const Element* element, int64_t index) {
  const List* const children = element->children.Load();
  return children == nullptr ? kUnbound : ListAt(children, index);
}
// "expected an Element, not "int""
Status CheckIsElement(Thread& thread, Value v) GILA_ATTACHED;
// "append() argument must be xml.etree.ElementTree.Element, not int"
Status CheckElementArgument(Thread& thread, Value v, const char* what) GILA_ATTACHED;
// tag == wanted, at once for two strs.
Result<bool> TagIs(Thread& thread, Value tag, Value wanted) GILA_ATTACHED;

// Copies, with what copy and pickle call, and searching (etree_copy.cc, etree_search.cc).
Result<Value> ElementCopy(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> ElementDeepCopy(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> ElementGetState(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> ElementSetState(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> ElementFind(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> ElementFindText(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> ElementFindAll(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> ElementIterFind(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> ElementIter(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> ElementIterText(Thread& thread, Args args) GILA_ATTACHED;

// --- the builder (etree_builder.cc) ---

Result<Value> BuilderStart(Thread& thread, TreeBuilder* self, Value tag,
                           Value attrib_or_unbound) GILA_ATTACHED;
Result<Value> BuilderEnd(Thread& thread, TreeBuilder* self) GILA_ATTACHED;
Status BuilderData(Thread& thread, TreeBuilder* self, Value data) GILA_ATTACHED;
Result<Value> BuilderComment(Thread& thread, TreeBuilder* self, Value text) GILA_ATTACHED;
Result<Value> BuilderInstruction(Thread& thread, TreeBuilder* self, Value target,
                                 Value text) GILA_ATTACHED;
// Puts (name of the event, what) into the queue, if somebody asked for such events.
Status BuilderReport(Thread& thread, TreeBuilder* self, Event event, Value what) GILA_ATTACHED;
Result<TreeBuilder*> NewBuilder(Thread& thread, Type* type) GILA_ATTACHED;
Result<Value> SetFactories(Thread& thread, Args args) GILA_ATTACHED;

// --- writing (etree_write.cc) ---

Result<Value> SurveyTree(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> WritePlain(Thread& thread, Args args) GILA_ATTACHED;

// Each adds its types to the module.
Status AddElementTypes(Thread& thread, Module* module) GILA_ATTACHED;
Status AddIteratorType(Thread& thread, Module* module) GILA_ATTACHED;
Status AddBuilderType(Thread& thread, Module* module) GILA_ATTACHED;
Status AddParserType(Thread& thread, Module* module) GILA_ATTACHED;
// A type that is made once, though the module may be filled again.
Status AddTypeOnce(Thread& thread, Module* module, Type** type, const TypeSpec& spec,
                   const char* qualified_name, uint8_t* kind, uint32_t flags) GILA_ATTACHED;

}  // namespace gila::etree

#endif  // GILA_STDLIB_ETREE_INTERNAL_H_
