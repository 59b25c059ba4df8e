/* SPDX-License-Identifier: MIT */
/* The writing half of lock.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assets/lock_parts.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/utf8.h"

static const char head[] =
    "# What the web gave to this book. Keep this file with the posts; "
    "--lock renews it.\n"
    "version: " LOCK_VERSION "\n"
    "files:\n";

/* YAML 1.2, 7.3.3: what may stand in a plain scalar, and more is quoted than
 * has to be. */
static bool is_plain(str s)
{
    static const char safe[] = "/._~%+=@$();,-";

    if (s.n == 0 || !ascii_is_alnum((unsigned char)s.p[0]))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool inside = i + 1 < s.n;
        bool is_safe = ascii_is_alnum(c) || (c && strchr(safe, c));
        if (!is_safe && !(inside && c == ' ') && !(inside && c == '&') &&
            !(inside && (c == ':' || c == '?') && s.p[i + 1] != ' '))
            return false;
    }
    return s.p[s.n - 1] != ' ' && !str_eq_nocase(s, S("null"));
}

/* YAML 1.2, 5.1 and YAML 1.1, 4.2: what can't stand as it is, or is a line's
 * end to some readers. */
static bool is_escaped(uint32_t c)
{
    return c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
           c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
}

static void put_quoted(struct buf *out, str s)
{
    char utf8[4];

    buf_putc(out, '"');
    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", (int)c);
        else if (is_escaped(c))
            buf_printf(out, c < 0x100 ? "\\x%02X" : "\\u%04X", c);
        else
            buf_put(out, (str){ utf8, utf8_encode(c, utf8) });
    }
    buf_putc(out, '"');
}

static void put_text(struct buf *out, const char *key, str s)
{
    if (s.n == 0)
        return;
    buf_printf(out, "  %s: ", key);
    if (is_plain(s))
        buf_put(out, s);
    else
        put_quoted(out, s);
    buf_putc(out, '\n');
}

static void put_file(struct buf *out, const struct lock_entry *e,
                     struct arena *a)
{
    put_text(out, "sha256", hash_to_hex(e->hash, a));
    put_text(out, "type", e->type);
    buf_printf(out, "  size: %llu\n", (unsigned long long)e->size);
    if (e->width && e->height)
        buf_printf(out, "  pixels: %ux%u\n", e->width, e->height);
}

static void put_entry(struct buf *out, const struct lock_entry *e,
                      struct arena *a)
{
    size_t start = out->n;

    put_text(out, "url", e->url);
    out->p[start] = '-';
    if (!str_eq(e->final_url, e->url))
        put_text(out, "final", e->final_url);
    put_text(out, "status", lock_status_words[e->status]);
    if (lock_has_file(e))
        put_file(out, e, a);
    else
        put_text(out, "reason", e->reason);
    put_text(out, "date", e->date);
}

static int compare(const void *x, const void *y)
{
    const struct lock_entry *a = x, *b = y;
    int c = str_cmp(a->url, b->url);

    return c ? c : (int)a->status - (int)b->status;
}

static bool write_text(const char *path, str text)
{
    FILE *f = fopen(path, "wb");

    if (!f)
        return false;
    bool ok = fwrite(text.p, 1, text.n, f) == text.n;
    return fclose(f) == 0 && ok;
}

static bool publish(str path, str text, struct diag *dg)
{
    struct outfile *f = outfile_new(path, dg);

    if (!f)
        return false;
    if (write_text(outfile_temp(f), text))
        return outfile_publish(f, dg);
    diag_add(dg, DIAG_OUTPUT_FAILED, arena_dup(dg->arena, path), 0,
             "can't write the lock: %s; the old one is as it was",
             strerror(errno));
    outfile_discard(f);
    return false;
}

bool lock_write(struct lock_entry *entries, size_t n, str path, struct diag *dg)
{
    struct buf out = { 0 };
    struct arena a;

    arena_init(&a);
    if (n > 0)
        qsort(entries, n, sizeof *entries, compare);
    buf_puts(&out, head);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || !str_eq(entries[i].url, entries[i - 1].url))
            put_entry(&out, &entries[i], &a);
    bool ok = publish(path, buf_str(&out), dg);
    buf_done(&out);
    arena_done(&a);
    return ok;
}
