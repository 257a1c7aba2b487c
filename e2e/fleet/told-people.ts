import { createHmac } from 'node:crypto';
import {
  HttpSink,
  MailSink,
  type StratoraSystem,
  type TakenMail,
  type TakenRequest,
} from '@stratora/testkit';
import { type ParsedMail, simpleParser } from 'mailparser';

const SECRET = 'a secret of the hook';

/** A mail that was read, with the time at which it was there. */
export interface ReadMail extends ParsedMail {
  readonly taken: TakenMail;
}

/** People who are told: a mail server and a webhook of their own, and the channels for both. */
export class ToldPeople {
  readonly mail: MailSink & { readonly port: number };
  readonly hook: HttpSink;

  private constructor(mail: ToldPeople['mail'], hook: HttpSink) {
    this.mail = mail;
    this.hook = hook;
  }

  /** Starts both on an address that the server reaches, and makes the channels. */
  static async start({ api }: StratoraSystem, host: string): Promise<ToldPeople> {
    const hook = new HttpSink(host);
    const people = new ToldPeople(await MailSink.start({ host }), hook);
    await hook.start();
    const smtp = { host, port: people.mail.port, security: 'none', from: 'stratora@plant.example' };
    await api.expect('PATCH', '/api/v1/settings', { smtp });
    await api.post('/api/v1/notification-channels', {
      name: 'Mail',
      type: 'email',
      config: { to: ['oncall@plant.example'] },
    });
    await api.post('/api/v1/notification-channels', {
      name: 'Hook',
      type: 'webhook',
      config: { url: `${hook.url}/hook`, signing_secret: SECRET },
    });
    return people;
  }

  /** The posts of a type that are about a node, each with a good signature. */
  posts(type: string, nodeId: string): TakenRequest[] {
    return this.hook.requests.filter(({ body, headers }) => {
      const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
      if (headers['x-stratora-signature'] !== signature) throw new Error('a post is signed wrongly');
      const told = JSON.parse(body) as { type: string; node_id: string };
      return told.type === type && told.node_id === nodeId;
    });
  }

  /** The mails that name a node in their subject. */
  async mails(nodeName: string): Promise<ReadMail[]> {
    const read = await Promise.all(
      this.mail.mails.map(async (taken) => ({ ...(await simpleParser(taken.raw)), taken })),
    );
    return read.filter(({ subject }) => subject?.includes(nodeName));
  }

  async dispose(): Promise<void> {
    await this.hook.stop();
    await this.mail.stop();
  }
}
