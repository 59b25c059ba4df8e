/* SPDX-License-Identifier: MIT */
/* Generated text: `content` of margin boxes and `string-set`. */
#include "base/vec.h"
#include "style/value.h"

static const struct {
    const char *word;
    enum string_when when;
} whens[] = {
    { "first", STRING_FIRST },
    { "start", STRING_START },
    { "last", STRING_LAST },
    { "first-except", STRING_EXCEPT },
};

/* string(name) and string(name, when). */
static bool parse_string(struct tokens in, struct content_part *out)
{
    struct tokens name = tokens_cut(&in, ',');

    if (name.n != 1 || name.v[0].kind != TOK_IDENT)
        return false;
    out->kind = CONTENT_STRING;
    out->text = name.v[0].text;
    if (!in.v)
        return true;
    for (size_t i = 0; i < sizeof whens / sizeof *whens; i++) {
        if (tokens_are_word(in, whens[i].word)) {
            out->when = whens[i].when;
            return true;
        }
    }
    return false;
}

static bool parse_attr(struct tokens in, struct content_part *out)
{
    if (in.n != 1 || in.v[0].kind != TOK_IDENT)
        return false;
    out->kind = CONTENT_ATTR;
    for (enum attr_name a = 0; a < ATTR_COUNT; a++) {
        if (str_eq_nocase(attr_text(a), in.v[0].text)) {
            out->attr = a;
            return true;
        }
    }
    return false;
}

static bool parse_function(struct tokens t, bool in_element,
                           struct content_part *out)
{
    str name = t.v[0].text;
    struct tokens in = tokens_inside(t);

    if (str_eq_nocase(name, S("string")))
        return parse_string(in, out);
    if (in_element && str_eq_nocase(name, S("attr")))
        return parse_attr(in, out);
    if (in_element && str_eq_nocase(name, S("content"))) {
        out->kind = CONTENT_ELEMENT;
        return in.n == 0 || tokens_are_word(in, "text");
    }
    if (!in_element && str_eq_nocase(name, S("counter"))) {
        out->kind = tokens_are_word(in, "page") ? CONTENT_PAGE : CONTENT_PAGES;
        return out->kind == CONTENT_PAGE || tokens_are_word(in, "pages");
    }
    return false;
}

bool content_parse(struct tokens t, bool in_element, struct arena *a,
                   struct content *out)
{
    VEC(struct content_part) parts = { 0 };

    *out = (struct content){ 0 };
    if (tokens_are_word(t, "none") || tokens_are_word(t, "normal"))
        return true;
    while (t.n) {
        struct tokens one = tokens_next(&t);
        struct content_part *part = vec_push(&parts, a);
        part->text = one.v[0].text;
        bool ok = one.v[0].kind == TOK_STRING ||
                  (one.v[0].kind == TOK_FUNCTION &&
                   parse_function(one, in_element, part));
        if (!ok)
            return false;
    }
    *out = (struct content){ parts.v, (uint32_t)parts.n };
    return parts.n > 0;
}

bool string_set_parse(struct tokens t, struct arena *a, struct value *out)
{
    struct string_set *first = NULL;
    struct string_set **end = &first;

    *out = (struct value){ .kind = VALUE_DATA };
    if (tokens_are_word(t, "none"))
        return true;
    while (t.v) {
        struct tokens one = tokens_cut(&t, ',');
        if (one.n < 2 || one.v[0].kind != TOK_IDENT)
            return false;
        *end = arena_new(a, struct string_set);
        (*end)->name = one.v[0].text;
        if (!content_parse(tokens_from(one, 1), true, a, &(*end)->value))
            return false;
        end = (struct string_set **)&(*end)->next;
    }
    out->p = first;
    return first != NULL;
}
