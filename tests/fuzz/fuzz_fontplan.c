/* SPDX-License-Identifier: MIT */
/* fonts.yaml: any bytes. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "pdf/fontplan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every name is looked at, so that a wild pointer shows. */
static void use(const struct str_vec *families, struct arena *a)
{
    for (size_t i = 0; i < families->n; i++)
        if (font_family_key(families->v[i], a).n > families->v[i].n)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct font_plan plan;
    struct utf8_report report;
    struct arena a;
    struct diag dg;

    arena_init(&a);
    diag_init(&dg, &a);
    str yaml = utf8_clean((str){ (const char *)data, size }, &a, &report);
    bool ok = font_plan_read(&plan, yaml, S("fonts.yaml"), &a, &dg);
    if (!ok && !dg.first)
        abort();
    for (int lang = 0; ok && lang < LANG_COUNT; lang++)
        for (int role = 0; role < FONT_ROLE_COUNT; role++)
            use(&plan.text[lang][role], &a);
    if (ok) {
        use(&plan.emoji, &a);
        use(&plan.symbols, &a);
    }
    arena_done(&a);
    return 0;
}
