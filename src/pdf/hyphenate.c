/* SPDX-License-Identifier: MIT */
#include "pdf/hyphenate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <hyphen.h>

#include "base/vec.h"

#define MIN_START 2
#define MIN_END   3
#define MIN_WORD  5
#define MAX_WORD  80

/* Where distributions keep hyphenation patterns. */
static const char *const folders[] = {
    "/usr/share/hyphen",
    "/usr/local/share/hyphen",
    "/opt/homebrew/share/hyphen",
    "/usr/share/myspell/dicts",
};

/* The region to try for a language without one. */
static const struct {
    const char *lang, *file;
} defaults[] = {
    { "en", "en_US" }, { "de", "de_DE" }, { "fr", "fr_FR" }, { "fr", "fr" },
    { "es", "es_ES" }, { "es", "es" },    { "it", "it_IT" }, { "pt", "pt_PT" },
    { "nl", "nl_NL" }, { "sv", "sv_SE" }, { "pl", "pl_PL" }, { "ru", "ru_RU" },
    { "da", "da_DK" }, { "nb", "nb_NO" }, { "cs", "cs_CZ" }, { "hu", "hu_HU" },
};

struct language {
    str tag;
    HyphenDict *dict; /* NULL: there are no patterns */
};

struct hyphenator {
    struct arena arena;
    VEC(struct language) languages;
};

struct hyphenator *hyphenator_new(void)
{
    struct hyphenator *hy = calloc(1, sizeof *hy);

    if (!hy)
        die("out of memory");
    arena_init(&hy->arena);
    return hy;
}

void hyphenator_free(struct hyphenator *hy)
{
    if (!hy)
        return;
    for (size_t i = 0; i < hy->languages.n; i++)
        if (hy->languages.v[i].dict)
            hnj_hyphen_free(hy->languages.v[i].dict);
    arena_done(&hy->arena);
    free(hy);
}

static HyphenDict *load_file(str name, struct arena *a)
{
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        str path = arena_printf(a, "%s/hyph_%.*s.dic", folders[i],
                                STR_ARG(name));
        if (access(path.p, R_OK) == 0)
            return hnj_hyphen_load(path.p);
    }
    return NULL;
}

/* "en-US" as the files spell it: "en_US". */
static str file_spelling(str tag, struct arena *a)
{
    char *p = (char *)arena_dup(a, tag).p;

    for (size_t i = 0; i < tag.n; i++)
        if (p[i] == '-')
            p[i] = '_';
    return (str){ p, tag.n };
}

static HyphenDict *load(str tag, struct arena *a)
{
    str rest = tag, primary = str_cut(&rest, '-');

    /* Anything but letters, digits and hyphens is no tag, or worse. */
    for (size_t i = 0; i < tag.n; i++)
        if (!ascii_is_alnum(tag.p[i]) && tag.p[i] != '-')
            return NULL;
    HyphenDict *d = tag.n ? load_file(file_spelling(tag, a), a) : NULL;
    for (size_t i = 0; !d && i < sizeof defaults / sizeof *defaults; i++)
        if (str_eq_nocase(primary, str_of(defaults[i].lang)))
            d = load_file(str_of(defaults[i].file), a);
    return d;
}

static HyphenDict *find(struct hyphenator *hy, str tag)
{
    for (size_t i = 0; i < hy->languages.n; i++)
        if (str_eq(hy->languages.v[i].tag, tag))
            return hy->languages.v[i].dict;
    struct language *l = vec_push(&hy->languages, &hy->arena);
    l->tag = arena_dup(&hy->arena, tag);
    l->dict = load(l->tag, &hy->arena);
    return l->dict;
}

/* Is every letter lower case but perhaps the first? Names in capitals and
 * camelCase are not parted. */
static bool is_plain_word(str word)
{
    for (size_t i = 0; i < word.n; i++) {
        char c = word.p[i];
        if ((unsigned char)c < 0x80 && !ascii_is_alpha(c))
            return false;
        if (i && c >= 'A' && c <= 'Z')
            return false;
    }
    return true;
}

void hyphenate_word(struct hyphenator *hy, str word, str lang, bool *at)
{
    if (word.n < MIN_WORD || word.n > MAX_WORD || !is_plain_word(word))
        return;
    HyphenDict *d = find(hy, lang);
    if (!d)
        return;

    char lower[MAX_WORD + 1], marks[MAX_WORD + 8] = { 0 };
    char **rep = NULL;
    int *pos = NULL, *cut = NULL;
    for (size_t i = 0; i < word.n; i++)
        lower[i] = (char)ascii_lower(word.p[i]);
    lower[word.n] = '\0';
    if (hnj_hyphen_hyphenate3(d, lower, (int)word.n, marks, NULL, &rep, &pos,
                              &cut, MIN_START, MIN_END, 0, 0) != 0)
        return;
    /* An odd digit stands at the byte before the hyphen, counted in
     * characters where the patterns are UTF-8; replacements (other spellings
     * at a hyphen) are left out. */
    size_t ch = 0;
    for (size_t i = 0; i < word.n; i++) {
        bool last = i + 1 == word.n ||
                    ((unsigned char)word.p[i + 1] & 0xC0) != 0x80;
        if (!last)
            continue;
        if ((marks[ch] & 1) && !(rep && rep[ch]) && i + 1 < word.n)
            at[i + 1] = true;
        ch++;
    }
    for (size_t i = 0; rep && i < word.n; i++)
        free(rep[i]);
    free(rep);
    free(pos);
    free(cut);
}
