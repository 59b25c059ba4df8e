/* SPDX-License-Identifier: MIT */
#include "book/exports.h"

#include "base/file.h"
#include "base/path.h"

#define HEAD_MAX (8u << 10)

static const struct form {
    str extension, text, what, advice;
} forms[] = {
#define EXPORT(extension, text, what, advice)                                  \
    { STR_INIT(extension), STR_INIT(text), STR_INIT(what), STR_INIT(advice) },
#include "book/exports.def"
#undef EXPORT
};

#define N_FORMS (sizeof forms / sizeof *forms)

bool export_has_name(str path)
{
    for (size_t i = 0; i < N_FORMS; i++)
        if (str_eq_nocase(path_ext(path), forms[i].extension))
            return true;
    return false;
}

/* The form with PATH's extension and, with HEAD, its text; without, one that
 * needs none. */
static const struct form *find_form(str path, const str *head)
{
    for (size_t i = 0; i < N_FORMS; i++) {
        const struct form *f = &forms[i];
        bool told = head ? f->text.n && str_find(*head, f->text) != STR_NONE
                         : f->text.n == 0;
        if (told && str_eq_nocase(path_ext(path), f->extension))
            return f;
    }
    return NULL;
}

bool export_report(str path, struct diag *dg)
{
    str head;
    uint64_t size;

    if (!export_has_name(path) ||
        file_read_head(path, HEAD_MAX, dg->arena, &head, &size) != FILE_OK)
        return false;
    const struct form *f = find_form(path, &head);
    if (f)
        diag_add(dg, DIAG_NOT_MARKDOWN, path, 0,
                 "this is %.*s, and blog2book reads Markdown; %.*s",
                 STR_ARG(f->what), STR_ARG(f->advice));
    return f != NULL;
}

str export_hint(str path, struct arena *a)
{
    const struct form *f = find_form(path, NULL);

    if (!f)
        return (str){ 0 };
    str name = path_base(path);
    return arena_printf(a, "%.*s is %.*s: %.*s", STR_ARG(name),
                        STR_ARG(f->what), STR_ARG(f->advice));
}
