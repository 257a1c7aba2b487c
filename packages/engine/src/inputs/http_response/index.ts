import type { InputPlugin } from '../../input.ts';
import { type HttpResponseOptions, parseHttpOptions } from './http-options.ts';
import { HttpResponseInput } from './http-response-input.ts';

/** Checks of web addresses, with Telegraf's options and output. */
export const plugin: InputPlugin<HttpResponseOptions> = {
  name: 'http_response',
  parse: parseHttpOptions,
  create: (options, context) => new HttpResponseInput(options, context),
};
