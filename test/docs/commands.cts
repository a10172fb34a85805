import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../n8n/repository.cts';
import { fences, inlineCode, type Page } from './pages.cts';

/** A command of npm as a page names it. */
export interface NamedCommand {
	page: string;
	/** The script of package.json. */
	script: string;
	/** What stands behind `--`. */
	args: string[];
}

const root = repositoryRoot();

export const scripts = (): Record<string, string> => (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts;

/** Blocks of commands of a page, each without its comments. */
export const commandLines = (page: Page): string[] =>
	fences(page).filter(({ language }) => language === 'sh').flatMap(({ text }) => text.split('\n')).map((line) => line.replace(/\s+#.*$/, '').trim()).filter((line) => line !== '' && !line.startsWith('#'));

/** One command each: what `&&` joins is several. */
export const singleCommands = (page: Page): string[] => commandLines(page).flatMap((line) => line.split('&&')).map((one) => one.trim());

/** Where a page leaves the choice to the reader. */
const PLACEHOLDERS = ['NAME', 'ИМЯ', 'N', '…'];

/** All commands of npm that a page names, in blocks and in backticks. */
export const namedCommands = (page: Page): NamedCommand[] =>
	[...singleCommands(page), ...inlineCode(page)].flatMap((text) => {
		const [, script = '', args = ''] = /^npm (?:run )?(test|(?<=run )[\w:-]+)(?: +-- +(.+))?$/.exec(text) ?? [];
		return script === '' ? [] : [{ page: page.path, script, args: args.split(/\s+/).filter((one) => one !== '' && !PLACEHOLDERS.includes(one)) }];
	});

const read = (file: string): string => (existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : '');

/** The text of the script, of the program that it runs, and of what that imports from beside it. */
function sourcesOf(script: string): string {
	const own = read(/node (\S+)/.exec(scripts()[script] ?? '')?.[1] ?? '');
	const programs = [...own.matchAll(/'(test\/[\w/.-]+\.cts)'/g)].map(([, file]) => file ?? '');
	const imported = programs.flatMap((file) => [...read(file).matchAll(/from '(\.\/[\w/.-]+)'/g)].map(([, beside]) => path.posix.join(path.posix.dirname(file), beside ?? '')));
	return [own, ...[...programs, ...imported].map(read)].join('\n');
}

const isJest = (script: string): boolean => /jest/.test(sourcesOf(script));

/** What is wrong with an argument; undefined for one that the command takes. */
export function argumentFault({ script, args }: NamedCommand, isBench: (name: string) => boolean, isTrap: (name: string) => boolean): string | undefined {
	const wrong = args.find((arg, index) => {
		if (script === 'bench') return index === 0 ? !isBench(arg) && arg !== 'all' : !/^\d+$/.test(arg);
		if (script === 'versions') return !/^\d+\.\d+\.\d+$/.test(arg);
		if (script === 'new' && index === 1) return !/^[a-z\d-]+$/i.test(arg);
		if (script === 'new') return !new RegExp(`\\b${arg}\\b`).test(sourcesOf(script));
		if (script === 'guards') return !isTrap(arg);
		if (arg.startsWith('--')) return !new RegExp(`${arg}\\b|['"]?${arg.slice(2)}['"]?: *\\{ *type`).test(sourcesOf(script));
		if (isJest(script)) return arg !== '-t' && args[index - 1] !== '-t' && !existsSync(path.join(root, arg));
		// The value of an option.
		return !(args[index - 1] ?? '').startsWith('--');
	});
	return wrong === undefined ? undefined : `${script} does not take ${wrong}`;
}
