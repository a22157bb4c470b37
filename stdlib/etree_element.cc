// etree_element.cc: the type Element: what it holds, and it as a sequence of its children.
// Searching is etree_search.cc, copying etree_copy.cc. The twin in the language is
// lib/xml/etree/_elements.py.
#include <string>

#include "runtime/call.h"
#include "runtime/types/container_support.h"
#include "runtime/types/list_internal.h"
#include "runtime/types/object_internal.h"
#include "stdlib/etree_internal.h"

namespace gila::etree {

Type* element_type = nullptr;
uint8_t element_kind = 0;

// --- what the other files build on ---

Result<Element*> NewElement(Thread& thread, Type* type, Value tag) {
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  auto* const element = static_cast<Element*>(object);
  element->tag.Init(tag);
  element->text.Init(kNone);
  element->tail.Init(kNone);
  element->attrib.Init(kUnbound);
  return element;
}

Result<Element*> NewElementWith(Thread& thread, Value tag, Value attrib) {
  GILA_TRY(Element* const element, NewElement(thread, element_type, tag));
  element->attrib.Init(attrib);
  return element;
}

Result<Dict*> AttributesOf(Thread& thread, Element* element) {
  Value attrib = element->attrib.Load();
  if (attrib.IsUnbound()) {
    GILA_TRY(Dict* const made, NewDict(thread));
    element->attrib.CompareExchange(element, kUnbound, made);
    attrib = element->attrib.Load();
  }
  return attrib.As<Dict>();
}

Result<List*> ChildrenOf(Thread& thread, Element* element) {
  if (List* const children = element->children.Load(); children != nullptr) return children;
  GILA_TRY(List* const made, NewList(thread));
  const ByteLockGuard guard(element->lock);
  if (List* const other = element->children.Load(); other != nullptr) return other;
  element->children.Store(element, made);
  return made;
}

Status AppendChild(Thread& thread, Element* element, Value child) {
  GILA_TRY(List* const children, ChildrenOf(thread, element));
  return ListAppend(thread, children, child);
}

Status CheckIsElement(Thread& thread, Value v) {
  if (IsElement(v)) return kOk;
  return thread.RaiseTypeError("expected an Element, not \"%s\"", TypeNameText(v).c_str());
}

Status CheckElementArgument(Thread& thread, Value v, const char* what) {
  if (IsElement(v)) return kOk;
  return thread.RaiseTypeError("%s must be xml.etree.ElementTree.Element, not %s", what,
                               ArgumentKind(v).c_str());
}

Result<bool> TagIs(Thread& thread, Value tag, Value wanted) {
  const QuickEqual quick = QuickKeyEqual(tag, wanted);
  if (quick != QuickEqual::kAsk) return quick == QuickEqual::kYes;
  return Equal(thread, tag, wanted);
}

namespace {

Element* Self(Args args) { return AsElement(args[0]); }

// --- construction ---

// The attributes of a new element: a copy of the dict at `place` of the arguments, or of the
// keyword `attrib`, and the other keywords. Unbound when there is none.
Result<Value> GatherAttributes(Thread& thread, std::span<const Value> given, size_t place,
                               Value keywords, const char* function) {
  if (given.size() > place) {
    const Value attrib = given[place];
    if (!IsDict(attrib)) {
      return thread.RaiseTypeError("%s() argument %d must be dict, not %s", function,
                                   static_cast<int>(place) + 1, ArgumentKind(attrib).c_str());
    }
    const bool more = !keywords.IsUnbound();
    if (attrib.As<Dict>()->size.Load() == 0) return more ? keywords : kUnbound;
    GILA_TRY(Dict* const copy, DictCopy(thread, attrib.As<Dict>()));
    if (more) GILA_TRY_VOID(DictUpdate(thread, copy, keywords));
    return copy;
  }
  if (keywords.IsUnbound()) return kUnbound;
  GILA_TRY(const Value attrib, DictPop(thread, keywords.As<Dict>(), Intern(thread, "attrib")));
  if (attrib.IsUnbound()) return keywords;
  if (!IsDict(attrib))
    return thread.RaiseTypeError("attrib must be dict, not %s", TypeNameText(attrib).c_str());
  GILA_TRY(Dict* const copy, DictCopy(thread, attrib.As<Dict>()));
  GILA_TRY_VOID(DictUpdate(thread, copy, keywords));
  return copy;
}

Status CheckCount(Thread& thread, const char* function, size_t given, size_t least, size_t most) {
  if (given >= least && given <= most) return kOk;
  const size_t limit = given < least ? least : most;
  return thread.RaiseTypeError("%s() takes at %s %zu argument%s (%zu given)", function,
                               given < least ? "least" : "most", limit, limit == 1 ? "" : "s",
                               given);
}

Result<Value> ElementNew(Thread& thread, Args args) {
  return NewElement(thread, args[0].As<Type>(), kNone);
}

Result<Value> ElementInit(Thread& thread, Args args) {
  const std::span<const Value> given = args.rest();
  GILA_TRY_VOID(CheckCount(thread, "Element", given.size(), 1, 2));
  GILA_TRY(const Value attrib, GatherAttributes(thread, given, 1, args[1], "Element"));
  Element* const self = Self(args);
  self->tag.Store(self, given[0]);
  self->attrib.Store(self, attrib);
  return kNone;
}

Result<Value> SubElement(Thread& thread, Args args) {
  const std::span<const Value> given = args.rest();
  GILA_TRY_VOID(CheckCount(thread, "SubElement", given.size(), 2, 3));
  GILA_TRY_VOID(CheckElementArgument(thread, given[0], "SubElement() argument 1"));
  GILA_TRY(const Value attrib, GatherAttributes(thread, given, 2, args[0], "SubElement"));
  GILA_TRY(Element* const element, NewElementWith(thread, given[1], attrib));
  GILA_TRY_VOID(AppendChild(thread, AsElement(given[0]), element));
  return element;
}

Result<Value> MakeElement(Thread& thread, Args args) {
  if (!IsDict(args[2])) {
    return thread.RaiseTypeError("makeelement() argument 2 must be dict, not %s",
                                 ArgumentKind(args[2]).c_str());
  }
  GILA_TRY(Dict* const copy, DictCopy(thread, args[2].As<Dict>()));
  return NewElementWith(thread, args[1], copy);
}

Result<Value> ElementRepr(Thread& thread, Args args) {
  const ReprScope scope(thread, args[0]);
  if (scope.nested()) {
    return thread.RaiseFormat(TypeId::kRuntimeError, "reentrant call inside %s.__repr__",
                              TypeOf(args[0]) == element_type ? "xml.etree.ElementTree.Element"
                                                              : TypeNameText(args[0]).c_str());
  }
  GILA_TRY(Str* const tag, Repr(thread, Self(args)->tag.Load()));
  StrBuilder text(thread);
  text.AppendAscii("<Element ");
  text.Append(tag);
  char address[32];
  std::snprintf(address, sizeof address, " at 0x%llx>",
                static_cast<unsigned long long>(IdentityOf(args[0])));
  text.AppendAscii(address);
  return text.Finish();
}

// --- the children ---

Result<Value> Append(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckElementArgument(thread, args[1], "append() argument"));
  GILA_TRY_VOID(AppendChild(thread, Self(args), args[1]));
  return kNone;
}

// The elements of an iterable, as a list that nobody else has.
Result<List*> ElementsOf(Thread& thread, Value iterable) {
  const Result<List*> listed = ToList(thread, iterable);
  if (!listed.ok()) {
    if (!thread.ExceptionMatches(TypeId::kTypeError)) return kFailed;
    thread.ClearException();
    return thread.RaiseTypeError("expected sequence, not \"%s\"", TypeNameText(iterable).c_str());
  }
  return listed;
}

Result<Value> Extend(Thread& thread, Args args) {
  GILA_TRY(List* const elements, ElementsOf(thread, args[1]));
  for (int64_t i = 0;; ++i) {
    const Value child = ListAt(elements, i);
    if (child.IsUnbound()) return kNone;
    GILA_TRY_VOID(CheckIsElement(thread, child));
    GILA_TRY_VOID(AppendChild(thread, Self(args), child));
  }
}

Result<Value> Insert(Thread& thread, Args args) {
  GILA_TRY(const Value index, Index(thread, args[1]));
  GILA_TRY_VOID(CheckElementArgument(thread, args[2], "insert() argument 2"));
  GILA_TRY(List* const children, ChildrenOf(thread, Self(args)));
  return CallMethod(thread, children, Intern(thread, "insert"), {index, args[2]});
}

Result<Value> Remove(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckElementArgument(thread, args[1], "remove() argument"));
  GILA_TRY(List* const children, ChildrenOf(thread, Self(args)));
  return CallMethod(thread, children, Intern(thread, "remove"), {args[1]});
}

