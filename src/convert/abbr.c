/* SPDX-License-Identifier: MIT */
#include "convert/abbr.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"

/* Bytes on either side of an abbreviation in which its meaning may stand. */
#define NEAR 300

/* Sorted; words are unique. */
struct lexicon {
    const struct abbr *list;
    size_t n;
    bool begins[256]; /* bytes that a word begins with */
};

struct found {
    str word; /* with its order, while sorting */
    str title;
    size_t order;
};

static int compare(const void *x, const void *y)
{
    const struct found *f = x, *g = y;
    int c = str_cmp(f->word, g->word);

    return c ? c : f->order < g->order ? 1 : -1;
}

static void lexicon_init(struct lexicon *lx, const struct abbrs *known,
                         struct arena *a)
{
    size_t n = known->list.n;
    struct found *sorted = arena_alloc_array(a, sizeof *sorted, n);
    struct abbr *list = arena_alloc_array(a, sizeof *list, n);

    memset(lx, 0, sizeof *lx);
    for (size_t i = 0; i < n; i++)
        sorted[i] = (struct found){ arena_dup(a, known->list.v[i].word),
                                    arena_dup(a, known->list.v[i].title), i };
    qsort(sorted, n, sizeof *sorted, compare);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && str_eq(sorted[i].word, sorted[i - 1].word))
            continue;
        list[lx->n++] = (struct abbr){ sorted[i].word, sorted[i].title };
        lx->begins[(unsigned char)sorted[i].word.p[0]] = true;
    }
    lx->list = list;
}

/* Letters that make up words with blanks between them; CJK has none. */
static bool is_letter(uint32_t c)
{
    return c < 0x80 ? ascii_is_alnum((int)c) || c == '_'
                    : c >= 0xc0 && c < 0x1100 && c != 0xd7 && c != 0xf7;
}

static uint32_t char_before(str s, size_t at)
{
    return at > 0 ? utf8_prev(s, &at) : ' ';
}

static uint32_t char_at(str s, size_t at)
{
    return at < s.n ? utf8_next(s, &at) : ' ';
}

static bool is_edge(str s, size_t at)
{
    return !is_letter(char_before(s, at)) || !is_letter(char_at(s, at));
}

/* Of the words from LOW to HIGH, which agree in their first K bytes, those
 * with C behind: their first is returned, *HIGH is behind the last. */
static size_t narrow(const struct lexicon *lx, size_t low, size_t *high,
                     size_t k, unsigned char c)
{
    size_t ends[2], from = low;

    for (unsigned i = 0; i < 2; i++) {
        size_t to = *high;
        while (from < to) {
            size_t mid = from + (to - from) / 2;
            str w = lx->list[mid].word;
            if (w.n <= k || (unsigned char)w.p[k] < c + i)
                from = mid + 1;
            else
                to = mid;
        }
        ends[i] = from;
    }
    *high = ends[1];
    return ends[0];
}

/* The longest word at AT in S, or NULL. */
static const struct abbr *word_at(const struct lexicon *lx, str s, size_t at)
{
    const struct abbr *best = NULL;
    size_t low = 0, high = lx->n;

    if (!is_edge(s, at))
        return NULL;
    for (size_t k = 0; at + k < s.n && low < high; k++) {
        low = narrow(lx, low, &high, k, (unsigned char)s.p[at + k]);
        if (low < high && lx->list[low].word.n == k + 1 &&
            is_edge(s, at + k + 1))
            best = &lx->list[low];
    }
    return best;
}

/* Cuts the text E behind its first AT bytes for WORD; returns the rest. */
static struct soup *cut_out(struct soup *e, size_t at, const struct abbr *word,
                            struct arena *a)
{
    struct soup *abbr = soup_insert_behind(e, SOUP_ABBR, a);
    struct soup *rest = soup_insert_behind(abbr, SOUP_TEXT, a);
    struct soup_attr *title = arena_new(a, struct soup_attr);

    abbr->name = S("abbr");
    abbr->closed = true;
    if (word->title.n > 0) {
        title->name = S("title");
        title->value = word->title;
        abbr->attrs = title;
    }
    soup_add_text(abbr, word->word, a);
    rest->text = str_from(e->text, at + word->word.n);
    e->text = str_sub(e->text, 0, at);
    for (size_t i = 0; i < at; i++)
        rest->line += e->text.p[i] == '\n';
    abbr->line = abbr->first->line = rest->line;
    return rest;
}

