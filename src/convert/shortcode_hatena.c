/* SPDX-License-Identifier: MIT */
#include "convert/shortcode_hatena.h"

#include <string.h>

/* Bytes of a note. */
#define NOTE_MAX 2000

bool shortcode_is_hatena(str body)
{
    static const str marks[] = {
        STR_INIT("[:contents]"),           STR_INIT("[f:id:"),
        STR_INIT(":embed:cite]"),          STR_INIT("/:title]"),
        STR_INIT("hatenablog-parts.com/"),
    };

    return str_has_any(body, marks, sizeof marks / sizeof *marks);
}

size_t shortcode_hatena_note(str line, size_t at, str *text)
{
    str s = str_sub(line, at, NOTE_MAX);

    if (!str_starts(s, S("((")) || str_starts(s, S("(((")) ||
        (at > 0 && strchr("()", line.p[at - 1])))
        return 0;
    size_t end = str_find(s, S("))"));
    if (end == STR_NONE)
        return 0;
    while (end + 2 < s.n && s.p[end + 2] == ')') /* "((a (b)))" */
        end++;
    *text = str_trim(str_sub(s, 2, end - 2));
    return text->n > 0 ? end + 2 : 0;
}

static bool is_name_char(char c)
{
    return ascii_is_alnum((unsigned char)c) || c == '-' || c == '_';
}

static bool is_digit(char c)
{
    return ascii_is_digit((unsigned char)c);
}

static str photo_ending(str kind)
{
    static const struct {
        str kind, ending;
    } endings[] = {
        { STR_INIT("j:"), STR_INIT("jpg") },
        { STR_INIT("p:"), STR_INIT("png") },
        { STR_INIT("g:"), STR_INIT("gif") },
    };

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_starts(kind, endings[i].kind))
            return endings[i].ending;
    return S("");
}

bool shortcode_hatena_photo(str inside, struct buf *out)
{
    if (!str_starts(inside, S("f:id:")))
        return false;
    inside = str_from(inside, 5);
    str name = str_cut_while(&inside, is_name_char);
    if (name.n == 0 || !str_starts(inside, S(":")))
        return false;
    inside = str_from(inside, 1);
    str time = str_cut_while(&inside, is_digit), ending = photo_ending(inside);
    if (time.n != 14 || ending.n == 0)
        return false;
    buf_printf(out,
               "![](<https://cdn-ak.f.st-hatena.com/images/fotolife/"
               "%c/%.*s/%.8s/%.*s.%.*s>)",
               name.p[0], STR_ARG(name), time.p, STR_ARG(time),
               STR_ARG(ending));
    return true;
}
