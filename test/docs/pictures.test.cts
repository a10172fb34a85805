import { existsSync } from 'node:fs';
import path from 'node:path';
import { PACKAGE_NAME, repositoryRoot } from '../n8n/repository.cts';
import { NodeLibrary } from '../n8n/nodeLibrary.cts';
import { templates } from '../n8n/templates.cts';
import { links, pages } from './pages.cts';

/** Where the pictures of nodes and templates are, by the types of the nodes and the files of the templates, as `npm run screenshots` makes them. */
const NODES = 'docs/images/nodes';
const TEMPLATES = 'docs/images/templates';

describe('The pictures of the documents', () => {
	const shown = pages().flatMap(links).filter(({ picture }) => picture).map(({ page, target }) => path.posix.join(path.posix.dirname(page), target));

	it('are there', () => {
		expect([...new Set(shown)].filter((file) => !existsSync(path.join(repositoryRoot(), file)))).toEqual([]);
	});

	it('show each node and each template', async () => {
		const library = await NodeLibrary.load([repositoryRoot()]);
		const nodes = library.types().map((type) => `${NODES}/${type.replace(`${PACKAGE_NAME}.`, '')}.png`);
		const files = [...templates().keys()].map((file) => `${TEMPLATES}/${file.replace('.json', '.png')}`);
		expect([...nodes, ...files].filter((file) => !shown.includes(file))).toEqual([]);
	});
});
