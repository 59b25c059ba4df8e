/* SPDX-License-Identifier: MIT */
#include "convert/shortcode_tag.h"

#include <string.h>

#include "base/names.h"
#include "convert/shortcode_value.h"

static const struct {
    const char *name;
    enum shortcode_action action;
    const char *open, *close;
} shortcodes[] = {
#define SHORTCODE(name, action, open, close)                                   \
    { name, SHORTCODE_##action, open, close },
#include "convert/shortcode.def"
#undef SHORTCODE
};
#define N_SHORTCODES (sizeof shortcodes / sizeof *shortcodes)

size_t shortcode_count(void)
{
    return N_SHORTCODES;
}

static bool is_word_char(char c)
{
    return ascii_is_alnum((unsigned char)c) || c == '_' || c == '-';
}

/* A value: quoted, or up to the next blank. */
static str cut_value(str *s)
{
    size_t n = 0;
    char quote = s->n > 0 ? s->p[0] : '\0';

    if (quote == '"' || quote == '\'' || quote == '`') {
        str value = str_from(*s, 1);
        size_t end = str_find_char(value, quote);
        if (end != STR_NONE) {
            *s = str_from(value, end + 1);
            return str_sub(value, 0, end);
        }
    }
    while (n < s->n && !ascii_is_space((unsigned char)s->p[n]))
        n++;
    str value = str_sub(*s, 0, n);
    *s = str_from(*s, n);
    return value;
}

/* Hexo's tags whose arguments have commas between them. */
static bool has_commas(str name)
{
    static const str names[] = {
        STR_INIT("btn"),        STR_INIT("button"),    STR_INIT("cell"),
        STR_INIT("hideInline"), STR_INIT("bubble"),    STR_INIT("p"),
        STR_INIT("span"),       STR_INIT("checkbox"),  STR_INIT("radio"),
        STR_INIT("linkcard"),   STR_INIT("link"),      STR_INIT("folding"),
        STR_INIT("timeline"),   STR_INIT("site"),      STR_INIT("hideToggle"),
        STR_INIT("hidetoggle"), STR_INIT("hideBlock"), STR_INIT("hideblock"),
    };

    return STR_IS_AMONG(name, names);
}

/* "url=https://..." as a value: that is its name and value. "a=b" may be words
 * to read. */
static void part_name(struct shortcode_arg *arg)
{
    str rest = arg->value, name = str_cut_while(&rest, is_word_char);
    str value = str_trim(str_from(rest, 1));

    if (name.n == 0 || !str_starts(rest, S("=")) || !value_is_address(value))
        return;
    arg->name = name;
    arg->value = value;
}

static void read_comma_args(struct shortcode_tag *tag, str s)
{
    while (s.n > 0 && tag->n_args < SHORTCODE_ARGS) {
        struct shortcode_arg *arg = &tag->args[tag->n_args++];
        str piece = str_trim(str_cut(&s, ','));
        arg->quoted = piece.n > 1 && strchr("\"'", piece.p[0]) &&
                      piece.p[piece.n - 1] == piece.p[0];
        arg->value = arg->quoted ? str_sub(piece, 1, piece.n - 2) : piece;
        if (!arg->quoted)
            part_name(arg);
    }
}

void shortcode_read_args(struct shortcode_tag *tag, str s)
{
    if (!tag->hugo && str_find_char(s, ',') != STR_NONE &&
        has_commas(tag->name)) {
        read_comma_args(tag, s);
        return;
    }
    while (tag->n_args < SHORTCODE_ARGS) {
        struct shortcode_arg *arg = &tag->args[tag->n_args];
        s = str_trim_left(s);
        if (str_starts(s, S(","))) /* behind an argument of Zola's */
            s = str_trim_left(str_from(s, 1));
        if (s.n == 0)
            return;
        str rest = s, name = str_cut_while(&rest, is_word_char);
        if (!tag->hugo && name.n > 0 && str_starts(rest, S("::")))
            s = str_from(rest, 2); /* a colour of Volantis and Stellar */
        else if (name.n > 0 && rest.n > 1 &&
                 (rest.p[0] == '=' || rest.p[0] == ':') && rest.p[1] != '/' &&
                 rest.p[1] != '=') {
            arg->name = name;
            s = str_trim_left(str_from(rest, 1));
        }
        arg->quoted = s.n > 0 && (s.p[0] == '"' || s.p[0] == '\'');
        arg->value = cut_value(&s);
        if (!tag->hugo && !arg->quoted && s.n > 0 &&
            str_ends_nocase(arg->value, S(",")))
            arg->value.n--; /* {% image a.png, alt=x %} */
        if (arg->quoted && str_eq(tag->name, S("dplayer")))
            part_name(arg);
        if (!tag->hugo && !arg->quoted && str_starts(arg->value, S("@")))
            arg->value = str_from(arg->value, 1);
        tag->n_args++;
    }
}

/* {% label primary@text %}; {% ruby text|gloss %}. */
static void part_first_arg(struct shortcode_tag *tag)
{
    struct shortcode_arg *first = &tag->args[0];
    bool label = str_eq(tag->name, S("label"));

    if (tag->hugo || tag->n_args == 0 || first->name.n > 0)
        return;
    size_t at = str_find_char(first->value, label ? '@' : '|');
    if (at == STR_NONE)
        return;
    if (label) {
        first->value = str_from(first->value, at + 1);
    } else if (str_eq(tag->name, S("ruby")) && tag->n_args == 1) {
        tag->args[tag->n_args++].value = str_from(first->value, at + 1);
        first->value = str_sub(first->value, 0, at);
    }
}

/* A few of dev.to's and other tags take an address as well as an id. */
static void look_for_address(struct shortcode_tag *tag)
{
    static const str names[] = {
        STR_INIT("codepen"), STR_INIT("jsfiddle"),    STR_INIT("youtube"),
        STR_INIT("vimeo"),   STR_INIT("speakerdeck"), STR_INIT("spotify"),
        STR_INIT("github"),  STR_INIT("soundcloud"),  STR_INIT("twitter"),
        STR_INIT("tweet"),   STR_INIT("x"),           STR_INIT("instagram"),
    };

    if (tag->closing || tag->n_args == 0 || tag->args[0].name.n > 0 ||
        !value_is_address(tag->args[0].value))
        return;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(tag->name, names[i])) {
            tag->name = S("iframe");
            shortcode_look_up(tag);
            return;
        }
}

