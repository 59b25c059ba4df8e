/* SPDX-License-Identifier: MIT */
/* TOML 1.0 as far as headers of posts go: everything but the checks for keys
 * that are defined twice (as in YAML, the last wins). Numbers and dates stay
 * text. */
#include "book/reader.h"
#include "book/tomltext.h"

struct table {
    struct value v; /* first: a container is found by its value */
    struct value *last;
};

struct parser {
    struct toml_text t;
    struct arena *a;
    struct read_error *err;
    size_t n_values;
};

static bool fail(struct parser *p, const char *why)
{
    *p->err = (struct read_error){ p->t.line, str_of(why) };
    return false;
}

static struct value *new_value(struct parser *p, enum value_kind kind)
{
    struct table *t = arena_new(p->a, struct table);

    t->v.kind = kind;
    t->v.line = p->t.line;
    p->n_values++;
    return &t->v;
}

static void append(struct value *container, struct value *v)
{
    struct table *t = (struct table *)container;

    if (t->last)
        t->last->next = v;
    else
        container->first = v;
    t->last = v;
}

static bool key_char(int c)
{
    return ascii_is_alnum(c) || c == '_' || c == '-' || c >= 0x80;
}

static bool read_key(struct parser *p, str *key)
{
    int c = toml_peek(&p->t);

    if (c == '"' || c == '\'') {
        const char *why = toml_string(&p->t, p->a, key);
        return !why || fail(p, why);
    }
    size_t from = p->t.at;
    while (key_char(toml_peek(&p->t)))
        p->t.at++;
    if (p->t.at == from)
        return fail(p, "a key was expected");
    *key = arena_dup(p->a, str_sub(p->t.text, from, p->t.at - from));
    return true;
}

static struct value *find_child(struct value *table, str key)
{
    for (struct value *v = table->first; v; v = v->next)
        if (str_eq(v->key, key))
            return v;
    return NULL;
}

/* The table KEY of TABLE, new if there is none; of an array of tables the
 * last. */
static struct value *enter(struct parser *p, struct value *table, str key)
{
    struct value *v = find_child(table, key);

    if (v && v->kind == VALUE_LIST)
        v = ((struct table *)v)->last;
    if (v && v->kind == VALUE_MAP)
        return v;
    v = new_value(p, VALUE_MAP);
    v->key = key;
    append(table, v);
    return v;
}

/* "a.b.c": the table that holds the last part, which goes to *KEY. */
static struct value *read_path(struct parser *p, struct value *table, str *key)
{
    size_t depth = 0;

    if (!read_key(p, key))
        return NULL;
    for (;;) {
        toml_skip_blanks(&p->t);
        if (toml_peek(&p->t) != '.')
            return table;
        p->t.at++;
        toml_skip_blanks(&p->t);
        if (++depth > READ_DEPTH_MAX || p->n_values > READ_VALUES_MAX) {
            fail(p, "nested too deeply");
            return NULL;
        }
        table = enter(p, table, *key);
        if (!read_key(p, key))
            return NULL;
    }
}

static struct value *read_value(struct parser *p, int depth);

static bool read_pair(struct parser *p, struct value *table, int depth)
{
    str key;
    struct value *into = read_path(p, table, &key);

    if (!into)
        return false;
    if (toml_peek(&p->t) != '=')
        return fail(p, "'=' was expected");
    p->t.at++;
    toml_skip_blanks(&p->t);
    struct value *v = read_value(p, depth);
    if (!v)
        return false;
    v->key = key;
    append(into, v);
    return true;
}

static bool read_items(struct parser *p, struct value *list, int depth)
{
    p->t.at++;
    for (;;) {
        toml_skip_space(&p->t);
        if (toml_peek(&p->t) == ']')
            break;
        struct value *v = read_value(p, depth + 1);
        if (!v)
            return false;
        append(list, v);
        toml_skip_space(&p->t);
        if (toml_peek(&p->t) == ',')
            p->t.at++;
        else if (toml_peek(&p->t) != ']')
            return fail(p, "',' or ']' was expected");
    }
    p->t.at++;
    return true;
}

/* Line ends are allowed, as in TOML 1.1: people write them. */
static bool read_inline_table(struct parser *p, struct value *map, int depth)
{
    p->t.at++;
    for (;;) {
        toml_skip_space(&p->t);
        if (toml_peek(&p->t) == '}')
            break;
        if (!read_pair(p, map, depth + 1))
            return false;
        toml_skip_space(&p->t);
        if (toml_peek(&p->t) == ',')
            p->t.at++;
        else if (toml_peek(&p->t) != '}')
            return fail(p, "',' or '}' was expected");
    }
    p->t.at++;
    return true;
}

static struct value *read_word(struct parser *p)
{
    str word = toml_word(&p->t);

    if (word.n == 0) {
        fail(p, "a value was expected");
        return NULL;
    }
    struct value *v = new_value(p, VALUE_TEXT);
    v->text = arena_dup(p->a, word);
    return v;
}

static struct value *read_string(struct parser *p)
{
    struct value *v = new_value(p, VALUE_TEXT);
    const char *why = toml_string(&p->t, p->a, &v->text);

    v->quoted = true;
    return !why || fail(p, why) ? v : NULL;
}

static struct value *read_container(struct parser *p, int depth)
{
    bool list = toml_peek(&p->t) == '[';
    struct value *v = new_value(p, list ? VALUE_LIST : VALUE_MAP);
    bool ok = list ? read_items(p, v, depth) : read_inline_table(p, v, depth);

    return ok ? v : NULL;
}

static struct value *read_value(struct parser *p, int depth)
{
    int c = toml_peek(&p->t);

    if (depth > READ_DEPTH_MAX || p->n_values > READ_VALUES_MAX) {
        fail(p, "too many values");
        return NULL;
    }
    if (c == '[' || c == '{')
        return read_container(p, depth);
    return c == '"' || c == '\'' ? read_string(p) : read_word(p);
}

/* "[a.b]" and "[[a.b]]". */
static struct value *read_header(struct parser *p, struct value *root)
{
    bool array = toml_starts(&p->t, "[[");
    str key;

    p->t.at += array ? 2 : 1;
    toml_skip_blanks(&p->t);
    struct value *into = read_path(p, root, &key);
    if (!into)
        return NULL;
    if (!toml_starts(&p->t, array ? "]]" : "]")) {
        fail(p, "']' was expected");
        return NULL;
    }
    p->t.at += array ? 2 : 1;
    if (!array)
        return enter(p, into, key);
    struct value *list = find_child(into, key);
    if (!list || list->kind != VALUE_LIST) {
        list = new_value(p, VALUE_LIST);
        list->key = key;
        append(into, list);
    }
    struct value *item = new_value(p, VALUE_MAP);
    append(list, item);
    return item;
}

static bool read_lines(struct parser *p, struct value *root)
{
    struct value *table = root;

    for (;;) {
        toml_skip_space(&p->t);
        int c = toml_peek(&p->t);
        if (c < 0)
            return true;
        if (c == '[')
            table = read_header(p, root);
        else if (!read_pair(p, table, 0))
            return false;
        if (!table)
            return false;
        if (!toml_end_line(&p->t))
            return fail(p, "more text than a value");
        if (p->n_values > READ_VALUES_MAX)
            return fail(p, "too many values");
    }
}

struct value *toml_read(str text, unsigned line, struct arena *a,
                        struct read_error *err)
{
    struct parser p = { { text, 0, line }, a, err, 0 };
    struct value *root = new_value(&p, VALUE_MAP);

    return read_lines(&p, root) ? root : NULL;
}
