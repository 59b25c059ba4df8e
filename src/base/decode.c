/* SPDX-License-Identifier: MIT */
#include "base/decode.h"

#include "base/transcode.h"

/* So much is looked at to find an encoding; and for what a file says of
 * itself. */
#define SAMPLE_MAX (32u << 10)
#define LABEL_MAX  (2u << 10)

/* Sequences of UTF-8 by kind, and runs of bytes beyond ASCII that are all
 * good. By chance some sequences of an encoding of two bytes are good too, but
 * hardly a run with one of three bytes. */
struct tally {
    size_t n_two, n_more, n_bad;
    size_t good_two, good_more, bad_runs;
};

static bool is_ascii_at(str s, size_t at)
{
    return (unsigned char)s.p[at] < 0x80;
}

static void tally_run(str s, size_t *at, struct tally *n)
{
    size_t two = n->n_two, more = n->n_more, bad = n->n_bad;

    while (*at < s.n && !is_ascii_at(s, *at)) {
        size_t from = *at;
        uint32_t c = utf8_next(s, at);
        str bytes = str_sub(s, from, *at - from);
        /* U+FFFD is three bytes where it was really written. */
        if (c == UTF8_REPLACEMENT && !str_eq(bytes, S("\xEF\xBF\xBD")))
            n->n_bad++;
        else if (bytes.n == 2)
            n->n_two++;
        else
            n->n_more++;
    }
    if (n->n_bad > bad)
        n->bad_runs++;
    else if (n->n_more > more)
        n->good_more++;
    else
        n->good_two += n->n_two > two;
}

static struct tally tally_text(str s)
{
    struct tally n = { 0 };

    for (size_t at = 0; at < s.n;) {
        if (is_ascii_at(s, at))
            at++;
        else
            tally_run(s, &at, &n);
    }
    return n;
}

/* The next line with what ends it: LF, CR or CRLF, none of which is part of
 * a character in any encoding of bytes. */
static str next_line(str *rest)
{
    size_t n = 0;

    while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
        n++;
    if (n + 1 < rest->n && rest->p[n] == '\r' && rest->p[n + 1] == '\n')
        n++;
    str line = str_sub(*rest, 0, n + 1);
    *rest = str_from(*rest, n + 1);
    return line;
}

struct job {
    str raw;
    const struct decode_hints *hints;
    struct arena *a;
    struct decoded *found;
    bool mixed;   /* there is text in UTF-8 too */
    bool western; /* and none of it has letters of three bytes */
};

/* Is LINE in the other encoding? */
static bool is_foreign(const struct job *j, str line)
{
    struct tally n = tally_text(line);

    if (!j->mixed)
        return n.n_bad > 0 || (n.good_two > 0 && n.good_more == 0);
    return n.n_bad > 0 && n.n_more <= n.n_bad && !(j->western && n.n_two > 0);
}

static str sample_of(const struct job *j)
{
    struct buf out = { 0 };
    str rest = j->raw;

    while (rest.n > 0 && out.n < SAMPLE_MAX) {
        str line = next_line(&rest);
        if (is_foreign(j, line))
            buf_put(&out, str_sub(line, 0, SAMPLE_MAX - out.n));
    }
    str sample = arena_dup(j->a, buf_str(&out));
    buf_done(&out);
    return sample;
}

static str convert_lines(struct job *j, struct transcoder *t, size_t *n_bad)
{
    struct buf out = { 0 };
    str rest = j->raw;

    for (unsigned n = 1; rest.n > 0; n++) {
        str line = next_line(&rest);
        if (!is_foreign(j, line)) {
            buf_put(&out, line);
            continue;
        }
        if (j->found->line == 0)
            j->found->line = n;
        size_t bad = transcoder_put(t, line, &out);
        if (bad && *n_bad == 0)
            j->found->utf8.bad_line = n;
        *n_bad += bad;
    }
    str text = arena_dup(j->a, buf_str(&out));
    buf_done(&out);
    return text;
}

/* What converting met and what cleaning finds are one report. */
static str clean(struct job *j, str text, size_t n_bad)
{
    unsigned line = j->found->utf8.bad_line;
    struct utf8_report seen;

    text = utf8_compose(utf8_clean(text, j->a, &seen), j->a);
    if (n_bad && (!seen.n_bad || line < seen.bad_line))
        seen.bad_line = line;
    seen.n_bad += n_bad;
    j->found->utf8 = seen;
    return text;
}

/* In lines, or (LINES false) all of it. */
static str convert(struct job *j, const struct encoding *e, bool lines)
{
    struct transcoder *t = e ? transcoder_new(e) : NULL;
    size_t n_bad = 0;
    str text = j->raw;

    if (t && lines) {
        text = convert_lines(j, t, &n_bad);
    } else if (t) {
        struct buf out = { 0 };
        n_bad = transcoder_put(t, text, &out);
        text = arena_dup(j->a, buf_str(&out));
        buf_done(&out);
        j->found->line = 1;
        j->found->utf8.bad_line = 1;
    }
    transcoder_free(t);
    j->found->encoding = j->found->line ? e : NULL;
    j->found->guessed = lines;
    return clean(j, text, n_bad);
}

