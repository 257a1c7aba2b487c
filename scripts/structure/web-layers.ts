import { relativeImports } from './relative-imports.ts';
import { isTest, type SourceFile } from './workspace.ts';

const ROOT = 'web/src/';

/**
 * The layers of the web that a layer may import beside itself. `domain` has the words and small views of the product's
 * things that several features show; `ui` knows nothing of the product, `api` nothing of looks.
 */
export const WEB_LAYERS: Readonly<Record<string, readonly string[]>> = {
  app: ['features', 'domain', 'ui', 'api'],
  features: ['domain', 'ui', 'api'],
  domain: ['ui', 'api'],
  ui: [],
  api: [],
};

/** Finds imports against the one way, app -> features -> domain -> ui and api, and from one feature into another. */
export function webLayerFaults(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith(ROOT) && !isTest(path))
    .flatMap((file) => relativeImports(file).flatMap((target) => faultOf(file.path, target) ?? []));
}

function faultOf(from: string, to: string): string | undefined {
  const [layer = '', feature] = layerOf(from);
  const [target = '', other] = layerOf(to);
  const allowed = WEB_LAYERS[layer];
  // A file beside the layers is the page's entry, which loads the styles and starts the app.
  if (allowed === undefined)
    return target === 'app' || to.endsWith('.css')
      ? undefined
      : `${from}: the entry starts the app and imports nothing else`;
  if (layer !== target)
    return allowed.includes(target) ? undefined : `${from}: ${layer} must not import ${to}`;
  return layer === 'features' && feature !== other
    ? `${from}: the feature ${feature} must not import ${to}`
    : undefined;
}

/** Returns the layer of a file, and the folder in it. */
function layerOf(path: string): string[] {
  return path.startsWith(ROOT) ? path.slice(ROOT.length).split('/') : [];
}
