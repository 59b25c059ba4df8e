/* SPDX-License-Identifier: MIT */
/* Pictures, players, drawings, formulas and what is left of forms. */
#include "book/post.h"
#include "convert/clean_walk.h"
#include "convert/embed.h"

static str get(struct cleaner *c, const struct soup *e, str name)
{
    return str_trim(clean_chars(soup_attr(e, name), c->a));
}

/* The first address of a srcset: "a.jpg 2x, b.jpg". */
static str first_candidate(str srcset)
{
    size_t n = 0;

    srcset = str_trim(srcset);
    while (n < srcset.n && !ascii_is_space(srcset.p[n]))
        n++;
    while (n > 0 && srcset.p[n - 1] == ',')
        n--;
    return str_sub(srcset, 0, n);
}

/* Pages that load pictures late have the address somewhere else. */
static str picture_address(struct cleaner *c, const struct soup *e)
{
    static const str late[] = { STR_INIT("data-src"), STR_INIT("data-original"),
                                STR_INIT("data-lazy-src"),
                                STR_INIT("data-orig-file") };
    str src = get(c, e, S("src"));

    if (src.n && !str_starts_nocase(src, S("data:")))
        return src;
    for (size_t i = 0; i < sizeof late / sizeof *late; i++) {
        str other = get(c, e, late[i]);
        if (other.n)
            return other;
    }
    str set = first_candidate(get(c, e, S("srcset")));
    if (!set.n)
        set = first_candidate(get(c, e, S("data-srcset")));
    return set.n ? set : src;
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

static void put_picture(struct cleaner *c, const struct soup *e, str src)
{
    struct look l;
    str alt = get(c, e, S("alt"));

    if (!src.n) {
        sink_text(&c->sink, alt);
        return;
    }
    look_read(&l, e);
    struct node *n = node_new(c->a, TAG_IMG, e->line);
    attrs_add(&n->attrs, ATTR_DATA_SRC, src, c->a);
    node_set(n, c->a, ATTR_ALT, alt);
    attrs_add(&n->attrs, ATTR_TITLE, get(c, e, S("title")), c->a);
    attrs_add(&n->attrs, ATTR_WIDTH, pixels(c, e, S("width")), c->a);
    attrs_add(&n->attrs, ATTR_HEIGHT, pixels(c, e, S("height")), c->a);
    attrs_add(&n->attrs, ATTR_ID, clean_id(c, &l), c->a);
    sink_inline(&c->sink, n);
}

void clean_img(struct cleaner *c, const struct soup *e, enum tag tag)
{
    if (is_pixel(c, e)) {
        diag_add(c->dg, DIAG_AD_DROPPED, c->post->path, e->line,
                 "tracking pixel dropped");
        return;
    }
    put_picture(c, e, picture_address(c, e));
}

void clean_picture(struct cleaner *c, const struct soup *e, enum tag tag)
{
    str src = { 0 };

    for (const struct soup *k = soup_next(e, e); k; k = soup_next(k, e)) {
        if (k->tag == SOUP_IMG) {
            str own = picture_address(c, k);
            put_picture(c, k, own.n ? own : src);
            return;
        }
        if (k->tag == SOUP_SOURCE && !src.n)
            src = first_candidate(get(c, k, S("srcset")));
    }
    put_picture(c, e, src);
}

/* A link that embed_judge() made, with links around it kept off. */
static void put_link(struct cleaner *c, const struct node *link)
{
    struct attr *attrs = link->attrs;

    if (!sink_wrap_open(&c->sink, TAG_A, attrs, (str){ 0 }))
        return;
    sink_text(&c->sink, node_plain_text(link, c->a));
    sink_wrap_close(&c->sink);
}

void clean_embed(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct node *out = NULL;

    switch (embed_judge(e, c->post, c->lang, c->a, c->dg, &out)) {
    case EMBED_CARD:
        sink_block(&c->sink, out);
        break;
    case EMBED_LINK:
        put_link(c, out);
        break;
    case EMBED_IMAGE:
        if (!node_has(out, ATTR_ALT))
            node_set(out, c->a, ATTR_ALT, S(""));
        sink_inline(&c->sink, out);
        break;
    case EMBED_DROP:
        break;
    case EMBED_NOT:
        if (e->tag == SOUP_SCRIPT)
            clean_report(c, e, "script");
        else
            clean_children(c, e);
        break;
    }
}

/* The one picture that is all E holds, or NULL. */
static const struct soup *only_picture(const struct soup *e)
{
    const struct soup *img = NULL;

    for (const struct soup *k = soup_next(e, e); k; k = soup_next(k, e)) {
        if (k->tag == SOUP_TEXT ? str_trim(k->text).n > 0
                                : k->tag == SOUP_IMG && img)
            return NULL;
        if (k->tag == SOUP_IMG)
            img = k;
    }
    return img;
}

static const struct soup *element_before(const struct soup *e)
{
    const struct soup *k = e->prev;

    while (k && k->tag == SOUP_TEXT && !str_trim(k->text).n)
        k = k->prev;
    return k;
}

/* Shown, unless it only repeats the picture of what a script shows. */
void clean_noscript(struct cleaner *c, const struct soup *e, enum tag tag)
{
    const struct soup *img = only_picture(e), *before = element_before(e);

    if (img && before &&
        (before->tag == SOUP_SCRIPT || before->tag == SOUP_IFRAME ||
         before->tag == SOUP_OBJECT || before->tag == SOUP_EMBED ||
         (before->tag == SOUP_IMG && picture_address(c, before).n)))
        return;
    clean_children(c, e);
}

/* The words of a drawing or formula, in their order. */
static void put_words(struct cleaner *c, const struct soup *e)
{
    const struct soup *k = soup_next(e, e);

    while (k) {
        if (k->tag == SOUP_STYLE || k->tag == SOUP_SCRIPT ||
            str_eq(k->name, S("annotation")) ||
            str_eq(k->name, S("annotation-xml"))) {
            k = soup_skip(k, e);
            continue;
        }
        if (k->tag == SOUP_TEXT) {
            sink_text(&c->sink, clean_chars(k->text, c->a));
            if (k->parent != e && e->tag == SOUP_SVG)
                sink_text(&c->sink, S(" "));
        }
        k = soup_next(k, e);
    }
}

void clean_svg(struct cleaner *c, const struct soup *e, enum tag tag)
{
    if (str_eq_nocase(get(c, e, S("aria-hidden")), S("true")))
        return;
    clean_report(c, e, "drawing (svg), except for its words,");
    put_words(c, e);
}

void clean_math(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct attr *attrs = NULL;

    attrs_add(&attrs, ATTR_CLASS, S("math"), c->a);
    bool opened = sink_wrap_open(&c->sink, tag, attrs, (str){ 0 });
    put_words(c, e);
    if (opened)
        sink_wrap_close(&c->sink);
}

/* Task lists have boxes; the other controls have at most a word on them. */
void clean_input(struct cleaner *c, const struct soup *e, enum tag tag)
{
    str type = get(c, e, S("type"));

    if (str_eq_nocase(type, S("checkbox"))) {
        bool checked = soup_attr(e, S("checked")).p != NULL;
        struct node *box = node_new(c->a, tag, e->line);
        node_set(box, c->a, ATTR_CLASS, S("task-box"));
        node_append(box, node_text(c->a, checked ? S("☑") : S("☐"), e->line));
        sink_inline(&c->sink, box);
        if (c->sink.box->node->tag == TAG_LI)
            node_add_class(c->sink.box->node, c->a, S("task"));
    } else if (str_eq_nocase(type, S("submit")) ||
               str_eq_nocase(type, S("button")) ||
               str_eq_nocase(type, S("reset"))) {
        sink_text(&c->sink, get(c, e, S("value")));
    } else if (!str_eq_nocase(type, S("hidden"))) {
        clean_report(c, e, "form field");
    }
}
