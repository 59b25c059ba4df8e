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

static bool is_form(const struct form *f, str path, str head, bool named)
{
    if (!str_eq_nocase(path_ext(path), f->extension))
        return false;
    return f->text.n ? str_find(head, f->text) != STR_NONE : !named;
}

bool export_report(str path, bool named, struct diag *dg)
{
    str head;
    uint64_t size;

    if (!export_has_name(path) ||
        file_read_head(path, HEAD_MAX, dg->arena, &head, &size) != FILE_OK)
        return false;
    for (size_t i = 0; i < N_FORMS; i++) {
        if (!is_form(&forms[i], path, head, named))
            continue;
        diag_add(dg, DIAG_NOT_MARKDOWN, path, 0,
                 "this is %.*s, and blog2book reads Markdown; %.*s",
                 STR_ARG(forms[i].what), STR_ARG(forms[i].advice));
        return true;
    }
    return false;
}
