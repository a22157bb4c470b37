// charmap_own.h: tables for charmap.cc, 128 code points each.
#ifndef GILA_RUNTIME_TEXT_CHARMAP_OWN_H_
#define GILA_RUNTIME_TEXT_CHARMAP_OWN_H_

namespace gila {

extern const char16_t kCp720Upper[], kCp1006Upper[], kMacGreekUpper[], kMacArabicUpper[];

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_CHARMAP_OWN_H_
