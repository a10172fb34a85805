import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NodeLibrary } from '../n8n/nodeLibrary.cts';
import { PACKAGE_NAME, repositoryRoot } from '../n8n/repository.cts';

interface Link {
	url: string;
}

interface Codex {
	node: string;
	nodeVersion: string;
	codexVersion: string;
	categories: string[];
	resources: { primaryDocumentation: Link[]; credentialDocumentation?: Link[] };
}

interface Themed {
	light: string;
	dark: string;
}

/** Under which n8n's editor lists nodes. */
const CATEGORIES = [
	'AI', 'Analytics', 'Communication', 'Core Nodes', 'Data & Storage', 'Development', 'Finance & Accounting', 'Marketing', 'Miscellaneous', 'Productivity',
	'Sales', 'Utility',
];

const root = repositoryRoot();
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { homepage: string; n8n: { nodes: string[]; credentials: string[] } };

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (file: string): string[] =>
	readFileSync(path.join(root, file), 'utf8')
		.split('\n')
		.flatMap((line) => /^#+ (.+)$/.exec(line)?.[1] ?? [])
		.map((heading) => heading.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-'));

/** Where the nodes are documented: a heading of its own each. */
const PAGES = { [`${manifest.homepage}/blob/main/docs/nodes.md`]: anchorsOf('docs/nodes.md'), [manifest.homepage]: anchorsOf('README.md') };

const leadsToHeading = (url: string): boolean => {
	const [address = '', anchor = ''] = url.split('#');
	return PAGES[address]?.includes(anchor) ?? false;
};

const existingFiles = (base: string, icon: unknown): boolean[] => {
	const { light, dark } = icon as Themed;
	return [light, dark].map((file) => file.startsWith('file:') && existsSync(path.join(path.dirname(base), file.slice('file:'.length))));
};

describe('How the nodes present themselves', () => {
	let library: NodeLibrary;
	beforeAll(async () => {
		library = await NodeLibrary.load([root]);
	});

	it.each(manifest.n8n.nodes)('%s: codex, icons, tool', (built) => {
		const codex = JSON.parse(readFileSync(path.join(root, built.replace(/\.js$/, '.json')), 'utf8')) as Codex;
		const { description } = library.getByNameAndVersion(codex.node);
		expect(codex.node).toBe(`${PACKAGE_NAME}.${description.name}`);
		expect([codex.nodeVersion, codex.codexVersion]).toEqual(['1.0', '1.0']);
		expect(codex.categories).not.toEqual([]);
		expect(codex.categories.filter((category) => !CATEGORIES.includes(category))).toEqual([]);
		const links = [...codex.resources.primaryDocumentation, ...(codex.resources.credentialDocumentation ?? [])].map(({ url }) => url);
		// Where a node has credentials, how to make them is documented, too.
		expect(links).toHaveLength(description.credentials === undefined ? 1 : 2);
		expect(links.filter((url) => !leadsToHeading(url))).toEqual([]);

		const source = path.join(root, built.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
		const icon = /icon: (\{[^}]+\})/.exec(readFileSync(source, 'utf8'))?.[1] ?? '';
		const [, light = '', dark = ''] = /light: '([^']+)', dark: '([^']+)'/.exec(icon) ?? [];
		expect(light).not.toBe(dark);
		expect(existingFiles(path.join(root, built), { light, dark })).toEqual([true, true]);
		// An agent can call whatever does not begin a workflow.
		expect(description.usableAsTool === true).toBe(!description.group.includes('trigger'));
	});

	it.each(manifest.n8n.credentials)('%s: icons and a documentation', (built) => {
		const name = path.basename(built, '.credentials.js');
		const type = library.credentialType(name[0]?.toLowerCase() + name.slice(1));
		expect(type.documentationUrl).toMatch(/^https:/);
		const source = readFileSync(path.join(root, built.replace(/^dist\//, '').replace(/\.js$/, '.ts')), 'utf8');
		const [, light = '', dark = ''] = /icon = \{ light: '([^']+)', dark: '([^']+)' \}/.exec(source) ?? [];
		expect(light).not.toBe(dark);
		expect(existingFiles(path.join(root, built), { light, dark })).toEqual([true, true]);
	});
});
