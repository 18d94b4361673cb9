/* A power cut for one process: LD_PRELOAD this, and what it wrote and never synced is gone when the power fails.
 *
 * Watched are files whose path begins with POWERCUT_FOLDER, except SQLite's shared memory, which no power cut outlives anyway. Before
 * every write the old contents of the place are put by; a sync of the file forgets them. At the POWERCUT_AT-th write or sync the power
 * fails in the middle of it: half of the write is done, then everything unsynced is put back, newest first, and the process is gone.
 * With POWERCUT_DECEIVES=1 a sync does nothing: so does a cheap card, and so a test sees that this tool bites.
 * Names (rename, unlink) are left alone: SQLite in WAL mode does not depend on them once the files are there. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

struct change {
    struct change *before;
    dev_t device;
    ino_t file;
    int descriptor;
    off_t at, old_size;
    size_t length;
    char *old;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct change *newest;
static long steps;

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fdatasync)(int), (*real_fsync)(int), (*real_ftruncate)(int, off_t);

static void find(void) {
    if (real_pwrite) return;
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
}

static int watched(int descriptor) {
    static const char *folder;
    char link[64], path[4096];
    if (!folder) folder = getenv("POWERCUT_FOLDER");
    if (!folder) return 0;
    strcpy(link, "/proc/self/fd/");
    char digits[16];
    int count = 0, number = descriptor;
    do { digits[count++] = '0' + number % 10; number /= 10; } while (number);
    char *end = link + strlen(link);
    while (count) *end++ = digits[--count];
    *end = 0;
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return !strncmp(path, folder, strlen(folder)) && !strstr(path, "-shm");
}

/* The power fails: what is not synced was never written. */
static void cut(void) {
    for (struct change *change = newest; change; change = change->before) {
        real_pwrite(change->descriptor, change->old, change->length, change->at);
        real_ftruncate(change->descriptor, change->old_size);
    }
    _exit(137);
}

static int fails_now(void) {
    const char *at = getenv("POWERCUT_AT");
    return at && ++steps == atol(at);
}

static void put_by(int descriptor, off_t at, size_t length) {
    struct stat status;
    struct change *change = calloc(1, sizeof *change);
    fstat(descriptor, &status);
    change->before = newest;
    change->device = status.st_dev;
    change->file = status.st_ino;
    change->descriptor = dup(descriptor);
    change->at = at;
    change->old_size = status.st_size;
    change->old = malloc(length ? length : 1);
    ssize_t got = at < status.st_size ? pread(descriptor, change->old, length, at) : 0;
    change->length = got > 0 ? (size_t)got : 0;
    newest = change;
}

static void synced(int descriptor) {
    struct stat status;
    fstat(descriptor, &status);
    for (struct change **place = &newest; *place;) {
        struct change *change = *place;
        if (change->device != status.st_dev || change->file != status.st_ino) {
            place = &change->before;
            continue;
        }
        *place = change->before;
        close(change->descriptor);
        free(change->old);
        free(change);
    }
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off_t at) {
    find();
    if (!watched(descriptor)) return real_pwrite(descriptor, bytes, length, at);
    pthread_mutex_lock(&lock);
    put_by(descriptor, at, length);
    if (fails_now()) {
        real_pwrite(descriptor, bytes, length / 2, at);
        cut();
    }
    ssize_t result = real_pwrite(descriptor, bytes, length, at);
    pthread_mutex_unlock(&lock);
    return result;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t at) { return pwrite64(descriptor, bytes, length, at); }

ssize_t write(int descriptor, const void *bytes, size_t length) {
    static ssize_t (*real_write)(int, const void *, size_t);
    if (!real_write) real_write = dlsym(RTLD_NEXT, "write");
    find();
    if (!watched(descriptor)) return real_write(descriptor, bytes, length);
    pthread_mutex_lock(&lock);
    put_by(descriptor, lseek(descriptor, 0, SEEK_CUR), length);
    if (fails_now()) cut();
    ssize_t result = real_write(descriptor, bytes, length);
    pthread_mutex_unlock(&lock);
    return result;
}

int ftruncate64(int descriptor, off_t length) {
    find();
    if (!watched(descriptor)) return real_ftruncate(descriptor, length);
    struct stat status;
    pthread_mutex_lock(&lock);
    fstat(descriptor, &status);
    put_by(descriptor, length, status.st_size > length ? (size_t)(status.st_size - length) : 0);
    if (fails_now()) cut();
    int result = real_ftruncate(descriptor, length);
    pthread_mutex_unlock(&lock);
    return result;
}

int ftruncate(int descriptor, off_t length) { return ftruncate64(descriptor, length); }

static int sync_file(int descriptor, int (*real)(int)) {
    pthread_mutex_lock(&lock);
    int isOurs = watched(descriptor);
    /* Before the sync: nothing of it is safe yet. */
    if (isOurs && fails_now()) cut();
    int deceives = isOurs && getenv("POWERCUT_DECEIVES") != NULL;
    int result = deceives ? 0 : real(descriptor);
    if (isOurs && result == 0 && !deceives) synced(descriptor);
    pthread_mutex_unlock(&lock);
    return result;
}

int fdatasync(int descriptor) { find(); return sync_file(descriptor, real_fdatasync); }

int fsync(int descriptor) { find(); return sync_file(descriptor, real_fsync); }