void shortcode_look_up(struct shortcode_tag *tag)
{
    tag->index = NAMES_FIND(tag->name, shortcodes);
    if (tag->index == N_SHORTCODES && !tag->closing && !tag->hugo &&
        str_starts(tag->name, S("end"))) {
        size_t i = NAMES_FIND(str_from(tag->name, 3), shortcodes);
        if (i < N_SHORTCODES) {
            tag->name = str_from(tag->name, 3);
            tag->closing = true;
            tag->index = i;
        }
    }
    if (tag->index < N_SHORTCODES)
        tag->action = shortcodes[tag->index].action;
}

static bool has_address(const struct shortcode_tag *tag)
{
    for (size_t i = 0; i < tag->n_args; i++)
        if (value_is_address(tag->args[i].value))
            return true;
    return false;
}

static void rename_tag(struct shortcode_tag *tag, str name)
{
    tag->name = name;
    shortcode_look_up(tag);
}

/* What an include of a film says which one it is; "page.id" says it elsewhere.
 */
static const struct shortcode_arg *film_id(const struct shortcode_tag *tag)
{
    static const str names[] = { STR_INIT("id"), STR_INIT("youtube_id"),
                                 STR_INIT("video_id"), STR_INIT("videoId"),
                                 STR_INIT("vimeo_id") };

    for (size_t i = 0; i < tag->n_args; i++) {
        const struct shortcode_arg *arg = &tag->args[i];
        if (STR_IS_AMONG_NOCASE(arg->name, names) && arg->value.n > 0 &&
            !str_starts(arg->value, S("page.")))
            return arg;
    }
    return NULL;
}

