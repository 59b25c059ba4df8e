/* SPDX-License-Identifier: MIT */
#include "epub/phrase.h"

#include <inttypes.h>

str phrase_text(enum word w, enum lang lang, str what, struct arena *a)
{
    str word = str_of(word_text(w, lang));
    size_t at = str_find_char(word, '%');

    if (at == STR_NONE)
        return word;
    str before = str_sub(word, 0, at), behind = str_from(word, at + 2);
    return arena_join(a, arena_join(a, before, what), behind);
}

str phrase_number(enum word w, enum lang lang, uint64_t n, struct arena *a)
{
    return phrase_text(w, lang, arena_printf(a, "%" PRIu64, n), a);
}
