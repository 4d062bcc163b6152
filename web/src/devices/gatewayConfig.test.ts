import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Access } from './gatewayAccess.ts';
import { gatewayConfig, type Setting } from './gatewayConfig.ts';
import { yamlPem, yamlText } from './gatewayConfigYaml.ts';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB+/a=\n-----END CERTIFICATE-----\n';
const ACCESS: Access = {
  host: '192.168.1.5',
  port: 8883,
  tls: true,
  plainPort: 1883,
  ca: PEM,
  username: 'zigbee-attic-48211',
  password: '-aB3_x',
};
const SETTING: Setting = { base: 'zigbee2mqtt', folder: 'linux', chip: 'esp32' };

describe('the configuration for Zigbee2MQTT', () => {
  it('is what stands in configuration.yaml', () => {
    const config = gatewayConfig('zigbee', ACCESS, SETTING);
    expect(config?.text).toBe(`homeassistant:
  enabled: true
availability:
  enabled: true
mqtt:
  base_topic: "zigbee2mqtt"
  server: "mqtts://192.168.1.5:8883"
  ca: "/opt/zigbee2mqtt/data/homeward-ca.crt"
  user: "zigbee-attic-48211"
  password: "-aB3_x"
`);
    expect(config?.caPath).toBe('/opt/zigbee2mqtt/data/homeward-ca.crt');
    expect(config?.cautions).toEqual([]);
  });

  it.each([
    ['docker', '/app/data/homeward-ca.crt'],
    ['addon', '/config/zigbee2mqtt/homeward-ca.crt'],
  ] as const)('names the authority where %s keeps its data', (folder, path) => {
    expect(gatewayConfig('zigbee', ACCESS, { ...SETTING, folder })?.text).toContain(`ca: "${path}"`);
  });

  it('needs no authority on a broker without TLS, and says that the key can be read on its way', () => {
    const config = gatewayConfig('zigbee', { ...ACCESS, tls: false, port: 1883, ca: null }, SETTING);
    expect(config?.text).toContain('server: "mqtt://192.168.1.5:1883"');
    expect(config?.text).not.toContain('ca:');
    expect(config?.cautions).toEqual(['plain']);
  });

  it('writes an IPv6 address as a URL has it, and warns of names that only some can look up', () => {
    expect(gatewayConfig('zigbee', { ...ACCESS, host: 'fd00::5' }, SETTING)?.text).toContain(
      'mqtts://[fd00::5]:8883',
    );
    expect(gatewayConfig('zigbee', { ...ACCESS, host: 'hub.local' }, SETTING)?.cautions).toEqual([
      'localName',
    ]);
  });
});

describe('the configuration for ESPHome', () => {
  const setting: Setting = { ...SETTING, base: 'bedroom-air' };

  it('has TLS and the authority where the framework can check it', () => {
    const config = gatewayConfig('esphome', ACCESS, setting);
    expect(config?.text).toBe(`mqtt:
  broker: "192.168.1.5"
  port: 8883
  username: "zigbee-attic-48211"
  password: "-aB3_x"
  topic_prefix: "bedroom-air"
  discovery: true
  discovery_unique_id_generator: mac
  discover_ip: false
  log_topic: null
  certificate_authority: |-
    -----BEGIN CERTIFICATE-----
    MIIB+/a=
    -----END CERTIFICATE-----
`);
    expect(config?.cautions).toEqual([]);
  });

  it('uses the port without TLS on other chips, and says so', () => {
    const config = gatewayConfig('esphome', ACCESS, { ...setting, chip: 'other' });
    expect(config?.text).toContain('port: 1883');
    expect(config?.text).not.toContain('certificate_authority');
    expect(config?.cautions).toEqual(['plain']);
  });

  it('says when the broker has no port that such a chip could use', () => {
    const config = gatewayConfig('esphome', { ...ACCESS, plainPort: null }, { ...setting, chip: 'other' });
    expect(config?.cautions).toEqual(['noPlainPort']);
  });
});

describe('the line for Tasmota', () => {
  const setting: Setting = { ...SETTING, base: 'kettle' };

  it('sets broker, login, topics and its announcement', () => {
    expect(gatewayConfig('tasmota', ACCESS, setting)?.text).toBe(
      'Backlog MqttHost 192.168.1.5; MqttPort 1883; MqttUser zigbee-attic-48211; MqttPassword -aB3_x; ' +
        'Topic kettle; FullTopic %prefix%/%topic%/; SetOption3 1; SetOption19 0\n',
    );
  });

  it.each(['a;b', 'a b', 'a"b', 'a\\b', 'a\nb'])(
    'is not written when %j would end or change a command',
    (password) => {
      const config = gatewayConfig('tasmota', { ...ACCESS, password }, setting);
      expect(config?.text).toBe('');
      expect(config?.cautions).toContain('byHand');
    },
  );
});

it('other software gets its key by hand', () => {
  expect(gatewayConfig('other', ACCESS, SETTING)).toBeNull();
});

describe('a text in YAML', () => {
  it('stays one value on one line, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = yamlText(text);
        expect(JSON.parse(written)).toBe(text);
        expect(written).toMatch(
          /^"[\x20-\x7e\u00a1-\u2027\u202a-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*"$/u,
        );
      }),
    );
  });

  it.each(['a: b', '# no', '"', '\\', 'x\ny: z', '\u2028', '\u0085', '!secret a', '*a', '&a', '{', '- a'])(
    '%j breaks out of nothing',
    (text) => {
      const config = gatewayConfig('zigbee', { ...ACCESS, password: text }, SETTING);
      expect(config?.text.split('\n')).toHaveLength(11);
    },
  );

  it('lets nothing but certificates into a certificate', () => {
    const block = yamlPem(`${PEM}mqtt:\n  broker: evil\n# x\n`, 4);
    expect(block.split('\n')).toEqual(
      PEM.trim()
        .split('\n')
        .map((line) => `    ${line}`),
    );
  });
});
