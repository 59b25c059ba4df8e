/* SPDX-License-Identifier: MIT */
#include "style/value.h"

#include "base/vec.h"

typedef bool parse_fn(const struct prop_info *info, struct tokens t,
                      struct arena *a, struct value *out);

static const struct {
    str name;
    enum unit unit;
    double factor;
} units[] = {
    { STR_INIT("pt"), UNIT_MP, 1000 },
    { STR_INIT("px"), UNIT_MP, 750 },
    { STR_INIT("mm"), UNIT_MP, 72000 / 25.4 },
    { STR_INIT("cm"), UNIT_MP, 720000 / 25.4 },
    { STR_INIT("q"), UNIT_MP, 18000 / 25.4 },
    { STR_INIT("in"), UNIT_MP, 72000 },
    { STR_INIT("pc"), UNIT_MP, 12000 },
    { STR_INIT("em"), UNIT_EM, 1 },
    { STR_INIT("rem"), UNIT_REM, 1 },
    { STR_INIT("ex"), UNIT_EX, 1 },
    { STR_INIT("ch"), UNIT_CH, 1 },
    { STR_INIT("ic"), UNIT_IC, 1 },
    { STR_INIT("lh"), UNIT_LH, 1 },
    { STR_INIT("rlh"), UNIT_RLH, 1 },
};

bool length_parse(const struct token *t, struct value *out)
{
    *out = (struct value){ .kind = VALUE_LENGTH, .unit = UNIT_MP };
    if (t->kind == TOK_NUMBER)
        return t->number == 0;
    if (t->kind != TOK_DIMENSION)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (str_eq_nocase(units[i].name, t->text)) {
            out->unit = units[i].unit;
            out->num = t->number * units[i].factor;
            return true;
        }
    }
    return false;
}

static bool parse_percent(const struct token *t, struct value *out)
{
    *out = (struct value){ .kind = VALUE_PERCENT, .num = t->number };
    return t->kind == TOK_PERCENT;
}

static bool parse_keyword(const struct prop_info *info, struct tokens t,
                          struct arena *a, struct value *out)
{
    *out = (struct value){ .kind = VALUE_KEYWORD };
    return t.n == 1 && t.v[0].kind == TOK_IDENT &&
           keyword_find(info->keywords, t.v[0].text, &out->i);
}

/* Several keywords, the last with an effect counts. */
static bool parse_words(const struct prop_info *info, struct tokens t,
                        struct arena *a, struct value *out)
{
    int32_t effect = 0;

    for (size_t i = 0; i < t.n; i++) {
        if (!parse_keyword(info, tokens_sub(t, i, i + 1), a, out))
            return false;
        effect = out->i >= 0 ? out->i : effect;
    }
    out->i = effect;
    return t.n > 0;
}

static bool parse_mp(const struct prop_info *info, struct tokens t,
                     struct arena *a, struct value *out)
{
    return t.n == 1 &&
           (length_parse(t.v, out) || parse_keyword(info, t, a, out));
}

static bool parse_mp_plus(const struct prop_info *info, struct tokens t,
                          struct arena *a, struct value *out)
{
    return parse_mp(info, t, a, out) && out->num >= 0;
}

static bool parse_length(const struct prop_info *info, struct tokens t,
                         struct arena *a, struct value *out)
{
    return t.n == 1 && (parse_percent(t.v, out) || parse_mp(info, t, a, out));
}

static bool parse_length_plus(const struct prop_info *info, struct tokens t,
                              struct arena *a, struct value *out)
{
    return parse_length(info, t, a, out) && out->num >= 0;
}

static bool parse_whole(const struct prop_info *info, struct tokens t,
                        struct arena *a, struct value *out)
{
    *out = (struct value){ .kind = VALUE_KEYWORD };
    if (t.n == 1 && t.v[0].kind == TOK_NUMBER) {
        double v = t.v[0].number;
        out->i = v > 10000 ? 10000 : (int32_t)v;
        return t.v[0].is_integer && v >= 0;
    }
    return parse_keyword(info, t, a, out);
}

static bool parse_count(const struct prop_info *info, struct tokens t,
                        struct arena *a, struct value *out)
{
    return parse_whole(info, t, a, out) && out->i >= 1;
}

static bool parse_color(const struct prop_info *info, struct tokens t,
                        struct arena *a, struct value *out)
{
    return color_parse(t, out);
}

static bool parse_font_size(const struct prop_info *info, struct tokens t,
                            struct arena *a, struct value *out)
{
    bool larger = tokens_are_word(t, "larger");

    if (larger || tokens_are_word(t, "smaller")) {
        *out = (struct value){ .kind = VALUE_PERCENT,
                               .num = larger ? 120 : 100 / 1.2 };
        return true;
    }
    return parse_length_plus(info, t, a, out);
}

static bool parse_weight(const struct prop_info *info, struct tokens t,
                         struct arena *a, struct value *out)
{
    /* For `relative to the parent` the number is not a weight. */
    if (tokens_are_word(t, "bolder") || tokens_are_word(t, "lighter")) {
        *out = (struct value){ .kind = VALUE_NUMBER,
                               .num = tokens_are_word(t, "bolder") ? 1 : -1 };
        return true;
    }
    return parse_count(info, t, a, out) && out->i <= 1000;
}

