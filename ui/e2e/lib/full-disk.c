/* A disk that takes nothing of the book while a file says so: met below the app, where a full disk is met. Journeys load
 * it before the app's own libraries; nothing of it is in the app. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* Only the book's own files: the practice Partner Center beside it is somebody else's machine. */
static int refused(int file) {
    const char *flag = getenv("JOURNEY_DISK_FULL");
    char link[64], name[4096];
    ssize_t length;
    if (flag == NULL || access(flag, F_OK) != 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    length = readlink(link, name, sizeof name - 1);
    if (length < 0) return 0;
    name[length] = 0;
    return strstr(name, "/book.") != NULL;
}

ssize_t write(int file, const void *bytes, size_t count) {
    static ssize_t (*next)(int, const void *, size_t);
    if (next == NULL) next = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    if (refused(file)) { errno = ENOSPC; return -1; }
    return next(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    static ssize_t (*next)(int, const void *, size_t, off_t);
    if (next == NULL) next = (ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite");
    if (refused(file)) { errno = ENOSPC; return -1; }
    return next(file, bytes, count, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
    static ssize_t (*next)(int, const void *, size_t, off64_t);
    if (next == NULL) next = (ssize_t(*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
    if (refused(file)) { errno = ENOSPC; return -1; }
    return next(file, bytes, count, at);
}
