import type { AirView, EntityView } from '@homeward/hub/api';
import { spanPhrase } from '../text/ages.ts';
import type { Phrase } from '../text/say.ts';
import { amountText, percentText } from './amounts.ts';

/** One line of a table of what follows from a sensor: what it is, and how much. */
export type MeasureLine = { readonly id: string; readonly name: Phrase; readonly value: Phrase | string };

/** The index of the US EPA ends here; what lies beyond it has no number. */
const AQI_MOST = 500;

const meanLines = ({ means }: AirView, { unit }: EntityView): readonly MeasureLine[] =>
  Object.entries(means)
    .toSorted(([, a], [, b]) => a.windowMs - b.windowMs)
    .map(([id, { windowMs, mean, coverage }]) => ({
      id: `mean-${id}`,
      name: { key: 'air.mean', with: { span: spanPhrase(windowMs) } },
      value:
        mean === null
          ? { key: 'air.tooLittle', with: { share: percentText(coverage) } }
          : amountText(mean, unit),
    }));

/** What the hub concludes from a sensor beside its value and the things with a place of their own (dose, outlook). */
export const measureLines = (air: AirView, entity: EntityView): readonly MeasureLine[] => [
  ...meanLines(air, entity),
  ...(air.aqi === null
    ? []
    : [
        {
          id: 'aqi',
          name: { key: 'air.aqi' },
          value: air.aqi > AQI_MOST ? { key: 'air.aqiBeyond' } : amountText(air.aqi, null),
        },
      ]),
  ...(air.heatIndex === null
    ? []
    : [{ id: 'heat-index', name: { key: 'air.heatIndex' }, value: amountText(air.heatIndex, '°C') }]),
  ...(air.mould === null
    ? []
    : [
        {
          id: 'mould',
          name: { key: 'air.mould.name' },
          value: { key: air.mould ? 'air.mould.damp' : 'air.mould.dry' },
        },
      ]),
];
