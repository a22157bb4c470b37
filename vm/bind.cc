// bind.cc: from the arguments of a call to the parameters of the callee, for everything but the
// plain call (as many positional arguments as parameters), and the TypeErrors of wrong calls in
// CPython's words.
//
// The parameters are laid out above the arguments, checked, and moved down onto them at the end.
#include <algorithm>
#include <string>
#include <vector>

#include "bytecode/code_data.h"
#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "vm/calls.h"

namespace gila::vm {
namespace {

// One call being bound.
class Binder {
 public:
  Binder(Thread& thread, Function* function, const Code* code, Value* args, size_t count,
         Value kwnames)
      : thread_(thread),
        function_(function),
        code_(code),
        args_(args),
        keywords_(kwnames.IsUnbound() ? nullptr : kwnames.As<Tuple>()),
        given_(count - (keywords_ != nullptr ? static_cast<size_t>(keywords_->length) : 0)),
        positional_(code->positional_count),
        named_(code->positional_count + size_t{code->keyword_only_count}),
        has_rest_((code->code_flags & kCodeVarArgs) != 0),
        has_keywords_((code->code_flags & kCodeVarKeywords) != 0),
        out_(args + count) {}

  Status Bind();

 private:
  Value Name(size_t parameter) const {
    return code_->local_names.Load().As<Tuple>()->At(static_cast<int64_t>(parameter));
  }
  std::string Function() const { return ToUtf8(function_->qualname.Load()); }
  Dict* keyword_dict() const { return out_[named_ + (has_rest_ ? 1 : 0)].As<Dict>(); }
  size_t DefaultCount() const {
    const Value defaults = function_->defaults.Load();
    return IsTuple(defaults) ? static_cast<size_t>(defaults.As<Tuple>()->length) : 0;
  }

  Status Prepare();
  Status BindKeywords();
  Status BindKeyword(Value name, Value value);
  size_t FindParameter(Value name) const;
  bool PassedPositionalOnlyByName(std::string* names) const;
  Status TooManyPositional() const;
  Status FillDefaults();
  Status FillKeywordDefaults();
  Status Missing(const std::vector<size_t>& parameters, const char* kind) const;

