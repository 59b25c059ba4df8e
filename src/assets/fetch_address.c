/* SPDX-License-Identifier: MIT */
#include "assets/fetch_address.h"

#include <arpa/inet.h>

struct range {
    uint8_t prefix[16];
    uint8_t bits;
    uint8_t v4; /* where an IPv4 address begins that decides; 0: nowhere */
    const char *what;
};

/* RFC 6890 and what was registered since; the first that fits decides. */
static const struct range v4_ranges[] = {
    { { 0 }, 8, 0, "an address of \"this network\"" },
    { { 10 }, 8, 0, "a private address" },
    { { 100, 64 }, 10, 0, "a shared (carrier) address" },
    { { 127 }, 8, 0, "a loopback address" },
    { { 169, 254 }, 16, 0, "a link-local address" },
    { { 172, 16 }, 12, 0, "a private address" },
    { { 192, 0, 0 }, 24, 0, "a reserved address" },
    { { 192, 0, 2 }, 24, 0, "an address for documentation" },
    { { 192, 88, 99 }, 24, 0, "a reserved address" },
    { { 192, 168 }, 16, 0, "a private address" },
    { { 198, 18 }, 15, 0, "an address for benchmarks" },
    { { 198, 51, 100 }, 24, 0, "an address for documentation" },
    { { 203, 0, 113 }, 24, 0, "an address for documentation" },
    { { 224 }, 4, 0, "a multicast address" },
    { { 255, 255, 255, 255 }, 32, 0, "the broadcast address" },
    { { 240 }, 4, 0, "a reserved address" },
};

static const struct range v6_ranges[] = {
    { { 0 }, 128, 0, "the unspecified address" },
    { { [15] = 1 }, 128, 0, "a loopback address" },
    { { [10] = 0xff, 0xff }, 96, 12, NULL },       /* mapped */
    { { [8] = 0xff, 0xff }, 96, 12, NULL },        /* SIIT, RFC 2765 */
    { { 0, 0x64, 0xff, 0x9b }, 96, 12, NULL },     /* NAT64, RFC 6052 */
    { { 0x20, 0x02 }, 16, 2, NULL },               /* 6to4, RFC 3056 */
    { { 0x20, 0x01 }, 32, 0, "a Teredo address" }, /* RFC 4380 */
    { { 0x20, 0x01, 0, 2 }, 48, 0, "an address for benchmarks" },
    { { 0x20, 0x01 }, 23, 0, "a reserved address" },
    { { 0x20, 0x01, 0x0d, 0xb8 }, 32, 0, "an address for documentation" },
    { { 0x3f, 0xff }, 20, 0, "an address for documentation" },
    { { 0xfc }, 7, 0, "a private address" }, /* ULA, RFC 4193 */
    { { 0xfe, 0x80 }, 10, 0, "a link-local address" },
    { { 0xfe, 0xc0 }, 10, 0, "a private address" }, /* site-local */
    { { 0xff }, 8, 0, "a multicast address" },
    { { 0x20 }, 3, 16, NULL }, /* global unicast: the only part in use */
    { { 0 }, 0, 0, "a reserved address" },
};

static bool is_in(const uint8_t *address, const struct range *r)
{
    size_t whole = r->bits / 8;
    unsigned rest = r->bits % 8;

    return memcmp(address, r->prefix, whole) == 0 &&
           (rest == 0 ||
            (address[whole] ^ r->prefix[whole]) >> (8 - rest) == 0);
}

static const char *special_v4(const uint8_t *address)
{
    for (size_t i = 0; i < sizeof v4_ranges / sizeof *v4_ranges; i++)
        if (is_in(address, &v4_ranges[i]))
            return v4_ranges[i].what;
    return NULL;
}

const char *address_special(const uint8_t *bytes, size_t n)
{
    if (n == 4)
        return special_v4(bytes);
    for (size_t i = 0; i < sizeof v6_ranges / sizeof *v6_ranges; i++) {
        const struct range *r = &v6_ranges[i];
        if (is_in(bytes, r))
            return r->v4 && r->v4 < 16 ? special_v4(bytes + r->v4) : r->what;
    }
    return NULL;
}

/* RFC 6761, 6.3: these names are the loopback address. */
static bool is_localhost(str host)
{
    if (str_ends(host, S(".")))
        host.n--;
    return str_eq_nocase(host, S("localhost")) ||
           str_ends_nocase(host, S(".localhost"));
}

const char *address_special_host(str host)
{
    char text[INET6_ADDRSTRLEN] = { 0 };
    uint8_t bytes[16];

    if (is_localhost(host))
        return "a loopback address";
    if (str_starts(host, S("[")) && str_ends(host, S("]")))
        host = str_sub(host, 1, host.n - 2);
    size_t zone = str_find_char(host, '%');
    if (zone != STR_NONE)
        host.n = zone;
    if (host.n == 0 || host.n >= sizeof text)
        return NULL;
    memcpy(text, host.p, host.n);
    if (inet_pton(AF_INET, text, bytes) == 1)
        return address_special(bytes, 4);
    if (inet_pton(AF_INET6, text, bytes) == 1)
        return address_special(bytes, 16);
    return NULL;
}
