import { readdirSync } from 'node:fs';
import path from 'node:path';
import { PACKAGE_NAME, repositoryRoot } from '../n8n/repository.cts';
import { templates, type Template } from '../n8n/templates.cts';
import { page, pages, section } from './pages.cts';
import { ROW_SCHEMAS } from './schemas.cts';
import { credentials, documentedNodes } from './userInterface.cts';

/** Both languages of a page. */
const BOTH = (name: string): [string, string] => [`docs/${name}.md`, `docs/ru/${name}.md`];

const number = (file: string): string => /^\d\d[a-z]?/.exec(file)?.[0] ?? '';

/** What a template's node *Settings* lets people choose. */
const settingsOf = ({ nodes }: Template): string[] =>
	nodes.filter(({ name, type }) => name === 'Settings' && type === 'n8n-nodes-base.set').flatMap(({ parameters }) => {
		const { assignments = [] } = (parameters.assignments ?? {}) as { assignments?: Array<{ name: string }> };
		// `choices` hands on what was read of msbx_settings; nobody chooses anything there.
		return assignments.map(({ name }) => name).filter((name) => name !== 'choices');
	});

/** Tables that a template makes or works with: whatever has the prefix and is no index of one in PostgreSQL. */
const tablesIn = (): string[] => {
	const flows = [...templates().values()].map((template) => JSON.stringify(template)).join('\n');
	const indexes = new Set([...flows.matchAll(/create index if not exists (msbx_[a-z_]+)/gi)].map(([, name]) => name));
	return [...new Set(flows.match(/msbx_[a-z_]+/g))].filter((name) => !indexes.has(name));
};

describe('The documents tell, in both languages,', () => {
	it.each(BOTH('nodes'))('%s: of each node, with each of its operations and resources', async (file) => {
		const lacking = (await documentedNodes()).flatMap(({ name, operations, resources }) => {
			const text = section(page(file), (heading) => heading === name);
			if (text === undefined) return [`no section ${name}`];
			return [...operations, ...resources].filter((one) => !text.includes(`*${one}*`)).map((one) => `${name}: ${one}`);
		});
		expect(lacking).toEqual([]);
	});

	it.each(BOTH('templates'))('%s: of each template, in a section of its own or together with its twin', (file) => {
		const lacking = [...templates().keys()].filter((template) => section(page(file), (heading) => heading.split(/[ ,]+/).includes(number(template))) === undefined);
		expect(lacking).toEqual([]);
	});

	it('docs/ru/templates.md: of each setting of each template, by its file', () => {
		const lacking = [...templates()].flatMap(([file, template]) => {
			const text = section(page('docs/ru/templates.md'), (heading) => heading.startsWith(`${number(file)} `)) ?? '';
			return [...(text.includes(`\`${file}\``) ? [] : [`${file} is not named`]), ...settingsOf(template).filter((name) => !text.includes(`\`${name}\``)).map((name) => `${file}: ${name}`)];
		});
		expect(lacking).toEqual([]);
	});

	it.each(['README.md', 'docs/ru/README.md'])('%s: of each template by its file', (file) => {
		expect([...templates().keys()].filter((template) => !page(file).text.includes(`\`${template}\``))).toEqual([]);
	});

	it.each(['README.md', 'docs/ru/install.md'])('%s: of each credential', (file) => {
		expect(credentials().map(({ displayName }) => displayName).filter((name) => !new RegExp(`\\*${name}\\*`).test(page(file).text))).toEqual([]);
	});

	it.each(BOTH('templates'))('%s: of each table that the templates keep', (file) => {
		expect(tablesIn().length).toBeGreaterThan(5);
		expect(tablesIn().filter((table) => !page(file).text.includes(`\`${table}\``))).toEqual([]);
	});

	it.each(BOTH('security'))('%s: of what each Data Table holds of people', (file) => {
		expect(Object.keys(ROW_SCHEMAS).filter((table) => !page(file).text.includes(`\`${table}\``))).toEqual([]);
	});

	it.each(['README.md', 'docs/ru/sizing.md'])('%s: of each benchmark', (file) => {
		const benchmarks = readdirSync(path.join(repositoryRoot(), 'test', 'bench')).filter((name) => /^(?!.*\.test\.).+\.cts$/.test(name)).map((name) => name.replace('.cts', ''));
		expect(benchmarks.filter((name) => !page(file).text.includes(`\`${name}\``))).toEqual([]);
	});

	it('README.md: of each node', async () => {
		expect((await documentedNodes()).map(({ name }) => name).filter((name) => !page('README.md').text.includes(`| **${name}** |`))).toEqual([]);
	});

	it('docs/ru: of each page that there is in English, and links each page from its beginning', () => {
		const english = pages().map(({ path: file }) => file).filter((file) => /^docs\/[\w-]+\.md$/.test(file)).map((file) => path.posix.basename(file));
		const russian = pages().map(({ path: file }) => file).filter((file) => file.startsWith('docs/ru/')).map((file) => path.posix.basename(file));
		// The catalogue is in English; its most usual codes are on the page of troubleshooting. Figures are made by a run. The others are for developers.
		const inEnglishOnly = ['architecture.md', 'errors.md', 'performance.md'];
		expect(english.filter((file) => !russian.includes(file) && !inEnglishOnly.includes(file))).toEqual([]);
		expect(russian.filter((file) => file !== 'README.md' && !page('docs/ru/README.md').text.includes(`](${file}`))).toEqual([]);
		expect(english.filter((file) => !page('README.md').text.includes(`](docs/${file}`))).toEqual([]);
	});

	it('no address of this package but the one that package.json has', () => {
		expect(pages().filter(({ text }) => new RegExp(`github\\.com/(?!${PACKAGE_NAME}/${PACKAGE_NAME})`).test(text)).map(({ path: file }) => file)).toEqual([]);
	});
});
