/* SPDX-License-Identifier: MIT */
#include "doc/words.h"

static const char *const words[WORD_COUNT][LANG_COUNT] = {
#define WORD(id, en, ko, ja, hans, hant)                                       \
    [WORD_##id] = {                                                            \
        [LANG_OTHER] = en, [LANG_EN] = en,        [LANG_KO] = ko,              \
        [LANG_JA] = ja,    [LANG_ZH_HANS] = hans, [LANG_ZH_HANT] = hant,       \
    },
#include "doc/words.def"
#undef WORD
};

const char *word_text(enum word w, enum lang lang)
{
    return words[w][lang];
}

str word_date(int year, int month, int day, enum lang lang, struct arena *a)
{
    static const char *const months[] = { "January", "February", "March",
                                          "April",   "May",      "June",
                                          "July",    "August",   "September",
                                          "October", "November", "December" };

    switch (lang) {
    case LANG_KO:
        return arena_printf(a, "%d년 %d월 %d일", year, month, day);
    case LANG_JA:
    case LANG_ZH_HANS:
    case LANG_ZH_HANT:
        return arena_printf(a, "%d年%d月%d日", year, month, day);
    case LANG_EN:
        return arena_printf(a, "%d %s %d", day, months[month - 1], year);
    case LANG_OTHER:
    case LANG_COUNT:
        break;
    }
    /* ISO 8601 offends no language. */
    return arena_printf(a, "%04d-%02d-%02d", year, month, day);
}