/* {% include embed/youtube.html id="a" %}, {% include video id="a"
 * provider="youtube" %}: as those of Jekyll's themes are called. */
static bool is_film(struct shortcode_tag *tag)
{
    static const str films[] = { STR_INIT("youtube"), STR_INIT("vimeo"),
                                 STR_INIT("bilibili") };
    const struct shortcode_arg *id = film_id(tag);

    for (size_t i = 0; id && i < sizeof films / sizeof *films; i++)
        for (size_t j = 0; j < tag->n_args; j++)
            if (str_find_nocase(tag->args[j].value, films[i]) != STR_NONE &&
                (j == 0 || str_eq(tag->args[j].name, S("provider")))) {
                tag->args[0] = (struct shortcode_arg){ .name = S("id"),
                                                       .value = id->value };
                tag->n_args = 1;
                rename_tag(tag, films[i]);
                return true;
            }
    return false;
}

static bool is_sound(str value)
{
    return str_ends_nocase(value, S(".mp3")) ||
           str_ends_nocase(value, S(".m4a")) ||
           str_ends_nocase(value, S(".ogg")) ||
           str_ends_nocase(value, S(".wav"));
}

static bool is_picture(const struct shortcode_arg *arg)
{
    static const str names[] = { STR_INIT("src"),        STR_INIT("image"),
                                 STR_INIT("image_path"), STR_INIT("image_url"),
                                 STR_INIT("img"),        STR_INIT("file") };

    return arg->value.n > 0 && (value_is_picture(arg->value) ||
                                STR_IS_AMONG_NOCASE(arg->name, names));
}

/* What Jekyll includes is told by its arguments: a film, a sound, a picture, or
 * only text. */
static void look_into_include(struct shortcode_tag *tag)
{
    if (is_film(tag))
        return;
    for (size_t i = 1; i < tag->n_args; i++)
        if (is_sound(tag->args[i].value)) {
            rename_tag(tag, S("audio"));
            return;
        }
    for (size_t i = 1; i < tag->n_args; i++)
        if (is_picture(&tag->args[i]))
            return;
    rename_tag(tag, S("include_text"));
}

/* "{{ youtube(id="x") }}" of Zola. "{{ t('x') }}" may be anyone's. */
static bool is_call(str s)
{
    if (!str_starts(s, S("{{")))
        return false;
    s = str_trim_left(str_sub(s, 2, SHORTCODE_MAX));
    s.n = str_find(s, S("}}")) == STR_NONE ? 0 : str_find(s, S("}}"));
    s = str_trim_right(s);
    str name = str_cut_while(&s, is_word_char);
    if (name.n == 0 || !str_starts(s, S("(")) || !str_ends(s, S(")")))
        return false;
    s = str_trim_left(str_from(s, 1));
    return str_cut_while(&s, is_word_char).n > 0 && str_starts(s, S("="));
}

