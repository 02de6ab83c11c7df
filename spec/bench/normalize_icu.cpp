// normalize_icu.cpp - ICU's normalisation from UTF-8 to UTF-8, which it has in
// C++ only. No map, nothing allocated: the result goes where the caller says.
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

extern "C" size_t icu_normalize(int form, const char *s, size_t n, char *out, size_t capacity);

// form: 0 NFC, 1 NFD, 2 NFKC, 3 NFKD, 4 NFKC_Casefold. Bytes of the result, 0: failed.
size_t icu_normalize(int form, const char *s, size_t n, char *out, size_t capacity) {
  static const char *const names[] = {"nfc", "nfc", "nfkc", "nfkc", "nfkc_cf"};
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2 *icu = icu::Normalizer2::getInstance(
      nullptr, names[form], form == 1 || form == 3 ? UNORM2_DECOMPOSE : UNORM2_COMPOSE, status);
  if (U_FAILURE(status)) return 0;
  icu::CheckedArrayByteSink sink(out, static_cast<int32_t>(capacity));
  icu->normalizeUTF8(0, icu::StringPiece(s, static_cast<int32_t>(n)), sink, nullptr, status);
  return U_FAILURE(status) || sink.Overflowed() ? 0 : static_cast<size_t>(sink.NumberOfBytesWritten());
}
