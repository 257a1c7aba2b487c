import type {
  EscalationPreview,
  EscalationTeam,
  OnCallAnswer,
  PreviewEscalation,
  Rota,
  StandIns,
  TeamListQuery,
  TeamOverride,
  UpdateTeam,
  WrittenTeam,
} from '@stratora/contract';
import { TEAM_OVERRIDES_MAX } from '@stratora/contract';
import type { Clock } from '@stratora/runtime';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import { brokenConstraint, type Database, type Tx } from '../../platform/db/index.ts';
import {
  appError,
  changedFields,
  fieldError,
  isEmpty,
  notFound,
  type Precondition,
} from '../../platform/http/index.ts';
import { previewEscalation } from './escalation-preview.ts';
import { startDayAt } from './rota.ts';
import { requireEnabledDefault, requireRotation, requireSound } from './sound-team.ts';
import type { TeamObserver } from './team.ts';
import { type AnswerOptions, onCallAt, rotaOf, shownTeams, writtenOf } from './team-answer.ts';
import {
  findExisting,
  findFamilyIds,
  findNodePlace,
  findPersons,
  findStepChannels,
  listStandIns,
} from './team-fact-queries.ts';
import type { AlertMark } from './team-match.ts';
import {
  deleteTeam,
  endDefault,
  findTeam,
  findTeamPage,
  insertTeam,
  type KeptTeam,
  listTeams,
  lockTeams,
  type StoredTeam,
  updateTeam,
} from './team-queries.ts';
import { DAY_MS } from './wall-time.ts';

/** Days of an escalation that a preview shows. */
const PREVIEW_DAYS = 7;

export interface TeamServiceOptions {
  db: Database;
  clock: Clock;
  /** Whether people can be told by mail at all. */
  hasMailServer: () => boolean;
  /** Hears of teams that were changed or deleted: what they have begun goes on by what they are then. */
  observe: TeamObserver;
}

/** The service of escalation teams, as people write and read them. There is always exactly one default team. */
export class TeamService {
  readonly #options: TeamServiceOptions;

  constructor(options: TeamServiceOptions) {
    this.#options = options;
  }

