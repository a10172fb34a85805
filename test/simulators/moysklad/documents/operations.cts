import { add } from '../arithmetic.cts';
import { fieldRefusal } from '../errors.cts';
import { accountRow, type Rate } from '../engine/documentKinds.cts';
import { number, wrongType } from '../engine/kinds.cts';
import { readReference } from '../engine/references.cts';
import { asRef, isObject, type Draft, type Kind, type Row } from '../engine/schema.cts';
import { showMeta } from '../engine/showing.cts';
import type { Session } from '../session.cts';
import { payedSum } from './following.cts';
import { operationsOf, type Operation } from './links.cts';

/** Which documents a payment pays for. */

/** Stands for «as much as is left»; replaced when the payment is settled. */
const REST = -1;

const amount = number({ notNegative: true });

/** `[{meta, linkedSum}]` of documents of the given types, replaced as a whole. */
export const operationsOn = (...payable: string[]): Kind => ({
	label: 'Array',
	targets: payable,
	parse(value, place) {
		if (!Array.isArray(value)) throw wrongType(place, 'Array');
		return (value as unknown[]).map((one): Operation => {
			const ref = readReference(one, place, payable);
			const given = isObject(one) ? one.linkedSum : undefined;
			return {
				...ref,
				linkedSum:
					given === undefined || given === null
						? REST
						: (amount.parse(given, { ...place, field: 'linkedSum' }) as number),
			};
		});
	},
	show: (stored, { session }) =>
		(stored as Operation[]).length === 0
			? undefined
			: (stored as Operation[]).map((one) => ({ meta: showMeta(one, session), linkedSum: one.linkedSum })),
});

/** 22001, 22000, 22004; fills in linked sums that were left out. */
export function prepareOperations(draft: Draft, before: Row | undefined, session: Session): void {
	const given = operationsOf(draft);
	if (new Set(given.map(({ id }) => id)).size < given.length) throw fieldRefusal(22001, 'operations');
	let left = add(
		draft.sum as number,
		...given.filter(({ linkedSum }) => linkedSum !== REST).map(({ linkedSum }) => -linkedSum),
	);
	if (left < 0) throw fieldRefusal(22000, 'linkedSum');
	const filled = given.map((operation) => {
		if (operation.linkedSum !== REST) return operation;
		const linkedSum = Math.max(0, Math.min(left, unpaid(operation, before, session)));
		left = add(left, -linkedSum);
		return { ...operation, linkedSum };
	});
	if (given.length > 0) draft.operations = filled;
	checkCurrency(draft, session);
}

function unpaid(operation: Operation, payment: Row | undefined, { account }: Session): number {
	const document = account.find(operation);
	if (!document) return 0;
	const own = payment ? (operationsOf(payment).find(({ id }) => id === operation.id)?.linkedSum ?? 0) : 0;
	return add(document.sum as number, -payedSum(document, account), own);
}

/** A payment to an account in another currency is in that currency. */
function checkCurrency(draft: Draft, { account }: Session): void {
	const currency = asRef(accountRow(draft.organizationAccount, (ref) => account.find(ref))?.currency)?.id;
	if (currency === undefined || currency === account.defaultCurrency) return;
	if ((draft.rate as Rate).currency !== currency) throw fieldRefusal(22004, 'rate');
}
