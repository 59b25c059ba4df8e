/* SPDX-License-Identifier: MIT */
#include "book/dates.h"

struct cursor {
    str s;
    size_t at;
};

static int peek(const struct cursor *c)
{
    return c->at < c->s.n ? (unsigned char)c->s.p[c->at] : -1;
}

static bool accept(struct cursor *c, str what)
{
    if (!str_starts_nocase(str_from(c->s, c->at), what))
        return false;
    c->at += what.n;
    return true;
}

static void skip_any(struct cursor *c, const char *set)
{
    str chars = str_of(set);

    while (peek(c) > 0 && str_find_char(chars, (char)peek(c)) != STR_NONE)
        c->at++;
}

/* MIN to MAX digits and no digit behind them. */
static bool read_number(struct cursor *c, int min, int max, int *out)
{
    size_t from = c->at;
    int n = 0, value = 0;

    for (; n < max && ascii_is_digit(peek(c)); n++, c->at++)
        value = value * 10 + (peek(c) - '0');
    if (n < min || ascii_is_digit(peek(c))) {
        c->at = from;
        return false;
    }
    *out = value;
    return true;
}

static const str month_names[] = {
    STR_INIT("january"), STR_INIT("february"), STR_INIT("march"),
    STR_INIT("april"),   STR_INIT("may"),      STR_INIT("june"),
    STR_INIT("july"),    STR_INIT("august"),   STR_INIT("september"),
    STR_INIT("october"), STR_INIT("november"), STR_INIT("december"),
};

static const str day_names[] = {
    STR_INIT("monday"),   STR_INIT("tuesday"), STR_INIT("wednesday"),
    STR_INIT("thursday"), STR_INIT("friday"),  STR_INIT("saturday"),
    STR_INIT("sunday"),
};

/* A name or its beginning, of three letters at least: its number from 1. */
static int read_name(struct cursor *c, const str *names, size_t n)
{
    size_t end = c->at;

    while (end < c->s.n && ascii_is_alpha((unsigned char)c->s.p[end]))
        end++;
    str word = str_sub(c->s, c->at, end - c->at);
    for (size_t i = 0; word.n >= 3 && i < n; i++) {
        if (str_starts_nocase(names[i], word)) {
            c->at = end;
            return (int)i + 1;
        }
    }
    return 0;
}

static int read_month(struct cursor *c)
{
    return read_name(c, month_names, sizeof month_names / sizeof *month_names);
}

static bool read_offset(struct cursor *c, struct date *d)
{
    static const struct {
        str name;
        int minutes;
    } zones[] = { { STR_INIT("UTC"), 0 },
                  { STR_INIT("Z"), 0 },
                  { STR_INIT("KST"), 540 },
                  { STR_INIT("JST"), 540 } };
    int hours, minutes = 0;

    str rest = str_from(c->s, c->at);
    if (!accept(c, S("GMT")) &&
        (str_starts(rest, S("UTC+")) || str_starts(rest, S("UTC-"))))
        accept(c, S("UTC"));
    int sign = peek(c) == '-' ? -1 : 1;
    if (peek(c) == '+' || peek(c) == '-') {
        c->at++;
        if (!read_number(c, 1, 2, &hours)) {
            if (!read_number(c, 4, 4, &hours))
                return false;
            minutes = hours % 100;
            hours /= 100;
        } else if (accept(c, S(":")) && !read_number(c, 2, 2, &minutes)) {
            return false;
        }
        if (hours > 14 || minutes > 59)
            return false;
        d->offset_minutes = (int16_t)(sign * (hours * 60 + minutes));
        return true;
    }
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        if (accept(c, zones[i].name)) {
            d->offset_minutes = (int16_t)zones[i].minutes;
            return true;
        }
    }
    return c->at >= 3 && str_eq_nocase(str_sub(c->s, c->at - 3, 3), S("GMT"));
}

