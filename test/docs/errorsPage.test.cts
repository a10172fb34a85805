import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CATALOGUE, CATALOGUE_PARTS } from '../../core';
import { repositoryRoot } from '../n8n/repository.cts';
import { errorsPage } from './errorsPage.cts';

describe('docs/errors.md', () => {
	it('is what `npm run docs` makes of the catalogue', () => {
		expect(readFileSync(path.join(repositoryRoot(), 'docs', 'errors.md'), 'utf8')).toBe(errorsPage());
	});

	it('has every code once', () => {
		const codes = Object.values(CATALOGUE_PARTS).flatMap((part) => Object.keys(part));
		expect(codes.sort()).toEqual(Object.keys(CATALOGUE).sort());
		expect(new Set(codes).size).toBe(codes.length);
	});
});
