#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "esp_err.h"
typedef void* httpd_handle_t;
typedef enum { HTTP_GET = 1, HTTP_POST = 3 } httpd_method_t;
typedef struct {
  size_t content_len;
  void* user_ctx;
} httpd_req_t;
typedef struct {
  const char* uri;
  httpd_method_t method;
  esp_err_t (*handler)(httpd_req_t* request);
  void* user_ctx;
} httpd_uri_t;
typedef struct {
  size_t stack_size;
  uint16_t max_open_sockets;
  bool lru_purge_enable;
} httpd_config_t;
#define HTTPD_DEFAULT_CONFIG() \
  { 4096, 7, false }
extern "C" {
esp_err_t httpd_start(httpd_handle_t* out, const httpd_config_t* config);
esp_err_t httpd_stop(httpd_handle_t server);
esp_err_t httpd_register_uri_handler(httpd_handle_t server, const httpd_uri_t* uri);
int httpd_req_recv(httpd_req_t* request, char* out, size_t room);
esp_err_t httpd_resp_set_type(httpd_req_t* request, const char* type);
esp_err_t httpd_resp_set_status(httpd_req_t* request, const char* status);
esp_err_t httpd_resp_send(httpd_req_t* request, const char* text, ssize_t length);
}
