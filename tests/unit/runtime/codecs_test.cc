// codecs_test.cc: encodings, error handlers, and decoders fed piece by piece.
#include "runtime/text/codecs.h"

#include "runtime/types/bytes.h"
#include "runtime_fixture.h"

namespace gila {

namespace {

std::string Encoded(const char* utf8, const char* encoding, const char* errors = "strict") {
  const Result<Value> bytes = EncodeStr(TestThread(), MakeStr(utf8), encoding, errors);
  return bytes.ok() ? BytesRepr(bytes.value().As<Bytes>()->view()) : TextOf(bytes);
}
std::string Decoded(std::string_view bytes, const char* encoding, const char* errors = "strict") {
  return TextOf(DecodeBytes(TestThread(), bytes, encoding, errors));
}

}  // namespace

TEST_CASE("encodings by any of their names", "[codecs]") {
  CHECK(FindEncoding("UTF-8") == Encoding::kUtf8);
  CHECK(FindEncoding("utf_8") == Encoding::kUtf8);
  CHECK(FindEncoding("Latin-1") == Encoding::kLatin1);
  CHECK(FindEncoding("ISO-8859-1") == Encoding::kLatin1);
  CHECK(FindEncoding("US-ASCII") == Encoding::kAscii);
  CHECK(EncodingName(FindEncoding("windows-1252")) == std::string("cp1252"));
  CHECK(FindEncoding("nope") == Encoding::kUnknown);
}

TEST_CASE("text is encoded", "[codecs]") {
  CHECK(Encoded("\u20ac", "utf-8") == "b'\\xe2\\x82\\xac'");
  CHECK(Encoded("\u20ac", "utf-16") == "b'\\xff\\xfe\\xac '");
  CHECK(Encoded("\U0001F600", "utf-16-be") == "b'\\xd8=\\xde\\x00'");
  CHECK(Encoded("a", "utf-32-le") == "b'a\\x00\\x00\\x00'");
  CHECK(Encoded("\u20ac", "cp1252") == "b'\\x80'");
  CHECK(Encoded("\u00e9", "latin-1") == "b'\\xe9'");
  CHECK(Encoded("\u00e9", "ascii", "replace") == "b'?'");
  CHECK(Encoded("\u20ac", "ascii", "xmlcharrefreplace") == "b'&#8364;'");
  CHECK(Encoded("\u20ac", "ascii", "backslashreplace") == "b'\\\\u20ac'");
  CHECK(Encoded("a\u00e9", "ascii", "ignore") == "b'a'");
}

TEST_CASE("what cannot be encoded is an error with its place", "[codecs]") {
  CHECK(Encoded("a\u00e9\u00e8", "ascii") ==
        "UnicodeEncodeError: 'ascii' codec can't encode characters in position 1-2: ordinal not "
        "in range(128)");
  CHECK(Encoded("\u20ac", "latin-1") ==
        "UnicodeEncodeError: 'latin-1' codec can't encode character '\\u20ac' in position 0: "
        "ordinal not in range(256)");
}

TEST_CASE("bytes are decoded", "[codecs]") {
  CHECK(Decoded("caf\xc3\xa9", "utf-8") == "caf\u00e9");
  CHECK(Decoded("\xff\xfe\xac\x20", "utf-16") == "\u20ac");
  CHECK(Decoded("\x80", "cp1252") == "\u20ac");
  CHECK(Decoded("\xef\xbb\xbfx", "utf-8-sig") == "x");
  CHECK(Decoded("a\\n\\u20ac\\x41", "unicode_escape") == "a\n\u20acA");
}

TEST_CASE("malformed UTF-8", "[codecs]") {
  CHECK(Decoded("a\xff", "utf-8") ==
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 1: invalid start "
        "byte");
  CHECK(Decoded("\xe2\x82", "utf-8") ==
        "UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 0-1: unexpected end of "
        "data");
  CHECK(Decoded("\xe2(\xa1", "utf-8") ==
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe2 in position 0: invalid "
        "continuation byte");
  CHECK(Decoded("a\xff z", "utf-8", "replace") == "a\ufffd z");
  CHECK(Decoded("a\xff z", "utf-8", "ignore") == "a z");
  CHECK(Decoded("a\xff z", "utf-8", "backslashreplace") == "a\\xff z");
}

TEST_CASE("surrogateescape brings any bytes back", "[codecs]") {
  Thread& thread = TestThread();
  const std::string bytes = "ok\xff\xc3(\x80";
  Str* const text = DecodeBytes(thread, bytes, "utf-8", "surrogateescape").value();
  const Value back = EncodeStr(thread, text, "utf-8", "surrogateescape").value();
  CHECK(back.As<Bytes>()->view() == bytes);
}

TEST_CASE("a decoder that is fed piece by piece leaves an incomplete character over", "[codecs]") {
  Thread& thread = TestThread();
  int64_t consumed = 0;
  Str* const text =
      DecodePiece(thread, "ab\xe2\x82", Encoding::kUtf8, "strict", false, &consumed).value();
  CHECK(ToUtf8(text) == "ab");
  CHECK(consumed == 2);
}

}  // namespace gila