/* 0 neither, 1 before noon, 2 after. */
static int read_half(struct cursor *c)
{
    static const struct {
        str name;
        int half;
    } words[] = { { STR_INIT("오전"), 1 }, { STR_INIT("오후"), 2 },
                  { STR_INIT("午前"), 1 }, { STR_INIT("午後"), 2 },
                  { STR_INIT("上午"), 1 }, { STR_INIT("下午"), 2 },
                  { STR_INIT("am"), 1 },   { STR_INIT("pm"), 2 } };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (accept(c, words[i].name))
            return words[i].half;
    return 0;
}

static int in_24_hours(int hour, int half)
{
    if (half == 0 || hour > 12)
        return hour;
    return hour % 12 + (half == 2 ? 12 : 0);
}

static void read_time(struct cursor *c, struct date *d)
{
    int hour, minute, second = 0;

    if (peek(c) == '(') /* a weekday: "(월)" */
        while (peek(c) >= 0 && c->s.p[c->at++] != ')')
            continue;
    accept(c, S("T"));
    skip_any(c, " \t,");
    int half = read_half(c);
    skip_any(c, " ");
    if (!read_number(c, 1, 2, &hour) || !accept(c, S(":")) ||
        !read_number(c, 1, 2, &minute))
        return;
    if (accept(c, S(":")) && !read_number(c, 1, 2, &second))
        return;
    if (accept(c, S(".")))
        skip_any(c, "0123456789");
    skip_any(c, " \t");
    hour = in_24_hours(hour, half ? half : read_half(c));
    if (hour > 23 || minute > 59 || second > 60)
        return;
    d->second = hour * 3600 + minute * 60 + (second > 59 ? 59 : second);
    skip_any(c, " \t");
    d->has_offset = read_offset(c, d);
}

static enum date_found finish(struct cursor *c, int year, int month, int day,
                              struct date *out)
{
    if (!date_is_valid(year, month, day))
        return DATE_IMPOSSIBLE;
    *out = (struct date){ (int16_t)year, (uint8_t)month, (uint8_t)day, -1, 0,
                          false };
    skip_any(c, " \t,");
    read_time(c, out);
    return DATE_OK;
}

static bool read_separator(struct cursor *c, str word)
{
    skip_any(c, " \t");
    if (accept(c, word) || accept(c, S("-")) || accept(c, S("/")) ||
        accept(c, S(".")) || accept(c, S("–"))) {
        skip_any(c, " \t");
        return true;
    }
    return false;
}

/* Year, month, day, with '-', '.', '/' or the words of Korean, Japanese and
 * Chinese between and behind them. */
static enum date_found year_first(struct cursor *c, struct date *out)
{
    int year, month, day;

    if (!read_number(c, 4, 4, &year))
        return DATE_NONE;
    if (!read_separator(c, S("년")) && !accept(c, S("年")))
        return DATE_NONE;
    skip_any(c, " \t");
    if (!read_number(c, 1, 2, &month))
        return DATE_NONE;
    if (!read_separator(c, S("월")) && !accept(c, S("月")))
        return DATE_NONE;
    skip_any(c, " \t");
    if (!read_number(c, 1, 2, &day))
        return DATE_NONE;
    if (!accept(c, S("일")) && !accept(c, S("日")))
        accept(c, S("."));
    return finish(c, year, month, day, out);
}

static void skip_ordinal(struct cursor *c)
{
    if (accept(c, S("st")) || accept(c, S("nd")) || accept(c, S("rd")))
        return;
    accept(c, S("th"));
}

/* Of "Jan 5 10:20:30 UTC 2020", behind the day: the year. */
static bool read_last_year(const struct cursor *c, int *year)
{
    struct cursor last = { str_from(c->s, c->s.n < 5 ? 0 : c->s.n - 5), 0 };

    return str_find_char(str_from(c->s, c->at), ':') != STR_NONE &&
           accept(&last, S(" ")) && read_number(&last, 4, 4, year);
}

/* "May 1, 2023", "1 May 2023", with or without the day of the week. */
static enum date_found month_named(struct cursor *c, struct date *out)
{
    int year, day;

