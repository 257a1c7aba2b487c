import { startBackend, type TestBackend } from '@stratora/testkit';
import { expect } from 'vitest';

export const PATH = '/api/v1/escalation-teams';
export const PASSWORD = 'a password for tests';
export const NOBODY = '00000000-0000-4000-8000-000000000000';
export const BERLIN = { timezone: 'Europe/Berlin', handoff: { day: 'mo', time: '09:00' } };

/** A backend with the operators Anna, Ben and Max, who has no address of mail, and calls of its escalation teams. */
export class TeamScene {
  readonly backend: TestBackend;
  /** Ids of users by name. */
  readonly users: Readonly<Record<string, string>>;
  #made = 0;

  private constructor(backend: TestBackend, users: Readonly<Record<string, string>>) {
    this.backend = backend;
    this.users = users;
  }

  static async start(): Promise<TeamScene> {
    const backend = await startBackend();
    const users: Record<string, string> = {};
    for (const [username, email] of [
      ['anna', 'anna@plant.example'],
      ['ben', 'ben@plant.example'],
      ['max', null],
    ] as const) {
      const body = { username, email, role: 'operator', password: PASSWORD, must_change_password: false };
      users[username] = (await backend.admin('POST', '/api/v1/users', body)).id;
    }
    return new TeamScene(backend, users);
  }

  stop(): Promise<void> {
    return this.backend.stop();
  }

  /** Calls the teams as the administrator. */
  ask(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
    return this.backend.call(method, `${PATH}${path}`, {
      token: this.backend.adminToken,
      headers,
      ...(body === undefined ? {} : { body }),
    });
  }

  /** Makes a team of one step, with what else is given. */
  async make(change: object = {}): Promise<{ id: string; name: string }> {
    this.#made += 1;
    const body = { name: `Team ${this.#made}`, steps: [{ after_seconds: 0 }], ...change };
    const answer = await this.ask('POST', '', body);
    expect(answer.status, answer.text).toBe(201);
    return answer.json;
  }

  /** Makes a site, a group or the like. @returns its id */
  async place(path: string, body: object): Promise<string> {
    return (await this.backend.admin('POST', `/api/v1/${path}`, body)).id;
  }

  rotationOf(...names: string[]) {
    return { ...BERLIN, member_ids: names.map((name) => this.users[name]), starts_on: '2026-10-05' };
  }

  /** Returns the newest line of the audit log of an action. */
  async audit(action: string) {
    return (await this.backend.admin('GET', `/api/v1/audit-log?search=${action}&limit=1`)).items[0];
  }

  /** Makes a channel of mail that was never used. @returns its id */
  async makeChannel(name: string, to: string[], { enabled = true } = {}): Promise<string> {
    return this.place('notification-channels', { name, type: 'email', enabled, config: { to } });
  }
}
