import type { Brand } from './brands.ts';
import type { Access, EspChip, GatewayConfig } from './gatewayAccess.ts';
import { esphomeConfig } from './gatewayConfigEsphome.ts';
import { tasmotaConfig } from './gatewayConfigTasmota.ts';
import { zigbeeConfig } from './gatewayConfigZigbee.ts';

/** Where Zigbee2MQTT keeps its data, by the way it was installed. Source: its installation guides, 2.x. */
export const ZIGBEE_FOLDERS = {
  linux: '/opt/zigbee2mqtt/data',
  docker: '/app/data',
  addon: '/config/zigbee2mqtt',
} as const;
export type ZigbeeFolder = keyof typeof ZIGBEE_FOLDERS;

export type Setting = { readonly base: string; readonly folder: ZigbeeFolder; readonly chip: EspChip };

/** The configuration for exactly that software; null: it has none that we know, so its key is entered by hand. */
export const gatewayConfig = (brand: Brand, access: Access, setting: Setting): GatewayConfig | null => {
  if (brand === 'zigbee') return zigbeeConfig(access, setting.base, ZIGBEE_FOLDERS[setting.folder]);
  if (brand === 'esphome') return esphomeConfig(access, setting.base, setting.chip);
  return brand === 'tasmota' ? tasmotaConfig(access, setting.base) : null;
};
