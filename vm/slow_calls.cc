// slow_calls.cc: every call but the plainest. CallWindow asks what the callable is: a Gila function
// gets a frame, a native one is called, a bound method, a class or an object with __call__ is
// turned into one of those, arguments moved in place.
#include <algorithm>
#include <string>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/protocols/special_call.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "vm/calls.h"
#include "vm/fast_paths.h"
#include "vm/generators.h"
#include "vm/inline_cache.h"
#include "vm/keyword_calls.h"
#include "vm/slow.h"
#include "vm/tracing.h"

namespace gila::vm {
namespace {

void PublishCall(const CallSite& site, Value* window, size_t count) {
  Publish(site.thread, site.pc, site.registers, window + kFrameHeader + count);
}

// Puts `first` before the arguments.
void InsertArgument(Value* window, size_t* count, Value first) {
  Value* args = window + kFrameHeader;
  std::copy_backward(args, args + *count, args + *count + 1);
  args[0] = first;
  ++*count;
}

// The checks that EnterFrame does in one go, one by one, and what follows from them.
Status PrepareFrame(const CallSite& site, const Code* code, Value* callee) {
  Thread& thread = site.thread;
  GILA_TRY_VOID(CheckStack(thread, callee, code->register_count));
  if (GILA_UNLIKELY(thread.breaker.LoadRelaxed() != 0)) GILA_TRY_VOID(thread.HandleBreaker());
  if (GILA_UNLIKELY(thread.depth >= thread.depth_limit)) return thread.RaiseRecursionError("");
  return kOk;
}

// An expression statement that is a call has its result put behind the window's first register
// (CodeGenerator::ExprStatement), where no other call has it.
bool IsResultDiscarded(const CallSite& site) {
  if (site.flags != 0) return false;
  const Instruction call(LoadWord(site.pc));
  switch (BaseOpcode(call.opcode())) {
    case Opcode::kCall:
    case Opcode::kCallMethod:
    case Opcode::kCallKw:
    case Opcode::kCallMethodKw:
    case Opcode::kCallEx:
      return call.c() == call.a() + 1;
    default:
      return false;
  }
}

// A coroutine that was never to be awaited says so where it was forgotten.
void FinalizeDiscarded(Thread& thread, Value generator) {
  if (!IsKind(generator, kKindCoroutine)) return;
  generator.AsObject()->gc.FetchOr(kGcFinalized);
  const Value del = LookupSpecial(thread, TypeOf(generator), Special::kDel);
  if (!del.IsUnbound() && !Call(thread, del, {generator}).ok()) WriteUnraisable(thread, del);
}

Step CallGila(const CallSite& site, Value* window, size_t count, Value kwnames) {
  Function* function = window[0].As<Function>();
  Code* code = function->code.Load();
  Value* args = window + kFrameHeader;
  PublishCall(site, window, count);
  if (code->simple_arity != count || !kwnames.IsUnbound()) {
    if (!BindArguments(site.thread, function, code, args, count, kwnames).ok()) return site.Fail();
    site.thread.stack_top = args + code->parameter_count;
  }
  const uint64_t* waits = site.pc;
  if ((code->code_flags & kAnyGeneratorCode) != 0) {
    waits = AwaitedAtOnce(site, code, args);
    if (waits == nullptr) {
      const Result<Value> made = MakeGenerator(site.thread, function, code, args);
      if (made.ok() && IsResultDiscarded(site)) FinalizeDiscarded(site.thread, made.value());
      return site.Finish(made);
    }
  }
  if (!PrepareFrame(site, code, args).ok()) return site.Fail();
  ++site.thread.depth;
  LinkFrame(args, site.flags, waits, site.registers, code);
  std::fill(args + code->parameter_count, args + std::max(code->parameter_count, code->local_count),
            kUnbound);
  const Step first = {code->words, args};
  return (site.flags & kFrameEntry) != 0 ? first : StepIfAsked(site.thread, first, true);
}

Step CallNativeFunction(const CallSite& site, Value* window, size_t count, Value kwnames) {
  PublishCall(site, window, count);
  if (HasEvents(site.thread))
    return site.Finish(CallNativeProfiled(site.thread, window, count, kwnames));
  return site.Finish(CallNative(site.thread, window[0].As<NativeFunction>(), window + kFrameHeader,
                                count, kwnames));
}

// Does the metaclass leave it to type what a call of the class does? Those of ABCs do.
bool IsCalledAsType(Thread& thread, const Type* metaclass) {
  if (metaclass == GetType(TypeId::kType)) return true;
  static const Value type_call = LookupSpecial(thread, GetType(TypeId::kType), Special::kCall);
  return metaclass->Has(kIsTypeSubclass) &&
         LookupSpecial(thread, const_cast<Type*>(metaclass), Special::kCall) == type_call;
}

// A class whose metaclass leaves calling to type, which makes plain instances and has an __init__
// in Gila: the instance is made here and __init__ runs in a frame of this interpreter. The frame
// lies one register higher than the window says, so that the instance keeps a place of its own
// below the frame's header.
bool IsPlainClass(Thread& thread, Type* type, Value* init) {
  if (!IsCalledAsType(thread, TypeOf(type)) || type->Has(kAbstract | kNoInstantiate)) return false;
  static const Value object_new = LookupSpecial(thread, GetType(TypeId::kObject), Special::kNew);
  if (LookupSpecial(thread, type, Special::kNew) != object_new) return false;
  *init = LookupSpecial(thread, type, Special::kInit);
  return IsKind(*init, kKindFunction);
}

Step CallPlainClass(const CallSite& site, Value* window, size_t count, Value kwnames, Value init) {
  PublishCall(site, window, count);
  const Result<Object*> made = AllocateInstance(site.thread, window[0].As<Type>());
  if (!made.ok()) return site.Fail();
  const Value instance(made.value());
  Value* args = window + kFrameHeader;
  std::copy_backward(args, args + count, args + count + 2);
  args[0] = args[1] = instance;
  count += 2;
  window[0] = instance;
  window[1] = init;
  CallSite init_site = site;
  init_site.flags |= kFrameInit;
  return CallGila(init_site, window + 1, count - 1, kwnames);
}

// Any other class: type.__call__, or what the metaclass has in its place, like every object with a
// __call__. Answers false, with the exception waiting, when the object cannot be called.
bool ResolveCallable(Thread& thread, Value* window, size_t* count) {
  const Value callable = window[0];
  Type* type = TypeOf(callable);
  const Value call = LookupSpecial(thread, type, Special::kCall);
  if (call.IsUnbound()) {
    const std::string_view name = FullTypeName(type);
    thread.RaiseTypeError("'%.*s' object is not callable", static_cast<int>(name.size()),
                          name.data());
    return false;
  }
  if (IsKind(call, kKindFunction) || IsKind(call, kKindMethodDescriptor) ||
      IsKind(call, kKindSlotWrapper)) {
    InsertArgument(window, count, callable);
    window[0] = call;
    return true;
  }
  const Result<Value> bound = BindDescriptor(thread, call, callable, type);
  window[0] = bound.raw();
  return bound.ok();
}

}  // namespace

Step CallWindow(const CallSite& site, Value* window, size_t count, Value kwnames) {
  // Each round an object with __call__ may name another such object.
  for (int rounds = 0; rounds <= site.thread.depth_limit; ++rounds) {
    const Value callable = window[0];
    switch (callable.IsPointer() ? callable.AsObject()->kind : uint8_t{kFreeKind}) {
      case kKindFunction:
        return CallGila(site, window, count, kwnames);
      case kKindNativeFunction:
      case kKindMethodDescriptor:
      case kKindClassMethodDescriptor:
      case kKindSlotWrapper:
      case kKindMethodWrapper:
        return CallNativeFunction(site, window, count, kwnames);
      case kKindMethod:
        InsertArgument(window, &count, callable.As<Method>()->self.Load());
        window[0] = callable.As<Method>()->function.Load();
        continue;
      case kKindType: {
        PublishCall(site, window, count);
        Value init;
        if (IsPlainClass(site.thread, callable.As<Type>(), &init))
          return CallPlainClass(site, window, count, kwnames, init);
        if (!IsCalledAsType(site.thread, TypeOf(callable))) break;
        if (kwnames.IsUnbound() && TypeOf(callable) == GetType(TypeId::kType)) {
          const Result<Value> made =
              CallBuiltinType(site.thread, callable.As<Type>(), window + kFrameHeader, count);
          if (made.raw() != kUnbound) return site.Finish(made);
        }
        return site.Finish(
            CallType(site.thread, callable.As<Type>(), window + kFrameHeader, count, kwnames));
      }
      default:
        break;
    }
    PublishCall(site, window, count);
    if (kwnames.IsUnbound()) {
      const Result<Value> result = CallDirect(site.thread, callable, window + kFrameHeader, count);
      if (result.raw() != kUnbound) return site.Finish(result);
    }
    if (!ResolveCallable(site.thread, window, &count)) return site.Fail();
  }
  site.thread.RaiseRecursionError(" while calling a Python object");
  return site.Fail();
}

namespace {

// What a call instruction is specialised to after it has met `callable`; kOpNop: not at all.
struct CallForms {
  uint16_t function, defaults, coroutine, native, of_class;
};
uint16_t CallForm(const Slow& slow, Value callable, size_t count, const CallForms& forms) {
  const auto arguments = static_cast<uint32_t>(count);
  if (SimpleCallee(callable, arguments) != nullptr) return forms.function;
  if (AwaitedCallee(callable, arguments) != nullptr && AwaitOfCall(slow.pc) != nullptr)
    return forms.coroutine;
  if (IsKind(callable, kKindFunction)) {
    const uint16_t arity = callable.As<Function>()->code->simple_arity;
    return arity != kNoSimpleArity && count < arity ? forms.defaults : uint16_t{kOpNop};
  }
  if (StraightNative(callable, arguments) != nullptr) return forms.native;
  return IsKind(callable, kKindType) ? forms.of_class : static_cast<uint16_t>(kOpNop);
}
void ChooseCallForm(const Slow& slow, uint16_t form) {
  if (form != kOpNop && form != slow.in.opcode() && MayRespecialise(slow.pc))
    SpecialiseOpcode(slow.pc, form);
}
CallSite SiteOf(const Slow& slow) { return {slow.thread, slow.pc, slow.registers, 0}; }

}  // namespace

Step CallSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  Value* window = &slow.A();
  const size_t count = slow.in.b();
  ChooseCallForm(slow, CallForm(slow, window[0], count,
                                {kOpCallFunction, kOpCallDefaults, kOpCallCoroutine,
                                 kOpCallNativeFixed, kOpCallClass}));
  return CallWindow(SiteOf(slow), window, count, kUnbound);
}

