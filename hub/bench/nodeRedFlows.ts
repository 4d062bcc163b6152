import { countTopics, type Place, sirenTopic, stateFilter } from './contestant.ts';

const connected = (place: Place): readonly object[] => [
  { id: 'tab', type: 'tab', label: 'Smoke' },
  {
    id: 'broker',
    type: 'mqtt-broker',
    broker: '127.0.0.1',
    port: String(place.brokerPort),
    clientid: '',
    autoConnect: true,
    protocolVersion: '4',
    keepalive: '60',
    cleansession: true,
  },
  {
    id: 'in',
    type: 'mqtt in',
    z: 'tab',
    topic: stateFilter(place),
    qos: '1',
    datatype: 'json',
    broker: 'broker',
    wires: [['rule']],
  },
  {
    id: 'out',
    type: 'mqtt out',
    z: 'tab',
    topic: sirenTopic(place),
    qos: '1',
    retain: 'false',
    broker: 'broker',
    wires: [],
  },
];

const SMOKE = `
if (msg.payload && msg.payload.smoke === 'ON') return { payload: '{"state":"ON"}' };
return null;
`;

/** mqtt in → function → mqtt out: smoke is answered, a reading is looked at and thrown away. The least there can be. */
export const smokeFlow = (place: Place): readonly object[] => [
  ...connected(place),
  { id: 'rule', type: 'function', z: 'tab', func: SMOKE, outputs: 1, wires: [['out']] },
];

/** What the hub does with each reading but storing it: the last value is known, and it is held against a limit. */
const READING = `
const known = flow.get('known') || {};
known[msg.topic] = { value: msg.payload.co2, at: Date.now() };
known.count = (known.count || 0) + 1;
flow.set('known', known);
if (msg.payload.co2 > 1000) node.warn(msg.topic);
return null;
`;

/** Nobody asks while readings come. */
const COUNT = `return { payload: String((flow.get('known') || {}).count || 0) };`;

const counter = (place: Place): readonly object[] => [
  {
    id: 'asked',
    type: 'mqtt in',
    z: 'tab',
    topic: countTopics(place).asked,
    qos: '1',
    broker: 'broker',
    wires: [['count']],
  },
  { id: 'count', type: 'function', z: 'tab', func: COUNT, outputs: 1, wires: [['told']] },
  {
    id: 'told',
    type: 'mqtt out',
    z: 'tab',
    topic: countTopics(place).told,
    qos: '1',
    retain: 'false',
    broker: 'broker',
    wires: [],
  },
];

const isSmoke = { t: 'eq', v: 'ON', vt: 'str' };
const sound = { t: 'set', p: 'payload', pt: 'msg', to: '{"state":"ON"}', tot: 'str' };

/** The same job as the hub's, from Node-RED's own nodes: switch → change → mqtt out, and a function for the readings. */
export const houseFlow = (place: Place): readonly object[] => [
  ...connected(place),
  {
    id: 'rule',
    type: 'switch',
    z: 'tab',
    property: 'payload.smoke',
    propertyType: 'msg',
    rules: [isSmoke, { t: 'else' }],
    checkall: 'false',
    repair: false,
    outputs: 2,
    wires: [['sound'], ['reading']],
  },
  { id: 'sound', type: 'change', z: 'tab', rules: [sound], wires: [['out']] },
  { id: 'reading', type: 'function', z: 'tab', func: READING, outputs: 0, wires: [] },
  ...counter(place),
];
