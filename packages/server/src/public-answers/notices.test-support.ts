import { UNKNOWN_ID } from './inventory.test-support.ts';
import type { Scene } from './scene.test-support.ts';

const PATH = '/api/v1/deliveries';

/** Asks who was told of what. What the server itself has found to tell by then is left to chance. */
export async function notices({ answers }: Scene): Promise<void> {
  await answers.ask('viewer', 'GET', `${PATH}?event=test`);
  await answers.ask('viewer', 'GET', `${PATH}?alert_id=${UNKNOWN_ID}&state=sent&limit=1&sort=created_at`);
  for (const query of ['state=sending', 'event=gone', 'channel_id=7', 'sort=recipient', 'limit=0'])
    await answers.ask('viewer', 'GET', `${PATH}?${query}`);
  await answers.ask('viewer', 'GET', `${PATH}/${UNKNOWN_ID}`);
  await answers.ask('viewer', 'GET', `${PATH}/none`);
}