static bool parse_line_height(const struct prop_info *info, struct tokens t,
                              struct arena *a, struct value *out)
{
    if (t.n != 1)
        return false;
    if (token_is_word(t.v, "normal") || t.v[0].kind == TOK_NUMBER) {
        bool normal = t.v[0].kind != TOK_NUMBER;
        *out = (struct value){ .kind = VALUE_NUMBER,
                               .num = normal ? 1.2 : t.v[0].number };
        return out->num >= 0;
    }
    return parse_length_plus(info, t, a, out);
}

static const struct {
    const char *word;
    enum font_generic generic;
} generics[] = {
    { "serif", GENERIC_SERIF },        { "sans-serif", GENERIC_SANS },
    { "monospace", GENERIC_MONO },     { "ui-serif", GENERIC_SERIF },
    { "ui-sans-serif", GENERIC_SANS }, { "ui-monospace", GENERIC_MONO },
    { "ui-rounded", GENERIC_SANS },    { "system-ui", GENERIC_SANS },
    { "-apple-system", GENERIC_SANS }, { "cursive", GENERIC_SERIF },
    { "fantasy", GENERIC_SERIF },      { "math", GENERIC_SERIF },
};

static bool find_generic(struct tokens t, enum font_generic *out)
{
    for (size_t i = 0; i < sizeof generics / sizeof *generics; i++) {
        if (tokens_are_word(t, generics[i].word)) {
            *out = generics[i].generic;
            return true;
        }
    }
    return false;
}

/* A quoted name, or identifiers joined with single spaces. */
static bool parse_family(struct tokens t, struct arena *a, str *out)
{
    if (t.n == 1 && t.v[0].kind == TOK_STRING) {
        *out = t.v[0].text;
        return out->n > 0;
    }
    struct buf name = { 0 };
    bool ok = t.n > 0;
    for (size_t i = 0; i < t.n && ok; i++) {
        ok = t.v[i].kind == TOK_IDENT;
        if (i)
            buf_putc(&name, ' ');
        buf_put(&name, t.v[i].text);
    }
    *out = arena_dup(a, buf_str(&name));
    buf_done(&name);
    return ok;
}

/* What follows the first generic name can't be reached, so it is left out. */
static bool parse_families(const struct prop_info *info, struct tokens t,
                           struct arena *a, struct value *out)
{
    struct font_list *list = arena_new(a, struct font_list);
    struct str_vec names = { 0 };
    bool ended = false;

    do {
        struct tokens one = tokens_cut(&t, ',');
        str name;
        if (!ended && find_generic(one, &list->generic))
            ended = true;
        else if (!parse_family(one, a, &name))
            return false;
        else if (!ended)
            *vec_push(&names, a) = name;
    } while (t.v);
    list->names = names.v;
    list->n = (uint32_t)names.n;
    *out = (struct value){ .kind = VALUE_DATA, .p = list };
    return true;
}

static bool parse_emphasis(const struct prop_info *info, struct tokens t,
                           struct arena *a, struct value *out)
{
    bool open = false;
    int shape = -1;

    *out = (struct value){ .kind = VALUE_KEYWORD };
    for (size_t i = 0; i < t.n; i++) {
        struct value color;
        if (token_is_word(&t.v[i], "open"))
            open = true;
        else if (!token_is_word(&t.v[i], "filled") &&
                 (t.v[i].kind != TOK_IDENT ||
                  !keyword_find(info->keywords, t.v[i].text, &shape)) &&
                 !color_parse(tokens_sub(t, i, i + 1), &color))
            return false;
    }
    if (shape < 0)
        shape = EMPHASIS_CIRCLE; /* the initial shape of horizontal text */
    out->i = shape + (open && shape != EMPHASIS_NONE
                          ? EMPHASIS_OPEN_DOT - EMPHASIS_DOT
                          : 0);
    return t.n > 0;
}

/* The lines; style, colour and thickness are taken without an effect. */
static bool parse_decoration(const struct prop_info *info, struct tokens t,
                             struct arena *a, struct value *out)
{
    struct value lines = { .kind = VALUE_KEYWORD };

    if (t.n == 0)
        return false;
    while (t.n) {
        struct tokens one = tokens_next(&t);
        if (parse_keyword(info, one, a, out))
            lines.i |= out->i > 0 ? out->i : 0;
        else if (!color_parse(one, out) && !parse_length(info, one, a, out))
            return false;
    }
    *out = lines;
    return true;
}

static bool parse_name(const struct prop_info *info, struct tokens t,
                       struct arena *a, struct value *out)
{
    str *name = arena_new(a, str);

    if (t.n != 1 || t.v[0].kind != TOK_IDENT)
        return false;
    if (!token_is_word(t.v, "auto"))
        *name = t.v[0].text;
    *out = (struct value){ .kind = VALUE_DATA, .p = name };
    return true;
}

