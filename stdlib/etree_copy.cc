// etree_copy.cc: copies of elements, shallow and deep, and what pickle takes and gives back.
#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/types/container_support.h"
#include "runtime/types/object_internal.h"
#include "stdlib/etree_internal.h"

namespace gila::etree {

namespace {

Result<Value> IdOf(Thread& thread, Value v) {
  return NewInt(thread, static_cast<int64_t>(IdentityOf(v)));
}

// Is it a dict of nothing but strs, which a plain copy serves?
bool HoldsOnlyStrs(const Dict* dict) {
  int64_t position = 0;
  Value key, value;
  while (DictNext(dict, &position, &key, &value))
    if (!IsExactly(key, TypeId::kStr) || !IsExactly(value, TypeId::kStr)) return false;
  return true;
}

class DeepCopier {
 public:
  DeepCopier(Thread& thread, Value memo) : thread_(thread), memo_(memo) {}

  Result<Value> Copy(Value v) {
    if (!v.IsPointer() || IsExactly(v, TypeId::kStr)) return v;
    const bool plain = IsExactly(v, TypeId::kDict) && HoldsOnlyStrs(v.As<Dict>());
    if ((!plain && !IsExactElement(v)) || !IsExactly(memo_, TypeId::kDict)) return Ask(v);
    GILA_TRY(const Value id, IdOf(thread_, v));
    GILA_TRY(const Value known, DictGet(thread_, memo_.As<Dict>(), id));
    if (!known.IsUnbound()) return known;
    if (!plain) return CopyElement(AsElement(v), id);
    GILA_TRY(Dict* const copy, DictCopy(thread_, v.As<Dict>()));
    GILA_TRY_VOID(DictSet(thread_, memo_.As<Dict>(), id, copy));
    return copy;
  }

  Result<Value> CopyElement(Element* from, Value id) {
    RecursionScope scope(thread_, " while copying an Element");
    GILA_TRY_VOID(scope.status());
    GILA_TRY(const Value tag, Copy(from->tag.Load()));
    GILA_TRY(Element* const to, NewElement(thread_, element_type, tag));
    const Value attrib = from->attrib.Load();
    if (!attrib.IsUnbound() && attrib.As<Dict>()->size.Load() > 0) {
      GILA_TRY(const Value copy, Copy(attrib));
      if (!IsDict(copy)) {
        return thread_.RaiseTypeError("attrib must be dict, not %s", TypeNameText(copy).c_str());
      }
      to->attrib.Store(to, copy);
    }
    GILA_TRY(const Value text, Copy(from->text.Load()));
    to->text.Store(to, text);
    GILA_TRY(const Value tail, Copy(from->tail.Load()));
    to->tail.Store(to, tail);
    for (int64_t i = 0;; ++i) {
      const Value child = ChildAt(from, i);
      if (child.IsUnbound()) break;
      GILA_TRY(const Value copy, Copy(child));
      GILA_TRY_VOID(CheckIsElement(thread_, copy));
      GILA_TRY_VOID(AppendChild(thread_, to, copy));
      GILA_TRY_VOID(thread_.CheckBreaker());
    }
    GILA_TRY_VOID(SetItem(thread_, memo_, id, to));
    return to;
  }

 private:
  Result<Value> Ask(Value v) {
    GILA_TRY(const Value copy, ImportModule(thread_, "copy"));
    return CallMethod(thread_, copy, Intern(thread_, "deepcopy"), {v, memo_});
  }

  Thread& thread_;
  const Value memo_;
};

}  // namespace

Result<Value> ElementCopy(Thread& thread, Args args) {
  Element* const from = AsElement(args[0]);
  Value attrib = from->attrib.Load();
  if (!attrib.IsUnbound() && attrib.As<Dict>()->size.Load() == 0) attrib = kUnbound;
  GILA_TRY(Element* const to, NewElementWith(thread, from->tag.Load(), attrib));
  to->text.Store(to, from->text.Load());
  to->tail.Store(to, from->tail.Load());
  if (List* const children = from->children.Load(); children != nullptr) {
    GILA_TRY(List* const copy, ToList(thread, children));
    to->children.Store(to, copy);
  }
  return to;
}

Result<Value> ElementDeepCopy(Thread& thread, Args args) {
  if (!IsDict(args[1])) {
    return thread.RaiseTypeError("__deepcopy__() argument must be dict, not %s",
                                 TypeNameText(args[1]).c_str());
  }
  GILA_TRY(const Value id, IdOf(thread, args[0]));
  return DeepCopier(thread, args[1]).CopyElement(AsElement(args[0]), id);
}

Result<Value> ElementGetState(Thread& thread, Args args) {
  Element* const self = AsElement(args[0]);
  Value children = kUnbound;
  if (List* const own = self->children.Load(); own != nullptr) {
    GILA_TRY(children, ToList(thread, own));
  } else {
    GILA_TRY(children, NewList(thread));
  }
  GILA_TRY(Dict* const attrib, AttributesOf(thread, self));
  GILA_TRY(Dict* const state, NewDict(thread));
  const std::pair<const char*, Value> parts[] = {{"tag", self->tag.Load()},
                                                 {"_children", children},
                                                 {"attrib", attrib},
                                                 {"text", self->text.Load()},
                                                 {"tail", self->tail.Load()}};
  for (const auto& [name, value] : parts)
    GILA_TRY_VOID(DictSet(thread, state, Intern(thread, name), value));
  return state;
}

Result<Value> ElementSetState(Thread& thread, Args args) {
  Element* const self = AsElement(args[0]);
  if (!IsDict(args[1])) {
    GILA_TRY(Str* const shown, Repr(thread, args[1]));
    return thread.RaiseTypeError("Don't know how to unpickle \"%.200s\" as an Element",
                                 ToUtf8(shown).c_str());
  }
  Value tag = kUnbound, attrib = kUnbound, text = kNone, tail = kNone, children = kUnbound;
  int64_t position = 0;
  Value key, value;
  while (DictNext(args[1].As<Dict>(), &position, &key, &value)) {
    const std::string name = IsStr(key) ? ToUtf8(key) : std::string();
    Value* const place = name == "tag"         ? &tag
                         : name == "attrib"    ? &attrib
                         : name == "text"      ? &text
                         : name == "tail"      ? &tail
                         : name == "_children" ? &children
                                               : nullptr;
    if (!IsStr(key)) return thread.RaiseTypeError("keywords must be strings");
    if (place == nullptr)
      return thread.RaiseTypeError("'%s' is an invalid keyword argument for this function",
                                   name.c_str());
    *place = value;
  }
  if (tag.IsUnbound()) return thread.RaiseTypeError("tag may not be NULL");
  if (!attrib.IsUnbound() && !IsDict(attrib))
    return thread.RaiseTypeError("attrib must be dict, not %s", TypeNameText(attrib).c_str());
  List* own = nullptr;
  if (!children.IsUnbound()) {
    if (!IsList(children)) return thread.RaiseTypeError("'_children' is not a list");
    GILA_TRY(own, ToList(thread, children));
    for (int64_t i = 0;; ++i) {
      const Value child = ListAt(own, i);
      if (child.IsUnbound()) break;
      GILA_TRY_VOID(CheckIsElement(thread, child));
    }
  }
  self->tag.Store(self, tag);
  self->text.Store(self, text);
  self->tail.Store(self, tail);
  if (!attrib.IsUnbound()) self->attrib.Store(self, attrib);
  if (own != nullptr) self->children.Store(self, own);
  return kNone;
}

}  // namespace gila::etree
