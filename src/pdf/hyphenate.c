/* SPDX-License-Identifier: MIT */
#include "pdf/hyphenate.h"

#include <stdlib.h>
#include <unistd.h>

#include <hyphen.h>

#include "base/map.h"

#define MIN_START 2
#define MIN_END   3
#define MIN_WORD  5
#define MAX_WORD  80

/* Dictionaries that no book has any more. */
#define DICTIONARIES_KEPT 8

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

struct dictionary {
    HyphenDict *patterns; /* NULL: the file is none */
};

struct language {
    str tag;
    struct dictionary *dictionary; /* NULL: there is none */
};

struct hyphenator {
    struct arena arena;
    struct shelf *dictionaries;
    struct map languages;  /* tag to struct language */
    struct language *last; /* of the last word; NULL: there was none */
};

static void *load_dictionary(str path, const void *from)
{
    struct dictionary *d = calloc(1, sizeof *d);
    struct arena a;

    (void)from;
    if (!d)
        die("out of memory");
    arena_init(&a);
    d->patterns = hnj_hyphen_load(arena_cstr(&a, path));
    arena_done(&a);
    return d;
}

static void free_dictionary(void *thing)
{
    struct dictionary *d = thing;

    if (d->patterns)
        hnj_hyphen_free(d->patterns);
    free(d);
}

static const struct shelf_kind dictionaries_kind = { load_dictionary,
                                                     free_dictionary,
                                                     DICTIONARIES_KEPT };

struct shelf *dictionaries_new(void)
{
    return shelf_new(&dictionaries_kind);
}

struct hyphenator *hyphenator_new(struct shelf *dictionaries)
{
    struct hyphenator *hy = calloc(1, sizeof *hy);

    if (!hy)
        die("out of memory");
    arena_init(&hy->arena);
    map_init(&hy->languages, &hy->arena);
    hy->dictionaries = dictionaries;
    return hy;
}

void hyphenator_free(struct hyphenator *hy)
{
    if (!hy)
        return;
    for (size_t i = 0; i < hy->languages.n; i++) {
        struct language *l = hy->languages.entries[i].value;
        shelf_give_back(hy->dictionaries, l->dictionary);
    }
    arena_done(&hy->arena);
    free(hy);
}

static struct dictionary *take_file(struct hyphenator *hy, str name)
{
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        str path = arena_printf(&hy->arena, "%s/hyph_%.*s.dic", folders[i],
                                STR_ARG(name));
        /* "en" is a link to "en_US": read once. */
        char *file = realpath(path.p, NULL);
        if (file && access(file, R_OK) == 0) {
            struct dictionary *d = shelf_take(hy->dictionaries, str_of(file),
                                              NULL);
            free(file);
            return d;
        }
        free(file);
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

static struct dictionary *take(struct hyphenator *hy, str tag)
{
    struct arena *a = &hy->arena;
    str rest = tag, primary = str_cut(&rest, '-');

    /* Anything but letters, digits and hyphens is no tag, or worse. */
    for (size_t i = 0; i < tag.n; i++)
        if (!ascii_is_alnum(tag.p[i]) && tag.p[i] != '-')
            return NULL;
    struct dictionary *d = tag.n ? take_file(hy, file_spelling(tag, a)) : NULL;
    for (size_t i = 0; !d && i < sizeof defaults / sizeof *defaults; i++)
        if (str_eq_nocase(primary, str_of(defaults[i].lang)))
            d = take_file(hy, str_of(defaults[i].file));
    return d;
}

static struct language *language_new(struct hyphenator *hy, str tag)
{
    struct language *l = arena_new(&hy->arena, struct language);

    l->tag = arena_dup(&hy->arena, tag);
    l->dictionary = take(hy, l->tag);
    map_put(&hy->languages, l->tag, l);
    return l;
}

static HyphenDict *find(struct hyphenator *hy, str tag)
{
    struct language *l = hy->last;

    if (!l || !str_eq(l->tag, tag))
        l = map_find(&hy->languages, tag);
    if (!l)
        l = language_new(hy, tag);
    hy->last = l;
    return l->dictionary ? l->dictionary->patterns : NULL;
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
