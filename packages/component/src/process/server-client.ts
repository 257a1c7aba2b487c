import { INSTANCE_HEADER } from '@stratora/contract/wire';
import { createHttpClient, type HttpClient } from '@stratora/runtime';
import type { ComponentSettings } from './component-settings.ts';

const MAX_CONFIG_BYTES = 64 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;

export interface ClientLimits {
  timeoutMs: number;
  maxSockets: number;
}

/**
 * Opens a client of the server: verified with its authority, through the proxy if there is one, by the name of this
 * process.
 */
export function openClient(settings: ComponentSettings, { timeoutMs, maxSockets }: ClientLimits): HttpClient {
  let opened: HttpClient | undefined;
  const open = (ca: string | undefined) =>
    createHttpClient({
      baseUrl: settings.serverUrl,
      ...(ca === undefined ? {} : { ca }),
      ...(settings.proxy === undefined ? {} : { proxy: settings.proxy }),
      headers: { [INSTANCE_HEADER]: settings.instance },
      timeoutMs,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      maxSockets,
      maxResponseBytes: MAX_CONFIG_BYTES,
    });
  return {
    async request(call) {
      // Nothing is sent before it is known whom to trust.
      const ca = opened ? undefined : await settings.authority();
      opened ??= open(ca);
      return opened.request(call);
    },
    close: () => opened?.close(),
  };
}
