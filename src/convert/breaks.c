/* SPDX-License-Identifier: MIT */
#include "convert/breaks.h"

#include <string.h>

#include "base/utf8.h"

/* Han, kana, bopomofo, and the punctuation and full-width forms set with
 * them; not Hangul, which is written with spaces. */
static bool is_dense(uint32_t c)
{
    return (c >= 0x2E80 && c <= 0x312F) || (c >= 0x31A0 && c <= 0x4DBF) ||
           (c >= 0x4E00 && c <= 0xA4CF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFE10 && c <= 0xFE6F) || (c >= 0xFF01 && c <= 0xFF9F) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x16FE0 && c <= 0x18DFF) ||
           (c >= 0x1AFF0 && c <= 0x1B2FF) || (c >= 0x20000 && c <= 0x3FFFF);
}

/* The blanks at the end of a text, whose fate the next letter decides. */
struct joiner {
    struct arena *a;
    uint32_t before;   /* the letter before the blanks; 0: none */
    struct node *node; /* that ends with them, NULL: no blanks wait */
    size_t at;         /* where they begin in it */
    bool has_feed;
};

static size_t blanks_at(str s, size_t at, bool *has_feed)
{
    size_t n = at;

    for (; n < s.n && ascii_is_space(s.p[n]); n++)
        *has_feed |= s.p[n] == '\n';
    return n - at;
}

/* A copy of S without the bytes from FROM to TO. */
static str cut_out(str s, size_t from, size_t to, struct arena *a)
{
    char *out = arena_bytes(a, s.n - (to - from) + 1);

    memcpy(out, s.p, from);
    memcpy(out + from, s.p + to, s.n - to);
    return (str){ out, s.n - (to - from) };
}

/* Joins inside one text, from its first letter to its last, into one copy. */
static void join_inside(struct joiner *j, struct node *n, size_t at)
{
    str s = n->text;
    char *out = NULL;
    size_t n_out = 0, copied = 0;

    while (at < s.n) {
        bool feed = false;
        size_t blanks = blanks_at(s, at, &feed), end = at + blanks;
        if (end == s.n && blanks) {
            j->at = at;
            j->has_feed = feed;
            break;
        }
        size_t next = end;
        uint32_t c = utf8_next(s, &next);
        if (feed && is_dense(j->before) && is_dense(c)) {
            out = out ? out : arena_bytes(j->a, s.n);
            memcpy(out + n_out, s.p + copied, at - copied);
            n_out += at - copied;
            copied = end;
        }
        j->before = c;
        at = next;
        j->at = at;
    }
    size_t tail = s.n - j->at;
    if (out) {
        memcpy(out + n_out, s.p + copied, s.n - copied);
        n->text = (str){ out, n_out + s.n - copied };
        j->at = n->text.n - tail;
    }
    j->node = tail ? n : NULL;
}

static void join_text(struct joiner *j, struct node *n)
{
    bool feed = false;
    size_t lead = blanks_at(n->text, 0, &feed);

    if (lead == n->text.n) {
        /* Blanks only: they count as the end of the text before. */
        if (!j->node) {
            j->node = n;
            j->at = 0;
            j->has_feed = false;
        }
        j->has_feed |= feed;
        return;
    }
    size_t next = lead;
    uint32_t c = utf8_next(n->text, &next);
    bool dense = is_dense(j->before) && is_dense(c);
    if (dense && (feed || (j->node && j->has_feed))) {
        if (j->node)
            j->node->text = str_sub(j->node->text, 0, j->at);
        if (lead)
            n->text = cut_out(n->text, 0, lead, j->a);
        next -= lead;
    }
    j->node = NULL;
    j->before = c;
    j->at = next;
    join_inside(j, n, next);
}

void breaks_join(struct node *root, enum lang lang, struct arena *a)
{
    struct joiner j = { .a = a };

    if (lang != LANG_JA && lang != LANG_ZH_HANS && lang != LANG_ZH_HANT)
        return;
    for (struct node *n = root; n;) {
        if (n->tag == TAG_TEXT) {
            if (n->text.n)
                join_text(&j, n);
        } else if (tag_is_block(n->tag) || n->tag == TAG_BR ||
                   n->tag == TAG_IMG || n->tag == TAG_RT) {
            j.before = 0;
            j.node = NULL;
        } else if (n->tag == TAG_CODE) {
            j.before = 'x'; /* code is Latin to what stands beside it */
            j.node = NULL;
        }
        n = n->tag == TAG_PRE || n->tag == TAG_CODE ? node_skip(n, root)
                                                    : node_next(n, root);
    }
}
