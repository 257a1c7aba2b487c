import type { Component, ConfigText } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { Link, useSearchParams } from 'react-router';
import { configTextQuery } from '../../../api/components.ts';
import { shortHash } from '../../../domain/component-words.ts';
import { LeftOutNotice } from '../../../domain/left-out-notice.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { formatBytes, plural } from '../../../ui/format/units.ts';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/view-state.tsx';
import { TextViewer } from './text-viewer.tsx';

function wantedGeneration(parameters: URLSearchParams, component: Component): number | undefined {
  const asked = Number(parameters.get('generation'));
  if (Number.isSafeInteger(asked) && asked > 0) return asked;
  return component.running_generation ?? component.desired_generation ?? undefined;
}

/** The text that it runs, or any generation that the address names; secrets are masked. */
export function ConfigTab({ component }: { readonly component: Component }) {
  const [parameters] = useSearchParams();
  const generation = wantedGeneration(parameters, component);
  if (generation === undefined) {
    return (
      <div className="rounded-md border border-line bg-surface">
        <EmptyState icon={FileText} title="No configuration yet">
          {component.approval === 'pending'
            ? 'It gets one when it is approved.'
            : 'It is made within seconds of the approval and of every change of its nodes.'}
        </EmptyState>
      </div>
    );
  }
  return <Config key={generation} component={component} generation={generation} />;
}

function Config({ component, generation }: { readonly component: Component; readonly generation: number }) {
  const config = useQuery(configTextQuery(component.id, generation));
  if (config.data === undefined) {
    return config.isError ? (
      <ErrorState
        title={`Generation ${generation} could not be loaded`}
        error={config.error}
        onRetry={() => void config.refetch()}
      />
    ) : (
      <SkeletonRows count={12} />
    );
  }
  const { text } = config.data;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <LeftOutNotice leftOut={config.data.left_out} />
      <TextViewer
        label={`Configuration of ${component.name}, generation ${generation}`}
        text={text}
        head={<Head component={component} config={config.data} />}
        tools={<CopyButton text={text} label="Copy the configuration" />}
      />
      {config.data.truncated && (
        <p className="text-13 text-soft">
          Only the beginning is shown; the whole configuration has {formatBytes(config.data.bytes)}.
        </p>
      )}
    </div>
  );
}

function Head({ component, config }: { readonly component: Component; readonly config: ConfigText }) {
  const newer =
    component.desired_generation !== null && component.desired_generation !== config.generation
      ? component.desired_generation
      : undefined;
  return (
    <p className="text-13 text-soft">
      <span className="font-medium text-text">Generation {config.generation}</span>
      {config.is_running ? ', which it runs' : config.is_desired ? ', which it should run' : ''}
      {'. '}
      <span className="text-faint">
        {formatBytes(config.bytes)}, {plural(config.node_count, 'node')},{' '}
        <span className="font-mono text-12">{shortHash(config.hash)}</span>.
      </span>
      {newer !== undefined && (
        <>
          {' '}
          <Link to={`?tab=config&generation=${newer}`} className="text-link">
            Show {newer}, which it should run
          </Link>
        </>
      )}
    </p>
  );
}
