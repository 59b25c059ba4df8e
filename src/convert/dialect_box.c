/* SPDX-License-Identifier: MIT */
#include "convert/dialect_box.h"

#include <string.h>

static const struct {
    const char *name;
    enum box_form form;
    const char *title;
} boxes[] = {
#define BOX(name, form, title) { name, BOX_##form, title },
#include "convert/dialect_box.def"
#undef BOX
};

static bool is_name_char(char c)
{
    return ascii_is_alnum((unsigned char)c) || c == '-' || c == '_';
}

/* Takes "{...}" off the end of S. */
static str cut_attributes(str *s)
{
    size_t open = str_find_char(*s, '{');

    if (s->n == 0 || s->p[s->n - 1] != '}' || open == STR_NONE)
        return S("");
    str attributes = str_sub(*s, open + 1, s->n - open - 2);
    *s = str_trim(str_sub(*s, 0, open));
    return attributes;
}

/* The value of title="..." in ATTRIBUTES. */
static str title_in(str attributes)
{
    size_t at = str_find(attributes, S("title=\""));

    if (at == STR_NONE)
        return S("");
    attributes = str_from(attributes, at + 7);
    return str_cut(&attributes, '"');
}

static void look_up(struct box *box, str name)
{
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
        if (!str_eq_nocase(name, str_of(boxes[i].name)))
            continue;
        box->form = boxes[i].form;
        if (box->title.n == 0)
            box->title = str_of(boxes[i].title);
    }
    box->tabs = str_eq(name, S("tabs")) || str_eq(name, S("code-tabs"));
}

/* ":::note warn": the kind of a kind (Qiita, Zenn), not a title. */
static bool is_kind(str title)
{
    return str_eq(title, S("info")) || str_eq(title, S("warn")) ||
           str_eq(title, S("alert"));
}

static str without_brackets(str title)
{
    if (title.n > 1 && title.p[0] == '[' && title.p[title.n - 1] == ']')
        return str_trim(str_sub(title, 1, title.n - 2));
    return title;
}

/* Takes the kind off "{tip} Title", as MyST has it; empty: it is none. */
static str cut_directive(str *s)
{
    str rest = str_from(*s, 1), name = str_cut_while(&rest, is_name_char);

    if (!str_starts(*s, S("{")) || name.n == 0 || !str_starts(rest, S("}")))
        return S("");
    *s = str_trim(str_from(rest, 1));
    return name;
}

bool box_read(str line, struct box *box)
{
    memset(box, 0, sizeof *box);
    while (box->colons < line.n && line.p[box->colons] == ':')
        box->colons++;
    if (box->colons < 3)
        return false;
    str rest = str_trim(str_from(line, box->colons));
    box->closes = rest.n == 0;
    if (box->closes)
        return true;
    str name = cut_directive(&rest), attributes = cut_attributes(&rest);
    if (name.n == 0)
        name = str_cut_while(&rest, is_name_char);
    rest = str_trim(rest);
    if (name.n == 0 && rest.n == 0 && str_starts(attributes, S("."))) {
        attributes = str_from(attributes, 1);
        name = str_cut_while(&attributes, is_name_char);
    }
    if (name.n == 0)
        return false;
    box->title = without_brackets(rest);
    if (is_kind(box->title))
        box->title = S("");
    if (box->title.n == 0)
        box->title = title_in(attributes);
    look_up(box, name);
    return true;
}

void box_put_start(const struct box *box, struct buf *out)
{
    static const char *const starts[] = {
        [BOX_PLAIN] = "",
        [BOX_QUOTE] = "<blockquote>",
        [BOX_DETAILS] = "<details><summary>",
        [BOX_CENTER] = "<div align=\"center\">",
    };

    buf_puts(out, starts[box->form]);
    if (box->form != BOX_DETAILS)
        return;
    buf_put(out, box->title);
    buf_put(out, S("</summary>"));
}

str box_end(const struct box *box)
{
    static const str ends[] = {
        [BOX_PLAIN] = STR_INIT(""),
        [BOX_QUOTE] = STR_INIT("</blockquote>"),
        [BOX_DETAILS] = STR_INIT("</details>"),
        [BOX_CENTER] = STR_INIT("</div>"),
    };

    return ends[box->form];
}

str box_tab_title(str line)
{
    str rest = str_from(line, 4);

    if (!str_starts(line, S("@tab")))
        return S("");
    if (str_starts(rest, S(":active")))
        rest = str_from(rest, 7);
    if (rest.n == 0 || rest.p[0] != ' ')
        return S("");
    return str_trim(rest);
}
