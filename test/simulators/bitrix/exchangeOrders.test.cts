import { freshOrder } from './exchangeOrderBench.cts';
import { ExchangeClient } from './exchangeClient.cts';
import { idsIn, lineOf, order } from './exchangeShop.cts';
import { tag, information } from './exchangeXml.cts';
import { control } from './restClient';

const bench = freshOrder();

describe('the upload', () => {
	it('with a version is only kept until it is imported', async () => {
		await bench.orders.login();
		await bench.orders.call('init', { version: '2.08' });
		const xml = information([bench.document({ requisites: { Отменен: 'true' } })]);
		for (const part of [xml.slice(0, 200), xml.slice(200)])
			expect((await bench.orders.upload('o.xml', part)).text).toBe('success\n');
		expect(bench.head().canceled).toBe('N');
		expect((await bench.orders.import('o.xml')).map(({ text }) => text)).toEqual(['success\n']);
		expect(bench.head().canceled).toBe('Y');
	});

	it('without a version is imported at once, after every part', async () => {
		await bench.orders.login();
		await bench.orders.call('init');
		const xml = information([bench.document({ requisites: { Отменен: 'true' } }), bench.document({ number: '9999' })]);
		const half = xml.lastIndexOf('<Документ>') + 40;
		expect((await bench.orders.upload('o.xml', xml.slice(0, half))).text).toBe('success\n');
		expect(bench.head().canceled).toBe('Y');
		await control(bench.bitrix, 'POST order', { id: bench.id, cancel: false });
		await bench.orders.upload('o.xml', xml.slice(half));
		expect(bench.head().canceled).toBe('Y');
		expect((await bench.orders.upload('o.xml', '')).word).toBe('failure');
	});

	it('is imported in steps, with progress until the last', async () => {
		bench.set({ orderRows: 2 });
		const replies = await bench.upload(information(Array.from({ length: 5 }, () => bench.document())));
		expect(replies.map(({ word }) => word)).toEqual(['progress', 'progress', 'success']);
	});

	it('of a file that is missing or empty fails', async () => {
		await bench.orders.login();
		await bench.orders.call('init', { version: '2.08' });
		expect((await bench.orders.call('import', { filename: 'o.xml' })).text).toContain('пуст');
	});

	it('a malformed document is left out without a word', async () => {
		const broken = bench.document({ requisites: { Отменен: 'true' } }).replace('</Номер>', '</Number>');
		expect(await bench.send(broken)).toBe('success\n');
		expect(bench.head()).toMatchObject({ canceled: 'N', updated1c: 'N' });
	});
});

describe('which order is meant', () => {
	let other: number;
	beforeEach(() => {
		other = order(bench.bitrix, [lineOf(bench.shirt, 10_000)]).id;
	});
	const touched = async (more: { number: string; docId?: string }): Promise<number[]> => {
		const xml = bench.document({ number: more.number, items: null }).replace('doc-1', more.docId ?? 'doc-1');
		expect(await bench.send(xml)).toBe('success\n');
		return bench.tables.orders
			.all()
			.filter(({ updated1c }) => updated1c === 'Y')
			.map((row) => row.id);
	};

	it('a number is an internal id before it is an order number', async () => {
		bench.tables.orders.update(other, { accountNumber: String(bench.id) });
		expect(await touched({ number: String(bench.id) })).toEqual([bench.id]);
	});

	it('else the number in 1C, else an order number, with or without the shop’s prefix', async () => {
		bench.set({ numberPrefix: 'shop-' });
		bench.tables.orders.update(bench.id, { accountNumber: '777', id1c: '888' });
		expect(await touched({ number: '888' })).toEqual([bench.id]);
		bench.tables.orders.update(bench.id, { updated1c: 'N', id1c: '' });
		expect(await touched({ number: '777' })).toEqual([bench.id]);
		bench.tables.orders.update(bench.id, { updated1c: 'N' });
		expect(await touched({ number: 'shop-777' })).toEqual([bench.id]);
	});

	it('else the id in 1C', async () => {
		bench.tables.orders.update(bench.id, { id1c: 'uuid' });
		expect(await touched({ number: '', docId: 'uuid' })).toEqual([bench.id]);
	});

	it('an unknown one is a plain success', async () => {
		expect(await touched({ number: '99999' })).toEqual([]);
		expect(bench.tables.orders.size).toBe(2);
	});
});

it('an order that 1C changed is known to it, under its number, until somebody else changes it', async () => {
	await bench.send(bench.document({ more: [tag('НомерВерсии', '5'), tag('Номер1С', '00012')] }));
	expect(bench.head()).toMatchObject({ updated1c: 'Y', id1c: '00012', version1c: '5' });
	const query = async (): Promise<string[]> => {
		const client = await new ExchangeClient(bench.bitrix, 'sale').login();
		await client.call('init', { version: '2.08' });
		return idsIn((await client.call('query')).text);
	};
	expect(await query()).toEqual([]);
	await control(bench.bitrix, 'POST order', { id: bench.id, comments: 'x' });
	expect([bench.head().updated1c, await query()]).toEqual(['N', [String(bench.id)]]);
});
