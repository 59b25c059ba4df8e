/* SPDX-License-Identifier: MIT */
/* Languages by their tags; the chapter's language is found elsewhere. */
#include "doc/chapter.h"

static const str tags[LANG_COUNT] = {
    [LANG_OTHER] = STR_INIT("und"),       [LANG_KO] = STR_INIT("ko"),
    [LANG_JA] = STR_INIT("ja"),           [LANG_ZH_HANS] = STR_INIT("zh-Hans"),
    [LANG_ZH_HANT] = STR_INIT("zh-Hant"), [LANG_EN] = STR_INIT("en"),
};

/* Subtags that mean Traditional Chinese: RFC 5646 script and regions. */
static bool is_traditional(str rest)
{
    static const char *const words[] = { "hant", "tw", "hk", "mo" };

    while (rest.n) {
        str word = str_cut(&rest, '-');
        if (str_eq_nocase(word, S("hans")))
            return false;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (str_eq_nocase(word, str_of(words[i])))
                return true;
    }
    return false;
}

/* The primary subtag; '_' stands for '-' in many blogs' settings. */
static size_t primary_length(str tag)
{
    size_t n = 0;

    while (n < tag.n && ascii_is_alpha(tag.p[n]))
        n++;
    return n;
}

enum lang lang_of_tag(str tag)
{
    size_t n = primary_length(tag);
    str primary = str_sub(tag, 0, n);

    if (str_eq_nocase(primary, S("ko")) || str_eq_nocase(primary, S("kr")))
        return LANG_KO;
    if (str_eq_nocase(primary, S("ja")) || str_eq_nocase(primary, S("jp")))
        return LANG_JA;
    if (str_eq_nocase(primary, S("en")))
        return LANG_EN;
    if (!str_eq_nocase(primary, S("zh")))
        return LANG_OTHER;
    str rest = str_from(tag, n + 1);
    if (rest.n && str_find_char(rest, '_') == STR_NONE)
        return is_traditional(rest) ? LANG_ZH_HANT : LANG_ZH_HANS;
    str first = str_cut(&rest, '_');
    return is_traditional(first) || is_traditional(rest) ? LANG_ZH_HANT
                                                         : LANG_ZH_HANS;
}

str lang_tag(enum lang lang)
{
    return tags[lang];
}

bool lang_runs_from_right(str tag)
{
    static const str langs[] = { STR_INIT("ar"),  STR_INIT("fa"),
                                 STR_INIT("he"),  STR_INIT("ur"),
                                 STR_INIT("yi"),  STR_INIT("ps"),
                                 STR_INIT("ckb"), STR_INIT("dv") };
    str primary = str_cut(&tag, '-');

    return STR_IS_AMONG_NOCASE(primary, langs);
}
