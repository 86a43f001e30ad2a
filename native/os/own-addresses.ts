import { networkInterfaces } from 'node:os';
import type { OwnAddress } from '../../electron/station/ports/devices.port.ts';

/** The IPv4 addresses under which other devices can reach this machine, each with the system's name of its interface. */
export const ownAddresses = (): readonly OwnAddress[] =>
  Object.entries(networkInterfaces()).flatMap(([name, entries]) =>
    (entries ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => ({ address, name })),
  );
