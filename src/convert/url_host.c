/* SPDX-License-Identifier: MIT */
#include "convert/url.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"

#define LABEL_MAX 63 /* RFC 1034, 3.1 */
#define HOST_MAX  253

/* RFC 3492, 5: the parameters of Punycode. */
enum {
    PUNY_BASE = 36,
    PUNY_TMIN = 1,
    PUNY_TMAX = 26,
    PUNY_SKEW = 38,
    PUNY_DAMP = 700,
    PUNY_BIAS = 72,
    PUNY_FIRST = 128
};

struct label {
    char out[LABEL_MAX];
    size_t n;
    bool fits;
};

static void label_put(struct label *l, char c)
{
    if (l->n < LABEL_MAX)
        l->out[l->n++] = c;
    else
        l->fits = false;
}

static uint32_t puny_adapt(uint32_t delta, uint32_t points, bool first)
{
    uint32_t k = 0;

    delta = first ? delta / PUNY_DAMP : delta / 2;
    delta += delta / points;
    while (delta > ((PUNY_BASE - PUNY_TMIN) * PUNY_TMAX) / 2) {
        delta /= PUNY_BASE - PUNY_TMIN;
        k += PUNY_BASE;
    }
    return k + (PUNY_BASE - PUNY_TMIN + 1) * delta / (delta + PUNY_SKEW);
}

static uint32_t threshold(uint32_t k, uint32_t bias)
{
    return k <= bias ? PUNY_TMIN : k >= bias + PUNY_TMAX ? PUNY_TMAX : k - bias;
}

static void puny_put(struct label *l, uint32_t delta, uint32_t bias)
{
    static const char digits[] = "abcdefghijklmnopqrstuvwxyz0123456789";

    for (uint32_t k = PUNY_BASE;; k += PUNY_BASE) {
        uint32_t t = threshold(k, bias);

        if (delta < t)
            break;
        label_put(l, digits[t + (delta - t) % (PUNY_BASE - t)]);
        delta = (delta - t) / (PUNY_BASE - t);
    }
    label_put(l, digits[delta]);
}

/* RFC 3492, 6.3. A label has at most LABEL_MAX characters here, so nothing
 * can overflow: 63 * 0x10FFFF < 2^32. */
static void puny_encode(const uint32_t *c, size_t n, struct label *l)
{
    uint32_t next = PUNY_FIRST, delta = 0, bias = PUNY_BIAS;
    size_t basic, done;

    for (size_t i = 0; i < n; i++)
        if (c[i] < PUNY_FIRST)
            label_put(l, (char)c[i]);
    basic = done = l->n - 4; /* behind "xn--" */
    if (basic > 0)
        label_put(l, '-');
    while (done < n && l->fits) {
        uint32_t least = UINT32_MAX;

        for (size_t i = 0; i < n; i++)
            if (c[i] >= next && c[i] < least)
                least = c[i];
        delta += (least - next) * (uint32_t)(done + 1);
        next = least;
        for (size_t i = 0; i < n; i++) {
            if (c[i] < next)
                delta++;
            if (c[i] != next)
                continue;
            puny_put(l, delta, bias);
            bias = puny_adapt(delta, (uint32_t)done + 1, done == basic);
            delta = 0;
            done++;
        }
        delta++;
        next++;
    }
}

/* RFC 3492, 6.2, of what follows "xn--". Returns the number of characters
 * in C, or 0. */
static size_t puny_decode(str s, uint32_t c[LABEL_MAX])
{
    size_t n = 0, dash = str_rfind_char(s, '-');
    uint32_t next = PUNY_FIRST, bias = PUNY_BIAS, at = 0;

    for (; dash != STR_NONE && n < dash && n < LABEL_MAX; n++)
        c[n] = (unsigned char)s.p[n];
    s = dash == STR_NONE ? s : str_from(s, dash + 1);
    for (size_t i = 0; i < s.n;) {
        uint32_t from = at, weight = 1;

        for (uint32_t k = PUNY_BASE;; k += PUNY_BASE) {
            uint32_t t = threshold(k, bias), digit;

            if (i == s.n || n == LABEL_MAX || weight > 1u << 24)
                return 0;
            digit = ascii_is_digit(s.p[i])
                        ? (uint32_t)(s.p[i] - '0' + 26)
                        : (uint32_t)(ascii_lower(s.p[i]) - 'a');
            i++;
            if (digit >= PUNY_BASE || at > 1u << 30)
                return 0;
            at += digit * weight;
            if (digit < t)
                break;
            weight *= PUNY_BASE - t;
        }
        bias = puny_adapt(at - from, (uint32_t)n + 1, from == 0);
        next += at / (uint32_t)(n + 1);
        at %= (uint32_t)(n + 1);
        if (next > 0x10FFFF)
            return 0;
        for (size_t k = n++; k > at; k--)
            c[k] = c[k - 1];
        c[at++] = next;
    }
    return n;
}

/* Letters that hosts really have and that IDNA (RFC 5892) takes in any order:
 * a part of it, but all of it is in force. */
static const struct {
    uint32_t from, to;
} host_letters[] = {
    { 0xDF, 0xF6 },     { 0xF8, 0x131 },    { 0x134, 0x13E },
    { 0x141, 0x148 },   { 0x14A, 0x17E },   { 0x3AC, 0x3CE },
    { 0x430, 0x45F },   { 0x490, 0x4BF },   { 0x561, 0x586 },
    { 0x5D0, 0x5EA },   { 0x621, 0x63A },   { 0x641, 0x64A },
    { 0x905, 0x939 },   { 0xE01, 0xE30 },   { 0x10D0, 0x10F0 },
    { 0x1E00, 0x1E99 }, { 0x1EA0, 0x1EFF }, { 0x3005, 0x3007 },
    { 0x3041, 0x3096 }, { 0x30A1, 0x30FA }, { 0x30FC, 0x30FE },
    { 0x3400, 0x4DBF }, { 0x4E00, 0x9FEF }, { 0xAC00, 0xD7A3 },
};

