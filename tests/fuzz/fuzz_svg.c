/* SPDX-License-Identifier: MIT */
/* SVG: any bytes, cleaned; and as a template of a cover. */
#include <stdint.h>
#include <stdlib.h>

#include "assets/cover_template.h"
#include "assets/svg_clean.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was cleaned is clean: nothing to be fetched or run, and cleaning it
 * again changes nothing. */
static void clean(str svg)
{
    struct buf once = { 0 }, twice = { 0 };
    struct svg_size size;

    if (!svg_clean(svg, &once, &size)) {
        str text = buf_str(&once);
        if (str_find_nocase(text, S("<script")) != STR_NONE ||
            str_find(text, S("<!")) != STR_NONE)
            abort();
        if (svg_clean(text, &twice, &size) || !str_eq(text, buf_str(&twice)))
            abort();
    }
    buf_done(&once);
    buf_done(&twice);
}

static void fill_in(str svg, struct arena *a)
{
    static const struct cover_values values = {
        .title = STR_INIT("A <title> & more"),
        .author = STR_INIT("\xEA\xB0\x80\xEB\x82\x98"),
        .years = STR_INIT("2004\xE2\x80\x93"
                          "2026"),
        .lang = STR_INIT("ko"),
        .identifier = STR_INIT("urn:x"),
    };
    struct cover_texts texts = { 0 };
    str made = cover_expand(svg, &values, a);

    cover_find_texts(made, a, &texts);
    cover_measuring(made, &texts, a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct utf8_report report;
    struct arena a;

    arena_init(&a);
    str svg = { (const char *)data, size };
    clean(svg);
    fill_in(utf8_clean(svg, &a, &report), &a);
    arena_done(&a);
    return 0;
}
