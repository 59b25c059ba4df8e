/* SPDX-License-Identifier: MIT */
/* The book of the command line. */
#include "base/nowhere.h"
#include "convert/convert.h"
#include "reportfile.h"
#include "run.h"

static bool takes_stdout(const struct settings *set)
{
    return path_is_stdout(set->report) || path_is_stdout(set->epub.path) ||
           path_is_stdout(set->pdf.path);
}

/* Where people look: standard output, unless the book or the report goes
 * there. */
static FILE *for_people(const struct settings *set)
{
    if (!takes_stdout(set) || set->dump != DUMP_NOTHING)
        return stdout;
    return set->diagnostics == MESSAGES_TEXT ? stderr : NULL;
}

enum status run_single(struct settings *set, struct diag *said,
                       const volatile sig_atomic_t *interrupted)
{
    struct reportfile *file = NULL;
    bool refused = false;

    convert_init();
    if (set->report.n && !(file = reportfile_new(set)))
        return STATUS_FAILED;
    if (said)
        settings_read_file(set, said);
    enum status status = run_book(set, &(struct run_env){
                                           .interrupted = interrupted,
                                           .out = for_people(set),
                                           .err = stderr,
                                           .report = reportfile_json(file),
                                           .refused = file ? &refused : NULL,
                                           .read = said,
                                       });
    if (file && !reportfile_finish(file, !refused && !*interrupted))
        return STATUS_FAILED;
    return status;
}
