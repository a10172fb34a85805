import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../n8n/repository.cts';
import { filesBelow } from '../package/sourceFiles.cts';
import { outputSchemas } from './outputSchemas.cts';
import { schemaOf } from './schemaOf.cts';

describe('The schemas of outputs', () => {
	it('are what `npm run schemas` makes of what the nodes give', async () => {
		const root = repositoryRoot();
		const written = filesBelow(root, ['nodes'], /__schema__.*\.json$/);
		const made = await outputSchemas();
		expect(Object.keys(made).length).toBeGreaterThan(10);
		expect(written.sort()).toEqual(Object.keys(made).sort());
		for (const [file, schema] of Object.entries(made)) expect([file, JSON.parse(readFileSync(path.join(root, file), 'utf8'))]).toEqual([file, schema]);
	}, 120_000);

	it('lie where n8n looks for them', () => {
		// n8n: <folder of the node>/__schema__/v<version>/<resource>/<operation>.json, parts that a node does not have left out.
		for (const place of ['MoySklad/__schema__/v1.0.0/product/getAll.json', 'MoySklad/__schema__/v1.0.0/product/get.json', 'Bitrix/__schema__/v1.0.0/upsertItems.json'])
			expect([place, existsSync(path.join(repositoryRoot(), 'dist', 'nodes', place))]).toEqual([place, true]);
	});

	it('say what most rows say', () => {
		const rows = [{ id: 1, tags: ['a'], at: null }, { id: 2, tags: [], at: 'now', more: { deep: true } }, { id: 'x' }];
		expect(schemaOf(rows)).toEqual({
			type: 'object',
			properties: {
				at: { type: 'string' },
				id: { type: 'number' },
				more: { type: 'object', properties: { deep: { type: 'boolean' } } },
				tags: { type: 'array', items: { type: 'string' } },
			},
		});
	});
});
