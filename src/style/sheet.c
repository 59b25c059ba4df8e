/* SPDX-License-Identifier: MIT */
#include "style/sheet.h"

#include "base/vec.h"
#include "style/compute.h"
#include "style/media.h"

/* @media in @media; nobody writes more than two. */
#define MEDIA_DEPTH 16
/* Positions in a sheet are 32-bit. */
#define SHEET_MAX (64u << 20)

struct adding {
    struct sheet *sheet;
    struct css_source *source;
    bool is_base;
};

static void add_rules(struct adding *ad, struct tokens t, struct media *media,
                      int depth);

static void add_raw(struct adding *ad, const struct css_item *it, bool is_page,
                    struct media *media)
{
    *vec_push(&ad->sheet->raw,
              ad->sheet->arena) = (struct raw_rule){ .is_page = is_page,
                                                     .is_base = ad->is_base,
                                                     .line = it->line,
                                                     .prelude = it->prelude,
                                                     .body = it->body,
                                                     .media = media,
                                                     .source = ad->source };
}

static void add_media(struct adding *ad, const struct css_item *it,
                      struct media *outer, int depth)
{
    struct sheet *sh = ad->sheet;

    if (depth == MEDIA_DEPTH) {
        css_bad(ad->source, it->line, "@media nested too deeply, left out");
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
    if (str_eq_nocase(it->name, S("media")) && it->has_body)
        add_media(ad, it, media, depth);
    else if (str_eq_nocase(it->name, S("page")) && it->has_body)
        add_raw(ad, it, true, media);
    else if (!str_eq_nocase(it->name, S("charset")) &&
             !str_eq_nocase(it->name, S("namespace")))
        css_unsupported(ad->source, it->line, "rule",
                        arena_printf(ad->sheet->arena, "@%.*s",
                                     STR_ARG(css_excerpt(it->name))));
}

static void add_rules(struct adding *ad, struct tokens t, struct media *media,
                      int depth)
{
    struct css_item it;

    while (css_next_rule(&t, &it)) {
        str text = css_excerpt(tokens_source(it.prelude));
        if (it.kind == CSS_AT_RULE)
            add_at_rule(ad, &it, media, depth);
        else if (it.kind == CSS_RULE)
            add_raw(ad, &it, false, media);
        else
            css_bad(ad->source, it.line, "'%.*s' is no rule, left out",
                    STR_ARG(text));
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
        if (raw->is_page && !raw->media && raw->prelude.n == 0)
            page_rule_size(sh, raw, &size);
    }
    sh->width = size.width ? size.width : 148 * 72000 / 25.4;
    sh->height = size.height ? size.height : 210 * 72000 / 25.4;
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

    return tokens_are_word(t, "html") || tokens_are_word(t, "body") ||
           (t.n == 2 && token_is(&t.v[0], ':') &&
            token_is_word(&t.v[1], "root"));
}

static void collect_vars(struct sheet *sh, const struct raw_rule *raw)
{
    struct tokens body = raw->body;
    struct css_item it;
    bool root = is_root_rule(raw);

    while (css_next_declaration(&body, &it)) {
        if (it.kind != CSS_DECLARATION || !str_starts(it.name, S("--")))
            continue;
        if (root) {
            struct tokens *value = arena_new(sh->arena, struct tokens);
            *value = it.prelude;
            map_put(&sh->vars, it.name, value);
        } else {
            css_unsupported(raw->source, it.line, "variable outside of :root",
                            it.name);
        }
    }
}

static void compile_rule(struct sheet *sh, const struct raw_rule *raw)
{
    struct selectors list = { 0 };
    struct decls *decls = arena_new(sh->arena, struct decls);
    struct decl_reader r = { sh->arena, &sh->vars, raw->source, PLACE_STYLE };

    if (!selectors_parse(raw->prelude, sh->arena, raw->source, &list)) {
        str text = css_excerpt(tokens_source(raw->prelude));
        css_bad(raw->source, raw->line,
                "'%.*s' is no selector that the PDF understands, rule ignored",
                STR_ARG(text));
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
        if (!sh->raw.v[i].is_page && is_on(&sh->raw.v[i]))
            collect_vars(sh, &sh->raw.v[i]);
    for (size_t i = 0; i < sh->raw.n; i++) {
        if (!is_on(&sh->raw.v[i]))
            continue;
        if (sh->raw.v[i].is_page)
            page_rule_read(sh, &sh->raw.v[i]);
        else
            compile_rule(sh, &sh->raw.v[i]);
    }
    index_finish(&sh->rules);
    page_rules_finish(sh);
}

void sheet_page_size(const struct sheet *sh, int32_t *width, int32_t *height)
{
    *width = sh->width;
    *height = sh->height;
}
