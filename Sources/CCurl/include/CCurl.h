#include <curl/curl.h>
#include <stdbool.h>

/* libcurl, taken in when the first request needs it: with the libraries behind it, it would double what an exchange that asks nobody
   keeps in memory. Each function is curl's own of the name after `c`; the setters are one for each type, which Swift cannot choose. */

/* Takes libcurl in and prepares it, once; false where it is not installed, or refuses. Not for two threads at a time. */
bool ccurl_load(void);

CURL *ccurl_easy_init(void);
void ccurl_easy_cleanup(CURL *handle);
const char *ccurl_easy_strerror(CURLcode code);
struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *text);
void ccurl_slist_free_all(struct curl_slist *list);

CURLM *ccurl_multi_init(void);
CURLMcode ccurl_multi_cleanup(CURLM *multi);
CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *handle);
CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *handle);
CURLMcode ccurl_multi_perform(CURLM *multi, int *running);
CURLMsg *ccurl_multi_info_read(CURLM *multi, int *left);
CURLMcode ccurl_multi_poll(CURLM *multi, int milliseconds);
CURLMcode ccurl_multi_wakeup(CURLM *multi);
CURLMcode ccurl_limit(CURLM *multi, CURLMoption option, long value);

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value);
CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value);
CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value);
CURLcode ccurl_set_size(CURL *handle, CURLoption option, long long value);

typedef size_t (*ccurl_writer)(char *, size_t, size_t, void *);
CURLcode ccurl_set_writer(CURL *handle, ccurl_writer writer, void *context);

/* Where header lines go; of a mail server: its answers. */
CURLcode ccurl_set_heading(CURL *handle, ccurl_writer writer, void *context);

typedef size_t (*ccurl_reader)(char *, size_t, size_t, void *);
CURLcode ccurl_set_reader(CURL *handle, ccurl_reader reader, void *context);

/* Seconds that the server asks to be left alone; 0 where it asks for nothing. */
long long ccurl_retry_after(CURL *handle);

long ccurl_status(CURL *handle);
CURLcode ccurl_result(CURLMsg *message);
