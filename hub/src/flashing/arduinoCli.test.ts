import { describe, expect, it } from 'vitest';
import {
  readCompiled,
  readPorts,
  readUploaded,
  readVersion,
  type ToolAnswer,
  toolArgs,
  uploadShare,
} from './arduinoCli.ts';
import { toolEnvironment } from './toolEnvironment.ts';

const said = (exit: number | null, out: unknown = '', err: unknown = ''): ToolAnswer => ({
  exit,
  out: typeof out === 'string' ? out : JSON.stringify(out, null, 2),
  err: typeof err === 'string' ? err : JSON.stringify(err, null, 2),
});
const version = (text: string): ToolAnswer =>
  said(0, { Application: 'arduino-cli', VersionString: text, Commit: '0123abcd', Status: '', Date: '' });

const PLACE = { sketch: 'firmware/air_node', output: 'out', port: '/dev/ttyUSB0', jobs: null };

describe('arduino-cli is called', () => {
  it('with the profile of the sketch, and nothing that is secret', () => {
    expect(toolArgs('compile', PLACE)).toEqual(
      'compile --profile esp32 --json --output-dir out firmware/air_node'.split(' '),
    );
    expect(toolArgs('compile', { ...PLACE, jobs: 1 })).toContain('--jobs');
    expect(toolArgs('upload', PLACE)).toEqual(
      'upload --profile esp32 --input-dir out --port /dev/ttyUSB0 firmware/air_node'.split(' '),
    );
    expect(toolArgs('ports', PLACE)).toEqual(['board', 'list', '--json']);
    expect(toolArgs('version', PLACE)).toEqual(['version', '--json']);
  });

  it('without what our environment holds for us alone', () => {
    const given = toolEnvironment({
      PATH: '/usr/bin',
      HOME: '/var/lib/homeward',
      HOMEWARD_MQTT_URL: 'mqtt://hub:secret@broker',
      LANG: 'de_DE.UTF-8',
      https_proxy: undefined,
      ARDUINO_DIRECTORIES_DATA: '/data',
    });
    expect(given).toEqual({
      PATH: '/usr/bin',
      HOME: '/var/lib/homeward',
      ARDUINO_DIRECTORIES_DATA: '/data',
      LC_ALL: 'C.UTF-8',
      ARDUINO_LOCALE: 'en',
      ARDUINO_UPDATER_ENABLE_NOTIFICATION: 'false',
      NO_COLOR: '1',
    });
  });
});

describe('its exit code', () => {
  it.each([
    [null, 'tool-missing'],
    [127, 'tool-missing'],
    [3, 'tool-config'],
    [5, 'tool-network'],
    [6, 'tool-config'],
    [7, 'tool-broken'],
    [10, 'tool-config'],
    [126, 'tool-broken'],
  ] as const)('%s means the same whatever was asked: %s', (exit, failure) => {
    const answer = said(exit, '', { error: 'in its own words' });
    for (const read of [readVersion, readPorts, readCompiled, readUploaded]) {
      expect(read(answer)).toMatchObject({ failure });
    }
    if (exit !== null) expect(readVersion(answer)).toMatchObject({ detail: 'in its own words' });
  });
});

describe('its version', () => {
  it.each([
    '1.3.0',
    '1.5.1',
    'v1.4.2-rc.1',
    '2.0.0',
    '10.0.0',
    '0.0.0-git',
    'nightly-20260721',
    'git-snapshot',
  ])('is new enough: %s', (text) => {
    expect(readVersion(version(text))).toEqual({ version: text });
  });

  it.each(['1.2.9', '1.0.0', '0.35.3', '1.2.2-rc.1'])('is too old: %s', (text) => {
    expect(readVersion(version(text))).toEqual({ failure: 'tool-old', detail: text });
  });

  it.each([
    said(0, 'arduino-cli  Version: 1.5.1'),
    said(0, { Version: 1 }),
    said(1, '', 'no'),
    said(0, 'null'),
  ])('is asked of something else: %j', (answer) => {
    expect(readVersion(answer)).toMatchObject({ failure: 'tool-broken' });
  });
});

describe('its ports', () => {
  const port = (address: string, protocol: string, label: string, boards: unknown[] = []) => ({
    matching_boards: boards,
    port: { address, label: address, protocol, protocol_label: label, properties: {}, hardware_id: '' },
  });

  it('are the serial ones, each with what it says of itself', () => {
    const list = [
      port('/dev/ttyUSB0', 'serial', 'Serial Port (USB)'),
      port('192.168.1.9', 'network', 'Network Port'),
      port('/dev/ttyACM0', 'serial', 'Serial Port (USB)', [{ name: 'ESP32 Family Device', fqbn: 'x' }]),
      null,
      { port: 7 },
    ];
    expect(readPorts(said(0, { detected_ports: list }))).toEqual({
      ports: [
        { address: '/dev/ttyUSB0', label: 'Serial Port (USB)' },
        { address: '/dev/ttyACM0', label: 'ESP32 Family Device' },
      ],
    });
  });

  it('are none when nothing is plugged in', () => {
    expect(readPorts(said(0, { detected_ports: [] }))).toEqual({ ports: [] });
    expect(readPorts(said(0, {}))).toEqual({ ports: [] });
    expect(readPorts(said(1, '', { error: 'no data folder' }))).toMatchObject({ failure: 'tool-broken' });
    expect(readPorts(said(0, { detected_ports: 1 }))).toMatchObject({ failure: 'tool-broken' });
  });
});

