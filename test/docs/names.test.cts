import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CATALOGUE } from '../../core';
import { repositoryRoot } from '../n8n/repository.cts';
import { inlineCode, italics, written } from './pages.cts';
import { shownNames } from './userInterface.cts';
import { NAMES_OF_OTHERS } from './namesOfOthers.cts';

const PAGES = written();

function textBelow(folder: string, pattern: RegExp): string {
	return readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
		.filter((entry) => entry.isFile() && pattern.test(entry.name))
		.map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
		.join('\n');
}

const root = repositoryRoot();
const SOURCES = [
	...['core', 'transport', 'nodes', 'credentials', 'workflows', 'deploy', 'scripts', 'docs/bitrix-site', 'docs/schemas', 'test'].map((folder) => textBelow(path.join(root, folder), /\.(ts|cts|cjs|json|php|yml|example)$|Dockerfile|Caddyfile/)),
	readFileSync(path.join(root, 'package.json'), 'utf8'),
].join('\n');
const WORDS = new Set(SOURCES.match(/[A-Za-z_][A-Za-z0-9_]*/g));

/** What each page names in backticks and what is of the form that is asked for. */
const named = (form: RegExp): Array<[page: string, name: string]> => PAGES.flatMap((page) => inlineCode(page).filter((code) => form.test(code)).map((code): [string, string] => [page.path, code]));

const lost = (all: ReadonlyArray<[string, string]>, isThere: (name: string) => boolean): string[] => {
	expect(all.length).toBeGreaterThan(5);
	return all.filter(([, name]) => !isThere(name)).map(([page, name]) => `${page}: ${name}`);
};

describe('What the documents name is in the sources', () => {
	it('templates', () => {
		expect(lost(named(/^\d\d[a-z]?-[a-z0-9-]+\.json$/), (file) => existsSync(path.join(root, 'workflows', file)))).toEqual([]);
	});

	it('tables of the templates, and metrics', () => {
		// Metrics have the same prefix.
		const flows = textBelow(path.join(root, 'workflows'), /\.json$/) + readFileSync(path.join(root, 'core', 'journal', 'metrics.ts'), 'utf8');
		expect(lost(named(/^msbx_[a-z_]+$/), (table) => new RegExp(`\\b${table}\\b`).test(flows))).toEqual([]);
	});

	it('codes, environment variables and properties', () => {
		const ofN8n = new Set(textBelow(path.join(root, 'node_modules', '@n8n', 'config', 'dist'), /\.js$/).match(/[A-Z][A-Z0-9_]+/g));
		// What begins as codes do has to be one; only variables of n8n begin as N8N_REFUSED does.
		const parts = new Set(Object.keys(CATALOGUE).map((code) => code.split('_')[0]).filter((part) => part !== 'N8N'));
		const isThere = (name: string): boolean => name in CATALOGUE || (!parts.has(name.split('_')[0] ?? '') && ofN8n.has(name)) || WORDS.has(name);
		expect(lost(named(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/), isThere)).toEqual([]);
	});

	it('beginnings of codes, such as ORDER_…', () => {
		expect(lost(named(/^[A-Z][A-Z0-9_]*_…$/), (name) => Object.keys(CATALOGUE).some((code) => code.startsWith(name.slice(0, -1))))).toEqual([]);
	});

	it('files and folders', () => {
		const isPath = /^(?![~/])[\w.@-]+(\/[\w.@-]+)*\/?$/;
		const all = named(isPath).filter(([, name]) => name.includes('/'));
		expect(lost(all, (name) => ['', 'docs', 'docs/ru', 'core', 'test'].some((folder) => existsSync(path.join(root, folder, name))) || NAMES_OF_OTHERS.includes(name))).toEqual([]);
	});

	it('settings, parameters and fields: words in camel case', () => {
		expect(lost(named(/^[a-z]+([A-Z][a-z0-9]*)+$/), (name) => WORDS.has(name) || NAMES_OF_OTHERS.includes(name))).toEqual([]);
	});

	it('names of the user interface, in stars', async () => {
		const shown = await shownNames();
		const lower = new Set([...shown, ...NAMES_OF_OTHERS].map((name) => name.toLowerCase()));
		const isShown = (name: string): boolean => lower.has(name.toLowerCase());
		const begins = (part: string): boolean => part.endsWith('…') && [...lower].some((name) => name.startsWith(part.slice(0, -1).trim().toLowerCase()));
		/** A name, or several behind each other: where it is → what it is called, a choice after its parameter. */
		const isKnown = (text: string): boolean => isShown(text) || begins(text) || [' → ', ' / ', ': ', ', '].some((mark) => text.includes(mark) && text.split(mark).every((part) => isKnown(part.trim())));
		const all = PAGES.filter(({ path: file }) => file !== 'CHANGELOG.md').flatMap((page) => italics(page).filter((text) => /^[A-Z][^\]]*$/.test(text)).map((text): [string, string] => [page.path, text]));
		expect(lost(all, isKnown)).toEqual([]);
	});
});
