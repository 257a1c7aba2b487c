import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { TestAuthority } from '@stratora/testkit';

/** An answer of the stub: what stands in the body of the envelope, or all of what is sent. */
export type StubAnswer =
  | { readonly body: string; readonly session?: string }
  | { readonly raw: string | Buffer; readonly status?: number }
  | 'silence';

/** Answers a method, by its name and the text of its request; the usual answer where it gives none. */
export type StubScript = (method: string, request: string) => StubAnswer | undefined;

const USUAL: Readonly<Record<string, StubAnswer>> = {
  RetrieveServiceContent: {
    body: `<RetrieveServiceContentResponse xmlns="urn:vim25"><returnval><rootFolder type="Folder">root</rootFolder>
      <propertyCollector type="PropertyCollector">pc</propertyCollector><viewManager type="ViewManager">vm</viewManager>
      <sessionManager type="SessionManager">sm</sessionManager><perfManager type="PerformanceManager">pm</perfManager>
      </returnval></RetrieveServiceContentResponse>`,
  },
  Login: { body: '<LoginResponse/>', session: 'vmware_soap_session="abc"; Path=/; HttpOnly; Secure' },
  Logout: { body: '<LogoutResponse/>' },
  CurrentTime: {
    body: '<CurrentTimeResponse><returnval>2026-11-30T12:00:00Z</returnval></CurrentTimeResponse>',
  },
};

/** Makes the fault that a server answers with. */
export function fault(kind: string, words: string, detail = ''): StubAnswer {
  const body = `<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>${words}</faultstring><detail><${kind}Fault>${detail}</${kind}Fault></detail></soapenv:Fault>`;
  return { raw: envelope(body), status: 500 };
}

function envelope(body: string): string {
  return `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}

/** A server that says what a test wants a vCenter to say, over TLS. */
export class VcenterStub {
  readonly methods: string[] = [];
  readonly cookies: string[] = [];
  #script: StubScript = () => undefined;
  readonly #server: Server;
  readonly #authority: TestAuthority;
  readonly #sockets = new Set<Duplex>();

  private constructor(authority: TestAuthority) {
    this.#authority = authority;
    this.#server = createServer(authority.server, (request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        const method = /Body><(\w+)/.exec(text)?.[1] ?? '';
        this.methods.push(method);
        this.cookies.push(request.headers.cookie ?? '');
        const answer = this.#script(method, text) ?? USUAL[method] ?? fault('MethodNotFound', method);
        if (answer === 'silence') return;
        if ('raw' in answer) {
          response.writeHead(answer.status ?? 200).end(answer.raw);
          return;
        }
        response.writeHead(200, answer.session === undefined ? {} : { 'set-cookie': answer.session });
        response.end(envelope(answer.body));
      });
    });
    this.#server.on('connection', (socket) => this.#sockets.add(socket));
    this.#server.on('tlsClientError', () => {});
  }

  static async start(): Promise<VcenterStub> {
    const stub = new VcenterStub(await TestAuthority.create('127.0.0.1'));
    await new Promise<void>((resolve) => {
      stub.#server.listen(0, '127.0.0.1', resolve);
    });
    return stub;
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}/sdk`;
  }

  /** Begins anew, with another script. */
  plays(script: StubScript): void {
    this.#script = script;
    this.methods.length = 0;
    this.cookies.length = 0;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    await this.#authority.dispose();
  }
}