Result<Value> Clear(Thread&, Args args) {
  Element* const self = Self(args);
  self->attrib.Store(self, kUnbound);
  if (List* const children = self->children.Load(); children != nullptr)
    ListAdopt(children, nullptr, 0);
  self->text.Store(self, kNone);
  self->tail.Store(self, kNone);
  return kNone;
}

Result<Value> Len(Thread&, Args args) { return Value::SmallInt(ChildCount(Self(args))); }

Result<Value> Iterate(Thread& thread, Args args) {
  GILA_TRY(List* const children, ChildrenOf(thread, Self(args)));
  return GetIter(thread, children);
}

// A subscript that is no slice, as a position; negative when it is before the first.
Result<int64_t> Position(Thread& thread, Element* self, Value key) {
  if (GILA_UNLIKELY(!key.IsSmallInt()) && !IsInt(key) &&
      LookupSpecial(thread, TypeOf(key), Special::kIndex).IsUnbound())
    return thread.RaiseTypeError("element indices must be integers");
  GILA_TRY(const int64_t index, ToSubscript(thread, key));
  return index < 0 ? index + ChildCount(self) : index;
}

Result<Value> GetChild(Thread& thread, Args args) {
  Element* const self = Self(args);
  if (IsKind(args[1], kKindSlice)) {
    GILA_TRY(List* const children, ChildrenOf(thread, self));
    return GetItem(thread, children, args[1]);
  }
  GILA_TRY(const int64_t index, Position(thread, self, args[1]));
  const Value child = ChildAt(self, index);
  if (child.IsUnbound()) return thread.Raise(TypeId::kIndexError, "child index out of range");
  return child;
}

