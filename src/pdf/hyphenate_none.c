/* SPDX-License-Identifier: MIT */
/* hyphenate.h where libhyphen is not installed: no language has patterns. */
#include "pdf/hyphenate.h"

static void *make_nothing(str key, const void *from)
{
    return (void *)"";
}

static void free_nothing(void *thing)
{
}

static const struct shelf_kind no_dictionaries = { make_nothing, free_nothing,
                                                   0 };

struct shelf *dictionaries_new(void)
{
    return shelf_new(&no_dictionaries);
}

struct hyphenator *hyphenator_new(struct shelf *dictionaries)
{
    return NULL;
}

void hyphenator_free(struct hyphenator *hy)
{
}

void hyphenate_word(struct hyphenator *hy, str word, str lang, bool *at)
{
}
