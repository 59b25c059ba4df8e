/* SPDX-License-Identifier: MIT */
/* Dates: any bytes, as a header's date, a file's name, a path and a bound. */
#include <stdint.h>
#include <stdlib.h>

#include "book/dates.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A date that was read is one that there is. */
static void check(enum date_found found, const struct date *d)
{
    if (found != DATE_OK)
        return;
    if (!date_is_valid(d->year, d->month, d->day) || d->second < -1 ||
        d->second >= 86400 || date_compare(d, d) != 0)
        abort();
    volatile int64_t utc = date_utc(d);
    (void)utc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str text = { (const char *)data, size };
    struct date d = { 0 };
    str slug;

    check(date_parse(text, &d), &d);
    check(date_from_name(text, &d, &slug), &d);
    if (slug.n > size)
        abort();
    check(date_from_path(text, &d), &d);
    for (int last = 0; last < 2; last++)
        if (date_bound(text, last, &d))
            check(DATE_OK, &d);
    return 0;
}
