import {
  type Access,
  type Caution,
  type EspChip,
  type GatewayConfig,
  localName,
  plainPort,
} from './gatewayAccess.ts';
import { yamlPem, yamlText } from './gatewayConfigYaml.ts';

/**
 * ESPHome: the `mqtt:` block of a node. `certificate_authority` is there with ESP-IDF only, so any other chip speaks
 * without TLS. Its search by address and its log would use topics that are not its own, or fill the broker's disk with
 * retained lines: both are off. Ids made of its MAC stay apart when two nodes have entities of the same name.
 * Source: esphome.io, MQTT client component.
 */
export const esphomeConfig = (access: Access, base: string, chip: EspChip): GatewayConfig => {
  const { host, tls, ca, username, password } = access;
  const secure = chip === 'esp32' && tls && ca !== null;
  const plain = plainPort(access);
  const lines = [
    'mqtt:',
    `  broker: ${yamlText(host)}`,
    `  port: ${secure ? access.port : plain.port}`,
    `  username: ${yamlText(username)}`,
    `  password: ${yamlText(password)}`,
    `  topic_prefix: ${yamlText(base)}`,
    '  discovery: true',
    '  discovery_unique_id_generator: mac',
    '  discover_ip: false',
    '  log_topic: null',
    ...(secure ? ['  certificate_authority: |-', yamlPem(ca, 4)] : []),
  ];
  const cautions: readonly Caution[] = secure ? [] : plain.cautions;
  // It puts its substitutions in wherever a dollar sign stands.
  const byHand: readonly Caution[] = [host, username, password, base].some((text) => text.includes('$'))
    ? ['byHand']
    : [];
  return {
    file: `${base.replace(/[^a-z0-9_-]+/gi, '-')}-mqtt.yaml`,
    text: `${lines.join('\n')}\n`,
    caPath: null,
    cautions: [...localName(host), ...cautions, ...byHand],
  };
};
