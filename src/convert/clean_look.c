/* SPDX-License-Identifier: MIT */
#include "convert/clean_look.h"

static void read_align(struct look *l, str value)
{
    if (!l->css.align)
        l->css.align = css_align(str_trim(value));
}

static void read_class(struct look *l, str value)
{
    l->classes = value;
}

static void read_color(struct look *l, str value)
{
    if (!l->css.color)
        l->css.color = css_color(value);
}

static void read_dir(struct look *l, str value)
{
    static const str words[] = { STR_INIT("ltr"), STR_INIT("rtl"),
                                 STR_INIT("auto") };

    for (size_t i = 0; i < 3; i++)
        if (str_eq_nocase(value, words[i]))
            l->dir = words[i];
}

static void read_id(struct look *l, str value)
{
    l->id = value;
}

static void read_lang(struct look *l, str value)
{
    if (!l->lang.n)
        l->lang = value;
}

static void read_name(struct look *l, str value)
{
    if (!l->id.n)
        l->id = value;
}

static void read_style(struct look *l, str value)
{
    css_read(&l->css, value);
}

static void read_title(struct look *l, str value)
{
    l->title = value;
}

static void read_valign(struct look *l, str value)
{
    if (!l->css.valign)
        l->css.valign = css_valign(str_trim(value));
}

static void read_width(struct look *l, str value)
{
    if (!l->css.width)
        l->css.width = css_percent(value);
}

static const struct {
    str name;
    void (*read)(struct look *l, str value);
} readers[] = {
    { STR_INIT("align"), read_align }, { STR_INIT("class"), read_class },
    { STR_INIT("color"), read_color }, { STR_INIT("dir"), read_dir },
    { STR_INIT("id"), read_id },       { STR_INIT("lang"), read_lang },
    { STR_INIT("name"), read_name },   { STR_INIT("style"), read_style },
    { STR_INIT("title"), read_title }, { STR_INIT("valign"), read_valign },
    { STR_INIT("width"), read_width }, { STR_INIT("xml:lang"), read_lang },
};

void look_read(struct look *l, const struct soup *e)
{
    *l = (struct look){ 0 };
    for (const struct soup_attr *at = e->attrs; at; at = at->next)
        for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
            if (str_eq(at->name, readers[i].name)) {
                readers[i].read(l, at->value);
                break;
            }
}

bool look_has_class(const struct look *l, str word)
{
    return str_has_word(l->classes, word);
}

/* Classes that the style sheets and later steps know. */
static const str kept_classes[] = {
    STR_INIT("callout"),      STR_INIT("callout-title"),
    STR_INIT("footnote-ref"), STR_INIT("footnotes"),
    STR_INIT("math"),         STR_INIT("math-display"),
    STR_INIT("math-inline"),
};

static str kept_class(const struct look *l, struct arena *a)
{
    str rest = l->classes, w, out = { 0 };

    while ((w = str_next_word(&rest)).n) {
        if (str_starts(w, S("callout-")) || STR_IS_AMONG(w, kept_classes))
            out = out.n ? arena_printf(a, "%.*s %.*s", STR_ARG(out), STR_ARG(w))
                        : w;
    }
    return out;
}

void attrs_add(struct attr **list, enum attr_name name, str value,
               struct arena *a)
{
    if (!value.n)
        return;
    while (*list)
        list = &(*list)->next;
    *list = arena_new(a, struct attr);
    (*list)->name = name;
    (*list)->value = value;
}

str look_lang(str tag, struct arena *a)
{
    size_t part = 0;

    tag = str_trim(tag);
    if (tag.n > 35)
        return (str){ 0 };
    for (size_t i = 0; i <= tag.n; i++) {
        char c = i < tag.n ? tag.p[i] : '-';
        bool first = part == i;
        if (c == '-' || c == '_') {
            size_t n = i - part;
            if (n < (part ? 1 : 2) || n > 8)
                return (str){ 0 };
            part = i + 1;
        } else if (!ascii_is_alnum(c) ||
                   (first && !part && !ascii_is_alpha(c)) ||
                   (!part && ascii_is_digit(c))) {
            return (str){ 0 };
        }
    }
    if (str_find_char(tag, '_') == STR_NONE)
        return tag;
    char *out = arena_bytes(a, tag.n);
    for (size_t i = 0; i < tag.n; i++)
        out[i] = tag.p[i] == '_' ? '-' : tag.p[i];
    return (str){ out, tag.n };
}

struct attr *look_attrs(const struct look *l, struct arena *a)
{
    struct attr *list = NULL;

    if (l->classes.n)
        attrs_add(&list, ATTR_CLASS, kept_class(l, a), a);
    if (l->lang.n)
        attrs_add(&list, ATTR_LANG, look_lang(l->lang, a), a);
    attrs_add(&list, ATTR_DIR, l->dir, a);
    return list;
}
