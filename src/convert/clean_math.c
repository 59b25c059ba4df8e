/* SPDX-License-Identifier: MIT */
/* Formulas: TeX that was marked as such, and MathML of other programs. */
#include "convert/clean_math.h"
#include "base/buf.h"
#include "book/post.h"
#include "convert/formula_address.h"
#include "math/tex.h"

/* Elements one in another; a formula with more is just its words. */
#define DEPTH_MAX 60

static void put_block(struct cleaner *c, struct node *math)
{
    struct node *p = node_new(c->a, TAG_P, math->line);

    node_set(p, c->a, ATTR_CLASS, S("formula"));
    node_append(p, math);
    sink_edge(&c->sink);
    sink_block(&c->sink, p);
}

static void report_kept(struct cleaner *c, str unknown, uint32_t line)
{
    if (unknown.n)
        diag_add(c->dg, DIAG_FORMULA_KEPT, c->post->path, line,
                 "formula with '\\%.*s', which is not known, left as TeX",
                 STR_ARG(unknown));
    else
        diag_add(c->dg, DIAG_FORMULA_KEPT, c->post->path, line,
                 "formula with something that is not closed, or that TeX "
                 "would refuse, left as it is");
}

static bool put_tex(struct cleaner *c, str tex, bool display, uint32_t line)
{
    bool block = display && !clean_in_line(c);
    str unknown;
    struct node *math = tex_math(clean_chars(tex, c->a), block, c->a, line,
                                 &unknown);

    if (!math) {
        report_kept(c, unknown, line);
        return false;
    }
    if (block)
        put_block(c, math);
    else
        sink_inline(&c->sink, math);
    return true;
}

/* All text below E as it stands there. */
static str raw_text(const struct soup *e, struct arena *a)
{
    struct buf b = { 0 };

    for (const struct soup *k = e; k; k = soup_next(k, e))
        if (k->tag == SOUP_TEXT)
            buf_put(&b, k->text);
    str text = arena_dup(a, buf_str(&b));
    buf_done(&b);
    return text;
}

bool clean_put_code_formula(struct cleaner *c, const struct soup *e)
{
    return str_eq(soup_attr(e, S("class")), S(MATH_CODE_CLASS)) &&
           put_tex(c, soup_attr(e, S("title")), false, e->line);
}

bool clean_put_pre_formula(struct cleaner *c, const struct soup *e)
{
    const struct soup *code = e->first;

    return code && !code->next && code->tag == SOUP_CODE &&
           str_has_word(soup_attr(code, S("class")), S("language-math")) &&
           put_tex(c, raw_text(code, c->a), true, e->line);
}

/* "\(x\)" without its marks. */
static str unmarked(str s)
{
    static const struct {
        str open, close;
    } marks[] = { { STR_INIT("\\("), STR_INIT("\\)") },
                  { STR_INIT("\\["), STR_INIT("\\]") },
                  { STR_INIT("$$"), STR_INIT("$$") },
                  { STR_INIT("$"), STR_INIT("$") } };

    s = str_trim(s);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (s.n > marks[i].open.n + marks[i].close.n &&
            str_starts(s, marks[i].open) && str_ends(s, marks[i].close))
            return str_sub(s, marks[i].open.n,
                           s.n - marks[i].open.n - marks[i].close.n);
    return (str){ 0 };
}

bool clean_put_span_formula(struct cleaner *c, const struct soup *e)
{
    str classes = soup_attr(e, S("class"));

    if (!str_has_word(classes, S("math")) || !e->first || e->first->next ||
        e->first->tag != SOUP_TEXT)
        return false;
    str tex = unmarked(e->first->text);
    return tex.n > 0 &&
           put_tex(c, tex, str_has_word(classes, S("display")), e->line);
}

bool clean_put_script_formula(struct cleaner *c, const struct soup *e)
{
    str type = soup_attr(e, S("type"));

    return str_starts_nocase(type, S("math/tex")) &&
           put_tex(c, raw_text(e, c->a),
                   str_find_nocase(type, S("mode=display")) != STR_NONE,
                   e->line);
}

bool clean_put_picture_formula(struct cleaner *c, const struct soup *e, str url)
{
    bool display;
    str tex = formula_of_address(url, c->a, &display);

    return tex.n > 0 && put_tex(c, tex, display, e->line);
}

bool clean_is_formula_twice(const struct soup *e)
{
    static const str copies[] = { STR_INIT("katex-html"),
                                  STR_INIT("MathJax_Preview"),
                                  STR_INIT("MJX_Assistive_MathML") };

    str classes = soup_attr(e, S("class"));

    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++)
        if (str_has_word(classes, copies[i]))
            return true;
    return false;
}

/* The TeX that a formula in MathML was made of. */
static str find_tex(const struct soup *e, struct arena *a)
{
    for (const struct soup *k = e; k; k = soup_next(k, e)) {
        str kind = soup_attr(k, S("encoding"));
        if (str_eq(k->name, S("annotation")) &&
            (str_find_nocase(kind, S("x-tex")) != STR_NONE ||
             str_find_nocase(kind, S("latex")) != STR_NONE))
            return raw_text(k, a);
    }
    return (str){ 0 };
}

