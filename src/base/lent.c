/* SPDX-License-Identifier: MIT */
#include "base/lent.h"

#include <unistd.h>

struct loan {
    str path;
    struct outfile *file;
    int spool;
    bool file_taken, spool_taken;
    str temp;
};

struct lent {
    struct arena *arena;
    VEC(struct loan) loans;
};

struct lent *lent_new(struct arena *a)
{
    struct lent *l = arena_new(a, struct lent);

    l->arena = a;
    return l;
}

bool lent_open(struct lent *l, str path, struct diag *dg)
{
    struct outfile *file = outfile_new(path, dg);

    if (!file)
        return false;
    outfile_lend(file);
    struct loan *loan = vec_push(&l->loans, l->arena);
    *loan = (struct loan){ .path = arena_dup(l->arena, path), .file = file };
    loan->temp = arena_dup(l->arena, str_of(outfile_temp(file)));
    loan->spool = spool_file(loan->path, dg);
    return loan->spool >= 0;
}

struct str_vec lent_names(const struct lent *l, struct arena *a)
{
    struct str_vec names = { 0 };

    for (size_t i = 0; i < l->loans.n; i++)
        *vec_push(&names, a) = l->loans.v[i].temp;
    return names;
}

void lent_borrow(struct lent *l)
{
    for (size_t i = 0; i < l->loans.n; i++)
        outfile_borrow(l->loans.v[i].file);
}

void lent_forget(struct lent *l)
{
    for (size_t i = 0; i < l->loans.n; i++) {
        struct loan *loan = &l->loans.v[i];
        if (loan->spool >= 0)
            close(loan->spool);
        outfile_borrow(loan->file);
        outfile_discard(loan->file);
    }
    l->loans.n = 0;
}

int lent_handle(const struct lent *l, size_t n)
{
    if (n >= 2 * l->loans.n)
        return -1;
    const struct loan *loan = &l->loans.v[n / 2];
    return n % 2 ? loan->spool : outfile_handle(loan->file);
}

bool lent_settle(struct lent *l, bool ended_well, struct diag *dg)
{
    bool ok = true;

    for (size_t i = 0; l && i < l->loans.n; i++) {
        struct loan *loan = &l->loans.v[i];
        if (loan->spool >= 0)
            close(loan->spool);
        if (ended_well && outfile_is_ready(loan->file))
            ok = outfile_publish(loan->file, dg) && ok;
        else
            outfile_discard(loan->file);
    }
    return ok;
}

static void refuse(str path, struct diag *dg)
{
    diag_add(dg, DIAG_OUTPUT_FAILED, path, 0,
             "the book can't be written here; nothing was published");
}

struct outfile *lent_outfile(struct lent *l, str path, struct diag *dg)
{
    if (!l)
        return outfile_new(path, dg);
    for (size_t i = 0; i < l->loans.n; i++) {
        struct loan *loan = &l->loans.v[i];
        if (loan->file_taken || !str_eq(loan->path, path))
            continue;
        loan->file_taken = true;
        return loan->file;
    }
    refuse(path, dg);
    return NULL;
}

struct spool *lent_spool(struct lent *l, str path, struct diag *dg)
{
    if (!l)
        return spool_new(path, dg);
    for (size_t i = 0; i < l->loans.n; i++) {
        struct loan *loan = &l->loans.v[i];
        if (loan->spool_taken || !str_eq(loan->path, path))
            continue;
        loan->spool_taken = true;
        return spool_adopt(loan->spool, path);
    }
    refuse(path, dg);
    return NULL;
}

str lent_place(const struct lent *l, str path)
{
    for (size_t i = 0; l && i < l->loans.n; i++)
        if (str_eq(l->loans.v[i].path, path))
            return l->loans.v[i].temp;
    return path;
}
