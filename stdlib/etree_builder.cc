// etree_builder.cc: the type TreeBuilder, which makes a tree from start(), data(), end(), comment()
// and pi(), and tells an event queue of it. The parser (etree_parser.cc) calls the functions here
// straight when its target is exactly such a builder.
#include "runtime/call.h"
#include "runtime/types/container_support.h"
#include "stdlib/etree_internal.h"
#include "stdlib/native_support.h"

namespace gila::etree {

Type* builder_type = nullptr;
Type* parse_error = nullptr;

namespace {

uint8_t builder_kind = 0;
// What makes comments and processing instructions when a builder is not told: two slots.
ValueArray* usual_factories = nullptr;
Value UsualComment() { return usual_factories->items[0].Load(); }
Value UsualInstruction() { return usual_factories->items[1].Load(); }

TreeBuilder* Self(Args args) { return static_cast<TreeBuilder*>(args[0].AsObject()); }

// The text that has come so far, which begins anew; unbound when there is none.
Result<Value> TakeText(Thread& thread, TreeBuilder* self) {
  const Value pieces = self->pieces.Exchange(self, kUnbound);
  if (!IsList(pieces)) return pieces;
  return StrJoin(thread, empty_str, pieces);
}

// Puts text behind what an element of another class has as `name`.
Status AddTextTo(Thread& thread, Value element, const char* name, Value text) {
  GILA_TRY(const Value before, GetAttr(thread, element, Intern(thread, name)));
  if (!before.IsNone()) {
    GILA_TRY(text, Binary(thread, BinaryOp::kAdd, before, text));
  }
  return SetAttr(thread, element, Intern(thread, name), text);
}

Status Flush(Thread& thread, TreeBuilder* self) {
  if (self->pieces.Load().IsUnbound()) return kOk;
  GILA_TRY(Value text, TakeText(thread, self));
  const Value last = self->last.Load();
  if (text.IsUnbound() || last.IsNone()) return kOk;
  const bool tail = self->text_is_tail.Load() == kTrue;
  if (!IsExactElement(last)) return AddTextTo(thread, last, tail ? "tail" : "text", text);
  Slot& place = tail ? AsElement(last)->tail : AsElement(last)->text;
  if (const Value before = place.Load(); !before.IsNone()) {
    GILA_TRY(text, Binary(thread, BinaryOp::kAdd, before, text));
  }
  place.Store(last.AsObject(), text);
  return kOk;
}

Status AddTo(Thread& thread, Value parent, Value child) {
  if (IsExactElement(parent) && IsElement(child))
    return AppendChild(thread, AsElement(parent), child);
  return CallMethod(thread, parent, Intern(thread, "append"), {child}).ok() ? kOk : Status(kFailed);
}

void SetLast(TreeBuilder* self, Value element, bool tail) {
  self->last.Store(self, element);
  self->text_is_tail.Store(self, Value::Bool(tail));
}

// A comment or a processing instruction that was made goes into the tree, if that is wanted.
Result<Value> Place(Thread& thread, TreeBuilder* self, Value made, const Slot& insert,
                    Event event) {
  if (insert.Load() == kTrue) {
    const Value current = self->current.Load();
    if (!current.IsNone()) {
      GILA_TRY_VOID(AddTo(thread, current, made));
      SetLast(self, made, true);
    }
  }
  GILA_TRY_VOID(BuilderReport(thread, self, event, made));
  return made;
}

}  // namespace

Result<TreeBuilder*> NewBuilder(Thread& thread, Type* type) {
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  auto* const self = static_cast<TreeBuilder*>(object);
  for (Slot* slot :
       {&self->root, &self->current, &self->last, &self->element_factory, &self->report})
    slot->Init(kNone);
  for (Slot* slot : {&self->text_is_tail, &self->insert_comments, &self->insert_pis})
    slot->Init(kFalse);
  for (Slot& slot : self->events) slot.Init(kNone);
  self->pieces.Init(kUnbound);
  self->comment_factory.Init(UsualComment());
  self->pi_factory.Init(UsualInstruction());
  GILA_TRY(List* const open, NewList(thread));
  self->open.Store(self, open);
  return self;
}

Status BuilderReport(Thread& thread, TreeBuilder* self, Event event, Value what) {
  const Value name = self->events[event].Load(), report = self->report.Load();
  if (name.IsNone() || report.IsNone()) return kOk;
  GILA_TRY(Tuple* const pair, NewPair(thread, name, what));
  GILA_TRY_VOID(Call(thread, report, {Value(pair)}));
  return kOk;
}

Result<Value> BuilderStart(Thread& thread, TreeBuilder* self, Value tag, Value attrib) {
  GILA_TRY_VOID(Flush(thread, self));
  const Value factory = self->element_factory.Load();
  Value element;
  if (factory.IsNone()) {
    GILA_TRY(element, NewElementWith(thread, tag, attrib));
  } else {
    if (attrib.IsUnbound()) {
      GILA_TRY(attrib, NewDict(thread));
    }
    GILA_TRY(element, Call(thread, factory, {tag, attrib}));
  }
  const Value parent = self->current.Load();
  if (!parent.IsNone()) {
    GILA_TRY_VOID(AddTo(thread, parent, element));
  } else if (!self->root.Load().IsNone()) {
    return RaiseOfType(thread, parse_error, "multiple elements on top level");
  } else {
    self->root.Store(self, element);
  }
  GILA_TRY_VOID(ListAppend(thread, self->open.Load(), parent));
  self->current.Store(self, element);
  SetLast(self, element, false);
  GILA_TRY_VOID(BuilderReport(thread, self, kStart, element));
  return element;
}

Result<Value> BuilderEnd(Thread& thread, TreeBuilder* self) {
  GILA_TRY_VOID(Flush(thread, self));
  List* const open = self->open.Load();
  if (open->size.Load() == 0) return thread.Raise(TypeId::kIndexError, "pop from empty stack");
  GILA_TRY(const Value parent, ListPop(thread, open, -1));
  const Value element = self->current.Load();
  self->current.Store(self, parent);
  SetLast(self, element, true);
  GILA_TRY_VOID(BuilderReport(thread, self, kEnd, element));
  return element;
}

Status BuilderData(Thread& thread, TreeBuilder* self, Value data) {
  const Value pieces = self->pieces.Load();
  if (pieces.IsUnbound()) {
    if (!self->last.Load().IsNone()) self->pieces.Store(self, data);
    return kOk;
  }
  if (IsList(pieces)) return ListAppend(thread, pieces.As<List>(), data);
  const Value both[] = {pieces, data};
  GILA_TRY(List* const list, NewList(thread, both));
  self->pieces.Store(self, list);
  return kOk;
}

Result<Value> BuilderComment(Thread& thread, TreeBuilder* self, Value text) {
  GILA_TRY_VOID(Flush(thread, self));
  const Value factory = self->comment_factory.Load();
  Value comment = text;
  if (!factory.IsNone()) {
    GILA_TRY(comment, Call(thread, factory, {text}));
  }
  return Place(thread, self, comment, self->insert_comments, kCommentEvent);
}

Result<Value> BuilderInstruction(Thread& thread, TreeBuilder* self, Value target, Value text) {
  GILA_TRY_VOID(Flush(thread, self));
  const Value factory = self->pi_factory.Load();
  Value made;
  if (factory.IsNone()) {
    GILA_TRY(made, NewPair(thread, target, text));
  } else {
    GILA_TRY(made, Call(thread, factory, {target, text}));
  }
  return Place(thread, self, made, self->insert_pis, kInstruction);
}

Result<Value> SetFactories(Thread& thread, Args args) {
  GILA_TRY(Tuple* const former, NewPair(thread, UsualComment(), UsualInstruction()));
  for (const Value factory : {args[0], args[1]}) {
    if (factory.IsNone() || IsCallable(factory)) continue;
    return thread.RaiseTypeError("%s factory must be callable, not %s",
                                 factory == args[0] ? "Comment" : "PI",
                                 TypeNameText(factory).c_str());
  }
  usual_factories->items[0].Store(usual_factories, args[0]);
  usual_factories->items[1].Store(usual_factories, args[1]);
  return former;
}

namespace {

Result<Value> BuilderNew(Thread& thread, Args args) {
  return NewBuilder(thread, args[0].As<Type>());
}

Result<Value> BuilderInit(Thread& thread, Args args) {
  TreeBuilder* const self = Self(args);
  self->element_factory.Store(self, args.Or(1, kNone));
  const auto kind = [&](size_t factory, size_t insert, Value usual, Slot& to,
                        Slot& wanted) -> Status {
    const Value chosen = args.Or(factory, kNone);
    GILA_TRY(const bool on, Truth(thread, args.Or(insert, kFalse)));
    to.Store(self, chosen.IsNone() ? usual : chosen);
    wanted.Store(self, Value::Bool(on && !to.Load().IsNone()));
    return kOk;
  };
  GILA_TRY_VOID(kind(2, 4, UsualComment(), self->comment_factory, self->insert_comments));
  GILA_TRY_VOID(kind(3, 5, UsualInstruction(), self->pi_factory, self->insert_pis));
  return kNone;
}

Result<Value> Start(Thread& thread, Args args) {
  if (!IsDict(args[2])) {
    return thread.RaiseTypeError("start() argument 2 must be dict, not %s",
                                 ArgumentKind(args[2]).c_str());
  }
  return BuilderStart(thread, Self(args), args[1], args[2]);
}
Result<Value> End(Thread& thread, Args args) { return BuilderEnd(thread, Self(args)); }
Result<Value> Data(Thread& thread, Args args) {
  GILA_TRY_VOID(BuilderData(thread, Self(args), args[1]));
  return kNone;
}
Result<Value> CommentMethod(Thread& thread, Args args) {
  return BuilderComment(thread, Self(args), args[1]);
}
Result<Value> InstructionMethod(Thread& thread, Args args) {
  return BuilderInstruction(thread, Self(args), args[1], args.Or(2, kNone));
}
Result<Value> Close(Thread&, Args args) { return Self(args)->root.Load(); }

void TraceBuilder(Object* object, Marker& marker) {
  auto* const self = static_cast<TreeBuilder*>(object);
  for (const Slot* slot :
       {&self->root, &self->current, &self->last, &self->pieces, &self->element_factory,
        &self->comment_factory, &self->pi_factory, &self->report})
    marker.Visit(*slot);
  for (const Slot& slot : self->events) marker.Visit(slot);
  marker.Visit(self->open);
}
constexpr KindInfo kBuilderKind = {"TreeBuilder", TraceBuilder, nullptr};

constexpr NativeDef kMethods[] = {
    {"__init__", BuilderInit,
     "(self, /, element_factory=None, *, comment_factory=None, pi_factory=None, "
     "insert_comments=False, insert_pis=False)",
     "A builder that makes its nodes with these functions."},
    {"close", Close, "(self, /)", "The root of the tree."},
    {"comment", CommentMethod, "(self, text, /)", "A comment."},
    {"data", Data, "(self, data, /)", "A piece of text."},
    {"end", End, "(self, tag, /)", "Closes the innermost element, and returns it."},
    {"pi", InstructionMethod, "(self, target, text=None, /)", "A processing instruction."},
    {"start", Start, "(self, tag, attrs, /)", "Opens an element, and returns it."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kBuilderSpec = {.new_function = BuilderNew,
                                   .new_signature = "(cls, /, *args, **kwargs)",
                                   .methods = kMethods,
                                   .native_size = sizeof(TreeBuilder),
                                   .kind_info = &kBuilderKind};

}  // namespace

Status AddBuilderType(Thread& thread, Module* module) {
  if (builder_type == nullptr) {
    GILA_TRY(usual_factories, NewValueArray(thread, 2));
    heap::AddRoot(reinterpret_cast<Object**>(&usual_factories));
    for (int i : {0, 1}) usual_factories->items[i].Init(kNone);
  }
  GILA_TRY(parse_error, AddExceptionClass(thread, module, "xml.etree.ElementTree", "ParseError",
                                          GetType(TypeId::kSyntaxError)));
  return AddTypeOnce(thread, module, &builder_type, kBuilderSpec,
                     "xml.etree.ElementTree.TreeBuilder", &builder_kind, kBasetype);
}

}  // namespace gila::etree
