import { OutboundGuard, type OwnEndpoint } from '@stratora/runtime';

/** Where the server listens and keeps its data, as its configuration says. */
export interface OutboundPlaces {
  databaseUrl: string;
  internalPort: number;
  publicUrl: string;
  metricsWriteUrl: string;
  metricsReadUrl: string;
  tls: { host: string; port: number } | undefined;
  /** Networks that may be reached all the same. */
  outboundAllow: readonly string[];
}

/** Makes the guard of all calls of the server whose target a person chose. */
export function createOutboundGuard(places: OutboundPlaces): OutboundGuard {
  return new OutboundGuard({ allow: places.outboundAllow, own: ownEndpoints(places), refusal });
}

function refusal(address: string): string {
  return (
    `Calls to ${address} are refused, as to all loopback, link-local and multicast addresses and to the ports of this ` +
    'product. STRATORA_OUTBOUND_ALLOW names networks that may be reached all the same.'
  );
}

/** Lists the ports of the product itself. */
export function ownEndpoints(places: OutboundPlaces): OwnEndpoint[] {
  const { internalPort, tls } = places;
  // The host may be left out, where the database is reached by a socket.
  const database = places.databaseUrl.replace('@/', '@localhost/');
  return [
    ...(internalPort === 0 ? [] : [{ host: '127.0.0.1', port: internalPort }]),
    ...(tls === undefined ? [] : [{ host: tls.host, port: tls.port }]),
    ...endpointOf(database, 5432),
    ...endpointOf(places.metricsWriteUrl),
    ...endpointOf(places.metricsReadUrl),
    ...endpointOf(places.publicUrl),
  ];
}

function endpointOf(text: string, usualPort?: number): OwnEndpoint[] {
  const url = URL.parse(text);
  if (url === null || url.hostname === '') return [];
  const usual = usualPort ?? (url.protocol === 'http:' ? 80 : 443);
  return [{ host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? usual : Number(url.port) }];
}
