import { z } from 'zod';
import { Upkeep } from './healthSchema.ts';
import { CommandRequest, DevicePatch, Pairing, PairingRequest } from './requestSchema.ts';
import { DeviceAnnouncement, DeviceList, DeviceView, EntityView } from './schema.ts';

/** What is called of devices; part of the contract in api.ts. */
export const DEVICE_ROUTES = {
  pair: {
    method: 'POST',
    path: '/api/pairings',
    needs: 'devices.pair',
    summary: 'Give a board or gateway its own broker identity',
    body: PairingRequest,
    answer: Pairing,
    status: 201,
  },
  devices: {
    method: 'GET',
    path: '/api/devices',
    needs: 'devices.see',
    summary: 'All devices',
    answer: DeviceList,
    status: 200,
  },
  correctDevice: {
    method: 'PATCH',
    path: '/api/devices/:id',
    needs: 'devices.change',
    summary: 'Rename, move, correct a quantity',
    body: DevicePatch,
    answer: DeviceView,
    status: 200,
  },
  removeDevice: {
    method: 'DELETE',
    path: '/api/devices/:id',
    needs: 'devices.remove',
    summary: 'Remove a device and end its session',
    answer: z.void(),
    status: 204,
  },
  command: {
    method: 'POST',
    path: '/api/entities/:id/command',
    needs: 'devices.command',
    summary: 'Have an entity do something; what it then says is its state',
    body: CommandRequest,
    answer: z.void(),
    status: 202,
  },
  upkeep: {
    method: 'PATCH',
    path: '/api/entities/:id/upkeep',
    needs: 'devices.upkeep',
    summary: 'When a sensor was made, that it was tested just now, or that nobody relies on it any more',
    body: Upkeep,
    answer: EntityView,
    status: 200,
  },
  announcement: {
    method: 'GET',
    path: '/api/devices/:id/announcement',
    needs: 'devices.see',
    summary: 'What a device announced of itself',
    answer: DeviceAnnouncement,
    status: 200,
  },
  picture: {
    method: 'GET',
    path: '/api/entities/:id/picture',
    needs: 'cameras.see',
    summary: 'The last picture of a camera or an image',
    gives: 'image/*',
    answer: z.unknown(),
    status: 200,
  },
} as const;
