/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "book/dates.h"

static str show(enum date_found found, const struct date *d, struct arena *a)
{
    if (found != DATE_OK)
        return found == DATE_IMPOSSIBLE ? S("impossible") : S("none");
    str day = arena_printf(a, "%d-%02d-%02d", d->year, d->month, d->day);
    if (d->second >= 0)
        day = arena_printf(a, "%.*s %d", STR_ARG(day), d->second);
    if (d->has_offset)
        day = arena_printf(a, "%.*s %+d", STR_ARG(day), d->offset_minutes);
    return day;
}

static const struct {
    const char *in, *want; /* day, second of the day, minutes from UTC */
} texts[] = {
    { "2018-08-29", "2018-08-29" },
    { "2018-08-29T10:00:05Z", "2018-08-29 36005 +0" },
    { "2018-08-29T23:30:00-05:00", "2018-08-29 84600 -300" },
    { "2018-08-29T10:00:00.123+09:00", "2018-08-29 36000 +540" },
    { "2018-08-29 9:05:00 +0900", "2018-08-29 32700 +540" },
    { "2018-08-29 09:05", "2018-08-29 32700" },
    { "2018-8-9", "2018-08-09" },
    { "2023.05.01", "2023-05-01" },
    { "2023. 5. 1.", "2023-05-01" },
    { "2023. 5. 1. 오후 3:05", "2023-05-01 54300" },
    { "2023. 5. 1. 오전 12:05", "2023-05-01 300" },
    { "2023/05/01", "2023-05-01" },
    { "2023년 5월 1일", "2023-05-01" },
    { "2023년 5월 1일 (월) 10:00", "2023-05-01 36000" },
    { "2023年5月1日", "2023-05-01" },
    { "May 1, 2023", "2023-05-01" },
    { "May 1st 2023", "2023-05-01" },
    { "Sept. 3, 2023", "2023-09-03" },
    { "1 May 2023", "2023-05-01" },
    { "Tue, 29 Aug 2018 10:00:00 GMT", "2018-08-29 36000 +0" },
    { "Wed Aug 29 2018 10:00:00 GMT+0900 (KST)", "2018-08-29 36000 +540" },
    { "3:05 PM", "none" },
    { "Jan 2, 2006 3:04pm", "2006-01-02 54240" },
    { "20180829", "2018-08-29" },
    { "20180829103000", "2018-08-29 37800" },
    { "1535504400", "2018-08-29 3600 +0" },
    { "1535504400000", "2018-08-29 3600 +0" },
    { "951782400", "2000-02-29 0 +0" },
    { "  2018-08-29  ", "2018-08-29" },
    { "2018-08-29 25:00", "2018-08-29" },
    { "2018-08-29 23:59:60Z", "2018-08-29 86399 +0" },
    { "2024-02-29", "2024-02-29" },
    { "2023-02-29", "impossible" },
    { "2023-02-30", "impossible" },
    { "1900-02-29", "impossible" },
    { "2023-13-01", "impossible" },
    { "2023-00-10", "impossible" },
    { "0001-01-01T00:00:00Z", "impossible" },
    { "Sun Jan  5 10:20:30 UTC 2020", "2020-01-05 37230 +0" },
    { "2020-01-05 10:20 UTC+09:00", "2020-01-05 37200 +540" },
    { "2020–01–05", "2020-01-05" },
    { "‘2020-01-05’", "2020-01-05" },
    { "[[2020-01-05]]", "2020-01-05" },
    { "31/01/2020", "2020-01-31" },
    { "01/31/2020", "2020-01-31" },
    { "1.5.2020", "2020-05-01" },
    { "1.5/2020", "none" },
    { "05/01/2023", "none" },
    { "2023", "none" },
    { "2023-05", "none" },
    { "yesterday", "none" },
    { "May", "none" },
    { "", "none" },
    { "99999999999999999999", "none" },
};

static void reads_texts(void **state)
{
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct date d = { 0 };
        enum date_found found = date_parse(str_of(texts[i].in), &d);
        str got = show(found, &d, &a);
        if (!str_eq(got, str_of(texts[i].want)))
            fail_msg("%s gives %.*s", texts[i].in, STR_ARG(got));
    }
    arena_done(&a);
}

