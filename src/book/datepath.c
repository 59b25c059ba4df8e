/* SPDX-License-Identifier: MIT */
#include "base/path.h"
#include "book/dates.h"

/* Other numbers of four digits are no years of a blog. */
#define YEAR_MIN 1970
#define YEAR_MAX 2099
/* And a year of two digits is one of blogs. */
#define CENTURY   2000
#define BRIEF_MAX 2049

/* What a name begins with: numbers and what parts them. */
struct numbers {
    int v[3];
    size_t digits[3];
    size_t n;
    size_t end; /* of the numbers and the mark behind them */
    bool whole; /* nothing else is in the name */
};

static bool is_mark(str s)
{
    static const str marks[] = {
        STR_INIT("년"), STR_INIT("월"), STR_INIT("일"),
        STR_INIT("年"), STR_INIT("月"), STR_INIT("日"),
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(s, marks[i]))
            return true;
    return false;
}

/* Bytes of the mark at the start of S, and blanks around it; 0: none. */
static size_t mark_length(str s)
{
    size_t n = 0;

    if (s.n > 0 && str_find_char(S("-_."), s.p[0]) != STR_NONE)
        n = 1;
    else if (is_mark(s))
        n = 3;
    while (n > 0 && n < s.n && s.p[n] == ' ')
        n++;
    return n;
}

static size_t digit_run(str s)
{
    size_t n = 0;

    while (n < s.n && ascii_is_digit((unsigned char)s.p[n]))
        n++;
    return n;
}

static int to_int(str digits)
{
    uint64_t n = 0;

    str_to_uint(digits, &n);
    return (int)n;
}

static void add_number(struct numbers *all, str digits)
{
    all->digits[all->n] = digits.n;
    all->v[all->n++] = to_int(digits);
}

/* "201011" is either the 11th of October or a November. */
static bool is_month(str digits)
{
    int year = to_int(str_sub(digits, 0, 4));
    int month = to_int(str_sub(digits, 4, 2));

    return year >= 2010 && year <= 2012 && month >= 1 && month <= 12;
}

/* "20180829" is three numbers, if that is a day; so is "180829". */
static bool cut_compact(str digits, struct numbers *all)
{
    size_t rest = digits.n - 4;
    bool brief = digits.n == 6;

    if ((digits.n != 8 && !brief) || (brief && is_month(digits)))
        return false;
    int year = brief ? CENTURY + to_int(str_sub(digits, 0, 2))
                     : to_int(str_sub(digits, 0, 4));
    int month = to_int(str_sub(digits, rest, 2));
    int day = to_int(str_sub(digits, rest + 2, 2));
    if (year < (brief ? CENTURY + 1 : YEAR_MIN) ||
        year > (brief ? BRIEF_MAX : YEAR_MAX) ||
        !date_is_valid(year, month, day))
        return false;
    *all = (struct numbers){ { year, month, day }, { 4, 2, 2 }, 3, 0, false };
    return true;
}

static struct numbers read_numbers(str name)
{
    struct numbers all = { .n = 0 };
    size_t at = 0, n, last = 0;

    while (all.n < 3 && (n = digit_run(str_from(name, at))) > 0) {
        str digits = str_sub(name, at, n);
        if (all.n == 0 && cut_compact(digits, &all)) {
            at = last = n;
            break;
        }
        if (n > 4 || (all.n > 0 && n > 2))
            break;
        add_number(&all, digits);
        at = last = at + n;
        n = mark_length(str_from(name, at));
        if (n == 0)
            break;
        at += n;
    }
    str rest = str_from(name, last);
    if (is_mark(rest))
        rest = str_from(rest, 3);
    all.whole = rest.n == 0;
    if (!all.whole && str_find_char(S("-_ ."), rest.p[0]) == STR_NONE)
        all.n = 0;
    while (rest.n > 0 && str_find_char(S("-_ ."), rest.p[0]) != STR_NONE)
        rest = str_from(rest, 1);
    all.end = name.n - rest.n;
    return all;
}

static bool is_year(const struct numbers *all)
{
    return all->n > 0 && all->digits[0] == 4 && all->v[0] >= YEAR_MIN &&
           all->v[0] <= YEAR_MAX;
}

static enum date_found make_date(const int *v, struct date *out)
{
    if (!date_is_valid(v[0], v[1], v[2]))
        return DATE_IMPOSSIBLE;
    *out = (struct date){ (int16_t)v[0], (uint8_t)v[1], (uint8_t)v[2], -1, 0,
                          false };
    return DATE_OK;
}

/* What is in the brackets that NAME begins with, and what is behind them. */
static bool cut_brackets(str name, str *inner, str *behind)
{
    static const struct {
        str open, close;
    } pairs[] = {
        { STR_INIT("["), STR_INIT("]") },
        { STR_INIT("("), STR_INIT(")") },
        { STR_INIT("【"), STR_INIT("】") },
    };

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t end = str_find(name, pairs[i].close);
        if (!str_starts(name, pairs[i].open) || end == STR_NONE)
            continue;
        *inner = str_sub(name, pairs[i].open.n, end - pairs[i].open.n);
        *behind = str_from(name, end + pairs[i].close.n);
        while (behind->n > 0 &&
               str_find_char(S("-_ ."), behind->p[0]) != STR_NONE)
            *behind = str_from(*behind, 1);
        return true;
    }
    return false;
}

enum date_found date_from_name(str name, struct date *out, str *slug)
{
    str inner = name, behind = { 0 };
    bool bracketed = cut_brackets(name, &inner, &behind);
    struct numbers all = read_numbers(inner);

    *slug = name;
    if (all.n < 3 || !is_year(&all))
        return DATE_NONE;
    enum date_found found = make_date(all.v, out);
    if (bracketed && all.whole && behind.n > 0)
        *slug = behind;
    else if (!bracketed && all.end < name.n)
        *slug = str_from(name, all.end);
    return found;
}

/* "2018/08/29", "2018/08-29-slug", "2018/08/29-slug": only names that are
 * nothing but numbers lead on, and what ends a date has two digits. */
static enum date_found date_from_parts(str rel, struct date *out)
{
    int v[3];
    size_t n = 0;

    while (rel.n > 0) {
        struct numbers all = read_numbers(str_cut(&rel, '/'));
        size_t more = n == 0 || is_year(&all) ? 0 : n;
        bool fits = more > 0 ? all.n > 0 && more + all.n <= 3 &&
                                   all.digits[0] < 3 && all.digits[0] > 0
                             : is_year(&all);
        n = 0;
        if (!fits)
            continue;
        for (size_t i = 0; i < all.n; i++)
            v[more + i] = all.v[i];
        bool two = all.digits[0] == 2 && (all.n < 2 || all.digits[1] == 2);
        if (more + all.n == 3 && date_is_valid(v[0], v[1], v[2]) &&
            (all.whole || two || all.n == 3))
            return make_date(v, out);
        n = all.whole && more + all.n < 3 ? more + all.n : 0;
    }
    return DATE_NONE;
}

enum date_found date_from_path(str rel, struct date *out)
{
    str slug, dir = path_dir(rel);
    enum date_found found = date_from_name(path_stem(rel), out, &slug);

    if (found == DATE_NONE)
        found = date_from_name(path_base(dir), out, &slug);
    if (found != DATE_NONE)
        return found;
    /* without the extension, and not as a day of its own */
    str stem = path_stem(rel);
    return date_from_parts(str_sub(rel, 0, (size_t)(stem.p + stem.n - rel.p)),
                           out);
}