static str convert_bytes(struct job *j, const struct tally *n)
{
    const struct encoding *e = j->hints->given;

    j->western = n->good_two > n->bad_runs && n->good_more == 0;
    j->mixed = j->western ||
               (n->good_more > 0 && n->good_more >= n->bad_runs / 4);
    if (!e) {
        str sample = sample_of(j);
        e = encoding_guess(sample,
                           encoding_declared(str_sub(j->raw, 0, LABEL_MAX)),
                           j->hints->language, j->a);
    }
    return convert(j, e, true);
}

static bool has_mark(str s)
{
    return str_starts(s, S("\xEF\xBB\xBF")) || str_starts(s, S("\xFF\xFE")) ||
           str_starts(s, S("\xFE\xFF"));
}

static bool has_escape(str s)
{
    return s.n > 0 && memchr(s.p, 0x1B, s.n);
}

/* ISO/IEC 2022, JIS X 0202: ESC '$' names a set of two bytes. */
static bool is_iso2022(str s)
{
    return str_find(s, S("\x1B$B")) != STR_NONE ||
           str_find(s, S("\x1B$@")) != STR_NONE;
}

/* Units of UTF-16 that are ASCII, when read in either order. */
static void count_units(str s, size_t *little, size_t *big)
{
    *little = *big = 0;
    for (size_t i = 0; i + 1 < s.n; i += 2) {
        int a = (unsigned char)s.p[i], b = (unsigned char)s.p[i + 1];
        *little += b == 0 && (ascii_is_space(a) || (a >= 0x20 && a < 0x7F));
        *big += a == 0 && (ascii_is_space(b) || (b >= 0x20 && b < 0x7F));
    }
}

/* "UTF-16LE", "UTF-16BE", or NULL: a text has spaces, marks and line feeds
 * in one order and hardly any of them in the other. */
static const struct encoding *find_utf16(str s)
{
    size_t little, big;

    if (s.n < 4 || !memchr(s.p, 0, s.n))
        return NULL;
    count_units(str_sub(s, 0, SAMPLE_MAX), &little, &big);
    size_t least = (s.n < SAMPLE_MAX ? s.n : SAMPLE_MAX) / 2 / 50 + 1;
    if (little >= least && little / 4 > big)
        return encoding_of_name(S("UTF-16LE"));
    if (big >= least && big / 4 > little)
        return encoding_of_name(S("UTF-16BE"));
    return NULL;
}

str decode_text(str raw, const struct decode_hints *hints, struct arena *a,
                struct decoded *found)
{
    struct job j = { .raw = raw, .hints = hints, .a = a, .found = found };
    struct tally n;
    const struct encoding *whole;

    *found = (struct decoded){ 0 };
    str text = utf8_compose(utf8_clean(raw, a, &found->utf8), a);
    if (has_mark(raw))
        return text;
    if (found->utf8.n_bad + found->utf8.n_nul == 0 && !has_escape(raw))
        return text;
    whole = find_utf16(raw);
    if (whole)
        return convert(&j, whole, false);
    n = tally_text(raw);
    if (n.n_bad > 0)
        return convert_bytes(&j, &n);
    if (n.n_more + n.n_two == 0 && is_iso2022(raw))
        return convert(&j, encoding_of_name(S("ISO-2022-JP")), false);
    return text;
}

bool decode_is_clean(const struct decoded *found)
{
    return !found->encoding && !found->utf8.n_bad && !found->utf8.n_nul;
}

void decode_report(const struct decoded *found, str path, struct diag *dg)
{
    const struct utf8_report *n = &found->utf8;

    if (found->encoding)
        diag_add(dg, DIAG_TEXT_DECODED, path, found->line,
                 "not UTF-8, read as %.*s%s", STR_ARG(found->encoding->name),
                 found->guessed ? "; --encoding names another" : "");
    if (n->n_bad)
        diag_add(dg, DIAG_TEXT_ENCODING, path, n->bad_line,
                 "%zu damaged character%s, shown as U+FFFD", n->n_bad,
                 n->n_bad == 1 ? "" : "s");
    if (n->n_nul)
        diag_add(dg, DIAG_TEXT_NUL, path, n->nul_line,
                 "%zu NUL byte%s, removed", n->n_nul, n->n_nul == 1 ? "" : "s");
}

bool decode_is_certain(str head)
{
    struct tally n;

    if (str_starts(head, S("\xEF\xBB\xBF")))
        return true;
    if (has_escape(head) || (head.n > 0 && memchr(head.p, 0, head.n)))
        return false;
    n = tally_text(head);
    return n.n_bad == 0 && (n.n_two == 0 || n.n_more > 0);
}