static bool is_rtl(uint32_t c)
{
    return c >= 0x5D0 && c <= 0x64A;
}

static bool is_host_char(uint32_t c)
{
    if (c < 0x80)
        return ascii_is_alnum((int)c) || c == '-' || c == '_';
    for (size_t i = 0; i < sizeof host_letters / sizeof *host_letters; i++)
        if (c >= host_letters[i].from && c <= host_letters[i].to)
            return true;
    return false;
}

/* Characters that a label of an IDN may have together: letters of the table,
 * of one direction (RFC 5893), in their folded and composed form. */
static bool is_idn(const uint32_t *c, size_t n, struct arena *a)
{
    char text[4 * LABEL_MAX];
    size_t bytes = 0, rtl = 0, wide = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_host_char(c[i]) || c[i] == '_')
            return false;
        rtl += is_rtl(c[i]);
        wide += c[i] >= 0x80;
        bytes += utf8_encode(c[i], text + bytes);
    }
    str s = { text, bytes };
    return wide > 0 && (rtl == 0 || rtl == n) && c[0] != '-' &&
           c[n - 1] != '-' && !(n > 3 && c[2] == '-' && c[3] == '-') &&
           str_eq(utf8_nfc(utf8_fold(s, a), a), s);
}

/* A label that says it is Punycode must be: strict parsers decode it. */
static bool is_true_ace(const struct label *l, struct arena *a)
{
    uint32_t c[LABEL_MAX];
    size_t n = puny_decode((str){ l->out + 4, l->n - 4 }, c);
    struct label again = { .fits = true };

    if (n == 0 || !is_idn(c, n, a))
        return false;
    memcpy(again.out, "xn--", 4);
    again.n = 4;
    puny_encode(c, n, &again);
    return again.fits && again.n == l->n &&
           memcmp(again.out, l->out, l->n) == 0;
}

/* False: not a label. */
static bool encode_label(str label, struct label *l, struct arena *a)
{
    uint32_t c[LABEL_MAX];
    size_t n = 0;
    bool ascii = true;

    *l = (struct label){ .fits = true };
    for (size_t at = 0; at < label.n;) {
        uint32_t x = utf8_next(label, &at);

        if (n == LABEL_MAX || !is_host_char(x))
            return false;
        ascii &= x < 0x80;
        c[n++] = x < 0x80 ? (uint32_t)ascii_lower((int)x) : x;
    }
    if (n == 0 || (!ascii && !is_idn(c, n, a)))
        return false;
    if (!ascii) {
        memcpy(l->out, "xn--", 4);
        l->n = 4;
        puny_encode(c, n, l);
        return l->fits;
    }
    for (size_t i = 0; i < n; i++)
        label_put(l, (char)c[i]);
    return l->n < 4 || memcmp(l->out, "xn--", 4) != 0 || is_true_ace(l, a);
}

/* A host whose last label is a number is an IPv4 address or an error
 * (WHATWG URL, "ends in a number checker"). */
static bool is_number_label(const struct label *l)
{
    if (l->n > 1 && l->out[0] == '0' && l->out[1] == 'x')
        return true;
    for (size_t i = 0; i < l->n; i++)
        if (!ascii_is_digit(l->out[i]))
            return false;
    return true;
}

static str ip6_host(str host, struct arena *a)
{
    unsigned char bin[16];
    str inside = str_sub(host, 1, host.n - 2);

    if (host.n < 4 || host.p[host.n - 1] != ']' || host.n > HOST_MAX ||
        inet_pton(AF_INET6, arena_cstr(a, inside), bin) != 1)
        return S("");
    return host;
}

/* Lower case, NFC, full-width letters as ASCII; ideographic full stops
 * separate labels too (RFC 3490, 3.1). */
static str fold_host(str host, struct arena *a)
{
    bool ascii = true;
    char *p;
    size_t n = 0;

    for (size_t i = 0; i < host.n; i++)
        ascii &= (unsigned char)host.p[i] < 0x80;
    if (ascii)
        return host;
    host = utf8_nfc(utf8_fold(host, a), a);
    p = arena_bytes(a, host.n + 4);
    for (size_t at = 0; at < host.n;) {
        uint32_t c = utf8_next(host, &at);

        if (c == 0x3002 || c == 0xFF61)
            c = '.';
        else if (c >= 0xFF01 && c <= 0xFF5E)
            c -= 0xFF01 - '!';
        n += utf8_encode(c, p + n);
    }
    return (str){ p, n };
}

str url_host_ascii(str host, struct arena *a)
{
    struct label l = { .n = 0 };
    char out[HOST_MAX + LABEL_MAX + 1];
    size_t n = 0;
    unsigned char bin[4];

    if (host.n > 0 && host.p[0] == '[')
        return ip6_host(host, a);
    host = fold_host(host, a);
    if (host.n > 0 && host.p[host.n - 1] == '.')
        host.n--;
    for (bool more = host.n > 0; more;) {
        more = str_find_char(host, '.') != STR_NONE;
        if (!encode_label(str_cut(&host, '.'), &l, a) || n + l.n > HOST_MAX)
            return S("");
        memcpy(out + n, l.out, l.n);
        n += l.n;
        if (more)
            out[n++] = '.';
    }
    str all = arena_dup(a, (str){ out, n });
    if (n == 0 || (is_number_label(&l) && inet_pton(AF_INET, all.p, bin) != 1))
        return S("");
    return all;
}
