import type { IDataObject } from 'n8n-workflow';
import type { Order } from '../../../core';
import { Shop, type Result } from '../orders/shop.cts';

type Line = Order['lines'][number];

const LONG = 'я'.repeat(100_000);

/** That the goods of the lines are made is no matter here. */
const codeOf = ({ status, error, warnings }: Result): string => error?.code ?? warnings.find(({ code }) => code !== 'ORDER_GOODS_CREATED')?.code ?? status;

describe('Create or Update From Bitrix Order: orders that are not what they should be', () => {
	let shop: Shop;
	let good: Order;

	beforeAll(async () => {
		shop = await Shop.open();
		const id = shop.store.place({ lines: [{ productId: 0, name: 'Чай', quantity: 1, basePrice: 10_000, price: 10_000, vatRate: 0.2, vatIncluded: 'Y', coupon: '', components: [] }], delivery: { service: 'delivery-pickup', price: 0 } });
		[good] = (await shop.orders([id])) as [Order];
	});
	afterAll(async () => await shop.close());

	let count = 0;
	const order = (more: object): IDataObject => {
		const id = `hostile-${(count += 1)}`;
		return { ...structuredClone(good), id, number: id, ...more } as unknown as IDataObject;
	};
	const line = (more: Partial<Record<keyof Line, unknown>>): IDataObject => order({ lines: [{ ...good.lines[0], ...more }] });
	const customer = (more: object): IDataObject => order({ customer: { ...good.customer, ...more } });

	const cases = (): Array<[what: string, order: IDataObject, code: string]> => [
		['nothing', {}, 'ORDER_UNREADABLE'],
		['lines that are null', order({ lines: null }), 'ORDER_UNREADABLE'],
		['a line that is null', order({ lines: [null] }), 'ORDER_UNREADABLE'],
		['a quantity of Infinity', line({ quantity: Infinity }), 'ORDER_UNREADABLE'],
		['a quantity of 1e300', line({ quantity: '1e300' }), 'ORDER_UNREADABLE'],
		['a quantity of thirty digits', line({ quantity: '123456789012345678901234567890.5' }), 'ORDER_UNREADABLE'],
		['a quantity of next to nothing', line({ quantity: '1e-300' }), 'ORDER_SUM_DIFFERS'],
		['a quantity below zero', line({ quantity: '-1' }), 'ORDER_SUM_DIFFERS'],
		['a price of 1e999', line({ price: '1e999' }), 'ORDER_UNREADABLE'],
		['a price of next to nothing', line({ price: '1e-999' }), 'ORDER_SUM_DIFFERS'],
		['a price of a hundred thousand digits', line({ price: '9'.repeat(100_000) }), 'ORDER_UNREADABLE'],
		['a price that is a word', line({ price: 'abc' }), 'ORDER_UNREADABLE'],
		['a total of 1e400', order({ total: '1e400' }), 'ORDER_UNREADABLE'],
		['a total that is a word', order({ total: 'x' }), 'ORDER_UNREADABLE'],
		['a date behind all others', order({ createdAt: '+275760-09-13T00:00:00Z' }), 'ORDER_UNREADABLE'],
		['a date before all others', order({ createdAt: '-000001-01-01T00:00:00Z' }), 'ORDER_UNREADABLE'],
		['a key without end', line({ key: LONG }), 'MOYSKLAD_REJECTED'],
		['a key that JavaScript knows', line({ key: '__proto__' }), 'created'],
		['a key with quotes and lines', line({ key: `a'"\n\\;b=c` }), 'created'],
		['half a letter in the key', line({ key: '\uD800' }), 'created'],
		['a name without end', line({ key: null, name: LONG }), 'created'],
		['a number without end', order({ number: LONG }), 'created'],
		['a number that breaks filters', order({ number: 'a;name=b\\' }), 'created'],
		['a comment without end, and half a letter', order({ customerComment: `${LONG}\uD800` }), 'created'],
		['a phone without end', customer({ phone: '9'.repeat(100_000) }), 'created'],
		['an INN without end', customer({ inn: 'x'.repeat(1000) }), 'created'],
		['an e-mail that is none', customer({ email: '<script>@x;y' }), 'created'],
		['a name that is an object', customer({ name: {} }), 'ORDER_UNREADABLE'],
		['a customer without anything', customer({ name: null, email: null, phone: null, company: null, inn: null, userId: null }), 'COUNTERPARTY_NAMELESS'],
		['a currency that JavaScript knows', order({ currency: 'constructor' }), 'ORDER_CURRENCY_UNKNOWN'],
		['more lines than fit', order({ lines: Array.from({ length: 1500 }, (_, index) => ({ ...good.lines[0], id: String(index) })), total: '150000' }), 'ORDER_TOO_LONG'],
		['a link of another kind', { ...order({}), link: { key: 'x' } }, 'ORDER_LINK_INVALID'],
		['a link that is no JSON', { ...order({}), link: '{bad' }, 'ORDER_LINK_INVALID'],
	];

	it('fail alone and with a code; the others are written', async () => {
		const hostile = cases();
		const run = await shop.run([order({}), ...hostile.map(([, one]) => one), order({})]);
		expect(run.error).toBeUndefined();
		const results = run.outputs.flat().sort((one, other) => placeOf(one) - placeOf(other)).map(({ json }) => json as unknown as Result);
		const whats = ['good', ...hostile.map(([what]) => what), 'good'];
		expect(results.map((result, index) => `${whats[index]}: ${codeOf(result)}`)).toEqual([
			'good: created', ...hostile.map(([what, , code]) => `${what}: ${code}`), 'good: created',
		]);
		expect(results.filter(({ error }) => error && error.message.length > 1500)).toEqual([]);
	});
});

const placeOf = ({ pairedItem }: { pairedItem?: unknown }): number => (pairedItem as { item: number }).item;