Failed NoPlace(Thread& thread) {
  return thread.Raise(TypeId::kIndexError, "child assignment index out of range");
}

Result<Value> SetChild(Thread& thread, Args args) {
  Element* const self = Self(args);
  if (IsKind(args[1], kKindSlice)) {
    GILA_TRY(List* const elements, ElementsOf(thread, args[2]));
    for (int64_t i = 0;; ++i) {
      const Value child = ListAt(elements, i);
      if (child.IsUnbound()) break;
      GILA_TRY_VOID(CheckIsElement(thread, child));
    }
    GILA_TRY(List* const children, ChildrenOf(thread, self));
    GILA_TRY_VOID(SetItem(thread, children, args[1], elements));
    return kNone;
  }
  GILA_TRY(const int64_t index, Position(thread, self, args[1]));
  if (ChildAt(self, index).IsUnbound()) return NoPlace(thread);
  GILA_TRY_VOID(CheckIsElement(thread, args[2]));
  GILA_TRY(List* const children, ChildrenOf(thread, self));
  GILA_TRY_VOID(SetItem(thread, children, Value::SmallInt(index), args[2]));
  return kNone;
}

Result<Value> DeleteChild(Thread& thread, Args args) {
  Element* const self = Self(args);
  Value key = args[1];
  if (!IsKind(key, kKindSlice)) {
    GILA_TRY(const int64_t index, Position(thread, self, key));
    if (ChildAt(self, index).IsUnbound()) return NoPlace(thread);
    key = Value::SmallInt(index);
  }
  GILA_TRY(List* const children, ChildrenOf(thread, self));
  GILA_TRY_VOID(DelItem(thread, children, key));
  return kNone;
}

