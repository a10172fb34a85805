import fc from 'fast-check';
import { Decimal, Findings, planOrderChange, readOrderDocuments, siteClock, siteMoment, SyncError, writeOrderDocuments, type OrderCopy, type OrderDocument, type OrderRecord } from '../../../../core';

const decimal = (most: number, scale: number) => fc.nat({ max: most }).map((units) => Decimal.of(units).times(`1e-${scale}`).toString());
const positive = (most: number, scale: number) => decimal(most, scale).filter((number) => number !== '0');
const words = fc.string({ unit: fc.constantFrom('а', 'Я', 'q', '&', '<', '"', "'", '№', '#', ' ', '7'), minLength: 1, maxLength: 12 }).map((text) => text.trim()).filter((text) => text !== '');

const copies: fc.Arbitrary<OrderCopy> = fc.record({
	id: fc.integer({ min: 1, max: 1e9 }).map(String),
	number: words,
	day: fc.constant('2026-02-03'),
	time: fc.constant('04:05:06'),
	currency: fc.constantFrom('RUB', 'руб'),
	total: decimal(1e11, 4),
	status: fc.constantFrom('N', 'P'),
	paid: fc.boolean(),
	allowed: fc.boolean(),
	canceled: fc.boolean(),
	paySystems: fc.constant([]),
	lines: fc.array(
		fc.record({
			key: words.filter((key) => key !== 'ORDER_DELIVERY'), name: words, unit: fc.option(fc.record({ code: fc.constantFrom('796', '166'), name: fc.option(words, { nil: null }) }), { nil: null }),
			price: decimal(1e9, 4), discount: decimal(1e7, 2), quantity: positive(1e7, 4), vat: fc.option(fc.constantFrom('10', '20'), { nil: null }),
		}),
		{ maxLength: 6 },
	),
	delivery: fc.option(positive(1e7, 2), { nil: null }),
	vatIncluded: fc.constant<boolean | null>(true),
	mark: fc.constant('m'),
});

const settings = { source: { siteKey: 's', host: 'h', flow: 'f' }, zone: 'Europe/Moscow', currencies: {} };

async function read(chunks: Iterable<Uint8Array>): Promise<OrderRecord[]> {
	const records: OrderRecord[] = [];
	for await (const record of readOrderDocuments(chunks, settings, new Findings())) records.push(record);
	return records;
}

const RULES = { untouchable: [], conflicts: 'sourceWins' as const, updatedAt: null };

describe('orders that are sent back', () => {
	const documentOf = (copy: OrderCopy): OrderDocument => ({ number: copy.id, copy, canceled: copy.canceled, status: 'P' });

	it('have every line, to the kopeck, and their mark of cancellation', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(copies, { maxLength: 4 }), async (list) => {
				const records = await read(writeOrderDocuments(list.map(documentOf), '2026-02-03T04:05:06'));
				const orders = records.flatMap((record) => (record.kind === 'order' ? [record] : []));
				expect(orders.map(({ order, copy }) => [order.number, copy.total, copy.canceled, copy.delivery, copy.day, copy.time])).toEqual(
					list.map(({ id, total, canceled, delivery, day, time }) => [id, total, canceled, delivery, day, time]),
				);
				expect(orders.map(({ copy }) => copy.lines)).toEqual(list.map(({ lines }) => lines));
			}),
			{ numRuns: 150 },
		);
	});

	it('are sent with the delivery first, and never with a payment or shipment that is not wished', async () => {
		const decoder = new TextDecoder();
		await fc.assert(
			fc.asyncProperty(copies, async (copy) => {
				const { document } = planOrderChange(copy, {}, RULES);
				const xml = [...writeOrderDocuments([document], '')].map((chunk) => decoder.decode(chunk, { stream: true })).join('');
				const first = /<Товар>\s*<Ид>([^<]*)/.exec(xml)?.[1];
				if (copy.delivery !== null) expect(first).toBe('ORDER_DELIVERY');
				expect(xml).not.toMatch(/Дата оплаты по 1С|Дата отгрузки по 1С|Статуса заказа ИД|<Комментарий>/);
				expect(xml).toContain(`<Наименование>Отменен</Наименование>\n<Значение>${copy.canceled}</Значение>`);
				await Promise.resolve();
			}),
		);
	});

	it('3.4 lines: are not sent when a line could not be found again', () => {
		const [copy] = fc.sample(copies, 1);
		const lost = { ...(copy as OrderCopy), lines: [{ key: null, name: 'x', unit: null, price: '1', discount: '0', quantity: '1', vat: null }] };
		expect(() => planOrderChange(lost, {}, RULES)).toThrow(SyncError);
	});
});

describe('moments', () => {
	it('are the same after a way through the clocks of any zone', () => {
		fc.assert(
			fc.property(fc.constantFrom('Europe/Moscow', 'Asia/Vladivostok', 'UTC'), fc.integer({ min: 1_300_000_000, max: 2_000_000_000 }), (zone, seconds) => {
				// Russia changed its clocks for the last time in October 2014.
				fc.pre(zone === 'UTC' || seconds > 1_420_000_000);
				const { day, time } = siteClock(zone, seconds * 1000);
				expect(siteMoment(`${day}T${time}`, zone)).toBe(new Date(seconds * 1000).toISOString());
				expect(siteMoment(`${day.slice(8)}.${day.slice(5, 7)}.${day.slice(0, 4)} ${time}`, zone)).toBe(new Date(seconds * 1000).toISOString());
			}),
		);
	});
});
