/* libedit's functions with open argument lists, which Swift cannot call. */
#include <stdio.h>
#include <stdint.h>
#include <wchar.h>
#include <histedit.h>

typedef char *(*apus_prompt)(EditLine *);
typedef unsigned char (*apus_function)(EditLine *, int);

static inline EditLine *apus_edit_open(FILE *printed, int input, int output) {
    return el_init_fd("apus", stdin, printed, stderr, input, output, 2);
}
static inline void apus_edit_set_owner(EditLine *editor, void *owner) { el_set(editor, EL_CLIENTDATA, owner); }
static inline void *apus_edit_owner(EditLine *editor) {
    void *owner = NULL;
    el_get(editor, EL_CLIENTDATA, &owner);
    return owner;
}
/* Emacs keys, no signals of libedit's own, keys as they come: neither while a line is edited nor between lines does the kernel
   echo, edit or make signals of them; a break is nothing. */
static inline void apus_edit_start(EditLine *editor, const char *terminal, apus_prompt prompt, History *history_) {
    HistEvent event;
    el_set(editor, EL_SIGNAL, 0);
    el_set(editor, EL_TERMINAL, terminal);
    el_set(editor, EL_EDITOR, "emacs");
    el_set(editor, EL_PROMPT, prompt);
    history(history_, &event, H_SETSIZE, 200);
    history(history_, &event, H_SETUNIQUE, 1);
    el_set(editor, EL_HIST, history, history_);
    el_set(editor, EL_SETTY, "-d", "-isig", "-brkint", "+ignbrk", NULL);
    el_set(editor, EL_SETTY, "-x", "-isig", "-icanon", "-echo", "-brkint", "+ignbrk", NULL);
}
static inline void apus_edit_set_reader(EditLine *editor, el_rfunc_t reader) { el_wset(editor, EL_GETCFN, reader); }
static inline void apus_edit_add(EditLine *editor, const char *name, apus_function function) {
    el_set(editor, EL_ADDFN, name, name, function);
}
static inline void apus_edit_bind(EditLine *editor, const char *key, const char *name) {
    el_set(editor, EL_BIND, key, name, NULL);
}
static inline void apus_edit_remember(History *history_, const char *line) {
    HistEvent event;
    history(history_, &event, H_ENTER, line);
}
static inline void apus_edit_store(wchar_t *place, uint32_t character) { *place = (wchar_t)character; }