namespace {

// super().method(...): finds the method without making a super object, when the next instruction
// loads it and the function is an ordinary method. False: the long way.
bool MethodOfSuper(Thread& thread, const uint64_t* pc, Value* registers, Step* step) {
  static const Value class_name = Intern(thread, "__class__");
  const uint64_t* load = pc + kCallWords;
  const Instruction call(LoadWord(pc)), next(LoadWord(load));
  const Code* code = CodeOf(registers);
  if (BaseOpcode(next.opcode()) != Opcode::kLoadMethod || next.b() != call.c() ||
      call.c() < code->local_count || code->positional_count == 0)
    return false;
  Value self = registers[0];
  if (IsKind(self, kKindCell)) self = self.As<Cell>()->value.Load();
  if (!self.IsPointer() || IsKind(self, kKindCell) || IsKind(self, kKindType)) return false;
  const Tuple* names = code->free_names.Load().As<Tuple>();
  int64_t at = 0;
  while (at < names->length && names->At(at) != class_name) ++at;
  if (at == names->length) return false;
  const Value type = ClosureCell(registers, static_cast<size_t>(at))->value.Load();
  if (!IsKind(type, kKindType) || !IsSubtype(TypeOf(self), type.As<Type>())) return false;
  const Tuple* mro = TypeOf(self)->mro.Load();
  int64_t i = 0;
  while (i < mro->length && mro->At(i) != type) ++i;
  Value found = kUnbound;
  while (found.IsUnbound() && ++i < mro->length)
    found = DictGetInterned(mro->At(i).As<Type>()->dict.Load(), code->names[next.c()]);
  if (!IsKind(found, kKindFunction) && !IsKind(found, kKindMethodDescriptor) &&
      !IsKind(found, kKindSlotWrapper))
    return false;
  Value* window = &registers[next.a()];
  window[0] = found;
  window[kWindowHeader] = self;
  *step = {load + WordsOf(next.opcode()), registers};
  return true;
}

}  // namespace

