/* SPDX-License-Identifier: MIT */
/* Settings of sites: any bytes, through the readers of scripts and of tables,
 * and what is found in them. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "book/reader.h"
#include "book/script.h"
#include "book/sitevalues.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What it gives stands in a book: one line of clean text. */
static void look(const struct value *root, struct arena *a)
{
    for (int fact = 0; fact < SITE_FACTS; fact++) {
        unsigned line = 0;
        bool too_long;
        str text = sitevalue_find(root, (enum site_fact)fact, a, &line,
                                  &too_long);
        if (text.n > SITE_VALUE_MAX || (too_long && text.n) ||
            !utf8_is_valid(text) || str_find_char(text, '\n') != STR_NONE)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct read_error err;
    struct utf8_report report;

    arena_init(&a);
    str text = utf8_clean((str){ (const char *)data, size }, &a, &report);
    const struct value *roots[] = {
        python_read(text, &a),        script_read(text, &a),
        yaml_read(text, 1, &a, &err), toml_read(text, 1, &a, &err),
        json_read(text, 1, &a, &err),
    };
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (roots[i])
            look(roots[i], &a);
    arena_done(&a);
    return 0;
}
