/* SPDX-License-Identifier: MIT */
#include "style/sheet.h"

#include "base/vec.h"
#include "style/compute.h"
#include "style/media.h"

/* @media in @media; nobody writes more than two. */
#define MEDIA_DEPTH 16
/* Positions in a sheet are 32-bit. */
#define SHEET_MAX (64u << 20)

/* 148 x 210 mm */
#define A5_WIDTH  419528
#define A5_HEIGHT 595276

struct adding {
    struct sheet *sheet;
    struct css_source *source;
    bool is_base;
};

static void add_rules(struct adding *ad, struct tokens t, struct media *media,
                      int depth);

static struct raw_rule *add_raw(struct adding *ad, const struct css_item *it,
                                struct media *media)
{
    struct raw_rule *raw = vec_push(&ad->sheet->raw, ad->sheet->arena);

    *raw = (struct raw_rule){ .is_base = ad->is_base,
                              .line = it->line,
                              .prelude = it->prelude,
                              .body = it->body,
                              .media = media,
                              .source = ad->source };
    return raw;
}

static void add_media(struct adding *ad, const struct css_item *it,
                      struct media *outer, int depth)
{
    struct sheet *sh = ad->sheet;

    if (depth == MEDIA_DEPTH) {
        struct raw_rule *raw = add_raw(ad, it, outer);
        raw->kind = RAW_BAD;
        raw->text = S("@media nested too deeply");
        return;
    }
    struct media *m = arena_new(sh->arena, struct media);
    m->query = it->prelude;
    m->outer = outer;
    *vec_push(&sh->media, sh->arena) = m;
    add_rules(ad, it->body, m, depth + 1);
}

static void add_at_rule(struct adding *ad, const struct css_item *it,
                        struct media *media, int depth)
{
    str name = css_excerpt(it->name);

    if (str_eq_nocase(name, S("charset")) ||
        str_eq_nocase(name, S("namespace")))
        return;
    if (str_eq_nocase(name, S("media")) && it->has_body) {
        add_media(ad, it, media, depth);
        return;
    }
    struct raw_rule *raw = add_raw(ad, it, media);
    bool page = str_eq_nocase(name, S("page")) && it->has_body;
    raw->kind = page ? RAW_PAGE : RAW_OTHER;
    raw->text = arena_printf(ad->sheet->arena, "@%.*s", STR_ARG(name));
}

static void add_rules(struct adding *ad, struct tokens t, struct media *media,
                      int depth)
{
    struct css_item it;

    while (css_next_rule(&t, &it)) {
        if (it.kind == CSS_AT_RULE) {
            add_at_rule(ad, &it, media, depth);
            continue;
        }
        struct raw_rule *raw = add_raw(ad, &it, media);
        raw->kind = it.kind == CSS_RULE ? RAW_STYLE : RAW_BAD;
        raw->text = css_excerpt(tokens_source(it.prelude));
    }
}

static void add_sheet(struct sheet *sh, str css, struct css_source *src,
                      bool is_base)
{
    struct adding ad = { sh, src, is_base };

    add_rules(&ad, css_tokenize(css, sh->arena), NULL, 0);
}

struct sheet *sheet_new(struct arena *a)
{
    struct sheet *sh = arena_new(a, struct sheet);

    sh->arena = a;
    map_init(&sh->vars, a);
    index_init(&sh->rules, a);
    compute_initial(&sh->initial, a);
    add_sheet(sh, base_sheet, NULL, true);
    return sh;
}

void sheet_add(struct sheet *sh, str css, str path, enum sheet_origin origin,
               struct diag *dg)
{
    struct css_source *src = arena_new(sh->arena, struct css_source);

    *src = (struct css_source){ .path = path, .origin = origin, .dg = dg };
    map_init(&src->told, sh->arena);
    if (css.n > SHEET_MAX)
        css_bad(src, 0, "style sheet larger than %u MB, left out",
                SHEET_MAX >> 20);
    else
        add_sheet(sh, css, src, false);
}

static bool is_on(const struct raw_rule *raw)
{
    return !raw->media || raw->media->on;
}

