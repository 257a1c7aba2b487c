import { createReadStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { documentTraits } from './document-traits.ts';
import { notFound } from './error-catalogue.ts';
import { publicAccess } from './route-access.ts';

/** Gathers the OpenAPI document from the routes registered after this call; it is built when somebody asks. */
export function installApiDocument(app: FastifyInstance, version: string): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Stratora API',
        description: 'Errors are RFC 9457 problem documents with a stable `code`.',
        version,
        license: { name: 'MIT' },
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'stratora_session' },
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          componentKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        },
      },
    },
    transform: (document) => {
      const transformed = jsonSchemaTransform(document);
      const access = document.route.config?.access;
      const security =
        access?.scope === 'user'
          ? [{ session: [] }, { bearer: [] }]
          : access?.scope === 'component'
            ? [{ componentKey: [] }]
            : [];
      const schema = documentTraits(transformed.schema, document.route);
      return { ...transformed, schema: { ...schema, security } };
    },
  });
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