  /** Lists everybody whom an override may name. */
  async standIns(): Promise<StandIns> {
    return { items: await listStandIns(this.#options.db) };
  }

  async list(query: TeamListQuery) {
    const { db } = this.#options;
    const page = await findTeamPage(db, query);
    return { ...page, items: await shownTeams(page.items, this.#answer(db)) };
  }

  async get(id: string): Promise<EscalationTeam> {
    const { db } = this.#options;
    return this.#shown(db, await getTeam(db, id));
  }

  create(actor: Actor, written: WrittenTeam): Promise<EscalationTeam> {
    return this.#write(actor, async (tx) => {
      const team = this.#kept(written, undefined);
      await requireSound(tx, team, undefined);
      requireEnabledDefault(team);
      if (team.is_default) await takeDefault(tx, actor, team.name);
      const id = await insertTeam(tx, team);
      await appendAudit(tx, actor, {
        action: 'escalation_team.create',
        ...objectOf(id),
        detail: { name: team.name },
      });
      return this.#shown(tx, await getTeam(tx, id));
    });
  }

  update(
    actor: Actor,
    id: string,
    input: UpdateTeam,
    match?: Precondition<EscalationTeam>,
  ): Promise<EscalationTeam> {
    return this.#change(actor, { id, match, action: 'escalation_team.update' }, (before) => ({
      ...writtenOf(before),
      ...(changedFields({}, input) as Partial<WrittenTeam>),
    }));
  }

  /** Deletes a team. @throws AppError invalid_state for the default one */
  delete(actor: Actor, id: string, match?: Precondition<EscalationTeam>): Promise<void> {
    return this.#write(actor, async (tx) => {
      const team = await getTeam(tx, id);
      match?.(await this.#shown(tx, team));
      if (team.isDefault) {
        throw appError('invalid_state', 'The default team stays; make another team the default one first.');
      }
      await deleteTeam(tx, id);
      await this.#options.observe(tx, [id]);
      await appendAudit(tx, actor, {
        action: 'escalation_team.delete',
        ...objectOf(id),
        detail: { name: team.name },
      });
    });
  }

  /** Puts somebody in the place of whoever has the turn; it counts before all overrides that there are. */
  addOverride(
    actor: Actor,
    id: string,
    override: TeamOverride,
    match?: Precondition<EscalationTeam>,
  ): Promise<EscalationTeam> {
    return this.#change(actor, { id, match, action: 'escalation_team.add_override' }, (before) => {
      const rotation = requireRotation(before);
      if (rotation.overrides.length >= TEAM_OVERRIDES_MAX) {
        throw appError(
          'invalid_state',
          `There are ${TEAM_OVERRIDES_MAX} overrides; remove some that are over.`,
        );
      }
      return {
        ...writtenOf(before),
        rotation: { ...rotation, overrides: [...rotation.overrides, override] },
      };
    });
  }

  /** Removes an override. @param place its place in the list, from 0 */
  removeOverride(
    actor: Actor,
    { id, place }: { id: string; place: number },
    match?: Precondition<EscalationTeam>,
  ): Promise<EscalationTeam> {
    return this.#change(actor, { id, match, action: 'escalation_team.remove_override' }, (before) => {
      const rotation = requireRotation(before);
      if (rotation.overrides[place] === undefined) throw notFound('This override');
      const overrides = rotation.overrides.filter((_, index) => index !== place);
      return { ...writtenOf(before), rotation: { ...rotation, overrides } };
    });
  }

  /** Tells who is on call at a time, by default now. */
  async onCall(id: string, time: string | undefined): Promise<OnCallAnswer> {
    const { db } = this.#options;
    const team = await getTeam(db, id);
    const at = this.#instant(time);
    return { at: new Date(at).toISOString(), ...onCallAt(team, await findPersons(db, [team]), at) };
  }

  /** Tells who is on call when, for some days from a time on. */
  async rota(id: string, { from, days }: { from?: string | undefined; days: number }): Promise<Rota> {
    const { db } = this.#options;
    const team = await getTeam(db, id);
    return rotaOf(team, await findPersons(db, [team]), { from: this.#instant(from), days });
  }

  /** Tells who would hear what and when, of an alert that nobody acknowledges. */
  async preview(sample: PreviewEscalation): Promise<EscalationPreview> {
    const { db } = this.#options;
    const alert = await markOf(db, sample);
    const from = this.#instant(sample.at);
    const teams = await listTeams(db);
    const channels = await findStepChannels(db);
    const persons = await findPersons(db, teams);
    const until = from + PREVIEW_DAYS * DAY_MS;
    return { items: previewEscalation({ teams, channels, persons, alert, from, until }) };
  }

  #change(
    actor: Actor,
    about: { id: string; match: Precondition<EscalationTeam> | undefined; action: string },
    changed: (before: StoredTeam) => WrittenTeam,
  ): Promise<EscalationTeam> {
    return this.#write(actor, async (tx) => {
      const before = await getTeam(tx, about.id);
      const shown = await this.#shown(tx, before);
      about.match?.(shown);
      const team = this.#kept(changed(before), before);
      const change = changedFields(writtenOf(before), team);
      if (isEmpty(change)) return shown;
      await requireSound(tx, team, before);
      requireEnabledDefault(team);
      if (before.isDefault && !team.is_default) {
        throw appError('invalid_state', 'Make another team the default one: there is always one.');
      }
      if (!before.isDefault && team.is_default) await takeDefault(tx, actor, team.name);
      await updateTeam(tx, about.id, team);
      await this.#options.observe(tx, [about.id]);
      const detail = { name: before.name, changed: change };
      await appendAudit(tx, actor, { action: about.action, ...objectOf(about.id), detail });
      return this.#shown(tx, await getTeam(tx, about.id));
    });
  }

  /** A rotation keeps the day of its first turn where nobody names one; a new one begins with the turn that runs. */
  #kept(written: WrittenTeam, before: StoredTeam | undefined): KeptTeam {
    const { rotation } = written;
    if (rotation === null) return { ...written, rotation };
    const startsOn =
      rotation.starts_on ?? before?.rotation?.starts_on ?? startDayAt(rotation, this.#options.clock.now());
    const { timezone, handoff, member_ids: members, overrides } = rotation;
    return {
      ...written,
      rotation: { timezone, handoff, member_ids: members, starts_on: startsOn, overrides },
    };
  }

  #instant(time: string | undefined): number {
    return time === undefined ? this.#options.clock.now() : Date.parse(time);
  }

  #answer(db: Database | Tx): AnswerOptions {
    return { db, hasMailServer: this.#options.hasMailServer(), now: this.#options.clock.now() };
  }

  async #shown(db: Database | Tx, team: StoredTeam): Promise<EscalationTeam> {
    const [shown] = await shownTeams([team], this.#answer(db));
    if (shown === undefined) throw new Error('a team is not shown');
    return shown;
  }

  async #write<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await once(this.#options.db, actor, async (tx) => {
        await lockTeams(tx);
        return work(tx);
      });
    } catch (error) {
      if (brokenConstraint(error) !== 'escalation_teams_name_key') throw error;
      throw appError('name_taken', 'There is a team of that name already.', {
        details: { errors: [{ path: 'name', message: 'is taken' }] },
      });
    }
  }
}

async function takeDefault(tx: Tx, actor: Actor, by: string): Promise<void> {
  const before = await endDefault(tx);
  if (before === undefined) return;
  await appendAudit(tx, actor, {
    action: 'escalation_team.update',
    ...objectOf(before.id),
    detail: { name: before.name, changed: { is_default: false }, default_is: by },
  });
}

/** Finds what teams are chosen by of a sample alert. */
async function markOf(db: Database, sample: PreviewEscalation): Promise<AlertMark> {
  const place = sample.node_id === null ? undefined : await findNodePlace(db, sample.node_id);
  if (sample.node_id !== null && place === undefined) throw fieldError('node_id', 'is no node');
  const siteId = place?.siteId ?? sample.site_id;
  if (sample.site_id !== null && sample.site_id !== siteId) {
    throw fieldError('site_id', 'is not the site of the node');
  }
  if (siteId !== null && place === undefined && (await findExisting(db, 'site', [siteId])).size === 0) {
    throw fieldError('site_id', 'is no site');
  }
  const definitionIds = sample.definition_id === null ? [] : await findFamilyIds(db, sample.definition_id);
  if (sample.definition_id !== null && definitionIds.length === 0) {
    throw fieldError('definition_id', 'is no alert definition');
  }
  return { severity: sample.severity, siteId, groupIds: place?.groupIds ?? [], definitionIds };
}

function objectOf(id: string) {
  return { objectType: 'escalation_team', objectId: id };
}

async function getTeam(db: Database | Tx, id: string): Promise<StoredTeam> {
  const team = await findTeam(db, id);
  if (team === undefined) throw notFound('This team');
  return team;
}
