/* SPDX-License-Identifier: MIT */
#include "base/hash.h"

#include <errno.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <string.h>
#include <unistd.h>

/* The nettle calls of this file take another argument list from nettle 4 on:
 * there the digest's length went away. */
#include <nettle/version.h>
#if NETTLE_VERSION_MAJOR >= 4
#define DIGEST_SIZE_ARG(n)
#else
#define DIGEST_SIZE_ARG(n) n,
#endif

#define FNV_BASIS 14695981039346656037u
#define FNV_PRIME 1099511628211u

/* A step for eight bytes. What is above a bit comes down to it only by the
 * shift, and the next step's product: so a hash ends with one step more. The
 * factor is Knuth's (TAOCP 6.4), 2^64 by the golden ratio. */
static uint64_t mix(uint64_t h, uint64_t word)
{
    h = (h ^ word) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 32;
}

static uint64_t mix_words(uint64_t h, const char *p, size_t n)
{
    for (; n >= sizeof h; p += sizeof h, n -= sizeof h) {
        uint64_t word;
        memcpy(&word, p, sizeof word);
        h = mix(h, word);
    }
    return h;
}

uint64_t hash_bytes(str s)
{
    uint64_t h = mix_words(FNV_BASIS, s.p, s.n), rest = 0;

    if (s.n % sizeof rest)
        memcpy(&rest, s.p + s.n - s.n % sizeof rest, s.n % sizeof rest);
    return mix(mix(h, rest), s.n);
}

uint64_t hash_object(const void *p, size_t n)
{
    return mix(mix_words(FNV_BASIS, p, n), n);
}

uint64_t hash_fnv(str s)
{
    uint64_t h = FNV_BASIS;

    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * FNV_PRIME;
    /* As the journal has it since its first version. */
    return h ^ h >> 32;
}

void hash_sha256(str s, uint8_t out[SHA256_SIZE])
{
    struct sha256_ctx ctx;

    sha256_init(&ctx);
    if (s.n)
        sha256_update(&ctx, s.n, (const uint8_t *)s.p);
    sha256_digest(&ctx, DIGEST_SIZE_ARG(SHA256_SIZE) out);
}

static void put_hex(char *to, const uint8_t *bytes, size_t n_digits)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < n_digits / 2; i++) {
        to[2 * i] = digits[bytes[i] >> 4];
        to[2 * i + 1] = digits[bytes[i] & 15];
    }
    if (n_digits % 2)
        to[n_digits - 1] = digits[bytes[n_digits / 2] >> 4];
}

bool hash_sha256_fd(int fd, uint8_t out[SHA256_SIZE], uint64_t *size)
{
    struct sha256_ctx ctx;
    uint8_t part[32 << 10];
    ssize_t n;

    *size = 0;
    sha256_init(&ctx);
    while ((n = read(fd, part, sizeof part)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        sha256_update(&ctx, (size_t)n, part);
        *size += (uint64_t)n;
    }
    sha256_digest(&ctx, DIGEST_SIZE_ARG(SHA256_SIZE) out);
    return true;
}

str hash_put_hex(const uint8_t digest[SHA256_SIZE], char to[HASH_HEX_SIZE])
{
    put_hex(to, digest, 2 * SHA256_SIZE);
    to[2 * SHA256_SIZE] = '\0';
    return (str){ to, 2 * SHA256_SIZE };
}

str hash_to_hex(const uint8_t digest[SHA256_SIZE], struct arena *a)
{
    return hash_put_hex(digest, arena_bytes(a, HASH_HEX_SIZE));
}

static int hex_value(int c)
{
    if (ascii_is_digit(c))
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool hash_from_hex(str hex, uint8_t out[SHA256_SIZE])
{
    if (hex.n != 2 * SHA256_SIZE)
        return false;
    for (size_t i = 0; i < SHA256_SIZE; i++) {
        int high = hex_value(hex.p[2 * i]), low = hex_value(hex.p[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

str hash_hex(str s, size_t n, struct arena *a)
{
    uint8_t digest[SHA256_SIZE];
    char *text = arena_bytes(a, n + 1);

    hash_sha256(s, digest);
    put_hex(text, digest, n);
    text[n] = '\0';
    return (str){ text, n };
}

str hash_uuid5_url(str name, struct arena *a)
{
    /* RFC 9562, 6.6: the namespace of URLs. */
    static const uint8_t url[16] = { 0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad,
                                     0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0,
                                     0x4f, 0xd4, 0x30, 0xc8 };
    struct sha1_ctx ctx;
    uint8_t id[SHA1_DIGEST_SIZE];
    char hex[33] = { 0 };

    sha1_init(&ctx);
    sha1_update(&ctx, sizeof url, url);
    if (name.n)
        sha1_update(&ctx, name.n, (const uint8_t *)name.p);
    sha1_digest(&ctx, DIGEST_SIZE_ARG(sizeof id) id);
    id[6] = (uint8_t)((id[6] & 0x0F) | 0x50);
    id[8] = (uint8_t)((id[8] & 0x3F) | 0x80);
    put_hex(hex, id, 32);
    return arena_printf(a, "urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8,
                        hex + 12, hex + 16, hex + 20);
}

str hash_library_version(struct arena *a)
{
    return arena_printf(a, "%d.%d", nettle_version_major(),
                        nettle_version_minor());
}