Step CallClassSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Instruction in(LoadWord(pc));
  Value* window = &registers[in.a()];
  Step step;
  if (in.b() == 0 && window[0] == Value(GetType(TypeId::kSuper)) &&
      MethodOfSuper(thread, pc, registers, &step))
    return step;
  const CallSite site{thread, pc, registers, 0};
  Value init;
  if (IsKind(window[0], kKindType)) {
    PublishCall(site, window, in.b());
    Type* const type = window[0].As<Type>();
    if (!type->Has(kHeapType) ||
        (type->instance_kind == kKindException && TypeOf(type) == GetType(TypeId::kType))) {
      const Result<Value> made = CallBuiltinType(thread, type, window + kFrameHeader, in.b());
      if (made.raw() != kUnbound) return site.Finish(made);
    } else if (IsPlainClass(thread, type, &init)) {
      return CallPlainClass(site, window, in.b(), kUnbound, init);
    }
  }
  return CallSlow(thread, pc, registers);
}

Step CallMethodSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  Value* window = &slow.A();
  const size_t count = slow.in.b();
  if (window[0].IsUnbound()) {
    ++window;
    ChooseCallForm(slow, CallForm(slow, window[0], count,
                                  {kOpCallMethodFunction, kOpCallMethodDefaults,
                                   kOpCallMethodCoroutine, kOpCallMethodNative, kOpNop}));
    return CallWindow(SiteOf(slow), window, count, kUnbound);
  }
  const bool straight = StraightDescriptor(window[0], window[kWindowHeader],
                                           static_cast<uint32_t>(count + 1)) != nullptr;
  ChooseCallForm(slow, straight ? static_cast<uint16_t>(kOpCallMethodDescriptor)
                                : CallForm(slow, window[0], count + 1,
                                           {kOpCallMethodFunction, kOpCallMethodDefaults,
                                            kOpCallMethodCoroutine, kOpNop, kOpNop}));
  return CallWindow(SiteOf(slow), window, count + 1, kUnbound);
}

