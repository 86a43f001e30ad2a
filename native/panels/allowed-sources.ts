import { BlockList, isIP } from 'node:net';

/** Decides by the address of a peer. */
export type SourceCheck = (address: string | undefined) => boolean;

/** An IPv4 address mapped into IPv6 (`::ffff:10.0.0.1`) as the plain one. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/**
 * Who may report: addresses (`192.168.1.40`, `fd00::1`) and ranges (`192.168.1.0/24`). An empty list lets nobody in.
 * Throws a `RangeError` for an entry that is neither: that is a mistake of the configuration, found at the start.
 */
export const createSourceCheck = (allowed: readonly string[]): SourceCheck => {
  const list = new BlockList();
  for (const entry of allowed) {
    const [address = '', bits] = plain(entry).split('/');
    const family = isIP(address);
    const width = family === 4 ? 32 : 128;
    const prefix = bits === undefined ? width : Number(bits);
    if (family === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > width) {
      throw new RangeError(`not an address or range: ${entry}`);
    }
    list.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6');
  }
  return (address) => {
    if (address === undefined) return false;
    const peer = plain(address);
    const family = isIP(peer);
    return family !== 0 && list.check(peer, family === 4 ? 'ipv4' : 'ipv6');
  };
};