static const struct {
    const char *rel, *want;
} paths[] = {
    { "2018-08-29-slug.md", "2018-08-29" },
    { "_posts/2018-8-9-slug.md", "2018-08-09" },
    { "2018-08-29.md", "2018-08-29" },
    { "2018-08-29-slug/index.md", "2018-08-29" },
    { "2018/08/29/slug.md", "2018-08-29" },
    { "blog/2018/08/29/slug/index.md", "2018-08-29" },
    { "2018-02-30-slug.md", "impossible" },
    { "2018/02/30/slug.md", "none" },
    { "2018/08/slug.md", "none" },
    { "2018-08-29x.md", "none" },
    { "slug.md", "none" },
    { "20180829-slug.md", "2018-08-29" },
    { "20180832-slug.md", "none" },
    { "2018_08_29_slug.md", "2018-08-29" },
    { "2018.08.29 slug.md", "2018-08-29" },
    { "2018年8月29日.md", "2018-08-29" },
    { "2018년 8월 29일 일기.md", "2018-08-29" },
    { "2018/08-29-slug/index.md", "2018-08-29" },
    { "2018/08-29-slug.md", "2018-08-29" },
    { "2018/08/29-slug.md", "2018-08-29" },
    { "2018/08/29.md", "2018-08-29" },
    { "2018-08/29-slug.md", "2018-08-29" },
    { "2018-08-29-slug/en/index.md", "2018-08-29" },
    { "2018/10-tips/5-why.md", "none" },
    { "2018/8/5-reasons.md", "none" },
    { "4096-08-29-slug.md", "none" },
    { "180829 slug.md", "2018-08-29" },
    { "[180829-til]-slug.md", "2018-08-29" },
    { "[2018-08-29] slug.md", "2018-08-29" },
    { "【2018.08.29】slug.md", "2018-08-29" },
    { "(2018년 8월 29일) slug.md", "2018-08-29" },
    { "181329-slug.md", "none" },
    { "201011-slug.md", "none" },
    { "201031-slug.md", "2020-10-31" },
    { "180829x.md", "none" },
    { "[5] slug.md", "none" },
};

static void reads_paths(void **state)
{
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct date d = { 0 };
        enum date_found found = date_from_path(str_of(paths[i].rel), &d);
        str got = show(found, &d, &a);
        if (!str_eq(got, str_of(paths[i].want)))
            fail_msg("%s gives %.*s", paths[i].rel, STR_ARG(got));
    }
    arena_done(&a);
}

static void cuts_dates_off_names(void **state)
{
    static const struct {
        const char *in, *want;
    } names[] = {
        { "20180829-slug", "slug" },     { "2018_08_29 slug", "slug" },
        { "2018-08-29-slug", "slug" },   { "2018-08-29_a-b", "a-b" },
        { "2018-02-30-slug", "slug" },   { "2018-08-29", "2018-08-29" },
        { "[2018-08-29] slug", "slug" }, { "[180829-til] a", "[180829-til] a" },
        { "slug-2018", "slug-2018" },    { "2018-08", "2018-08" },
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct date d;
        str slug;
        date_from_name(str_of(names[i].in), &d, &slug);
        if (!str_eq(slug, str_of(names[i].want)))
            fail_msg("%s gives %.*s", names[i].in, STR_ARG(slug));
    }
}

static void reads_bounds(void **state)
{
    static const struct {
        const char *in, *first, *last;
    } bounds[] = {
        { "2020", "2020-01-01", "2020-12-31" },
        { "2020-02", "2020-02-01", "2020-02-29" },
        { "2019-2", "2019-02-01", "2019-02-28" },
        { "2020-05-03", "2020-05-03", "2020-05-03" },
        { "2020.05.03", "2020-05-03", "2020-05-03" },
        { "2020-13", "none", "none" },
        { "20", "none", "none" },
        { "2020-05-", "none", "none" },
        { "2020-02-30", "none", "none" },
        { "", "none", "none" },
    };
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        for (int last = 0; last < 2; last++) {
            struct date d = { 0 };
            bool ok = date_bound(str_of(bounds[i].in), last, &d);
            str got = show(ok ? DATE_OK : DATE_NONE, &d, &a);
            if (!str_eq(got, str_of(last ? bounds[i].last : bounds[i].first)))
                fail_msg("%s gives %.*s", bounds[i].in, STR_ARG(got));
        }
    }
    arena_done(&a);
}

static void counts_seconds(void **state)
{
    static const struct {
        struct date d;
        int64_t want;
    } dates[] = {
        { { 1970, 1, 1, -1, 0, false }, 0 },
        { { 2018, 8, 29, 3600, 0, true }, 1535504400 },
        { { 2018, 8, 29, 3600, 540, true }, 1535504400 - 32400 },
        { { 2000, 2, 29, 0, 0, false }, 951782400 },
        { { 1969, 12, 31, 86399, 0, false }, -1 },
        { { 2100, 3, 1, 0, 0, false }, 4107542400 },
    };

    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        assert_int_equal(date_utc(&dates[i].d), dates[i].want);
}

static void puts_dates_in_order(void **state)
{
    static const struct date dates[] = {
        { 2017, 12, 31, 86399, 0, false }, { 2018, 1, 1, -1, 0, false },
        { 2018, 1, 1, 0, 0, false },       { 2018, 1, 1, 1, 0, false },
        { 2018, 1, 2, -1, 0, false },      { 2018, 2, 1, -1, 0, false },
    };
    size_t n = sizeof dates / sizeof *dates;

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            assert_int_equal(date_compare(&dates[i], &dates[j]),
                             (i > j) - (i < j));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_texts),
        cmocka_unit_test(reads_paths),
        cmocka_unit_test(cuts_dates_off_names),
        cmocka_unit_test(reads_bounds),
        cmocka_unit_test(counts_seconds),
        cmocka_unit_test(puts_dates_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
