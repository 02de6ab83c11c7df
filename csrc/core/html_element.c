/*
** html_element.c - element names and what they do to the text around them.
**
** Names are looked up by a hash without collisions: the multiplier was found
** by trying until each name had a slot of its own (for more names, try again).
*/
#include "html.h"
#include "html_scan.h"

const uint8_t html_flags_of[HTML_ELEMENT_COUNT] = {
    0,
#define X(name, flags) flags,
    HTML_ELEMENTS(X)
#undef X
};

static const char names[HTML_ELEMENT_COUNT][16] = {
    "",
#define X(name, flags) #name,
    HTML_ELEMENTS(X)
#undef X
};

#define MULTIPLIER UINT64_C(0x8A5433457AB32A8F)
#define BITS 9

#define E(name) HTML_E_##name
static const uint8_t slots[1 << BITS] = {
    [18] = E(select), [19] = E(form), [20] = E(noembed), [27] = E(sup), [30] = E(strong), [33] = E(label),
    [62] = E(noframes), [63] = E(xmp), [70] = E(font), [71] = E(s), [81] = E(source), [82] = E(blockquote),
    [86] = E(title), [89] = E(tr), [90] = E(header), [94] = E(tfoot), [96] = E(dt), [98] = E(fieldset),
    [103] = E(div), [110] = E(img), [112] = E(u), [124] = E(pre), [126] = E(style), [127] = E(sub),
    [132] = E(span), [143] = E(tbody), [145] = E(address), [153] = E(h4), [154] = E(base), [160] = E(h1),
    [167] = E(legend), [169] = E(body), [173] = E(button), [174] = E(optgroup), [184] = E(figure),
    [187] = E(wbr), [189] = E(thead), [190] = E(iframe), [199] = E(noscript), [202] = E(embed),
    [211] = E(a), [215] = E(center), [218] = E(em), [219] = E(summary), [223] = E(rp), [226] = E(code),
    [230] = E(br), [234] = E(time), [238] = E(article), [246] = E(template), [249] = E(object),
    [251] = E(html), [252] = E(small), [254] = E(var), [256] = E(ol), [263] = E(nobr), [265] = E(p),
    [272] = E(footer), [281] = E(ruby), [285] = E(dl), [292] = E(td), [296] = E(svg), [303] = E(strike),
    [312] = E(caption), [318] = E(audio), [321] = E(h5), [324] = E(col), [328] = E(h2), [339] = E(datalist),
    [341] = E(textarea), [344] = E(cite), [346] = E(meta), [350] = E(main), [354] = E(hr), [358] = E(input),
    [364] = E(plaintext), [375] = E(option), [377] = E(i), [380] = E(ul), [385] = E(rt), [387] = E(track),
    [418] = E(aside), [421] = E(param), [426] = E(tt), [431] = E(details), [438] = E(marquee),
    [452] = E(del), [453] = E(th), [457] = E(li), [459] = E(script), [462] = E(menu), [473] = E(dd),
    [477] = E(table), [480] = E(video), [485] = E(ins), [488] = E(b), [490] = E(h6), [493] = E(link),
    [495] = E(section), [496] = E(h3), [499] = E(nav), [503] = E(head), [510] = E(figcaption),
};
#undef E

enum html_element html_element_by_name(const char *s, size_t n, size_t room) {
  if (n == 0 || n > 10) return HTML_UNKNOWN; /* blockquote, figcaption */
  html_key key = html_key_of(s, n, room);
  enum html_element e = (enum html_element)slots[html_hash(key, MULTIPLIER, BITS)];
  return html_key_is(key, names[e]) ? e : HTML_UNKNOWN;
}
