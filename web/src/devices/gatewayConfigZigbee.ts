import { type Access, CA_FILE, type GatewayConfig, localName, urlHost } from './gatewayAccess.ts';
import { yamlText } from './gatewayConfigYaml.ts';

/**
 * Zigbee2MQTT 2.x: the lines of `configuration.yaml`. Discovery has its own section there since 2.0; availability is
 * asked for too, for without it a dead sensor would be missed only when it is needed.
 * Source: zigbee2mqtt.io, configuration, MQTT and Home Assistant integration.
 */
export const zigbeeConfig = (access: Access, base: string, folder: string): GatewayConfig => {
  const { host, port, tls, ca, username, password } = access;
  const caPath = tls && ca !== null ? `${folder}/${CA_FILE}` : null;
  const lines = [
    'homeassistant:',
    '  enabled: true',
    'availability:',
    '  enabled: true',
    'mqtt:',
    `  base_topic: ${yamlText(base)}`,
    `  server: ${yamlText(`${tls ? 'mqtts' : 'mqtt'}://${urlHost(host)}:${port}`)}`,
    ...(caPath === null ? [] : [`  ca: ${yamlText(caPath)}`]),
    `  user: ${yamlText(username)}`,
    `  password: ${yamlText(password)}`,
  ];
  return {
    file: 'configuration.yaml',
    text: `${lines.join('\n')}\n`,
    caPath,
    // It takes "!word word" for a reference to another file.
    cautions: [
      ...localName(host),
      ...(tls ? [] : (['plain'] as const)),
      ...(/!.* ./.test(`${username}\n${password}`) ? (['byHand'] as const) : []),
    ],
  };
};
