/** Addresses of a camera, as people write them. */
import { parseStreamAddress } from '../../../electron/contract/kernel/stream-address.ts';

/** A device's service. */
const DEVICE = /^https?:\/\/[^\s/]+(\/\S*)?$/;
/** An address as people write it: `192.168.1.64` and `192.168.1.64:8080` are the device's service there (ONVIF Core 5.2). */
export const deviceAddress = (text: string): string => {
  const bare = /^([\w.-]+|\[[0-9a-fA-F:]+\])(:\d{1,5})?(\/\S*)?$/.exec(text.trim());
  if (bare === null) return text.trim();
  const [, host = '', port = '', path = '/onvif/device_service'] = bare;
  return `http://${host}${port}${path === '/' ? '/onvif/device_service' : path}`;
};
/** What is wrong with a stream's address, or `null`. */
export const wrongStream = (text: string): 'badUrl' | 'ambiguous' | null => {
  const read = parseStreamAddress(text);
  return read.ok ? null : read.error.kind;
};

/** Whether this can be the address of a device's service. */
export const isDevice = (text: string): boolean => DEVICE.test(deviceAddress(text));
