// ssl_certificate.cc: certificates as getpeercert() shows them, for the module _ssl.
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "stdlib/ssl_internal.h"

namespace gila {

namespace {

Type* certificate_type = nullptr;

// The text that OpenSSL writes into a BIO.
std::string TextOf(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<size_t>(size)};
}

Result<Value> Text(Thread& thread, std::string_view utf8) {
  return Result<Value>(NewStr(thread, utf8));
}

Status Put(Thread& thread, Dict* dict, const char* key, Value value) {
  return DictSet(thread, dict, Intern(thread, key), value);
}

// An object identifier: its long name, or its numbers.
Result<Value> ObjectName(Thread& thread, const ASN1_OBJECT* object, bool numbers) {
  char buffer[256];
  const int size = OBJ_obj2txt(buffer, sizeof(buffer), object, numbers ? 1 : 0);
  if (size < 0) return RaiseSslLast(thread, __LINE__);
  return Text(thread, {buffer, std::min<size_t>(static_cast<size_t>(size), sizeof(buffer) - 1)});
}

Result<Value> NamePair(Thread& thread, X509_NAME_ENTRY* entry) {
  GILA_TRY(const Value key, ObjectName(thread, X509_NAME_ENTRY_get_object(entry), false));
  unsigned char* utf8 = nullptr;
  const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(entry));
  if (size < 0) return RaiseSslLast(thread, __LINE__);
  const std::string copy(reinterpret_cast<char*>(utf8), static_cast<size_t>(size));
  OPENSSL_free(utf8);
  GILA_TRY(const Value value, Text(thread, copy));
  return Result<Value>(NewPair(thread, key, value));
}

// A name: a tuple of tuples (those that belong together) of (attribute, value).
Result<Value> NameTuple(Thread& thread, const X509_NAME* name) {
  GILA_TRY(List * groups, NewList(thread));
  List* group = nullptr;
  int last_set = -1;
  for (int i = 0; i < X509_NAME_entry_count(name); ++i) {
    X509_NAME_ENTRY* const entry = X509_NAME_get_entry(name, i);
    if (group == nullptr || X509_NAME_ENTRY_set(entry) != last_set) {
      if (group != nullptr) {
        GILA_TRY(Tuple * done, ListToTuple(thread, group));
        GILA_TRY_VOID(ListAppend(thread, groups, done));
      }
      GILA_TRY(group, NewList(thread));
    }
    last_set = X509_NAME_ENTRY_set(entry);
    GILA_TRY(const Value pair, NamePair(thread, entry));
    GILA_TRY_VOID(ListAppend(thread, group, pair));
  }
  if (group != nullptr) {
    GILA_TRY(Tuple * done, ListToTuple(thread, group));
    GILA_TRY_VOID(ListAppend(thread, groups, done));
  }
  return Result<Value>(ListToTuple(thread, groups));
}

Result<Value> Printed(Thread& thread, const ASN1_TIME* time) {
  BIO* const bio = BIO_new(BIO_s_mem());
  ASN1_TIME_print(bio, time);
  const std::string text = TextOf(bio);
  BIO_free(bio);
  return Text(thread, text);
}

std::string_view View(const ASN1_STRING* string) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
          static_cast<size_t>(ASN1_STRING_length(string))};
}

std::string AddressText(const ASN1_OCTET_STRING* octets) {
  const auto* data = ASN1_STRING_get0_data(octets);
  char buffer[64];
  if (ASN1_STRING_length(octets) == 4) {
    snprintf(buffer, sizeof(buffer), "%d.%d.%d.%d", data[0], data[1], data[2], data[3]);
    return buffer;
  }
  if (ASN1_STRING_length(octets) != 16) return "<invalid>";
  std::string text;
  for (int i = 0; i < 16; i += 2) {
    snprintf(buffer, sizeof(buffer), i == 0 ? "%X" : ":%X", data[i] << 8 | data[i + 1]);
    text += buffer;
  }
  return text;
}

