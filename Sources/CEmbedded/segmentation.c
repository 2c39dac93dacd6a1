// A block and a line for each file of Sources/Segmentation/Languages; LanguageFileTests holds the list to the folder.
#pragma clang diagnostic ignored "-Wc23-extensions"

#include "embedded.h"

static const uint8_t am_txt[] = {
#embed "../Segmentation/Languages/am.txt"
};
static const uint8_t ar_txt[] = {
#embed "../Segmentation/Languages/ar.txt"
};
static const uint8_t bn_txt[] = {
#embed "../Segmentation/Languages/bn.txt"
};
static const uint8_t cs_txt[] = {
#embed "../Segmentation/Languages/cs.txt"
};
static const uint8_t da_txt[] = {
#embed "../Segmentation/Languages/da.txt"
};
static const uint8_t de_txt[] = {
#embed "../Segmentation/Languages/de.txt"
};
static const uint8_t el_txt[] = {
#embed "../Segmentation/Languages/el.txt"
};
static const uint8_t en_txt[] = {
#embed "../Segmentation/Languages/en.txt"
};
static const uint8_t es_txt[] = {
#embed "../Segmentation/Languages/es.txt"
};
static const uint8_t fa_txt[] = {
#embed "../Segmentation/Languages/fa.txt"
};
static const uint8_t fi_txt[] = {
#embed "../Segmentation/Languages/fi.txt"
};
static const uint8_t fr_txt[] = {
#embed "../Segmentation/Languages/fr.txt"
};
static const uint8_t hi_txt[] = {
#embed "../Segmentation/Languages/hi.txt"
};
static const uint8_t hu_txt[] = {
#embed "../Segmentation/Languages/hu.txt"
};
static const uint8_t hy_txt[] = {
#embed "../Segmentation/Languages/hy.txt"
};
static const uint8_t id_txt[] = {
#embed "../Segmentation/Languages/id.txt"
};
static const uint8_t is_txt[] = {
#embed "../Segmentation/Languages/is.txt"
};
static const uint8_t it_txt[] = {
#embed "../Segmentation/Languages/it.txt"
};
static const uint8_t ja_txt[] = {
#embed "../Segmentation/Languages/ja.txt"
};
static const uint8_t jv_txt[] = {
#embed "../Segmentation/Languages/jv.txt"
};
static const uint8_t km_txt[] = {
#embed "../Segmentation/Languages/km.txt"
};
static const uint8_t ko_txt[] = {
#embed "../Segmentation/Languages/ko.txt"
};
static const uint8_t lo_txt[] = {
#embed "../Segmentation/Languages/lo.txt"
};
static const uint8_t ms_txt[] = {
#embed "../Segmentation/Languages/ms.txt"
};
static const uint8_t my_txt[] = {
#embed "../Segmentation/Languages/my.txt"
};
static const uint8_t nb_txt[] = {
#embed "../Segmentation/Languages/nb.txt"
};
static const uint8_t nl_txt[] = {
#embed "../Segmentation/Languages/nl.txt"
};
static const uint8_t pl_txt[] = {
#embed "../Segmentation/Languages/pl.txt"
};
static const uint8_t pt_txt[] = {
#embed "../Segmentation/Languages/pt.txt"
};
static const uint8_t ro_txt[] = {
#embed "../Segmentation/Languages/ro.txt"
};
static const uint8_t ru_txt[] = {
#embed "../Segmentation/Languages/ru.txt"
};
static const uint8_t sk_txt[] = {
#embed "../Segmentation/Languages/sk.txt"
};
static const uint8_t su_txt[] = {
#embed "../Segmentation/Languages/su.txt"
};
static const uint8_t sv_txt[] = {
#embed "../Segmentation/Languages/sv.txt"
};
static const uint8_t th_txt[] = {
#embed "../Segmentation/Languages/th.txt"
};
static const uint8_t tr_txt[] = {
#embed "../Segmentation/Languages/tr.txt"
};
static const uint8_t uk_txt[] = {
#embed "../Segmentation/Languages/uk.txt"
};
static const uint8_t vi_txt[] = {
#embed "../Segmentation/Languages/vi.txt"
};
static const uint8_t zh_txt[] = {
#embed "../Segmentation/Languages/zh.txt"
};

#define LINE(name) {#name, name##_txt, sizeof name##_txt}
static const kembedded_file files[] = {
  LINE(am),
  LINE(ar),
  LINE(bn),
  LINE(cs),
  LINE(da),
  LINE(de),
  LINE(el),
  LINE(en),
  LINE(es),
  LINE(fa),
  LINE(fi),
  LINE(fr),
  LINE(hi),
  LINE(hu),
  LINE(hy),
  LINE(id),
  LINE(is),
  LINE(it),
  LINE(ja),
  LINE(jv),
  LINE(km),
  LINE(ko),
  LINE(lo),
  LINE(ms),
  LINE(my),
  LINE(nb),
  LINE(nl),
  LINE(pl),
  LINE(pt),
  LINE(ro),
  LINE(ru),
  LINE(sk),
  LINE(su),
  LINE(sv),
  LINE(th),
  LINE(tr),
  LINE(uk),
  LINE(vi),
  LINE(zh),
};

const kembedded_file *kembedded_segmentation(size_t index) { return index < sizeof files / sizeof files[0] ? &files[index] : NULL; }

static const uint8_t weights[] = {
#embed "../Segmentation/Model/boundaries.weights"
};

kembedded_file kembedded_boundary_weights(void) {
  return (kembedded_file){"boundaries.weights", weights, sizeof weights};
}
