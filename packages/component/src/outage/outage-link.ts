import type { OutageReport } from '@stratora/contract';
import { API_KEY_HEADER, componentPath } from '@stratora/contract/wire';
import type { HttpAnswer, HttpClient } from '@stratora/runtime';
import { parseJson } from '../server-answer.ts';
import { type HeldOrders, isOrders } from './held-orders.ts';
import type { Outage } from './outage-record.ts';

/** Who calls: the collector as the server knows it. */
export interface Caller {
  componentId: string;
  apiKey: string;
}

/** Most messages of an outage that are reported, and most bytes of a text. */
const MOST_TELLINGS = 500;
const TEXT_MAX = 1000;

/** The calls to the server about outages. */
export class OutageLink {
  readonly #client: HttpClient;
  readonly #serverUrl: string;

  constructor(client: HttpClient, serverUrl: string) {
    this.#client = client;
    this.#serverUrl = serverUrl;
  }

  /**
   * Fetches the orders; undefined where those that are held are still in force, or the server gives none that can be
   * read.
   *
   * @throws OutboundError
   */
  async fetchOrders(
    { componentId, apiKey }: Caller,
    held: HeldOrders | undefined,
    signal: AbortSignal,
  ): Promise<HeldOrders | undefined> {
    const answer = await this.#client.request({
      method: 'GET',
      path: componentPath('outageOrders', componentId),
      headers: {
        [API_KEY_HEADER]: apiKey,
        ...(held === undefined ? {} : { 'if-none-match': `"${held.mark}"` }),
      },
      signal,
    });
    if (answer.status !== 200) return undefined;
    const mark = /^"([\w-]{1,64})"$/.exec(answer.headers['etag'] ?? '')?.[1];
    const orders = ordersIn(answer);
    if (mark === undefined || orders === undefined) return undefined;
    return { version: 1, server_url: this.#serverUrl, component_id: componentId, mark, orders };
  }

  /** Reports an outage that is over. @returns whether the server has it, or never will @throws OutboundError */
  async report({ componentId, apiKey }: Caller, outage: Outage, signal: AbortSignal): Promise<boolean> {
    const { status } = await this.#client.request({
      method: 'POST',
      path: componentPath('outages', componentId),
      headers: { 'content-type': 'application/json', [API_KEY_HEADER]: apiKey },
      body: JSON.stringify(reportOf(outage)),
      signal,
    });
    // 400 and 404: another version of the server, which would say the same again.
    return status === 204 || status === 400 || status === 404;
  }
}

/** Reads the orders of an answer; undefined where there are none that make sense. */
function ordersIn(answer: HttpAnswer): HeldOrders['orders'] | undefined {
  const body = parseJson(answer) as { orders?: unknown } | undefined;
  if (body?.orders === null) return null;
  return isOrders(body?.orders) ? body.orders : undefined;
}

function reportOf(outage: Outage): OutageReport {
  return {
    id: outage.id,
    began_at: outage.since,
    ended_at: outage.ended_at ?? outage.since,
    last_error: outage.last_error.slice(0, TEXT_MAX),
    tellings: outage.tellings.slice(-MOST_TELLINGS).map(({ key: _, message, ...telling }) => ({
      ...telling,
      message: message.slice(0, TEXT_MAX),
    })),
  };
}
