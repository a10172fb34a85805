import { z } from 'zod';
import { SyncError } from '../../errors';
import { Decimal } from '../../model/decimal';
import { lineSum, toRubles, writtenAmount, type Kopecks } from '../../model/money';
import { wellFormed } from '../../model/wellFormed';
import { anyMoment } from '../../moysklad/moment';
import { idOf, isUuid, type Meta } from '../../moysklad/reference';

/** What the timeline of a deal can tell of a document. */
export interface WorkResult {
	/** Id of the document in MoySklad. */
	id: string;
	/** By the names that a text can have in braces; sums in major units with both digits of the kopecks, days by Moscow time. */
	fields: Record<string, string>;
}

const KINDS: Record<string, string> = {
	cashin: 'Приходный ордер',
	customerorder: 'Заказ',
	demand: 'Отгрузка',
	invoiceout: 'Счёт',
	paymentin: 'Входящий платёж',
	processing: 'Техоперация',
	salesreturn: 'Возврат',
};

const text = z.union([z.string(), z.number()]).nullish().transform((value) => wellFormed(String(value ?? '')).trim());
const amount = z.number().finite().nullish().transform((value) => value ?? 0);

const positionSchema = z.object({
	quantity: z.number().finite(), price: amount, discount: amount,
	assortment: z.object({ name: text, uom: z.object({ name: text }).passthrough().nullish() }).passthrough().nullish(),
});

const documentSchema = z.object({
	id: text, meta: z.object({ href: z.string(), type: z.string().optional() }).passthrough().optional(),
	name: text, moment: text, description: text, sum: amount,
	state: z.object({ name: text }).passthrough().nullish(),
	positions: z.union([z.array(positionSchema), z.object({ rows: z.array(positionSchema).nullish() }).passthrough()]).nullish(),
});

/** Any document of MoySklad as its API gives it. Throws CRM_ITEM_UNREADABLE. */
export function readWorkResult(json: unknown): WorkResult {
	const parsed = documentSchema.safeParse(json);
	const document = parsed.success ? parsed.data : undefined;
	const id = document && (idOf(document.meta as Meta | undefined) ?? document.id.toLowerCase());
	if (!document || !id || !isUuid(id)) throw new SyncError('CRM_ITEM_UNREADABLE', { what: 'document', reason: reasonOf(parsed.error) });
	const rows = Array.isArray(document.positions) ? document.positions : (document.positions?.rows ?? []);
	return {
		id,
		fields: {
			kind: KINDS[document.meta?.type ?? ''] ?? 'Документ',
			name: document.name,
			moment: dayOf(document.moment),
			sum: shown(document.sum),
			state: document.state?.name ?? '',
			description: document.description,
			positions: rows.map(lineOf).join('\n'),
		},
	};
}

const reasonOf = (error: z.ZodError | undefined): string => {
	const [issue] = error?.issues ?? [];
	return issue ? `${issue.path.join('.') || 'item'}: ${issue.message}` : 'it has no id';
};

/** The day in Moscow, as people write it. */
function dayOf(moment: string): string {
	const read = moment === '' ? null : anyMoment(moment);
	return read === null ? '' : new Date(Date.parse(read) + 3 * 3_600_000).toISOString().slice(0, 10).split('-').reverse().join('.');
}

function lineOf({ quantity, price, discount, assortment }: z.output<typeof positionSchema>): string {
	const unit = assortment?.uom?.name ?? '';
	const sum = lineSum(Decimal.of(price).times(Decimal.of(100).minus(discount)).times('0.01'), quantity);
	return `• ${assortment?.name ?? ''} — ${quantity}${unit === '' ? '' : ` ${unit}`}, ${shown(Number(sum.toString()))}`;
}

const shown = (kopecks: Kopecks): string => writtenAmount(toRubles(Math.round(kopecks)));

/** A text with the fields of a document in it; a name that is not known stays visible. Lines that are empty are left out. */
export function workResultText(pattern: string, { fields }: WorkResult): string {
	return pattern
		.split('\n')
		.map((line) => line.replace(/\{([a-zA-Z]+)\}/g, (word, name: string) => fields[name] ?? word).trimEnd())
		.filter((line) => line !== '')
		.join('\n')
		.trim();
}

/** Id of the customer order that a document belongs to: an id, a link, or what has one. Undefined when it is none. */
export function orderReference(value: unknown): string | undefined {
	if (typeof value === 'string' && isUuid(value.trim())) return value.trim().toLowerCase();
	const { meta, customerOrder } = (typeof value === 'object' && value !== null ? value : {}) as { meta?: Meta; customerOrder?: unknown };
	if (customerOrder !== undefined && customerOrder !== null) return orderReference(customerOrder);
	const href = typeof value === 'string' ? value : meta?.href;
	return typeof href === 'string' && /\/customerorder\//.test(href) ? idOf(href) : undefined;
}
