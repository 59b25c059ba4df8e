/* SPDX-License-Identifier: MIT */
#include "pdf/shapecluster.h"

#include <stdlib.h>
#include <unigbrk.h>
#include <uninorm.h>

#include "base/ranges.h"
#include "base/utf8.h"
#include "pdf/face.h"
#include "pdf/invisible.h"

#define VS15 0xFE0E
#define VS16 0xFE0F

/* Normal forms of longer clusters are not tried. */
#define NORMAL_MAX 32

/* Bytes of a cluster; the longest emoji have 50. Shaping a row of marks takes
 * time by the square of its length. */
#define CLUSTER_MAX 256

/* Unicode 15, emoji-data.txt: Emoji_Presentation. */
static const struct range emoji_ranges[] = {
    { 0x231A, 0x231B },   { 0x23E9, 0x23EC },   { 0x23F0, 0x23F0 },
    { 0x23F3, 0x23F3 },   { 0x25FD, 0x25FE },   { 0x2614, 0x2615 },
    { 0x2648, 0x2653 },   { 0x267F, 0x267F },   { 0x2693, 0x2693 },
    { 0x26A1, 0x26A1 },   { 0x26AA, 0x26AB },   { 0x26BD, 0x26BE },
    { 0x26C4, 0x26C5 },   { 0x26CE, 0x26CE },   { 0x26D4, 0x26D4 },
    { 0x26EA, 0x26EA },   { 0x26F2, 0x26F3 },   { 0x26F5, 0x26F5 },
    { 0x26FA, 0x26FA },   { 0x26FD, 0x26FD },   { 0x2705, 0x2705 },
    { 0x270A, 0x270B },   { 0x2728, 0x2728 },   { 0x274C, 0x274C },
    { 0x274E, 0x274E },   { 0x2753, 0x2755 },   { 0x2757, 0x2757 },
    { 0x2795, 0x2797 },   { 0x27B0, 0x27B0 },   { 0x27BF, 0x27BF },
    { 0x2B1B, 0x2B1C },   { 0x2B50, 0x2B50 },   { 0x2B55, 0x2B55 },
    { 0x1F004, 0x1F004 }, { 0x1F0CF, 0x1F0CF }, { 0x1F18E, 0x1F18E },
    { 0x1F191, 0x1F19A }, { 0x1F1E6, 0x1F1FF }, { 0x1F201, 0x1F201 },
    { 0x1F21A, 0x1F21A }, { 0x1F22F, 0x1F22F }, { 0x1F232, 0x1F236 },
    { 0x1F238, 0x1F23A }, { 0x1F250, 0x1F251 }, { 0x1F300, 0x1F320 },
    { 0x1F32D, 0x1F335 }, { 0x1F337, 0x1F37C }, { 0x1F37E, 0x1F393 },
    { 0x1F3A0, 0x1F3CA }, { 0x1F3CF, 0x1F3D3 }, { 0x1F3E0, 0x1F3F0 },
    { 0x1F3F4, 0x1F3F4 }, { 0x1F3F8, 0x1F43E }, { 0x1F440, 0x1F440 },
    { 0x1F442, 0x1F4FC }, { 0x1F4FF, 0x1F53D }, { 0x1F54B, 0x1F54E },
    { 0x1F550, 0x1F567 }, { 0x1F57A, 0x1F57A }, { 0x1F595, 0x1F596 },
    { 0x1F5A4, 0x1F5A4 }, { 0x1F5FB, 0x1F64F }, { 0x1F680, 0x1F6C5 },
    { 0x1F6CC, 0x1F6CC }, { 0x1F6D0, 0x1F6D2 }, { 0x1F6D5, 0x1F6D7 },
    { 0x1F6DC, 0x1F6DF }, { 0x1F6EB, 0x1F6EC }, { 0x1F6F4, 0x1F6FC },
    { 0x1F7E0, 0x1F7EB }, { 0x1F7F0, 0x1F7F0 }, { 0x1F90C, 0x1F93A },
    { 0x1F93C, 0x1F945 }, { 0x1F947, 0x1F9FF }, { 0x1FA70, 0x1FAFF },
};

static bool is_emoji(uint32_t c)
{
    return c >= emoji_ranges[0].from && IN_RANGES(c, emoji_ranges);
}

/* Characters that are a cluster of their own when another of them follows:
 * most of all text. */
