import { z } from 'zod';
import { SyncError } from '../errors';
import { Decimal } from '../model/decimal';
import { toRubles, type Kopecks } from '../model/money';
import { idOf } from './reference';

/**
 * Where a counterparty stands, from MoySklad's report of counterparties (github moysklad/api-remap-1.2-doc,
 * `md/reports/_report_counterparty.md`). Below zero it owes: the page's own example has one unpaid shipment of 600.00 and the balance −600.00.
 */
export interface CounterpartyBalance {
	counterparty: { id: string; name: string | null; externalCode: string | null; inn: string | null; companyType: string | null };
	/** What it has paid beyond what it has got; below zero it owes that. */
	balance: Kopecks;
	/** The same in rubles (major units), as a decimal text: "-600.5". */
	balanceAmount: string;
	/** What it owes; 0 when it owes nothing. */
	debt: Kopecks;
	debtAmount: string;
	demandsCount: number;
	demandsSum: Kopecks;
	averageReceipt: Kopecks;
	returnsCount: number;
	returnsSum: Kopecks;
	discountsSum: Kopecks;
	/** Null when the caller may not see it. */
	profit: Kopecks | null;
	bonusBalance: number | null;
	/** In Moscow time, as MoySklad gives it. */
	firstDemandDate: string | null;
	lastDemandDate: string | null;
	/** When the counterparty itself was changed; documents do not change it. */
	updated: string | null;
}

const amount = z.union([z.number(), z.string().trim().min(1).transform(Number)]).pipe(z.number().finite());
const kopecks = amount.transform((value) => Decimal.of(value).round().toNumber());
const text = z.string().nullish().transform((value) => value ?? null);
const some = kopecks.nullish().transform((value) => value ?? 0);

const schema = z.object({
	counterparty: z.object({ meta: z.object({ href: z.string() }), name: text, externalCode: text, inn: text, companyType: text }),
	balance: kopecks,
	demandsCount: some,
	demandsSum: some,
	averageReceipt: some,
	returnsCount: some,
	returnsSum: some,
	discountsSum: some,
	profit: kopecks.nullish().transform((value) => value ?? null),
	bonusBalance: amount.nullish().transform((value) => value ?? null),
	firstDemandDate: text,
	lastDemandDate: text,
	updated: text,
});

const CALL = 'report/counterparty';

/** A row of the report. Throws ANSWER_UNEXPECTED: a balance that nobody can read is not zero. */
export function readBalance(json: unknown): CounterpartyBalance {
	const parsed = schema.safeParse(json);
	const [issue] = parsed.success ? [] : parsed.error.issues;
	if (!parsed.success) throw new SyncError('ANSWER_UNEXPECTED', { call: CALL, reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown form'}` });
	const { counterparty: { meta, ...own }, balance, ...rest } = parsed.data;
	const id = idOf(meta.href);
	if (id === undefined) throw new SyncError('ANSWER_UNEXPECTED', { call: CALL, reason: 'a counterparty without id' });
	const debt = Math.max(0, -balance);
	return { counterparty: { id, ...own }, balance, balanceAmount: toRubles(balance), debt, debtAmount: toRubles(debt), ...rest };
}

/** Documents by which what a buyer owes changes. */
export const DEBT_DOCUMENTS = ['demand', 'salesreturn', 'paymentin', 'cashin'] as const;
