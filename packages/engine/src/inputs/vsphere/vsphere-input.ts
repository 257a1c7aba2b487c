import { type Input, type InputContext, type InputPlugin, type Sink } from '../../input.ts';
import { VcenterReader } from './vcenter-reader.ts';
import { parseVsphereOptions, type VsphereOptions } from './vsphere-options.ts';

/** The vCenters of one `[[inputs.vsphere]]` block. */
export class VsphereInput implements Input {
  readonly #readers: readonly VcenterReader[];

  constructor(options: VsphereOptions, context: InputContext) {
    this.#readers = options.vcenters.map((vcenter) => new VcenterReader(vcenter, options, context));
  }

  /** Reads all beside each other; one that fails does not keep the others from it. */
  async gather(sink: Sink, signal: AbortSignal): Promise<void> {
    const outcomes = await Promise.allSettled(this.#readers.map((reader) => reader.gather(sink, signal)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#readers.map((reader) => reader.end()));
  }
}

/** Hosts, VMs, clusters and datastores of vCenters, with Telegraf's options and output. */
export const plugin: InputPlugin<VsphereOptions> = {
  name: 'vsphere',
  parse: parseVsphereOptions,
  create: (options, context) => new VsphereInput(options, context),
};