static bool is_plain(uint32_t c)
{
    static const struct range plain[] = {
        { 0x20, 0x7E },     { 0xA0, 0xA8 },     { 0xAA, 0xAC },
        { 0xAF, 0x2FF },    { 0x370, 0x482 },   { 0x2010, 0x2027 },
        { 0x2190, 0x21FF }, { 0x2460, 0x24FF }, { 0x2500, 0x25FC },
        { 0x3000, 0x3029 }, { 0x3041, 0x3096 }, { 0x30A0, 0x30FF },
        { 0x3131, 0x3163 }, { 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF },
        { 0xAC00, 0xD7A3 }, { 0xFF01, 0xFF60 },
    };

    if (c < 0x7F)
        return c >= 0x20;
    if (c >= 0xAC00 && c <= 0xD7A3)
        return true;
    return IN_RANGES(c, plain);
}

/* Characters that end the cluster before them and are one of their own,
 * whatever stands around: UAX #29, GB4 and GB5; CR is none here. */
static bool is_alone(uint32_t c)
{
    return c == '\n' || c == 0xAD || c == 0x200B || c == 0x2060;
}

static void peek(struct cluster_iter *it)
{
    it->peeked = it->at;
    if (it->at < it->text.n)
        it->c = utf8_next(it->text, &it->peeked);
}

void cluster_iter_init(struct cluster_iter *it, str text, size_t at)
{
    *it = (struct cluster_iter){ .text = text, .at = at };
    peek(it);
}

/* The rest of the cluster behind its first character says how it is shown:
 * variation selectors, joined pictures, skin tones, flags, keycaps. */
static bool wants_emoji(str text, const struct cluster *k, size_t behind)
{
    bool keycap_base = k->c < 0x80;
    bool wanted = is_emoji(k->c);

    for (size_t at = behind; at < k->end;) {
        uint32_t c = utf8_next(text, &at);
        if (c == VS15 && wanted)
            return false;
        if (c == 0x20E3 && keycap_base)
            return true;
        if (!keycap_base && (c == VS16 || is_emoji(c)))
            wanted = true;
    }
    return wanted;
}

static uint32_t find_end(str text, uint32_t at)
{
    const uint8_t *p = (const uint8_t *)text.p;
    size_t n = text.n;

    if (n - at > CLUSTER_MAX) {
        n = at + CLUSTER_MAX;
        while ((p[n] & 0xC0) == 0x80)
            n--;
    }
    const uint8_t *next = u8_grapheme_next(p + at, p + n);
    return next ? (uint32_t)(next - p) : (uint32_t)n;
}

bool cluster_next(struct cluster_iter *it, struct cluster *out)
{
    if (it->at >= it->text.n)
        return false;
    size_t behind = it->peeked;
    *out = (struct cluster){ .at = (uint32_t)it->at, .c = it->c };
    it->at = behind;
    peek(it);
    if (is_alone(out->c) ||
        (is_plain(out->c) &&
         (behind >= it->text.n || is_plain(it->c) || is_alone(it->c)))) {
        out->end = (uint32_t)behind;
        out->single = out->plain = true;
        return true;
    }
    out->end = find_end(it->text, out->at);
    out->cut = out->end - out->at > CLUSTER_MAX - 4 && out->end < it->text.n;
    out->single = out->end == behind;
    out->emoji = wants_emoji(it->text, out, behind);
    if (it->at != out->end) {
        it->at = out->end;
        peek(it);
    }
    return true;
}

/* Some characters, and who knows whether they are there. */
struct wanted {
    has_char *has;
    const void *font;
    uint32_t c[NORMAL_MAX];
    size_t n;
};

static bool has_seen(const struct wanted *w, uint32_t c)
{
    return is_invisible(c) || w->has(w->font, c);
}

static bool covers_form(const struct wanted *w, uninorm_t form)
{
    uint32_t room[NORMAL_MAX * 4];
    size_t m = sizeof room / sizeof *room;
    uint32_t *normal = u32_normalize(form, w->c, w->n, room, &m);
    bool covered = normal != NULL;

    for (size_t i = 0; covered && i < m; i++)
        covered = has_seen(w, normal[i]);
    if (normal != room)
        free(normal);
    return covered;
}

bool cluster_covered_by(has_char *has, const void *font, str text,
                        const struct cluster *k)
{
    struct wanted w = { .has = has, .font = font };
    bool all = true;

    for (size_t at = k->at; at < k->end;) {
        uint32_t one = utf8_next(text, &at);
        all = all && has_seen(&w, one);
        if (w.n == NORMAL_MAX && !all)
            return false;
        if (w.n < NORMAL_MAX)
            w.c[w.n++] = one;
    }
    return all || covers_form(&w, UNINORM_NFC) || covers_form(&w, UNINORM_NFD);
}

static bool opened_has(const void *font, uint32_t c)
{
    return face_covers(font, c);
}

bool cluster_covered(const struct font *f, str text, const struct cluster *k)
{
    return (k->single && face_covers(f, k->c)) ||
           cluster_covered_by(opened_has, f, text, k);
}
