/* SPDX-License-Identifier: MIT */
#include "pdf/kit.h"

#include <stdlib.h>

#include "pdf/fontstore.h"
#include "pdf/hyphenate.h"
#include "pdf/sheets.h"

struct kit *kit_new(void)
{
    struct kit *kit = calloc(1, sizeof *kit);

    if (!kit)
        die("out of memory");
    kit->fonts = fontstores_new();
    kit->sheets = sheets_new();
    kit->dictionaries = dictionaries_new();
    return kit;
}

void kit_free(struct kit *kit)
{
    if (!kit)
        return;
    shelf_free(kit->fonts);
    shelf_free(kit->sheets);
    shelf_free(kit->dictionaries);
    free(kit);
}
