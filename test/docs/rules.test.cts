import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readTable } from '../../scripts/setup/guards/table.cjs';
import { repositoryRoot } from '../n8n/repository.cts';
import { filesOf } from '../package/layers.cts';
import { page } from './pages.cts';

/** A code in a comment: rule C2, rules I2 and O2, trap N12. */
const NAMED = /\b(?:rule|rules|trap|traps) ((?:[A-Z]\d{1,2})(?:(?:, | and )[A-Z]\d{1,2})*)/g;

describe('docs/architecture.md', () => {
	const { text } = page('docs/architecture.md');
	const explains = (code: string): boolean => text.includes(`| ${code} |`) || text.includes(`${code}: `);

	it('explains each rule and trap that a comment names', () => {
		const root = repositoryRoot();
		const named = ['core', 'transport', 'nodes', 'credentials'].flatMap((layer) =>
			filesOf(root, layer).flatMap((file) => [...readFileSync(path.join(root, file), 'utf8').matchAll(NAMED)].flatMap(([, codes]) => (codes ?? '').split(/, | and /).map((code) => ({ file, code })))),
		);
		expect(named.length).toBeGreaterThan(100);
		expect(named.filter(({ code }) => !explains(code)).map(({ file, code }) => `${file}: ${code}`)).toEqual([]);
	});

	it('explains each rule and trap that has a guard', () => {
		const guarded = [...new Set(readTable().map(({ trap }) => trap))].filter((trap) => /^[A-Z]\d+$/.test(trap));
		expect(guarded.filter((code) => !explains(code))).toEqual([]);
	});
});
