import { z } from 'zod';
import { SyncError } from '../../errors';
import { Decimal } from '../../model/decimal';
import { fromJson } from '../../sync/json';
import { siteTime } from './moments';
import type { OrderDocument } from './writer';

const text = z.string().trim().nullish().transform((value) => value || null);

const amount = z.union([z.string(), z.number()]).transform((value, context) => {
	try {
		const number = Decimal.of(value);
		if (number.compare('0') >= 0) return number;
		context.addIssue({ code: 'custom', message: 'below 0' });
	} catch {
		context.addIssue({ code: 'custom', message: 'not a number' });
	}
	return z.NEVER;
});

const lineSchema = z.object({
	/** External code of the good on the site. */
	key: z.string().trim().min(1),
	name: z.string().trim().min(1),
	quantity: amount.refine((quantity) => quantity.compare('0') > 0, 'not above 0'),
	price: amount,
	vat: amount.nullish(),
	unitCode: text,
});

const schema = z.object({
	number: z.string().trim().min(1).refine((number) => !/^\d+$/.test(number), 'a number of digits alone could be the ID of another order: put letters in front of it'),
	date: z.string().nullish(),
	currency: z.string().trim().min(1).default('RUB'),
	comment: text,
	vatIncluded: z.boolean().default(true),
	delivery: amount.nullish(),
	customer: z.object({
		id: z.string().trim().min(1),
		kind: z.enum(['person', 'legal']).default('person'),
		name: text,
		company: text,
		inn: text,
		kpp: text,
		legalAddress: text,
		address: text,
		phone: text,
		email: text,
	}),
	lines: z.array(lineSchema).min(1),
});

/**
 * A new order as the user describes it, as a document; `now` (milliseconds since 1970) is its date when it says none. Throws
 * ORDER_UPDATE_INVALID.
 */
export function newOrderDocument(value: unknown, zone: string, now: number): OrderDocument {
	const parsed = schema.safeParse(typeof value === 'string' ? fromJson(value) : value);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw new SyncError('ORDER_UPDATE_INVALID', { reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` });
	}
	const { number, date, currency, comment, vatIncluded, delivery, customer, lines } = parsed.data;
	const { id, kind, ...contact } = customer;
	const hasTax = lines.some(({ vat }) => vat);
	const goods = lines.reduce((sum, { price, quantity, vat }) => sum.plus(price.times(quantity).times(vatIncluded || !vat ? '1' : vat.times('0.01').plus('1'))), Decimal.zero);
	return {
		number,
		number1c: number,
		canceled: false,
		...(comment !== null && { comment }),
		customer: { ...contact, kind, userId: id, payerType: { id: kind, name: null, code: null } },
		copy: {
			...siteTime(zone, date ?? '', now),
			currency,
			total: goods.plus(delivery ?? '0').round(2).toString(),
			delivery: delivery ? delivery.toString() : null,
			vatIncluded: hasTax ? vatIncluded : null,
			lines: lines.map(({ key, name, quantity, price, vat, unitCode }) => ({
				key, name, quantity: quantity.toString(), price: price.toString(), discount: '0', vat: vat ? vat.toString() : null, unit: unitCode === null ? null : { code: unitCode, name: null },
			})),
		},
	};
}
