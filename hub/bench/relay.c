/*
 * The floor that the hub is measured against: for each smoke message that says ON one siren command, and nothing else.
 * No registry, no rule, no storage. Readings are received and looked at, as by the others.
 *
 * usage: relay <port> <filter of states> <topic of the siren>
 */
#include <mosquitto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *siren_topic;
static const char *state_filter;
static const char SIREN_ON[] = "{\"state\":\"ON\"}";

static void on_connect(struct mosquitto *client, void *unused, int code) {
  (void)unused;
  if (code == 0) mosquitto_subscribe(client, NULL, state_filter, 1);
}

static void on_subscribe(struct mosquitto *client, void *unused, int id, int count, const int *granted) {
  (void)client, (void)unused, (void)id, (void)count, (void)granted;
  puts("ready");
  fflush(stdout);
}

static void on_message(struct mosquitto *client, void *unused, const struct mosquitto_message *message) {
  (void)unused;
  static const char smoke[] = "\"smoke\":\"ON\"";
  if (message->payload == NULL) return;
  if (memmem(message->payload, (size_t)message->payloadlen, smoke, sizeof smoke - 1) == NULL) return;
  mosquitto_publish(client, NULL, siren_topic, (int)sizeof SIREN_ON - 1, SIREN_ON, 1, false);
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  state_filter = argv[2];
  siren_topic = argv[3];
  mosquitto_lib_init();
  struct mosquitto *client = mosquitto_new(NULL, true, NULL);
  if (client == NULL) return 1;
  mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1);
  mosquitto_connect_callback_set(client, on_connect);
  mosquitto_subscribe_callback_set(client, on_subscribe);
  mosquitto_message_callback_set(client, on_message);
  if (mosquitto_connect(client, "127.0.0.1", atoi(argv[1]), 60) != MOSQ_ERR_SUCCESS) return 1;
  return mosquitto_loop_forever(client, -1, 1) == MOSQ_ERR_SUCCESS ? 0 : 1;
}
