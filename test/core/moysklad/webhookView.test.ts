import { ownerOf, viewWebhooks, webhookTable, type RegisteredWebhook } from '../../../core';

const OWN = { base: 'https://n8n.example.com', instanceKey: '0123456789ab' };
const address = (base = OWN.base, key = OWN.instanceKey, check = 'secret-0123456789'): string =>
	`${base}/webhook/w/moysklad?instance=${key}&check=${check}`;
const webhook = (
	id: string,
	more: Partial<Extract<RegisteredWebhook, { kind: 'object' }>> = {},
): RegisteredWebhook => ({
	kind: 'object',
	entity: 'customerorder',
	action: 'UPDATE',
	diffType: 'FIELDS',
	url: address(),
	enabled: true,
	id,
	accountId: null,
	ofSolution: false,
	...more,
});
const ids = (views: ReturnType<typeof viewWebhooks>) => views.map(({ id }) => id);

describe('The owner of a webhook', () => {
	it.each([
		['ours', 'our base and our key', address()],
		['ours', 'an older check string', address(OWN.base, OWN.instanceKey, 'older')],
		['foreign', 'W1: our base, but another key', address(OWN.base, 'ffffffffffff')],
		[
			'otherHost',
			'W1: another base, even with our key: a clone that was given our key sees production like this',
			address('https://old.example.com'),
		],
		['otherHost', 'the same host below another path', address('https://n8n.example.com/other')],
		['foreign', 'anything else', 'https://shop.example.com/hook'],
	])('is %s with %s', (owner, _what, url) => {
		expect(ownerOf(url, OWN)).toBe(owner);
	});
});

describe('The view of webhooks', () => {
	it('R049, R050: says all without a secret', () => {
		const [view] = viewWebhooks([webhook('a', { enabled: false })], OWN);
		expect(view).toEqual({
			id: 'a',
			kind: 'object',
			entity: 'customerorder',
			action: 'UPDATE',
			changedFields: true,
			reportType: null,
			purpose: 'orders',
			status: 'disabled',
			since: null,
			owner: 'ours',
			duplicate: false,
			host: 'n8n.example.com',
			url: 'https://n8n.example.com/webhook/w/moysklad?instance=0123456789ab&check=***',
		});
	});

	it('of stock has a report in place of an object', () => {
		const stock: RegisteredWebhook = {
			kind: 'stock',
			reportType: 'all',
			url: address(),
			enabled: true,
			id: 'a',
			accountId: null,
			ofSolution: false,
		};
		expect(viewWebhooks([stock], OWN)[0]).toMatchObject({
			entity: null,
			action: null,
			changedFields: null,
			reportType: 'all',
			purpose: 'stock',
			status: 'active',
		});
	});

	it('R062: marks those that report the same to the same receiver', () => {
		const views = viewWebhooks(
			[
				webhook('a'),
				webhook('b', { url: address(OWN.base, OWN.instanceKey, 'older') }),
				webhook('c', { action: 'CREATE' }),
				webhook('d', { url: 'https://shop.example.com/Hook/?a=1' }),
				webhook('e', { url: 'https://SHOP.example.com/hook' }),
				webhook('f', { url: 'https://shop.example.com/hook', enabled: false }),
			],
			OWN,
		);
		expect(ids(views.filter(({ duplicate }) => duplicate)).sort()).toEqual(['a', 'b', 'd', 'e']);
	});

	it('R072: is grouped by purpose', () => {
		const views = viewWebhooks(
			[
				webhook('other', { entity: 'employee' }),
				webhook('goods', { entity: 'product' }),
				webhook('orders'),
				webhook('new orders', { action: 'CREATE' }),
			],
			OWN,
		);
		expect(ids(views)).toEqual(['new orders', 'orders', 'goods', 'other']);
	});

	it('bears an address that is none', () => {
		expect(viewWebhooks([webhook('a', { url: 'nonsense' })], OWN)[0]).toMatchObject({
			host: 'nonsense',
			owner: 'foreign',
		});
	});
});

describe('The table of webhooks', () => {
	const table = webhookTable(
		viewWebhooks(
			[
				webhook('on'),
				webhook('off', { action: 'CREATE', enabled: false }),
				webhook('strange', { entity: 'product', url: 'https://shop.example.com/<script>&"\'' }),
			],
			OWN,
		),
	);
	const rowOf = (id: string): string => table.split('<tr').find((row) => row.includes(`<td>${id}</td>`)) ?? '';
	const colour = (id: string): string | undefined => /background:(#\w+)/.exec(rowOf(id))?.[1];

	it('R063: has a colour of its own for what is switched off, and for what is foreign', () => {
		expect(new Set(['on', 'off', 'strange'].map(colour)).size).toBe(3);
		expect(colour('off')).toBe('#fde2e2');
	});

	it('escapes what others have written', () => {
		expect(table).not.toContain('<script>');
		expect(rowOf('strange')).toContain('https://shop.example.com/&lt;script&gt;&amp;&quot;&#39;');
	});

	it('is grouped, with the names that people know', () => {
		expect(table.match(/<th colspan="7"[^>]*>(\w+)/g)?.map((heading) => heading.replace(/.*>/, ''))).toEqual([
			'Orders',
			'Catalog',
		]);
		expect(rowOf('on')).toContain(
			'<td>Customer Order</td><td>UPDATE</td><td>Named</td><td>active</td><td>This n8n</td>',
		);
	});

	it('says of duplicates that they are', () => {
		expect(
			webhookTable(
				viewWebhooks([webhook('a'), webhook('b', { url: address(OWN.base, OWN.instanceKey, 'older') })], OWN),
			),
		).toContain('active, duplicate');
	});
});
