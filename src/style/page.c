/* SPDX-License-Identifier: MIT */
/* Pages: @page rules and what they come to for one kind of page. */
#include <string.h>

#include "base/vec.h"
#include "style/compute.h"
#include "style/sheet.h"

static const struct {
    str name;
    enum text_align align;
    enum vertical_align valign;
} boxes[BOX_COUNT] = {
#define MARGIN_BOX(id, name, align, valign)                                    \
    { STR_INIT(name), ALIGN_##align, VALIGN_##valign },
#include "style/boxes.def"
#undef MARGIN_BOX
};

/* A name, then :first and :blank, then the sides: 1, 2 and 2 at most. */
#define PAGE_WEIGHT_MAX (9 + 2 * 3 + 2)

/* The part of a page selector behind a colon. */
static bool set_pseudo(struct page_rule *r, const struct token *t)
{
    if (token_is_word(t, "left") || token_is_word(t, "verso")) {
        r->left = true;
    } else if (token_is_word(t, "right") || token_is_word(t, "recto")) {
        r->right = true;
    } else if (token_is_word(t, "first")) {
        r->first = true;
    } else if (token_is_word(t, "blank")) {
        r->blank = true;
    } else {
        return false;
    }
    return true;
}

/* css-page-3, 4.3: a name and pseudo-classes, all optional. */
static bool parse_selector(struct tokens t, struct page_rule *r)
{
    if (t.n && t.v[0].kind == TOK_IDENT) {
        r->name = t.v[0].text;
        t = tokens_from(t, 1);
    }
    for (; t.n; t = tokens_from(t, 2))
        if (t.n < 2 || !token_is(&t.v[0], ':') || !set_pseudo(r, &t.v[1]))
            return false;
    r->specificity = (r->name.n > 0) * 9 + (r->first + r->blank) * 3 + r->left +
                     r->right;
    return true;
}

static size_t find_box(str name)
{
    size_t i = 0;

    while (i < BOX_COUNT && !str_eq_nocase(boxes[i].name, name))
        i++;
    return i;
}

static void read_box(struct sheet *sh, const struct raw_rule *raw,
                     const struct css_item *it, struct decls *out)
{
    size_t box = find_box(it->name);
    struct decl_reader r = { sh->arena, &sh->vars, raw->source, PLACE_BOX };

    if (box < BOX_COUNT && it->has_body)
        decls_read(&r, it->body, &out[box]);
    else
        css_unsupported(raw->source, it->line, "margin box", it->name);
}

void page_rule_read(struct sheet *sh, const struct raw_rule *raw)
{
    struct decl_reader r = { sh->arena, &sh->vars, raw->source, PLACE_PAGE };
    struct decls *decls = arena_new(sh->arena, struct decls);
    struct decls *in_boxes = arena_array(sh->arena, struct decls, BOX_COUNT);
    struct tokens body = raw->body, list = raw->prelude;
    struct css_item it;

    while (css_next_declaration(&body, &it)) {
        if (it.kind == CSS_AT_RULE)
            read_box(sh, raw, &it, in_boxes);
        else
            decl_read(&r, &it, decls);
    }
    do {
        struct page_rule rule = { .decls = decls,
                                  .boxes = in_boxes,
                                  .path = raw->source ? raw->source->path
                                                      : (str){ 0 },
                                  .line = raw->line };
        struct tokens one = tokens_cut(&list, ',');
        if (!raw->is_base && !parse_selector(one, &rule)) {
            str text = css_excerpt(tokens_source(raw->prelude));
            css_bad(raw->source, raw->line,
                    "'@page %.*s' is no page selector, rule ignored",
                    STR_ARG(text));
            return;
        }
        *vec_push(&sh->pages, sh->arena) = rule;
    } while (list.v);
}

bool page_rule_size(struct sheet *sh, const struct raw_rule *raw,
                    struct page_size *out)
{
    struct decl_reader r = { .arena = sh->arena, .place = PLACE_PAGE };
    struct tokens body = raw->body;
    struct css_item it;
    bool found = false;

    while (css_next_declaration(&body, &it)) {
        struct decls d = { 0 };
        if (it.kind != CSS_DECLARATION || !str_eq_nocase(it.name, S("size")))
            continue;
        decl_read(&r, &it, &d);
        if (d.n == 0)
            continue;
        const struct page_size *size = d.v[0].value.p;
        if (size->width) {
            *out = *size;
            found = true;
        }
    }
    return found;
}

/* There are 18 weights, so one pass for each sorts and keeps the order. */
void page_rules_finish(struct sheet *sh)
{
    size_t n = sh->pages.n, n_out = 0;
    struct page_rule *out = arena_array(sh->arena, struct page_rule, n);

    for (uint32_t weight = 0; weight <= PAGE_WEIGHT_MAX; weight++)
        for (size_t i = 0; i < n; i++)
            if (sh->pages.v[i].specificity == weight)
                out[n_out++] = sh->pages.v[i];
    sh->pages.v = out;
    sh->pages.cap = n;
}

static bool applies(const struct page_rule *r, const struct page_key *key)
{
    return (r->name.n == 0 || str_eq(r->name, key->name)) &&
           (!r->left || key->side == PAGE_LEFT) &&
           (!r->right || key->side == PAGE_RIGHT) &&
           (!r->first || key->first) && (!r->blank || key->blank);
}

bool sheet_page_rule(const struct sheet *sh, size_t i,
                     struct sheet_page_rule *out)
{
    if (i >= sh->pages.n)
        return false;
    const struct page_rule *r = &sh->pages.v[i];
    *out = (struct sheet_page_rule){ r->name, r->path, r->line };
    return true;
}

/* What page and margin boxes inherit from: the style of a chapter's root. */
static const struct style *root_style(const struct sheet *sh, str lang,
                                      struct arena *a)
{
    struct chapter c = { .lang_tag = lang };

    c.root = node_new(a, TAG_SECTION, 0);
    node_set(c.root, a, ATTR_CLASS, S("chapter"));
    chapter_number(&c);
    return cascade_chapter(sh, &c, a)->of[0];
}

struct making {
    const struct sheet *sheet;
    struct page_key key;
    const struct style *root;
    struct arena *arena;
};

/* BOX: BOX_COUNT for the page itself. */
static void collect(const struct making *mk, size_t box, struct cascade *c)
{
    for (int important = 0; important < 2; important++) {
        for (size_t i = 0; i < mk->sheet->pages.n; i++) {
            const struct page_rule *r = &mk->sheet->pages.v[i];
            if (applies(r, &mk->key))
                cascade_add(c, box < BOX_COUNT ? &r->boxes[box] : r->decls,
                            important);
        }
    }
}

static void make_box(const struct making *mk, size_t box,
                     const struct style *page, struct page_box *out)
{
    struct decl initial[2] = {
        { .prop = PROP_TEXT_ALIGN,
          .value = { .kind = VALUE_KEYWORD, .i = boxes[box].align } },
        { .prop = PROP_VERTICAL_ALIGN,
          .value = { .kind = VALUE_KEYWORD, .i = boxes[box].valign } },
    };
    struct decls first = { initial, 2, 2 };
    struct cascade c = { .initial = &mk->sheet->initial,
                         .parent = page,
                         .root = mk->root };

    cascade_add(&c, &first, false);
    collect(mk, box, &c);
    const struct decl *content = c.winner[PROP_CONTENT];
    if (!content)
        return;
    out->content = *(const struct content *)content->value.p;
    if (out->content.n == 0)
        return;
    struct style *s = arena_new(mk->arena, struct style);
    compute_style(&c, s);
    out->style = s;
}

/* Of a named page: what the rules of that name say. */
static const struct page_size *named_size(const struct making *mk)
{
    const struct page_size *size = NULL;

    for (size_t i = 0; i < mk->sheet->pages.n; i++) {
        const struct page_rule *r = &mk->sheet->pages.v[i];
        for (size_t k = 0; r->name.n && applies(r, &mk->key) && k < r->decls->n;
             k++)
            if (r->decls->v[k].prop == PROP_SIZE)
                size = r->decls->v[k].value.p;
    }
    return size;
}

/* The size that was asked for wins, but over that of named pages. */
static void set_size(const struct making *mk, const struct cascade *c,
                     struct page_style *out)
{
    const struct sheet *sh = mk->sheet;
    const struct decl *d = c->winner[PROP_SIZE];
    const struct page_size *size = sh->size_given ? named_size(mk)
                                   : d            ? d->value.p
                                                  : NULL;
    bool sized = size && size->width, turn = size && size->landscape;

    out->width = sized ? size->width : sh->width;
    out->height = sized ? size->height : sh->height;
    if (turn && out->width < out->height) {
        int32_t width = out->width;
        out->width = out->height;
        out->height = width;
    }
}

struct page_style *sheet_page(const struct sheet *sh, struct page_key key,
                              str lang, struct arena *a)
{
    struct making mk = { sh, key, root_style(sh, lang, a), a };
    struct cascade c = { .initial = &sh->initial,
                         .parent = mk.root,
                         .root = mk.root };
    struct page_style *out = arena_new(a, struct page_style);
    struct style *s = arena_new(a, struct style);

    out->initial = &sh->initial;
    collect(&mk, BOX_COUNT, &c);
    set_size(&mk, &c, out);
    compute_style(&c, s);
    out->style = s;
    for (int i = 0; i < SIDE_COUNT; i++)
        out->margin[i] = length_resolve(
            s->margin[i],
            i == SIDE_TOP || i == SIDE_BOTTOM ? out->height : out->width, 0);
    for (size_t box = 0; box < BOX_COUNT; box++)
        make_box(&mk, box, s, &out->boxes[box]);
    return out;
}
