/* osip's headers need these first. */
#include <sys/types.h>
#include <sys/time.h>
#include <time.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <osip2/osip.h>
#include <osipparser2/osip_parser.h>

static inline void apus_osip_silence(const char *file, int line, osip_trace_level_t level, const char *format, va_list values) {
    (void)file; (void)line; (void)level; (void)format; (void)values;
}

/* Once, before anything is parsed: without a trace function of ours osip writes warnings to standard output. */
static inline int apus_osip_start(void) {
    osip_trace_initialize_func(TRACE_LEVEL0, apus_osip_silence);
    return parser_init();
}

/* osip_free is a macro that Swift cannot see. */
static inline void apus_osip_free(void *memory) { osip_free(memory); }
/* Memory that osip will free. */
static inline char *apus_osip_copy(const char *text) { return osip_strdup(text); }
