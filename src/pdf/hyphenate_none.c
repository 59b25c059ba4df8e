/* SPDX-License-Identifier: MIT */
/* hyphenate.h where libhyphen is not installed: no language has patterns. */
#include "pdf/hyphenate.h"

struct hyphenator *hyphenator_new(void)
{
    return NULL;
}

void hyphenator_free(struct hyphenator *hy)
{
}

void hyphenate_word(struct hyphenator *hy, str word, str lang, bool *at)
{
}
