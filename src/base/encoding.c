/* SPDX-License-Identifier: MIT */
#include "base/encoding.h"

#include "base/transcode.h"
#include "base/utf8.h"

static const struct encoding table[] = {
#define ENCODING(name, iconv, language, frequent)                              \
    { STR_INIT(name), STR_INIT(iconv), STR_INIT(language), STR_INIT(frequent) },
#define LABEL(label, name)
#include "base/encodings.def"
#undef ENCODING
#undef LABEL
};

static const struct {
    str label, name;
} labels[] = {
#define ENCODING(name, iconv, language, frequent)
#define LABEL(label, name) { STR_INIT(label), STR_INIT(name) },
#include "base/encodings.def"
#undef ENCODING
#undef LABEL
};

const struct encoding *encoding_table(size_t *n)
{
    *n = sizeof table / sizeof *table;
    return table;
}

static bool is_label_char(int c)
{
    return ascii_is_alnum(c) || c == '-' || c == '_';
}

/* Is A, without its hyphens, B? */
static bool label_is(str a, str b)
{
    size_t at = 0;

    for (size_t i = 0; i < a.n; i++) {
        if (a.p[i] == '-' || a.p[i] == '_')
            continue;
        if (at == b.n || ascii_lower((unsigned char)a.p[i]) != b.p[at++])
            return false;
    }
    return at == b.n;
}

const struct encoding *encoding_of_name(str name)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (str_eq(table[i].name, name))
            return &table[i];
    return NULL;
}

const struct encoding *encoding_of_label(str label)
{
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (label_is(label, labels[i].label))
            return encoding_of_name(labels[i].name);
    return NULL;
}

/* What stands behind "charset" or "coding": "=", blanks and quotes, a label. */
static const struct encoding *label_behind(str s)
{
    size_t at = 0, n = 0;

    while (at < s.n && (s.p[at] == ' ' || s.p[at] == '"' || s.p[at] == '\''))
        at++;
    if (at == s.n || (s.p[at] != '=' && s.p[at] != ':'))
        return NULL;
    at++;
    while (at < s.n && (s.p[at] == ' ' || s.p[at] == '"' || s.p[at] == '\''))
        at++;
    while (at + n < s.n && is_label_char((unsigned char)s.p[at + n]))
        n++;
    return encoding_of_label(str_sub(s, at, n));
}

const struct encoding *encoding_declared(str head)
{
    static const str words[] = { STR_INIT("charset"), STR_INIT("coding") };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        str rest = head;
        size_t at;
        while ((at = str_find_nocase(rest, words[i])) != STR_NONE) {
            rest = str_from(rest, at + words[i].n);
            const struct encoding *e = label_behind(rest);
            if (e)
                return e;
        }
    }
    return NULL;
}

/* A set of letters of the Basic Multilingual Plane. */
struct letters {
    uint64_t bits[0x10000 / 64];
};

static struct letters *letters_of(str s, struct arena *a)
{
    struct letters *set = arena_new(a, struct letters);

    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c < 0x10000)
            set->bits[c / 64] |= (uint64_t)1 << c % 64;
    }
    return set;
}

static bool is_in(const struct letters *set, uint32_t c)
{
    return c < 0x10000 && (set->bits[c / 64] >> c % 64 & 1);
}

/* Marks and full-width forms are in all encodings of East Asia. */
static bool says_nothing(uint32_t c)
{
    return (c >= 0x2000 && c < 0x2070) || (c >= 0x3000 && c < 0x3040) ||
           (c >= 0xFF00 && c < 0xFF61) || c == 0xB7 || c == 0x2022;
}

struct count {
    size_t letters, frequent;
};

static struct count count_letters(str s, const struct encoding *e,
                                  struct arena *a)
{
    const struct letters *set = letters_of(e->frequent, a);
    struct count n = { 0 };
    size_t run = 0, in_run = 0;

    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c < 0x80) {
            run = in_run = 0;
            continue;
        }
        bool frequent = is_in(set, c);
        n.letters += frequent || !says_nothing(c);
        n.frequent += frequent;
        in_run += frequent;
        /* European letters stand between those of ASCII. */
        if (e->language.n == 0 && ++run > 2) {
            n.frequent -= in_run;
            in_run = 0;
        }
    }
    return n;
}

/* Percent of frequent letters that make a text plausible, and what a hint
 * counts; what damage takes away. */
#define PLAUSIBLE 15
#define HINTED    20
#define DAMAGE    4

/* -1: SAMPLE can't be this encoding. */
static int score(str sample, const struct encoding *e, bool hinted,
                 struct arena *a)
{
    struct transcoder *t = transcoder_new(e);
    struct buf out = { 0 };

    if (!t)
        return -1;
    size_t n_bad = transcoder_put(t, sample, &out);
    struct count n = count_letters(buf_str(&out), e, a);
    buf_done(&out);
    transcoder_free(t);
    if (n.letters == 0 || n_bad > 1 + n.letters / 20)
        return -1;
    int share = (int)(n.frequent * 100 / n.letters);
    share -= (int)(n_bad * 100 * DAMAGE / n.letters);
    share += hinted ? HINTED : 0;
    return share >= PLAUSIBLE ? share : -1;
}

/* Can all of SAMPLE be read in E? */
static bool is_whole(str sample, const struct encoding *e)
{
    struct transcoder *t = transcoder_new(e);
    struct buf out = { 0 };
    bool whole = t && transcoder_put(t, sample, &out) == 0;

    buf_done(&out);
    transcoder_free(t);
    return whole;
}

/* Pictures and programs have controls, texts don't. */
static bool is_no_text(str sample)
{
    size_t n = 0;

    for (size_t i = 0; i < sample.n; i++) {
        unsigned char c = (unsigned char)sample.p[i];
        n += (c < 0x20 && !ascii_is_space(c)) || c == 0x7F;
    }
    return n > sample.n / 50;
}

static bool is_of(const struct encoding *e, str language)
{
    return e->language.n > 0 && str_starts_nocase(language, e->language);
}

const struct encoding *encoding_guess(str sample,
                                      const struct encoding *declared,
                                      str language, struct arena *a)
{
    const struct encoding *best = NULL;
    int most = -1;

    if (is_no_text(sample))
        return NULL;
    if (declared && declared->frequent.n == 0 && is_whole(sample, declared))
        return declared;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const struct encoding *e = &table[i];
        if (e->frequent.n == 0)
            continue;
        int s = score(sample, e, e == declared || is_of(e, language), a);
        if (s > most) {
            most = s;
            best = e;
        }
    }
    return best;
}