static bool parse_string_set(const struct prop_info *info, struct tokens t,
                             struct arena *a, struct value *out)
{
    return string_set_parse(t, a, out);
}

static bool parse_content(const struct prop_info *info, struct tokens t,
                          struct arena *a, struct value *out)
{
    struct content *c = arena_new(a, struct content);

    *out = (struct value){ .kind = VALUE_DATA, .p = c };
    return content_parse(t, false, a, c);
}

static const struct {
    const char *name;
    double width, height; /* mm */
} papers[] = {
    { "a3", 297, 420 },         { "a4", 210, 297 },
    { "a5", 148, 210 },         { "a6", 105, 148 },
    { "b4", 250, 353 },         { "b5", 176, 250 },
    { "jis-b4", 257, 364 },     { "jis-b5", 182, 257 },
    { "letter", 215.9, 279.4 }, { "legal", 215.9, 355.6 },
    { "ledger", 279.4, 431.8 },
};

static bool add_side(const struct token *t, double side[2], size_t *n)
{
    struct value v;

    if (*n == 2 || !length_parse(t, &v) || v.unit != UNIT_MP || v.num <= 0)
        return false;
    side[(*n)++] = v.num;
    return true;
}

static bool find_paper(const struct token *t, double side[2], size_t *n)
{
    for (size_t i = 0; i < sizeof papers / sizeof *papers && *n == 0; i++) {
        if (token_is_word(t, papers[i].name)) {
            side[0] = papers[i].width * 72000 / 25.4;
            side[1] = papers[i].height * 72000 / 25.4;
            *n = 2;
            return true;
        }
    }
    return false;
}

/* css-page-3, 7.1: lengths or the name of a paper, and which way it lies. */
static bool parse_page_size(const struct prop_info *info, struct tokens t,
                            struct arena *a, struct value *out)
{
    struct page_size *size = arena_new(a, struct page_size);
    double side[2] = { 0 };
    size_t n = 0;
    bool turn = false;

    for (size_t i = 0; i < t.n; i++) {
        if (token_is_word(&t.v[i], "landscape"))
            turn = true;
        else if (!token_is_word(&t.v[i], "portrait") &&
                 !token_is_word(&t.v[i], "auto") &&
                 !find_paper(&t.v[i], side, &n) && !add_side(&t.v[i], side, &n))
            return false;
    }
    if (n == 1)
        side[1] = side[0];
    /* PDF 1.7 allows 14,400 units of 1/72 inch. */
    for (size_t i = 0; i < 2; i++)
        if (n && (side[i] < 36e3 || side[i] > 144e5))
            return false;
    size->width = (int32_t)(side[turn] + 0.5);
    size->height = (int32_t)(side[!turn] + 0.5);
    size->landscape = turn;
    *out = (struct value){ .kind = VALUE_DATA, .p = size };
    return t.n > 0;
}

static parse_fn *const parsers[TYPE_COUNT_OF] = {
    [TYPE_ENUM] = parse_keyword,
    [TYPE_FLAG] = parse_keyword,
    [TYPE_WORDS] = parse_words,
    [TYPE_MP] = parse_mp,
    [TYPE_MP_PLUS] = parse_mp_plus,
    [TYPE_LENGTH] = parse_length,
    [TYPE_LENGTH_PLUS] = parse_length_plus,
    [TYPE_COUNT] = parse_count,
    [TYPE_COUNT_0] = parse_whole,
    [TYPE_COLOR] = parse_color,
    [TYPE_BACKGROUND] = parse_color,
    [TYPE_FONT_SIZE] = parse_font_size,
    [TYPE_FONT_FAMILY] = parse_families,
    [TYPE_FONT_WEIGHT] = parse_weight,
    [TYPE_LINE_HEIGHT] = parse_line_height,
    [TYPE_VERTICAL_ALIGN] = parse_length,
    [TYPE_TEXT_EMPHASIS] = parse_emphasis,
    [TYPE_DECORATION] = parse_decoration,
    [TYPE_NAME] = parse_name,
    [TYPE_STRING_SET] = parse_string_set,
    [TYPE_PAGE_SIZE] = parse_page_size,
    [TYPE_CONTENT] = parse_content,
};

/* The words that every property takes (css-cascade-4, 7.3). */
static bool parse_wide(const struct prop_info *info, struct tokens t,
                       struct value *out)
{
    bool initial = tokens_are_word(t, "initial");
    bool unset = tokens_are_word(t, "unset") || tokens_are_word(t, "revert");

    if (!initial && !unset && !tokens_are_word(t, "inherit"))
        return false;
    bool inherit = !initial && (info->inherits || !unset);
    *out = (struct value){ .kind = inherit ? VALUE_INHERIT : VALUE_INITIAL };
    return true;
}

bool value_parse(enum prop p, struct tokens t, struct arena *a,
                 struct value *out)
{
    const struct prop_info *info = prop_info(p);

    if (info->in_style && parse_wide(info, t, out))
        return true;
    return parsers[info->type](info, t, a, out);
}
