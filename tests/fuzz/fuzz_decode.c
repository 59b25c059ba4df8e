/* SPDX-License-Identifier: MIT */
/* Texts in any encoding: the first byte names one, or none, and a language. */
#include <stdint.h>
#include <stdlib.h>

#include "base/decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool good)
{
    if (!good)
        abort();
}

static str language_of(uint8_t choice)
{
    static const str languages[] = { STR_INIT(""), STR_INIT("ko"),
                                     STR_INIT("ja-JP"), STR_INIT("zh") };

    return languages[choice % 4];
}

/* The table has fewer than 64 lines; behind its end is none. */
static const struct encoding *encoding_of(uint8_t choice)
{
    size_t n;
    const struct encoding *table = encoding_table(&n);

    return choice / 4u < n ? &table[choice / 4] : NULL;
}

static void check_text(str text, str raw, const struct decoded *found)
{
    expect(utf8_is_valid(text));
    expect(text.n == 0 || !memchr(text.p, 0, text.n));
    expect(!found->encoding == !found->line);
    expect(found->line <= raw.n && found->utf8.bad_line <= raw.n + 1);
    expect(!found->utf8.n_bad == !found->utf8.bad_line);
}

/* What was called certain is no more than cleaned. */
static void check_certain(str text, str raw, struct arena *a)
{
    struct utf8_report seen;

    if (decode_is_certain(raw))
        expect(str_eq(text, utf8_compose(utf8_clean(raw, a, &seen), a)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str raw = { (const char *)data, size };
    uint8_t choice = size ? data[0] : 0;
    struct decode_hints hints = { encoding_of(choice), language_of(choice) };
    struct decoded found;
    struct arena a;

    raw = str_from(raw, 1);
    arena_init(&a);
    str text = decode_text(raw, &hints, &a, &found);
    check_text(text, raw, &found);
    check_certain(text, raw, &a);
    encoding_declared(raw);
    encoding_of_label(raw);
    arena_done(&a);
    return 0;
}