/* How many children an element of MathML must have; 0: as many as there are. */
static unsigned wanted_children(enum tag tag)
{
    switch (tag) {
    case TAG_MFRAC:
    case TAG_MROOT:
    case TAG_MSUB:
    case TAG_MSUP:
    case TAG_MUNDER:
    case TAG_MOVER:
        return 2;
    case TAG_MSUBSUP:
    case TAG_MUNDEROVER:
        return 3;
    default:
        return 0;
    }
}

static enum tag math_tag(str name)
{
    static const str rows[] = { STR_INIT("semantics"), STR_INIT("mpadded"),
                                STR_INIT("merror"), STR_INIT("mfenced") };
    enum tag tag = tag_find(name);

    if (STR_IS_AMONG(name, rows))
        return TAG_MROW;
    if (str_eq(name, S("ms")))
        return TAG_MTEXT;
    return tag > TAG_MATH ? tag : TAG_COUNT;
}

static void copy_attr(struct cleaner *c, struct node *n, const struct soup *e,
                      enum attr_name name, const char *const values[])
{
    str value = soup_attr(e, attr_text(name));

    for (size_t i = 0; values[i]; i++)
        if (str_eq(value, str_of(values[i])))
            node_set(n, c->a, name, str_of(values[i]));
}

static void copy_attrs(struct cleaner *c, struct node *n, const struct soup *e)
{
    static const char *const yes_no[] = { "true", "false", NULL };
    static const char *const normal[] = { "normal", NULL };
    static const char *const sides[] = { "left", "right", NULL };
    static const char *const none[] = { "0", "0px", NULL };

    if (n->tag == TAG_MO)
        copy_attr(c, n, e, ATTR_STRETCHY, yes_no);
    if (n->tag == TAG_MI)
        copy_attr(c, n, e, ATTR_MATHVARIANT, normal);
    if (n->tag == TAG_MOVER || n->tag == TAG_MUNDEROVER)
        copy_attr(c, n, e, ATTR_ACCENT, yes_no);
    if (n->tag == TAG_MFRAC)
        copy_attr(c, n, e, ATTR_LINETHICKNESS, none);
    if (n->tag == TAG_MSTYLE || n->tag == TAG_MTABLE)
        copy_attr(c, n, e, ATTR_DISPLAYSTYLE, yes_no);
    if (n->tag == TAG_MTD)
        copy_attr(c, n, e, ATTR_COLUMNALIGN, sides);
    if (n->tag == TAG_MSPACE)
        node_set(n, c->a, ATTR_WIDTH, S("0.5em"));
    if (n->tag == TAG_MENCLOSE)
        node_set(n, c->a, ATTR_NOTATION, S("box"));
}

static bool is_token(enum tag tag)
{
    return tag == TAG_MI || tag == TAG_MN || tag == TAG_MO || tag == TAG_MTEXT;
}

static bool fits(const struct node *parent, const struct node *child)
{
    return (parent->tag == TAG_MTABLE) == (child->tag == TAG_MTR) &&
           (parent->tag == TAG_MTR) == (child->tag == TAG_MTD);
}

/* NULL: it is not drawn in a way that we know. */
static struct node *math_of(struct cleaner *c, const struct soup *e,
                            enum tag tag, unsigned depth)
{
    struct node *n = node_new(c->a, tag, e->line);
    unsigned n_children = 0, want = wanted_children(tag);

    if (depth > DEPTH_MAX)
        return NULL;
    copy_attrs(c, n, e);
    if (is_token(tag)) {
        str text = soup_plain_text(e, c->a);
        if (text.n)
            node_append(n, node_text(c->a, clean_chars(text, c->a), e->line));
        return n;
    }
    for (const struct soup *k = e->first; k; k = k->next) {
        if (k->tag == SOUP_TEXT ? str_is_blank(k->text)
                                : str_starts(k->name, S("annotation")))
            continue;
        enum tag below = k->tag == SOUP_TEXT ? TAG_COUNT : math_tag(k->name);
        struct node *child = below == TAG_COUNT
                                 ? NULL
                                 : math_of(c, k, below, depth + 1);
        if (!child || !fits(n, child))
            return NULL;
        node_append(n, child);
        n_children++;
    }
    return want == 0 || n_children == want ? n : NULL;
}

/* The words of a formula, in their order. */
static void put_words(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct attr *attrs = NULL;

    attrs_add(&attrs, ATTR_CLASS, S("math"), c->a);
    bool opened = sink_wrap_open(&c->sink, tag, attrs, (str){ 0 });
    clean_put_words(c, e);
    if (opened)
        sink_wrap_close(&c->sink);
}

void clean_math(struct cleaner *c, const struct soup *e, enum tag tag)
{
    bool display = str_eq(soup_attr(e, S("display")), S("block"));
    str tex = find_tex(e, c->a);

    if (tex.n && put_tex(c, tex, display, e->line))
        return;
    struct node *math = math_of(c, e, TAG_MATH, 0);
    if (!math || !math->first) {
        put_words(c, e, tag);
    } else if (display && !clean_in_line(c)) {
        node_set(math, c->a, ATTR_DISPLAY, S("block"));
        put_block(c, math);
    } else {
        sink_inline(&c->sink, math);
    }
}
