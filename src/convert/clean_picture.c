/* SPDX-License-Identifier: MIT */
/* Pictures, and the many places where pages keep their addresses. */
#include "book/post.h"
#include "convert/clean_math.h"
#include "convert/picture_source.h"
#include "convert/srcset.h"

static str get(struct cleaner *c, const struct soup *e, str name)
{
    return str_trim(clean_chars(soup_attr(e, name), c->a));
}

/* Where the address of a picture stands, best first. */
enum place {
    LARGER, /* the picture in full, beside what the page shows */
    SET,    /* the best of several sizes */
    LATE,   /* what a script puts in src when the reader comes near */
    SRC,
    PLACES
};

static const struct {
    str name;
    enum place place;
} names[] = {
    { STR_INIT("data-orig-file"), LARGER },
    { STR_INIT("data-full-src"), LARGER },
    { STR_INIT("data-canonical-src"), LARGER },
    { STR_INIT("data-large-file"), LARGER },
    { STR_INIT("data-srcset"), SET },
    { STR_INIT("data-lazy-srcset"), SET },
    { STR_INIT("srcset"), SET },
    { STR_INIT("data-src"), LATE },
    { STR_INIT("data-original"), LATE },
    { STR_INIT("data-lazy-src"), LATE },
    { STR_INIT("data-lazy"), LATE },
    { STR_INIT("data-actualsrc"), LATE },
    { STR_INIT("data-echo"), LATE },
    { STR_INIT("data-original-src"), LATE },
    { STR_INIT("data-url"), LATE },
    { STR_INIT("src"), SRC },
};

/* The addresses of one picture, each in the post's own spelling. */
struct addresses {
    str best[PLACES]; /* the first of each kind */
    str source; /* of a picture's source, in a type that all readers know */
    str other;  /* in another type */
    str data;   /* a data: address, often of an empty picture */
};

static bool is_data(str url)
{
    return str_starts_nocase(url, S("data:"));
}

static bool is_on_web(str url)
{
    return str_find(url, S("//")) != STR_NONE;
}

static struct addresses find_addresses(struct cleaner *c, const struct soup *e)
{
    struct addresses found = { 0 };
    bool late_set = false;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        str *place = &found.best[names[i].place];
        str url = get(c, e, names[i].name);

        if (names[i].place == SET)
            url = srcset_best(url);
        if (is_data(url))
            found.data = found.data.n ? found.data : url;
        else if (!place->n)
            *place = url;
        late_set |= names[i].place == SET && url.n &&
                    str_starts(names[i].name, S("data-"));
    }
    /* What stands there until a script comes is not the picture. */
    if ((found.best[LATE].n || late_set) &&
        picture_is_placeholder(found.best[SRC]))
        found.best[SRC] = (str){ 0 };
    return found;
}

/* The address that stands for the picture. A file of the blog is better than
 * one that may be gone tomorrow. */
static str main_address(const struct addresses *f)
{
    str src = f->best[SRC], late = f->best[LATE];

    if (late.n && !(src.n && !is_on_web(src) && is_on_web(late)))
        return late;
    if (src.n)
        return src;
    if (f->best[SET].n)
        return f->best[SET];
    if (f->best[LARGER].n)
        return f->best[LARGER];
    if (f->source.n || f->other.n)
        return f->source.n ? f->source : f->other;
    return f->data;
}

static str picture_address(struct cleaner *c, const struct soup *e)
{
    struct addresses found = find_addresses(c, e);

    return main_address(&found);
}

/* All addresses, best first, a line each; empty: there is but one. */
static str all_addresses(struct cleaner *c, const struct addresses *f)
{
    const str order[] = { f->best[LARGER], f->best[SET], f->source,
                          f->best[LATE],   f->best[SRC], f->other };
    str all = { 0 }, last = { 0 };
    unsigned n = 0;

    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (!order[i].n || str_eq(order[i], last))
            continue;
        last = order[i];
        all = n++ ? arena_printf(c->a, "%.*s\n%.*s", STR_ARG(all),
                                 STR_ARG(last))
                  : last;
    }
    return n > 1 ? all : (str){ 0 };
}

/* "640", "640px": whole numbers from 1 on. */
static str pixels(struct cleaner *c, const struct soup *e, str name)
{
    str s = get(c, e, name);
    uint64_t n;

    if (str_ends_nocase(s, S("px")))
        s.n -= 2;
    return s.n <= 5 && str_to_uint(s, &n) && n > 0
               ? arena_printf(c->a, "%u", (unsigned)n)
               : (str){ 0 };
}

static bool is_pixel(struct cleaner *c, const struct soup *e)
{
    str w = get(c, e, S("width")), h = get(c, e, S("height"));

    return w.n && h.n && w.p[0] <= '1' && h.p[0] <= '1' &&
           (w.n == 1 || str_eq_nocase(w, S("1px"))) &&
           (h.n == 1 || str_eq_nocase(h, S("1px")));
}

