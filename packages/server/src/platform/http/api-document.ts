import { createReadStream } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { SESSION_COOKIE } from '@stratora/contract';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import {
  FACTS_KEY,
  finishDocument,
  type RouteFacts,
  type UnfinishedDocument,
} from './document-operations.ts';
import { notFound } from './error-catalogue.ts';
import { publicAccess, type RouteAccess } from './route-access.ts';
import type { RouteDocument } from './route-document.ts';
import { nameSchemas } from './schema-names.ts';

const TAGS: Readonly<Record<string, string>> = {
  health: 'Whether this server can do its work.',
  auth: 'Login of people and programs.',
  users: 'Users and their roles.',
  audit: 'Who did what.',
  settings: 'Settings of the whole system.',
  sites: 'Places, and the collectors that serve them.',
  'node groups': 'Groups of nodes.',
  nodes: 'What is monitored.',
  credentials: 'Secrets for devices, which never come back.',
  'device templates': 'What is gathered from which kind of device.',
  enrollment: 'Tokens by which collectors and agents enrol.',
  install: 'What a new host needs to become a collector or an agent.',
  components: 'Collectors and agents: their calls, and their administration.',
  rollouts: 'How changed device templates reach the components.',
  summary: 'Counters and lists of the home page.',
  events: 'Live changes.',
  metrics: "Samples, in Prometheus' own parameters and answers.",
  prometheus: 'The same for Grafana and other readers of the Prometheus HTTP API.',
};

const DESCRIPTION = `Times are RFC 3339 in UTC, ids are UUIDs. Lists take \`limit\`, \`cursor\`, \`sort\` (\`field\` or \`-field\`) and \`search\`.

Errors are RFC 9457 problem documents with a stable \`code\`; a 4xx has changed nothing. Whatever the call, a head that is
too large is answered 431 or 414, one that does not arrive in time 408, a method that an address does not take 405, and a
fault of the server 500, all in the same form. Answers may get more fields, and refusals more codes.

Bodies of users are refused when they hold a field that is not known. Bodies of components are not: a component may be newer
than its server.`;

/** Gathers the OpenAPI document from the routes registered after this call; it is built when somebody asks. */
export function installApiDocument(app: FastifyInstance, version: string): void {
  nameSchemas();
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Stratora API',
        description: DESCRIPTION,
        version,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      // Relative to the address of the document, by which the caller reached this server.
      servers: [{ url: '/', description: 'This server' }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: { securitySchemes: SECURITY_SCHEMES },
    },
    transform: documentRoute,
    transformObject: (document) => {
      const whole = jsonSchemaTransformObject(document) as UnfinishedDocument;
      return finishDocument(whole) as ReturnType<typeof jsonSchemaTransformObject>;
    },
  });
}

const SECURITY_SCHEMES = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIE,
    description:
      'For browsers. Calls that change something need the header `X-Requested-With: stratora` and an `Origin` of this site.',
  },
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'For programs.' },
  componentKey: {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
    description: 'For collectors and agents.',
  },
} as const;

const SECURITY: Readonly<Record<RouteAccess['scope'], readonly Record<string, string[]>[]>> = {
  public: [],
  component: [{ componentKey: [] }],
  user: [{ session: [] }, { bearer: [] }],
};

type Transform = NonNullable<FastifyDynamicSwaggerOptions['transform']>;

/** Makes the entry of a route from its schemas and from its `document`, with the facts that finish it later. */
const documentRoute: Transform = (given) => {
  const { access, document = {}, entity, isRepeatable = false } = given.route.config ?? {};
  const schema = given.schema as FastifySchema & { hide?: boolean };
  if (schema?.hide || access === undefined) return { schema: { hide: true }, url: given.url };
  const { querystring, bodies, answers } = document;
  const merged = {
    ...schema,
    ...(querystring ? { querystring } : {}),
    ...(answers ? { response: { ...(schema.response as object), ...answersOf(answers) } } : {}),
  };
  const transformed = jsonSchemaTransform({ ...given, schema: merged });
  const facts: RouteFacts = {
    access,
    document,
    hasEntity: entity !== undefined,
    isRepeatable,
    readsAddress: merged.querystring !== undefined,
    isChecked: Boolean(merged.querystring ?? schema.params ?? schema.body ?? bodies),
  };
  const body = bodies && { body: { content: bodiesOf(given, bodies) } };
  const security = SECURITY[access.scope];
  return { url: given.url, schema: { ...transformed.schema, ...body, security, [FACTS_KEY]: facts } };
};

function answersOf(answers: NonNullable<RouteDocument['answers']>) {
  return Object.fromEntries(
    Object.entries(answers).map(([status, media]) => [
      status,
      {
        description: STATUS_CODES[status],
        content: Object.fromEntries(Object.entries(media).map(([type, schema]) => [type, { schema }])),
      },
    ]),
  );
}

function bodiesOf(given: Parameters<Transform>[0], bodies: NonNullable<RouteDocument['bodies']>) {
  return Object.fromEntries(
    Object.entries(bodies).map(([type, body]) => {
      const { schema } = jsonSchemaTransform({ ...given, schema: { body } });
      return [type, { schema: schema.body }];
    }),
  );
}

const DOCS_FILES: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

const DOCS_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Stratora API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<link rel="icon" type="image/png" href="/api/docs/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`;

const DOCS_SCRIPT = `SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  requestInterceptor: (request) => {
    request.headers['X-Requested-With'] = 'stratora';
    return request;
  },
});
`;

/** Adds `GET /api/v1/openapi.json` and a page to browse it, from files of our own only. */
export function addApiDocumentRoutes(app: FastifyInstance): void {
  const route = { config: { access: publicAccess }, schema: { hide: true } };
  let text: string | undefined;
  app.get('/api/v1/openapi.json', route, async (_, reply) => {
    text ??= JSON.stringify(app.swagger(), null, 2);
    return reply.type('application/json').serializer(String).send(text);
  });
  app.get('/api/docs', route, async (_, reply) => reply.type('text/html; charset=utf-8').send(DOCS_PAGE));
  app.get('/api/docs/start.js', route, async (_, reply) =>
    reply.type('text/javascript; charset=utf-8').send(DOCS_SCRIPT),
  );
  app.get('/api/docs/:file', route, async (request, reply) => {
    const { file } = request.params as { file: string };
    const type = Object.hasOwn(DOCS_FILES, file) ? DOCS_FILES[file] : undefined;
    if (type === undefined) throw notFound('This file');
    const folder = dirname(fileURLToPath(import.meta.resolve('@fastify/swagger-ui/package.json')));
    return reply.type(type).send(createReadStream(join(folder, 'static', file)));
  });
}
