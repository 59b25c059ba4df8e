/* SPDX-License-Identifier: MIT */
#include <jansson.h>

#include "book/reader.h"

struct reader {
    struct arena *a;
    str text;
    size_t at; /* how far keys were looked up in the text */
    unsigned line;
    size_t n_values;
};

/* jansson keeps no positions: the line of a key is where it is next found.
 * One that is spelt with escapes ends the search, so it stays linear. */
static void find_line(struct reader *r, str key)
{
    str quoted = arena_printf(r->a, "\"%.*s\"", STR_ARG(key));
    size_t found = str_find(str_from(r->text, r->at), quoted);

    if (found == STR_NONE) {
        r->at = r->text.n;
        return;
    }
    for (size_t end = r->at + found; r->at < end; r->at++)
        r->line += r->text.p[r->at] == '\n';
}

static str scalar_text(struct arena *a, const json_t *j)
{
    switch (json_typeof(j)) {
    case JSON_STRING:
        return arena_dup(a,
                         (str){ json_string_value(j), json_string_length(j) });
    case JSON_INTEGER:
        return arena_printf(a, "%lld", (long long)json_integer_value(j));
    case JSON_REAL:
        return arena_printf(a, "%.17g", json_real_value(j));
    case JSON_TRUE:
        return S("true");
    default:
        return S("false");
    }
}

static struct value *convert(struct reader *r, json_t *j, int depth);

static bool add_child(struct reader *r, struct value *parent,
                      struct value **last, str key, json_t *j, int depth)
{
    struct value *v = convert(r, j, depth);

    if (!v)
        return false;
    v->key = key;
    if (*last)
        (*last)->next = v;
    else
        parent->first = v;
    *last = v;
    return true;
}

static bool fill_list(struct reader *r, struct value *v, json_t *j, int depth)
{
    struct value *last = NULL;

    for (size_t i = 0; i < json_array_size(j); i++)
        if (!add_child(r, v, &last, (str){ 0 }, json_array_get(j, i), depth))
            return false;
    return true;
}

static bool fill_map(struct reader *r, struct value *v, json_t *j, int depth)
{
    struct value *last = NULL;
    const char *name;
    json_t *item;

    json_object_foreach(j, name, item)
    {
        str key = arena_dup(r->a, str_of(name));
        if (depth == 1)
            find_line(r, key);
        if (!add_child(r, v, &last, key, item, depth))
            return false;
    }
    return true;
}

static struct value *convert(struct reader *r, json_t *j, int depth)
{
    if (depth == READ_DEPTH_MAX || ++r->n_values > READ_VALUES_MAX)
        return NULL;
    struct value *v = arena_new(r->a, struct value);
    v->line = r->line;
    bool ok = true;
    switch (json_typeof(j)) {
    case JSON_NULL:
        v->kind = VALUE_NULL;
        break;
    case JSON_OBJECT:
        v->kind = VALUE_MAP;
        ok = fill_map(r, v, j, depth + 1);
        break;
    case JSON_ARRAY:
        v->kind = VALUE_LIST;
        ok = fill_list(r, v, j, depth + 1);
        break;
    default:
        v->kind = VALUE_TEXT;
        v->quoted = json_is_string(j);
        v->text = scalar_text(r->a, j);
    }
    return ok ? v : NULL;
}

struct value *json_read(str text, unsigned line, struct arena *a,
                        struct read_error *err)
{
    json_error_t e;

    if (str_starts(str_trim_left(text), S("\""))) /* Hexo leaves them out */
        text = arena_printf(a, "{%.*s}", STR_ARG(text));
    json_t *j = json_loadb(text.p ? text.p : "", text.n, 0, &e);

    if (!j) {
        unsigned at = e.line > 0 ? (unsigned)e.line - 1 : 0;
        *err = (struct read_error){ line + at, arena_dup(a, str_of(e.text)) };
        return NULL;
    }
    struct reader r = { .a = a, .text = text, .line = line };
    struct value *v = convert(&r, j, 0);
    json_decref(j);
    if (!v)
        *err = (struct read_error){ line, S("too many values") };
    return v;
}

str json_library_version(struct arena *a)
{
#if JANSSON_VERSION_HEX >= 0x020D00
    return arena_dup(a, str_of(jansson_version_str()));
#else
    (void)a;
    return (str){ 0 };
#endif
}
