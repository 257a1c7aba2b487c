import { lazy } from 'react';
import { CollectionPage } from '../features/collection/collection-page.tsx';

const DeployDialog = lazy(async () => ({
  default: (await import('../features/enrollment/deploy-dialog.tsx')).DeployDialog,
}));

/** The page of the collection with the dialog of another feature, in a chunk that the first load does without. */
export function CollectionRoute() {
  return <CollectionPage DeployDialog={DeployDialog} />;
}
