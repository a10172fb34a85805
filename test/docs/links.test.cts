import { existsSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../n8n/repository.cts';
import { anchors, links, pages, type Link } from './pages.cts';

const ALL = pages();
const isRelative = ({ target }: Link): boolean => !/^[a-z][a-z+.-]*:/i.test(target);

/** Why a link leads nowhere; undefined for a good one. */
function fault({ page, target }: Link): string | undefined {
	const [file = '', anchor] = decodeURI(target).split('#');
	const place = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
	if (!existsSync(path.join(repositoryRoot(), place))) return `${page}: there is no ${target}`;
	if (anchor === undefined) return undefined;
	const aim = ALL.find((one) => one.path === place);
	return aim && anchors(aim).includes(anchor) ? undefined : `${page}: no heading of ${place} makes #${anchor}`;
}

describe('The links of the documents', () => {
	const all = ALL.flatMap(links);

	it('lead to files and headings that there are', () => {
		expect(all.length).toBeGreaterThan(100);
		expect(all.filter((link) => isRelative(link) && !link.picture).flatMap((link) => fault(link) ?? [])).toEqual([]);
	});

	it('lead elsewhere over https only', () => {
		expect(all.filter((link) => !isRelative(link)).map(({ page, target }) => `${page}: ${target}`).filter((text) => !/: (https:\/\/|mailto:)/.test(text))).toEqual([]);
	});

	it('in Russian lead to the Russian page where there is one, or say that it is English', () => {
		const russian = new Set(ALL.filter(({ path: file }) => file.startsWith('docs/ru/')).map(({ path: file }) => path.posix.basename(file)));
		const strayed = all.filter(({ page, target }) => page.startsWith('docs/ru/') && /^\.\.\/[\w-]+\.md/.test(target) && russian.has(path.posix.basename(target.split('#')[0] ?? '')));
		const said = strayed.filter(({ page, target }) => !new RegExp(`по-английски[^\\]]*\\]\\(${target.replace(/[.#]/g, '\\$&')}`, 'i').test(ALL.find((one) => one.path === page)?.text ?? ''));
		expect(said.map(({ page, target }) => `${page}: ${target}`)).toEqual([]);
	});
});
