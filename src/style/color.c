/* SPDX-License-Identifier: MIT */
/* Colours: names, #rgb, #rgba, #rrggbb, #rrggbbaa, rgb() and rgba(). Paper is
 * white, so what is translucent is composited on white here and now. */
#include "style/value.h"

static const struct {
    str name;
    uint32_t rgb;
} names[] = {
#define COLOR_NAME(name, rgb) { STR_INIT(name), rgb },
#include "style/colors.def"
#undef COLOR_NAME
};

static bool set_color(const double rgb[3], double alpha, struct value *out)
{
    uint32_t c = 0;

    for (int i = 0; i < 3; i++) {
        double on_white = rgb[i] * alpha + 255 * (1 - alpha);
        c = c << 8 | (uint32_t)(on_white + 0.5);
    }
    *out = (struct value){ .kind = VALUE_COLOR, .i = (int32_t)c, .num = alpha };
    return true;
}

static int hex_value(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c = (char)ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool parse_hash(str hex, struct value *out)
{
    double part[4] = { 0, 0, 0, 255 };
    size_t digits = hex.n <= 4 ? 1 : 2;

    if (hex.n != 3 && hex.n != 4 && hex.n != 6 && hex.n != 8)
        return false;
    for (size_t i = 0; i < hex.n / digits; i++) {
        int high = hex_value(hex.p[i * digits]);
        int low = hex_value(hex.p[i * digits + digits - 1]);
        if (high < 0 || low < 0)
            return false;
        part[i] = high * 16 + low;
    }
    return set_color(part, part[3] / 255, out);
}

static double clamp(double v, double most)
{
    return v < 0 ? 0 : v > most ? most : v;
}

/* "r, g, b, a" and "r g b / a"; numbers or percentages. */
static bool parse_rgb(struct tokens t, struct value *out)
{
    double part[4] = { 0, 0, 0, 1 };
    size_t n = 0;

    for (size_t i = 0; i < t.n; i++) {
        const struct token *k = &t.v[i];
        if (token_is(k, ',') || token_is(k, '/'))
            continue;
        bool percent = k->kind == TOK_PERCENT;
        if (n == 4 || (k->kind != TOK_NUMBER && !percent))
            return false;
        double most = n < 3 ? 255 : 1;
        part[n++] = clamp(percent ? k->number * most / 100 : k->number, most);
    }
    return n >= 3 && set_color(part, part[3], out);
}

static bool parse_name(const struct token *k, struct value *out)
{
    if (token_is_word(k, "currentcolor")) {
        *out = (struct value){ .kind = VALUE_CURRENT };
        return true;
    }
    if (token_is_word(k, "transparent"))
        return set_color((double[3]){ 0, 0, 0 }, 0, out);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq_nocase(names[i].name, k->text)) {
            *out = (struct value){ .kind = VALUE_COLOR,
                                   .i = (int32_t)names[i].rgb,
                                   .num = 1 };
            return true;
        }
    }
    return false;
}

bool color_parse(struct tokens t, struct value *out)
{
    const struct token *k = t.v;

    if (t.n == 1 && k->kind == TOK_IDENT)
        return parse_name(k, out);
    if (t.n == 1 && k->kind == TOK_HASH)
        return parse_hash(k->text, out);
    return t.n > 1 && k->kind == TOK_FUNCTION && tokens_step(t) == t.n &&
           (str_eq_nocase(k->text, S("rgb")) ||
            str_eq_nocase(k->text, S("rgba"))) &&
           parse_rgb(tokens_inside(t), out);
}