    if (read_name(c, day_names, sizeof day_names / sizeof *day_names))
        skip_any(c, " .,");
    int month = read_month(c);
    skip_any(c, " .,-");
    if (!read_number(c, 1, 2, &day))
        return DATE_NONE;
    skip_ordinal(c);
    skip_any(c, " .,-");
    if (!month)
        month = read_month(c);
    skip_any(c, " .,-");
    if (!month || (!read_number(c, 4, 4, &year) && !read_last_year(c, &year)))
        return DATE_NONE;
    return finish(c, year, month, day, out);
}

/* "31/01/2020", "1.5.2020": the day and the month where that is certain, by
 * the points of those who write the day first, or because one is too large to
 * be a month. */
static enum date_found year_last(struct cursor *c, struct date *out)
{
    int first, second, year;

    if (!read_number(c, 1, 2, &first))
        return DATE_NONE;
    char mark = (char)peek(c);
    skip_any(c, "./-");
    skip_any(c, " ");
    if (!read_number(c, 1, 2, &second) || peek(c) != mark)
        return DATE_NONE;
    skip_any(c, "./-");
    skip_any(c, " ");
    if (!read_number(c, 4, 4, &year))
        return DATE_NONE;
    if (mark == '.' || first > 12)
        return finish(c, year, second, first, out);
    return second > 12 ? finish(c, year, first, second, out) : DATE_NONE;
}

static void from_epoch(int64_t seconds, struct date *out)
{
    int64_t days = seconds / 86400;
    struct date d = { 1970, 1, 1, (int32_t)(seconds % 86400), 0, true };

    for (; days >= 365 + (date_month_days(d.year, 2) == 29); d.year++)
        days -= 365 + (date_month_days(d.year, 2) == 29);
    for (; days >= date_month_days(d.year, d.month); d.month++)
        days -= date_month_days(d.year, d.month);
    d.day = (uint8_t)(days + 1);
    *out = d;
}

/* "20180829", "20180829103000", seconds, milliseconds. */
static enum date_found digits_only(str s, struct date *out)
{
    uint64_t n;

    if (!str_to_uint(s, &n))
        return DATE_NONE;
    if (s.n == 8 || s.n == 14) {
        struct cursor rest = { str_from(s, s.n), 0 };
        uint64_t day = s.n == 8 ? n : n / 1000000, time = n % 1000000;
        enum date_found found = finish(&rest, (int)(day / 10000),
                                       (int)(day / 100 % 100), (int)(day % 100),
                                       out);
        if (found == DATE_OK && s.n == 14 && time < 240000)
            out->second = (int32_t)(time / 10000 * 3600 +
                                    time / 100 % 100 * 60 + time % 100);
        return found;
    }
    if (s.n < 9 || s.n == 11 || s.n > 13)
        return DATE_NONE;
    from_epoch((int64_t)(s.n > 10 ? n / 1000 : n), out);
    return DATE_OK;
}

/* Without typographic quotes, and the brackets of a link to a day's note. */
static str without_quotes(str s)
{
    static const struct {
        str open, close;
    } pairs[] = { { STR_INIT("“"), STR_INIT("”") },
                  { STR_INIT("‘"), STR_INIT("’") },
                  { STR_INIT("[["), STR_INIT("]]") } };

    /* Notion: "@March 7, 2021 → March 9, 2021" */
    s = str_trim(str_sub(s, 0, str_find(s, S("→"))));
    s = str_from(s, str_starts(s, S("@")));
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (str_starts(s, pairs[i].open) && str_ends(s, pairs[i].close) &&
            s.n >= pairs[i].open.n + pairs[i].close.n)
            return str_trim(str_sub(s, pairs[i].open.n,
                                    s.n - pairs[i].open.n - pairs[i].close.n));
    return s;
}

enum date_found date_parse(str text, struct date *out)
{
    struct cursor c = { without_quotes(text), 0 };
    enum date_found found = digits_only(c.s, out);

    if (found == DATE_NONE)
        found = year_first(&c, out);
    if (found == DATE_NONE) {
        c.at = 0;
        found = month_named(&c, out);
    }
    if (found == DATE_NONE) {
        c.at = 0;
        found = year_last(&c, out);
    }
    return found;
}