describe('a compilation', () => {
  const compiled = (more: object, exit = 0): ToolAnswer =>
    said(exit, { compiler_out: '', compiler_err: '', builder_result: null, success: false, ...more });

  it('tells for which chip it is', () => {
    const build_properties = ['build.arch=ESP32', 'build.mcu=esp32c3'];
    expect(readCompiled(compiled({ success: true, builder_result: { build_properties } }))).toEqual({
      chip: 'esp32c3',
    });
    expect(readCompiled(compiled({ success: true }))).toEqual({ chip: null });
  });

  it('that fails shows the first error of the compiler', () => {
    const compiler_err = 'warning: old\nair_node.ino:7:3: error: no such sensor\n   7 |   sensor();';
    const read = readCompiled(compiled({ compiler_err, error: 'Error during build: exit status 1' }, 1));
    expect(read).toEqual({
      failure: 'compile-failed',
      detail: 'air_node.ino:7:3: error: no such sensor\n   7 |   sensor();',
    });
  });

  it('without the core says so', () => {
    const error = "Error during build: Platform 'esp32:esp32@3.3.7' not found";
    expect(readCompiled(compiled({ error }, 1))).toEqual({ failure: 'core-missing', detail: error });
  });

  it('that cannot even begin is told in its own words', () => {
    const error = 'Profile esp32 not found';
    expect(readCompiled(said(1, '', { error }))).toEqual({ failure: 'compile-failed', detail: error });
    expect(readCompiled(said(1, '', 'panic'))).toEqual({ failure: 'compile-failed', detail: 'panic' });
    expect(readCompiled(said(0, 'yes'))).toMatchObject({ failure: 'tool-broken', detail: 'yes' });
  });

  it('that says a book is cut short', () => {
    const read = readCompiled(compiled({ compiler_err: `error: ${'x'.repeat(9_000)}` }, 1));
    expect('detail' in read && read.detail?.length).toBe(1_500);
  });
});

describe('an upload', () => {
  const OPEN = "A fatal error occurred: Could not open /dev/ttyUSB0, the port is busy or doesn't exist.";
  it.each([
    [`${OPEN}\n([Errno 13] could not open port /dev/ttyUSB0: [Errno 13] Permission denied`, 'port-forbidden'],
    [`${OPEN}\n([Errno 2] could not open port /dev/ttyUSB0: [Errno 2] No such file or dir`, 'port-gone'],
    [`${OPEN}\n([Errno 11] Could not exclusively lock port /dev/ttyUSB0: [Errno 11] Reso`, 'port-busy'],
    [`${OPEN}\n([Errno 16] could not open port /dev/ttyUSB0: [Errno 16] Device or resour`, 'port-busy'],
    [OPEN, 'port-busy'],
    ['A fatal error occurred: Failed to connect to ESP32: No serial data received.', 'board-not-ready'],
    ['A fatal error occurred: Failed to connect to ESP32-C3: Wrong boot mode detected', 'board-not-ready'],
    ['serial.serialutil.SerialException: write failed: [Errno 5] Input/output error', 'unplugged'],
    ['device reports readiness to read but returned no data (device disconnected or', 'unplugged'],
    ['A fatal error occurred: MD5 of file does not match data in flash!', 'upload-failed'],
    ['', 'upload-failed'],
  ] as const)('that fails with %j: %s', (words, failure) => {
    expect(readUploaded(said(1, 'esptool v5.1.0', words))).toMatchObject({ failure });
  });

  it('that ends well has no failure', () => {
    expect(readUploaded(said(0, 'Hash of data verified.'))).toBeNull();
  });

  it.each([
    ['Writing at 0x00010000... (3 %)', 0.03],
    ['Writing at 0x00010000... (3 %)\nWriting at 0x0002a4c1... (57 %)\n', 0.57],
    ['Writing at 0x000bc000 [=====>    ]  42.3% 4096/9680 bytes...\rWri', 0.423],
    ['Writing at 0x00001000... (100 %)', null],
    ['Writing at 0x0000e000... (100 %)\nWriting at 0x00010000... (0 %)', 0],
    ['Compressed 1085 bytes to 40 (4 %)', null],
    ['Writing at 0x00010000... (300 %)', 1],
    ['', null],
  ] as const)('tells how far it is: %j', (text, share) => {
    expect(uploadShare(text)).toBe(share);
  });
});
