import { createHttpClient, type HttpClient } from '@stratora/runtime';
import { FakeServer, RemoteComponent, waitFor } from '@stratora/testkit';

/** A config that pings the loopback, so that there is an engine and a config to be damaged. */
const CONFIG = `[agent]
  interval = "10s"

[[inputs.ping]]
  urls = ["127.0.0.1"]
  [inputs.ping.tags]
    node_id = "01890000-0000-7000-8000-000000000001"
    node_name = "loopback"
`;

/** A real collector process with a fake server, whose answers a test can choose. */
export class QueueFixture {
  readonly server: FakeServer;
  readonly collector: RemoteComponent;
  readonly #intake: HttpClient;
  #next = 0;

  private constructor(server: FakeServer, collector: RemoteComponent) {
    this.server = server;
    this.collector = collector;
    this.#intake = createHttpClient({ socketPath: collector.socketPath, timeoutMs: 10_000 });
  }

  /** @param stateDir state directory; by default in a folder of its own */
  static async prepare(hostname: string, stateDir?: string): Promise<QueueFixture> {
    const server = new FakeServer();
    await server.start();
    server.config = CONFIG;
    const target = { url: server.url, token: server.token };
    const environment = stateDir === undefined ? {} : { STRATORA_STATE_DIR: stateDir };
    return new QueueFixture(
      server,
      await RemoteComponent.prepare('collector', hostname, target, { environment }),
    );
  }

  /** Launches it and waits until it is connected and its intake is open. */
  async begin(): Promise<void> {
    this.collector.launch();
    await waitFor(() => this.server.callsTo('/api/v1/remote-collectors').length > 0, {
      what: 'a config pull',
    });
    await waitFor(() => this.deliver(0), { what: 'the intake', everyMs: 20 });
  }

  /**
   * Hands numbered lines to the intake in one write, which is one record of the spool.
   * @param padding octets for each line that do not compress
   * @returns whether they were taken
   */
  async deliver(lines: number, padding: () => string = () => ''): Promise<boolean> {
    let body = '';
    for (let at = 0; at < lines; at += 1) {
      body += `numbered,node_id=n1${padding()} n=${this.#next + at}i ${Date.now()}000000\n`;
    }
    const answer = await this.#intake.request({ method: 'POST', path: '/write?db=none&precision=ns', body });
    if (answer.status === 204) this.#next += lines;
    return answer.status === 204;
  }

  /** Number of lines that were taken. */
  get deliveredCount(): number {
    return this.#next;
  }

  /** The numbers of the lines that the server has, in the order of their arrival. */
  get arrived(): number[] {
    return this.server.lines.flatMap((line) => {
      const number = /^numbered,.* n=(\d+)i /.exec(line)?.[1];
      return number === undefined ? [] : [Number(number)];
    });
  }

  async missing(): Promise<number[]> {
    const arrived = new Set(this.arrived);
    return Array.from({ length: this.#next }, (_, number) => number).filter((number) => !arrived.has(number));
  }

  /** Takes over the state and the delivered lines of another one; neither may be running. */
  async takeOver(other: QueueFixture): Promise<void> {
    for (const [name, component] of other.server.components) this.server.components.set(name, component);
    await other.collector.copyStateTo(this.collector);
    this.#next = other.deliveredCount;
  }

  async dispose(): Promise<void> {
    this.#intake.close();
    await this.collector.dispose();
    await this.server.stop();
  }
}
