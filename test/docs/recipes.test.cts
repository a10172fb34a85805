import type { INodeParameters } from 'n8n-workflow';
import { attribute, product } from '../nodes/catalog/items.cts';
import { Site, type Item, type Result } from '../nodes/catalog/site.cts';
import { fences, inlineCode, page, type Page } from './pages.cts';

const PAGES: Page[] = ['docs/mapping.md', 'docs/ru/mapping.md'].map(page);

/** What a recipe is tried with: the field that it is for, an item and what it becomes, and one of which nothing is said. */
interface Trial {
	target: string;
	item: Item;
	field: string;
	becomes: unknown;
	without: Item;
}

/** By the expression as the pages write it. */
const TRIALS: Record<string, Trial> = {
	"{{ ($json.attributes ?? []).find((one) => one.name === 'Длина, см')?.value * 10 || '' }}": {
		target: 'length', item: product('board', { attributes: [attribute('Длина, см', 25.5, 'double')] }), field: 'Length', becomes: '255 mm', without: product('tea'),
	},
	"{{ $json.trackingType === 'NOT_TRACKED' ? '' : $json.trackingType }}": {
		target: 'previewText', item: product('boots', { trackingType: 'SHOES' }), field: 'Announcement', becomes: 'SHOES', without: product('tea', { trackingType: 'NOT_TRACKED' }),
	},
	"{{ 'Y' }}": { target: 'quantityTrace', item: product('cup'), field: 'Quantity Control', becomes: 'yes', without: product('tea') },
};

const expressions = (one: Page): string[] => inlineCode(one).filter((code) => code.startsWith('{{'));
const programs = (one: Page): string[] => fences(one).filter(({ language }) => language === 'js').map(({ text }) => text);

const rowFor = (target: string, expression: string): INodeParameters => ({
	mapping: { change: [{ target: { __rl: true, mode: 'id', value: target }, value: 'expression', expression: `=${expression}`, policy: 'always' }] },
});

describe('The recipes of the mapping', () => {
	let site: Site;
	beforeAll(async () => (site = await Site.open()), 60_000);
	afterAll(async () => await site.close());

	it('have expressions that are all tried here', () => {
		for (const one of PAGES) expect(expressions(one).filter((code) => !(code in TRIALS))).toEqual([]);
		expect(PAGES.flatMap(expressions).length).toBeGreaterThan(4);
	});

	it.each(Object.entries(TRIALS))('%s', async (expression, { target, item, field, becomes, without }) => {
		const [made] = await site.upsert([item], { preview: true, ...rowFor(target, expression) });
		expect(made?.changes.find((change) => change.field === field)).toMatchObject({ to: becomes });
		expect(made?.warnings).toEqual([]);
		if (expression.includes("'Y'")) return;
		const [left] = await site.upsert([without], { preview: true, ...rowFor(target, expression) });
		expect(left?.changes.filter((change) => change.field === field)).toEqual([]);
	});

	it('round prices before they are written, with the same program in both languages', async () => {
		const all = PAGES.flatMap(programs);
		expect(new Set(all).size).toBe(1);
		// As n8n's Code node runs it, with the items as $input.
		const round = new Function('$input', all[0] ?? '') as (input: { all: () => Array<{ json: Item }> }) => Array<{ json: Item }>;
		const items = [product('dear', { salePrices: [{ ...(product('x').salePrices as unknown as Item[])[0], value: 123_45 }] } as never), product('free', { salePrices: undefined } as never)];
		const [first, second] = round({ all: () => items.map((json) => ({ json })) });
		const results: Result[] = await site.upsert([first?.json as Item, second?.json as Item], { preview: true });
		expect(results[0]?.changes.find(({ field }) => field === 'BASE')).toMatchObject({ to: '130 RUB' });
		expect(results.map(({ status }) => status)).toEqual(['planned', 'planned']);
	});
});
