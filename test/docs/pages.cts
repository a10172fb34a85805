import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../n8n/repository.cts';

/** A page of the documents; `path` is relative to the repository, with slashes. */
export interface Page {
	path: string;
	text: string;
}

/** A fenced block: its language, its text, and the line at which it begins. */
export interface Fence {
	page: string;
	language: string;
	text: string;
	line: number;
}

export interface Link {
	page: string;
	target: string;
	picture: boolean;
}

const AT_THE_TOP = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];

/** All documents: those at the top, and whatever is below docs/. */
export function pages(root = repositoryRoot()): Page[] {
	const below = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.md'))
		.map((file) => path.posix.join('docs', file.split(path.sep).join('/')))
		.sort();
	return [...AT_THE_TOP, ...below].map((file) => ({ path: file, text: readFileSync(path.join(root, file), 'utf8') }));
}

export const page = (file: string): Page => {
	const found = pages().find((one) => one.path === file);
	if (!found) throw new RangeError(`There is no page ${file}`);
	return found;
};

/** docs/errors.md is made of the catalogue, and held to it by a test of its own. */
export const written = (): Page[] => pages().filter(({ path: file }) => file !== 'docs/errors.md');

const FENCE = /^([ \t]*)```([a-z]*)[^\n]*\n([\s\S]*?)^\1```[ \t]*$/gm;

export const fences = ({ path: file, text }: Page): Fence[] =>
	[...text.matchAll(FENCE)].map((match) => ({
		page: file,
		language: match[2] ?? '',
		text: (match[3] ?? '').split('\n').map((line) => line.replace(match[1] ?? '', '')).join('\n'),
		line: text.slice(0, match.index).split('\n').length,
	}));

/** The text without fenced blocks, which hold no links, names or headings. */
const prose = ({ text }: Page): string => text.replace(FENCE, '');

const withoutCode = (text: string): string => text.replace(/`[^`\n]*`/g, '');

/** Links and pictures, with their targets as they are written. */
export const links = (one: Page): Link[] =>
	[...withoutCode(prose(one)).matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, picture, target]) => ({ page: one.path, target: target ?? '', picture: picture === '!' }));

export const inlineCode = (one: Page): string[] => [...prose(one).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? '');

/** What stands in single stars: names of the user interface, as a rule. */
export const italics = (one: Page): string[] =>
	[...withoutCode(prose(one)).replace(/\*\*/g, '').matchAll(/(?<![\w*])\*([^*\n]+?)\*(?![\w*])/g)].map(([, text]) => (text ?? '').trim());

export interface Heading {
	level: number;
	text: string;
}

const headings = (one: Page): Heading[] => [...prose(one).matchAll(/^(#{1,6}) +(.+?) *$/gm)].map(([, marks, text]) => ({ level: (marks ?? '').length, text: text ?? '' }));

/** The anchors of a page as GitHub makes them of its headings. */
export function anchors(one: Page): string[] {
	const seen = new Map<string, number>();
	return headings(one).map(({ text }) => {
		const plain = text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
		const slug = plain.trim().toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replace(/ /g, '-');
		const before = seen.get(slug) ?? 0;
		seen.set(slug, before + 1);
		return before === 0 ? slug : `${slug}-${before}`;
	});
}

/** The text below a heading up to the next one of the same or a higher level; undefined when there is no such heading. */
export function section(one: Page, isIt: (heading: string) => boolean): string | undefined {
	const lines = one.text.split('\n');
	const levelOf = (line: string): number => /^(#{1,6}) /.exec(line)?.[1]?.length ?? 0;
	const from = lines.findIndex((line) => levelOf(line) > 0 && isIt(line.replace(/^#+ +/, '').trim()));
	if (from < 0) return undefined;
	const level = levelOf(lines[from] ?? '');
	const to = lines.findIndex((line, index) => index > from && levelOf(line) > 0 && levelOf(line) <= level);
	return lines.slice(from, to < 0 ? undefined : to).join('\n');
}