/* E, or what is left of it. */
static struct soup *mark_text(struct soup *e, const struct lexicon *lx,
                              struct arena *a)
{
    for (size_t at = 0; at < e->text.n; at++) {
        if (!lx->begins[(unsigned char)e->text.p[at]])
            continue;
        const struct abbr *word = word_at(lx, e->text, at);
        if (!word)
            continue;
        e = cut_out(e, at, word, a);
        at = (size_t)-1;
    }
    return e;
}

void abbr_mark(struct soup *root, const struct abbrs *known, struct arena *a)
{
    struct lexicon lx;
    struct soup *e = root;

    if (known->list.n == 0)
        return;
    lexicon_init(&lx, known, a);
    while (e) {
        if (e->tag == SOUP_TEXT)
            e = mark_text(e, &lx, a);
        e = soup_is_apart(e) ? soup_skip(e, root) : soup_next(e, root);
    }
}

static bool is_heading(const struct soup *e)
{
    return (e->tag >= SOUP_H1 && e->tag <= SOUP_H6) || e->tag == SOUP_SUMMARY ||
           e->tag == SOUP_CAPTION;
}

/* The text beside E, as far as it matters. */
static str text_before(const struct soup *e)
{
    str s = e->prev && e->prev->tag == SOUP_TEXT ? e->prev->text : S("");

    return s.n > NEAR ? str_from(s, s.n - NEAR) : s;
}

static str text_behind(const struct soup *e)
{
    str s = e->next && e->next->tag == SOUP_TEXT ? e->next->text : S("");

    return str_sub(s, 0, NEAR);
}

static bool has_bracket(str before, str behind)
{
    behind = str_trim_left(behind);
    return str_ends(before, S("(")) || str_ends(before, S("（")) ||
           str_starts(behind, S("(")) || str_starts(behind, S("（"));
}

static str in_brackets(str title, enum lang lang, struct arena *a)
{
    bool wide = lang == LANG_JA || lang == LANG_ZH_HANS || lang == LANG_ZH_HANT;
    const char *open = wide ? "（" : lang == LANG_KO ? "(" : " (";

    return arena_printf(a, "%s%.*s%s", open, STR_ARG(title), wide ? "）" : ")");
}

static void drop_title(struct soup *e)
{
    struct soup_attr **at = &e->attrs;

    while (*at && !str_eq((*at)->name, S("title")))
        at = &(*at)->next;
    if (*at)
        *at = (*at)->next;
}

/* True: the reader knows from here on what E means. */
static bool explain(struct soup *e, str word, str title, enum lang lang,
                    struct arena *a)
{
    str before = text_before(e), behind = text_behind(e);

    if (str_find_nocase(before, title) != STR_NONE ||
        str_find_nocase(behind, title) != STR_NONE ||
        str_eq_nocase(word, title))
        return true;
    if (has_bracket(before, behind))
        return false;
    drop_title(e);
    soup_insert_behind(e, SOUP_TEXT, a)->text = in_brackets(title, lang, a);
    return true;
}

/* Microformats have a date there. */
static bool is_number(str title)
{
    return ascii_is_digit((unsigned char)title.p[0]) &&
           ascii_is_digit((unsigned char)title.p[title.n - 1]);
}

bool abbr_may_be_in(str html, const struct abbrs *known)
{
    return known->list.n > 0 || str_find(html, S("<abbr")) != STR_NONE ||
           str_find(html, S("<acronym")) != STR_NONE;
}

void abbr_explain(struct soup *root, enum lang lang, struct arena *a)
{
    struct soup *e = root;
    struct map done;

    map_init(&done, a);
    while (e) {
        bool abbr = e->tag == SOUP_ABBR || e->tag == SOUP_ACRONYM;
        str title = abbr ? str_trim(soup_attr(e, S("title"))) : S("");
        str word = title.n > 0 ? soup_plain_text(e, a) : S("");
        if (word.n > 0 && !is_number(title)) {
            str key = arena_printf(a, "%.*s\n%.*s", STR_ARG(word),
                                   STR_ARG(title));
            if (!map_find(&done, key) && explain(e, word, title, lang, a))
                map_put(&done, key, e);
        }
        e = is_heading(e) || soup_is_apart(e) ? soup_skip(e, root)
                                              : soup_next(e, root);
    }
}
