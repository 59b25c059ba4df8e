/* SPDX-License-Identifier: MIT */
#include "epub/xhtml.h"

#include "book/post.h"
#include "epub/xml.h"

struct writer {
    struct buf *out;
    const struct chapter *chapter;
    struct xhtml_seen *seen;
    bool rtl;
};

/* Tags and attribute names with all that surrounds them, so that writing one
 * is one copy. A block's end tag brings its line feed. */
static const str start_tag[TAG_COUNT] = {
#define TAG(id, name, kind) [TAG_##id] = STR_INIT("<" name),
#include "doc/tags.def"
#undef TAG
};

#define STAYS_IN_LINE(id, kind)                                                \
    (KIND_##kind == KIND_INLINE || KIND_##kind == KIND_TRANSPARENT ||          \
     KIND_##kind == KIND_VOID_INLINE || TAG_##id == TAG_RT ||                  \
     TAG_##id == TAG_RP)

static const str end_tag[TAG_COUNT] = {
#define TAG(id, name, kind)                                                    \
    [TAG_##id] = { "</" name ">\n",                                            \
                   sizeof("</" name ">\n") - 1 - STAYS_IN_LINE(id, kind) },
#include "doc/tags.def"
#undef TAG
};

static const bool is_void[TAG_COUNT] = {
#define TAG(id, name, kind)                                                    \
    [TAG_##id] = KIND_##kind == KIND_VOID_INLINE ||                            \
                 KIND_##kind == KIND_VOID_BLOCK,
#include "doc/tags.def"
#undef TAG
};

static const str attr_start[ATTR_COUNT] = {
#define ATTR(id, name) [ATTR_##id] = STR_INIT(" " name "=\""),
#include "doc/attrs.def"
#undef ATTR
};

static void put_plain(struct writer *w, const struct attr *at)
{
    buf_put(w->out, attr_start[at->name]);
    xml_attr(w->out, at->value);
    buf_putc(w->out, '"');
}

static void put_lang(struct writer *w, const struct attr *at)
{
    put_plain(w, at);
    buf_puts(w->out, " xml:lang=\"");
    xml_attr(w->out, at->value);
    buf_putc(w->out, '"');
}

/* A boolean attribute has its own name as value where the source had none. */
static void put_boolean(struct writer *w, const struct attr *at)
{
    str start = attr_start[at->name];

    buf_put(w->out, start);
    buf_put(w->out, str_sub(start, 1, start.n - 3));
    buf_putc(w->out, '"');
}

static void put_picture(struct writer *w, const struct attr *at)
{
    uint64_t i;

    if (!str_to_uint(at->value, &i) || i >= w->chapter->images.n)
        return;
    buf_puts(w->out, " src=\"../images/");
    xml_attr(w->out, w->chapter->images.v[i].name);
    buf_putc(w->out, '"');
}

static void put_nothing(struct writer *w, const struct attr *at)
{
}

/* How an attribute is written where it is not simply name and value. */
static void (*const put_special[ATTR_COUNT])(struct writer *,
                                             const struct attr *) = {
    [ATTR_LANG] = put_lang,        [ATTR_OPEN] = put_boolean,
    [ATTR_REVERSED] = put_boolean, [ATTR_ASSET] = put_picture,
    [ATTR_POST] = put_nothing,     [ATTR_FRAG] = put_nothing,
};

/* A link inside the book, from its two attributes. */
static void put_internal_link(struct writer *w, const struct node *n)
{
    str post = node_attr(n, ATTR_POST), frag = node_attr(n, ATTR_FRAG);
    bool here = !post.p || str_eq(post, w->chapter->post->name);

    if (!post.p && !frag.p)
        return;
    buf_puts(w->out, " href=\"");
    if (!here || !frag.n) {
        xml_attr(w->out, post.p ? post : w->chapter->post->name);
        buf_puts(w->out, ".xhtml");
    }
    if (frag.n) {
        buf_putc(w->out, '#');
        xml_fragment(w->out, frag);
    }
    buf_putc(w->out, '"');
}

/* HTML requires an alt attribute; empty says that there is no text for it. */
static void finish_picture(struct writer *w, const struct node *n)
{
    str alt = node_attr(n, ATTR_ALT);

    w->seen->pictures++;
    w->seen->described += !str_is_blank(alt);
    if (!alt.p)
        buf_puts(w->out, " alt=\"\"");
}

/* The chapter as such: DPUB-ARIA's doc-chapter wants a name, and that of the
 * title's id serves best; else the title itself. */
static void put_chapter_semantics(struct writer *w, const struct node *root)
{
    const struct node *n = root;

    if (!node_has(root, ATTR_EPUB_TYPE))
        buf_puts(w->out, " epub:type=\"chapter\"");
    if (!node_has(root, ATTR_ROLE))
        buf_puts(w->out, " role=\"doc-chapter\"");
    if (node_has(root, ATTR_ARIA_LABEL) || node_has(root, ATTR_ARIA_LABELLEDBY))
        return;
    while (n && n->tag != TAG_H1)
        n = node_next(n, root);
    str id = n ? node_attr(n, ATTR_ID) : (str){ 0 };
    buf_puts(w->out, id.n ? " aria-labelledby=\"" : " aria-label=\"");
    xml_attr(w->out, id.n ? id : w->chapter->post->title);
    buf_putc(w->out, '"');
}

/* What is written from left to right in any language. */
static bool is_code(enum tag tag)
{
    return tag == TAG_PRE || tag == TAG_CODE || tag == TAG_KBD ||
           tag == TAG_SAMP;
}

static void put_start(struct writer *w, const struct node *n)
{
    bool inside = false;

    buf_put(w->out, start_tag[n->tag]);
    for (const struct attr *at = n->attrs; at; at = at->next) {
        if (put_special[at->name])
            put_special[at->name](w, at);
        else
            put_plain(w, at);
        inside |= at->name == ATTR_POST || at->name == ATTR_FRAG;
    }
    if (inside)
        put_internal_link(w, n);
    if (w->rtl && is_code(n->tag) && !node_has(n, ATTR_DIR))
        buf_puts(w->out, " dir=\"ltr\"");
    if (n->tag == TAG_IMG)
        finish_picture(w, n);
    if (n->tag == TAG_MATH)
        buf_puts(w->out, " xmlns=\"http://www.w3.org/1998/Math/MathML\"");
    /* Where a tap turns the page, closed details would never open. */
    if (n->tag == TAG_DETAILS && !node_has(n, ATTR_OPEN))
        buf_puts(w->out, " open=\"open\"");
    if (n == w->chapter->root)
        put_chapter_semantics(w, n);
    if (is_void[n->tag])
        buf_putc(w->out, '/');
    buf_putc(w->out, '>');
}

static void put_tree(struct writer *w, const struct node *root)
{
    const struct node *n = root;

    for (;;) {
        if (n->tag == TAG_TEXT) {
            xml_text(w->out, n->text);
        } else {
            put_start(w, n);
            if (n->first) {
                n = n->first;
                continue;
            }
            if (!is_void[n->tag])
                buf_put(w->out, end_tag[n->tag]);
        }
        while (n != root && !n->next) {
            n = n->parent;
            buf_put(w->out, end_tag[n->tag]);
        }
        if (n == root)
            return;
        n = n->next;
    }
}

static void put_sheet(struct buf *out, const struct xhtml_page *page,
                      const char *name)
{
    buf_puts(out, "<link rel=\"stylesheet\" type=\"text/css\" href=\"");
    buf_puts(out, page->href_base);
    buf_puts(out, "styles/");
    buf_puts(out, name);
    buf_puts(out, "\"/>\n");
}

void xhtml_begin(struct buf *out, const struct xhtml_page *page)
{
    buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<!DOCTYPE html>\n"
                  "<html xmlns=\"http://www.w3.org/1999/xhtml\""
                  " xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"");
    xml_attr(out, page->lang);
    buf_puts(out, "\" xml:lang=\"");
    xml_attr(out, page->lang);
    if (lang_runs_from_right(page->lang))
        buf_puts(out, "\" dir=\"rtl");
    buf_puts(out, "\">\n<head>\n<meta charset=\"UTF-8\"/>\n<title>");
    xml_text(out, page->title);
    buf_puts(out, "</title>\n");
    put_sheet(out, page, "book.css");
    put_sheet(out, page, "epub.css");
    if (page->with_user_css)
        put_sheet(out, page, "user.css");
    buf_puts(out, "</head>\n<body");
    buf_puts(out, page->body_attrs);
    buf_puts(out, ">\n");
}

void xhtml_end(struct buf *out)
{
    buf_puts(out, "</body>\n</html>\n");
}

str xhtml_language(const struct book *book, const struct chapter *c)
{
    bool unknown = c->lang_tag.n == 0 || str_eq(c->lang_tag, S("und"));

    if (!unknown)
        return c->lang_tag;
    if (book->language.n)
        return book->language;
    return book->language_else.n ? book->language_else : S("und");
}

void xhtml_chapter(struct buf *out, const struct chapter *c, str lang,
                   bool with_user_css, struct xhtml_seen *seen)
{
    struct writer w = { .out = out,
                        .chapter = c,
                        .seen = seen,
                        .rtl = lang_runs_from_right(lang) };

    xhtml_begin(out,
                &(struct xhtml_page){ .title = c->post->title,
                                      .lang = lang,
                                      .href_base = "../",
                                      .body_attrs = " epub:type=\"bodymatter\"",
                                      .with_user_css = with_user_css });
    put_tree(&w, c->root);
    xhtml_end(out);
}