// One entry of subjectAltName: (kind, value).
Result<Value> GeneralName(Thread& thread, GENERAL_NAME* name) {
  const auto pair = [&](const char* kind, Value value) -> Result<Value> {
    return Result<Value>(NewPair(thread, Intern(thread, kind), value));
  };
  const auto text_pair = [&](const char* kind, std::string_view text) -> Result<Value> {
    GILA_TRY(const Value value, Text(thread, text));
    return pair(kind, value);
  };
  switch (name->type) {
    case GEN_DIRNAME: {
      GILA_TRY(const Value value, NameTuple(thread, name->d.dirn));
      return pair("DirName", value);
    }
    case GEN_EMAIL:
      return text_pair("email", View(name->d.rfc822Name));
    case GEN_DNS:
      return text_pair("DNS", View(name->d.dNSName));
    case GEN_URI:
      return text_pair("URI", View(name->d.uniformResourceIdentifier));
    case GEN_RID: {
      GILA_TRY(const Value value, ObjectName(thread, name->d.rid, true));
      return pair("Registered ID", value);
    }
    case GEN_IPADD:
      return text_pair("IP Address", AddressText(name->d.ip));
    default: {
      BIO* const bio = BIO_new(BIO_s_mem());
      GENERAL_NAME_print(bio, name);
      const std::string text = TextOf(bio);
      BIO_free(bio);
      const size_t colon = text.find(':');
      if (colon == std::string::npos) return text_pair("<unsupported>", text);
      return text_pair(text.substr(0, colon).c_str(), text.substr(colon + 1));
    }
  }
}

Result<Value> AlternativeNames(Thread& thread, X509* certificate) {
  auto* const names = static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  if (names == nullptr) return kUnbound;
  Result<List*> found = NewList(thread);
  for (int i = 0; found.ok() && i < sk_GENERAL_NAME_num(names); ++i) {
    const Result<Value> pair = GeneralName(thread, sk_GENERAL_NAME_value(names, i));
    if (!pair.ok() || !ListAppend(thread, found.value(), pair.value()).ok()) found = kFailed;
  }
  sk_GENERAL_NAME_pop_free(names, GENERAL_NAME_free);
  if (!found.ok()) return kFailed;
  return Result<Value>(ListToTuple(thread, found.value()));
}

// The addresses that authorityInfoAccess gives for a purpose.
Result<Value> AccessAddresses(Thread& thread, X509* certificate, int purpose) {
  auto* const info = static_cast<AUTHORITY_INFO_ACCESS*>(
      X509_get_ext_d2i(certificate, NID_info_access, nullptr, nullptr));
  if (info == nullptr) return kUnbound;
  Result<List*> found = NewList(thread);
  for (int i = 0; found.ok() && i < sk_ACCESS_DESCRIPTION_num(info); ++i) {
    const ACCESS_DESCRIPTION* const entry = sk_ACCESS_DESCRIPTION_value(info, i);
    if (OBJ_obj2nid(entry->method) != purpose || entry->location->type != GEN_URI) continue;
    const Result<Value> text = Text(thread, View(entry->location->d.uniformResourceIdentifier));
    if (!text.ok() || !ListAppend(thread, found.value(), text.value()).ok()) found = kFailed;
  }
  AUTHORITY_INFO_ACCESS_free(info);
  if (!found.ok()) return kFailed;
  if (found.value()->size.Load() == 0) return kUnbound;
  return Result<Value>(ListToTuple(thread, found.value()));
}

