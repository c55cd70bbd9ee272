/** Which addresses a server may call when a user gave the name: those of the public internet, in whatever form they come. */
import { BlockList, isIP } from 'node:net';

// Private, local, link-local, shared, documentation, benchmark, multicast and reserved networks (RFC 6890 and its heirs).
const IPV4_BLOCKED = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

// Also all that carry an IPv4 address inside: mapped, translated (NAT64), 6to4 and Teredo.
const IPV6_BLOCKED = [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const;

// Two lists: one that holds the mapped addresses of IPv6 takes every IPv4 address for one of them.
const blocked4 = new BlockList();
const blocked6 = new BlockList();
for (const [network, bits] of IPV4_BLOCKED) blocked4.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of IPV6_BLOCKED) blocked6.addSubnet(network, bits, 'ipv6');

/** False for every address that is not one of the public internet, and for what is no address. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  return family === 4 ? !blocked4.check(address, 'ipv4') : !blocked6.check(address, 'ipv6');
}