Step CallKwSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  Value* window = &slow.A();
  const size_t count = slow.in.b();
  const Value kwnames = window[kWindowHeader + count];
  LearnKeywords(slow, kOpCallKwFunction, window[0], count, kwnames);
  return CallWindow(SiteOf(slow), window, count, kwnames);
}

Step CallMethodKwSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  Value* window = &slow.A();
  size_t count = slow.in.b();
  const Value kwnames = window[kWindowHeader + 1 + count];
  if (window[0].IsUnbound())
    ++window;
  else
    ++count;
  LearnKeywords(slow, kOpCallMethodKwFunction, window[0], count, kwnames);
  return CallWindow(SiteOf(slow), window, count, kwnames);
}

std::string DescribeCallable(Thread& thread, Value callable) {
  const Result<Value> qualname = GetAttrOrUnbound(thread, callable, NameOf(Name::kQualname));
  if (!qualname.ok() || !IsStr(qualname.value())) {
    thread.ClearException();
    const Result<Str*> text = ToStr(thread, callable);
    if (text.ok()) return ToUtf8(text.value());
    thread.ClearException();
    return "function";
  }
  const Result<Value> module = GetAttrOrUnbound(thread, callable, NameOf(Name::kModule_));
  thread.ClearException();
  std::string name = ToUtf8(qualname.value()) + "()";
  if (module.ok() && IsStr(module.value()) && !StrEquals(module.value().As<Str>(), "builtins"))
    name = ToUtf8(module.value()) + "." + name;
  return name;
}

