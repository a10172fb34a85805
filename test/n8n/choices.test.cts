import { deepCopy, type INode } from 'n8n-workflow';
import { choiceFaults } from './choices.cts';
import { templates, type Template } from './templates.cts';

const STOCK_AND_PRICES = '04-stock-and-prices.json';
const catalog = (value: string, mode = 'id'): INode['parameters'] => ({ catalog: { __rl: true, mode, value } });

describe('The check of what templates choose', () => {
	const sound = templates().get(STOCK_AND_PRICES) as Template;
	const named = ({ nodes }: Template, name: string): INode => nodes.find((node) => node.name === name) as INode;

	it('finds nothing in a sound template', () => {
		expect(choiceFaults(sound)).toEqual([]);
	});

	it('every template turns the rows into choices in the same way', () => {
		const ways = [...templates().values()].flatMap(({ nodes }) => nodes.filter(({ name }) => /^Choices( for |$)/.test(name)).map(({ parameters }) => String(parameters.jsonOutput).replaceAll(/'Read Choices[^']*'/g, "'Read Choices'")));
		expect(ways.length).toBeGreaterThan(10);
		expect(new Set(ways).size).toBe(1);
	});

	const broken: Array<[what: string, change: (template: Template) => void, node: string, text: string]> = [
		['a list that stays open', (template) => Object.assign(named(template, 'Update Stock').parameters, catalog('', 'list')), 'Update Stock', 'its list "catalog" is not read from msbx_settings'],
		['another choice', (template) => Object.assign(named(template, 'Update Stock').parameters, catalog("={{ $('Choices').first().json.organization }}")), 'Update Stock', 'its list "catalog" takes the choice "organization"'],
		['choices of the other path', (template) => Object.assign(named(template, 'Update Stock').parameters, catalog("={{ $('Choices for Prices').first().json.catalog }}")), 'Update Stock', 'its list "catalog" is read from "Choices for Prices", which does not run before it'],
		['a node without choices', (template) => Object.assign(named(template, 'Update Prices').parameters, catalog("={{ $('Page').first().json.choices.catalog }}")), 'Update Prices', 'its list "catalog" is read from "Page", which has no choices'],
		['choices that nobody hands over', (template) => void ((named(template, 'From the Beginning').parameters.assignments as { assignments: unknown[] }).assignments.pop()), 'Update Prices', 'its list "catalog" is read from "One Page", to which no part hands choices'],
		['a way past the choices', (template) => void (template.connections['Compare Now']?.main?.[0]?.push({ node: 'From the Beginning', type: 'main', index: 0 })), 'From the Beginning', '"Compare Now" leads to it past the choices'],
		['a table that is not read', (template) => Object.assign(named(template, 'Read Choices').parameters, { resource: 'table' }), 'Choices', 'it does not read msbx_settings'],
		['a failed reading that would go on without choices', (template) => Object.assign(named(template, 'Read Choices'), { onError: 'continueRegularOutput' }), 'Choices', '"Read Choices" goes on when msbx_settings cannot be read'],
	];

	it.each(broken)('finds %s', (_, change, node, text) => {
		const template = deepCopy(sound);
		change(template);
		expect(choiceFaults(template)).toEqual([{ node, text }]);
	});
});
