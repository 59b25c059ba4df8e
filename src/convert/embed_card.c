/* SPDX-License-Identifier: MIT */
#include "convert/embed_card.h"

#include "doc/words.h"

static const struct {
    str name;
    enum word word;
} kinds[] = {
    [EMBED_KIND_PAGE] = { STR_INIT("page"), WORD_EMBED },
    [EMBED_KIND_VIDEO] = { STR_INIT("video"), WORD_VIDEO },
    [EMBED_KIND_AUDIO] = { STR_INIT("audio"), WORD_AUDIO },
    [EMBED_KIND_SLIDES] = { STR_INIT("slides"), WORD_SLIDES },
    [EMBED_KIND_DOCUMENT] = { STR_INIT("document"), WORD_DOCUMENT },
    [EMBED_KIND_MAP] = { STR_INIT("map"), WORD_MAP },
    [EMBED_KIND_CODE] = { STR_INIT("code"), WORD_CODE },
    [EMBED_KIND_POST] = { STR_INIT("post"), WORD_SOCIAL_POST },
    [EMBED_KIND_FLASH] = { STR_INIT("flash"), WORD_FLASH },
};

static void add_line(struct node *figure, str class_name, str text, str href,
                     uint32_t line, struct arena *a)
{
    struct node *p = node_new(a, TAG_P, line), *in = p;

    node_set(p, a, ATTR_CLASS, class_name);
    node_append(figure, p);
    if (href.n > 0) {
        in = node_new(a, TAG_A, line);
        node_set(in, a, ATTR_HREF, href);
        node_append(p, in);
    }
    node_append(in, node_text(a, text, line));
}

/* Elements whose content is no text to read. */
static bool is_silent(enum soup_tag t)
{
    return t == SOUP_SCRIPT || t == SOUP_STYLE || t == SOUP_IFRAME ||
           t == SOUP_TEMPLATE || t == SOUP_SELECT || t == SOUP_TITLE;
}

static bool breaks_paragraph(enum soup_tag t)
{
    static const enum soup_tag tags[] = {
        SOUP_P,  SOUP_DIV, SOUP_LI, SOUP_UL, SOUP_OL, SOUP_H1,
        SOUP_H2, SOUP_H3,  SOUP_H4, SOUP_H5, SOUP_H6, SOUP_BLOCKQUOTE,
        SOUP_TR, SOUP_PRE, SOUP_HR, SOUP_DT, SOUP_DD, SOUP_TABLE,
    };

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (t == tags[i])
            return true;
    return false;
}

struct flow {
    struct arena *a;
    struct node *out, *p;            /* p: the open paragraph or NULL */
    const struct soup *block, *link; /* of the text that was added last */
    struct node *a_node;
};

static const struct soup *find_above(const struct soup *e,
                                     const struct soup *root, bool link)
{
    for (; e && e != root; e = e->parent)
        if (link ? e->tag == SOUP_A : breaks_paragraph(e->tag))
            return e;
    return root;
}

/* The paragraph, or the link in it, that takes text of E. */
static struct node *find_place(struct flow *f, const struct soup *e,
                               const struct soup *root)
{
    const struct soup *block = find_above(e, root, false);
    const struct soup *link = find_above(e, root, true);

    if (!f->p || block != f->block) {
        f->p = node_new(f->a, TAG_P, e->line);
        node_append(f->out, f->p);
        f->block = block;
        f->link = root;
    }
    if (link != f->link) {
        str href = link == root ? S("") : soup_attr(link, S("href"));

        f->a_node = f->p;
        if (href.n > 0) {
            f->a_node = node_new(f->a, TAG_A, link->line);
            node_set(f->a_node, f->a, ATTR_HREF, href);
            node_append(f->p, f->a_node);
        }
        f->link = link;
    }
    return f->link == root ? f->p : f->a_node;
}

/* The text below ROOT as paragraphs with links and line breaks. */
static void add_words(struct node *out, const struct soup *root,
                      struct arena *a)
{
    struct flow f = { .a = a, .out = out, .block = root, .link = root };
    const struct soup *e = root->first;

    while (e) {
        str text = e->tag == SOUP_IMG ? soup_attr(e, S("alt")) : e->text;

        if ((e->tag == SOUP_TEXT || e->tag == SOUP_IMG) && text.n > 0 &&
            (f.p || !str_is_blank(text)))
            node_append(find_place(&f, e, root), node_text(a, text, e->line));
        else if (e->tag == SOUP_BR && f.p)
            node_append(f.p, node_new(a, TAG_BR, e->line));
        else if (breaks_paragraph(e->tag))
            f.p = NULL;
        e = is_silent(e->tag) ? soup_skip(e, root) : soup_next(e, root);
    }
    for (struct node *p = out->first, *next; p; p = next) {
        next = p->next;
        if (str_is_blank(node_plain_text(p, a)))
            node_remove(p);
    }
}

struct node *card_new(const struct card *card, enum lang lang, struct arena *a)
{
    struct node *figure = node_new(a, TAG_FIGURE, card->line);

    node_set(figure, a, ATTR_CLASS, S("embed"));
    node_set(figure, a, ATTR_ARIA_LABEL,
             str_of(word_text(kinds[card->kind].word, lang)));
    node_set(figure, a, ATTR_DATA_KIND, kinds[card->kind].name);
    if (card->player.n > 0)
        node_set(figure, a, ATTR_DATA_SRC, card->player);
    if (card->thumbnail.n > 0)
        node_set(figure, a, ATTR_DATA_THUMBNAIL, card->thumbnail);
    if (card->words) {
        struct node *in = figure;

        if (card->quoted) {
            in = node_new(a, TAG_BLOCKQUOTE, card->words->line);
            node_append(figure, in);
        }
        add_words(in, card->words, a);
        if (in != figure && !in->first)
            node_remove(in);
    }
    add_line(figure, S("embed-title"),
             card->title.n > 0 ? card->title : card->link, card->link,
             card->line, a);
    if (card->host.n > 0)
        add_line(figure, S("embed-host"), card->host, S(""), card->line, a);
    return figure;
}