namespace {

// *x of a call: any iterable.
Result<Tuple*> SpreadArguments(Thread& thread, Value callable, Value iterable) {
  if (IsExactly(iterable, TypeId::kTuple)) return iterable.As<Tuple>();
  if (!IsExactly(iterable, TypeId::kList) &&
      LookupSpecial(thread, TypeOf(iterable), Special::kIter).IsUnbound() &&
      LookupSpecial(thread, TypeOf(iterable), Special::kGetItem).IsUnbound()) {
    const std::string_view type = TypeNameOf(iterable);
    return thread.RaiseTypeError("%s argument after * must be an iterable, not %.*s",
                                 DescribeCallable(thread, callable).c_str(),
                                 static_cast<int>(type.size()), type.data());
  }
  return ToTuple(thread, iterable);
}

// Appends the values of **x to the window and returns their names.
Result<Value> SpreadKeywords(Thread& thread, Dict* keywords, Value* args, size_t* count) {
  GILA_TRY(Tuple * names, NewTuple(thread, keywords->size.Load()));
  int64_t position = 0, filled = 0;
  Value key, value;
  while (filled < names->length && DictNext(keywords, &position, &key, &value)) {
    if (!IsStr(key)) return thread.RaiseTypeError("keywords must be strings");
    names->items[filled++].Store(names, key);
    args[(*count)++] = value;
  }
  if (filled == names->length) return names;
  // Another thread took keys away meanwhile.
  GILA_TRY(Tuple * fewer, NewTuple(thread, filled));
  for (int64_t i = 0; i < filled; ++i) fewer->items[i].Store(fewer, names->At(i));
  return fewer;
}

}  // namespace

Step CallExSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  Value* window = &slow.A();
  Value* args = window + kFrameHeader;
  const Value iterable = args[0], keywords = args[1];
  const Result<Tuple*> spread = SpreadArguments(thread, window[0], iterable);
  if (!spread.ok()) return slow.Fail();
  size_t count = static_cast<size_t>(spread.value()->length);
  const bool has_keywords = IsDict(keywords) && keywords.As<Dict>()->size.Load() > 0;
  const size_t keyword_count =
      has_keywords ? static_cast<size_t>(keywords.As<Dict>()->size.Load()) : 0;
  if (!CheckStack(thread, args, 2 * (count + keyword_count) + 4).ok()) return slow.Fail();
  for (size_t i = 0; i < count; ++i) args[i] = spread.value()->At(static_cast<int64_t>(i));
  Publish(thread, pc, registers, std::max(thread.stack_top, args + count));
  Value kwnames = kUnbound;
  if (has_keywords) {
    // The dict is still held by the local variable `keywords` on the native stack.
    const Result<Value> names = SpreadKeywords(thread, keywords.As<Dict>(), args, &count);
    if (!names.ok()) return slow.Fail();
    kwnames = names.value();
  }
  return CallWindow(SiteOf(slow), window, count, kwnames);
}

Step MakeFunctionSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  Code* code = slow.code->constants[slow.in.bc()].As<Code>();
  return slow.Store(NewFunction(thread, code, slow.function()->globals.Load()));
}

Step MakeClosureSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Result<Function*> made =
      NewFunction(thread, slow.KC().As<Code>(), slow.function()->globals.Load());
  if (!made.ok()) return slow.Fail();
  Function* function = made.value();
  const Value* parts = &slow.B();
  function->defaults.Store(function, parts[0]);
  function->keyword_defaults.Store(function, parts[1]);
  function->annotations.Store(function, parts[2]);
  if (!parts[3].IsUnbound()) function->closure.Store(function, parts[3].As<Tuple>());
  return slow.Store(Value(function));
}

}  // namespace gila::vm
