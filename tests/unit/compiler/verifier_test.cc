// The verifier: sound code passes, and each kind of damage is found.
#include "compiler/verifier.h"

#include <catch2/catch.hpp>
#include <string>

#include "bytecode/bytecode.h"
#include "compiler/compile.h"

namespace gila::compiler {
namespace {

CodeData Compiled(const std::string& source) {
  CompileOptions options;
  options.filename = "test.py";
  CompileResult result = CompileToCode(source, options);
  REQUIRE(result.ok());
  return *result.code;
}

uint64_t Word(Opcode opcode, uint16_t a = 0, uint16_t b = 0, uint16_t c = 0) {
  return Instruction::Make(static_cast<uint16_t>(opcode), a, b, c);
}

uint64_t WideWord(Opcode opcode, uint16_t a, int32_t bc) {
  return Instruction::MakeWide(static_cast<uint16_t>(opcode), a, static_cast<uint32_t>(bc));
}

// Code of a module with three registers and one constant.
CodeData CodeOf(std::vector<uint64_t> words) {
  CodeData code;
  code.filename = "test.py";
  code.qualname = "<module>";
  code.register_count = 3;
  code.constants.resize(1);
  code.names.push_back("name");
  code.words = std::move(words);
  return code;
}

bool Complains(const CodeData& code, const std::string& about) {
  const std::string problem = VerifyCode(code);
  INFO(problem);
  return problem.find(about) != std::string::npos;
}

TEST_CASE("compiled code is sound", "[verifier]") {
  CHECK(VerifyCode(Compiled("def f(a, *b):\n  with a as c:\n    for d in b: yield d\n")).empty());
}

TEST_CASE("operands must be in range", "[verifier]") {
  const uint64_t end = Word(Opcode::kReturnNone);
  CHECK(VerifyCode(CodeOf({WideWord(Opcode::kLoadConst, 1, 0), end})).empty());
  CHECK(Complains(CodeOf({WideWord(Opcode::kLoadConst, 1, 1), end}), "constant 1 of 1"));
  CHECK(Complains(CodeOf({WideWord(Opcode::kLoadConst, 3, 0), end}), "registers 3 to 3 of 3"));
  CHECK(Complains(CodeOf({WideWord(Opcode::kDelName, 0, 1), end}), "name 1 of 1"));
  CHECK(Complains(CodeOf({Word(Opcode::kLoadFree, 1, 0), end}), "closure cell 0 of 0"));
  CHECK(Complains(CodeOf({Word(Opcode::kNewList, 1, 0, 4), end}), "registers 0 to 3 of 3"));
}

TEST_CASE("jumps land on instructions, the right way", "[verifier]") {
  const uint64_t end = Word(Opcode::kReturnNone);
  CHECK(VerifyCode(CodeOf({WideWord(Opcode::kJump, 0, 1), end})).empty());
  CHECK(Complains(CodeOf({WideWord(Opcode::kJump, 0, 5), end}), "middle of an instruction"));
  CHECK(Complains(CodeOf({WideWord(Opcode::kJump, 0, 0), end}), "the wrong way"));
  CHECK(Complains(CodeOf({WideWord(Opcode::kJumpBack, 0, 1), end}), "the wrong way"));
  // The word after LoadName is cache.
  CHECK(Complains(
      CodeOf({WideWord(Opcode::kJump, 0, 2), WideWord(Opcode::kLoadName, 1, 0), 0, 0, end}),
      "middle of an instruction"));
}

TEST_CASE("code does not run off its end", "[verifier]") {
  CHECK(Complains(CodeOf({WideWord(Opcode::kLoadConst, 1, 0)}), "runs off its end"));
  CHECK(Complains(CodeOf({}), "no code"));
  CHECK(Complains(CodeOf({0xFFFF}), "no such opcode"));
}

TEST_CASE("a temporary is written before it is read", "[verifier]") {
  const uint64_t end = Word(Opcode::kReturnNone);
  CHECK(Complains(CodeOf({Word(Opcode::kReturn, 1)}), "register 1 is not written"));
  // Written on one of two ways only.
  CHECK(Complains(CodeOf({WideWord(Opcode::kJumpIfTrue, 0, 2), WideWord(Opcode::kLoadConst, 1, 0),
                          Word(Opcode::kReturn, 1)}),
                  "register 1 is not written"));
  CHECK(VerifyCode(CodeOf({WideWord(Opcode::kLoadConst, 1, 0), WideWord(Opcode::kJumpIfTrue, 1, 1),
                           Word(Opcode::kReturn, 1)})) == "");
  CHECK(VerifyCode(CodeOf({end})).empty());
}

TEST_CASE("the exception table is sane", "[verifier]") {
  CodeData code = CodeOf(
      {WideWord(Opcode::kLoadConst, 1, 0), Word(Opcode::kReturnNone), Word(Opcode::kReraise, 2)});
  code.exceptions.push_back({0, 1, 2, 2});
  CHECK(VerifyCode(code).empty());
  code.exceptions[0].reg = 3;
  CHECK(Complains(code, "bad handler"));
  code.exceptions[0] = {0, 1, 3, 2};
  CHECK(Complains(code, "bad handler"));
  code.exceptions[0] = {1, 1, 2, 2};
  CHECK(Complains(code, "bad range"));
  code.exceptions = {{0, 2, 2, 2}, {1, 2, 2, 2}};
  CHECK(Complains(code, "bad range"));
}

}  // namespace
}  // namespace gila::compiler
