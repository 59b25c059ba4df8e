/* SPDX-License-Identifier: MIT */
#include "style/decl.h"

#include "base/vec.h"
#include "style/shorthand.h"

static const struct {
    str name, of;
} aliases[] = {
#define ALIAS(name, of) { STR_INIT(name), STR_INIT(of) },
#include "style/props.def"
};

static const str ignored[] = {
#define IGNORED(name) STR_INIT(name),
#include "style/props.def"
};

static str resolve_alias(str name)
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (str_eq_nocase(aliases[i].name, name))
            return aliases[i].of;
    return name;
}

static bool is_ignored(str name)
{
    return STR_IS_AMONG_NOCASE(name, ignored);
}

static bool allowed(enum prop p, enum decl_place place)
{
    if (p == PROP_SIZE)
        return place == PLACE_PAGE;
    if (p == PROP_CONTENT)
        return place == PLACE_BOX;
    return true;
}

static enum prop find_prop(str name, enum decl_place place)
{
    for (enum prop p = 0; p < PROP_COUNT; p++)
        if (str_eq_nocase(prop_info(p)->name, name) && allowed(p, place))
            return p;
    return PROP_COUNT;
}

/* False: NAME is no property that paper knows. */
static bool read_value(const struct decl_reader *r, str name,
                       struct tokens value, struct decls *out, bool *good)
{
    enum prop p = find_prop(name, r->place);
    const struct shorthand *sh = shorthand_find(name);

    *good = true;
    if (p < PROP_COUNT) {
        struct value v;
        *good = value_parse(p, value, r->arena, &v);
        if (*good)
            *vec_push(out, r->arena) = (struct decl){ .prop = p, .value = v };
    } else if (sh) {
        *good = shorthand_parse(sh, value, r->arena, out);
    }
    return p < PROP_COUNT || sh;
}

static void report_bad(const struct decl_reader *r, const struct css_item *it)
{
    str value = css_excerpt(tokens_source(it->prelude));
    str name = css_excerpt(it->name);

    css_bad(r->source, it->line,
            "'%.*s' is no value of '%.*s' that the PDF understands, ignored",
            STR_ARG(value), STR_ARG(name));
}

void decl_read(const struct decl_reader *r, const struct css_item *it,
               struct decls *out)
{
    if (it->kind == CSS_BAD) {
        str text = css_excerpt(tokens_source(it->prelude));
        css_bad(r->source, it->line, "'%.*s' is no declaration, ignored",
                STR_ARG(text));
        return;
    }
    if (str_starts(it->name, S("--"))) {
        if (!r->in_root)
            css_unsupported(r->source, it->line, "variable outside of :root",
                            it->name);
        return;
    }

    struct tokens value = it->prelude;
    size_t before = out->n;
    bool good;
    if (!vars_expand(r->vars, &value, r->arena)) {
        report_bad(r, it);
        return;
    }
    if (!read_value(r, resolve_alias(it->name), value, out, &good)) {
        bool silent = r->source && r->source->origin == SHEET_OWN &&
                      is_ignored(it->name);
        if (!silent)
            css_unsupported(r->source, it->line, "property", it->name);
        return;
    }
    if (!good)
        report_bad(r, it);
    for (size_t i = before; i < out->n; i++)
        out->v[i].important = it->important;
}

void decls_read(const struct decl_reader *r, struct tokens body,
                struct decls *out)
{
    struct css_item it;

    while (css_next_declaration(&body, &it)) {
        if (it.kind == CSS_AT_RULE)
            css_unsupported(r->source, it.line, "nested rule", it.name);
        else
            decl_read(r, &it, out);
    }
}
