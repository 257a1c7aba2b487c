import type { InputPlugin } from '../../input.ts';
import { X509Input } from './x509-input.ts';
import { parseX509Options, type X509Options } from './x509-options.ts';

/** Age and trust of the certificates that servers show, with Telegraf's options and output. */
export const plugin: InputPlugin<X509Options> = {
  name: 'x509_cert',
  parse: parseX509Options,
  create: (options, context) => new X509Input(options, context),
};