bool shortcode_read(str s, struct shortcode_tag *tag)
{
    str end = S("%}");
    size_t start = 2;

    /* Some write a pair that holds code as "{{{<" and ">}}}". */
    bool brace = str_starts(s, S("{{{<")) || str_starts(s, S("{{< /"));

    memset(tag, 0, sizeof *tag);
    if (str_starts(s, S("{{{<"))) {
        end = S(">}}");
        start = 4;
        tag->hugo = true;
    } else if (str_starts(s, S("{{<")) || str_starts(s, S("{{%"))) {
        end = s.p[2] == '<' ? S(">}}") : S("%}}");
        start = 3;
        tag->hugo = true;
    } else if (is_call(s)) {
        end = S("}}");
        tag->hugo = true;
    } else if (!str_starts(s, S("{%"))) {
        return false;
    }
    s = str_sub(s, 0, SHORTCODE_MAX);
    size_t n = str_find(str_from(s, start), end);
    if (n == STR_NONE || str_find(str_sub(s, start, n), S("\n\n")) != STR_NONE)
        return false;
    tag->whole = str_sub(s, 0, start + n + end.n);
    if (tag->hugo && brace && str_starts(str_from(s, tag->whole.n), S("}")))
        tag->whole.n++;
    str inside = str_trim(str_sub(s, start, n));
    if (!tag->hugo) { /* {%- ... -%} */
        if (inside.n > 0 && inside.p[0] == '-')
            inside = str_trim(str_from(inside, 1));
        if (inside.n > 0 && inside.p[inside.n - 1] == '-')
            inside = str_trim(str_sub(inside, 0, inside.n - 1));
    } else if (str_starts(inside, S("/*"))) {
        tag->literal = true;
        return str_ends(inside, S("*/"));
    } else if (inside.n > 0 && inside.p[0] == '/') {
        tag->closing = true;
        inside = str_trim(str_from(inside, 1));
    }
    if (tag->hugo && str_ends(inside, S("/"))) {
        tag->single = true;
        inside = str_trim(str_sub(inside, 0, inside.n - 1));
    }
    tag->name = str_cut_while(&inside, is_word_char);
    if (tag->name.n == 0)
        return false;
    shortcode_look_up(tag);
    if (str_starts(inside, S("(")) && str_ends(inside, S(")")))
        inside = str_sub(inside, 1, inside.n - 2); /* Zola */
    if (str_eq(end, S("}}")) && tag->action != SHORTCODE_REPLACE)
        return false;
    shortcode_read_args(tag, inside);
    if (str_eq(tag->name, S("include")) ||
        str_eq(tag->name, S("include_cached")))
        look_into_include(tag);
    part_first_arg(tag);
    look_for_address(tag);
    /* Jekyll's names a post; that of Hexo's themes is a card. */
    if (str_eq(tag->name, S("link")) && has_address(tag)) {
        tag->name = S("linkcard");
        shortcode_look_up(tag);
    }
    return true;
}

str shortcode_closing(const struct shortcode_tag *tag)
{
    return str_of(shortcodes[tag->index].close);
}

str shortcode_opening(const struct shortcode_tag *tag)
{
    return str_of(shortcodes[tag->index].open);
}

bool shortcode_is_paired(const struct shortcode_tag *tag)
{
    str close = shortcode_closing(tag);

    return close.n > 0 &&
           str_find(str_of(shortcodes[tag->index].open), close) == STR_NONE;
}

str shortcode_language(const struct shortcode_tag *tag)
{
    if (str_eq(tag->name, S("mermaid")))
        return tag->name;
    for (size_t i = 0; i < tag->n_args; i++)
        if (str_eq(tag->args[i].name, S("lang")) ||
            str_eq(tag->args[i].name, S("language")))
            return tag->args[i].value;
    bool first = str_eq(tag->name, S("highlight")) || tag->hugo;
    return first && tag->n_args > 0 && tag->args[0].name.n == 0
               ? tag->args[0].value
               : S("");
}

size_t shortcode_find_end(const struct shortcode_tag *tag, str s, size_t *n)
{
    struct shortcode_tag end;
    str start = str_sub(tag->whole, 0, tag->hugo ? 3 : 2);

    for (size_t at = 0;; at += start.n) {
        size_t skip = str_find(str_from(s, at), start);
        if (skip == STR_NONE)
            return STR_NONE;
        at += skip;
        if (!shortcode_read(str_from(s, at), &end))
            continue;
        if (end.closing && str_eq(end.name, tag->name)) {
            *n = end.whole.n;
            return at;
        }
    }
}
