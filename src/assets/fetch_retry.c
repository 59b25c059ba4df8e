/* SPDX-License-Identifier: MIT */
#include "assets/fetch_retry.h"

#include "base/hash.h"

static const struct {
    unsigned char tries;
    bool blames_host;
} faults[FAULT_COUNT] = {
    [FAULT_NO_HOST] = { 1, true },      [FAULT_NO_CONNECT] = { 2, true },
    [FAULT_CONNECT_TIME] = { 2, true }, [FAULT_TLS] = { 1, true },
    [FAULT_STALL] = { 3, true },        [FAULT_TIME] = { 1, true },
    [FAULT_CUT] = { 3, false },
};

/* RFC 9110, section 15, and RFC 6585. */
static const struct {
    short code;
    unsigned char tries;
    const char *phrase;
} statuses[] = {
    { 204, 1, "No Content" },
    { 205, 1, "Reset Content" },
    { 206, 1, "Partial Content" },
    { 300, 1, "Multiple Choices" },
    { 304, 1, "Not Modified" },
    { 400, 1, "Bad Request" },
    { 401, 1, "Unauthorized" },
    { 402, 1, "Payment Required" },
    { 403, 1, "Forbidden" },
    { 404, 1, "Not Found" },
    { 405, 1, "Method Not Allowed" },
    { 406, 1, "Not Acceptable" },
    { 407, 1, "Proxy Authentication Required" },
    { 408, 3, "Request Timeout" },
    { 409, 1, "Conflict" },
    { 410, 1, "Gone" },
    { 414, 1, "URI Too Long" },
    { 421, 1, "Misdirected Request" },
    { 425, 3, "Too Early" },
    { 429, 3, "Too Many Requests" },
    { 451, 1, "Unavailable For Legal Reasons" },
    { 500, 3, "Internal Server Error" },
    { 501, 1, "Not Implemented" },
    { 502, 3, "Bad Gateway" },
    { 503, 3, "Service Unavailable" },
    { 504, 3, "Gateway Timeout" },
};

#define N_STATUSES (sizeof statuses / sizeof *statuses)

static size_t find_status(long code)
{
    size_t i = 0;

    while (i < N_STATUSES && statuses[i].code != code)
        i++;
    return i;
}

static unsigned tries_of(const struct attempt *t)
{
    if (t->fault != FAULT_STATUS)
        return faults[t->fault].tries;
    size_t i = find_status(t->code);
    return i < N_STATUSES ? statuses[i].tries : 1;
}

double retry_pause(const struct attempt *t, unsigned done, str url,
                   double first)
{
    if (done >= tries_of(t) || t->retry_after > RETRY_AFTER_MAX)
        return -1;
    double pause = done < 2 ? first : 4 * first;
    pause += pause / 4 * (double)(hash_fnv(url) % 1024) / 1024;
    return t->retry_after > pause ? t->retry_after : pause;
}

bool retry_blames_host(const struct attempt *t)
{
    return faults[t->fault].blames_host;
}

const char *retry_phrase(long code)
{
    size_t i = find_status(code);

    return i < N_STATUSES ? statuses[i].phrase : "";
}
