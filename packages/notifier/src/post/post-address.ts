/** An address to post to, taken apart without being written anew. */
export interface PostAddress {
  /** Scheme, host and port, to which the connection is made. */
  origin: string;
  /** Host without brackets. */
  host: string;
  port: number;
  /** Path and query exactly as they were given, but for letters that no request can carry. */
  target: string;
}

const ADDRESS = /^https?:\/\/[^/?#]+([^#]*)/i;

/**
 * Takes an address apart. Its path and query stay as they are: the signature of a Workflow is made over them, and a URL
 * that is parsed and written again may spell them differently. @throws where it is no address of the web
 */
export function readPostAddress(address: string): PostAddress {
  const url = new URL(address);
  const rest = ADDRESS.exec(address)?.[1] ?? '';
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  const usual = url.protocol === 'http:' ? 80 : 443;
  return {
    origin: url.origin,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? usual : Number(url.port),
    target: path.toWellFormed().replace(/[^\u0021-\u007e]+/gu, encodeURIComponent),
  };
}
