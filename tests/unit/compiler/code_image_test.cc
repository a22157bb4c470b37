// Images of code: what is written can be read, and what is damaged is refused.
#include "compiler/code_image.h"

#include <catch2/catch.hpp>

#include "compiler/compile.h"
#include "compiler/dump.h"
#include "compiler/verifier.h"

namespace gila::compiler {
namespace {

constexpr std::string_view kSource = R"(
"""A module's text."""
import os
class Shape:
    __slots__ = ("x",)
    def area(self, scale=1.5, *, unit=b"cm\0", **rest):
        "What it covers."
        try:
            return [self.x * i ** 2 for i in range(10) if i in {1, 2, 3}]
        except (ValueError, KeyError) as error:
            raise RuntimeError(f"{error!r:>10} é") from error
def outer(a, /, b=2**100, *args):
    def inner():
        nonlocal a
        a += -7j, ..., None, (1, (2.5, "x")), -2**70
        yield a
    return inner, lambda: __class__
)";

CodeData Compile(std::string_view source) {
  CompileOptions options;
  options.filename = "<image>";
  CompileResult result = CompileToCode(source, options);
  REQUIRE(result.ok());
  return *result.code;
}

std::string Describe(const CodeData& code) { return DumpCode(code, {.lines = true}); }

void CheckSame(const CodeData& a, const CodeData& b) {
  CHECK(a.filename == b.filename);
  CHECK(a.qualname == b.qualname);
  CHECK(a.flags == b.flags);
  CHECK(a.words == b.words);
  CHECK(a.cell_registers == b.cell_registers);
  CHECK(a.free_names == b.free_names);
  CHECK(a.attribute_guess == b.attribute_guess);
  REQUIRE(a.lines.size() == b.lines.size());
  for (size_t i = 0; i < a.lines.size(); ++i) {
    CHECK(a.lines[i].start == b.lines[i].start);
    CHECK(a.lines[i].range.line == b.lines[i].range.line);
    CHECK(a.lines[i].range.end_line == b.lines[i].range.end_line);
    CHECK(a.lines[i].range.column == b.lines[i].range.column);
    CHECK(a.lines[i].range.end_column == b.lines[i].range.end_column);
  }
  REQUIRE(a.exceptions.size() == b.exceptions.size());
  REQUIRE(a.constants.size() == b.constants.size());
  for (size_t i = 0; i < a.constants.size(); ++i) {
    CHECK(ConstantRepr(a.constants[i]) == ConstantRepr(b.constants[i]));
    if (a.constants[i].code != nullptr) CheckSame(*a.constants[i].code, *b.constants[i].code);
  }
}

}  // namespace

TEST_CASE("an image gives back the code it was made of", "[image]") {
  const CodeData code = Compile(kSource);
  const auto read = ReadCodeImage(WriteCodeImage(code));
  REQUIRE(read != nullptr);
  CHECK(Describe(*read) == Describe(code));
  CheckSame(*read, code);
  CHECK(VerifyCode(*read).empty());
}

TEST_CASE("a damaged image is refused", "[image]") {
  const std::string image = WriteCodeImage(Compile(kSource));
  for (size_t size = 0; size < image.size(); size += 3)
    CHECK(ReadCodeImage(std::string_view(image).substr(0, size)) == nullptr);
  for (size_t i = 0; i < image.size(); i += 5) {
    std::string damaged = image;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    CHECK(ReadCodeImage(damaged) == nullptr);
  }
}

}  // namespace gila::compiler
