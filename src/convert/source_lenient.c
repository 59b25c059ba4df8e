/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/utf8.h"
#include "convert/source_chars.h"
#include "convert/source_emphasis.h"
#include "convert/source_inline.h"

static bool is_blank(uint32_t c)
{
    return utf8_is_space(c) || c == SENTINEL || c == 0x200b || c == 0xfeff;
}

static bool is_word_byte(uint32_t c)
{
    return c < 0x80 && (ascii_is_alnum((int)c) || c == '_' || c == ')');
}

static char skip_blanks_back(str s, size_t at)
{
    while (at > 0 && (s.p[at - 1] == ' ' || s.p[at - 1] == '\t'))
        at--;
    return at > 0 ? s.p[at - 1] : '\n';
}

static char skip_blanks(str s, size_t at)
{
    while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t'))
        at++;
    return at < s.n ? s.p[at] : '\n';
}

/* "2**40" is never emphasis, whatever CommonMark says of two of them. */
static bool is_power(const struct flanks *f)
{
    return f->before < 0x80 && ascii_is_digit((int)f->before) &&
           f->after < 0x80 && ascii_is_digit((int)f->after);
}

/* The power operator, with or without blanks: "2**40", "n ** 2". */
static bool is_operator(str s, size_t at, const struct flanks *f)
{
    if (f->left != f->right)
        return false;
    unsigned char x = (unsigned char)skip_blanks_back(s, at);
    unsigned char y = (unsigned char)skip_blanks(s, at + 2);
    return is_word_byte(x) && (is_word_byte(y) || y == '(' || y == '-');
}

/* Where we are in the text while asterisks are collected. */
struct collector {
    str s;
    unsigned segment;
    size_t line_from;          /* LFs before it are counted */
    size_t tags_from, tags_to; /* the tags last seen, side by side */
    struct inline_walk walk;
    struct stars *stars;
    struct arena *arena;
};

static void see_tag(struct collector *c, size_t at)
{
    size_t n = inline_tag_length(&c->walk, at);

    c->walk.at = at + (n ? n : 1);
    if (n == 0)
        return;
    if (c->tags_to != at || at == 0)
        c->tags_from = at;
    c->tags_to = at + n;
}

/* The character behind the tags that start at AT; *AT_TAG: there are some. */
static uint32_t behind_tags(struct collector *c, size_t at, bool *at_tag)
{
    struct inline_walk look = c->walk;
    size_t n;

    while (at < c->s.n && c->s.p[at] == '<' &&
           (n = inline_tag_length(&look, at)) > 0) {
        at += n;
        *at_tag = true;
    }
    return at < c->s.n ? utf8_next(c->s, &at) : '\n';
}

/* "****" between tags, or between a tag and a blank: what a rich text editor
 * makes of an empty piece of bold text. */
static bool is_empty_bold(const struct star *s, bool tag_before, bool tag_after)
{
    return (tag_before && (tag_after || is_blank(s->after))) ||
           (tag_after && is_blank(s->before));
}

static void see_stars(struct collector *c, size_t at)
{
    unsigned n = 0;
    struct star star = { .at = at, .segment = c->segment };
    bool tag_before = false, tag_after = false;

    while (at + n < c->s.n && c->s.p[at + n] == '*')
        n++;
    c->walk.at = at + n;
    struct flanks f = flanks_of(c->s, at, n);
    star.left = f.left;
    star.right = f.right;
    star.operator_like = n == 2 && is_operator(c->s, at, &f);
    size_t before = at;
    if (c->tags_to == at && at > 0) {
        before = c->tags_from;
        tag_before = true;
    }
    star.before = before > 0 ? utf8_prev(c->s, &before) : '\n';
    star.after = behind_tags(c, at + n, &tag_after);
    star.half = n == 4;
    star.n = star.half ? 2 : n;
    /* "*** Title**": a bullet and then bold. */
    if (n == 3 && is_blank(star.before) && is_blank(star.after)) {
        star.at++;
        star.n = 2;
    }
    star.full = star.n;
    star.run = n;
    if (star.half && is_empty_bold(&star, tag_before, tag_after)) {
        star.n = 0;
        star.role = STAR_GONE;
    }
    if (n == 2 && is_power(&f)) {
        star.n = 0;
        star.role = STAR_LONELY;
    }
    *vec_push(c->stars, c->arena) = star;
    if (star.half) {
        star.at += 2;
        *vec_push(c->stars, c->arena) = star;
    }
}

/* Finds the runs of asterisks; those of four count as two pairs. */
static void collect(str s, bool table, struct stars *stars, struct arena *a)
{
    struct collector c = { .s = s, .stars = stars, .arena = a };
    const char stops[3] = { '*', '<', table ? '|' : '*' };
    size_t at;

    inline_init(&c.walk, s);
    while ((at = inline_find(&c.walk, stops)) != STR_NONE) {
        for (; table && c.line_from < at; c.line_from++)
            c.segment += s.p[c.line_from] == '\n';
        if (s.p[at] == '<') {
            see_tag(&c, at);
        } else if (s.p[at] == '|') {
            c.segment++;
            c.walk.at = at + 1;
        } else {
            see_stars(&c, at);
        }
    }
}

/* CommonMark 6.4, rules 9 and 10. */
static bool is_odd_match(const struct star *x, const struct star *y)
{
    bool both = (x->left && x->right) || (y->left && y->right);
    return both && (x->run + y->run) % 3 == 0 && (x->run % 3 || y->run % 3);
}