  Thread& thread_;
  struct Function* const function_;
  const Code* const code_;
  Value* const args_;
  Tuple* const keywords_;
  const size_t given_;  // positional arguments
  const size_t positional_, named_;
  const bool has_rest_, has_keywords_;
  Value* const out_;
};

Status Binder::Prepare() {
  GILA_TRY_VOID(CheckStack(thread_, out_, code_->parameter_count));
  thread_.stack_top = out_ + code_->parameter_count;
  const size_t copied = std::min(given_, positional_);
  std::copy(args_, args_ + copied, out_);
  std::fill(out_ + copied, out_ + code_->parameter_count, kUnbound);
  if (has_rest_) {
    const size_t surplus = given_ - copied;
    GILA_TRY(Tuple * rest, NewTuple(thread_, std::span<const Value>(args_ + copied, surplus)));
    out_[named_] = rest;
  }
  if (has_keywords_) {
    GILA_TRY(Dict * dict, NewDict(thread_));
    out_[named_ + (has_rest_ ? 1 : 0)] = dict;
  }
  return kOk;
}

// The parameter that may be given by this name, or `named_`.
size_t Binder::FindParameter(Value name) const {
  const size_t first = static_cast<size_t>(code_->data->positional_only_count);
  for (size_t i = first; i < named_; ++i) {
    if (Name(i) == name) return i;
  }
  for (size_t i = first; i < named_; ++i) {
    if (StrEqual(Name(i).As<Str>(), name.As<Str>())) return i;
  }
  return named_;
}

bool Binder::PassedPositionalOnlyByName(std::string* names) const {
  for (size_t i = 0; i < static_cast<size_t>(code_->data->positional_only_count); ++i) {
    for (int64_t k = 0; k < keywords_->length; ++k) {
      if (!StrEqual(Name(i).As<Str>(), keywords_->At(k).As<Str>())) continue;
      if (!names->empty()) *names += ", ";
      *names += ToUtf8(Name(i));
    }
  }
  return !names->empty();
}

Status Binder::BindKeyword(Value name, Value value) {
  if (!IsStr(name))
    return thread_.RaiseTypeError("%s() keywords must be strings", Function().c_str());
  const size_t parameter = FindParameter(name);
  if (parameter < named_) {
    if (!out_[parameter].IsUnbound())
      return thread_.RaiseTypeError("%s() got multiple values for argument '%s'",
                                    Function().c_str(), ToUtf8(name).c_str());
    out_[parameter] = value;
    return kOk;
  }
  if (has_keywords_) return DictSetOwn(thread_, keyword_dict(), name, value);
  std::string names;
  if (PassedPositionalOnlyByName(&names))
    return thread_.RaiseTypeError(
        "%s() got some positional-only arguments passed as keyword arguments: '%s'",
        Function().c_str(), names.c_str());
  return thread_.RaiseTypeError("%s() got an unexpected keyword argument '%s'", Function().c_str(),
                                ToUtf8(name).c_str());
}

Status Binder::BindKeywords() {
  for (int64_t k = 0; keywords_ != nullptr && k < keywords_->length; ++k)
    GILA_TRY_VOID(BindKeyword(keywords_->At(k), args_[given_ + static_cast<size_t>(k)]));
  return kOk;
}

Status Binder::TooManyPositional() const {
  size_t keyword_only_given = 0;
  for (size_t i = positional_; i < named_; ++i) keyword_only_given += !out_[i].IsUnbound();
  const size_t defaults = DefaultCount();
  std::string takes = std::to_string(positional_);
  if (defaults != 0)
    takes =
        "from " + std::to_string(positional_ - std::min(defaults, positional_)) + " to " + takes;
  const bool plural = defaults != 0 || positional_ != 1;
  std::string also;
  if (keyword_only_given != 0)
    also = std::string(" positional argument") + (given_ != 1 ? "s" : "") + " (and " +
           std::to_string(keyword_only_given) + " keyword-only argument" +
           (keyword_only_given != 1 ? "s" : "") + ")";
  return thread_.RaiseTypeError("%s() takes %s positional argument%s but %zu%s %s given",
                                Function().c_str(), takes.c_str(), plural ? "s" : "", given_,
                                also.c_str(),
                                given_ == 1 && keyword_only_given == 0 ? "was" : "were");
}

Status Binder::Missing(const std::vector<size_t>& parameters, const char* kind) const {
  std::string names;
  const size_t count = parameters.size();
  for (size_t i = 0; i < count; ++i) {
    if (i > 0) names += count == 2 ? " and " : i + 1 == count ? ", and " : ", ";
    names += "'" + ToUtf8(Name(parameters[i])) + "'";
  }
  return thread_.RaiseTypeError("%s() missing %zu required %s argument%s: %s", Function().c_str(),
                                count, kind, count == 1 ? "" : "s", names.c_str());
}

Status Binder::FillDefaults() {
  if (given_ >= positional_) return kOk;
  const size_t defaults = std::min(DefaultCount(), positional_);
  const size_t required = positional_ - defaults;
  std::vector<size_t> missing;
  for (size_t i = given_; i < required; ++i) {
    if (out_[i].IsUnbound()) missing.push_back(i);
  }
  if (!missing.empty()) return Missing(missing, "positional");
  const size_t skipped = DefaultCount() - defaults;
  for (size_t i = std::max(given_, required); i < positional_; ++i) {
    if (out_[i].IsUnbound())
      out_[i] =
          function_->defaults.Load().As<Tuple>()->At(static_cast<int64_t>(skipped + i - required));
  }
  return kOk;
}

Status Binder::FillKeywordDefaults() {
  const Value defaults = function_->keyword_defaults.Load();
  std::vector<size_t> missing;
  for (size_t i = positional_; i < named_; ++i) {
    if (!out_[i].IsUnbound()) continue;
    if (IsDict(defaults)) {
      GILA_TRY(out_[i], DictGet(thread_, defaults.As<Dict>(), Name(i)));
    }
    if (out_[i].IsUnbound()) missing.push_back(i);
  }
  return missing.empty() ? kOk : Missing(missing, "keyword-only");
}

Status Binder::Bind() {
  GILA_TRY_VOID(Prepare());
  GILA_TRY_VOID(BindKeywords());
  if (given_ > positional_ && !has_rest_) return TooManyPositional();
  GILA_TRY_VOID(FillDefaults());
  GILA_TRY_VOID(FillKeywordDefaults());
  std::copy(out_, out_ + code_->parameter_count, args_);
  return kOk;
}

// A call with fewer positional arguments than parameters, the rest of which have defaults, and
// nothing special.
bool BindPlainDefaults(Function* function, const Code* code, Value* args, size_t count) {
  if (code->parameter_count != code->positional_count || count >= code->positional_count)
    return false;
  const Value defaults = function->defaults.Load();
  if (!IsTuple(defaults)) return false;
  const size_t missing = code->positional_count - count;
  const size_t have = static_cast<size_t>(defaults.As<Tuple>()->length);
  if (missing > have) return false;
  for (size_t i = 0; i < missing; ++i)
    args[count + i] = defaults.As<Tuple>()->At(static_cast<int64_t>(have - missing + i));
  return true;
}

}  // namespace

Status CheckStack(Thread& thread, const Value* top, size_t registers) {
  if (GILA_LIKELY(registers < static_cast<size_t>(thread.stack_limit - top) &&
                  top < thread.stack_limit))
    return kOk;
  return thread.RaiseRecursionError("");
}

Status BindArguments(Thread& thread, Function* function, const Code* code, Value* args,
                     size_t count, Value kwnames) {
  GILA_TRY_VOID(CheckStack(thread, args, count + code->parameter_count));
  if (kwnames.IsUnbound() && BindPlainDefaults(function, code, args, count)) return kOk;
  return Binder(thread, function, code, args, count, kwnames).Bind();
}

}  // namespace gila::vm
