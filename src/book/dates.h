/* SPDX-License-Identifier: MIT */
/* dates.h - days as bloggers write them.
 *
 * Read are: RFC 3339; "2018-08-29 9:05:00 +0900" and its parts; the same with
 * '.' or '/'; "2018. 8. 29. 오후 3:05"; "2023년 5월 1일"; "2023年5月1日"; "May
 * 1, 2023"; "1 May 2023"; "Tue, 29 Aug 2018 10:00:00 GMT"; "20180829"; seconds
 * and milliseconds since 1970. "05/01/2023" is not: nobody knows which is the
 * month. A time that makes no sense is dropped, the day stays. */
#ifndef BOOK_DATES_H
#define BOOK_DATES_H

#include "book/post.h"

enum date_found {
    DATE_NONE, /* no date that can be read */
    DATE_OK,
    DATE_IMPOSSIBLE /* the 30th of February */
};

/* *OUT is written with DATE_OK only. */
enum date_found date_parse(str text, struct date *out);

/* "2018-08-29-slug" (a file's stem or a folder): *SLUG gets what follows the
 * date, also when the date is impossible; all of NAME with DATE_NONE. */
enum date_found date_from_name(str name, struct date *out, str *slug);
/* From the name of the file or its folder, or folders 2018/08/29. */
enum date_found date_from_path(str rel, struct date *out);

/* For --since and --until: also "2020" and "2020-05", which mean their first
 * day or, with LAST, their last one. */
bool date_bound(str text, bool last, struct date *out);

/* By day, then by time; no time comes first. */
int date_compare(const struct date *a, const struct date *b);
int date_compare_days(const struct date *a, const struct date *b);
/* Seconds since 1970 UTC; a date without offset counts as UTC. */
int64_t date_utc(const struct date *d);
bool date_is_valid(int year, int month, int day);
int date_month_days(int year, int month);

#endif
