import {
  AirLimits,
  AirLimitsPatch,
  Calibration,
  CalibrationRequest,
  SensorTrace,
  WhatIf,
  WhatIfRequest,
} from './schema.ts';

/** What is called of the air; part of the contract in api.ts. */
export const AIR_ROUTES = {
  airLimits: {
    method: 'GET',
    path: '/api/air/limits',
    needs: 'air.see',
    summary: 'Every limit of the air as it holds now, with its source',
    answer: AirLimits,
    status: 200,
  },
  changeAirLimits: {
    method: 'PATCH',
    path: '/api/air/limits',
    needs: 'air.limits',
    summary: 'Choose the standard or own limits; they hold at once',
    body: AirLimitsPatch,
    answer: AirLimits,
    status: 200,
  },
  airWhatIf: {
    method: 'POST',
    path: '/api/air/whatif',
    needs: 'air.limits',
    summary:
      'What a limit would have done in the last 30 days, before it is saved. Takes seconds; hang up to call it off',
    body: WhatIfRequest,
    answer: WhatIf,
    status: 200,
  },
  airSensor: {
    method: 'GET',
    path: '/api/air/sensors/:id',
    needs: 'air.see',
    summary: 'Why a sensor alarms, or why not: how each of its limits stands',
    answer: SensorTrace,
    status: 200,
  },
  calibrate: {
    method: 'POST',
    path: '/api/air/sensors/:id/calibrations',
    needs: 'air.calibrate',
    summary: 'An oxygen cell is in outdoor air now, and has been for five minutes',
    body: CalibrationRequest,
    answer: Calibration,
    status: 201,
  },
} as const;
