/** The endpoint of a VictoriaMetrics (single node, vminsert or vmselect). */
export interface StoreEndpoint {
  /** Origin and path prefix, without credentials and without a trailing slash. */
  baseUrl: string;
  /** Origin alone: `/metrics` is served there also below vminsert's prefix. */
  origin: string;
  /** Basic authorization when the URL held credentials. */
  headers: Record<string, string>;
}

/** @throws TypeError when the text is not an http or https URL */
export function parseStoreUrl(text: string): StoreEndpoint {
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError(`The URL of the metric store must be http or https, not ${url.protocol}`);
  }
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  const credentials = Buffer.from(`${user}:${password}`).toString('base64');
  return {
    baseUrl: url.origin + url.pathname.replace(/\/+$/, ''),
    origin: url.origin,
    headers: user === '' && password === '' ? {} : { authorization: `Basic ${credentials}` },
  };
}
