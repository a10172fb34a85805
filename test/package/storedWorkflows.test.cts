import path from 'node:path';
import { packageOfN8n } from '../n8n/cachedN8n.cts';
import { NodeLibrary } from '../n8n/nodeLibrary.cts';
import { repositoryRoot } from '../n8n/repository.cts';
import { misfits, templates } from '../n8n/templates.cts';
import { brokenPromises, promisesOf, readPromises, storedReleases, STORED_WORKFLOWS, type Promises } from './storedWorkflows.cts';

describe.each(storedReleases())('Workflows that were imported from release %s', (release) => {
	const stored = templates(path.join(STORED_WORKFLOWS, release));

	it('are there', () => {
		expect(stored.size).toBeGreaterThan(27);
	});

	it('fit the present nodes: each operation, parameter and option is still there', async () => {
		const library = await NodeLibrary.load([repositoryRoot(), packageOfN8n('n8n-nodes-base')]);
		const faulty = [...stored].map(([file, workflow]) => [file, misfits(workflow, library)] as const).filter(([, found]) => found.length > 0);
		expect(Object.fromEntries(faulty)).toEqual({});
	});

	it('and so does whatever else a user had chosen in a node', async () => {
		expect(brokenPromises(readPromises(release), promisesOf(await NodeLibrary.load([repositoryRoot()])))).toEqual([]);
	});
});

describe('The release that was kept last', () => {
	it('has each template; if one is missing, `npm run keep-release` keeps it before the release', () => {
		const kept = templates(path.join(STORED_WORKFLOWS, storedReleases().at(-1) ?? ''));
		expect([...templates(path.join(repositoryRoot(), 'workflows')).keys()].filter((file) => !kept.has(file))).toEqual([]);
	});
});

describe('What the nodes of a release promised', () => {
	const promised: Promises = { 'sort 1': { operation: { types: ['options'], values: ['keep', 'drop'] }, 'more.size': { types: ['number'] } } };

	it.each([
		['a node', {}, 'sort 1 is gone'],
		['a parameter', { 'sort 1': { operation: promised['sort 1']?.operation } }, 'sort 1: more.size is gone'],
		['the type of a parameter', { 'sort 1': { ...promised['sort 1'], 'more.size': { types: ['string'] } } }, 'sort 1: more.size is no number any more'],
		['an operation', { 'sort 1': { ...promised['sort 1'], operation: { types: ['options'], values: ['keep', 'turn'] } } }, 'sort 1: operation has no drop any more'],
	])('is missed when %s is gone', (_what, present, broken) => {
		expect(brokenPromises(promised, present as Promises)).toEqual([broken]);
	});

	it('may be exceeded', () => {
		const more = { ...promised['sort 1'], operation: { types: ['options'], values: ['keep', 'drop', 'turn'] }, other: { types: ['string'] } };
		expect(brokenPromises(promised, { 'sort 1': more, 'sort 2': {} } as Promises)).toEqual([]);
	});
});
