#include "CCurl.h"

#include <dlfcn.h>
#include <stddef.h>

/* Names in parentheses, so that curl's type-checking macros stay out of the way. */
#define FUNCTIONS(take)                                                                                                           \
    take(curl_global_init) take(curl_easy_init) take(curl_easy_cleanup) take(curl_easy_strerror) take(curl_easy_setopt)           \
    take(curl_easy_getinfo) take(curl_slist_append) take(curl_slist_free_all) take(curl_multi_init) take(curl_multi_cleanup)      \
    take(curl_multi_add_handle) take(curl_multi_remove_handle) take(curl_multi_perform) take(curl_multi_info_read)                \
    take(curl_multi_poll) take(curl_multi_wakeup) take(curl_multi_setopt)

#define DECLARE(name) static __typeof__(&(name)) our_##name;
FUNCTIONS(DECLARE)

bool ccurl_load(void) {
    static int state;
    if (state != 0) return state > 0;
    state = -1;
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return false;
#define FIND(name)                                                                                                                \
    our_##name = (__typeof__(our_##name))dlsym(library, #name);                                                                  \
    if (our_##name == NULL) return false;
    FUNCTIONS(FIND)
    if (our_curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return false;
    state = 1;
    return true;
}

CURL *ccurl_easy_init(void) { return our_curl_easy_init(); }
void ccurl_easy_cleanup(CURL *handle) { our_curl_easy_cleanup(handle); }
const char *ccurl_easy_strerror(CURLcode code) { return our_curl_easy_strerror(code); }
struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *text) { return our_curl_slist_append(list, text); }
void ccurl_slist_free_all(struct curl_slist *list) { our_curl_slist_free_all(list); }

CURLM *ccurl_multi_init(void) { return our_curl_multi_init(); }
CURLMcode ccurl_multi_cleanup(CURLM *multi) { return our_curl_multi_cleanup(multi); }
CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *handle) { return our_curl_multi_add_handle(multi, handle); }
CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *handle) { return our_curl_multi_remove_handle(multi, handle); }
CURLMcode ccurl_multi_perform(CURLM *multi, int *running) { return our_curl_multi_perform(multi, running); }
CURLMsg *ccurl_multi_info_read(CURLM *multi, int *left) { return our_curl_multi_info_read(multi, left); }
CURLMcode ccurl_multi_poll(CURLM *multi, int milliseconds) {
    return our_curl_multi_poll(multi, NULL, 0, milliseconds, NULL);
}
CURLMcode ccurl_multi_wakeup(CURLM *multi) { return our_curl_multi_wakeup(multi); }
CURLMcode ccurl_limit(CURLM *multi, CURLMoption option, long value) { return our_curl_multi_setopt(multi, option, value); }

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) { return our_curl_easy_setopt(handle, option, value); }
CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value) {
    return our_curl_easy_setopt(handle, option, value);
}
CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return our_curl_easy_setopt(handle, option, value);
}
CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return our_curl_easy_setopt(handle, option, value);
}
CURLcode ccurl_set_size(CURL *handle, CURLoption option, long long value) {
    return our_curl_easy_setopt(handle, option, (curl_off_t)value);
}
CURLcode ccurl_set_writer(CURL *handle, ccurl_writer writer, void *context) {
    CURLcode code = our_curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, writer);
    return code == CURLE_OK ? our_curl_easy_setopt(handle, CURLOPT_WRITEDATA, context) : code;
}

CURLcode ccurl_set_heading(CURL *handle, ccurl_writer writer, void *context) {
    CURLcode code = our_curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, writer);
    return code == CURLE_OK ? our_curl_easy_setopt(handle, CURLOPT_HEADERDATA, context) : code;
}
CURLcode ccurl_set_reader(CURL *handle, ccurl_reader reader, void *context) {
    CURLcode code = our_curl_easy_setopt(handle, CURLOPT_READFUNCTION, reader);
    return code == CURLE_OK ? our_curl_easy_setopt(handle, CURLOPT_READDATA, context) : code;
}

long long ccurl_retry_after(CURL *handle) {
    curl_off_t seconds = 0;
    our_curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &seconds);
    return seconds;
}

long ccurl_status(CURL *handle) {
    long status = 0;
    our_curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

CURLcode ccurl_result(CURLMsg *message) { return message->data.result; }
