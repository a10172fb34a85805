import type { Installation } from '../demo/installation.cts';

type Row = Record<string, unknown>;
type Platforms = Pick<Installation, 'bitrix' | 'moySklad'>;

const INCOMING = ['paymentin', 'cashin'];

/** Documents of MoySklad that were made of payments or shipments of the store, by where they come from, e.g. `payment:7`. */
export function documentsBySource({ bitrix, moySklad }: Platforms): Map<string, Row[]> {
	const prefix = `bitrix:${new URL(bitrix.url).host}:`;
	const bySource = new Map<string, Row[]>();
	for (const row of [...INCOMING, 'demand'].flatMap((type) => moySklad.account.table(type).all())) {
		const code = String(row.externalCode);
		if (!code.startsWith(prefix)) continue;
		const source = code.slice(prefix.length).replace(/\/\d+$/, '');
		bySource.set(source, [...(bySource.get(source) ?? []), row]);
	}
	return bySource;
}

export interface Books {
	/** Sources of the store that count, and have a document that counts. */
	booked: number;
	/** Sources that have more than one document that counts. */
	twice: string[];
	/** What counts in the store and has no document that counts, or another sum. */
	missing: string[];
	/** Documents that count although the store does not. */
	tooMuch: string[];
}

const counts = ({ applicable, deleted }: Row): boolean => applicable === true && deleted === undefined;

/** Compares what the store says of payments and shipments with the books of MoySklad: payments to the kopeck. */
export function compareBooks(platforms: Platforms): Books {
	const { payments, shipments, orders } = platforms.bitrix.portal.store;
	const wanted = new Map<string, number | undefined>([
		...payments.all().filter(({ paid, isReturn, sum, orderId }) => paid === 'Y' && isReturn === 'N' && sum > 0 && orders.get(orderId)).map(({ id, sum }) => [`payment:${id}`, sum] as const),
		...shipments.all().filter(({ deducted, canceled, system, orderId }) => deducted === 'Y' && canceled === 'N' && system === 'N' && orders.get(orderId)).map(({ id }) => [`shipment:${id}`, undefined] as const),
	]);
	const present = new Map([...documentsBySource(platforms)].map(([source, rows]) => [source, rows.filter(counts)]));
	const fits = ([source, sum]: readonly [string, number | undefined]): boolean => (present.get(source) ?? []).some((row) => sum === undefined || row.sum === sum);
	return {
		booked: [...wanted].filter(fits).length,
		twice: [...present].filter(([, rows]) => rows.length > 1).map(([source]) => source),
		missing: [...wanted].filter((one) => !fits(one)).map(([source]) => source),
		tooMuch: [...present].filter(([source, rows]) => rows.length > 0 && !wanted.has(source)).map(([source]) => source),
	};
}