static void put_picture(struct cleaner *c, const struct soup *e,
                        const struct addresses *f)
{
    struct look l;
    str alt = get(c, e, S("alt")), src = main_address(f);

    if (!src.n) {
        sink_text(&c->sink, alt);
        return;
    }
    look_read(&l, e);
    struct node *n = node_new(c->a, TAG_IMG, e->line);
    attrs_add(&n->attrs, ATTR_DATA_SRC, src, c->a);
    attrs_add(&n->attrs, ATTR_DATA_CHOICES, all_addresses(c, f), c->a);
    node_set(n, c->a, ATTR_ALT, alt);
    attrs_add(&n->attrs, ATTR_TITLE, get(c, e, S("title")), c->a);
    attrs_add(&n->attrs, ATTR_WIDTH, pixels(c, e, S("width")), c->a);
    attrs_add(&n->attrs, ATTR_HEIGHT, pixels(c, e, S("height")), c->a);
    attrs_add(&n->attrs, ATTR_ID, clean_id(c, &l), c->a);
    sink_inline(&c->sink, n);
}

static const struct soup *element_beside(const struct soup *e, bool after)
{
    do
        e = after ? e->next : e->prev;
    while (e && e->tag == SOUP_TEXT && str_is_blank(e->text));
    return e;
}

/* The one picture that is all E holds, or NULL. */
static const struct soup *only_picture(const struct soup *e)
{
    const struct soup *img = NULL;

    for (const struct soup *k = soup_next(e, e); k; k = soup_next(k, e)) {
        if (k->tag == SOUP_TEXT ? !str_is_blank(k->text)
                                : k->tag == SOUP_IMG && img)
            return NULL;
        if (k->tag == SOUP_IMG)
            img = k;
    }
    return img;
}

/* What stands in a noscript behind a picture is the picture without the tricks
 * that load it late. */
static void add_twin(struct cleaner *c, const struct soup *e,
                     struct addresses *f)
{
    const struct soup *after = element_beside(e, true);
    const struct soup *twin = after && after->tag == SOUP_NOSCRIPT
                                  ? only_picture(after)
                                  : NULL;

    if (!twin || f->best[LATE].n || is_pixel(c, twin))
        return;
    struct addresses found = find_addresses(c, twin);
    f->best[LATE] = found.best[SRC];
    if (!f->best[SET].n)
        f->best[SET] = found.best[SET];
}

void clean_img(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct addresses found = find_addresses(c, e);

    if (is_pixel(c, e)) {
        diag_add(c->dg, DIAG_AD_DROPPED, c->post->path, e->line,
                 "tracking pixel dropped");
        return;
    }
    if (clean_put_picture_formula(c, e, main_address(&found)))
        return;
    add_twin(c, e, &found);
    put_picture(c, e, &found);
}

/* Pictures for a dark page, or for a narrow one, are not for a book. */
static bool is_for_books(struct cleaner *c, const struct soup *source)
{
    str media = get(c, source, S("media"));

    return !media.n || (str_find_nocase(media, S("min-width")) != STR_NONE &&
                        str_find_nocase(media, S("dark")) == STR_NONE);
}

/* Not every reader shows them. */
static bool is_new_type(str url, str type)
{
    static const str types[] = { STR_INIT("webp"), STR_INIT("avif"),
                                 STR_INIT("jxl"), STR_INIT("heic") };

    url = str_cut(&url, '?');
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_ends_nocase(type, types[i]) || str_ends_nocase(url, types[i]))
            return true;
    return false;
}

static void add_source(struct cleaner *c, const struct soup *source,
                       struct addresses *f)
{
    str url = srcset_best(get(c, source, S("srcset")));

    if (!url.n)
        url = srcset_best(get(c, source, S("data-srcset")));
    if (!url.n || is_data(url) || !is_for_books(c, source))
        return;
    str *place = is_new_type(url, get(c, source, S("type"))) ? &f->other
                                                             : &f->source;
    if (!place->n)
        *place = url;
}

void clean_picture(struct cleaner *c, const struct soup *e, enum tag tag)
{
    const struct soup *img = NULL;
    struct addresses all = { 0 };

    for (const struct soup *k = soup_next(e, e); k && !img; k = soup_next(k, e))
        if (k->tag == SOUP_IMG)
            img = k;
    if (img)
        all = find_addresses(c, img);
    for (const struct soup *k = soup_next(e, e); k; k = soup_next(k, e))
        if (k->tag == SOUP_SOURCE)
            add_source(c, k, &all);
    put_picture(c, img ? img : e, &all);
}

/* Shown, unless it only repeats the picture of what a script shows. */
void clean_noscript(struct cleaner *c, const struct soup *e, enum tag tag)
{
    const struct soup *img = only_picture(e),
                      *before = element_beside(e, false);

    if (img && before &&
        (before->tag == SOUP_SCRIPT || before->tag == SOUP_IFRAME ||
         before->tag == SOUP_OBJECT || before->tag == SOUP_EMBED ||
         (before->tag == SOUP_IMG && picture_address(c, before).n)))
        return;
    clean_children(c, e);
}
