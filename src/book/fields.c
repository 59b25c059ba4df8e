/* SPDX-License-Identifier: MIT */
#include "book/fields.h"

#include "base/map.h"

static const str sections[] = { STR_INIT("taxonomies"), STR_INIT("extra"),
                                STR_INIT("params") };

#define N_SECTIONS (sizeof sections / sizeof *sections)

static bool is_empty(const struct value *v)
{
    if (v->kind == VALUE_TEXT)
        return str_is_blank(v->text);
    return v->kind == VALUE_NULL || !v->first;
}

const struct value *field_next(const struct value *root, enum field field,
                               size_t *at)
{
    size_t n;
    const struct known_key *keys = known_keys(&n);

    size_t section = *at / n, key = *at % n;

    for (; section <= N_SECTIONS; section++, key = 0) {
        const struct value *map = section == 0
                                      ? root
                                      : value_find(root, sections[section - 1]);
        for (; map && key < n; key++) {
            if (keys[key].field != field)
                continue;
            const struct value *v = value_find(map, keys[key].name);
            if (!v || is_empty(v))
                continue;
            *at = section * n + key + 1;
            return v;
        }
    }
    *at = n * (N_SECTIONS + 1);
    return NULL;
}

const struct value *field_find(const struct value *root, enum field field)
{
    size_t at = 0;
    return field_next(root, field, &at);
}

static bool is_one_of(const struct value *v, const str *words, size_t n)
{
    for (size_t i = 0; v && v->kind == VALUE_TEXT && i < n; i++)
        if (str_eq_nocase(str_trim(v->text), words[i]))
            return true;
    return false;
}

bool field_is_true(const struct value *v)
{
    static const str words[] = { STR_INIT("true"), STR_INIT("yes"),
                                 STR_INIT("on"), STR_INIT("1") };
    return is_one_of(v, words, sizeof words / sizeof *words);
}

bool field_is_false(const struct value *v)
{
    static const str words[] = { STR_INIT("false"), STR_INIT("no"),
                                 STR_INIT("off"), STR_INIT("0") };
    return is_one_of(v, words, sizeof words / sizeof *words);
}

struct list {
    struct arena *a;
    struct str_vec *out;
    struct map seen;
};

static void add(struct list *l, str item)
{
    str text = plain_entities(plain_text(item, l->a), l->a);

    if (str_starts(text, S("[[")) && str_ends(text, S("]]")))
        text = str_sub(text, 2, text.n - 4); /* Logseq */
    if (text.n > 1 && text.p[0] == '#')      /* Obsidian */
        text = str_from(text, 1);
    if (text.n == 0 || map_find(&l->seen, text))
        return;
    map_put(&l->seen, text, l);
    *vec_push(l->out, l->a) = text;
}

/* The length of the separator at the start of S; 0: none. */
static size_t separator(str s)
{
    static const str marks[] = { STR_INIT(","), STR_INIT("，"),
                                 STR_INIT("、") };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(s, marks[i]))
            return marks[i].n;
    return 0;
}

static void add_text(struct list *l, str s, bool spaces)
{
    bool commas = false;
    size_t from = 0, at = 0;

    for (size_t i = 0; i < s.n && !commas; i++)
        commas = separator(str_from(s, i)) > 0;
    while (at < s.n) {
        size_t n = commas   ? separator(str_from(s, at))
                   : spaces ? ascii_is_space((unsigned char)s.p[at])
                            : 0;
        if (n > 0) {
            add(l, str_sub(s, from, at - from));
            from = at + n;
        }
        at += n ? n : 1;
    }
    add(l, str_from(s, from));
}

/* Lists in lists are Hexo's nested categories. */
static void add_items(struct list *l, const struct value *list, int depth)
{
    for (const struct value *v = list->first; v; v = v->next) {
        if (v->kind == VALUE_TEXT)
            add(l, v->text);
        else if (v->kind == VALUE_LIST && depth < 8)
            add_items(l, v, depth + 1);
        else
            add(l, plain_value(v, l->a));
    }
}

static bool looks_like_list(str s)
{
    return s.n >= 2 && s.p[0] == '[' && s.p[s.n - 1] == ']';
}

void field_list(const struct value *v, bool spaces, struct arena *a,
                struct str_vec *out)
{
    struct list l = { .a = a, .out = out };

    map_init(&l.seen, a);
    for (size_t i = 0; i < out->n; i++)
        map_put(&l.seen, out->v[i], &l);
    if (v->kind == VALUE_LIST) {
        add_items(&l, v, 0);
    } else if (v->kind == VALUE_TEXT) {
        str s = str_trim(v->text);
        bool list = looks_like_list(s);
        add_text(&l, list ? str_sub(s, 1, s.n - 2) : s, spaces && !list);
    }
}
