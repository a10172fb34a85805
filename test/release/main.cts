import { cpSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NodeLibrary } from '../n8n/nodeLibrary.cts';
import { repositoryRoot } from '../n8n/repository.cts';
import { PROMISES, promisesOf, STORED_WORKFLOWS } from '../package/storedWorkflows.cts';

/** Keeps the workflows of a release, and what its nodes take, as later ones have to take them. */
async function keep(release: string): Promise<void> {
	const folder = path.join(STORED_WORKFLOWS, release);
	rmSync(folder, { recursive: true, force: true });
	cpSync(path.join(repositoryRoot(), 'workflows'), folder, { recursive: true });
	const promises = promisesOf(await NodeLibrary.load([repositoryRoot()]));
	writeFileSync(path.join(folder, PROMISES), `${JSON.stringify(promises, null, '\t')}\n`);
	console.log(`Kept in ${path.relative(repositoryRoot(), folder)}`);
}

void keep(process.argv[2] ?? '');
