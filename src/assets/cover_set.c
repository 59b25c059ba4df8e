/* SPDX-License-Identifier: MIT */
#include <float.h>
#include <unigbrk.h>

#include "assets/cover_lines.h"

/* Letters shrink by steps of this. */
#define STEP 0.96
/* Words stay whole down to this part of the largest size. */
#define WHOLE 0.45
/* And letters shrink down to this part, whatever the box. */
#define LEAST 0.02

/* How much it matters that lines are equally long, beside where they end. */
#define RAGGED 100
#define ENDING 3
/* And a step to smaller letters, which are tried down to this part. */
#define SHRINKING 4
#define NEAR      0.75

/* The fewest lines that hold the pieces; SIZE_MAX: one is too wide. */
static size_t line_count(const struct cover_pieces *pieces, double space,
                         double room)
{
    size_t lines = 0;
    double used = 0;

    for (size_t i = 0; i < pieces->n; i++) {
        const struct cover_piece *p = &pieces->v[i];
        double more = p->width + (p->space ? space : 0);

        if (p->width > room)
            return SIZE_MAX;
        if (lines == 0 || used + more > room) {
            lines++;
            used = p->width;
        } else {
            used += more;
        }
    }
    return lines;
}

static bool fits(const struct cover_pieces *pieces, double space,
                 const struct cover_box *box, double size)
{
    size_t n = line_count(pieces, space, box->width / size);

    return n != SIZE_MAX && n <= box->lines &&
           size * (1 + box->leading * (double)(n ? n - 1 : 0)) <= box->height;
}

/* The largest size from FROM down to TO that fits; 0: none. */
static double find_size(const struct cover_pieces *pieces, double space,
                        const struct cover_box *box, double from, double to)
{
    for (double size = from; size >= to; size *= STEP)
        if (fits(pieces, space, box, size))
            return size;
    return 0;
}

/* Cuts P between its letters, all taken for equally wide. */
static void part(str text, const struct cover_piece *p, struct arena *a,
                 struct cover_pieces *out)
{
    size_t first = out->n, n = p->to - p->from;
    char *starts = arena_bytes(a, n + 1);

    u8_grapheme_breaks((const uint8_t *)text.p + p->from, n, starts);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || starts[i]) {
            struct cover_piece *next = vec_push(out, a);
            next->from = p->from + i;
            next->space = i == 0 && p->space;
            next->cost = i == 0 ? p->cost : 10;
        }
        out->v[out->n - 1].to = p->from + i + 1;
    }
    for (size_t i = first; i < out->n; i++)
        out->v[i].width = p->width / (double)(out->n - first);
}

static struct cover_pieces part_wide(str text,
                                     const struct cover_pieces *pieces,
                                     double room, struct arena *a)
{
    struct cover_pieces out = { 0 };

    for (size_t i = 0; i < pieces->n; i++) {
        if (pieces->v[i].width > room)
            part(text, &pieces->v[i], a, &out);
        else
            *vec_push(&out, a) = pieces->v[i];
    }
    return out;
}

/* The best way to set the pieces before I in some number of lines: what it
 * costs and where its last line begins. */
struct best {
    double cost;
    size_t from;
};

struct breaking {
    const struct cover_pieces *pieces;
    double space, room, mean, size;
    size_t n_lines;
    struct best *rows; /* n_lines + 1 rows of n + 1 */
};

static double line_cost(const struct breaking *b, double width, size_t from)
{
    double ragged = (width - b->mean) / b->mean;

    return RAGGED * ragged * ragged +
           (from ? ENDING * b->pieces->v[from].cost : 0);
}

/* The best last line of the pieces before I, after lines that ROW tells of. */
static struct best find_line(const struct breaking *b, const struct best *row,
                             size_t i)
{
    struct best best = { DBL_MAX, 0 };
    double width = 0;

    for (size_t from = i; from-- > 0;) {
        const struct cover_piece *p = &b->pieces->v[from];

        width += p->width;
        if (width > b->room * 1.0001)
            break;
        double cost = row[from].cost == DBL_MAX
                          ? DBL_MAX
                          : row[from].cost + line_cost(b, width, from);
        if (cost < best.cost)
            best = (struct best){ cost, from };
        width += p->space ? b->space : 0;
    }
    return best;
}

static void put_lines(const struct breaking *b, str text, struct arena *a,
                      struct str_vec *out)
{
    size_t n = b->pieces->n, end = n;

    for (size_t i = 0; i < b->n_lines; i++)
        *vec_push(out, a) = (str){ 0 };
    for (size_t line = b->n_lines; line > 0; line--) {
        size_t from = b->rows[line * (n + 1) + end].from;

        out->v[line - 1] = str_sub(text, b->pieces->v[from].from,
                                   b->pieces->v[end - 1].to -
                                       b->pieces->v[from].from);
        end = from;
    }
}

/* Fills in the table; what the best lines cost. */
static double balance(struct breaking *b, struct arena *a)
{
    size_t n = b->pieces->n;

    b->n_lines = line_count(b->pieces, b->space, b->room);
    for (size_t i = 0; i < n; i++)
        b->mean += b->pieces->v[i].width +
                   (b->pieces->v[i].space ? b->space : 0);
    b->mean = b->mean > 0 ? b->mean / (double)b->n_lines : 1;
    b->rows = arena_array(a, struct best, (b->n_lines + 1) * (n + 1));
    for (size_t i = 1; i <= n; i++)
        b->rows[i].cost = DBL_MAX;
    for (size_t line = 1; line <= b->n_lines; line++) {
        struct best *row = b->rows + line * (n + 1);
        row[0].cost = DBL_MAX;
        for (size_t i = 1; i <= n; i++)
            row[i] = find_line(b, row - (n + 1), i);
    }
    return b->rows[b->n_lines * (n + 1) + n].cost;
}

/* Sets the pieces in letters of SIZE, or a little smaller where the lines then
 * end better. */
static void set_near(str text, struct breaking *b, const struct cover_box *box,
                     struct arena *a, struct cover_lines *out)
{
    struct breaking best = { 0 };
    double least = DBL_MAX, loss = 0;

    for (double size = out->size; size >= out->size * NEAR;
         size *= STEP, loss += SHRINKING) {
        struct breaking now = *b;
        now.room = box->width / size;
        double cost = balance(&now, a) + loss;
        if (cost < least) {
            least = cost;
            best = now;
            best.size = size;
        }
    }
    out->size = best.size;
    put_lines(&best, text, a, &out->lines);
}

void cover_set(str text, const struct cover_pieces *pieces, double space,
               const struct cover_box *box, struct arena *a,
               struct cover_lines *out)
{
    struct cover_pieces parted;

    *out = (struct cover_lines){ .size = box->size };
    if (pieces->n == 0)
        return;
    double size = find_size(pieces, space, box, box->size, box->size * WHOLE);
    if (!size) {
        parted = part_wide(text, pieces, box->width / (box->size * WHOLE), a);
        pieces = &parted;
        size = find_size(pieces, space, box, box->size * WHOLE,
                         box->size * LEAST);
    }
    struct breaking b = { .pieces = pieces, .space = space, .room = DBL_MAX };
    out->size = size ? size : box->size * LEAST;
    if (size) {
        set_near(text, &b, box, a, out);
        return;
    }
    balance(&b, a); /* one line, cut off by the edge */
    put_lines(&b, text, a, &out->lines);
}
