/* SPDX-License-Identifier: MIT */
#include "book/readpost.h"

#include "base/file.h"
#include "base/path.h"
#include "book/notion.h"
#include "book/readmes.h"
#include "book/variant.h"

/* Most headers and the first heading are in the first bytes. */
#define HEAD_FIRST (8u << 10)

struct head {
    uint64_t size, most; /* of the file, and what is allowed */
    str raw, text;       /* as it stands, and cleaned */
    bool whole, converted, clean;
    const struct decode_hints *hints;
    struct header header;
};

/* A part of a file ends with a line, or at least with a character. */
static str cut_to_line(str s)
{
    size_t at = str_rfind_char(s, '\n');
    size_t n = s.n;

    if (at != STR_NONE)
        return str_sub(s, 0, at + 1);
    while (n > 0 && s.n - n < 4 && ((unsigned char)s.p[n - 1] & 0xC0) == 0x80)
        n--;
    return str_sub(s, 0, n > 0 ? n - 1 : 0);
}

static enum file_result read_part(str path, size_t max, struct arena *a,
                                  struct head *h)
{
    struct decoded found;
    enum file_result r = file_read_head(path, max, a, &h->raw, &h->size);

    if (r == FILE_OK && h->size > h->most)
        return FILE_LARGE;
    h->whole = h->raw.n < max || h->size <= max;
    if (r == FILE_OK && !h->whole) {
        h->raw = cut_to_line(h->raw);
        h->whole = !decode_is_certain(h->raw);
        if (h->whole)
            r = file_read(path, (size_t)h->most, a, &h->raw);
    }
    if (r != FILE_OK)
        return r;
    h->text = decode_text(h->raw, h->hints, a, &found);
    h->converted = found.encoding || str_starts(h->raw, S("\xFF\xFE")) ||
                   str_starts(h->raw, S("\xFE\xFF"));
    h->clean = decode_is_clean(&found);
    return FILE_OK;
}

static void find_notion(str path, struct head *h)
{
    str stem = path_stem(path);

    if (h->header.kind == HEADER_NONE && notion_name(stem).n < stem.n)
        notion_find(h->text, &h->header);
}

/* Reads on until the header ends. */
static enum file_result read_head(str path, struct arena *a, struct head *h)
{
    for (size_t max = HEAD_FIRST;; max *= 4) {
        arena_reset(a);
        enum file_result r = read_part(path, max, a, h);
        bool last = h->whole || max > HEADER_MAX;
        if (r != FILE_OK || header_find(h->text, last, &h->header)) {
            if (r == FILE_OK)
                find_notion(path, h);
            return r;
        }
    }
}

/* Sections of Hugo, drawings of Obsidian, and what a repository says about
 * itself. */
static bool is_no_post(str rel, bool readmes, const struct head *h)
{
    static const str names[] = {
        STR_INIT("readme"),
        STR_INIT("license"),
        STR_INIT("licence"),
        STR_INIT("changelog"),
        STR_INIT("contributing"),
        STR_INIT("code_of_conduct"),
        STR_INIT("security"),
        STR_INIT("support"),
        STR_INIT("maintainers"),
        STR_INIT("agents"),
        STR_INIT("claude"),
        STR_INIT("gemini"),
        STR_INIT("pull_request_template"),
        STR_INIT("copilot-instructions"),
    };
    str stem = path_stem(rel);

    if (str_eq(stem, S("_index")) || str_starts(stem, S("_index.")))
        return true;
    if (str_find(h->header.text, S("excalidraw-plugin:")) != STR_NONE)
        return true;
    if (readmes && readmes_is_name(stem) && path_dir(rel).n > 0)
        return false;
    return h->header.kind == HEADER_NONE &&
           STR_IS_AMONG_NOCASE(variant_original(stem), names);
}

/* decode_text() took them away already, so the reader can't tell. */
static void report_controls(struct post *p, const struct head *h)
{
    unsigned line = 1;

    if (h->header.kind == HEADER_NONE || h->converted)
        return;
    for (size_t i = 0; i < h->raw.n && line < h->header.body_line; i++) {
        unsigned char c = (unsigned char)h->raw.p[i];
        bool cr = c == '\r' && (i + 1 == h->raw.n || h->raw.p[i + 1] != '\n');
        line += c == '\n' || cr;
        if (c == 0 || c >= 0x20 || c == '\t' || c == '\n' || c == '\r')
            continue;
        diag_add(&p->diag, DIAG_HEADER_REPAIRED, p->path, line,
                 "header is not valid, removed control characters");
        return;
    }
}

/* A file that was read as a whole, and that nothing is to be said about, needs
 * no second reading. */
static void keep_body(const struct readpost *how, const struct head *h,
                      struct post *p, str body)
{
    if (!h->whole || !h->clean || body.n == 0 || body.n > *how->room)
        return;
    *how->room -= body.n;
    p->body = arena_dup(how->fm.keep, body);
}

static struct post *make_post(const struct readpost *how,
                              const struct walk_file *file,
                              const struct head *h)
{
    struct post *p = arena_new(how->fm.keep, struct post);

    p->path = file->path;
    p->rel = file->rel;
    p->root = how->root;
    p->site = how->site;
    p->draft = file->draft;
    diag_init(&p->diag, how->fm.keep);
    report_controls(p, h);
    frontmatter_read(p, h->text, &h->header, &how->fm);
    str body = str_from(h->text, p->body_offset);
    if (h->whole && str_is_blank(body))
        diag_add(&p->diag, DIAG_FILE_EMPTY, p->path, p->body_line,
                 "nothing behind the header, the chapter has its title only");
    keep_body(how, h, p, body);
    if (how->look)
        how->look(how->data, p, body);
    return p;
}

struct post *post_read(const struct readpost *how, const struct walk_file *file,
                       uint64_t *size, struct diag *dg)
{
    struct head h = { .most = how->most, .hints = &how->hints };
    enum file_result r = read_head(file->path, how->fm.scratch, &h);

    *size = h.size;
    if (r != FILE_OK) {
        file_report(r, file->path, (str){ 0 }, 0, dg);
    } else if (h.whole && str_is_blank(h.text)) {
        diag_add(dg, DIAG_FILE_EMPTY, file->path, 0,
                 "no text in it, made no chapter");
    } else if (!how->named && is_no_post(file->rel, how->readmes, &h)) {
        diag_add(dg, DIAG_FILE_SKIPPED, file->path, 0,
                 "not a post, left it out");
    } else {
        return make_post(how, file, &h);
    }
    return NULL;
}
