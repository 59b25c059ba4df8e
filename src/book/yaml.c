/* SPDX-License-Identifier: MIT */
#include <yaml.h>

#include "base/map.h"
#include "book/reader.h"

struct frame {
    struct value *container, *last;
    bool has_key; /* of a map: the next node is the value of `key` */
    str key;
    str anchor;
    size_t before; /* values counted before this one */
};

struct anchor {
    const struct value *value;
    size_t size; /* values in it, itself included */
};

struct builder {
    struct arena *a;
    struct read_error *err;
    unsigned line;
    struct frame stack[READ_DEPTH_MAX];
    size_t depth;
    size_t n_values;
    struct map anchors;
    struct value *root;
};

static bool fail(struct builder *b, size_t line, const char *why)
{
    *b->err = (struct read_error){ b->line + (unsigned)line, str_of(why) };
    return false;
}

static str event_text(struct builder *b, const yaml_char_t *p, size_t n)
{
    return arena_dup(b->a, (str){ (const char *)p, n });
}

static bool is_null(str s)
{
    return s.n == 0 || str_eq(s, S("~")) || str_eq_nocase(s, S("null"));
}

/* A key that is no text is kept as an empty one: nobody asks for it. */
static bool take_key(struct frame *f, const struct value *v)
{
    if (f->container->kind != VALUE_MAP || f->has_key)
        return false;
    f->has_key = true;
    f->key = v->kind == VALUE_TEXT ? v->text : S("");
    return true;
}

static void append(struct builder *b, struct value *v)
{
    if (b->depth == 0) {
        b->root = v;
        return;
    }
    struct frame *f = &b->stack[b->depth - 1];
    if (take_key(f, v))
        return;
    v->key = f->key;
    f->has_key = false;
    if (f->last)
        f->last->next = v;
    else
        f->container->first = v;
    f->last = v;
}

static bool count(struct builder *b, size_t n, size_t line)
{
    b->n_values += n;
    return b->n_values <= READ_VALUES_MAX || fail(b, line, "too many values");
}

static void remember(struct builder *b, str name, const struct value *v,
                     size_t size)
{
    if (name.n == 0)
        return;
    struct anchor *an = arena_new(b->a, struct anchor);
    *an = (struct anchor){ v, size };
    map_put(&b->anchors, name, an);
}

static struct value *new_value(struct builder *b, enum value_kind kind,
                               size_t line)
{
    struct value *v = arena_new(b->a, struct value);
    v->kind = kind;
    v->line = b->line + (unsigned)line;
    return v;
}

static str anchor_name(struct builder *b, const yaml_char_t *name)
{
    return name ? arena_dup(b->a, str_of((const char *)name)) : (str){ 0 };
}

static bool add_scalar(struct builder *b, const yaml_event_t *e)
{
    size_t line = e->start_mark.line;
    struct value *v = new_value(b, VALUE_TEXT, line);

    v->text = event_text(b, e->data.scalar.value, e->data.scalar.length);
    v->quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (!v->quoted && is_null(v->text))
        v->kind = VALUE_NULL;
    remember(b, anchor_name(b, e->data.scalar.anchor), v, 1);
    append(b, v);
    return count(b, 1, line);
}

/* The copy shares what is below the anchor: an alias costs one node however
 * much it stands for, but it is counted in full. */
static bool add_alias(struct builder *b, const yaml_event_t *e)
{
    size_t line = e->start_mark.line;
    str name = str_of((const char *)e->data.alias.anchor);
    const struct anchor *an = map_find(&b->anchors, name);

    if (!an)
        return fail(b, line, "alias of an unknown anchor");
    if (!count(b, an->size, line))
        return false;
    struct value *v = new_value(b, an->value->kind, line);
    v->quoted = an->value->quoted;
    v->text = an->value->text;
    v->first = an->value->first;
    append(b, v);
    return true;
}

static bool open_container(struct builder *b, enum value_kind kind,
                           const yaml_char_t *anchor, size_t line)
{
    if (b->depth == READ_DEPTH_MAX)
        return fail(b, line, "nested too deeply");
    b->stack[b->depth++] = (struct frame){
        .container = new_value(b, kind, line),
        .anchor = anchor_name(b, anchor),
        .before = b->n_values,
    };
    return count(b, 1, line);
}

static void close_container(struct builder *b)
{
    struct frame f = b->stack[--b->depth];

    remember(b, f.anchor, f.container, b->n_values - f.before);
    append(b, f.container);
}

static bool add_event(struct builder *b, const yaml_event_t *e)
{
    size_t line = e->start_mark.line;

    switch (e->type) {
    case YAML_SCALAR_EVENT:
        return add_scalar(b, e);
    case YAML_ALIAS_EVENT:
        return add_alias(b, e);
    case YAML_SEQUENCE_START_EVENT:
        return open_container(b, VALUE_LIST, e->data.sequence_start.anchor,
                              line);
    case YAML_MAPPING_START_EVENT:
        return open_container(b, VALUE_MAP, e->data.mapping_start.anchor, line);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_container(b);
        return true;
    default:
        return true;
    }
}

static bool parser_failed(struct builder *b, const yaml_parser_t *y)
{
    const char *why = y->problem ? y->problem : "not YAML";
    return fail(b, y->problem_mark.line, why);
}

static bool read_document(struct builder *b, yaml_parser_t *y)
{
    yaml_event_t e;
    bool ok = true, more = true;

    while (ok && more) {
        if (!yaml_parser_parse(y, &e))
            return parser_failed(b, y);
        more = e.type != YAML_DOCUMENT_END_EVENT &&
               e.type != YAML_STREAM_END_EVENT;
        ok = add_event(b, &e);
        yaml_event_delete(&e);
    }
    return ok;
}

struct value *yaml_read(str text, unsigned line, struct arena *a,
                        struct read_error *err)
{
    yaml_parser_t y;
    struct builder b = { .a = a, .err = err, .line = line };

    map_init(&b.anchors, a);
    if (!yaml_parser_initialize(&y))
        die("out of memory");
    yaml_parser_set_encoding(&y, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&y, (const unsigned char *)text.p, text.n);
    bool ok = read_document(&b, &y);
    yaml_parser_delete(&y);
    if (!ok)
        return NULL;
    return b.root ? b.root : new_value(&b, VALUE_NULL, 0);
}

str yaml_library_version(struct arena *a)
{
    return arena_dup(a, str_of(yaml_get_version_string()));
}
