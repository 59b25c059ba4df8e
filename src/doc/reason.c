/* SPDX-License-Identifier: MIT */
#include "doc/reason.h"

#include "base/buf.h"

#define BLANKS_MAX 2 /* words that a reason is about */

static const str reasons[][LANG_COUNT] = {
#define REASON(en, ko, ja, hans, hant)                                         \
    {                                                                          \
        [LANG_OTHER] = STR_INIT(en),     [LANG_EN] = STR_INIT(en),             \
        [LANG_KO] = STR_INIT(ko),        [LANG_JA] = STR_INIT(ja),             \
        [LANG_ZH_HANS] = STR_INIT(hans), [LANG_ZH_HANT] = STR_INIT(hant),      \
    },
#include "doc/reasons.def"
#undef REASON
};

/* A word ends at a blank or a comma. */
static str take_word(str *s)
{
    size_t n = 0;

    while (n < s->n && s->p[n] != ' ' && s->p[n] != ',')
        n++;
    str word = str_sub(*s, 0, n);
    *s = str_from(*s, n);
    return word;
}

static bool is_blank(str pattern)
{
    return str_starts(pattern, S("%s"));
}

/* Is S what PATTERN says? WORDS gets what stands in its blanks. */
static bool fits(str pattern, str s, str words[BLANKS_MAX])
{
    for (size_t n = 0; pattern.n > 0;) {
        if (is_blank(pattern)) {
            words[n] = take_word(&s);
            if (words[n++].n == 0)
                return false;
            pattern = str_from(pattern, 2);
        } else if (s.n > 0 && s.p[0] == pattern.p[0]) {
            pattern = str_from(pattern, 1);
            s = str_from(s, 1);
        } else {
            return false;
        }
    }
    return s.n == 0;
}

static str fill(str pattern, const str words[BLANKS_MAX], struct arena *a)
{
    struct buf out = { 0 };

    for (size_t n = 0; pattern.n > 0;) {
        if (is_blank(pattern)) {
            buf_put(&out, words[n++]);
            pattern = str_from(pattern, 2);
        } else {
            buf_putc(&out, pattern.p[0]);
            pattern = str_from(pattern, 1);
        }
    }
    str text = arena_dup(a, buf_str(&out));
    buf_done(&out);
    return text;
}

str reason_text(str why, enum lang lang, struct arena *a)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        str words[BLANKS_MAX] = { 0 };

        if (fits(reasons[i][LANG_EN], why, words))
            return fill(reasons[i][lang], words, a);
    }
    return why;
}
