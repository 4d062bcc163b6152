import { describe, expect, it } from 'vitest';
import { configOf, faultOf, listen, sent } from '../../../test/announcedConfig.ts';
import { answers, assumedBy, controlOf } from '../platform.ts';

const NEWER = '{"installed_version":"1.0","latest_version":"1.1"}';

describe('an update tells', () => {
  it.each<[object, string, unknown]>([
    [{}, NEWER, { value: true, attributes: { installedVersion: '1.0', latestVersion: '1.1' } }],
    [
      {},
      '{"installed_version":2,"latest_version":"2"}',
      { value: false, attributes: { installedVersion: '2', latestVersion: '2' } },
    ],
    [{}, '{"installed_version":"1.0"}', { value: null, attributes: { installedVersion: '1.0' } }],
    [{}, '1.0', { value: null, attributes: { installedVersion: '1.0' } }],
    [
      {},
      '{"in_progress":true,"update_percentage":40}',
      { value: null, attributes: { inProgress: true, percentage: 40 } },
    ],
    [{}, '{"update_percentage":null}', { value: null, attributes: { percentage: null } }],
    // A template prints "None" where the device does not know yet.
    [
      {},
      '{"installed_version":"1","latest_version":"None"}',
      { value: null, attributes: { installedVersion: '1', latestVersion: null } },
    ],
    [
      { title: 'Firmware', release_url: 'https://example.org/a' },
      '{"title":"Other","release_summary":"Fixes","entity_picture":"http://x/y.png"}',
      {
        value: null,
        attributes: { title: 'Firmware', releaseSummary: 'Fixes', releaseUrl: 'https://example.org/a' },
      },
    ],
    // Nobody is sent there.
    [
      { release_url: 'javascript:alert(1)' },
      '{"release_url":"data:text/html,x"}',
      { value: null, attributes: { releaseUrl: null } },
    ],
    // One odd key spoils all.
    [{}, '{"installed_version":"1","latest_version":null}', 'drop bad-update-key'],
    [{}, '{"installed_version":"1","color":"red"}', 'drop bad-update-key'],
    [{}, '{"installed_version":"1","constructor":1}', 'drop bad-update-key'],
    [{}, '{"installed_version":"1","in_progress":"yes"}', 'drop bad-update-key'],
    [{}, '{"installed_version":"1","update_percentage":101}', 'drop bad-update-key'],
    [{}, '{"installed_version":{}}', 'drop bad-update-key'],
    [{}, `{"release_summary":"${'x'.repeat(256)}"}`, 'drop bad-update-key'],
    [{}, 'x'.repeat(256), 'drop text-too-long'],
    [{}, '{"installed_version":"1","installed_version":"2"}', 'drop odd-key'],
  ])('%j: %s', (options, payload, expected) => {
    expect(listen('update', options)('s', payload)).toEqual(expected);
  });

  it('whether there is a newer version, although both come apart', () => {
    const hear = listen('update', {
      latest_version_topic: 'l',
      latest_version_template: '{{ value_json.v }}',
    });
    expect(hear('s', '1.0')).toMatchObject({ value: null });
    expect(hear('l', '{"v":"1.1"}')).toEqual({ value: true, attributes: { latestVersion: '1.1' } });
    expect(hear('s', '1.1')).toEqual({ value: false, attributes: { installedVersion: '1.1' } });
    expect(hear('l', `{"v":"${'x'.repeat(256)}"}`)).toBe('drop text-too-long');
  });
});

describe('an update is installed', () => {
  const READY = { payload_install: '{"id": "0x1"}' };

  it('where its topic and its payload are known', () => {
    expect(controlOf(configOf('update', READY))).toEqual({ is: 'update' });
    expect(sent('update', READY, { do: 'install' })).toEqual(['c {"id": "0x1"}']);
    expect(sent('update', READY, { do: 'press' })).toBe('refused not-offered');
    expect(controlOf(configOf('update', {}))).toBeNull();
    expect(sent('update', {}, { do: 'install' })).toBe('refused no-command');
    expect(faultOf('update', READY)).toBe('refused bad-option: state_topic');
  });

  it('once it says that it does it, or has done it', () => {
    const config = configOf('update', READY);
    expect(answers(config, { do: 'install' }, { value: true, attributes: { inProgress: true } })).toBe(true);
    expect(answers(config, { do: 'install' }, { value: false, attributes: {} })).toBe(true);
    expect(answers(config, { do: 'install' }, { value: true, attributes: {} })).toBe(false);
    expect(assumedBy(config, { do: 'install' })).toBeNull();
  });
});