/* CommonMark 6.4, for asterisks only: takes away what will match. */
static void match_as_commonmark(struct stars *stars)
{
    struct star *v = stars->v;
    size_t top = 0; /* the nearest opener, index + 1 */

    for (size_t i = 0; i < stars->n; i++) {
        struct star *y = &v[i];
        if (i > 0 && v[i - 1].segment != y->segment)
            top = 0;
        while (y->right && y->n > 0 && top > 0) {
            struct star *x = &v[top - 1];
            if (is_odd_match(x, y))
                break;
            unsigned n = x->n >= 2 && y->n >= 2 ? 2 : 1;
            x->n -= n;
            y->n -= n;
            if (x->n == 0)
                top = x->below;
        }
        if (y->left && y->n > 0) {
            y->below = top;
            top = i + 1;
        }
    }
}

static bool only_opens(const struct star *s)
{
    return !is_blank(s->after) &&
           (is_blank(s->before) || (s->left && !s->right));
}

static bool only_closes(const struct star *s)
{
    return !is_blank(s->before) &&
           (is_blank(s->after) || (s->right && !s->left));
}

/* Could X and Y, both left over, be meant as a pair? Two that only open are
 * rather "**args, **more", two that only close marks of notes, except in CJK
 * text, where the words around tell that a blank went to the wrong side. */
static bool may_pair(str text, const struct star *x, const struct star *y)
{
    bool open_x = only_opens(x), open_y = only_opens(y);
    bool close_x = only_closes(x), close_y = only_closes(y);

    if (x->segment != y->segment)
        return false;
    if (open_x && open_y)
        return (y->before != '\n' || y->half) &&
               (char_is_cjk(x->after) || char_is_cjk(y->after));
    if (close_x && close_y)
        return (char_is_cjk(x->before) || char_is_punct(x->before)) &&
               !memchr(text.p + x->at, '\n', y->at - x->at);
    return true;
}

static bool can_pair(const struct star *s)
{
    return s->n == 2 && !s->operator_like && s->role == STAR_MATCHED;
}

/* Pairs what CommonMark has left over, from FROM up to TO. */
static void pair_leftovers(str text, struct star *from, struct star *to)
{
    struct star *open = NULL;

    for (struct star *s = from; s < to; s++) {
        if (!can_pair(s))
            continue;
        if (open && may_pair(text, open, s)) {
            open->role = STAR_OPENS;
            s->role = STAR_CLOSES;
            open = NULL;
        } else {
            open = s;
        }
    }
}

/* Takes the stars of one line, or block, by turns as openers and closers, if
 * all of them can be meant so. */
static bool pair_by_turns(str text, struct star *from, struct star *to)
{
    struct star *open = NULL;

    for (struct star *s = from; s < to; s++) {
        if (s->operator_like || s->role != STAR_MATCHED)
            continue;
        if (s->full != 2)
            return false;
        if (open && !may_pair(text, open, s))
            return false;
        open = open ? NULL : s;
    }
    if (open)
        return false;
    for (struct star *s = from; s < to; s++) {
        if (s->operator_like || s->role != STAR_MATCHED)
            continue;
        s->role = open ? STAR_CLOSES : STAR_OPENS;
        open = open ? NULL : s;
    }
    return true;
}

static bool has_leftovers(const struct star *from, const struct star *to)
{
    for (; from < to; from++)
        if (can_pair(from))
            return true;
    return false;
}

/* The end of the line (or cell) in which S stands. */
static struct star *same_line(str text, struct star *s, struct star *end)
{
    const char *lf = memchr(text.p + s->at, '\n', text.n - s->at);
    size_t stop = lf ? (size_t)(lf - text.p) : text.n;
    unsigned segment = s->segment;

    while (s < end && s->at < stop && s->segment == segment)
        s++;
    return s;
}

/* Lines first, then what is left of the whole block. */
static void pair_up(str text, struct stars *stars)
{
    if (stars->n == 0)
        return;
    struct star *end = stars->v + stars->n, *next;
    if (!has_leftovers(stars->v, end))
        return;
    for (struct star *s = stars->v; s < end; s = next) {
        next = same_line(text, s, end);
        if (has_leftovers(s, next))
            pair_by_turns(text, s, next);
    }
    pair_leftovers(text, stars->v, end);
}

/* Marks what is still alone, if there is no doubt that it is "**". */
static void find_lonely(struct stars *stars)
{
    stars->lonely = false;
    for (size_t i = 0; i < stars->n; i++) {
        struct star *s = &stars->v[i];
        if (!can_pair(s) || s->full != 2)
            continue;
        bool blank_before = is_blank(s->before), blank = is_blank(s->after);
        s->role = STAR_LONELY;
        if (!stars->lonely)
            stars->first_may_close = !blank_before || blank;
        stars->last_may_open = blank_before || !blank;
        stars->lonely = true;
    }
}

void lenient_emphasis(str text, bool table, struct stars *stars,
                      struct arena *a, struct buf *out)
{
    static const char *const marks[] = { [STAR_OPENS] = "\x1c",
                                         [STAR_CLOSES] = "\x1d",
                                         [STAR_GONE] = "",
                                         [STAR_LONELY] = "\x1e\x1e" };
    size_t done = 0;

    stars->n = 0;
    collect(text, table, stars, a);
    match_as_commonmark(stars);
    pair_up(text, stars);
    find_lonely(stars);
    for (size_t i = 0; i < stars->n; i++) {
        const struct star *s = &stars->v[i];
        if (s->role == STAR_MATCHED)
            continue;
        buf_put(out, str_sub(text, done, s->at - done));
        buf_puts(out, marks[s->role]);
        done = s->at + 2;
    }
    buf_put(out, str_from(text, done));
}
