import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ACCEPTED, BUNDLED, graveFindings } from '../../scripts/setup/advisories.cjs';
import { repositoryRoot } from '../n8n/repository.cts';

const advisory = (name: string, severity: string, id: string) => ({ name, severity, title: `${name} is weak`, url: `https://github.com/advisories/${id}`, range: '<1' });

/** As npm prints it: a package that only depends on a weak one names that. */
const report = {
	vulnerabilities: {
		tool: { via: [advisory('tool', 'high', 'GHSA-1'), advisory('tool', 'moderate', 'GHSA-2')] },
		user: { via: ['tool'] },
		zod: { via: [advisory('zod', 'low', 'GHSA-3')] },
	},
};

describe('The audit', () => {
	it('stops at what is grave, and at everything in what users get', () => {
		const { open, accepted, unused } = graveFindings(report, []);
		expect(open.map(({ id, packages }) => [id, packages])).toEqual([['GHSA-1', ['tool']], ['GHSA-3', ['zod']]]);
		expect([accepted, unused]).toEqual([[], []]);
	});

	it('passes over what is accepted, and says what the list has too much', () => {
		const { open, accepted, unused } = graveFindings(report, [{ id: 'GHSA-1', reason: 'never called' }, { id: 'GHSA-9', reason: 'old' }]);
		expect(open.map(({ id }) => id)).toEqual(['GHSA-3']);
		expect(accepted).toMatchObject([{ id: 'GHSA-1', reason: 'never called' }]);
		expect(unused).toEqual([{ id: 'GHSA-9', reason: 'old' }]);
	});

	it('knows what is bundled', () => {
		const { sources } = JSON.parse(readFileSync(path.join(repositoryRoot(), 'dist', 'shared', 'core.js.map'), 'utf8')) as { sources: string[] };
		const packages = sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []);
		expect([...new Set(packages)].sort()).toEqual(BUNDLED);
	});

	it('has a reason for each that is accepted', () => {
		expect(ACCEPTED.filter(({ id, reason }) => !/^GHSA(-[0-9a-z]{4}){3}$/.test(id) || reason.length < 20)).toEqual([]);
	});
});
