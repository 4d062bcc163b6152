import { type Access, type Caution, type GatewayConfig, localName, plainPort } from './gatewayAccess.ts';

/** What would end or change a command of its console. */
const UNSAFE = /[\s;"\\]|\p{Cc}/u;

/**
 * Tasmota: one line for its console. `SetOption19 0` has it announce itself under `tasmota/discovery`: releases since 12
 * know no other announcement. Its usual topics are put back, for it may use no others. Its releases for ESP8266 have no
 * TLS, so it speaks without. Source: tasmota.github.io/docs, Commands and TLS.
 */
export const tasmotaConfig = (access: Access, base: string): GatewayConfig => {
  const { host, username, password } = access;
  const { port, cautions } = plainPort(access);
  const commands = [
    `MqttHost ${host}`,
    `MqttPort ${port}`,
    `MqttUser ${username}`,
    `MqttPassword ${password}`,
    `Topic ${base}`,
    'FullTopic %prefix%/%topic%/',
    'SetOption3 1',
    'SetOption19 0',
  ];
  const byHand: readonly Caution[] = [host, username, password, base].some((text) => UNSAFE.test(text))
    ? ['byHand']
    : [];
  return {
    file: 'tasmota-console.txt',
    text: byHand.length > 0 ? '' : `Backlog ${commands.join('; ')}\n`,
    caPath: null,
    cautions: [...localName(host), ...cautions, ...byHand],
  };
};
