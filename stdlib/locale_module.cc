// locale_module.cc: the module _locale: the C library's locales. The rest of locale is in the
// language itself.
//
// The locale is one for the whole process. Nothing else here depends on it: numbers are read and
// written by functions that know no locale.
#include <langinfo.h>
#include <libintl.h>

#include <cerrno>
#include <clocale>
#include <cstring>
#include <cwchar>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/library.h"
#include "stdlib/start_locale.h"

namespace gila {

namespace {

Value locale_error = kUnbound;
std::mutex locale_mutex;  // setlocale and localeconv give out memory of the library
std::string start_locale;
std::once_flag start_locale_used;

Failed RaiseLocaleError(Thread& thread, const char* message) {
  auto text = NewStr(thread, message);
  if (!text.ok()) return kFailed;
  auto error = Call(thread, locale_error, {Value(text.value())});
  if (!error.ok()) return kFailed;
  return thread.RaiseObject(error.value());
}

Result<Value> SetLocale(Thread& thread, Args args) {
  GILA_TRY(const int64_t category, ToInt64(thread, args[0]));
  std::string name;
  const bool asks = !args.Has(1) || args[1].IsNone();
  if (!asks) {
    GILA_TRY(Str * text, ToStrArgument(thread, args[1], "setlocale() argument 2"));
    name = ToUtf8(text);
  }
  std::string answer;
  bool known;
  {
    const std::lock_guard<std::mutex> guard(locale_mutex);
    const char* const result =
        std::setlocale(static_cast<int>(category), asks ? nullptr : name.c_str());
    known = result != nullptr;
    if (known) answer = result;
  }
  if (!known)
    return RaiseLocaleError(thread, asks ? "locale query failed" : "unsupported locale setting");
  return Result<Value>(DecodeFsPath(thread, answer));
}

Status PutText(Thread& thread, Dict* dict, const char* key, const std::string& text) {
  GILA_TRY(Str * value, DecodeFsPath(thread, text));
  return DictSet(thread, dict, Intern(thread, key), value);
}
// The sizes of groups of digits, up to the end mark.
Status PutGrouping(Thread& thread, Dict* dict, const char* key, const std::string& grouping) {
  GILA_TRY(List * list, NewList(thread));
  for (const char size : grouping) GILA_TRY_VOID(ListAppend(thread, list, Value::SmallInt(size)));
  if (!grouping.empty() && grouping.back() != CHAR_MAX)
    GILA_TRY_VOID(ListAppend(thread, list, Value::SmallInt(0)));
  return DictSet(thread, dict, Intern(thread, key), list);
}

Result<Value> LocaleConv(Thread& thread, Args) {
  struct Texts {
    const char* key;
    std::string text;
  };
  std::vector<Texts> texts;
  std::vector<std::pair<const char*, int>> numbers;
  std::string grouping, money_grouping;
  {
    const std::lock_guard<std::mutex> guard(locale_mutex);
    const lconv* const l = std::localeconv();
    texts = {
        {"decimal_point", l->decimal_point},         {"thousands_sep", l->thousands_sep},
        {"int_curr_symbol", l->int_curr_symbol},     {"currency_symbol", l->currency_symbol},
        {"mon_decimal_point", l->mon_decimal_point}, {"mon_thousands_sep", l->mon_thousands_sep},
        {"positive_sign", l->positive_sign},         {"negative_sign", l->negative_sign}};
    numbers = {{"int_frac_digits", l->int_frac_digits}, {"frac_digits", l->frac_digits},
               {"p_cs_precedes", l->p_cs_precedes},     {"p_sep_by_space", l->p_sep_by_space},
               {"n_cs_precedes", l->n_cs_precedes},     {"n_sep_by_space", l->n_sep_by_space},
               {"p_sign_posn", l->p_sign_posn},         {"n_sign_posn", l->n_sign_posn}};
    grouping = l->grouping;
    money_grouping = l->mon_grouping;
  }
  GILA_TRY(Dict * dict, NewDict(thread));
  for (const auto& [key, number] : numbers)
    GILA_TRY_VOID(DictSet(thread, dict, Intern(thread, key), Value::SmallInt(number)));
  for (const auto& [key, text] : texts) GILA_TRY_VOID(PutText(thread, dict, key, text));
  GILA_TRY_VOID(PutGrouping(thread, dict, "grouping", grouping));
  GILA_TRY_VOID(PutGrouping(thread, dict, "mon_grouping", money_grouping));
  return dict;
}

Result<std::wstring> Wide(Thread& thread, Value v, const char* what) GILA_ATTACHED {
  GILA_TRY(Str * text, ToStrArgument(thread, v, what));
  std::wstring wide;
  for (int64_t i = 0; i < text->length; ++i) {
    if (text->At(i) == 0) return thread.RaiseValueError("embedded null character");
    wide += static_cast<wchar_t>(text->At(i));
  }
  return wide;
}
Result<Value> StrColl(Thread& thread, Args args) {
  GILA_TRY(const std::wstring a, Wide(thread, args[0], "strcoll() argument 1"));
  GILA_TRY(const std::wstring b, Wide(thread, args[1], "strcoll() argument 2"));
  return Value::SmallInt(std::wcscoll(a.c_str(), b.c_str()));
}
Result<Value> StrXfrm(Thread& thread, Args args) {
  GILA_TRY(const std::wstring text, Wide(thread, args[0], "strxfrm() argument 1"));
  std::wstring key(std::wcsxfrm(nullptr, text.c_str(), 0) + 1, L'\0');
  key.resize(std::wcsxfrm(key.data(), text.c_str(), key.size()));
  std::vector<uint32_t> units(key.begin(), key.end());
  for (uint32_t& unit : units) unit = unit > 0x10FFFF ? 0x10FFFF : unit;
  return Result<Value>(NewStrFromUcs4(thread, units.data(), static_cast<int64_t>(units.size())));
}
Result<Value> NlLangInfo(Thread& thread, Args args) {
  GILA_TRY(const int64_t item, ToInt64(thread, args[0]));
  const char* const text = nl_langinfo(static_cast<nl_item>(item));
  if (text == nullptr) return thread.RaiseValueError("unsupported langinfo constant");
  return Result<Value>(DecodeFsPath(thread, text));
}
// --- the C library's catalogues of messages ---

// The text of an argument; *given is false for None.
Result<std::string> TextOrNone(Thread& thread, Value v, const char* what,
                               bool* given) GILA_ATTACHED {
  *given = !v.IsNone();
  if (v.IsNone()) return std::string();
  if (!IsStr(v))
    return thread.RaiseTypeError("%s must be str or None, not %s", what,
                                 std::string(TypeNameOf(v)).c_str());
  return ToUtf8(v.As<Str>());
}
Result<Value> TextOrNoneOf(Thread& thread, const char* text) GILA_ATTACHED {
  if (text == nullptr) return kNone;
  return Result<Value>(DecodeFsPath(thread, text));
}

Result<Value> GetText(Thread& thread, Args args) {
  GILA_TRY(Str * message, ToStrArgument(thread, args[0], "gettext() argument"));
  const std::string text = ToUtf8(message);
  return TextOrNoneOf(thread, gettext(text.c_str()));
}
Result<Value> DGetText(Thread& thread, Args args) {
  bool given;
  GILA_TRY(const std::string domain, TextOrNone(thread, args[0], "dgettext() argument 1", &given));
  GILA_TRY(Str * message, ToStrArgument(thread, args[1], "dgettext() argument 2"));
  const std::string text = ToUtf8(message);
  return TextOrNoneOf(thread, dgettext(given ? domain.c_str() : nullptr, text.c_str()));
}
Result<Value> DcGetText(Thread& thread, Args args) {
  bool given;
  GILA_TRY(const std::string domain, TextOrNone(thread, args[0], "dcgettext() argument 1", &given));
  GILA_TRY(Str * message, ToStrArgument(thread, args[1], "dcgettext() argument 2"));
  GILA_TRY(const int64_t category, ToInt64(thread, args[2]));
  const std::string text = ToUtf8(message);
  return TextOrNoneOf(thread, dcgettext(given ? domain.c_str() : nullptr, text.c_str(),
                                        static_cast<int>(category)));
}
Result<Value> TextDomain(Thread& thread, Args args) {
  bool given;
  GILA_TRY(const std::string domain, TextOrNone(thread, args[0], "textdomain() argument", &given));
  const char* const now = textdomain(given ? domain.c_str() : nullptr);
  if (now == nullptr) return thread.RaiseOsError(errno);
  return TextOrNoneOf(thread, now);
}
Result<Value> BindTextDomain(Thread& thread, Args args) {
  GILA_TRY(Str * name, ToStrArgument(thread, args[0], "bindtextdomain() argument 1"));
  const std::string domain = ToUtf8(name);
  if (domain.empty()) return RaiseLocaleError(thread, "domain must be a non-empty string");
  std::string folder;
  if (!args[1].IsNone()) {
    GILA_TRY(folder, EncodeFsPath(thread, args[1]));
  }
  const char* const now =
      bindtextdomain(domain.c_str(), args[1].IsNone() ? nullptr : folder.c_str());
  if (now == nullptr) return thread.RaiseOsError(errno);
  return TextOrNoneOf(thread, now);
}
Result<Value> BindTextDomainCodeset(Thread& thread, Args args) {
  GILA_TRY(Str * name, ToStrArgument(thread, args[0], "bind_textdomain_codeset() argument 1"));
  bool given;
  GILA_TRY(const std::string codeset,
           TextOrNone(thread, args[1], "bind_textdomain_codeset() argument 2", &given));
  const std::string domain = ToUtf8(name);
  return TextOrNoneOf(thread,
                      bind_textdomain_codeset(domain.c_str(), given ? codeset.c_str() : nullptr));
}

// UTF-8 mode does not ask the locale.
Result<Value> GetEncoding(Thread& thread, Args) {
  const char* const name = is_utf8_mode ? "" : nl_langinfo(CODESET);
  return Result<Value>(NewStr(thread, *name != '\0' ? name : "UTF-8"));
}

constexpr NativeDef kFunctions[] = {
    {"setlocale", SetLocale, "(category, locale=None, /)",
     "Sets the locale of a category, or says which it is."},
    {"localeconv", LocaleConv, "()", "How the locale writes numbers and money, as a dict."},
    {"strcoll", StrColl, "(os1, os2, /)", "Compares two strings in the order of the locale."},
    {"strxfrm", StrXfrm, "(string, /)", "A string that compares as the locale compares this one."},
    {"nl_langinfo", NlLangInfo, "(key, /)", "The text of the locale for a langinfo constant."},
    {"gettext", GetText, "(msg, /)",
     "The translation of a message, from the C library's catalogues."},
    {"dgettext", DGetText, "(domain, msg, /)", "The same from the catalogues of a domain."},
    {"dcgettext", DcGetText, "(domain, msg, category, /)", "The same for a category."},
    {"textdomain", TextDomain, "(domain, /)", "Sets the domain that gettext() asks, and tells it."},
    {"bindtextdomain", BindTextDomain, "(domain, dir, /)", "Sets where a domain's catalogues are."},
    {"bind_textdomain_codeset", BindTextDomainCodeset, "(domain, codeset, /)",
     "Sets the encoding of a domain's messages."},
    {"getencoding", GetEncoding, "()", "The encoding of the locale."},
    {}};

constexpr struct {
  const char* name;
  int value;
} kConstants[] = {
#define GILA_LOCALE(name) {#name, name},
    GILA_LOCALE(LC_CTYPE) GILA_LOCALE(LC_NUMERIC) GILA_LOCALE(LC_TIME) GILA_LOCALE(
        LC_COLLATE) GILA_LOCALE(LC_MONETARY) GILA_LOCALE(LC_MESSAGES) GILA_LOCALE(LC_ALL)
        GILA_LOCALE(CODESET) GILA_LOCALE(D_T_FMT) GILA_LOCALE(D_FMT) GILA_LOCALE(T_FMT) GILA_LOCALE(
            T_FMT_AMPM) GILA_LOCALE(AM_STR) GILA_LOCALE(PM_STR) GILA_LOCALE(RADIXCHAR)
            GILA_LOCALE(THOUSEP) GILA_LOCALE(YESEXPR) GILA_LOCALE(NOEXPR) GILA_LOCALE(CRNCYSTR)
                GILA_LOCALE(ERA) GILA_LOCALE(ERA_D_FMT) GILA_LOCALE(ERA_D_T_FMT) GILA_LOCALE(
                    ERA_T_FMT) GILA_LOCALE(ALT_DIGITS) GILA_LOCALE(DAY_1) GILA_LOCALE(DAY_2)
                    GILA_LOCALE(DAY_3) GILA_LOCALE(DAY_4) GILA_LOCALE(DAY_5) GILA_LOCALE(DAY_6)
                        GILA_LOCALE(DAY_7) GILA_LOCALE(ABDAY_1) GILA_LOCALE(ABDAY_2) GILA_LOCALE(
                            ABDAY_3) GILA_LOCALE(ABDAY_4) GILA_LOCALE(ABDAY_5) GILA_LOCALE(ABDAY_6)
                            GILA_LOCALE(ABDAY_7) GILA_LOCALE(MON_1) GILA_LOCALE(MON_2) GILA_LOCALE(
                                MON_3) GILA_LOCALE(MON_4) GILA_LOCALE(MON_5) GILA_LOCALE(MON_6)
                                GILA_LOCALE(MON_7) GILA_LOCALE(MON_8) GILA_LOCALE(MON_9)
                                    GILA_LOCALE(MON_10) GILA_LOCALE(MON_11) GILA_LOCALE(MON_12)
                                        GILA_LOCALE(ABMON_1) GILA_LOCALE(ABMON_2)
                                            GILA_LOCALE(ABMON_3) GILA_LOCALE(ABMON_4)
                                                GILA_LOCALE(ABMON_5) GILA_LOCALE(ABMON_6)
                                                    GILA_LOCALE(ABMON_7) GILA_LOCALE(ABMON_8)
                                                        GILA_LOCALE(ABMON_9) GILA_LOCALE(ABMON_10)
                                                            GILA_LOCALE(ABMON_11)
                                                                GILA_LOCALE(ABMON_12)
#undef GILA_LOCALE
                                                                    {"CHAR_MAX", CHAR_MAX}};

}  // namespace

void NoteStartLocale(std::string name) { start_locale = std::move(name); }

void UseStartLocale() {
  std::call_once(start_locale_used, [] {
    if (!start_locale.empty()) std::setlocale(LC_CTYPE, start_locale.c_str());
  });
}

Status InitLocaleModule(Thread& thread, Module* module) {
  UseStartLocale();
  GILA_TRY(Tuple * bases,
           NewTuple(thread, std::initializer_list<Value>{GetType(TypeId::kException)}));
  GILA_TRY(Dict * names, NewDict(thread));
  GILA_TRY_VOID(DictSet(thread, names, NameOf(Name::kModule_), Intern(thread, "locale")));
  GILA_TRY(locale_error,
           Call(thread, GetType(TypeId::kType), {Intern(thread, "Error"), bases, names}));
  heap::AddRoot(&locale_error);
  GILA_TRY_VOID(AddValue(thread, module, "Error", locale_error));
  for (const auto& constant : kConstants)
    GILA_TRY_VOID(AddValue(thread, module, constant.name, Value::SmallInt(constant.value)));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila
