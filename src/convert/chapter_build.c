/* SPDX-License-Identifier: MIT */
#include "convert/chapter_build.h"

#include "convert/link.h"
#include "doc/words.h"

static struct node *add(struct node *parent, struct arena *a, enum tag tag,
                        str class)
{
    struct node *n = node_new(a, tag, 0);

    if (class.n)
        node_set(n, a, ATTR_CLASS, class);
    node_append(parent, n);
    return n;
}

static void add_text(struct node *parent, struct arena *a, str text)
{
    node_append(parent, node_text(a, text, 0));
}

static void add_date(struct node *head, const struct chapter *c,
                     struct arena *a)
{
    const struct date *d = &c->post->date;

    if (!d->year)
        return;
    struct node *time = add(add(head, a, TAG_P, S("date")), a, TAG_TIME,
                            (str){ 0 });
    node_set(time, a, ATTR_DATETIME,
             arena_printf(a, "%04d-%02d-%02d", d->year, d->month, d->day));
    add_text(time, a, word_date(d->year, d->month, d->day, c->lang, a));
}

static void add_byline(struct node *head, const struct chapter *c,
                       const struct book *book, struct arena *a)
{
    str author = c->post->author;

    if (!author.n || str_eq(author, book->author))
        return;
    str format = str_of(word_text(WORD_BY, c->lang));
    size_t at = str_find(format, S("%s"));
    str before = str_sub(format, 0, at);
    str after = str_from(format, at == STR_NONE ? format.n : at + 2);
    add_text(add(head, a, TAG_P, S("byline")), a,
             arena_join(a, arena_join(a, before, author), after));
}

void chapter_build(struct chapter *c, const struct book *book,
                   struct node *body, str title_id, struct arena *a)
{
    c->root = node_new(a, TAG_SECTION, 0);
    node_set(c->root, a, ATTR_CLASS, S("chapter"));
    struct node *head = add(c->root, a, TAG_HEADER, S("chapter-head"));
    add_date(head, c, a);
    struct node *title = add(head, a, TAG_H1, (str){ 0 });
    if (title_id.n)
        node_set(title, a, ATTR_ID, title_id);
    add_text(title, a, c->post->title);
    add_byline(head, c, book, a);
    node_append(c->root, body);
}

str chapter_address(const struct post *post, const struct book *book,
                    struct arena *a)
{
    if (!post->permalink.n)
        return (str){ 0 };
    return link_clean_url(
        post->permalink,
        book->base_url.n ? arena_join(a, book->base_url, S("/")) : (str){ 0 },
        a);
}

void chapter_build_foot(struct chapter *c, const struct book *book,
                        struct arena *a)
{
    const struct post *post = c->post;
    str source = chapter_address(post, book, a);
    struct node *foot = node_new(a, TAG_FOOTER, 0);

    node_set(foot, a, ATTR_CLASS, S("chapter-foot"));
    if (post->tags.n) {
        struct node *tags = add(foot, a, TAG_UL, S("tags"));
        node_set(tags, a, ATTR_ARIA_LABEL,
                 str_of(word_text(WORD_TAGS, c->lang)));
        for (size_t i = 0; i < post->tags.n; i++)
            add_text(add(tags, a, TAG_LI, (str){ 0 }), a, post->tags.v[i]);
    }
    if (source.n) {
        struct node *p = add(foot, a, TAG_P, S("source"));
        struct node *link = add(p, a, TAG_A, (str){ 0 });
        node_set(link, a, ATTR_HREF, source);
        add_text(link, a, str_of(word_text(WORD_SOURCE, c->lang)));
        c->has_links = true;
    }
    if (foot->first)
        node_append(c->root, foot);
}

/* Runs of letters between blanks. */
static uint32_t count_words(str text)
{
    uint32_t n = 0;
    bool inside = false;

    for (size_t i = 0; i < text.n; i++) {
        bool blank = (unsigned char)text.p[i] <= ' ';
        n += !blank && !inside;
        inside = !blank;
    }
    return n;
}

void chapter_count(struct chapter *c)
{
    for (const struct node *n = c->root; n; n = node_next(n, c->root)) {
        switch (n->tag) {
        case TAG_TEXT:
            c->n_words += count_words(n->text);
            break;
        case TAG_A:
            c->has_links = true;
            break;
        case TAG_PRE:
        case TAG_CODE:
            c->has_code = true;
            break;
        case TAG_TABLE:
            c->has_tables = true;
            break;
        case TAG_MATH:
            c->has_math = true;
            break;
        case TAG_IMG:
            c->n_images_described += node_attr(n, ATTR_ALT).n > 0;
            break;
        default:
            break;
        }
    }
}