// --- attributes of XML ---

Result<Value> Get(Thread& thread, Args args) {
  const Value attrib = Self(args)->attrib.Load();
  if (!attrib.IsUnbound()) {
    GILA_TRY(const Value found, DictGet(thread, attrib.As<Dict>(), args[1]));
    if (!found.IsUnbound()) return found;
  }
  return args.Or(2, kNone);
}

Result<Value> Set(Thread& thread, Args args) {
  GILA_TRY(Dict* const attrib, AttributesOf(thread, Self(args)));
  GILA_TRY_VOID(DictSet(thread, attrib, args[1], args[2]));
  return kNone;
}

// The names, or (name, value) pairs, as a list.
template <bool kPairs>
Result<Value> ListAttributes(Thread& thread, Args args) {
  const Value attrib = Self(args)->attrib.Load();
  const Dict* const dict = attrib.IsUnbound() ? nullptr : attrib.As<Dict>();
  GILA_TRY(List* const list, NewListReserved(thread, dict == nullptr ? 0 : dict->size.Load()));
  if (dict == nullptr) return list;
  int64_t position = 0;
  Value key, value;
  while (DictNext(dict, &position, &key, &value)) {
    Value item = key;
    if constexpr (kPairs) {
      GILA_TRY(Tuple* const pair, NewPair(thread, key, value));
      item = pair;
    }
    GILA_TRY_VOID(ListAppend(thread, list, item));
  }
  return list;
}

// --- attributes of the object ---

template <Slot Element::* kField>
Result<Value> GetField(Thread&, Value self) {
  return (AsElement(self)->*kField).Load();
}
Result<Value> GetAttrib(Thread& thread, Value self) {
  return AttributesOf(thread, AsElement(self));
}

Status CheckNoDelete(Thread& thread, Value value) {
  if (!value.IsUnbound()) return kOk;
  return thread.Raise(TypeId::kAttributeError, "can't delete element attribute");
}
template <Slot Element::* kField>
Status SetField(Thread& thread, Value self, Value value) {
  GILA_TRY_VOID(CheckNoDelete(thread, value));
  (AsElement(self)->*kField).Store(self.AsObject(), value);
  return kOk;
}
Status SetAttrib(Thread& thread, Value self, Value value) {
  GILA_TRY_VOID(CheckNoDelete(thread, value));
  if (!IsDict(value))
    return thread.RaiseTypeError("attrib must be dict, not %s", TypeNameText(value).c_str());
  AsElement(self)->attrib.Store(self.AsObject(), value);
  return kOk;
}

void TraceElement(Object* object, Marker& marker) {
  auto* const self = static_cast<Element*>(object);
  for (const Slot* slot : {&self->tag, &self->text, &self->tail, &self->attrib})
    marker.Visit(*slot);
  marker.Visit(self->children);
}
constexpr KindInfo kElementKind = {"Element", TraceElement, nullptr};

constexpr GetSetDef kGetSets[] = {
    {"tag", GetField<&Element::tag>, SetField<&Element::tag>, "A string naming the element."},
    {"text", GetField<&Element::text>, SetField<&Element::text>, "The text before the children."},
    {"tail", GetField<&Element::tail>, SetField<&Element::tail>, "The text behind the end tag."},
    {"attrib", GetAttrib, SetAttrib, "A dict of the attributes."},
    {nullptr, nullptr, nullptr, nullptr}};

