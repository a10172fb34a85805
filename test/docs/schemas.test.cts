import type { IDataObject } from 'n8n-workflow';
import { order as documentOrder, position } from '../core/sync/crm/documents.ts';
import { Engine } from '../n8n/engine.cts';
import { templates } from '../n8n/templates.cts';
import { Crm } from '../nodes/Bitrix/crmBench.cts';
import { ExchangeSite } from '../nodes/catalog/exchangeSite.cts';
import { folder, product } from '../nodes/catalog/items.cts';
import { Site } from '../nodes/catalog/site.cts';
import { EntityBench } from '../nodes/MoySklad/entityBench.cts';
import { ExchangeStore } from '../nodes/orders/exchangeStore.cts';
import { Money } from '../nodes/orders/money.cts';
import { Updating } from '../nodes/orders/updating.cts';
import { faultsOf, type Schema } from './jsonSchema.cts';
import { page } from './pages.cts';
import { linkFaults, ROW_SCHEMAS, rowFaults, schemaFiles, schemaNamed, tablesOf } from './schemas.cts';

const COLUMN_TYPES: Record<string, string[]> = { string: ['string', 'null'], number: ['number', 'integer', 'null'], boolean: ['boolean', 'null'] };
const OF_N8N = ['id', 'createdAt', 'updatedAt'];

describe('docs/schemas', () => {
	it('has a schema for each table of the templates, with its columns and their types', () => {
		const tables = tablesOf(templates());
		expect([...tables.keys()].filter((table) => !ROW_SCHEMAS[table])).toEqual([]);
		for (const [table, made] of tables) {
			const { properties = {} } = schemaNamed(ROW_SCHEMAS[table] ?? '');
			for (const { file, columns } of made) {
				expect({ file, table, columns: columns.map(({ name }) => name) }).toEqual({ file, table, columns: Object.keys(properties).filter((name) => !OF_N8N.includes(name)) });
				for (const { name, type } of columns) expect({ table, name, fits: typesIn(properties[name]).every((one) => COLUMN_TYPES[type]?.includes(one)) }).toEqual({ table, name, fits: true });
			}
		}
	});

	it('names no table that there is not, and has no file that nothing holds', () => {
		const tables = tablesOf(templates());
		expect(Object.keys(ROW_SCHEMAS).filter((table) => !tables.has(table))).toEqual([]);
		expect(schemaFiles().sort()).toEqual(['link', ...Object.values(ROW_SCHEMAS)].sort());
		expect(schemaFiles().filter((name) => !page('docs/schemas/README.md').text.includes(`](${name}.schema.json)`))).toEqual([]);
	});

	it('knows every type of link that a template keeps', () => {
		const choices = schemaNamed('link-row').properties?.type?.enum ?? [];
		const kept = [...templates().values()].flatMap(({ nodes }) =>
			nodes.flatMap(({ type, parameters }) => {
				const { value = {} } = (parameters.columns ?? {}) as { value?: Record<string, unknown> };
				return type === 'n8n-nodes-base.dataTable' && 'link' in value && typeof value.type === 'string' && !value.type.startsWith('=') ? [value.type] : [];
			}),
		);
		expect(kept.length).toBeGreaterThan(5);
		expect(kept.filter((type) => !choices.includes(type))).toEqual([]);
	});

	it('refuses what is no row', () => {
		const schema: Schema = schemaNamed('inbox-row');
		const row = { entity: 'product', objectId: 'x', action: 'UPDATE', moment: '', requestId: null, reportPath: null, attempts: 0, notBefore: 0, lease: '', leaseUntil: 0 };
		expect(faultsOf(row, schema)).toEqual([]);
		expect(faultsOf({ ...row, action: 'GUESS' }, schema)).toHaveLength(1);
		expect(faultsOf({ ...row, attempts: -1 }, schema)).toHaveLength(1);
		expect(faultsOf({ ...row, phone: '+7' }, schema)).toHaveLength(1);
		expect(faultsOf({ ...row, entity: undefined }, schema)).toHaveLength(1);
	});
});

const typesIn = ({ type, enum: choices }: Schema = {}): string[] => (choices ? [...new Set(choices.map((choice) => typeof choice))] : [type ?? []].flat());

/** Columns of a row of msbx_links as templates fill them. */
const linkRow = (link: { flow: string; type: string; key: string; moySkladId: string | null; bitrixId: string | null }): unknown => ({
	flow: link.flow, type: link.type, key: link.key, moySkladId: link.moySkladId, bitrixId: link.bitrixId, link: JSON.stringify(link),
});

