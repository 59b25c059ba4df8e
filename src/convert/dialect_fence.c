/* SPDX-License-Identifier: MIT */
#include "convert/dialect_fence.h"

#include <string.h>

/* The value of KEY="...", KEY='...' or KEY=word in INFO; empty: none. */
static str value_of(str info, str key)
{
    size_t at = 0, n;

    while ((n = str_find(str_from(info, at), key)) != STR_NONE) {
        size_t from = at + n;
        str rest = str_from(info, from + key.n);
        at = from + key.n;
        if (rest.n < 2 || rest.p[0] != '=' ||
            (from > 0 && !strchr(" {,:", info.p[from - 1])))
            continue;
        rest = str_from(rest, 1);
        if (rest.p[0] == '"' || rest.p[0] == '\'') {
            n = str_find_char(str_from(rest, 1), rest.p[0]);
            return n == STR_NONE ? S("") : str_sub(rest, 1, n);
        }
        n = 0;
        while (n < rest.n && !strchr(" ,}{", rest.p[n]))
            n++;
        return str_sub(rest, 0, n);
    }
    return S("");
}

static size_t language_length(str s)
{
    size_t n = 0;

    while (n < s.n && !strchr(" :{[,", s.p[n]))
        n++;
    return n;
}

/* Is S, behind the language's colon, a name and not a switch of VitePress? */
static bool is_file_name(str s)
{
    if (s.n == 0 || str_find(s, S("line-numbers")) != STR_NONE ||
        str_find(s, S("collapsed-lines")) != STR_NONE)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '.' || s.p[i] == '/' || s.p[i] == '_' || s.p[i] == '-' ||
            ascii_is_alpha((unsigned char)s.p[i]) ||
            (unsigned char)s.p[i] >= 0x80)
            return s.p[0] != '=' && s.p[0] != '{';
    return false;
}

/* "java A title https://host/ A link mark:1" of Hexo, REST being what follows
 * the language: *TITLE gets the words in front of the address. Other programs
 * have switches there, so a word must be no ASCII, or a file's name. */
static bool read_words(str rest, str *title)
{
    size_t end = 0, dot;
    bool words = false;

    for (str line = rest; line.n > 0;) {
        str word = str_cut(&line, ' ');
        if (str_starts(word, S("http")) || str_starts(word, S("mark:")) ||
            str_starts(word, S("first_line:")) || strchr("{[<", word.p[0]) ||
            str_find_char(word, '=') != STR_NONE)
            break;
        for (size_t i = 0; i < word.n; i++)
            words = words || (unsigned char)word.p[i] >= 0x80;
        end = (size_t)(word.p - rest.p) + word.n;
        line = str_trim_left(line);
    }
    *title = str_sub(rest, 0, end);
    dot = str_rfind_char(*title, '.');
    if (!words && (str_find_char(*title, ' ') != STR_NONE || dot == STR_NONE ||
                   dot == 0 || title->n - dot > 6 || title->n - dot < 2 ||
                   !ascii_is_alpha((unsigned char)title->p[dot + 1])))
        *title = S("");
    return title->n > 0;
}

bool fence_read_title(str info, str *language, str *title)
{
    static const str keys[] = { STR_INIT("title"), STR_INIT("filename"),
                                STR_INIT("file"), STR_INIT("name"),
                                STR_INIT("caption") };

    info = str_trim(info);
    *language = str_sub(info, 0, language_length(info));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        *title = value_of(info, keys[i]);
        if (title->n > 0)
            return true;
    }
    str rest = str_trim(str_from(info, language->n));
    if (str_eq(*language, S("diff")) && rest.n > 0 && rest.p[0] != ':' &&
        rest.p[0] != '{' && rest.p[0] != '[')
        rest = str_from(rest, language_length(rest));
    if (rest.n > 2 && rest.p[0] == '[') {
        size_t end = str_find_char(rest, ']');
        *title = end == STR_NONE ? S("") : str_trim(str_sub(rest, 1, end - 1));
        return title->n > 0;
    }
    if (rest.n < 2 || rest.p[0] != ':')
        return read_words(rest, title);
    rest = str_from(rest, 1);
    *title = str_cut(&rest, ' ');
    return is_file_name(*title);
}
