/* SPDX-License-Identifier: MIT */
#include "assets/cover_path.h"

#include <math.h>

/* No coordinate of a drawing that is to be seen is larger. */
#define PLACE_MAX    1e6
#define EXPONENT_MAX 30

static str behind_separator(str s)
{
    s = str_trim_left(s);
    return s.n && s.p[0] == ',' ? str_trim_left(str_from(s, 1)) : s;
}

static int digit_at(str s, size_t i)
{
    return i < s.n && ascii_is_digit(s.p[i]) ? s.p[i] - '0' : -1;
}

/* "e-5" at *I, moved behind it. */
static double read_exponent(str s, size_t *i)
{
    size_t at = *i + 1;
    bool down = at < s.n && s.p[at] == '-';
    int n = 0;

    if (*i >= s.n || (s.p[*i] != 'e' && s.p[*i] != 'E'))
        return 1;
    at += down || (at < s.n && s.p[at] == '+');
    if (digit_at(s, at) < 0)
        return 1;
    for (int d; (d = digit_at(s, at)) >= 0; at++)
        n = n < EXPONENT_MAX ? n * 10 + d : n;
    *i = at;
    return pow(10, down ? -n : n);
}

bool cover_number(str *s, double *out)
{
    str t = behind_separator(*s);
    bool negative = t.n && t.p[0] == '-';
    size_t i = negative || (t.n && t.p[0] == '+'), digits = 0;
    double n = 0, unit = 1;

    for (int d; (d = digit_at(t, i)) >= 0; i++, digits++)
        n = n * 10 + d;
    if (i < t.n && t.p[i] == '.')
        for (int d; (d = digit_at(t, ++i)) >= 0; digits++)
            n += d * (unit /= 10);
    if (digits == 0)
        return false;
    n *= read_exponent(t, &i);
    *s = str_from(t, i);
    *out = negative ? -n : n;
    return n <= PLACE_MAX;
}

struct reader {
    str rest;
    struct arena *arena;
    struct cover_area *out;
    struct area_point at, start;
};

static bool read_points(struct reader *r, struct area_point *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!cover_number(&r->rest, &p[i].x) ||
            !cover_number(&r->rest, &p[i].y))
            return false;
    return true;
}

static void add(struct reader *r, struct area_step step)
{
    *vec_push(&r->out->steps, r->arena) = step;
    r->at = step.to;
}

static bool read_step(struct reader *r, enum area_step_kind kind)
{
    struct area_point p;

    if (!read_points(r, &p, 1))
        return false;
    add(r, (struct area_step){ .kind = kind, .to = p });
    return true;
}

static bool read_move(struct reader *r)
{
    bool ok = read_step(r, AREA_MOVE);

    r->start = r->at;
    return ok;
}

static bool read_line(struct reader *r)
{
    return read_step(r, AREA_LINE);
}

static bool read_along(struct reader *r, bool down)
{
    struct area_point p = r->at;

    if (!cover_number(&r->rest, down ? &p.y : &p.x))
        return false;
    add(r, (struct area_step){ .kind = AREA_LINE, .to = p });
    return true;
}

static bool read_across(struct reader *r)
{
    return read_along(r, false);
}

static bool read_down(struct reader *r)
{
    return read_along(r, true);
}

static bool read_cubic(struct reader *r)
{
    struct area_point p[3];

    if (!read_points(r, p, 3))
        return false;
    add(r, (struct area_step){ AREA_CURVE, p[2], { p[0], p[1] } });
    return true;
}

/* Two thirds of the way from P to the control point Q. */
static struct area_point raise(struct area_point p, struct area_point q)
{
    return (struct area_point){ p.x + (q.x - p.x) * 2 / 3,
                                p.y + (q.y - p.y) * 2 / 3 };
}

/* PDF knows only cubic ones. */
static bool read_quadratic(struct reader *r)
{
    struct area_point p[2];

    if (!read_points(r, p, 2))
        return false;
    add(r, (struct area_step){
               AREA_CURVE, p[1], { raise(r->at, p[0]), raise(p[1], p[0]) } });
    return true;
}

static bool read_close(struct reader *r)
{
    add(r, (struct area_step){ .kind = AREA_CLOSE, .to = r->start });
    return true;
}

static const struct {
    char letter;
    bool (*read)(struct reader *r);
} commands[] = {
    { 'M', read_move },  { 'L', read_line },  { 'H', read_across },
    { 'V', read_down },  { 'C', read_cubic }, { 'Q', read_quadratic },
    { 'Z', read_close },
};

/* The index of the command with LETTER, or how many there are. */
static size_t find_command(char letter)
{
    size_t n = sizeof commands / sizeof *commands, i = 0;

    while (i < n && commands[i].letter != letter)
        i++;
    return i;
}

bool cover_path_read(str data, struct arena *a, struct cover_area *out)
{
    struct reader r = { .rest = str_trim(data), .arena = a, .out = out };
    size_t n = sizeof commands / sizeof *commands, now = n;

    while (r.rest.n) {
        size_t next = find_command(r.rest.p[0]);
        if (next < n) {
            now = next;
            r.rest = str_from(r.rest, 1);
        } else if (now == n || commands[now].letter == 'Z') {
            return false;
        } else if (commands[now].letter == 'M') {
            now = find_command('L'); /* 9.3.3: more pairs are lines */
        }
        if ((out->steps.n == 0 && commands[now].letter != 'M') ||
            !commands[now].read(&r))
            return false;
        r.rest = str_trim_left(r.rest);
    }
    return true;
}