Result<Value> RevocationLists(Thread& thread, X509* certificate) {
  auto* const points = static_cast<CRL_DIST_POINTS*>(
      X509_get_ext_d2i(certificate, NID_crl_distribution_points, nullptr, nullptr));
  if (points == nullptr) return kUnbound;
  Result<List*> found = NewList(thread);
  for (int i = 0; found.ok() && i < sk_DIST_POINT_num(points); ++i) {
    const DIST_POINT* const point = sk_DIST_POINT_value(points, i);
    if (point->distpoint == nullptr || point->distpoint->type != 0) continue;
    GENERAL_NAMES* const names = point->distpoint->name.fullname;
    for (int j = 0; found.ok() && j < sk_GENERAL_NAME_num(names); ++j) {
      const GENERAL_NAME* const name = sk_GENERAL_NAME_value(names, j);
      if (name->type != GEN_URI) continue;
      const Result<Value> text = Text(thread, View(name->d.uniformResourceIdentifier));
      if (!text.ok() || !ListAppend(thread, found.value(), text.value()).ok()) found = kFailed;
    }
  }
  CRL_DIST_POINTS_free(points);
  if (!found.ok()) return kFailed;
  if (found.value()->size.Load() == 0) return kUnbound;
  return Result<Value>(ListToTuple(thread, found.value()));
}

Result<Value> SerialNumber(Thread& thread, X509* certificate) {
  BIO* const bio = BIO_new(BIO_s_mem());
  i2a_ASN1_INTEGER(bio, X509_get0_serialNumber(certificate));
  const std::string text = TextOf(bio);
  BIO_free(bio);
  return Text(thread, text);
}

// _test_decode_cert(path): the dict of a PEM file.
Result<Value> DecodeFile(Thread& thread, Args args) {
  GILA_TRY(const std::string path, EncodeFsPath(thread, args[0]));
  BIO* const file = BIO_new_file(path.c_str(), "rb");
  if (file == nullptr)
    return RaiseSslText(thread, kSslError, 0, "Can't open file", ERR_peek_last_error());
  X509* const certificate = PEM_read_bio_X509(file, nullptr, nullptr, nullptr);
  BIO_free(file);
  if (certificate == nullptr)
    return RaiseSslText(thread, kSslError, 0, "Error decoding PEM-encoded file",
                        ERR_peek_last_error());
  const Result<Value> shown = CertificateDict(thread, certificate);
  X509_free(certificate);
  return shown;
}

constexpr NativeDef kCertificateFunctions[] = {
    {"_test_decode_cert", DecodeFile, "(path, /)", "The dict of the certificate in a PEM file."},
    {nullptr, nullptr, nullptr, nullptr}};

// --- Certificate: one that a connection has seen ---

struct Certificate : Object {
  X509* certificate;
};

constexpr int kPem = 1, kDer = 2;

X509* Of(Value v) { return v.As<Certificate>()->certificate; }

Result<Value> PublicBytes(Thread& thread, Args args) {
  int64_t format = kPem;
  if (args.Has(1)) {
    GILA_TRY(format, ToInt64(thread, args[1]));
  }
  if (format == kDer) return CertificateBytes(thread, Of(args[0]));
  if (format != kPem) return thread.RaiseValueError("Unsupported format");
  BIO* const bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, Of(args[0]));
  const std::string text = TextOf(bio);
  BIO_free(bio);
  return Text(thread, text);
}

Result<Value> GetInfo(Thread& thread, Args args) { return CertificateDict(thread, Of(args[0])); }

