/* SPDX-License-Identifier: MIT */
#include "pdf/fontplan.h"

#include "book/reader.h"

static const char *const role_names[FONT_ROLE_COUNT] = {
    [FONT_SERIF] = "serif", [FONT_SANS] = "sans", [FONT_MONO] = "mono"
};

static void read_families(struct str_vec *out, const struct value *list,
                          struct arena *a)
{
    if (list->kind == VALUE_TEXT)
        *vec_push(out, a) = arena_dup(a, list->text);
    if (list->kind != VALUE_LIST)
        return;
    for (const struct value *v = list->first; v; v = v->next)
        if (v->kind == VALUE_TEXT)
            *vec_push(out, a) = arena_dup(a, v->text);
}

static bool read_role(struct str_vec *roles, const struct value *v,
                      struct arena *a)
{
    for (int i = 0; i < FONT_ROLE_COUNT; i++)
        if (str_eq(v->key, str_of(role_names[i]))) {
            read_families(&roles[i], v, a);
            return true;
        }
    return false;
}

static void read_entry(struct font_plan *plan, const struct value *v, str path,
                       struct arena *a, struct diag *dg)
{
    if (str_eq(v->key, S("emoji"))) {
        read_families(&plan->emoji, v, a);
        return;
    }
    if (str_eq(v->key, S("symbols"))) {
        read_families(&plan->symbols, v, a);
        return;
    }
    enum lang lang = lang_of_tag(v->key);
    bool known = lang != LANG_OTHER || str_eq(v->key, S("und"));
    const struct value *role = v->kind == VALUE_MAP ? v->first : NULL;
    for (; known && role; role = role->next)
        if (!read_role(plan->text[lang], role, a)) {
            diag_add(dg, DIAG_SETTING_UNKNOWN, path, role->line,
                     "no role '%.*s', only serif, sans and mono",
                     STR_ARG(role->key));
        }
    if (!known)
        diag_add(dg, DIAG_SETTING_UNKNOWN, path, v->line,
                 "no language '%.*s' here, left it out", STR_ARG(v->key));
}

bool font_plan_read(struct font_plan *plan, str yaml, str path, struct arena *a,
                    struct diag *dg)
{
    struct read_error err = { 0 };
    const struct value *top = yaml_read(yaml, 1, a, &err);

    *plan = (struct font_plan){ 0 };
    if (!top || top->kind != VALUE_MAP) {
        diag_add(dg, DIAG_SETTING_BAD, path, err.line,
                 "list of fonts can't be read: %.*s", STR_ARG(err.why));
        return false;
    }
    for (const struct value *v = top->first; v; v = v->next)
        read_entry(plan, v, path, a, dg);
    return true;
}

str font_family_key(str name, struct arena *a)
{
    char *p = arena_bytes(a, name.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] != ' ' && name.p[i] != '-' && name.p[i] != '_')
            p[n++] = (char)ascii_lower((unsigned char)name.p[i]);
    return (str){ p, n };
}