function expectLinks(links: ReadonlyArray<{ flow: string; type: string; key: string; moySkladId: string | null; bitrixId: string | null } | undefined>, types: string[]): void {
	expect([...new Set(links.map((link) => link?.type))].sort()).toEqual([...types].sort());
	expect(linkFaults(links)).toEqual([]);
	expect(rowFaults('msbx_links', links.map((link) => linkRow(link as never)))).toEqual([]);
}

describe('docs/schemas hold for what the nodes make in the engine', () => {
	it('rows of the inbox: what template 10 makes of events', async () => {
		const engine = await Engine.load({ fromN8n: ['n8n-nodes-base'] });
		const template = templates().get('10-webhook-receiver.json');
		const nodes = (template?.nodes ?? []).filter(({ name }) => ['Name the Object', 'As Rows'].includes(name));
		const event = { entity: 'product', id: 'a', action: 'UPDATE', updatedFields: ['name'], moment: '2026-11-21T10:00:00.000Z', author: 'admin@shop', requestId: 'r', index: 0, accountId: 'x' };
		const stock = { entity: 'stock', action: 'UPDATE', reportType: 'all', stockType: 'stock', reportPath: '/report/stock', moment: null, author: null, requestId: null, index: 0, accountId: null };
		const run = await engine.runWorkflow({
			workflow: { nodes, connections: { 'Name the Object': { main: [[{ node: 'As Rows', type: 'main', index: 0 }]] } } } as never,
			start: 'Name the Object',
			items: [event, stock] as unknown as IDataObject[],
		});
		const rows = run.only('As Rows').json(0);
		expect(rows).toHaveLength(2);
		expect(rows[0]).not.toHaveProperty('author');
		expect(rowFaults('msbx_inbox', rows)).toEqual([]);
	}, 60_000);

	it('links of orders, of the store that was told, and of payments and shipments', async () => {
		const bench = await Updating.open();
		try {
			const ids = await bench.order(3);
			const money = new Money(bench.shop);
			const documents = await money.write(await bench.shop.orders(ids));
			const told = await bench.update(ids);
			expectLinks([...bench.shop.links.values()], ['customerorder']);
			expectLinks(told.map(({ link }) => link), ['storeorder']);
			expectLinks(documents.map(({ link }) => link), ['orderdocuments']);
		} finally {
			await bench.close();
		}
	}, 60_000);

	it('snapshots of the orders of a site without REST', async () => {
		const store = await ExchangeStore.open();
		try {
			store.place();
			const { orders } = await store.export();
			expectLinks(orders.map(({ snapshot }) => snapshot as never), ['exchangeorder']);
		} finally {
			await store.close();
		}
	}, 60_000);

	it('links of items, over REST and over the exchange', async () => {
		const site = await Site.open();
		const exchange = await ExchangeSite.open();
		try {
			const links = (await site.upsert([product('tea'), product('cup')])).map(({ link }) => link);
			expectLinks(links as never, ['product']);
			const items = [product('tea'), product('cup')];
			expectLinks((await exchange.upsert(items)).map(({ link }) => link) as never, ['product']);
			expectLinks((await exchange.results('upsertSections', [folder('drinks')])).map(({ link }) => link) as never, ['productfolder']);
		} finally {
			await Promise.all([site.close(), exchange.close()]);
		}
	}, 60_000);

	it('links of deals and of counterparties', async () => {
		const crm = await Crm.open();
		const bench = await EntityBench.start({ size: { products: 1, variantShare: 0 } });
		try {
			const deals = await crm.deals([documentOrder({ sum: 10_000, positions: { rows: [position('tea', { quantity: 1, price: 10_000 })] } }) as never]);
			expectLinks(deals.map(({ link }) => link) as never, ['deal']);
			const run = await bench.run({ resource: 'counterparty', operation: 'createOrUpdateFromCustomer', siteKey: 'shop' }, [{ name: 'Анна Волкова', phone: '8 (916) 123-45-67' }]);
			const links = run.outputs.flat().map(({ json }) => json.link);
			expectLinks(links as never, ['counterparty']);
			expect(JSON.stringify(links)).not.toMatch(/Волкова|123-45-67|1234567/);
		} finally {
			await Promise.all([crm.close(), bench.close()]);
		}
	}, 60_000);
});