Result<Value> CertificateRepr(Thread& thread, Args args) {
  BIO* const bio = BIO_new(BIO_s_mem());
  X509_NAME_print_ex(bio, X509_get_subject_name(Of(args[0])), 0,
                     XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
  const std::string name = TextOf(bio);
  BIO_free(bio);
  return Text(thread, "<_ssl.Certificate '" + name + "'>");
}

Result<Value> CertificateEqual(Thread&, Args args) {
  if (!IsSubtype(TypeOf(args[1]), certificate_type)) return kNotImplemented;
  return Value::Bool(X509_cmp(Of(args[0]), Of(args[1])) == 0);
}

Result<Value> CertificateHash(Thread& thread, Args args) {
  GILA_TRY(const Value bytes, CertificateBytes(thread, Of(args[0])));
  GILA_TRY(const int64_t hash, Hash(thread, bytes));
  return NewInt(thread, hash);
}

void FinalizeCertificate(Object* object) {
  X509_free(static_cast<Certificate*>(object)->certificate);
}

constexpr KindInfo kKind = {"Certificate", nullptr, FinalizeCertificate};
constexpr NativeDef kMethods[] = {
    {"public_bytes", PublicBytes, "(self, format=1)", "As text (PEM) or bytes (DER)."},
    {"get_info", GetInfo, "(self)", "The dict that getpeercert() shows."},
    {"__repr__", CertificateRepr, "(self, /)", "Return repr(self)."},
    {"__eq__", CertificateEqual, "(self, value, /)", "Return self==value."},
    {"__hash__", CertificateHash, "(self, /)", "Return hash(self)."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kSpec = {.doc = "A certificate.", .methods = kMethods};

}  // namespace

Result<Value> NewCertificate(Thread& thread, X509* certificate) {
  GILA_TRY(Object * object, AllocateInstance(thread, certificate_type));
  X509_up_ref(certificate);
  static_cast<Certificate*>(object)->certificate = certificate;
  heap::RegisterFinalizer(thread, object);
  return object;
}

Status AddCertificate(Thread& thread, Module* module) {
  GILA_TRY(certificate_type, AddType(thread, module, kSpec, "_ssl.Certificate", RegisterKind(kKind),
                                     sizeof(Certificate), kNoInstantiate));
  heap::AddRoot(reinterpret_cast<Object**>(&certificate_type));
  GILA_TRY_VOID(AddValue(thread, module, "ENCODING_PEM", Value::SmallInt(kPem)));
  GILA_TRY_VOID(AddValue(thread, module, "ENCODING_DER", Value::SmallInt(kDer)));
  return AddFunctions(thread, module, kCertificateFunctions);
}

Result<Value> CertificateBytes(Thread& thread, X509* certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(certificate, &bytes);
  if (size < 0) return RaiseSslLast(thread, __LINE__);
  const std::string copy(reinterpret_cast<char*>(bytes), static_cast<size_t>(size));
  OPENSSL_free(bytes);
  return NewBytes(thread, copy);
}

Result<Value> CertificateDict(Thread& thread, X509* certificate) {
  GILA_TRY(Dict * shown, NewDict(thread));
  GILA_TRY(const Value subject, NameTuple(thread, X509_get_subject_name(certificate)));
  GILA_TRY_VOID(Put(thread, shown, "subject", subject));
  GILA_TRY(const Value issuer, NameTuple(thread, X509_get_issuer_name(certificate)));
  GILA_TRY_VOID(Put(thread, shown, "issuer", issuer));
  GILA_TRY_VOID(Put(thread, shown, "version", Value::SmallInt(X509_get_version(certificate) + 1)));
  GILA_TRY(const Value serial, SerialNumber(thread, certificate));
  GILA_TRY_VOID(Put(thread, shown, "serialNumber", serial));
  GILA_TRY(const Value before, Printed(thread, X509_get0_notBefore(certificate)));
  GILA_TRY_VOID(Put(thread, shown, "notBefore", before));
  GILA_TRY(const Value after, Printed(thread, X509_get0_notAfter(certificate)));
  GILA_TRY_VOID(Put(thread, shown, "notAfter", after));
  const auto put_if_there = [&](const char* key, Result<Value> value) -> Status {
    GILA_TRY(const Value found, value);
    return found.IsUnbound() ? Status(kOk) : Put(thread, shown, key, found);
  };
  GILA_TRY_VOID(put_if_there("subjectAltName", AlternativeNames(thread, certificate)));
  GILA_TRY_VOID(put_if_there("OCSP", AccessAddresses(thread, certificate, NID_ad_OCSP)));
  GILA_TRY_VOID(put_if_there("caIssuers", AccessAddresses(thread, certificate, NID_ad_ca_issuers)));
  GILA_TRY_VOID(put_if_there("crlDistributionPoints", RevocationLists(thread, certificate)));
  return shown;
}

}  // namespace gila
