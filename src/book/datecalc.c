/* SPDX-License-Identifier: MIT */
#include "book/dates.h"

int date_month_days(int year, int month)
{
    static const int days[] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
    };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    if (month < 1 || month > 12)
        return 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool date_is_valid(int year, int month, int day)
{
    return year >= 1000 && year <= 9999 && day >= 1 &&
           day <= date_month_days(year, month);
}

int date_compare_days(const struct date *a, const struct date *b)
{
    if (a->year != b->year)
        return a->year < b->year ? -1 : 1;
    if (a->month != b->month)
        return a->month < b->month ? -1 : 1;
    return (a->day > b->day) - (a->day < b->day);
}

int date_compare(const struct date *a, const struct date *b)
{
    int by_day = date_compare_days(a, b);

    return by_day ? by_day : (a->second > b->second) - (a->second < b->second);
}

/* Days since 1970-01-01, Gregorian; counted from 1 March, so that the leap
 * day is a year's last. */
static int64_t day_number(const struct date *d)
{
    int64_t y = d->month > 2 ? d->year : d->year - 1;
    int64_t m = (d->month + 9) % 12;

    return 365 * y + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + d->day -
           719469;
}

int64_t date_utc(const struct date *d)
{
    int64_t seconds = day_number(d) * 86400;

    if (d->second > 0)
        seconds += d->second;
    return d->has_offset ? seconds - d->offset_minutes * 60 : seconds;
}

bool date_bound(str text, bool last, struct date *out)
{
    str rest = str_trim(text);
    uint64_t year, month = last ? 12 : 1;

    if (date_parse(rest, out) == DATE_OK) {
        *out = (struct date){ out->year, out->month, out->day, -1, 0, false };
        return true;
    }
    str first = str_cut(&rest, '-');
    bool has_month = rest.n > 0;
    if (first.n != 4 || !str_to_uint(first, &year) ||
        (has_month && (rest.n > 2 || !str_to_uint(rest, &month))))
        return false;
    int days = date_month_days((int)year, (int)month);
    if (year < 1000 || days == 0)
        return false;
    *out = (struct date){
        (int16_t)year, (uint8_t)month, (uint8_t)(last ? days : 1), -1, 0, false
    };
    return true;
}
