import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../n8n/repository.cts';
import { NodeLibrary } from '../n8n/nodeLibrary.cts';
import { filesBelow } from '../package/sourceFiles.cts';
import { operationFiles } from './operationsOf.cts';
import { outputFile } from './outputs/outputFile.cts';
import { outputSchemas } from './outputSchemas.cts';
import { schemaOf } from './schemaOf.cts';

/** What these give depends on a parameter, or is another thing in a second node of the folder: n8n would show fields that are not there. */
const WITHOUT = [
	// The entries of whatever dictionary is chosen, and whatever MoySklad answers.
	outputFile('MoySklad', 'dictionary', 'getAll'), outputFile('MoySklad', 'customApiCall', 'call'),
	// Of Bitrix Order Export and of Bitrix Offline Events.
	outputFile('Bitrix', 'confirm'),
	// Counts by the names that one account has, which only Make Report reads.
	outputFile('Sync', 'sumUp'),
];

describe('The schemas of outputs', () => {
	it('are what `npm run schemas` makes of what the nodes give', async () => {
		const root = repositoryRoot();
		const written = filesBelow(root, ['nodes'], /__schema__.*\.json$/);
		const made = await outputSchemas();
		expect(Object.keys(made).length).toBeGreaterThan(130);
		expect(written.sort()).toEqual(Object.keys(made).sort());
		for (const [file, schema] of Object.entries(made)) expect([file, JSON.parse(readFileSync(path.join(root, file), 'utf8'))]).toEqual([file, schema]);
	}, 120_000);

	it('are there for each operation, but for those that cannot have one', async () => {
		const files = operationFiles(await NodeLibrary.load([repositoryRoot()]));
		expect(files.filter((file) => !existsSync(path.join(repositoryRoot(), file)))).toEqual([...WITHOUT].sort());
	});

	it('lie where n8n looks for them', () => {
		// n8n: <folder of the node>/__schema__/v<version>/<resource>/<operation>.json, parts that a node does not have left out.
		for (const place of ['MoySklad/__schema__/v1.0.0/product/getAll.json', 'MoySklad/__schema__/v1.0.0/product/get.json', 'Bitrix/__schema__/v1.0.0/upsertItems.json', 'Sync/__schema__/v1.0.0/runAll.json'])
			expect([place, existsSync(path.join(repositoryRoot(), 'dist', 'nodes', place))]).toEqual([place, true]);
	});

	it('say what most rows say', () => {
		const rows = [{ id: 1, tags: ['a'], at: null, written: { name: 'a', 'price:1': 'b', '5e0c1a2b-0000-4000-8000-000000000001': 'c', 71: 'd' } }, { id: 2, tags: [], at: 'now', more: { deep: true } }, { id: 'x' }];
		expect(schemaOf(rows)).toEqual({
			type: 'object',
			properties: {
				at: { type: 'string' },
				id: { type: 'number' },
				more: { type: 'object', properties: { deep: { type: 'boolean' } } },
				tags: { type: 'array', items: { type: 'string' } },
				written: { type: 'object', properties: { name: { type: 'string' } } },
			},
		});
	});
});
