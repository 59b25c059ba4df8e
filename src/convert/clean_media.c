/* SPDX-License-Identifier: MIT */
/* Players, drawings and what is left of forms. */
#include "book/post.h"
#include "convert/clean_math.h"
#include "convert/embed.h"

static str get(struct cleaner *c, const struct soup *e, str name)
{
    return str_trim(clean_chars(soup_attr(e, name), c->a));
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

    if (e->tag == SOUP_SCRIPT && clean_put_script_formula(c, e))
        return;
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

void clean_put_words(struct cleaner *c, const struct soup *e)
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
    clean_put_words(c, e);
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
