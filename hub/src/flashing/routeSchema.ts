import { z } from 'zod';
import { BoardWifi, FlashJob, FlashPorts, FlashRequest, FlashStatus, ImageManifest } from './schema.ts';

/** What is called of flashing; part of the contract in api.ts. */
export const FLASHING_ROUTES = {
  flashPorts: {
    method: 'GET',
    path: '/api/flashing/ports',
    needs: 'devices.flash',
    summary: 'What is plugged into this hub, and whether it can be flashed from here',
    answer: FlashPorts,
    status: 200,
  },
  flashing: {
    method: 'GET',
    path: '/api/flashing',
    needs: 'devices.flash',
    summary: 'How far the board is that is flashed, or was last',
    answer: FlashStatus,
    status: 200,
  },
  startFlash: {
    method: 'POST',
    path: '/api/flashing',
    needs: 'devices.flash',
    summary: 'Compile for a board that is plugged into this hub, upload, pair it and bring it into the Wi-Fi',
    body: FlashRequest,
    answer: FlashJob,
    status: 201,
  },
  flashWifi: {
    method: 'POST',
    path: '/api/flashing/wifi',
    needs: 'devices.flash',
    summary: 'Another Wi-Fi or password for a board that could not join',
    body: BoardWifi,
    answer: FlashJob,
    status: 200,
  },
  stopFlash: {
    method: 'DELETE',
    path: '/api/flashing',
    needs: 'devices.flash',
    summary: 'Stop it, or forget one that is over',
    answer: z.void(),
    status: 204,
  },
  imageManifest: {
    method: 'GET',
    path: '/api/flashing/images/:id/manifest',
    needs: 'devices.flash',
    summary: 'A manifest for ESP Web Tools, when a merged image was built here',
    answer: ImageManifest,
    status: 200,
  },
  image: {
    method: 'GET',
    path: '/api/flashing/images/:id/image',
    needs: 'devices.flash',
    summary: 'The merged image, to be written to a board from its first byte on',
    gives: 'application/octet-stream',
    answer: z.unknown(),
    status: 200,
  },
} as const;