constexpr NativeDef kMethods[] = {
    {"__init__", ElementInit, "(self, /, *args, **kwargs)", "An element of this tag."},
    {"__repr__", ElementRepr, "(self, /)", "Return repr(self)."},
    {"__len__", Len, "(self, /)", "Return len(self)."},
    {"__iter__", Iterate, "(self, /)", "Implement iter(self)."},
    {"__getitem__", GetChild, "(self, key, /)", "Return self[key]."},
    {"__setitem__", SetChild, "(self, key, value, /)", "Set self[key] to value."},
    {"__delitem__", DeleteChild, "(self, key, /)", "Delete self[key]."},
    {"__copy__", ElementCopy, "(self, /)", "A copy with the same children."},
    {"__deepcopy__", ElementDeepCopy, "(self, memo, /)", "A copy with copies of the children."},
    {"__getstate__", ElementGetState, "(self, /)", "A dict of what the element holds."},
    {"__setstate__", ElementSetState, "(self, state, /)", "Takes over such a dict."},
    {"append", Append, "(self, subelement, /)", "Adds a child at the end."},
    {"clear", Clear, "(self, /)", "Leaves nothing but the tag."},
    {"extend", Extend, "(self, elements, /)", "Adds children at the end."},
    {"find", ElementFind, "(self, /, path, namespaces=None)", "The first that a path leads to."},
    {"findall", ElementFindAll, "(self, /, path, namespaces=None)", "A list of all of them."},
    {"findtext", ElementFindText, "(self, /, path, default=None, namespaces=None)",
     "The text of the first."},
    {"get", Get, "(self, /, key, default=None)", "The value of an attribute."},
    {"insert", Insert, "(self, index, subelement, /)", "Puts a child before the one at index."},
    {"items", ListAttributes<true>, "(self, /)", "The (name, value) pairs of the attributes."},
    {"iter", ElementIter, "(self, /, tag=None)", "The element and all below, or those of a tag."},
    {"iterfind", ElementIterFind, "(self, /, path, namespaces=None)", "All of them, one by one."},
    {"itertext", ElementIterText, "(self, /)", "The texts within, in order."},
    {"keys", ListAttributes<false>, "(self, /)", "The names of the attributes."},
    {"makeelement", MakeElement, "(self, tag, attrib, /)", "Another element."},
    {"remove", Remove, "(self, subelement, /)", "Takes a child out."},
    {"set", Set, "(self, key, value, /)", "Sets an attribute."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kElementSpec = {.new_function = ElementNew,
                                   .new_signature = "(cls, /, *args, **kwargs)",
                                   .methods = kMethods,
                                   .getsets = kGetSets,
                                   .native_size = sizeof(Element),
                                   .kind_info = &kElementKind};

constexpr NativeDef kFunctions[] = {
    {"SubElement", SubElement, "(*args, **kwargs)", "A new element at the end of another one."},
    {"_set_factories", SetFactories, "(comment_factory, pi_factory, /)",
     "Sets what makes comments and processing instructions; the former two."},
    {"_survey", SurveyTree, "(root, comment_tags, instruction_tags, /)",
     "A dict of the names with a namespace, or None for a tree that is not plain."},
    {"_write_plain", WritePlain,
     "(write, root, names, declarations, short_empty, comment_tags, instruction_tags, /)",
     "Writes a plain tree as XML."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

Status AddTypeOnce(Thread& thread, Module* module, Type** type, const TypeSpec& spec,
                   const char* qualified_name, uint8_t* kind, uint32_t flags) {
  if (*type != nullptr) {
    const std::string whole(qualified_name);
    return AddValue(thread, module, whole.substr(whole.rfind('.') + 1).c_str(), *type);
  }
  *kind = RegisterKind(*spec.kind_info);
  GILA_TRY(Type* const made,
           AddType(thread, module, spec, qualified_name, *kind, spec.native_size, flags));
  *type = made;
  heap::AddRoot(reinterpret_cast<Object**>(type));
  return kOk;
}

Status AddElementTypes(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddTypeOnce(thread, module, &element_type, kElementSpec,
                            "xml.etree.ElementTree.Element", &element_kind,
                            kBasetype | kHasWeakref));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila::etree
