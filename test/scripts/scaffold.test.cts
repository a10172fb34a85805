import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { entityFiles, templateFiles } from '../../scripts/setup/scaffold.cjs';
import { packageOfN8n } from '../n8n/cachedN8n.cts';
import { NodeLibrary } from '../n8n/nodeLibrary.cts';
import { repositoryRoot } from '../n8n/repository.cts';
import { findings, type Template } from '../n8n/templates.cts';

const read = (file: string): string | undefined => {
	const place = path.join(repositoryRoot(), file);
	return existsSync(place) ? readFileSync(place, 'utf8') : undefined;
};

describe('npm run new -- entity', () => {
	const INDEX = 'nodes/MoySklad/resources/index.ts';

	it('makes a resource that lists it, in its place among the others', () => {
		const { files = {}, fault } = entityFiles('retailsalesreturn', read);
		expect(fault).toBeUndefined();
		expect(Object.keys(files).sort()).toEqual([INDEX, 'nodes/MoySklad/resources/retailSalesReturn.ts']);
		expect(files['nodes/MoySklad/resources/retailSalesReturn.ts']).toBe(
			"import { readOperations } from './entityResource';\n\nexport const retailSalesReturn = readOperations({\n\tvalue: 'retailSalesReturn',\n\tentity: 'retailsalesreturn',\n\tname: 'Retail Sales Return',\n\tplural: 'retail sales returns',\n\tincludes: [],\n});\n",
		);
		const index = files[INDEX] ?? '';
		expect(ts.transpileModule(index, { reportDiagnostics: true }).diagnostics).toEqual([]);
		const listed = (/Resource\[\] = \[([^\]]+)\]/.exec(index)?.[1] ?? '').split(',').map((name) => name.trim()).filter(Boolean);
		expect(listed).toContain('retailSalesReturn');
		expect(listed).toEqual([...listed].sort((one, other) => one.localeCompare(other)));
		const before = (/Resource\[\] = \[([^\]]+)\]/.exec(read(INDEX) ?? '')?.[1] ?? '').split(',').map((name) => name.trim()).filter(Boolean);
		expect(listed.filter((name) => name !== 'retailSalesReturn')).toEqual(before);
		expect(index).toContain("import { retailSalesReturn } from './retailSalesReturn';");
	});

	it.each([
		['that is there', 'salesreturn', /salesReturn\.ts is there already/],
		['that MoySklad does not have', 'nothing', /no objects "nothing"/],
	])('refuses one %s', (_what, keyword, fault) => {
		expect(entityFiles(keyword, read)).toEqual({ fault: expect.stringMatching(fault) });
	});
});

describe('npm run new -- template', () => {
	it('makes one in which nothing is found', async () => {
		const { files = {} } = templateFiles('98-price-report', read);
		const template = JSON.parse(files['workflows/98-price-report.json'] ?? '') as Template;
		expect(template.name).toBe('Price report');
		expect(findings(template, await NodeLibrary.load([repositoryRoot(), packageOfN8n('n8n-nodes-base')]))).toEqual([]);
	});

	it.each([
		['that is there', '01-set-up-webhooks', /is there already/],
		['without a number', 'price-report', /no name of a template/],
		['that leads elsewhere', '98-../x', /no name of a template/],
	])('refuses one %s', (_what, name, fault) => {
		expect(templateFiles(name, read)).toEqual({ fault: expect.stringMatching(fault) });
	});
});
