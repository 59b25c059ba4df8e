/* SPDX-License-Identifier: MIT */
/* A formula: any bytes to MathML, which is to be valid. */
#include <stdint.h>
#include <stdlib.h>

#include "../unit/content_model.h"
#include "base/utf8.h"
#include "math/tex.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct utf8_report report;
    const struct node *where;

    arena_init(&a);
    str tex = utf8_clean((str){ (const char *)data, size }, &a, &report);
    struct node *math = tex_math(tex, size % 2, &a, 1, NULL);
    if (math) {
        struct node *p = node_new(&a, TAG_P, 0);
        node_append(p, math);
        if (model_fault(p, &a, &where))
            abort();
    }
    arena_done(&a);
    return 0;
}