/* The size that an @page rule for all pages asks for; the last one wins. */
static void find_page_size(struct sheet *sh)
{
    struct page_size size = { 0 };

    for (size_t i = 0; i < sh->raw.n; i++) {
        const struct raw_rule *raw = &sh->raw.v[i];
        if (raw->kind == RAW_PAGE && !raw->media && raw->prelude.n == 0)
            page_rule_size(sh, raw, &size);
    }
    sh->width = size.width ? size.width : A5_WIDTH;
    sh->height = size.height ? size.height : A5_HEIGHT;
}

/* An outer query stands before the inner ones in the list. */
static void answer_media(struct sheet *sh)
{
    for (size_t i = 0; i < sh->media.n; i++) {
        struct media *m = sh->media.v[i];
        m->on = (!m->outer || m->outer->on) &&
                media_matches(m->query, sh->width, sh->height);
    }
}

static bool is_root_rule(const struct raw_rule *raw)
{
    struct tokens t = raw->prelude;

    if (raw->kind != RAW_STYLE)
        return false;
    return tokens_are_word(t, "html") || tokens_are_word(t, "body") ||
           (t.n == 2 && token_is(&t.v[0], ':') &&
            token_is_word(&t.v[1], "root"));
}

static void collect_vars(struct sheet *sh, const struct raw_rule *raw)
{
    struct tokens body = raw->body;
    struct css_item it;

    while (css_next_declaration(&body, &it)) {
        if (it.kind == CSS_DECLARATION && str_starts(it.name, S("--"))) {
            struct tokens *value = arena_new(sh->arena, struct tokens);
            *value = it.prelude;
            map_put(&sh->vars, it.name, value);
        }
    }
}

static void compile_style(struct sheet *sh, const struct raw_rule *raw)
{
    struct selectors list = { 0 };
    struct decls *decls = arena_new(sh->arena, struct decls);
    struct decl_reader r = { .arena = sh->arena,
                             .vars = &sh->vars,
                             .source = raw->source,
                             .in_root = is_root_rule(raw) };

    if (!selectors_parse(raw->prelude, sh->arena, raw->source, &list)) {
        css_bad(raw->source, raw->line,
                "'%.*s' is no selector that the PDF understands, rule ignored",
                STR_ARG(raw->text));
        return;
    }
    bool used = false;
    for (size_t i = 0; i < list.n; i++)
        used = used || !list.v[i].subject->never;
    if (!used)
        return; /* its properties may be meant for e-readers alone */
    decls_read(&r, raw->body, decls);
    for (size_t i = 0; i < list.n; i++)
        index_add(&sh->rules,
                  (struct style_rule){ list.v[i], decls, raw->is_base });
}

static void compile_rule(struct sheet *sh, const struct raw_rule *raw)
{
    switch (raw->kind) {
    case RAW_STYLE:
        compile_style(sh, raw);
        break;
    case RAW_PAGE:
        page_rule_read(sh, raw);
        break;
    case RAW_OTHER:
        css_unsupported(raw->source, raw->line, "rule", raw->text);
        break;
    case RAW_BAD:
        css_bad(raw->source, raw->line, "'%.*s' is no rule, ignored",
                STR_ARG(raw->text));
        break;
    }
}

void sheet_finish(struct sheet *sh, int32_t width, int32_t height,
                  struct diag *dg)
{
    for (size_t i = 0; i < sh->raw.n; i++)
        if (sh->raw.v[i].source)
            sh->raw.v[i].source->dg = dg;
    find_page_size(sh);
    if (width > 0 && height > 0) {
        sh->size_given = true;
        sh->width = width;
        sh->height = height;
    }
    answer_media(sh);
    for (size_t i = 0; i < sh->raw.n; i++)
        if (is_on(&sh->raw.v[i]) && is_root_rule(&sh->raw.v[i]))
            collect_vars(sh, &sh->raw.v[i]);
    for (size_t i = 0; i < sh->raw.n; i++)
        if (is_on(&sh->raw.v[i]))
            compile_rule(sh, &sh->raw.v[i]);
    index_finish(&sh->rules);
    page_rules_finish(sh);
}
