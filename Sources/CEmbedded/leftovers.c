// A block and a line for each file of Sources/Leftovers/Languages; PagesTests holds the list to the folder.
#pragma clang diagnostic ignored "-Wc23-extensions"

#include "embedded.h"

static const uint8_t all_txt[] = {
#embed "../Leftovers/Languages/all.txt"
};
static const uint8_t ar_txt[] = {
#embed "../Leftovers/Languages/ar.txt"
};
static const uint8_t de_txt[] = {
#embed "../Leftovers/Languages/de.txt"
};
static const uint8_t el_txt[] = {
#embed "../Leftovers/Languages/el.txt"
};
static const uint8_t en_txt[] = {
#embed "../Leftovers/Languages/en.txt"
};
static const uint8_t es_txt[] = {
#embed "../Leftovers/Languages/es.txt"
};
static const uint8_t fa_txt[] = {
#embed "../Leftovers/Languages/fa.txt"
};
static const uint8_t fr_txt[] = {
#embed "../Leftovers/Languages/fr.txt"
};
static const uint8_t hi_txt[] = {
#embed "../Leftovers/Languages/hi.txt"
};
static const uint8_t id_txt[] = {
#embed "../Leftovers/Languages/id.txt"
};
static const uint8_t it_txt[] = {
#embed "../Leftovers/Languages/it.txt"
};
static const uint8_t ja_txt[] = {
#embed "../Leftovers/Languages/ja.txt"
};
static const uint8_t ko_txt[] = {
#embed "../Leftovers/Languages/ko.txt"
};
static const uint8_t ms_txt[] = {
#embed "../Leftovers/Languages/ms.txt"
};
static const uint8_t nl_txt[] = {
#embed "../Leftovers/Languages/nl.txt"
};
static const uint8_t pl_txt[] = {
#embed "../Leftovers/Languages/pl.txt"
};
static const uint8_t pt_txt[] = {
#embed "../Leftovers/Languages/pt.txt"
};
static const uint8_t ru_txt[] = {
#embed "../Leftovers/Languages/ru.txt"
};
static const uint8_t sv_txt[] = {
#embed "../Leftovers/Languages/sv.txt"
};
static const uint8_t th_txt[] = {
#embed "../Leftovers/Languages/th.txt"
};
static const uint8_t tr_txt[] = {
#embed "../Leftovers/Languages/tr.txt"
};
static const uint8_t uk_txt[] = {
#embed "../Leftovers/Languages/uk.txt"
};
static const uint8_t vi_txt[] = {
#embed "../Leftovers/Languages/vi.txt"
};
static const uint8_t zh_txt[] = {
#embed "../Leftovers/Languages/zh.txt"
};

#define LINE(name) {#name, name##_txt, sizeof name##_txt}
static const kembedded_file files[] = {
  LINE(all),
  LINE(ar),
  LINE(de),
  LINE(el),
  LINE(en),
  LINE(es),
  LINE(fa),
  LINE(fr),
  LINE(hi),
  LINE(id),
  LINE(it),
  LINE(ja),
  LINE(ko),
  LINE(ms),
  LINE(nl),
  LINE(pl),
  LINE(pt),
  LINE(ru),
  LINE(sv),
  LINE(th),
  LINE(tr),
  LINE(uk),
  LINE(vi),
  LINE(zh),
};

const kembedded_file *kembedded_leftovers(size_t index) { return index < sizeof files / sizeof files[0] ? &files[index] : NULL; }

static const uint8_t weights[] = {
#embed "../Leftovers/Model/pages.weights"
};

kembedded_file kembedded_page_weights(void) { return (kembedded_file){"pages.weights", weights, sizeof weights}; }
