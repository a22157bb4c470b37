// native_support.cc: exception classes of native modules.
#include "stdlib/native_support.h"

#include <cstdarg>
#include <cstdio>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

Result<Type*> AddExceptionClass(Thread& thread, Module* module, std::string_view module_name,
                                std::string_view name, Type* base) {
  // A module that is imported anew gets the class that C++ code raises.
  static std::mutex lock;
  static std::map<std::string, Type*>* const known = new std::map<std::string, Type*>();
  const std::string key = std::string(module_name) + "." + std::string(name);
  Type* earlier = nullptr;
  {
    std::lock_guard<std::mutex> guard(lock);
    const auto found = known->find(key);
    if (found != known->end()) earlier = found->second;
  }
  if (earlier != nullptr) {
    GILA_TRY_VOID(AddValue(thread, module, std::string(name).c_str(), earlier));
    return earlier;
  }
  const Value text = Intern(thread, name);
  const Value bases[] = {reinterpret_cast<Object*>(base)};
  GILA_TRY(Tuple* const base_tuple, NewTuple(thread, bases));
  GILA_TRY(Dict* const name_space, NewDict(thread));
  GILA_TRY_VOID(
      DictSet(thread, name_space, NameOf(gila::Name::kModule_), Intern(thread, module_name)));
  GILA_TRY(Type* const type,
           NewType(thread, GetType(TypeId::kType), text.As<Str>(), base_tuple, name_space));
  auto** const root = new Object*(type);
  heap::AddRoot(root);
  GILA_TRY_VOID(AddValue(thread, module, std::string(name).c_str(), type));
  std::lock_guard<std::mutex> guard(lock);
  (*known)[key] = type;
  return type;
}

Failed RaiseOfType(Thread& thread, Type* type, std::string_view utf8_text) {
  const Result<Str*> text = NewStr(thread, utf8_text);
  if (!text.ok()) return kFailed;
  const Result<Value> error = Call(thread, type, {Value(text.value())});
  if (!error.ok()) return kFailed;
  return thread.RaiseObject(error.value());
}

Failed RaiseOfTypeFormat(Thread& thread, Type* type, const char* format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  const int size = std::vsnprintf(nullptr, 0, format, arguments);
  va_end(arguments);
  std::vector<char> text(static_cast<size_t>(size) + 1);
  std::vsnprintf(text.data(), text.size(), format, again);
  va_end(again);
  return RaiseOfType(thread, type, {text.data(), static_cast<size_t>(size)});
}

Status PinnedSource::Read(Thread& thread, Value v) {
  BufferInfo info;
  if (!GetBuffer(v, &info)) {
    if (!IsBytesLike(v)) return RaiseNotBytesLike(thread, v);
    GILA_TRY(copy_, CopyBuffer(thread, v));
    view_ = copy_;
    return kOk;
  }
  if (!IsBytes(v)) {
    PinBuffer(v, 1);
    pinned_ = v;
    if (!GetBuffer(v, &info)) return RaiseNotBytesLike(thread, v);
  }
  view_ = {reinterpret_cast<const char*>(info.data), static_cast<size_t>(info.size)};
  return kOk;
}

AttachedForCallback::AttachedForCallback()
    : thread_(Thread::Current()), is_foreign_(thread_ == nullptr) {
  if (is_foreign_) {
    thread_ = NewThreadRecord();
    if (thread_ != nullptr) BeginThread(thread_);
  } else {
    Attach(*thread_);
  }
}

AttachedForCallback::~AttachedForCallback() {
  if (thread_ == nullptr) return;
  if (is_foreign_) {
    EndThread(thread_);
  } else {
    Detach(*thread_, Blocked::kOther);
  }
}

void ScopedGate::Wait(Thread& thread) {
  AllowThreads detached(thread, Blocked::kLock);
  while (word_.Exchange(kHeldAndWanted) != 0) word_.WaitWhile(kHeldAndWanted);
}

}  // namespace gila
