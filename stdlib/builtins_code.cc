// builtins_code.cc: compile, eval, exec, __import__ and breakpoint.
#include <algorithm>
#include <string>

#include "bytecode/code_data.h"
#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/ast_bridge.h"
#include "stdlib/builtins.h"
#include "stdlib/compile_source.h"
#include "stdlib/import.h"

namespace gila {

namespace {

// compile()'s flags.
constexpr int64_t kFlagOnlyAst = 0x400, kFlagTopLevelAwait = 0x2000, kFlagIncompleteInput = 0x4000,
                  kFlagKeepBlocksOpen = 0x200;
constexpr int64_t kFlagFutureAnnotations = 0x1000000, kFutureMask = 0x1FE0000;

// Does the code that calls say `from __future__ import annotations`? eval and exec inherit it.
bool CallerHasFutureAnnotations(Thread& thread) {
  if (thread.registers == nullptr) return false;
  const Value code = thread.registers[-1];  // vm/frame.h: the code is nearest to register 0
  return IsKind(code, kKindCode) && (code.As<Code>()->code_flags & kCodeFutureAnnotations) != 0;
}

// The text of a str, bytes or buffer argument, and how the compiler shall decode it.
Result<std::string> SourceText(Thread& thread, Value source, const char* function,
                               const char* wanted, compiler::CompileOptions* options) {
  if (IsStr(source)) {
    options->origin = compiler::SourceOrigin::kString;
    const Str* text = source.As<Str>();
    for (int64_t i = 0; !text->IsAscii() && i < text->length; ++i) {
      const uint32_t unit = text->At(i);
      if (unit >= 0xD800 && unit < 0xE000) {
        // The codec words the error.
        GILA_TRY_VOID(CallMethod(thread, source, Intern(thread, "encode"), {}));
      }
    }
    return ToUtf8(text);
  }
  if (IsBytesLike(source)) {
    options->origin = compiler::SourceOrigin::kBytes;
    return CopyBuffer(thread, source);
  }
  return thread.RaiseTypeError("%s() arg 1 must be a %s", function, wanted);
}

Status ParseMode(Thread& thread, Value mode, compiler::CompileOptions* options) {
  GILA_TRY(Str* const text, ToStrArgument(thread, mode, "compile() argument 'mode'"));
  if (StrEquals(text, "exec")) {
    options->mode = compiler::ParseMode::kExec;
  } else if (StrEquals(text, "eval")) {
    options->mode = compiler::ParseMode::kEval;
  } else if (StrEquals(text, "single")) {
    options->mode = compiler::ParseMode::kSingle;
  } else {
    return thread.RaiseValueError("compile() mode must be 'exec', 'eval' or 'single'");
  }
  return kOk;
}

// CPython takes blanks without a newline behind an expression for a line of its own, too deep.
Result<Code*> CompileExpression(Thread& thread, const std::string& text,
                                const compiler::CompileOptions& options) {
  GILA_TRY(Code* const code, CompileSource(thread, text, options));
  const size_t end = text.find_last_not_of(" \t\f");
  if (end == std::string::npos || end + 1 == text.size() || text[end] != '\n') return code;
  const Value line = Value::SmallInt(std::count(text.begin(), text.end(), '\n') + 1);
  const auto width = static_cast<int64_t>(text.size() - end - 1);
  GILA_TRY(const Value filename, NewStr(thread, options.filename));
  GILA_TRY(const Value blanks, NewStr(thread, std::string_view(text).substr(end + 1)));
  const Value place[] = {filename, line, Value::SmallInt(width), blanks, line, Value::SmallInt(-1)};
  GILA_TRY(const Value details, NewTuple(thread, place));
  GILA_TRY(const Value message, NewStr(thread, "unexpected indent"));
  GILA_TRY(const Value error, Call(thread, GetType(TypeId::kIndentationError), {message, details}));
  return thread.RaiseObject(error);
}

Result<Value> Compile(Thread& thread, Args args) {
  compiler::CompileOptions options;
  GILA_TRY(options.filename, EncodeFsPath(thread, args[1]));
  GILA_TRY_VOID(ParseMode(thread, args[2], &options));
  int64_t flags = 0, optimize = -1;
  bool dont_inherit = false;
  if (args.Has(3)) {
    GILA_TRY(flags, ToInt64(thread, args[3]));
  }
  if (args.Has(4)) {
    GILA_TRY(dont_inherit, Truth(thread, args[4]));
  }
  if (args.Has(5)) {
    GILA_TRY(optimize, ToInt64(thread, args[5]));
  }
  if (flags & ~(kFlagOnlyAst | kFlagTopLevelAwait | kFutureMask | 0x5200)) {
    return thread.RaiseValueError("compile(): unrecognised flags");
  }
  if (optimize < -1 || optimize > 2) {
    return thread.RaiseValueError("compile(): invalid optimize value");
  }
  options.optimize = optimize < 0 ? optimize_level : static_cast<int>(optimize);
  options.allow_top_level_await = (flags & kFlagTopLevelAwait) != 0;
  options.future_annotations = (flags & kFlagFutureAnnotations) != 0 ||
                               (!dont_inherit && CallerHasFutureAnnotations(thread));
  if (IsKind(args[0], kKindCode)) return args[0];
  options.allow_incomplete_input = (flags & kFlagIncompleteInput) != 0;
  GILA_TRY(const bool is_tree, IsAstObject(thread, args[0]));
  if (is_tree) {
    if (flags & kFlagOnlyAst) return args[0];
    return CompileAst(thread, args[0], options);
  }
  GILA_TRY(const std::string source,
           SourceText(thread, args[0], "compile", "string, bytes or AST object", &options));
  // What ends with a newline says that its blocks end there.
  options.keep_blocks_open = (flags & kFlagKeepBlocksOpen) != 0 && !source.ends_with('\n');
  if (flags & kFlagOnlyAst) return ParseToObjects(thread, source, options);
  if (options.mode == compiler::ParseMode::kEval) return CompileExpression(thread, source, options);
  return CompileSource(thread, source, options);
}

// --- eval and exec ---

struct Namespaces {
  Dict* globals = nullptr;
  Value locals = kUnbound;
};

bool IsMapping(Thread& thread, Value v) {
  return IsDict(v) || !LookupSpecial(thread, TypeOf(v), Special::kGetItem).IsUnbound();
}

Result<Namespaces> FindNamespaces(Thread& thread, Value globals, Value locals, bool is_eval) {
  Namespaces spaces;
  const char* function = is_eval ? "eval" : "exec";
  if (!globals.IsNone() && !IsDict(globals)) {
    if (is_eval) {
      return thread.RaiseTypeError(IsMapping(thread, globals)
                                       ? "globals must be a real dict; try eval(expr, {}, mapping)"
                                       : "globals must be a dict");
    }
    const std::string given(TypeNameOf(globals));
    return thread.RaiseTypeError("exec() globals must be a dict, not %s", given.c_str());
  }
  if (!locals.IsNone() && !IsMapping(thread, locals)) {
    if (is_eval) return thread.RaiseTypeError("locals must be a mapping");
    const std::string given(TypeNameOf(locals));
    return thread.RaiseTypeError("locals must be a mapping or None, not %s", given.c_str());
  }
  if (globals.IsNone()) {
    spaces.globals = CurrentGlobals(thread);
    if (spaces.globals == nullptr) {
      return thread.RaiseFormat(TypeId::kSystemError,
                                "%s must be given globals and locals when called without a frame",
                                function);
    }
    spaces.locals = locals;
    if (locals.IsNone()) {
      GILA_TRY(spaces.locals, CurrentLocals(thread));
    }
  } else {
    spaces.globals = globals.As<Dict>();
    spaces.locals = locals.IsNone() ? globals : locals;
  }
  GILA_TRY_VOID(
      DictSetDefault(thread, spaces.globals, NameOf(Name::kBuiltins), BuiltinsDict(thread)));
  return spaces;
}

Status CheckClosure(Thread& thread, const Code* code, Value closure) {
  const int64_t need = code->free_names.Load().As<Tuple>()->length;
  if (closure.IsNone()) {
    if (need == 0) return kOk;
    return thread.RaiseTypeError("code object requires a closure of exactly length %lld",
                                 static_cast<long long>(need));
  }
  if (need == 0) {
    return thread.RaiseTypeError("cannot use a closure with this code object");
  }
  bool good = IsTuple(closure) && closure.As<Tuple>()->length == need;
  for (int64_t i = 0; good && i < need; ++i) good = IsKind(closure.As<Tuple>()->At(i), kKindCell);
  if (good) return kOk;
  return thread.RaiseTypeError("code object requires a closure of exactly length %lld",
                               static_cast<long long>(need));
}

Result<Value> RunString(Thread& thread, Value source, const Namespaces& spaces, bool is_eval) {
  compiler::CompileOptions options;
  options.mode = is_eval ? compiler::ParseMode::kEval : compiler::ParseMode::kExec;
  options.optimize = optimize_level;
  options.future_annotations = CallerHasFutureAnnotations(thread);
  GILA_TRY(std::string text, SourceText(thread, source, is_eval ? "eval" : "exec",
                                        "string, bytes or code object", &options));
  if (is_eval) text.erase(0, text.find_first_not_of(" \t"));
  GILA_TRY(Code* const code, is_eval ? CompileExpression(thread, text, options)
                                     : CompileSource(thread, text, options));
  return RunCode(thread, code, spaces.globals, spaces.locals);
}

Result<Value> Eval(Thread& thread, Args args) {
  GILA_TRY(const Namespaces spaces,
           FindNamespaces(thread, args.Or(1, kNone), args.Or(2, kNone), true));
  if (!IsKind(args[0], kKindCode)) return RunString(thread, args[0], spaces, true);
  if (args[0].As<Code>()->free_names.Load().As<Tuple>()->length > 0) {
    return thread.RaiseTypeError("code object passed to eval() may not contain free variables");
  }
  return RunCode(thread, args[0].As<Code>(), spaces.globals, spaces.locals);
}

Result<Value> Exec(Thread& thread, Args args) {
  GILA_TRY(const Namespaces spaces,
           FindNamespaces(thread, args.Or(1, kNone), args.Or(2, kNone), false));
  const Value closure = args.Or(3, kNone);
  if (!IsKind(args[0], kKindCode)) {
    if (!closure.IsNone()) {
      return thread.RaiseTypeError("closure can only be used when source is a code object");
    }
    GILA_TRY_VOID(RunString(thread, args[0], spaces, false));
    return kNone;
  }
  Code* const code = args[0].As<Code>();
  GILA_TRY_VOID(CheckClosure(thread, code, closure));
  GILA_TRY_VOID(
      RunCode(thread, code, spaces.globals, spaces.locals, closure.IsNone() ? kUnbound : closure));
  return kNone;
}

// --- imports ---

Result<Value> Import(Thread& thread, Args args) {
  int64_t level = 0;
  if (args.Has(4)) {
    GILA_TRY(level, ToInt64(thread, args[4]));
  }
  return ImportModuleLevel(thread, args[0], args.Or(1, kNone), args.Or(3, kNone), level);
}

Result<Value> Breakpoint(Thread& thread, Args args) {
  const Value hook = SysAttribute(thread, Intern(thread, "breakpointhook"));
  if (hook.IsUnbound()) return thread.Raise(TypeId::kRuntimeError, "lost sys.breakpointhook");
  GILA_TRY(Tuple* const positional, NewTuple(thread, args.rest()));
  return CallWith(thread, hook, positional, args[0]);
}

}  // namespace

const NativeDef kCodeBuiltins[] = {
    {"compile", Compile,
     "(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)",
     "Compile source into a code object that can be executed by exec() or eval()."},
    {"eval", Eval, "(source, globals=None, locals=None, /)",
     "Evaluate the given source in the context of globals and locals."},
    {"exec", Exec, "(source, globals=None, locals=None, /, *, closure=None)",
     "Execute the given source in the context of globals and locals."},
    {"__import__", Import, "(name, globals=None, locals=None, fromlist=(), level=0)",
     "Import a module.\n\nBecause this function is meant for use by the Python\ninterpreter and "
     "not for general use, it is better to use\nimportlib.import_module() to programmatically "
     "import a module."},
    {"breakpoint", Breakpoint, "(*args, **kws)",
     "breakpoint(*args, **kws)\n\nCall sys.breakpointhook(*args, **kws)."},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace gila
