import { escapeXml, type XmlElement } from './xml-tree.ts';

/** A reference to an object of a vSphere server. */
export interface ObjectRef {
  readonly type: string;
  readonly id: string;
}

/** The objects of a server through which everything else is asked for. */
export interface ServiceContent {
  readonly rootFolder: ObjectRef;
  readonly propertyCollector: ObjectRef;
  readonly viewManager: ObjectRef;
  readonly sessionManager: ObjectRef;
  readonly perfManager: ObjectRef;
}

/** A question for the samples of one object. */
export interface PerfQuery {
  readonly entity: ObjectRef;
  readonly counterIds: readonly number[];
  /** `*` for every instance and the sum, empty for the sum alone. */
  readonly instance: string;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Seconds between two samples. */
  readonly samplingSeconds: number;
  readonly maxSamples: number;
}

/** The singleton that a client knows before it knows anything (vSphere Web Services SDK, ServiceInstance). */
export const SERVICE_INSTANCE: ObjectRef = { type: 'ServiceInstance', id: 'ServiceInstance' };

/** Reads a reference; undefined where the element is absent or empty. */
export function refOf(element: XmlElement | undefined): ObjectRef | undefined {
  return element === undefined || element.text === '' ? undefined : { type: element.type, id: element.text };
}

/** Builds the request of a method: its name, its object, and what it is given. */
function request(method: string, on: ObjectRef, body = ''): string {
  return `<${method} xmlns="urn:vim25">${reference('_this', on)}${body}</${method}>`;
}

function reference(name: string, { type, id }: ObjectRef): string {
  return `<${name} type="${escapeXml(type)}">${escapeXml(id)}</${name}>`;
}

function text(name: string, value: string | number): string {
  return `<${name}>${escapeXml(String(value))}</${name}>`;
}

export function retrieveServiceContent(): string {
  return request('RetrieveServiceContent', SERVICE_INSTANCE);
}

export function currentTime(): string {
  return request('CurrentTime', SERVICE_INSTANCE);
}

export function login(manager: ObjectRef, username: string, password: string): string {
  return request('Login', manager, text('userName', username) + text('password', password));
}

export function logout(manager: ObjectRef): string {
  return request('Logout', manager);
}

/** Asks for a view of all objects of some types below a container. */
export function createContainerView(
  manager: ObjectRef,
  container: ObjectRef,
  types: readonly string[],
): string {
  const wanted = types.map((type) => text('type', type)).join('');
  const below = reference('container', container);
  return request('CreateContainerView', manager, `${below}${wanted}<recursive>true</recursive>`);
}

export function destroyView(view: ObjectRef): string {
  return request('DestroyView', view);
}

/** Asks for properties of every object of a view, page by page. */
export function retrieveView(
  collector: ObjectRef,
  view: ObjectRef,
  paths: Readonly<Record<string, readonly string[]>>,
  maxObjects: number,
): string {
  const through =
    '<selectSet xsi:type="TraversalSpec"><name>view</name><type>ContainerView</type><path>view</path><skip>false</skip></selectSet>';
  return retrieve(collector, paths, {
    objectSet: `${reference('obj', view)}<skip>true</skip>${through}`,
    maxObjects,
  });
}

/** Asks for properties of one object. */
export function retrieveObject(collector: ObjectRef, object: ObjectRef, paths: readonly string[]): string {
  return retrieve(
    collector,
    { [object.type]: paths },
    { objectSet: `${reference('obj', object)}<skip>false</skip>`, maxObjects: 1 },
  );
}

function retrieve(
  collector: ObjectRef,
  paths: Readonly<Record<string, readonly string[]>>,
  { objectSet, maxObjects }: { objectSet: string; maxObjects: number },
): string {
  const propSets = Object.entries(paths).map(([type, names]) => {
    const pathSet = names.map((name) => text('pathSet', name)).join('');
    return `<propSet>${text('type', type)}<all>false</all>${pathSet}</propSet>`;
  });
  return request(
    'RetrievePropertiesEx',
    collector,
    `<specSet>${propSets.join('')}<objectSet>${objectSet}</objectSet></specSet><options>${text('maxObjects', maxObjects)}</options>`,
  );
}

export function continueRetrieve(collector: ObjectRef, token: string): string {
  return request('ContinueRetrievePropertiesEx', collector, text('token', token));
}

/** Asks for samples as Telegraf does, each an element, so that a server answers both engines alike. */
export function queryPerf(manager: ObjectRef, queries: readonly PerfQuery[]): string {
  return request('QueryPerf', manager, queries.map(querySpec).join(''));
}

function querySpec(query: PerfQuery): string {
  const metrics = query.counterIds
    .map((id) => `<metricId>${text('counterId', id)}${text('instance', query.instance)}</metricId>`)
    .join('');
  return `<querySpec>${reference('entity', query.entity)}${text('startTime', timeText(query.fromMs))}${text('endTime', timeText(query.untilMs))}${text('maxSample', query.maxSamples)}${metrics}${text('intervalId', query.samplingSeconds)}<format>normal</format></querySpec>`;
}

function timeText(ms: number): string {
  return new Date(ms).toISOString();
}
